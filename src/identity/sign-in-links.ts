import type { EntityManager } from 'typeorm';
import { newId } from '../platform/common/ids.js';
import { SignInRequest } from './sign-in-request.entity.js';
import { hashOf, newSecret } from './tokens.rules.js';

const MINUTE_MS = 60_000;

/** The initial values of a sign-in request. */
export const BLANK = { hash: null, codeHash: null, returnTo: '/', wrongCodes: 0, isOnce: true, usedAt: null };

export const later = (from: Date, minutes: number): string =>
  new Date(from.getTime() + minutes * MINUTE_MS).toISOString();

export const signInUrl = (publicUrl: string, token: string): string => `${publicUrl}/aanmelden/${token}`;

/** Creates a link without a mail, for commands; returns its token. Valid for some minutes, once or repeatedly. */
export async function insertLink(
  manager: EntityManager,
  { personId, minutes, isOnce }: { personId: string; minutes: number; isOnce: boolean },
  now: Date,
): Promise<string> {
  const token = newSecret('in');
  await manager.insert(SignInRequest, {
    ...BLANK,
    id: newId(),
    personId,
    hash: hashOf(token),
    isOnce,
    requestedAt: now.toISOString(),
    expiresAt: later(now, minutes),
  });
  return token;
}

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AnswerKeeper } from '../database/transactions.js';
import type { GrantedRole, Role } from './permissions.js';

export type How = 'token' | 'session' | 'link' | 'schedule' | 'command';

/** What an act is about: for the audit trail, and to check rights again before an answer is repeated. */
export interface Subject {
  type: string;
  id: string | null;
  areaId?: string | null;
  isConfidential?: boolean;
  /** The organisations that may know it; left out for what is open. */
  partyIds?: string[];
}

/** Keeps the answer of one POST with an `Idempotency-Key`. */
export interface Once extends AnswerKeeper {
  note(subject: Subject): void;
}

/** Who acts. The service itself acts without a person. */
export interface Actor {
  personId: string | null;
  how: How;
  /** When this person signed in; only in a session of the pages. */
  signedInAt?: string;
  /** Until when the token works that was called with. */
  worksUntil?: string;
  once?: Once;
}

/** A person with the rights of this very request; none of it is kept in a token. */
export interface Caller extends Actor {
  personId: string;
  name: string;
  roles: ReadonlySet<Role>;
  /** The organisations in whose name this person acts today: the own ones, and after them what was merged into those. */
  organisationIds: string[];
  /** The own ones alone: new things are done in their name. */
  memberOfIds: string[];
  /** The granted areas with everything below them; for `partner` the areas of the own meetings and contacts. */
  areaIds: Record<Exclude<Role, 'person'>, string[]>;
  /** The meetings of which this person is a participant. */
  meetingIds: string[];
  today: string;
}

export const SERVICE: Actor = { personId: null, how: 'schedule' };
/** Somebody who tries to sign in. */
export const STRANGER: Actor = { personId: null, how: 'session' };
export const ROLES_WITH_AREAS: readonly (GrantedRole | 'partner')[] = ['admin', 'chair', 'partner', 'reader'];

export type RequestWithCaller = FastifyRequest & { caller?: Caller };

/** The caller, put on the request by the guard. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => context.switchToHttp().getRequest<RequestWithCaller>().caller!,
);

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { forbidden } from '../common/problems.js';
import type { ResponseStore } from '../database/transactions.js';
import { GRANTED_ROLES, type Permission, type Role } from './permissions.js';

export type How = 'token' | 'session' | 'link' | 'schedule' | 'command';

/** What an operation is about: for the audit trail, and to recheck permissions before a stored response is replayed. */
export interface Subject {
  type: string;
  id: string | null;
  areaId?: string | null;
  isConfidential?: boolean;
  /** The organisations that may know of it; omitted if it is not confidential. */
  partyIds?: string[];
}

/** Stores the response to one POST with an `Idempotency-Key`. */
export interface IdempotencyRecord extends ResponseStore {
  note(subject: Subject): void;
}

/** Who performs an operation: a person or a client, never both. The service itself acts as neither. */
export interface Actor {
  personId: string | null;
  /** The client whose token it is: a program without a person. */
  clientId?: string;
  how: How;
  /** When this person signed in; set in web sessions only. */
  signedInAt?: string;
  /** When the token of this request expires. */
  worksUntil?: string;
  once?: IdempotencyRecord;
}

/** The roles that somebody has in areas. */
export const ROLES_WITH_AREAS = [...GRANTED_ROLES, 'partner', 'client'] as const;
type RoleWithAreas = (typeof ROLES_WITH_AREAS)[number];

/** The areas of each role; none for those left out. */
export const areasPerRole = (areas: Partial<Record<RoleWithAreas, string[]>>): Record<RoleWithAreas, string[]> =>
  Object.fromEntries(ROLES_WITH_AREAS.map((role) => [role, areas[role] ?? []])) as Record<RoleWithAreas, string[]>;

/** A person or a client with the permissions of this very request; none of them are kept in a token. */
export interface Caller extends Actor {
  name: string;
  roles: ReadonlySet<Role>;
  /** The organisations this person acts for today: their own first, then those merged into them. */
  organisationIds: string[];
  /** Their own organisations only: new records are made in their name. */
  memberOfIds: string[];
  /** The granted areas and everything below them; for `partner` the areas of the caller's meetings and contacts. */
  areaIds: Record<RoleWithAreas, string[]>;
  /** The permissions granted to a client, out of those its role can have; omitted for people. */
  permissions?: ReadonlySet<Permission>;
  /** The token of this request, if it is a client's. */
  tokenId?: string;
  /** The meetings this person participates in. */
  meetingIds: string[];
  /** The sessions for which this person is named voorzitter or notulist, until their minutes are sent. */
  sessionIds: string[];
  /** The opgaven of which this person is bestuurder or procesregisseur. */
  opgaveIds: string[];
  today: string;
}

export const SERVICE: Actor = { personId: null, how: 'schedule' };
/** Somebody who is signing in. */
export const ANONYMOUS: Actor = { personId: null, how: 'session' };

/** A caller that is a person. */
export type Human = Caller & { personId: string };

/** The caller as a person: 403 for a client, for operations that only a person may perform. */
export function asPerson(caller: Caller): Human {
  if (caller.personId === null) throw forbidden();
  return caller as Human;
}

export type RequestWithCaller = FastifyRequest & { caller?: Caller };

/** The caller, put on the request by the access guard. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => context.switchToHttp().getRequest<RequestWithCaller>().caller!,
);

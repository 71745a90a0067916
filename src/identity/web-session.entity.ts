import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference } from '../platform/database/columns.js';
import { Person } from '../directory/organisations/person.entity.js';

export const SIGNED_IN_BY = ['mail', 'code', 'passkey', 'oidc', 'command'] as const;
export type SignedInBy = (typeof SIGNED_IN_BY)[number];

/** Somebody who is signed in on the pages, in one browser. */
@Entity('web_sessions')
@Unique(['hash'])
@Index(['personId'])
export class WebSession {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** SHA-256 of the secret in the cookie. */
  @Line(64)
  hash: string;
  @Line(10)
  signedInBy: SignedInBy;
  /** Browser and machine in a few words, so that people know their own sessions. */
  @Line(100)
  userAgent: string;
  @Moment()
  createdAt: string;
  @Moment()
  lastUsedAt: string;
  /** Whatever happens, it ends then. */
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  endedAt: string | null;
}

import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference } from '../platform/database/columns.js';
import { Person } from '../directory/people/person.entity.js';

export const SIGNED_IN_BY = ['mail', 'code', 'passkey', 'oidc', 'command'] as const;
export type SignedInBy = (typeof SIGNED_IN_BY)[number];

/** A person signed in on the pages, in one browser. */
@Entity('web_sessions')
@Unique(['hash'])
@Index(['personId'])
export class WebSession {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** SHA-256 of the cookie secret. */
  @Line(64)
  hash: string;
  @Line(10)
  signedInBy: SignedInBy;
  /** Browser and operating system in a few words, so that people recognise their own sessions. */
  @Line(100)
  userAgent: string;
  @Moment()
  createdAt: string;
  @Moment()
  lastUsedAt: string;
  /** It ends at this moment at the latest. */
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  endedAt: string | null;
}

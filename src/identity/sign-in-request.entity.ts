import { Column, Entity, Index, Unique } from 'typeorm';
import { Flag, Id, Line, Moment, Whole } from '../platform/database/columns.js';

/** One wish to sign in by mail: the link and the code of that mail, until a moment, once. */
@Entity('sign_in_requests')
@Unique(['hash'])
@Index(['personId', 'requestedAt'])
@Index(['requestedAt'])
export class SignInRequest {
  @Id()
  id: string;
  /** Null for an address that nobody has: the request looks the same and opens nothing. */
  @Column({ type: 'uuid', nullable: true })
  personId: string | null;
  /** SHA-256 of the link's token; null until the mail is made. */
  @Line(64, { nullable: true })
  hash: string | null;
  /** Keyed hash of the six digits; null until the mail is made. */
  @Line(64, { nullable: true })
  codeHash: string | null;
  /** The own path to go to afterwards. */
  @Line(500)
  returnTo: string;
  /** Wrong codes so far. */
  @Whole({ default: 0 })
  wrongCodes: number;
  /** False only for the links of the demo, which work again. */
  @Flag(true)
  isOnce: boolean;
  @Moment()
  requestedAt: string;
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  usedAt: string | null;
}

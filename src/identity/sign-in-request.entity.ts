import { Column, Entity, Index, Unique } from 'typeorm';
import { Flag, Id, Line, Moment, Whole } from '../platform/database/columns.js';

/** A request to sign in by mail: the link and code of that mail, valid once and until a given moment. */
@Entity('sign_in_requests')
@Unique(['hash'])
@Index(['personId', 'requestedAt'])
@Index(['requestedAt'])
export class SignInRequest {
  @Id()
  id: string;
  /** Null for an unknown address: the request looks the same but gives no access. */
  @Column({ type: 'uuid', nullable: true })
  personId: string | null;
  /** SHA-256 of the link's token; null until the mail is rendered. */
  @Line(64, { nullable: true })
  hash: string | null;
  /** Keyed hash of the six digits; null until the mail is rendered. */
  @Line(64, { nullable: true })
  codeHash: string | null;
  /** The path within this site to go to afterwards. */
  @Line(500)
  returnTo: string;
  /** The number of wrong codes so far. */
  @Whole({ default: 0 })
  wrongCodes: number;
  /** False only for links of the demo, which can be used repeatedly. */
  @Flag(true)
  isOnce: boolean;
  @Moment()
  requestedAt: string;
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  usedAt: string | null;
}

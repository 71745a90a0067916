import { Line, Moment } from '../platform/database/columns.js';

/** The columns of any token of the API. */
export abstract class TokenColumns {
  /** SHA-256 of the token, which is shown once. */
  @Line(64)
  hash: string;
  @Moment()
  createdAt: string;
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  lastUsedAt: string | null;
  @Moment({ nullable: true })
  revokedAt: string | null;
}

import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from '../directory/people/person.entity.js';
import { Line, Moment, Prose } from '../platform/database/columns.js';

/** The form a person submitted after their sign-in had expired; one at a time. */
@Entity('kept_forms')
export class KeptForm {
  @ForeignKey(() => Person)
  @PrimaryColumn({ type: 'uuid' })
  personId: string;
  /** SHA-256 of the secret in the browser's cookie. */
  @Line(64)
  hash: string;
  /** Encrypted with that secret, so that nobody else can read it. */
  @Prose()
  sealed: string;
  @Moment()
  expiresAt: string;
}

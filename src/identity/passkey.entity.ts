import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Prose, Quantity, Reference } from '../platform/database/columns.js';
import { Person } from '../directory/organisations/person.entity.js';

/** A key in somebody's phone, computer or token with which they sign in (WebAuthn). */
@Entity('passkeys')
@Unique(['credentialId'])
@Index(['personId'])
export class Passkey {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** As the browser names it, in base64url. */
  @Line(500)
  credentialId: string;
  /** In base64url. */
  @Prose()
  publicKey: string;
  /** Uses so far, as the key counts them; up to 2³² and beyond an integer of the database. */
  @Quantity({ default: 0 })
  counter: number;
  /** Where it was made: "Firefox op Windows". */
  @Line(100)
  name: string;
  @Moment()
  createdAt: string;
  @Moment({ nullable: true })
  lastUsedAt: string | null;
}

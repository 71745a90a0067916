import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Prose, Quantity, Reference } from '../platform/database/columns.js';
import { Person } from '../directory/people/person.entity.js';

/** A WebAuthn credential in a person's phone, computer or security key. */
@Entity('passkeys')
@Unique(['credentialId'])
@Index(['personId'])
export class Passkey {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** As named by the browser, in base64url: up to 1,023 bytes. */
  @Line(1364)
  credentialId: string;
  /** In base64url. */
  @Prose()
  publicKey: string;
  /** The authenticator's use counter; up to 2³², which exceeds the database's integer type. */
  @Quantity({ default: 0 })
  counter: number;
  /** Where it was created: "Firefox op Windows". */
  @Line(100)
  name: string;
  @Moment()
  createdAt: string;
  @Moment({ nullable: true })
  lastUsedAt: string | null;
}

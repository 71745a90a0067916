import { Entity, Index, Unique } from 'typeorm';
import { Day, Flag, Id, Line, Reference, Version } from '../../platform/database/columns.js';

@Entity('people')
@Unique(['email'])
export class Person {
  @Id()
  id: string;
  @Line()
  name: string;
  /** In lower case; null once the person has been erased. */
  @Line(254, { nullable: true })
  email: string | null;
  @Flag(true)
  active: boolean;
  /** A functional mailbox: a secretariat, a team working in shifts. */
  @Flag()
  isShared: boolean;
  @Reference(() => Person, { nullable: true })
  replacementId: string | null;
  @Day({ nullable: true })
  replacementUntilOn: string | null;
  @Day({ nullable: true })
  digestPausedUntilOn: string | null;
  @Flag()
  isDigestStopped: boolean;
  /** Issuer and subject at the municipality's identity provider; null until the first sign-in there. */
  @Index('people_provider_account', { unique: true })
  @Line(800, { nullable: true })
  providerAccount?: string | null;
  @Version()
  version: number;
}

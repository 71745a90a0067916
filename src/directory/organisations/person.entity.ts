import { Entity, Index, Unique } from 'typeorm';
import { Day, Flag, Id, Line, Reference, Version } from '../../platform/database/columns.js';

@Entity('people')
@Unique(['email'])
export class Person {
  @Id()
  id: string;
  @Line()
  name: string;
  /** Case folded; null once the person is erased. */
  @Line(254, { nullable: true })
  email: string | null;
  @Flag(true)
  active: boolean;
  /** A functional mailbox: a secretariat, a team of shifts. */
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
  /** Issuer and subject at the provider of the municipality; null before the first time there. */
  @Index('people_provider_account', { unique: true })
  @Line(800, { nullable: true })
  providerAccount?: string | null;
  @Version()
  version: number;
}

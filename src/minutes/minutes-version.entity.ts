import { Entity, Unique } from 'typeorm';
import { Id, Line, Moment, Reference, Whole } from '../platform/database/columns.js';
import { Person } from '../directory/people/person.entity.js';
import { Minutes } from './minutes.entity.js';

export const VERSION_REASONS = ['closing', 'correction', 'adoption', 'redaction'] as const;
export type VersionReason = (typeof VERSION_REASONS)[number];

/** A composed version; immutable, because the database rejects changes. */
@Entity('minutes_versions')
@Unique(['minutesId', 'number'])
export class MinutesVersion {
  @Id()
  id: string;
  @Reference(() => Minutes)
  minutesId: string;
  @Whole()
  number: number;
  @Line(20)
  reason: VersionReason;
  @Moment()
  composedAt: string;
  @Reference(() => Person, { nullable: true })
  composedById: string | null;
  /** SHA-256 over the hashes of its parts, in order, and of the previous version. */
  @Line(64)
  hash: string;
}

import { Entity, Unique } from 'typeorm';
import { Id, Line, Prose, Reference, Whole } from '../platform/database/columns.js';
import { MinutesVersion } from './minutes-version.entity.js';

/** The open part of a version, or one confidential item of it. */
@Entity('minutes_parts')
@Unique(['versionId', 'label'])
export class MinutesPart {
  @Id()
  id: string;
  @Reference(() => MinutesVersion)
  versionId: string;
  /** `open`, or the number of the confidential item. */
  @Line(20)
  label: string;
  /** JSON; null once destroyed, while the hash remains. */
  @Prose({ nullable: true })
  content: string | null;
  /** Destroyed with the content. */
  @Line(64, { nullable: true })
  salt: string | null;
  /** SHA-256 of salt and content. */
  @Line(64)
  hash: string;
  /** The number of the first version in which the part has this text; null: that of its own version. */
  @Whole({ nullable: true })
  sinceNumber: number | null;
}

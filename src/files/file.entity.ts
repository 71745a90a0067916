import { Column, Entity, Index } from 'typeorm';
import { Person } from '../directory/people/person.entity.js';
import { Flag, Id, Line, Moment, Reference, Version, Whole } from '../platform/database/columns.js';
import type { FileFormat } from './file-formats.rules.js';

/** The kinds of records a file can belong to. The record's room decides who may read and change its files. */
export const FILE_KINDS = ['action', 'agenda_item', 'initiative'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What a file belongs to. */
export interface Thing {
  kind: FileKind;
  id: string;
}

/** `uploading`: not complete yet. `redacted`: removed from sent papers, its bytes destroyed, its hash kept. */
type FileState = 'uploading' | 'stored' | 'redacted';

/** A file of a record. Its bytes are in `FILES_PATH`, under its id. */
@Entity('files')
@Index(['kind', 'thingId'])
@Index(['state'])
export class StoredFile {
  @Id()
  id: string;
  @Line(20)
  kind: FileKind;
  /** The id of an action, agenda item or initiative, which does not refer to its files. */
  @Column({ type: 'uuid' })
  thingId: string;
  /** The name it was uploaded under, made safe to show and to save. */
  @Line(120)
  name: string;
  @Line(10)
  state: FileState;
  /** Recognised from its bytes; this and the next four are null while it is uploading. */
  @Line(10, { nullable: true })
  format: FileFormat | null;
  @Whole({ nullable: true })
  bytes: number | null;
  /** In pixels; null if it is not an image. */
  @Whole({ nullable: true })
  width: number | null;
  @Whole({ nullable: true })
  height: number | null;
  /** SHA-256 of the bytes as stored. */
  @Line(64, { nullable: true })
  sha256: string | null;
  /** Shown on the public page of the area, with the public line of its action or initiative. */
  @Flag()
  isPublic: boolean;
  @Reference(() => Person)
  addedById: string;
  @Moment()
  addedAt: string;
  @Line(500, { nullable: true })
  removedGround: string | null;
  @Version()
  version: number;
}

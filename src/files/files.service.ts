import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, Caller, Subject } from '../platform/access/caller.js';
import { IdempotencyKey } from '../platform/access/idempotency-key.entity.js';
import { Audit } from '../platform/audit/audit.service.js';
import { grouped } from '../platform/common/grouped.js';
import { mustMatch } from '../platform/common/etag.js';
import { notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { updateRow } from '../platform/database/writes.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { type FileKind, StoredFile, type Thing } from './file.entity.js';
import { MOST_FILES } from './file-formats.rules.js';
import { noRoomForFiles, tooManyFiles } from './file-refusals.js';
import { FILE_COLUMNS, FILE_FROM, type FileRow, type FileView, toFileView } from './files.views.js';
import type { StagedFile } from './staged-file.js';
import { FileSweeper } from './file-sweeper.js';

/** Facts about the record for the audit trail, given by its room: its area, and who may know of it. */
export type ThingSubject = Omit<Subject, 'type' | 'id'>;

const SHAPE = shapeOf(StoredFile);

/**
 * The files of records. Does not check permissions: the record's room checks them beforehand, and in the transaction of
 * a change.
 */
@Injectable()
export class Files {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly sweeper: FileSweeper,
  ) {}

  get reader(): Source {
    return this.database.reader;
  }

  /** The files of a record, oldest first. */
  async list(thing: Thing, source: Source = this.database.reader): Promise<FileView[]> {
    return (await this.listOf(thing.kind, [thing.id], source)).get(thing.id) ?? [];
  }

  /** The files of several records of one kind, by record. */
  async listOf(
    kind: FileKind,
    ids: readonly string[],
    source: Source = this.database.reader,
  ): Promise<Map<string, FileView[]>> {
    const params = new Params();
    const found = await rows<FileRow>(
      source,
      `SELECT ${FILE_COLUMNS} FROM ${FILE_FROM} WHERE f."kind" = ${params.add(kind)} AND f."state" = 'stored'
         AND f."thingId" IN (${params.list(ids)}) ORDER BY f."addedAt", f."id"`,
      params.values,
      SHAPE,
    );
    const byThing = grouped(found, ({ thingId }) => thingId);
    return new Map([...byThing].map(([thingId, files]) => [thingId, files.map(toFileView)]));
  }

  /** One file of this record; 404 if it has no such file. */
  async one(thing: Thing, fileId: string, source: Source = this.database.reader): Promise<FileView> {
    const found = (await this.list(thing, source)).find(({ id }) => id === fileId);
    if (!found) throw notFound();
    return found;
  }

  /** 409 if the record has the maximum number of files, or all files together have reached their maximum size. */
  async mustHaveRoom(source: Source, { kind, id }: Thing, bytes = 0): Promise<void> {
    const { here, total } = (await row<{ here: number; total: number }>(
      source,
      `SELECT count(CASE WHEN "kind" = $1 AND "thingId" = $2 THEN 1 END) AS "here", coalesce(sum("bytes"), 0) AS "total"
       FROM "files" WHERE "state" = 'stored'`,
      [kind, id],
    ))!;
    if (here >= MOST_FILES) throw tooManyFiles();
    if (Number(total) + bytes > this.settings.FILES_TOTAL_MB * 1_000_000) throw noRoomForFiles();
  }

  /** Attaches a staged file to its record, inside the caller's transaction, which has locked the record. */
  async keep(
    manager: EntityManager,
    { id, thing, ...file }: StagedFile,
    by: Caller,
    subject: ThingSubject,
  ): Promise<FileView> {
    await this.mustHaveRoom(manager, thing, file.bytes);
    const { affected } = await manager.update(StoredFile, { id, state: 'uploading' }, { ...file, state: 'stored' });
    if (affected === 0) throw notFound();
    await this.audit.record(manager, by, 'file.added', { ...subject, type: 'file', id }, file.sha256);
    return this.one(thing, id, manager);
  }

  /** Shows or hides a file on the public page. */
  async publish(
    manager: EntityManager,
    thing: Thing,
    fileId: string,
    { isPublic, version }: { isPublic: boolean; version: number },
    by: Caller,
    subject: ThingSubject,
  ): Promise<FileView> {
    const file = await this.one(thing, fileId, manager);
    mustMatch(file, version);
    if (file.isPublic === isPublic) return file;
    await updateRow(manager, StoredFile, fileId, { isPublic });
    await this.audit.record(
      manager,
      by,
      isPublic ? 'file.published' : 'file.unpublished',
      { ...subject, type: 'file', id: fileId },
      file.sha256,
    );
    return this.one(thing, fileId, manager);
  }

  /** Removes a file from its record: the row now, the bytes when `afterwards` is called after the commit. */
  async remove(
    manager: EntityManager,
    thing: Thing,
    { id: fileId, version }: Pick<FileView, 'id' | 'version'>,
    by: Actor,
    subject: ThingSubject,
  ): Promise<void> {
    const file = await this.one(thing, fileId, manager);
    mustMatch(file, version);
    await manager.delete(StoredFile, { id: fileId });
    await this.audit.record(manager, by, 'file.removed', { ...subject, type: 'file', id: fileId }, file.sha256);
  }

  /**
   * Removes a file from papers that were sent. Its bytes are destroyed, and its name too, including in stored responses;
   * its hash and the ground are kept. As with `remove`, the bytes are deleted when `afterwards` is called.
   */
  async redact(
    manager: EntityManager,
    thing: Thing,
    { id: fileId, version, ground }: { id: string; version: number; ground: string },
    by: Caller,
    subject: ThingSubject,
  ): Promise<void> {
    const file = await this.one(thing, fileId, manager);
    mustMatch(file, version);
    await updateRow(manager, StoredFile, fileId, {
      ...{ state: 'redacted', name: '', removedGround: ground, isPublic: false },
    });
    await forgetName(manager, fileId);
    await this.audit.record(manager, by, 'file.redacted', { ...subject, type: 'file', id: fileId }, file.sha256);
  }

  /** After the commit of a removal: deletes the bytes, unless a backup is in progress. */
  afterwards(fileId: string): Promise<void> {
    return this.sweeper.forget(fileId);
  }

  /** Removes the files of a record that is itself removed, in its transaction; the sweeper deletes the bytes. */
  async removeAllOf(
    manager: EntityManager,
    { kind, id: thingId }: Thing,
    by: Actor,
    about: ThingSubject,
  ): Promise<void> {
    const found = await rows<{ id: string; sha256: string | null }>(
      manager,
      'SELECT "id", "sha256" FROM "files" WHERE "kind" = $1 AND "thingId" = $2',
      [kind, thingId],
    );
    for (const { id } of found) await manager.delete(StoredFile, { id });
    const entries = found.map(({ id, sha256 }) => ({
      ...{ operation: 'file.removed' as const, subject: { ...about, type: 'file', id }, digest: sha256 },
    }));
    await this.audit.recordAll(manager, by, entries);
  }
}

/** Removes the name of a file from stored responses. */
async function forgetName(manager: EntityManager, fileId: string): Promise<void> {
  const found = await rows<{ id: string; answer: unknown }>(
    manager,
    `SELECT "id", "answer" FROM "idempotency_keys" WHERE "answer" LIKE $1`,
    [`%"${fileId}"%`],
    { answer: 'json' },
  );
  for (const { id, answer } of found)
    await manager.update(IdempotencyKey, id, { answer: nameless(answer, fileId) as object });
}

/** A response without the name of the file, wherever it tells of it. */
function nameless(value: unknown, fileId: string): unknown {
  if (Array.isArray(value)) return value.map((one) => nameless(one, fileId));
  if (value === null || typeof value !== 'object') return value;
  const rest = Object.entries(value).map(([name, one]) => [name, nameless(one, fileId)] as const);
  return { ...Object.fromEntries(rest), ...('id' in value && value.id === fileId && { name: '' }) };
}

import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/common/ids.js';
import { execute, Params, row, rows } from '../../platform/database/rows.js';
import { insertRows } from '../../platform/database/writes.js';
import type { Discussion } from './discussion.entity.js';
import type { Treatment } from './treatment.entity.js';

type Before = Pick<Discussion, 'outcome' | 'note'>;

interface Press {
  discussionId: string;
  /** The discussion before it. */
  before: Before;
  /** The update of the action that it recorded; null for none. */
  updateId: string | null;
}

/** Remembers the answers clicked during a meeting, so that each can be undone. */
export async function noteTreatments(
  manager: EntityManager,
  presses: readonly Press[],
  recordedAt: string,
): Promise<void> {
  const versions = await versionsOf(manager, [...new Set(presses.map(({ discussionId }) => discussionId))]);
  const noted = presses.map(({ discussionId, before, updateId }) => ({
    ...{ id: newId(), discussionId, outcomeBefore: before.outcome, noteBefore: before.note },
    ...{ versionAfter: versions.get(discussionId)!, updateId, recordedAt },
  }));
  await insertRows(manager, 'treatments', noted);
}

/** Remembers one that recorded no update of the action; `before` is the discussion before it. */
export const noteTreatment = (
  manager: EntityManager,
  discussionId: string,
  before: Before,
  recordedAt: string,
): Promise<void> => noteTreatments(manager, [{ discussionId, before, updateId: null }], recordedAt);

async function versionsOf(manager: EntityManager, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const params = new Params();
  const sql = `SELECT d."id", d."version" FROM "discussions" d WHERE d."id" IN (${params.list(ids)})`;
  const found = await rows<Pick<Discussion, 'id' | 'version'>>(manager, sql, params.values);
  return new Map(found.map(({ id, version }) => [id, version]));
}

/** Stores how the discussion read before the last click, if that wrote its note before its update. */
export async function amendTreatment(manager: EntityManager, discussionId: string, before: Before): Promise<void> {
  const last = await lastTreatment(manager, discussionId);
  const sql = 'UPDATE "treatments" SET "outcomeBefore" = $1, "noteBefore" = $2 WHERE "id" = $3';
  if (last) await execute(manager, sql, [before.outcome, before.note, last.id]);
}

export function lastTreatment(manager: EntityManager, discussionId: string): Promise<Treatment | undefined> {
  const sql = 'SELECT * FROM "treatments" WHERE "discussionId" = $1 ORDER BY "id" DESC LIMIT 1';
  return row<Treatment>(manager, sql, [discussionId]);
}

/** Forgets the last click after it was undone; the one before it left the discussion as it now reads. */
export async function dropTreatment(manager: EntityManager, { id, discussionId }: Treatment): Promise<void> {
  await execute(manager, 'DELETE FROM "treatments" WHERE "id" = $1', [id]);
  const last = await lastTreatment(manager, discussionId);
  if (!last) return;
  const sql = `UPDATE "treatments" SET "versionAfter" = (${VERSION}) WHERE "id" = $2`;
  await execute(manager, sql, [discussionId, last.id]);
}

/** Forgets all clicks of this session: once it is closed, nothing in it can be undone. */
export function forgetTreatments(manager: EntityManager, sessionId: string): Promise<unknown> {
  const theirs = 'SELECT d."id" FROM "discussions" d WHERE d."sessionId" = $1';
  return execute(manager, `DELETE FROM "treatments" WHERE "discussionId" IN (${theirs})`, [sessionId]);
}

const VERSION = 'SELECT d."version" FROM "discussions" d WHERE d."id" = $1';

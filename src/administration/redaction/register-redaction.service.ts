import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import type { Caller } from '../../platform/access/caller.js';
import { Action, ACTION_TEXTS } from '../../actions/action.entity.js';
import { ActionUpdate } from '../../actions/history/action-update.entity.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { storedKey } from '../../platform/spelling/natural-order.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { execute, Params, rows, type Value } from '../../platform/database/rows.js';
import { spelledAt, withoutSpelled } from '../../platform/spelling/spelled-words.js';
import { NEXT_VERSION, updateRow } from '../../platform/database/writes.js';
import type { PassageDto } from './removals.dto.js';
import { REDACTED } from '../copies/copies.rules.js';

interface Named {
  id: string;
  /**
   * Addressed by its own number or its item, not just through the list of actions, so its title is part of the passage.
   */
  isWhole: boolean;
}

/** The texts that are one line; what is printed in place of the words may make them too long. */
const LONGEST: Record<string, number> = { title: 200, passedTo: 200, reference: 100 };
const TOLD = ['statusReason', 'result'] as const;
const WHOLE = ['title', ...ACTION_TEXTS] as const;

/** Columns with texts of rows with an id. */
interface Texts {
  table: string;
  columns: readonly string[];
  isVersioned: boolean;
  /** The column with the first day on which a mail other than that of the minutes can have contained them. */
  since?: string;
}

interface Touched {
  actions: Action[];
  /** The days since which those actions, questions and initiatives can have been in mails. */
  since: string[];
}

const ITEMS: Texts = { table: 'agenda_items', columns: ['title', 'notes', 'decision'], isVersioned: true };
const DISCUSSIONS: Texts = { table: 'discussions', columns: ['note'], isVersioned: false };
const INITIATIVES: Texts = {
  table: 'initiatives',
  columns: ['title', 'reason'],
  isVersioned: true,
  since: 'requestedOn',
};
const QUESTIONS: Texts = {
  ...{ table: 'questions', columns: ['title', 'answer', 'passedTo'], isVersioned: true, since: 'askedOn' },
};
const REMARKS: Texts = { table: 'minutes_events', columns: ['text'], isVersioned: false };
/** Question and decision of "aan de bel trekken". */
const ESCALATIONS: Texts = { table: 'action_escalations', columns: ['text', 'decision'], isVersioned: false };

/**
 * Redacts the registers along with the minutes: the agenda and so the register of decisions, the discussion of the
 * actions and the decisions on escalations, the actions made under the item with their history, the items it was
 * carried over from or to, and the remarks on it. Their rows, dates and persons are unchanged.
 */
@Injectable()
export class RegisterRedaction {
  constructor(private readonly audit: Audit) {}

  /** Returns what contained the words, other than the minutes themselves. */
  async takeOut(
    manager: EntityManager,
    sessionId: string,
    passages: readonly PassageDto[],
    by: Caller,
  ): Promise<Touched> {
    const actions: Action[] = [];
    const since: string[] = [];
    for (const passage of passages) {
      since.push(...(await this.takeOutOfSession(manager, sessionId, passage)));
      await takeOutOfCarried(manager, sessionId, passage);
      await takeOutOfRemarks(manager, sessionId, passage);
      const named = await this.actionsOf(manager, sessionId, passage.item, by);
      for (const one of named) actions.push(...(await this.takeOutOfAction(manager, one, passage.words, by)));
    }
    return { actions, since: [...since, ...actions.map(({ recordedOn }) => recordedOn)] };
  }

  private async takeOutOfSession(
    manager: EntityManager,
    sessionId: string,
    { item, words }: PassageDto,
  ): Promise<string[]> {
    const inItem = 't."sessionId" = $1 AND t."number" = $2';
    await takeOutOf(manager, ITEMS, inItem, [sessionId, item], words);
    const inDiscussion = `t."sessionId" = $1 AND t."actionId" IN (
      SELECT a."id" FROM "actions" a WHERE a."number" = $2 OR (NOT a."isConfidential" AND EXISTS (
        SELECT 1 FROM "agenda_items" i WHERE i."sessionId" = $1 AND i."number" = $2 AND i."kind" = 'actions')))`;
    await takeOutOf(manager, DISCUSSIONS, inDiscussion, [sessionId, item], words);
    const since: (string | null)[] = [];
    for (const [texts, changed] of [
      [INITIATIVES, 'SELECT x."initiativeId" FROM "initiative_changes" x'],
      [QUESTIONS, 'SELECT x."questionId" FROM "question_changes" x'],
    ] as const)
      since.push(
        ...(await takeOutOf(manager, texts, `t."id" IN (${changed} WHERE x."sessionId" = $1)`, [sessionId], words)),
      );
    return since.filter((day) => day !== null);
  }

  /** The actions a passage covers: with that number, made under that item, or discussed with the list of actions. */
  private actionsOf(manager: EntityManager, sessionId: string, item: string, by: Caller): Promise<Named[]> {
    const params = new Params();
    const session = params.add(sessionId);
    const number = params.add(item);
    const isTreated = `EXISTS (SELECT 1 FROM "discussions" d WHERE d."actionId" = a."id" AND d."sessionId" = ${session})`;
    const items = `SELECT i."id" FROM "agenda_items" i WHERE i."sessionId" = ${session} AND i."number" = ${number}`;
    const isWhole = `((a."number" = ${number} AND (a."sessionId" = ${session} OR ${isTreated})) OR a."agendaItemId" IN (${items}))`;
    return rows<Named>(
      manager,
      `SELECT a."id", coalesce(${isWhole}, FALSE) AS "isWhole" FROM "actions" a
       WHERE ${knownTo(by, 'a', ACTION_PARTIES, params)}
         AND (${isWhole} OR (${isTreated} AND EXISTS (${items} AND i."kind" = 'actions'))) ORDER BY a."id"`,
      params.values,
      { isWhole: 'boolean' },
    );
  }

  private async takeOutOfAction(
    manager: EntityManager,
    { id, isWhole }: Named,
    words: string,
    by: Caller,
  ): Promise<Action[]> {
    const action = await manager.findOneByOrFail(Action, { id });
    const now = redacted(action, isWhole ? [...WHOLE, ...TOLD] : TOLD, words);
    if (now) await updateRow(manager, Action, id, now.title ? { ...now, titleKey: storedKey(now.title) } : now);
    let isTouched = now !== null;
    for (const update of await manager.findBy(ActionUpdate, { actionId: id })) {
      const then = redacted(update, isWhole ? ['title', 'comment', ...TOLD] : ['comment', ...TOLD], words);
      const changes = redacted(update.changes, isWhole ? ['title', 'result', 'reason'] : ['result', 'reason'], words);
      if (!then && !changes) continue;
      isTouched = true;
      await manager.update(ActionUpdate, update.id, {
        ...then,
        ...(changes && { changes: { ...update.changes, ...changes } }),
      });
    }
    const told = await takeOutOf(manager, ESCALATIONS, 't."actionId" = $1', [id], words);
    if (told.length > 0) isTouched = true;
    if (!isTouched) return [];
    const { areaId, isConfidential } = action;
    await this.audit.record(manager, by, 'action.redacted', { type: 'action', id, areaId, isConfidential });
    return [action];
  }
}

/** Redacts the words in these rows; returns the `since` of each in which they occurred. */
async function takeOutOf(
  manager: EntityManager,
  { table, columns, isVersioned, since }: Texts,
  where: string,
  values: Value[],
  words: string,
): Promise<(string | null)[]> {
  const first = since ? `t."${since}"` : 'NULL';
  const texts = columns.map((name) => `t."${name}"`).join(', ');
  const found = await rows<{ id: string; first: string | null }>(
    manager,
    `SELECT t."id", ${first} AS "first", ${texts} FROM "${table}" t WHERE ${where}${dialectOf(manager).forUpdate}`,
    values,
  );
  const changed = found.flatMap(({ id, first: day, ...row }) => {
    const now = redacted(row, columns, words);
    return now ? [{ id, day, now }] : [];
  });
  for (const { id, now } of changed) {
    const set = Object.keys(now).map((name, n) => `"${name}" = $${n + 2}`);
    if (isVersioned) set.push(NEXT_VERSION);
    await execute(manager, `UPDATE "${table}" SET ${set.join(', ')} WHERE "id" = $1`, [id, ...Object.values(now)]);
  }
  return changed.map(({ day }) => day);
}

/**
 * A carried-over item has its title on every agenda; what was said about it there belongs to the minutes of that day.
 */
async function takeOutOfCarried(manager: EntityManager, sessionId: string, { item, words }: PassageDto): Promise<void> {
  const family = await rows<{ id: string }>(
    manager,
    `WITH RECURSIVE "family" ("id", "carriedFromId") AS (
       SELECT i."id", i."carriedFromId" FROM "agenda_items" i WHERE i."sessionId" = $1 AND i."number" = $2
       UNION SELECT i."id", i."carriedFromId" FROM "agenda_items" i
         JOIN "family" f ON i."carriedFromId" = f."id" OR i."id" = f."carriedFromId")
     SELECT f."id" FROM "family" f`,
    [sessionId, item],
  );
  if (family.length === 0) return;
  const params = new Params();
  const where = `t."id" IN (${params.list(family.map(({ id }) => id))})`;
  await takeOutOf(manager, { ...ITEMS, columns: ['title'] }, where, params.values, words);
}

/** The subject of a remark that names no item cannot be determined, so it is redacted too. */
async function takeOutOfRemarks(manager: EntityManager, sessionId: string, { item, words }: PassageDto): Promise<void> {
  const where = `t."kind" IN ('remark', 'objection') AND (t."itemNumber" IS NULL OR t."itemNumber" = $2)
    AND t."minutesId" IN (SELECT m."id" FROM "minutes" m WHERE m."sessionId" = $1)`;
  await takeOutOf(manager, REMARKS, where, [sessionId, item], words);
}

/** The named texts of a row that contained the words, redacted; null if none did. */
function redacted<Row extends object>(
  row: Row,
  names: readonly string[],
  words: string,
): Record<string, string> | null {
  const found = Object.entries(row).flatMap(([name, text]): [string, string][] => {
    if (!names.includes(name) || typeof text !== 'string' || spelledAt(text, words).length === 0) return [];
    return [[name, withoutSpelled(text, words, REDACTED).slice(0, LONGEST[name])]];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}

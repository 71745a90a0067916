import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import type { Caller } from '../../platform/access/caller.js';
import { Action, ACTION_TEXTS } from '../../actions/action.entity.js';
import { ActionUpdate } from '../../actions/action-update.entity.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { storedKey } from '../../platform/common/natural-order.js';
import { execute, Params, row, rows } from '../../platform/database/rows.js';
import { NEXT_VERSION, updateRow } from '../../platform/database/writes.js';
import type { PassageDto } from './removals.dto.js';
import { REDACTED } from './removals.rules.js';

interface Named {
  id: string;
  /**
   * Addressed by its own number or its item, not just through the list of actions, so its title is part of the passage.
   */
  isWhole: boolean;
}

const LINE = 200;
/** The texts of an action that are one line; what is printed in place of the words may make them too long. */
const LONGEST: Record<string, number> = { title: LINE, reference: 100 };
const TOLD = ['statusReason', 'result'] as const;
const WHOLE = ['title', ...ACTION_TEXTS] as const;

/**
 * Redacts the registers along with the minutes: the agenda and so the register of decisions, the discussion of the
 * actions and the decisions on escalations, the actions made under the item with their history, the items it was
 * carried over from or to, and the remarks on it. Their rows, dates and persons are unchanged.
 */
@Injectable()
export class RegisterRedaction {
  constructor(private readonly audit: Audit) {}

  /** Returns the actions that contained the words. */
  async takeOut(
    manager: EntityManager,
    sessionId: string,
    passages: readonly PassageDto[],
    by: Caller,
  ): Promise<Action[]> {
    const touched: Action[] = [];
    for (const passage of passages) {
      await this.takeOutOfSession(manager, sessionId, passage);
      await takeOutOfCarried(manager, sessionId, passage);
      await takeOutOfRemarks(manager, sessionId, passage);
      const named = await this.actionsOf(manager, sessionId, passage.item, by);
      for (const one of named) touched.push(...(await this.takeOutOfAction(manager, one, passage.words, by)));
    }
    return touched;
  }

  private async takeOutOfSession(
    manager: EntityManager,
    sessionId: string,
    { item, words }: PassageDto,
  ): Promise<void> {
    await execute(
      manager,
      `UPDATE "agenda_items" SET "title" = substr(${without('title')}, 1, ${LINE}), "notes" = ${without('notes')},
         "decision" = ${without('decision')}, ${NEXT_VERSION} WHERE "sessionId" = $2 AND "number" = $3`,
      [words, sessionId, item],
    );
    await execute(
      manager,
      `UPDATE "discussions" SET "note" = ${without('note')} WHERE "sessionId" = $2 AND "actionId" IN (
         SELECT a."id" FROM "actions" a WHERE a."number" = $3 OR (NOT a."isConfidential" AND EXISTS (
           SELECT 1 FROM "agenda_items" i WHERE i."sessionId" = $2 AND i."number" = $3 AND i."kind" = 'actions')))`,
      [words, sessionId, item],
    );
    await execute(
      manager,
      `UPDATE "initiatives" SET "title" = substr(${without('title')}, 1, ${LINE}), "reason" = ${without('reason')}, ${NEXT_VERSION}
       WHERE "id" IN (SELECT x."initiativeId" FROM "initiative_changes" x WHERE x."sessionId" = $2)
         AND (${without('title')} <> "title" OR ${without('reason')} <> "reason")`,
      [words, sessionId],
    );
    await execute(
      manager,
      `UPDATE "questions" SET "title" = substr(${without('title')}, 1, ${LINE}), "answer" = ${without('answer')},
         "passedTo" = substr(${without('passedTo')}, 1, ${LINE}), ${NEXT_VERSION}
       WHERE "id" IN (SELECT x."questionId" FROM "question_changes" x WHERE x."sessionId" = $2)
         AND (${without('title')} <> "title" OR ${without('answer')} <> "answer" OR ${without('passedTo')} <> "passedTo")`,
      [words, sessionId],
    );
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
    if (await takeOutOfEscalations(manager, id, words)) isTouched = true;
    if (!isTouched) return [];
    const { areaId, isConfidential } = action;
    await this.audit.record(manager, by, 'action.redacted', { type: 'action', id, areaId, isConfidential });
    return [action];
  }
}

const without = (column: string): string => `replace("${column}", $1, '${REDACTED}')`;

/**
 * A carried-over item has its title on every agenda; what was said about it there belongs to the minutes of that day.
 */
async function takeOutOfCarried(manager: EntityManager, sessionId: string, { item, words }: PassageDto): Promise<void> {
  await execute(
    manager,
    `WITH RECURSIVE "family" ("id", "carriedFromId") AS (
       SELECT i."id", i."carriedFromId" FROM "agenda_items" i WHERE i."sessionId" = $2 AND i."number" = $3
       UNION SELECT i."id", i."carriedFromId" FROM "agenda_items" i
         JOIN "family" f ON i."carriedFromId" = f."id" OR i."id" = f."carriedFromId")
     UPDATE "agenda_items" SET "title" = substr(${without('title')}, 1, ${LINE}), ${NEXT_VERSION}
     WHERE "id" IN (SELECT f."id" FROM "family" f) AND ${without('title')} <> "title"`,
    [words, sessionId, item],
  );
}

/** Redacts the question and decision of "aan de bel trekken"; returns whether the words occurred there. */
async function takeOutOfEscalations(manager: EntityManager, actionId: string, words: string): Promise<boolean> {
  const where = `"actionId" = $2 AND (${without('text')} <> "text" OR ${without('decision')} <> "decision")`;
  const sql = `SELECT e."id" FROM "action_escalations" e WHERE ${where}`;
  if (!(await row(manager, sql, [words, actionId]))) return false;
  await execute(
    manager,
    `UPDATE "action_escalations" SET "text" = ${without('text')}, "decision" = ${without('decision')} WHERE ${where}`,
    [words, actionId],
  );
  return true;
}

/** The subject of a remark that names no item cannot be determined, so it is redacted too. */
async function takeOutOfRemarks(manager: EntityManager, sessionId: string, { item, words }: PassageDto): Promise<void> {
  await execute(
    manager,
    `UPDATE "minutes_events" SET "text" = ${without('text')} WHERE "kind" IN ('remark', 'objection')
       AND ("itemNumber" IS NULL OR "itemNumber" = $3)
       AND "minutesId" IN (SELECT m."id" FROM "minutes" m WHERE m."sessionId" = $2)`,
    [words, sessionId, item],
  );
}

/** The named texts of a row that contained the words, redacted; null if none did. */
function redacted<Row extends object>(
  row: Row,
  names: readonly string[],
  words: string,
): Record<string, string> | null {
  const found = Object.entries(row).flatMap(([name, text]): [string, string][] => {
    if (!names.includes(name) || typeof text !== 'string' || !text.includes(words)) return [];
    const left = text.split(words).join(REDACTED);
    return [[name, left.slice(0, LONGEST[name])]];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}

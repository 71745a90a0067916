import { CLOSED_LIST } from '../actions/statuses.rules.js';
import { addDays, momentOf } from '../platform/common/calendar-date.js';
import { rows, type Source } from '../platform/database/rows.js';
import { IS_SETTLED, QUESTION_TABLES, type QuestionView } from './questions.views.js';
import { hasOutcomeSql, ITEM_OUTCOMES } from '../meetings/agenda/item-states.rules.js';

/** A later change of the item, action or initiative that a question became. */
export const LATER_TURNS = [
  ...ITEM_OUTCOMES,
  ...(['done', 'cancelled', 'postponed'] as const),
  ...(['granted', 'refused'] as const),
] as const;
export type LaterTurn = (typeof LATER_TURNS)[number];

/** Whether what the record became has not been undone since: an action can be reopened, an item adjourned after all. */
export const stillHolds = (turn: LaterTurn, progress: QuestionView['progress']): boolean =>
  turn === 'postponed' ? progress !== null && progress !== 'done' && progress !== 'cancelled' : progress === turn;

export interface Turned {
  questionId: string;
  turn: LaterTurn;
  /** The id of the item, of the update of the action, or of the change of the initiative. */
  causeId: string;
  recordedById: string | null;
  /** When the session of the item was closed, which can happen again with another outcome; null for anything else. */
  closedAt: string | null;
}

/** How far back changes are still mailed: longer than a service is ever down. */
const DAYS_BACK = 14;
const SETTLED_AT = `(SELECT max(c."recordedAt") FROM "question_changes" c WHERE c."questionId" = q."id" AND c."verb" = 'settled')`;
/** SQL for "not entered in an open session", where it can still be undone. */
const isFinal = (session: string): string =>
  `NOT EXISTS (SELECT 1 FROM "sessions" os WHERE os."id" = ${session} AND os."state" = 'open')`;

/** The outcome of an item, once its session is closed. */
const ITEMS = `SELECT q."id" AS "questionId", i."state" AS "turn", i."id" AS "causeId", NULL AS "recordedById", s."closedAt"
  FROM ${QUESTION_TABLES} WHERE q."outcome" = 'agenda_item' AND ${IS_SETTLED} AND s."state" = 'closed'
    AND s."closedAt" > $1 AND s."closedAt" > ${SETTLED_AT} AND ${hasOutcomeSql('i')}`;
/** The changes that the weekly mail reports of other requested actions: done, cancelled or postponed. */
const ACTIONS = `SELECT q."id" AS "questionId", CASE WHEN u."status" <> b."status" AND u."status" IN (${CLOSED_LIST})
      THEN u."status" ELSE 'postponed' END AS "turn", u."id" AS "causeId", u."recordedById", NULL AS "closedAt"
  FROM ${QUESTION_TABLES} JOIN "action_updates" u ON u."actionId" = a."id"
  JOIN "action_updates" b ON b."actionId" = u."actionId" AND b."sequence" = u."sequence" - 1
  WHERE q."outcome" = 'action' AND ${IS_SETTLED} AND u."recordedAt" > $1 AND u."recordedAt" > ${SETTLED_AT}
    AND u."restatesId" IS NULL AND ${isFinal('u."sessionId"')}
    AND (u."postponements" > b."postponements" OR (u."status" IN (${CLOSED_LIST}) AND u."status" <> b."status"
      AND u."status" = a."status"))`;
const INITIATIVES = `SELECT q."id" AS "questionId", x."verb" AS "turn", x."id" AS "causeId", x."recordedById", NULL AS "closedAt"
  FROM ${QUESTION_TABLES} JOIN "initiative_changes" x ON x."initiativeId" = n."id"
  WHERE q."outcome" = 'initiative' AND x."recordedAt" > $1 AND x."recordedAt" > ${SETTLED_AT}
    AND x."verb" IN ('granted', 'refused') AND x."verb" = n."state" AND ${isFinal('x."sessionId"')}`;

/** SQL for "this action came from a question", whose asker is mailed about it separately. */
export const isToldApart = (action: string): string =>
  `(NOT ${action}."isConfidential" AND EXISTS (SELECT 1 FROM "questions" q WHERE q."actionId" = ${action}."id"
    AND q."requestedById" = ${action}."requestedById"))`;

/** Recent changes of the items, actions and initiatives that questions became. */
export function turnedSince(source: Source, today: string): Promise<Turned[]> {
  return rows<Turned>(source, `${ITEMS} UNION ALL ${ACTIONS} UNION ALL ${INITIATIVES}`, [
    momentOf(addDays(today, -DAYS_BACK)),
  ]);
}

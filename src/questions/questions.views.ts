import { fullyVisible } from '../actions/action-conditions.js';
import type { ActionStatus } from '../actions/action.entity.js';
import type { InitiativeState } from '../budget/initiative.entity.js';
import type { ItemState } from '../meetings/agenda/agenda-item.entity.js';
import type { Caller } from '../platform/access/caller.js';
import type { Params, Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import type { QuestionVerb } from './question-change.entity.js';
import { QUESTION_DETAILS } from './questions.dto.js';
import { Question, type QuestionOutcome } from './question.entity.js';

/** A question with its outcome, as far as the reader may know that. */
export interface QuestionView extends Pick<Question, (typeof QUESTION_DETAILS)[number]> {
  id: string;
  areaId: string;
  areaName: string;
  title: string;
  /** Null for residents. */
  requestedByName: string | null;
  askedOn: string;
  /** The last day to answer: that of `dueSessionId`, or six weeks after it was asked. */
  dueOn: string;
  /** The session by which it is to be answered; null for six weeks. */
  dueSessionId: string | null;
  /** Null while it is open. */
  outcome: QuestionOutcome | null;
  settledOn: string | null;
  /** The answer, or why it is not taken up. */
  answer: string | null;
  passedTo: string | null;
  reference: string | null;
  agendaItemId: string | null;
  /** The session that the agenda item is for. */
  sessionId: string | null;
  heldOn: string | null;
  /** Null for those who may not read the action. */
  actionId: string | null;
  actionNumber: string | null;
  actionTitle: string | null;
  initiativeId: string | null;
  initiativeTitle: string | null;
  /** How far that is: the state of the agenda item or initiative, or the status of the action. */
  progress: ItemState | InitiativeState | ActionStatus | null;
  /** Whether its chair agrees to publish it. */
  chairAgrees: boolean;
  /** Whether the organisation that asked agrees. */
  askerAgrees: boolean;
  version: number;
}

/** Only records that are not confidential: nobody is told that a confidential one came from a question. */
export const QUESTION_TABLES = `"questions" q JOIN "areas" ar ON ar."id" = q."areaId"
  LEFT JOIN "organisations" o ON o."id" = q."requestedById"
  LEFT JOIN "sessions" d ON d."id" = q."dueSessionId" AND d."state" <> 'cancelled'
  LEFT JOIN "agenda_items" i ON i."id" = q."agendaItemId" AND NOT i."isConfidential" AND i."state" <> 'declined'
  LEFT JOIN "sessions" s ON s."id" = i."sessionId"
  LEFT JOIN "actions" a ON a."id" = q."actionId" AND NOT a."isConfidential" AND NOT a."isWithdrawn"
  LEFT JOIN "initiatives" n ON n."id" = q."initiativeId"`;

/** SQL for "has an outcome": the record that it became exists and is not confidential. Over `QUESTION_TABLES`. */
export const IS_SETTLED = `(q."outcome" IS NOT NULL AND CASE q."outcome" WHEN 'agenda_item' THEN i."id" IS NOT NULL
  WHEN 'action' THEN a."id" IS NOT NULL ELSE TRUE END)`;
export const DUE_ON = `coalesce(d."heldOn", q."dueOn")`;

const ifSettled = (column: string): string => `CASE WHEN ${IS_SETTLED} THEN q."${column}" END AS "${column}"`;
const DETAILS = QUESTION_DETAILS.map((name) => `q."${name}"`).join(', ');
/** Over `QUESTION_TABLES`, for all who read questions of the area. */
export const PLAIN_COLUMNS = `q."id", q."areaId", ar."name" AS "areaName", q."title", ${DETAILS},
  o."name" AS "requestedByName", q."askedOn", ${DUE_ON} AS "dueOn", d."id" AS "dueSessionId",
  ${['outcome', 'settledOn', 'answer', 'passedTo', 'reference'].map(ifSettled).join(', ')},
  i."id" AS "agendaItemId", s."id" AS "sessionId", s."heldOn", n."id" AS "initiativeId", n."title" AS "initiativeTitle",
  CASE q."outcome" WHEN 'agenda_item' THEN i."state" WHEN 'action' THEN a."status" WHEN 'initiative' THEN n."state" END AS "progress",
  q."chairAgrees", q."askerAgrees", q."version"`;
export const QUESTION_SHAPE = shapeOf(Question);

/** The same with the action, for a caller who may read it. */
export function columnsFor(source: Source, by: Caller, params: Params): string {
  const isRead = fullyVisible(source, by, undefined, false, params);
  const ifRead = (column: string, name: string) => `CASE WHEN ${isRead} THEN a."${column}" END AS "${name}"`;
  return `${PLAIN_COLUMNS}, ${ifRead('id', 'actionId')}, ${ifRead('number', 'actionNumber')}, ${ifRead('title', 'actionTitle')}`;
}

/** The same over a change `x` alone: the record that it names exists and is not confidential. */
export const IS_OPENLY_SETTLED = `CASE x."outcome" WHEN 'action' THEN EXISTS (SELECT 1 FROM "actions" a WHERE a."id" = x."subjectId"
    AND NOT a."isConfidential" AND NOT a."isWithdrawn")
  WHEN 'agenda_item' THEN EXISTS (SELECT 1 FROM "agenda_items" i WHERE i."id" = x."subjectId" AND NOT i."isConfidential"
    AND i."state" <> 'declined') ELSE TRUE END`;

/** What happened to a question. */
export interface QuestionChangeView {
  id: string;
  verb: QuestionVerb;
  /** The outcome, or the one that was undone. */
  outcome: QuestionOutcome | null;
  recordedAt: string;
  /** Null for callers who may not see names of people. */
  recordedByName: string | null;
}

import { rows, type Source } from '../platform/database/rows.js';
import type { QuestionOutcome } from './question.entity.js';
import { IS_OPENLY_SETTLED } from './questions.views.js';

/**
 * A question asked or settled in a session, as stored in its minutes.
 * @schema MinutesQuestion
 */
export interface QuestionContent {
  title: string;
  /** Null for residents. */
  requestedBy: string | null;
  /** Null if it was asked and has no outcome yet. */
  outcome: QuestionOutcome | null;
  /** The answer, or why it is not taken up. */
  answer: string | null;
  /** Who has it now, if it was passed on. */
  passedTo: string | null;
  /** The action that it became. */
  actionNumber: string | null;
}

/**
 * The questions recorded in the session, and the last outcome that was entered there and not undone; later ones do not
 * change it.
 */
const ASKED = `
  SELECT q."title", o."name" AS "requestedBy", x."outcome", ac."number" AS "actionNumber",
    CASE WHEN q."settledInId" = $1 THEN q."answer" END AS "answer", CASE WHEN q."settledInId" = $1 THEN q."passedTo" END AS "passedTo"
  FROM "questions" q LEFT JOIN "organisations" o ON o."id" = q."requestedById"
  LEFT JOIN "question_changes" x ON x."questionId" = q."id" AND x."sessionId" = $1 AND x."verb" = 'settled' AND ${IS_OPENLY_SETTLED}
    AND NOT EXISTS (SELECT 1 FROM "question_changes" n WHERE n."questionId" = q."id" AND n."sessionId" = $1
      AND n."verb" IN ('settled', 'reopened') AND n."id" > x."id")
  LEFT JOIN "actions" ac ON x."outcome" = 'action' AND ac."id" = x."subjectId"
  WHERE x."id" IS NOT NULL OR EXISTS (
    SELECT 1 FROM "question_changes" r WHERE r."questionId" = q."id" AND r."sessionId" = $1 AND r."verb" = 'recorded')
  ORDER BY coalesce(x."id", q."id")`;

/** In the order in which they were settled or asked. Nothing confidential can come of a question. */
export const askedIn = (source: Source, sessionId: string): Promise<QuestionContent[]> =>
  rows<QuestionContent>(source, ASKED, [sessionId]);

import { rows, type Source } from '../platform/database/rows.js';
import { PLAIN_COLUMNS, QUESTION_SHAPE, QUESTION_TABLES, type QuestionView } from './questions.views.js';

export type PublicQuestion = Pick<
  QuestionView,
  'title' | 'requestedByName' | 'askedOn' | 'outcome' | 'progress' | 'answer' | 'passedTo'
>;

/** SQL for "its chair and its asker both agreed to publish it". */
export const BOTH_AGREE = 'q."chairAgrees" AND q."askerAgrees"';
const MOST = 20;

/**
 * The questions of an area that both sides agreed to publish, latest first. Never includes the action it became, or its
 * owner.
 */
export async function publicQuestions(source: Source, areaId: string): Promise<PublicQuestion[]> {
  const found = await rows<QuestionView>(
    source,
    `SELECT ${PLAIN_COLUMNS} FROM ${QUESTION_TABLES} WHERE q."areaId" = $1 AND ${BOTH_AGREE}
     ORDER BY q."askedOn" DESC, q."id" DESC LIMIT ${MOST}`,
    [areaId],
    QUESTION_SHAPE,
  );
  return found.map(({ title, requestedByName, askedOn, outcome, progress, answer, passedTo }) => ({
    ...{ title, requestedByName, askedOn, outcome, progress, answer, passedTo },
  }));
}

import type { EntityManager } from 'typeorm';
import { writesAtTable } from '../meetings/meetings.access.js';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { conflict, forbidden, invalid, notFound } from '../platform/common/problems.js';
import { isCurrentArea } from '../directory/areas/current-areas.js';
import { row } from '../platform/database/rows.js';
import { lockOne } from '../platform/database/transactions.js';
import { Question } from './question.entity.js';

/** The session in which something is entered, if any. */
export interface AtTable {
  sessionId?: string;
}

/** Locks a question; 404 if the caller may not read it. Those who write in a session of its area may read it too. */
export async function lockQuestion(
  manager: EntityManager,
  id: string,
  by: Caller,
  at: AtTable = {},
): Promise<Question> {
  const question = await lockOne(manager, Question, id);
  const isAtTable = at.sessionId !== undefined && (await writesAtTable(manager, at.sessionId, question.areaId, by));
  if (!isAtTable && !isPermittedIn(by, 'questions.read', question.areaId)) throw notFound();
  return question;
}

/** The same for its chair, or for those who write in the session: 403 for others. */
export async function questionToChange(
  manager: EntityManager,
  id: string,
  by: Caller,
  at: AtTable = {},
): Promise<Question> {
  const question = await lockQuestion(manager, id, by, at);
  if (isPermittedIn(by, 'questions.write', question.areaId)) return question;
  if (at.sessionId && (await writesAtTable(manager, at.sessionId, question.areaId, by))) return question;
  throw forbidden();
}

/** Whether the caller is a member of the organisation that asked. */
export const isAsker = (by: Caller, { requestedById }: Pick<Question, 'requestedById'>): boolean =>
  requestedById !== null && by.organisationIds.includes(requestedById);

/** Whether a question was recorded in the area before: its chair must record the first one. */
const hasQuestions = async (manager: EntityManager, areaId: string): Promise<boolean> =>
  (await row(manager, 'SELECT 1 AS "one" FROM "questions" WHERE "areaId" = $1 LIMIT 1', [areaId])) !== undefined;

/**
 * Whether the caller acts as the chair of the area: 400 if they may not ask there, 409 for anyone but its chair while
 * the area has no questions yet.
 */
export async function mustBeAskable(manager: EntityManager, areaId: string, by: Caller, at: AtTable): Promise<boolean> {
  const isArea = await isCurrentArea(manager, areaId);
  const isAtTable = at.sessionId !== undefined && (await writesAtTable(manager, at.sessionId, areaId, by));
  if (!isArea || !(isAtTable || isPermittedIn(by, 'questions.ask', areaId))) {
    throw invalid([{ field: 'areaId', message: 'areaId is not an area where you can ask' }]);
  }
  if (isAtTable || isPermittedIn(by, 'questions.write', areaId)) return true;
  if (!(await hasQuestions(manager, areaId))) {
    throw conflict('QUESTIONS_NOT_STARTED', 'The chair of this area has not started using questions.');
  }
  return false;
}

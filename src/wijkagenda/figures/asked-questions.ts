import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { IS_OPENLY_SETTLED } from '../../questions/questions.views.js';
import type { Question } from './cases-as-of.js';
import type { AskedRow } from './question-figures.rules.js';

/** The questions asked in a period, with their outcomes as known. None belong to an opgave. */
export async function askedIn(
  source: Source,
  { areaIds, fromOn, asOf, knownAt, opgaveId }: Question,
): Promise<AskedRow[]> {
  if (opgaveId) return [];
  const params = new Params();
  const endOf = momentOf(addDays(asOf, 1));
  const until = params.add(endOf < knownAt ? endOf : knownAt);
  const known = `c."recordedAt" <= ${until} AND c."verb" IN ('settled', 'reopened')`;
  return rows<AskedRow>(
    source,
    `SELECT CASE WHEN ${IS_OPENLY_SETTLED} THEN x."outcome" END AS "outcome", x."recordedAt", s."heldOn", x."dueOn"
     FROM "questions" q LEFT JOIN "question_changes" x ON x."id" = (SELECT c."id" FROM "question_changes" c
         WHERE c."questionId" = q."id" AND ${known} ORDER BY c."recordedAt" DESC, c."id" DESC LIMIT 1) AND x."verb" = 'settled'
     LEFT JOIN "sessions" s ON s."id" = x."sessionId"
     WHERE q."areaId" IN (${params.list(areaIds)}) AND q."askedOn" BETWEEN ${params.add(fromOn)} AND ${params.add(asOf)}
       AND EXISTS (SELECT 1 FROM "question_changes" r WHERE r."questionId" = q."id" AND r."verb" = 'recorded'
         AND r."recordedAt" <= ${params.add(knownAt)})`,
    params.values,
  );
}

import { isProvisional } from '../../actions/history/as-of-session.js';
import { isForContact } from '../../directory/people/contact-resolver.rules.js';
import { answersFor, keepsSeat } from '../../directory/people/leaving.conditions.js';
import { inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import { SINCE, STEP } from './changes-since.js';
import type { Answered } from './digest-answers.service.js';

/** Something that succeeded. */
export type Result = Omit<Answered, 'isConfidential' | 'status' | 'dueOn' | 'statusReason'>;

/** The number of results that one person is told in one mail. */
const MOST_RESULTS = 3;

/**
 * Per person at most three results since then, in their meetings and chaired areas; largest first. Without what they
 * are told as the answer to their own question.
 */
export async function resultsFor(
  source: Source,
  chairedAreaIds: ReadonlyMap<string, readonly string[]>,
  answered: ReadonlyMap<string, readonly Answered[]>,
  since: string,
  today: string,
): Promise<Map<string, Result[]>> {
  const meetings = await meetingsOf(source, [...chairedAreaIds.keys()], today);
  const recent = await recentResults(source, union(meetings.values()), union(chairedAreaIds.values()), since);
  return new Map(
    [...chairedAreaIds].map(([personId, areaIds]) => {
      const own = meetings.get(personId);
      const told = new Set(answered.get(personId)?.map(({ actionId }) => actionId));
      const isOwn = (result: (typeof recent)[number]) =>
        !told.has(result.actionId) &&
        ((result.meetingId !== null && own?.has(result.meetingId)) || areaIds.includes(result.areaId));
      return [personId, recent.filter(isOwn).slice(0, MOST_RESULTS)];
    }),
  );
}

/**
 * Actions done since then in these meetings and areas. No DISTINCT, because SQLite would then scan the whole history
 * in the order of the actions instead of only the few rows since that moment.
 */
async function recentResults(
  source: Source,
  meetingIds: readonly string[],
  areaIds: readonly string[],
  since: string,
): Promise<(Result & { meetingId: string | null; areaId: string })[]> {
  if (meetingIds.length === 0 && areaIds.length === 0) return [];
  const params = new Params();
  params.add(since);
  return rows(
    source,
    `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", a."meetingId", ar."name" AS "areaName",
       o."name" AS "organisationName", a."result"
     FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
     WHERE a."id" IN (SELECT u."actionId" FROM ${STEP} WHERE ${SINCE} AND u."status" = 'done' AND b."status" <> 'done')
       AND (a."meetingId" IN (${params.list(meetingIds)}) OR a."areaId" IN (${params.list(areaIds)}))
       AND a."status" = 'done' AND NOT a."isConfidential" AND NOT a."isWithdrawn" AND NOT ${isProvisional('a')}
     ORDER BY CASE WHEN a."resultSize" = 'large' THEN 0 ELSE 1 END, CASE WHEN a."result" IS NULL THEN 1 ELSE 0 END,
       a."doneOn" DESC, a."numberKey"`,
    params.values,
  );
}

/**
 * Per person the meetings in which they have a seat, or an organisation they answer for in that area; for a member
 * who answers for nothing, those of the organisation.
 */
async function meetingsOf(
  source: Source,
  personIds: readonly string[],
  today: string,
): Promise<Map<string, Set<string>>> {
  const params = new Params();
  const people = params.list(personIds);
  const on = params.add(today);
  const seat = `i."role" <> 'informed' AND ${inForce('i', on)}`;
  const found = await rows<{ personId: string; meetingId: string }>(
    source,
    `SELECT i."personId", i."meetingId" FROM "invitations" i WHERE ${seat} AND i."personId" IN (${people}) AND ${keepsSeat('i', on)}
     UNION SELECT own."personId", i."meetingId" FROM "invitations" i JOIN "meetings" m ON m."id" = i."meetingId" JOIN (
         SELECT c."personId", c."organisationId", c."areaId" FROM "contacts" c WHERE c."personId" IN (${people}) AND ${answersFor('c', on)}
         UNION SELECT b."personId", b."organisationId", NULL FROM "memberships" b
           WHERE b."personId" IN (${people}) AND ${inForce('b', on)} AND NOT EXISTS (
             SELECT 1 FROM "contacts" c WHERE c."personId" = b."personId" AND ${answersFor('c', on)})) own
         ON own."organisationId" = i."organisationId" AND (own."areaId" IS NULL OR own."areaId" = m."areaId")
       WHERE ${seat} AND ${isForContact('i."personId"', keepsSeat('i', on))}`,
    params.values,
  );
  const meetings = new Map<string, Set<string>>();
  for (const { personId, meetingId } of found) {
    const known = meetings.get(personId);
    if (known) known.add(meetingId);
    else meetings.set(personId, new Set([meetingId]));
  }
  return meetings;
}

const union = (groups: Iterable<Iterable<string>>): string[] => [...new Set([...groups].flatMap((ids) => [...ids]))];

import type { Caller } from '../../platform/access/caller.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { knownPart } from '../../minutes/known-parts.js';
import type { VisibleMinutes } from '../../minutes/minutes-visibility.js';
import type { PassageDto, RemovalView } from './removals.dto.js';

/**
 * The other minutes of the meeting in which one of these words still stands, as far as the caller may know: what came back
 * in a later session stands in its minutes too. Each is a document of its own, with a ground of its own, so that they are
 * for the caller to redact.
 */
export function wordsElsewhere(
  source: Source,
  { sessionId, meetingId }: Pick<VisibleMinutes, 'sessionId' | 'meetingId'>,
  passages: readonly PassageDto[],
  caller: Caller,
): Promise<RemovalView['elsewhere']> {
  const params = new Params();
  const dialect = dialectOf(source);
  // As words stand in JSON: a quote or the end of a line is written otherwise there.
  const words = [...new Set(passages.map((one) => JSON.stringify(one.words).slice(1, -1)))];
  const holds = words.map((one) => dialect.holds('p."content"', params.add(one))).join(' OR ');
  const own = params.add(sessionId);
  const meeting = params.add(meetingId);
  const known = knownPart(caller, false, 'm."sessionId"', params);
  return rows<RemovalView['elsewhere'][number]>(
    source,
    `SELECT DISTINCT m."sessionId", s."heldOn" FROM "minutes_parts" p
     JOIN "minutes_versions" v ON v."id" = p."versionId" JOIN "minutes" m ON m."id" = v."minutesId"
     JOIN "sessions" s ON s."id" = m."sessionId"
     WHERE s."meetingId" = ${meeting} AND m."sessionId" <> ${own} AND p."content" IS NOT NULL AND (${holds}) AND ${known}
     ORDER BY s."heldOn", m."sessionId"`,
    params.values,
  );
}

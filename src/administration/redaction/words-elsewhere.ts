import type { Caller } from '../../platform/access/caller.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { knownPart } from '../../minutes/known-parts.js';
import type { VisibleMinutes } from '../../minutes/minutes-visibility.js';
import type { PassageDto, RemovalView } from './removals.dto.js';

/**
 * Other minutes of the meeting that still contain one of these words, as far as the caller may know: an item that was
 * carried over is in later minutes too. Each is a document of its own that needs its own ground, so redacting them is
 * left to the caller.
 */
export function wordsElsewhere(
  source: Source,
  { sessionId, meetingId }: Pick<VisibleMinutes, 'sessionId' | 'meetingId'>,
  passages: readonly PassageDto[],
  caller: Caller,
): Promise<RemovalView['elsewhere']> {
  const params = new Params();
  const dialect = dialectOf(source);
  // As encoded in JSON, where quotes and line breaks are escaped.
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

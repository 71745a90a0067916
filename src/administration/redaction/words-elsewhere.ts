import type { Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { knownPart } from '../../minutes/known-parts.js';
import { TEXT_PLACES, type TextPlace } from '../erasure/text-places.js';
import { inJson } from '../copies/copies.js';
import type { ElsewhereView } from './removals.dto.js';

const MOST_PER_KIND = 100;

/**
 * All other places that still contain one of these words, however they are spelled, as far as the caller may know: other
 * minutes, what other parties wrote, goals, wijkagendas, reviews. Each is a separate text that needs its own ground, so
 * changing them is left to the caller.
 */
export async function wordsElsewhere(
  source: Source,
  words: readonly string[],
  caller: Caller,
): Promise<ElsewhereView[]> {
  if (words.length === 0) return [];
  const found = await otherMinutes(source, words, caller);
  for (const place of TEXT_PLACES.filter(({ kind }) => kind !== 'minutes'))
    found.push(...(await placesWith(source, place, words, caller)));
  return found;
}

/** All versions that can still be read, not just those in force. */
function otherMinutes(source: Source, words: readonly string[], caller: Caller): Promise<ElsewhereView[]> {
  const params = new Params();
  const holds = words.map((one) => dialectOf(source).spells(['p."content"'], inJson(one), params)).join(' OR ');
  const areas = inPermittedAreas(caller, 'minutes.redact', 'g."areaId"', params);
  const known = knownPart(caller, false, 'm."sessionId"', params);
  return rows<ElsewhereView>(
    source,
    `SELECT DISTINCT 'minutes' AS "kind", m."sessionId" AS "id", g."name" || ', ' || CAST(s."heldOn" AS varchar) AS "label",
       s."heldOn" AS "heldOn"
     FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId" JOIN "minutes" m ON m."id" = v."minutesId"
     JOIN "sessions" s ON s."id" = m."sessionId" JOIN "meetings" g ON g."id" = s."meetingId"
     WHERE p."content" IS NOT NULL AND (${holds}) AND ${areas} AND ${known}
     ORDER BY "heldOn", "id" LIMIT ${MOST_PER_KIND}`,
    params.values,
  ).then((found) => found.map(({ kind, id, label }) => ({ kind, id, label })));
}

function placesWith(
  source: Source,
  { kind, from, id, area, label, fields, known }: TextPlace,
  words: readonly string[],
  caller: Caller,
): Promise<ElsewhereView[]> {
  const params = new Params();
  const dialect = dialectOf(source);
  const spellings = [...new Set(words.flatMap((one) => [one, inJson(one)]))];
  const holds = spellings.map((one) => dialect.spells(Object.values(fields), one, params));
  const conditions = [`(${holds.join(' OR ')})`, inPermittedAreas(caller, 'erasure.read', area, params)];
  if (known) conditions.push(known(params.list(caller.organisationIds)));
  return rows<ElsewhereView>(
    source,
    `SELECT DISTINCT '${kind}' AS "kind", ${id} AS "id", ${label} AS "label" FROM ${from}
     WHERE ${conditions.join(' AND ')} ORDER BY 2 LIMIT ${MOST_PER_KIND}`,
    params.values,
  );
}

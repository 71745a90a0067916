import { rows, type Source } from '../platform/database/rows.js';
import { type Declaration, flawsOf, type KeptPart, type KeptVersion } from './minutes-hash.rules.js';

interface Held {
  id: string;
  currentNumber: number;
}

const AT_ONCE = 100;

/** Recomputes every hash of all minutes and lists the violations in words; an empty list if there are none. */
export async function verifyMinutes(source: Source): Promise<string[]> {
  const flaws: string[] = [];
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const held = await rows<Held>(
      source,
      `SELECT m."id", m."currentNumber" FROM "minutes" m WHERE m."id" > $1 ORDER BY m."id" LIMIT ${AT_ONCE}`,
      [last],
    );
    for (const { id, currentNumber } of held) {
      const declarations = await removalsOf(source, id);
      const found = flawsOf(await versionsOf(source, id), currentNumber, declarations);
      flaws.push(...found.map((flaw) => `Minutes ${id}: ${flaw}`));
    }
    if (held.length < AT_ONCE) return flaws;
    last = held.at(-1)!.id;
  }
}

/** What was deliberately removed, in words: this is not tampering, but it must be visible. */
export async function removedFromMinutes(source: Source): Promise<string[]> {
  const minutes = await rows<{ minutesId: string }>(
    source,
    `SELECT DISTINCT "minutesId" FROM "minutes_events" WHERE "kind" IN ('redacted', 'destroyed') ORDER BY "minutesId"`,
  );
  const lines: string[] = [];
  for (const { minutesId } of minutes) {
    for (const { label, before, at, byId, ground } of await removalsOf(source, minutesId)) {
      const what = label === null ? 'destroyed' : `redacted in part ${label} before version ${before}`;
      lines.push(`Minutes ${minutesId}: ${what} at ${at} by ${byId ?? 'the service'}: ${ground ?? 'no ground given'}`);
    }
  }
  return lines;
}

type Removal = Declaration & { at: string; byId: string | null; ground: string | null };

/** A redaction has a version and a part; a destruction applies to everything. */
async function removalsOf(source: Source, minutesId: string): Promise<Removal[]> {
  return rows<Removal>(
    source,
    `SELECT CASE WHEN e."kind" = 'destroyed' THEN NULL ELSE e."itemNumber" END AS "label",
       CASE WHEN e."kind" = 'destroyed' THEN NULL ELSE v."number" END AS "before", e."at", e."byId", e."text" AS "ground"
     FROM "minutes_events" e LEFT JOIN "minutes_versions" v ON v."id" = e."versionId"
     WHERE e."minutesId" = $1 AND (e."kind" = 'destroyed'
       OR (e."kind" = 'redacted' AND e."itemNumber" IS NOT NULL AND v."number" IS NOT NULL)) ORDER BY e."id"`,
    [minutesId],
  );
}

async function versionsOf(source: Source, minutesId: string): Promise<KeptVersion[]> {
  const versions = await rows<Omit<KeptVersion, 'parts'> & { id: string }>(
    source,
    'SELECT "id", "number", "reason", "composedAt", "hash" FROM "minutes_versions" WHERE "minutesId" = $1',
    [minutesId],
  );
  const parts = await rows<KeptPart & { versionId: string }>(
    source,
    `SELECT p."versionId", p."label", p."content", p."salt", p."hash" FROM "minutes_parts" p
     JOIN "minutes_versions" v ON v."id" = p."versionId" WHERE v."minutesId" = $1`,
    [minutesId],
  );
  return versions.map(({ id, ...version }) => ({
    ...version,
    parts: parts.filter(({ versionId }) => versionId === id),
  }));
}

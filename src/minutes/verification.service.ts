import { rows, type Source } from '../database/rows.js';
import { flawsOf, type KeptPart, type KeptVersion } from './minutes-hash.rules.js';

interface Held {
  id: string;
  currentNumber: number;
  mayBeDestroyed: boolean;
}

const AT_ONCE = 100;

/** Recomputes every hash of all minutes and says in words what does not fit; an empty list when all is whole. */
export async function verifyMinutes(source: Source): Promise<string[]> {
  const flaws: string[] = [];
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const held = await rows<Held>(
      source,
      `SELECT m."id", m."currentNumber", EXISTS (SELECT 1 FROM "minutes_events" e
         WHERE e."minutesId" = m."id" AND e."kind" IN ('redacted', 'destroyed')) AS "mayBeDestroyed"
       FROM "minutes" m WHERE m."id" > $1 ORDER BY m."id" LIMIT ${AT_ONCE}`,
      [last],
      { mayBeDestroyed: 'boolean' },
    );
    for (const { id, currentNumber, mayBeDestroyed } of held) {
      const found = flawsOf(await versionsOf(source, id), currentNumber, mayBeDestroyed);
      flaws.push(...found.map((flaw) => `Minutes ${id}: ${flaw}`));
    }
    if (held.length < AT_ONCE) return flaws;
    last = held.at(-1)!.id;
  }
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

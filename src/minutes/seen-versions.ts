import type { Caller } from '../platform/access/caller.js';
import { mustMatch } from '../platform/common/etag.js';
import { Params, rows, type Source } from '../platform/database/rows.js';
import { knownPart, sentAt } from './known-parts.js';
import type { MinutesEventKind } from './minutes-event.entity.js';
import type { VersionReason } from './minutes-version.entity.js';
import type { VisibleMinutes } from './minutes-visibility.js';

/** A version as visible to one caller: numbered from 1 without gaps, whatever others can see. */
interface SeenVersion {
  id: string;
  number: number;
  /** Its position among all versions, never shown. */
  place: number;
  reason: VersionReason;
  composedAt: string;
  hash: string;
  sentAt: string | null;
}

/** Minutes as visible to one caller. */
interface Seen {
  versions: SeenVersion[];
  /** For the ETag: increases with changes visible to this caller, and with nothing else. */
  version: number;
}

type Row = Omit<SeenVersion, 'number'> & { minutesId: string; isNews: boolean; turns: number };
/** Events that change the state of minutes for everyone; sending and reopening change it for the writers. */
const TURNS: readonly MinutesEventKind[] = ['adopted', 'destroyed'];
type Whose = Pick<VisibleMinutes, 'id' | 'state' | 'mayWrite' | 'isParty'>;

/**
 * The versions of minutes as visible to one caller. A version that differs from its predecessor only in a part hidden
 * from the caller is left out without a gap in the numbers: otherwise its existence would reveal that part. Writers of
 * the minutes also see concepts, and each closing as a version; readers see only the text in force.
 */
export async function seenBy(source: Source, minutes: Whose, caller: Caller): Promise<Seen> {
  return (await seenOfAll(source, [minutes], caller)).get(minutes.id) ?? { versions: [], version: 0 };
}

/** 412 if the minutes were changed since, in a way visible to this caller. */
export async function mustBeAsRead(source: Source, minutes: Whose, caller: Caller, version: number): Promise<void> {
  mustMatch(await seenBy(source, minutes, caller), version);
}

/** By the id of the minutes; all must be in the same state and seen with the same rights. */
export async function seenOfAll(source: Source, minutes: readonly Whose[], caller: Caller): Promise<Map<string, Seen>> {
  const [first] = minutes;
  if (!first) return new Map();
  const { state, mayWrite, isParty } = first;
  const params = new Params();
  const ids = params.list(minutes.map(({ id }) => id));
  const turns = (mayWrite ? [...TURNS, 'sent', 'reopened'] : TURNS).map((kind) => `'${kind}'`).join(', ');
  const known = knownPart(caller, state === 'concept', 'c."sessionId"', params);
  const found = await rows<Row>(
    source,
    `WITH "every" AS (SELECT v."id", v."minutesId", v."number", v."reason", v."composedAt", v."hash", m."sessionId",
         ${sentAt('v')} AS "sentAt" FROM "minutes_versions" v JOIN "minutes" m ON m."id" = v."minutesId"
         WHERE v."minutesId" IN (${ids})),
       "chain" AS (SELECT *, lag("id") OVER (PARTITION BY "minutesId" ORDER BY "number") AS "beforeId",
         lag("number") OVER (PARTITION BY "minutesId" ORDER BY "number") AS "beforeNumber" FROM "every"
         WHERE ${mayWrite ? 'TRUE' : '"sentAt" IS NOT NULL'})
     SELECT c."id", c."minutesId", c."number" AS "place", c."reason", c."composedAt", c."hash", c."sentAt",
       (SELECT count(*) FROM "minutes_events" t WHERE t."minutesId" = c."minutesId" AND t."kind" IN (${turns})) AS "turns",
       (c."beforeId" IS NULL OR ${mayWrite ? `c."reason" = 'closing'` : 'FALSE'}
        OR EXISTS (SELECT 1 FROM "minutes_parts" p WHERE p."versionId" = c."id" AND ${known}
          AND coalesce(p."sinceNumber", c."number") > c."beforeNumber")
        OR EXISTS (SELECT 1 FROM "minutes_parts" p WHERE p."versionId" = c."beforeId" AND ${known}
          AND NOT EXISTS (SELECT 1 FROM "minutes_parts" q WHERE q."versionId" = c."id" AND q."label" = p."label"))) AS "isNews"
     FROM "chain" c ORDER BY c."minutesId", c."number"`,
    params.values,
    { isNews: 'boolean' },
  );
  const seen = new Map<string, Seen>();
  for (const { minutesId, isNews, turns, ...version } of found) {
    const { versions } = seen.get(minutesId) ?? { versions: [] };
    if (!isNews) continue;
    const number = versions.length + 1;
    seen.set(minutesId, { versions: [...versions, { ...version, number }], version: number + turns });
  }
  if (mayWrite || isParty) return seen;
  return new Map(
    [...seen].map(([id, { versions, version }]) => [id, { versions: [{ ...versions.at(-1)!, number: 1 }], version }]),
  );
}

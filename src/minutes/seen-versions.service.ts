import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { Params, rows, type Source } from '../database/rows.js';
import { knownPart, sentAt } from './known-parts.js';
import type { VersionReason } from './minutes-version.entity.js';
import type { VisibleMinutes } from './minutes.service.js';

/** A version as one caller knows it: numbered from 1 without a gap, whatever others can see. */
export interface SeenVersion {
  id: string;
  number: number;
  /** Its place among all versions, never shown. */
  place: number;
  reason: VersionReason;
  composedAt: string;
  hash: string;
  sentAt: string | null;
}

type Row = Omit<SeenVersion, 'number'> & { minutesId: string; isNews: boolean };
type Whose = Pick<VisibleMinutes, 'id' | 'state' | 'mayWrite' | 'isParty'>;

/**
 * The versions of minutes as one caller may know them. A version that differs from the one before it only in a part the
 * caller may not know is not there, and leaves no gap in the numbers: else its being there would tell of that part. Who
 * writes the minutes sees the concepts too, and each closing as a version; a reader sees the text in force alone.
 */
@Injectable()
export class SeenVersions {
  async of(source: Source, minutes: Whose, caller: Caller): Promise<SeenVersion[]> {
    return (await this.ofAll(source, [minutes], caller)).get(minutes.id) ?? [];
  }

  /** By the id of the minutes, which are in one state and seen with the same rights. */
  async ofAll(source: Source, minutes: readonly Whose[], caller: Caller): Promise<Map<string, SeenVersion[]>> {
    const [first] = minutes;
    if (!first) return new Map();
    const { state, mayWrite, isParty } = first;
    const params = new Params();
    const ids = params.list(minutes.map(({ id }) => id));
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
         (c."beforeId" IS NULL OR ${mayWrite ? `c."reason" = 'closing'` : 'FALSE'}
          OR EXISTS (SELECT 1 FROM "minutes_parts" p WHERE p."versionId" = c."id" AND ${known}
            AND coalesce(p."sinceNumber", c."number") > c."beforeNumber")
          OR EXISTS (SELECT 1 FROM "minutes_parts" p WHERE p."versionId" = c."beforeId" AND ${known}
            AND NOT EXISTS (SELECT 1 FROM "minutes_parts" q WHERE q."versionId" = c."id" AND q."label" = p."label"))) AS "isNews"
       FROM "chain" c ORDER BY c."minutesId", c."number"`,
      params.values,
      { isNews: 'boolean' },
    );
    const seen = new Map<string, SeenVersion[]>();
    for (const { minutesId, isNews, ...version } of found) {
      const earlier = seen.get(minutesId) ?? [];
      if (isNews) seen.set(minutesId, [...earlier, { ...version, number: earlier.length + 1 }]);
    }
    if (mayWrite || isParty) return seen;
    return new Map([...seen].map(([id, versions]) => [id, [{ ...versions.at(-1)!, number: 1 }]]));
  }
}

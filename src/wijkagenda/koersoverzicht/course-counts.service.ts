import { Injectable } from '@nestjs/common';
import { LISTED } from '../../actions/action-conditions.js';
import { isOverdueSql, statusOnSql } from '../../actions/overdue.rules.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import type { OwnerCounts } from './course-counts.rules.js';

/** SQL that counts the unfinished actions of these rows per area and owner on a day. */
const perOwner = (alias: string, on: string): string =>
  `SELECT ${alias}."areaId", ${alias}."ownerId", count(*) AS "open",
     count(CASE WHEN ${isOverdueSql(alias, on)} THEN 1 END) AS "overdue",
     count(CASE WHEN ${statusOnSql(alias, on)} = 'blocked' THEN 1 END) AS "blocked"`;
const NAMED = (counts: string): string =>
  `SELECT c.*, ar."name" AS "areaName", o."name" AS "ownerName", o."kind" AS "ownerKind" FROM (${counts}) c
   JOIN "areas" ar ON ar."id" = c."areaId" LEFT JOIN "organisations" o ON o."id" = c."ownerId"`;

/** Counts unfinished actions per area and owner. Confidential ones do not count. */
@Injectable()
export class CourseCounts {
  constructor(private readonly database: Database) {}

  /** Today's counts. */
  of(areaIds: readonly string[], today: string): Promise<OwnerCounts[]> {
    const params = new Params();
    const on = params.add(today);
    const counts = `${perOwner('a', on)} FROM "actions" a WHERE a."closedOn" IS NULL AND ${LISTED}
      AND NOT a."isConfidential" AND a."areaId" IN (${params.list(areaIds)}) GROUP BY a."areaId", a."ownerId"`;
    return rows<OwnerCounts>(this.database.reader, NAMED(counts), params.values);
  }

  /**
   * The counts of an earlier day, as known now, for all themes or only these: from the state of each action then, its
   * last history row by that day.
   */
  asOf(
    areaIds: readonly string[],
    day: string,
    source: Source,
    themes: readonly string[] | null = null,
  ): Promise<OwnerCounts[]> {
    const params = new Params();
    const on = params.add(day);
    const areas = params.list(areaIds);
    const some = `SELECT a."id" FROM "actions" a WHERE a."areaId" IN (${areas}) AND NOT a."isWithdrawn"
      AND NOT a."isConfidential" AND a."recordedOn" <= ${on}`;
    const then = `n."actionId" = x."id" AND n."effectiveOn" <= ${on}`;
    const last = dialectOf(source).joinFirst('action_updates', 'u', then, 'n."effectiveOn" DESC, n."sequence" DESC');
    const counts = `${perOwner('u', on)} FROM (${some} AND a."closedOn" IS NULL UNION ALL ${some} AND a."closedOn" > ${on}) x
      ${last}
      WHERE u."closedOn" IS NULL AND u."dueKind" IS NOT NULL AND (u."ownerId" IS NOT NULL OR u."isHandedBack")
        ${themes ? `AND u."theme" IN (${params.list(themes)})` : ''}
      GROUP BY u."areaId", u."ownerId"`;
    return rows<OwnerCounts>(source, NAMED(counts), params.values);
  }
}

import { Injectable } from '@nestjs/common';
import { LISTED } from '../../actions/action-conditions.js';
import { isProvisional } from '../../actions/history/as-of-session.js';
import { isOverdueSql, statusOnSql } from '../../actions/overdue.rules.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import { type AreaInTree, type OwnerCounts, type Share, worstOf } from './course-counts.rules.js';

/** SQL that counts the unfinished actions of these rows per area and owner on a day. */
const perOwner = (alias: string, on: string): string =>
  `SELECT ${alias}."areaId", ${alias}."ownerId", count(*) AS "open",
     count(CASE WHEN ${isOverdueSql(alias, on)} THEN 1 END) AS "overdue",
     count(CASE WHEN ${statusOnSql(alias, on)} = 'blocked' THEN 1 END) AS "blocked"`;
const NAMED = (counts: string): string =>
  `SELECT c.*, ar."name" AS "areaName", o."name" AS "ownerName", o."kind" AS "ownerKind" FROM (${counts}) c
   JOIN "areas" ar ON ar."id" = c."areaId" LEFT JOIN "organisations" o ON o."id" = c."ownerId"`;

/** Counts unfinished actions per area and owner. Confidential ones do not count, nor those of a session that is still open. */
@Injectable()
export class CourseCounts {
  constructor(private readonly database: Database) {}

  /** The worst of these areas today. */
  async worst(areaIds: readonly string[], today: string): Promise<Share[]> {
    const [areas, counts] = await Promise.all([this.areas(areaIds, today), this.now(areaIds, today)]);
    return worstOf(areas, counts);
  }

  private areas(areaIds: readonly string[], today: string): Promise<AreaInTree[]> {
    const params = new Params();
    const above = inForce('p', params.add(today));
    return rows<AreaInTree>(
      this.database.reader,
      `SELECT a."id" AS "areaId", a."name" AS "areaName", a."kind", p."parentId" FROM "areas" a
       LEFT JOIN "area_parents" p ON p."areaId" = a."id" AND ${above} WHERE a."id" IN (${params.list(areaIds)})`,
      params.values,
    );
  }

  private now(areaIds: readonly string[], today: string): Promise<OwnerCounts[]> {
    const params = new Params();
    const on = params.add(today);
    const counts = `${perOwner('a', on)} FROM "actions" a WHERE a."closedOn" IS NULL AND ${LISTED}
      AND NOT a."isConfidential" AND NOT ${isProvisional('a')} AND a."areaId" IN (${params.list(areaIds)}) GROUP BY a."areaId", a."ownerId"`;
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
    themes: readonly string[] | null,
  ): Promise<OwnerCounts[]> {
    const params = new Params();
    const on = params.add(day);
    const areas = params.list(areaIds);
    const some = `SELECT a."id" FROM "actions" a WHERE a."areaId" IN (${areas}) AND NOT a."isWithdrawn"
      AND NOT a."isConfidential" AND NOT ${isProvisional('a')} AND a."recordedOn" <= ${on}`;
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

import { Injectable } from '@nestjs/common';
import { LISTED } from '../../actions/action-conditions.js';
import { isOverdueSql, statusOnSql } from '../../actions/overdue.rules.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import type { OwnerCounts } from './course-counts.rules.js';

/** Counts unfinished actions per area and owner. Confidential ones do not count. */
@Injectable()
export class CourseCounts {
  constructor(private readonly database: Database) {}

  /** The counts of today, in one statement. */
  of(areaIds: readonly string[], today: string, source: Source = this.database.reader): Promise<OwnerCounts[]> {
    const params = new Params();
    const on = params.add(today);
    return rows<OwnerCounts>(
      source,
      `SELECT c.*, ar."name" AS "areaName", o."name" AS "ownerName", o."kind" AS "ownerKind" FROM (
         SELECT a."areaId", a."ownerId", count(*) AS "open", count(CASE WHEN ${isOverdueSql('a', on)} THEN 1 END) AS "overdue",
           count(CASE WHEN ${statusOnSql('a', on)} = 'blocked' THEN 1 END) AS "blocked"
         FROM "actions" a WHERE a."closedOn" IS NULL AND ${LISTED} AND NOT a."isConfidential"
           AND a."areaId" IN (${params.list(areaIds)}) GROUP BY a."areaId", a."ownerId") c
       JOIN "areas" ar ON ar."id" = c."areaId" LEFT JOIN "organisations" o ON o."id" = c."ownerId"`,
      params.values,
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/access/caller.js';
import type { ChainEnd } from '../../platform/audit/audit.rules.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { startOfTrail, TRAIL_DESTROYED } from '../../platform/audit/verify.js';
import { execute, row, rows, type Source } from '../../platform/database/rows.js';

const AT_ONCE = 500;

/**
 * Destroys the oldest part of the audit trail. The chain then continues from the last destroyed link, which the trail
 * itself records, so that truncation by anyone else is detected. Remaining versions of minutes are bound again.
 */
@Injectable()
export class TrailDestruction {
  constructor(private readonly audit: Audit) {}

  async count(source: Source, keptFrom: string): Promise<number> {
    const { sequence } = await startOfTrail(source);
    return Math.max(0, (await this.lastBefore(source, keptFrom)) - sequence);
  }

  /** Destroys at most one batch of entries and returns how many were destroyed. */
  async destroy(manager: EntityManager, keptFrom: string, by: Actor): Promise<number> {
    const { sequence: start } = await startOfTrail(manager);
    const until = Math.min(start + AT_ONCE, await this.lastBefore(manager, keptFrom));
    if (until <= start) return 0;
    const sql = 'SELECT "sequence", "hash" FROM "audit_entries" WHERE "sequence" = $1';
    const end = (await row<ChainEnd>(manager, sql, [until]))!;
    await this.bindAnew(manager, end, by);
    const { hash } = end;
    await this.audit.record(manager, by, TRAIL_DESTROYED, { type: 'audit', id: null }, hash);
    await execute(manager, 'UPDATE "audit_start" SET "sequence" = $1, "hash" = $2 WHERE "id" = 1', [until, hash]);
    return execute(manager, 'DELETE FROM "audit_entries" WHERE "sequence" <= $1', [until]);
  }

  /** The last entry before that day; the entries of one day are kept or destroyed together. */
  private async lastBefore(source: Source, keptFrom: string): Promise<number> {
    const sql = 'SELECT coalesce(min("sequence"), 0) AS "first" FROM "audit_entries" WHERE "at" >= $1';
    const found = (await row<{ first: number }>(source, sql, [keptFrom]))!;
    if (found.first > 0) return found.first - 1;
    const end = await row<{ last: number }>(
      source,
      'SELECT coalesce(max("sequence"), 0) AS "last" FROM "audit_entries"',
    );
    return end!.last;
  }

  private async bindAnew(manager: EntityManager, { sequence }: ChainEnd, by: Actor): Promise<void> {
    const going = await rows<{ minutesId: string; digest: string }>(
      manager,
      `SELECT e."objectId" AS "minutesId", e."digest" FROM "audit_entries" e
       WHERE e."sequence" <= $1 AND e."objectType" = 'minutes' AND e."digest" IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM "audit_entries" x WHERE x."objectId" = e."objectId" AND x."digest" = e."digest" AND x."sequence" > $1)`,
      [sequence],
    );
    for (const { minutesId, digest } of going)
      await this.audit.record(manager, by, 'minutes.bound', { type: 'minutes', id: minutesId }, digest);
  }
}

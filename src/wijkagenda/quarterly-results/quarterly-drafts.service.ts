import { HttpException, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { EntityManager } from 'typeorm';
import { goesOnSql } from '../../meetings/meetings.rules.js';
import { type Actor, SERVICE } from '../../platform/access/caller.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import { isUniqueViolation } from '../../platform/common/storage-errors.js';
import { conflict } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { ActionFigures } from '../figures/action-figures.service.js';
import { daysOfQuarter, type Quarter } from '../figures/quarters.rules.js';
import { QuarterlyResult, type QuarterlyLine } from './quarterly-result.entity.js';
import { linesToBeginWith, quarterToDraft } from './quarterly-results.rules.js';
import { logFailure } from '../../platform/server/failure-log.js';

/** Creates the draft of a quarter from its result lines: on a chair's request, and automatically after the quarter. */
@Injectable()
export class QuarterlyDrafts {
  private readonly log = new Logger('quarterly-results');
  /** The quarter for which this process has made all drafts, so that it need not be checked again. */
  private finished = '';

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly figures: ActionFigures,
  ) {}

  /** Asks the database what is due, so that missed or repeated ticks are harmless. */
  @Interval(600_000)
  async tick(): Promise<void> {
    const quarter = quarterToDraft(this.clock.today());
    const name = `${quarter.year}-${quarter.quarter}`;
    if (this.finished === name) return;
    try {
      await this.makeDue();
      this.finished = name;
    } catch (error) {
      logFailure(this.log, error);
    }
  }

  /**
   * Creates, once, the draft of the past quarter for each area with meetings and results in it: one discarded by a
   * chair is not created again. Nobody is mailed. Returns the number of new drafts.
   */
  async makeDue(): Promise<number> {
    const quarter = quarterToDraft(this.clock.today());
    let made = 0;
    for (const areaId of await this.areasWithout(quarter)) {
      const lines = await this.linesOf(areaId, quarter);
      if (lines.length === 0) continue;
      const isMade = await this.transactions
        .run(async (manager) => {
          await this.insert(manager, { areaId, ...quarter, lines }, SERVICE, 'keep');
          return true;
        })
        .catch((error) => {
          // Another instance or a chair was first.
          if (error instanceof HttpException && error.errorCode === 'QUARTER_TAKEN') return false;
          throw error;
        });
      if (isMade) made += 1;
    }
    return made;
  }

  /** The initial lines of a draft. Counting takes longer than a write may, so it is done before the transaction. */
  async linesOf(areaId: string, quarter: Quarter): Promise<QuarterlyLine[]> {
    const { fromOn, untilOn } = daysOfQuarter(quarter);
    const today = this.clock.today();
    const asOf = untilOn < today ? untilOn : today;
    const areaIds = await this.areas.idsBelow(areaId, asOf);
    const { lines } = await this.figures.count({ areaIds, fromOn, asOf, knownAt: this.clock.moment() });
    return linesToBeginWith(lines, await this.publicTexts(lines.map(({ number }) => number)));
  }

  private async publicTexts(numbers: readonly string[]): Promise<Map<string, string>> {
    const params = new Params();
    const found = await rows<{ number: string; publicText: string }>(
      this.database.reader,
      `SELECT a."number", a."publicText" FROM "actions" a
       WHERE a."isPublic" AND a."publicText" IS NOT NULL AND a."number" IN (${params.list(numbers)})`,
      params.values,
    );
    return new Map(found.map(({ number, publicText }) => [number, publicText]));
  }

  /** Stores a new draft, replacing a discarded one if any; 409 if there is one already. Returns its id. */
  async insert(
    manager: EntityManager,
    draft: Quarter & { areaId: string; lines: QuarterlyLine[] },
    by: Actor,
    thrownAway: 'replace' | 'keep' = 'replace',
  ): Promise<string> {
    const { areaId, year, quarter } = draft;
    const id = newId();
    if (thrownAway === 'replace') await manager.delete(QuarterlyResult, { areaId, year, quarter, state: 'removed' });
    const fresh = { id, state: 'draft' as const, introduction: null, sentAt: null, publishedAt: null, version: 1 };
    await manager.insert(QuarterlyResult, { ...draft, ...fresh }).catch((error) => {
      throw isUniqueViolation(error)
        ? conflict('QUARTER_TAKEN', 'Results for this area and quarter already exist.')
        : error;
    });
    await this.audit.record(manager, by, 'quarterly_result.created', { type: 'quarterly_result', id, areaId });
    return id;
  }

  /** Areas that met in the quarter and have no results of it yet. Those of an area merged by its end are in the other one's. */
  private async areasWithout({ year, quarter }: Quarter): Promise<string[]> {
    const params = new Params();
    const { fromOn, untilOn } = daysOfQuarter({ year, quarter });
    const isMergedLater = `EXISTS (SELECT 1 FROM "area_parents" p WHERE p."areaId" = a."id"
      AND p."parentId" <> a."mergedIntoId" AND ${inForce('p', params.add(untilOn))})`;
    const found = await rows<{ id: string }>(
      this.database.reader,
      `SELECT a."id" FROM "areas" a WHERE (a."mergedIntoId" IS NULL OR ${isMergedLater})
         AND EXISTS (SELECT 1 FROM "meetings" m WHERE m."areaId" = a."id" AND ${goesOnSql('m', params.add(fromOn))})
         AND NOT EXISTS (SELECT 1 FROM "quarterly_results" q
           WHERE q."areaId" = a."id" AND q."year" = ${params.add(year)} AND q."quarter" = ${params.add(quarter)})
       ORDER BY a."id"`,
      params.values,
    );
    return found.map(({ id }) => id);
  }
}

import { HttpException, Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { EntityManager } from 'typeorm';
import { type Actor, SERVICE } from '../../platform/access/caller.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import { isUniqueViolation } from '../../platform/common/problem.filter.js';
import { conflict } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { ActionFigures } from '../figures/action-figures.service.js';
import { daysOfQuarter, type Quarter } from '../figures/quarters.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { QuarterlyResult, type QuarterlyLine } from './quarterly-result.entity.js';
import { linesToBeginWith, quarterToDraft } from './quarterly-results.rules.js';

/** Begins the draft of a quarter out of its result lines: when a chair asks, and by itself once the quarter is over. */
@Injectable()
export class QuarterlyDrafts {
  private readonly log = new Logger('quarterly-results');
  /** The quarter of which everything was made since this process started: it need not be counted again. */
  private finished = '';

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly figures: ActionFigures,
  ) {}

  /** Asks the database what is due, so that a missed or doubled ring is harmless; tests ring themselves. */
  @Interval(600_000)
  async tick(): Promise<void> {
    if (this.settings.NODE_ENV === 'test') return;
    const quarter = quarterToDraft(this.clock.today());
    const name = `${quarter.year}-${quarter.quarter}`;
    if (this.finished === name) return;
    try {
      await this.makeDue();
      this.finished = name;
    } catch (error) {
      this.log.error(error instanceof Error ? error.stack : error);
    }
  }

  /**
   * The drafts of the quarter that is over for each area that meets and has results in it, once: what a chair threw away
   * does not come back. Nobody is mailed. Answers how many are new.
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
          // Another instance was first, or a chair.
          if (error instanceof HttpException && error.errorCode === 'QUARTER_TAKEN') return false;
          throw error;
        });
      if (isMade) made += 1;
    }
    return made;
  }

  /** The lines a draft begins with. Counting takes longer than a write may, so it is done before the transaction. */
  async linesOf(areaId: string, quarter: Quarter): Promise<QuarterlyLine[]> {
    const { fromOn, untilOn } = daysOfQuarter(quarter);
    const today = this.clock.today();
    const asOf = untilOn < today ? untilOn : today;
    const areaIds = await this.areas.idsBelow(areaId, asOf);
    const { lines } = await this.figures.count({ areaIds, fromOn, asOf, knownAt: this.clock.moment() });
    return linesToBeginWith(lines);
  }

  /** Keeps a new draft, also in the place of one that was thrown away; 409 when there is one. Answers its id. */
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
        ? conflict('QUARTER_TAKEN', 'There are results of this area and quarter already.')
        : error;
    });
    await this.audit.record(manager, by, 'quarterly_result.created', { type: 'quarterly_result', id, areaId });
    return id;
  }

  private async areasWithout({ year, quarter }: Quarter): Promise<string[]> {
    const params = new Params();
    const { fromOn } = daysOfQuarter({ year, quarter });
    const found = await rows<{ id: string }>(
      this.database.reader,
      `SELECT a."id" FROM "areas" a WHERE a."mergedIntoId" IS NULL
         AND EXISTS (SELECT 1 FROM "meetings" m WHERE m."areaId" = a."id" AND (m."endedOn" IS NULL OR m."endedOn" >= ${params.add(fromOn)}))
         AND NOT EXISTS (SELECT 1 FROM "quarterly_results" q
           WHERE q."areaId" = a."id" AND q."year" = ${params.add(year)} AND q."quarter" = ${params.add(quarter)})
       ORDER BY a."id"`,
      params.values,
    );
    return found.map(({ id }) => id);
  }
}

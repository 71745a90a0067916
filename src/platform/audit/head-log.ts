import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../common/clock.js';
import { Database } from '../database/database.js';
import { row } from '../database/rows.js';
import type { ChainEnd } from './audit.rules.js';

/**
 * Logs the head of the chain at start and once a day. A log stored elsewhere exposes a chain that was rebuilt by
 * whoever controls the database.
 */
@Injectable()
export class AuditHeadLog implements OnApplicationBootstrap {
  private readonly log = new Logger('audit');
  private loggedOn = '';

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.tick();
  }

  /** Called by the scheduler; does nothing if the head was already logged today. */
  @Interval(60_000)
  async tick(): Promise<void> {
    const today = this.clock.today();
    if (this.loggedOn === today) return;
    try {
      const sql = 'SELECT "sequence", "hash" FROM "audit_head" WHERE "id" = 1';
      const head = await row<ChainEnd>(this.database.reader, sql);
      this.log.log({ msg: 'audit head', ...head });
      this.loggedOn = today;
    } catch (error) {
      this.log.error((error as Error).stack);
    }
  }
}

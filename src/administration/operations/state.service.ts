import { Inject, Injectable } from '@nestjs/common';
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { addDays, dayOf, isoWeekOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { mailHeldSince } from '../../platform/mail/mail-hold.js';
import { row } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { dueAt, shiftWeek, weekDue } from '../../digests/digest-schedule.rules.js';
import { FileSweeper } from '../../files/file-sweeper.js';
import { LongDue } from '../retention/due.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { type ServiceFacts, MAIL_PATIENCE_MS } from './state.rules.js';
import { lastUpkeep } from './upkeep.js';

const FAILED_DAYS = 7;

/** The state of the service: mail, schedule, backup, hash chains and storage. Reads no user content. */
@Injectable()
export class ServiceState {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly sweeper: FileSweeper,
    private readonly longDue: LongDue,
  ) {}

  async facts(): Promise<ServiceFacts> {
    const now = this.clock.moment();
    const { backup = null, verify = null } = await lastUpkeep(this.database.reader);
    return {
      now,
      mail: await this.mail(now),
      webhooks: await this.webhooks(now),
      schedule: await this.schedule(now),
      backup,
      verify,
      files: { ...(await this.files()), swept: this.sweeper.swept },
      retention: { due: await this.longDue.names(this.clock.today()) },
      storage: { isRefusing: await this.transactions.isRefusing(), room: await this.room() },
    };
  }

  private async mail(now: string): Promise<ServiceFacts['mail']> {
    const { reader } = this.database;
    const waiting = await row<{ count: number; since: string | null; deferred: number }>(
      reader,
      `SELECT count(CASE WHEN "nextAttemptAt" <= $1 THEN 1 END) AS "count",
         min(CASE WHEN "nextAttemptAt" <= $1 THEN "nextAttemptAt" END) AS "since",
         count(CASE WHEN "attempts" > 0 AND "plannedAt" < $2 THEN 1 END) AS "deferred"
       FROM "outgoing_messages" WHERE "state" IN ('planned', 'claimed', 'deferred', 'uncertain') AND "expiresAt" > $1`,
      [now, momentBefore(now, MAIL_PATIENCE_MS)],
    );
    const failed = await row<{ count: number }>(
      reader,
      `SELECT count(*) AS "count" FROM "outgoing_messages" WHERE "state" = 'failed' AND "plannedAt" > $1`,
      [addDays(dayOf(now), -FAILED_DAYS)],
    );
    return {
      isConfigured: this.settings.SMTP_URL !== '' && this.settings.SMTP_URL !== undefined,
      heldAt: await mailHeldSince(reader),
      waiting: waiting!.count,
      waitingSince: waiting!.since,
      deferred: waiting!.deferred,
      failed: failed!.count,
    };
  }

  private async webhooks(now: string): Promise<ServiceFacts['webhooks']> {
    const found = await row<ServiceFacts['webhooks']>(
      this.database.reader,
      `SELECT (SELECT count(*) FROM "webhooks" w WHERE w."endedAt" IS NULL) AS "working",
         min(CASE WHEN d."state" <> 'dead' AND d."nextAttemptAt" <= $1 THEN d."nextAttemptAt" END) AS "waitingSince",
         count(CASE WHEN d."state" = 'deferred' AND d."plannedAt" < $2 THEN 1 END) AS "deferred",
         count(CASE WHEN d."state" = 'dead' AND d."plannedAt" > $3 THEN 1 END) AS "failed"
       FROM "webhook_deliveries" d WHERE d."state" IN ('planned', 'claimed', 'deferred', 'dead')`,
      [now, momentBefore(now, MAIL_PATIENCE_MS), addDays(dayOf(now), -FAILED_DAYS)],
    );
    return found!;
  }

  private async schedule(now: string): Promise<ServiceFacts['schedule']> {
    const last = await row<NonNullable<ServiceFacts['schedule']['last']> & { isoYear: number; isoWeek: number }>(
      this.database.reader,
      `SELECT "isoYear", "isoWeek", "dueAt", "plannedAt", "planned", "state" FROM "digest_runs"
       ORDER BY "isoYear" DESC, "isoWeek" DESC LIMIT 1`,
    );
    const due = weekDue(now, this.settings);
    const isPlanned = due !== null && last?.isoYear === due.year && last.isoWeek === due.week;
    const week = due === null ? isoWeekOf(dayOf(now)) : shiftWeek(due, 1);
    return {
      missedAt: due !== null && !isPlanned ? dueAt(due, this.settings) : null,
      nextAt: dueAt(week, this.settings),
      last: last ?? null,
    };
  }

  private async files(): Promise<Omit<ServiceFacts['files'], 'swept'>> {
    const found = await row<{ stored: number; bytes: number; unfinished: number }>(
      this.database.reader,
      `SELECT count(CASE WHEN "state" = 'stored' THEN 1 END) AS "stored",
         coalesce(sum(CASE WHEN "state" = 'stored' THEN "bytes" END), 0) AS "bytes",
         count(CASE WHEN "state" = 'uploading' THEN 1 END) AS "unfinished" FROM "files"`,
    );
    return { ...found!, bytes: Number(found!.bytes) };
  }

  private async room(): Promise<ServiceFacts['storage']['room']> {
    const { file } = this.database;
    if (file === null || !this.database.isInPlace()) return null;
    const [{ size }, disk] = await Promise.all([stat(file), statfs(dirname(file))]);
    return { size, free: disk.bavail * disk.bsize };
  }
}

const momentBefore = (moment: string, ms: number): string => new Date(Date.parse(moment) - ms).toISOString();

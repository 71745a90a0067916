import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { type IsoWeek, isoWeekOf, isWeek, mondayOf } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict, invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { DIGEST_CALENDAR_ID, DigestCalendar } from './digest-calendar.entity.js';
import { type DigestSettings, nameOfWeek, shiftWeek, weekNamed, weeksIn } from './digest-schedule.rules.js';
import type { SkippedWeeksView } from './digests.dto.js';

/** The weeks without digest: those in the setting, and those chosen by administrators. */
@Injectable()
export class DigestWeeks {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** When the digest of a week is due. */
  get schedule(): DigestSettings {
    return this.settings;
  }

  async read(): Promise<SkippedWeeksView> {
    return this.view(await this.calendar(this.database.reader));
  }

  /** The first week that can still be chosen: this one, or the next once the digest of this one was planned or skipped. */
  async firstOpen(): Promise<IsoWeek> {
    const week = isoWeekOf(this.clock.today());
    const sql = 'SELECT 1 FROM "digest_runs" WHERE "isoYear" = $1 AND "isoWeek" = $2';
    const run = await row(this.database.reader, sql, [week.year, week.week]);
    return run ? shiftWeek(week, 1) : week;
  }

  /** Every week without digest, by name. */
  async names(source: Source): Promise<Set<string>> {
    const { weeks } = await this.calendar(source);
    return new Set([...weeks, ...this.ofSettings()]);
  }

  /** The same, while planning a week: locks the calendar, so that nobody can choose other weeks until the transaction ends. */
  async hold(manager: EntityManager): Promise<Set<string>> {
    const { weeks } = await lockOne(manager, DigestCalendar, DIGEST_CALENDAR_ID);
    return new Set([...weeks, ...this.ofSettings()]);
  }

  /**
   * Replaces the chosen weeks. 400 for an invalid or past week; 409 `DIGEST_WEEK_PLANNED` for a week whose
   * digest was planned.
   */
  choose(chosen: readonly string[], version: number, by: Caller): Promise<SkippedWeeksView> {
    return this.transactions.run(async (manager) => {
      const calendar = await lockOne(manager, DigestCalendar, DIGEST_CALENDAR_ID);
      mustMatch(calendar, version);
      const added = chosen.filter((week) => !calendar.weeks.includes(week));
      const monday = mondayOf(isoWeekOf(this.clock.today()));
      const refused = added.filter((week) => !isWeek(week) || mondayOf(weekNamed(week)) < monday);
      if (refused.length > 0)
        throw invalid(refused.map((week) => ({ field: 'weeks', message: `${week} is not a future week` })));
      await this.mustBeUnplanned(manager, added);
      const weeks = [...chosen].sort();
      await updateRow(manager, DigestCalendar, calendar.id, { weeks });
      await this.audit.record(manager, by, 'digest_calendar.changed', { type: 'digest_calendar', id: calendar.id });
      return this.view({ ...calendar, weeks, version: version + 1 });
    }, by.once);
  }

  private async mustBeUnplanned(manager: EntityManager, added: readonly string[]): Promise<void> {
    const params = new Params();
    const years = params.list(added.map((week) => weekNamed(week).year));
    const sql = `SELECT "isoYear" AS "year", "isoWeek" AS "week" FROM "digest_runs"
      WHERE "state" = 'planned' AND "isoYear" IN (${years})`;
    const planned = await rows<{ year: number; week: number }>(manager, sql, params.values);
    const late = planned.map(nameOfWeek).filter((week) => added.includes(week));
    if (late.length > 0)
      throw conflict('DIGEST_WEEK_PLANNED', `The digest of ${late.join(', ')} has already been planned.`);
  }

  private async calendar(source: Source): Promise<DigestCalendar> {
    const sql = 'SELECT "id", "weeks", "version" FROM "digest_calendar" WHERE "id" = $1';
    return (await row<DigestCalendar>(source, sql, [DIGEST_CALENDAR_ID], shapeOf(DigestCalendar)))!;
  }

  private readonly ofSettings = (): string[] => weeksIn(this.settings.DIGEST_SKIPPED_WEEKS);

  private readonly view = ({ weeks, version }: DigestCalendar): SkippedWeeksView => ({
    weeks,
    inSettings: this.ofSettings(),
    version,
  });
}

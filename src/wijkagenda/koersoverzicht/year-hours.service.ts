import { Injectable } from '@nestjs/common';
import { LISTED } from '../../actions/action-conditions.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Params, row, type Source } from '../../platform/database/rows.js';
import { hoursOf } from '../figures/collaboration.rules.js';
import { Collaboration } from '../figures/collaboration.service.js';
import type { YearHours } from './koersoverzicht.dto.js';

const YEAR_DAYS = 365;

/** The hours in session of the past year, and the actions that were agreed and realised in it. */
@Injectable()
export class YearHoursService {
  constructor(private readonly collaboration: Collaboration) {}

  /** For these areas, up to and including today. Confidential actions do not count. */
  async of(source: Source, areaIds: readonly string[], today: string): Promise<YearHours> {
    const fromOn = addDays(today, -YEAR_DAYS);
    const knownAt = `${addDays(today, 1)}T00:00:00.000Z`;
    const question = { areaIds, fromOn, asOf: today, knownAt };
    const { held, timed, minutes } = hoursOf(await this.collaboration.hours(question), []);
    const params = new Params();
    const counts = await row<{ agreed: number; realised: number }>(
      source,
      `SELECT count(*) AS "agreed",
         count(*) FILTER (WHERE a."status" = 'done' AND coalesce(a."realisation", 'full') = 'full') AS "realised"
       FROM "actions" a WHERE a."areaId" IN (${params.list(areaIds)}) AND a."recordedOn" >= ${params.add(fromOn)}
         AND NOT a."isConfidential" AND ${LISTED}`,
      params.values,
    );
    return { fromOn, held, timed, minutes, ...counts! };
  }
}

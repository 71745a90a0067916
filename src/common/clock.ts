import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';

export const TIME_ZONE = 'Europe/Amsterdam';

/** The only place that asks the machine for the time. With a start instant it runs on from there. */
@Injectable()
export class Clock {
  private offset = 0;

  constructor(startAt?: string) {
    if (startAt) this.set(startAt);
  }

  /** Puts the clock at an instant (ISO 8601 with offset), from which it runs on. */
  set(instant: string): void {
    this.offset = Date.parse(instant) - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  /** This moment as stored in `…At` columns: ISO 8601 in UTC with milliseconds. */
  moment(): string {
    return this.now().toISOString();
  }

  /** The calendar day in Europe/Amsterdam, as `YYYY-MM-DD`. */
  today(): string {
    return DateTime.fromJSDate(this.now(), { zone: TIME_ZONE }).toISODate()!;
  }
}

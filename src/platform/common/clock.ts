import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';

export const TIME_ZONE = 'Europe/Amsterdam';

/** The only place that asks the machine for the time. With a start instant it runs on from there. */
@Injectable()
export class Clock {
  private offset = 0;
  /** The day worked out last, and the instants (ms) between which it is that day. */
  private day = { name: '', from: 0, until: 0 };

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
    const now = this.now().getTime();
    if (now < this.day.from || now >= this.day.until) {
      const start = DateTime.fromMillis(now, { zone: TIME_ZONE }).startOf('day');
      this.day = { name: start.toISODate()!, from: start.toMillis(), until: start.plus({ days: 1 }).toMillis() };
    }
    return this.day.name;
  }
}

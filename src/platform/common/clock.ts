import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { TIME_ZONE } from './calendar-date.js';

/** The only place that reads the system time. Given a start instant, it continues from there. */
@Injectable()
export class Clock {
  private offset = 0;
  /** The last computed day, and the instants (ms) between which it applies. */
  private day = { name: '', from: 0, until: 0 };

  constructor(startAt?: string) {
    if (startAt) this.set(startAt);
  }

  /** Sets the clock to an instant (ISO 8601 with offset), from which it continues. */
  set(instant: string): void {
    this.offset = Date.parse(instant) - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  /** The current instant as stored in `…At` columns: ISO 8601 in UTC with milliseconds. */
  moment(): string {
    return this.now().toISOString();
  }

  /** The current calendar day in Europe/Amsterdam, as `YYYY-MM-DD`. */
  today(): string {
    const now = this.now().getTime();
    if (now < this.day.from || now >= this.day.until) {
      const start = DateTime.fromMillis(now, { zone: TIME_ZONE }).startOf('day');
      this.day = { name: start.toISODate()!, from: start.toMillis(), until: start.plus({ days: 1 }).toMillis() };
    }
    return this.day.name;
  }
}

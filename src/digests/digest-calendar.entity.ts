import { Entity } from 'typeorm';
import { Id, Json, Version } from '../platform/database/columns.js';

/** The one row of the table. */
export const DIGEST_CALENDAR_ID = '01934000-0000-7000-8000-000000000001';

/** The weeks without digest that administrators chose, in addition to those of the settings. */
@Entity('digest_calendar')
export class DigestCalendar {
  @Id()
  id: string;
  /** ISO weeks: "2026-W52". */
  @Json()
  weeks: string[];
  @Version()
  version: number;
}

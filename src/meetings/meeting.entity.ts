import { Column, Entity, Index } from 'typeorm';
import { Day, Flag, Id, Json, Line, Reference, Version, Whole } from '../platform/database/columns.js';
import { Area } from '../directory/areas/area.entity.js';

export const MEETING_KINDS = ['professionals', 'residents', 'board', 'walk_in'] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];
export const MINUTES_FORMS = ['full', 'decisions_and_actions'] as const;
export type MinutesForm = (typeof MINUTES_FORMS)[number];
export const ITEM_KINDS = ['opening', 'minutes', 'actions', 'topic', 'any_other_business', 'closing'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export interface DefaultAgendaItem {
  kind: ItemKind;
  title: string;
}

/** A series of regular meetings in an area. */
@Entity('meetings')
@Index(['areaId'])
export class Meeting {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Line(20)
  kind: MeetingKind;
  @Line()
  name: string;
  /** RFC 5545 RRULE in local time. */
  @Line(500, { nullable: true })
  rhythm: string | null;
  /** The day this rhythm was set; null if it never changed or there is none. */
  @Day({ nullable: true })
  rhythmSince: string | null;
  /** Local time, HH:MM. */
  @Line(5, { nullable: true })
  startTime: string | null;
  @Whole({ nullable: true })
  durationMinutes: number | null;
  @Line(200, { nullable: true })
  place: string | null;
  @Json()
  defaultAgenda: DefaultAgendaItem[];
  @Line(30)
  minutesForm: MinutesForm;
  @Flag()
  skipsHolidays: boolean;
  @Flag()
  allowsWrittenAdoption: boolean;
  /** Whether readers may read its adopted minutes. */
  @Flag()
  isOpenToReaders: boolean;
  /** Whether its minutes list what is still open from earlier sessions; null means no. */
  @Column({ type: 'boolean', nullable: true })
  hasOpenAnnex: boolean | null;
  @Day({ nullable: true })
  endedOn: string | null;
  /** The meeting that replaced this one when its area was merged into another. */
  @Column({ type: 'uuid', nullable: true })
  successorId: string | null;
  @Version()
  version: number;
}

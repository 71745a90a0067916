import { Entity, Unique } from 'typeorm';
import { Id, Json, Line, Moment, Prose, Reference, Version, Whole } from '../../platform/database/columns.js';
import { Area } from '../../directory/areas/area.entity.js';

export const QUARTERLY_STATES = ['draft', 'sent'] as const;
export type QuarterlyState = (typeof QUARTERLY_STATES)[number];

/** A result in the draft; struck ones stay in the draft but are not sent or published. */
export interface QuarterlyLine {
  /** The number of the action. */
  number: string;
  text: string;
  isStruck: boolean;
}

/** "Gelukt in het tweede kwartaal": the results of an area in a quarter, in the chair's words. */
@Entity('quarterly_results')
@Unique(['areaId', 'year', 'quarter'])
export class QuarterlyResult {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Whole()
  year: number;
  @Whole()
  quarter: number;
  /** A discarded draft is kept as an empty row, so that it is not made again automatically. */
  @Line(10)
  state: QuarterlyState | 'removed';
  @Prose({ nullable: true })
  introduction: string | null;
  @Json()
  lines: QuarterlyLine[];
  /** Null for a draft. */
  @Moment({ nullable: true })
  sentAt: string | null;
  /** Null unless published. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  @Version()
  version: number;
}

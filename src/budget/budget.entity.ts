import { Entity, Unique } from 'typeorm';
import { Area } from '../directory/areas/area.entity.js';
import { Day, Flag, Id, Line, Reference, Version, Whole } from '../platform/database/columns.js';

/** The leefbaarheidsbudget of an area for one year. Nothing of this room is shown for an area without one. */
@Entity('budgets')
@Unique(['areaId', 'year'])
export class Budget {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Whole()
  year: number;
  /** The amount added for the year, in cents: typed, or inhabitants × rate. */
  @Whole()
  amountCents: number;
  /** The inhabitants in the register when the amount was calculated; null if it was typed. */
  @Whole({ nullable: true })
  inhabitants: number | null;
  /** Cents per inhabitant; null if the amount was typed. */
  @Whole({ nullable: true })
  rateCents: number | null;
  /** What is left from the previous year, in cents; typed. */
  @Whole()
  carryOverCents: number;
  /** The last day on which residents can ask. */
  @Day()
  closesOn: string;
  /** Who decides, in words for residents. */
  @Line(200, { nullable: true })
  decidedBy: string | null;
  /** Whether it is on the public page of the area. */
  @Flag()
  isPublic: boolean;
  @Version()
  version: number;
}

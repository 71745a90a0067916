import { Entity, Unique } from 'typeorm';
import { Id, Json, Line, Reference, Version, Whole } from '../../platform/database/columns.js';

export const AREA_KINDS = ['municipality', 'team', 'wijk', 'kern', 'buurt'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** An area in the municipality's tree; its parent is in `area_parents`. */
@Entity('areas')
@Unique(['code'])
export class Area {
  @Id()
  id: string;
  @Line()
  name: string;
  /** Two to five capitals: the prefix of action numbers. */
  @Line(5)
  code: string;
  @Line(20)
  kind: AreaKind;
  @Line(10, { nullable: true })
  cbsCode: string | null;
  /** Inhabitants per year. */
  @Json({ nullable: true })
  inhabitants: Record<string, number> | null;
  /** A functional address for residents, printed on the public page of the area; never that of a person. */
  @Line(254, { nullable: true })
  contactEmail?: string | null;
  @Reference(() => Area, { nullable: true })
  mergedIntoId: string | null;
  /** The last sequence number issued; numbers are never reused. */
  @Whole({ default: 0 })
  lastActionNumber: number;
  /** The same for confidential actions. */
  @Whole({ default: 0 })
  lastConfidentialNumber: number;
  @Version()
  version: number;
}

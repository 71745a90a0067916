import { Entity, Unique } from 'typeorm';
import { Id, Moment, Reference, Version, Whole } from '../../platform/database/columns.js';
import { Area } from '../../directory/areas/area.entity.js';

/** The yearly question about how the collaboration went: one round per area and year. */
@Entity('rating_rounds')
@Unique(['areaId', 'year'])
export class RatingRound {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Whole()
  year: number;
  @Moment()
  openedAt: string;
  /** Null while answers can be given and changed. */
  @Moment({ nullable: true })
  closedAt: string | null;
  @Version()
  version: number;
}

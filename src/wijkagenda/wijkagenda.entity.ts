import { Entity, Unique } from 'typeorm';
import { Day, Id, Json, Line, Moment, Prose, Reference, Version, Whole } from '../platform/database/columns.js';
import { Area } from '../directory/areas/area.entity.js';
import { Session } from '../meetings/session.entity.js';

export const WIJKAGENDA_STATES = ['draft', 'adopted', 'closed'] as const;
export type WijkagendaState = (typeof WIJKAGENDA_STATES)[number];

/** The agenda of an area for one year. */
@Entity('wijkagendas')
@Unique(['areaId', 'year'])
export class Wijkagenda {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Whole()
  year: number;
  @Line(10)
  state: WijkagendaState;
  @Json()
  themes: string[];
  @Prose({ nullable: true })
  introduction: string | null;
  @Day({ nullable: true })
  adoptedOn: string | null;
  /** The session in which it was adopted. */
  @Reference(() => Session, { nullable: true })
  adoptedInId: string | null;
  @Day({ nullable: true })
  closedOn: string | null;
  /** Null unless published. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  @Version()
  version: number;
}

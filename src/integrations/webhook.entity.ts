import { Entity, Index } from 'typeorm';
import { Area } from '../directory/areas/area.entity.js';
import { Person } from '../directory/people/person.entity.js';
import type { EventKind } from '../platform/events/event.entity.js';
import { Id, Json, Line, Moment, Reference, Version, Whole } from '../platform/database/columns.js';

/** A subscription of another system: the events of an area are posted to its URL. */
@Entity('webhooks')
@Index('webhooks_working', ['areaId'], { where: '"endedAt" IS NULL' })
export class Webhook {
  @Id()
  id: string;
  @Line(100)
  name: string;
  @Line(500)
  url: string;
  /** Includes everything below it; after a merger, the area that remains. */
  @Reference(() => Area)
  areaId: string;
  @Json()
  kinds: EventKind[];
  /** Counts its secrets. The secret is derived from this and the key of the service, and is not stored. */
  @Whole({ default: 1 })
  secretNumber: number;
  /** When the previous secret was replaced. */
  @Moment({ nullable: true })
  rotatedAt: string | null;
  @Moment()
  createdAt: string;
  @Reference(() => Person, { nullable: true })
  createdById: string | null;
  @Moment({ nullable: true })
  endedAt: string | null;
  @Version()
  version: number;
}

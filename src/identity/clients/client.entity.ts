import { Entity, Unique } from 'typeorm';
import { Area } from '../../directory/areas/area.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import type { ClientPermission } from '../../platform/access/permissions.js';
import { Id, Json, Line, Moment, Reference, Version } from '../../platform/database/columns.js';

/** An external system that uses this service: without a person, in one area, with named permissions. */
@Entity('clients')
@Unique(['name'])
export class Client {
  @Id()
  id: string;
  /** Its name in the audit trail and in histories. */
  @Line(100)
  name: string;
  /** Who can be asked about it: a function or a department. */
  @Line(200, { nullable: true })
  contact: string | null;
  /** Includes everything below it. */
  @Reference(() => Area)
  areaId: string;
  @Json()
  permissions: ClientPermission[];
  @Moment()
  createdAt: string;
  @Reference(() => Person, { nullable: true })
  createdById: string | null;
  /** From then on none of its tokens works. */
  @Moment({ nullable: true })
  endedAt: string | null;
  @Version()
  version: number;
}

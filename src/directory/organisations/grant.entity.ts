import { Entity, Index } from 'typeorm';
import { Day, Id, Line, Reference, Version } from '../../platform/database/columns.js';
import { Area } from '../areas/area.entity.js';
import { type GrantedRole } from '../../platform/access/permissions.js';
import { Person } from './person.entity.js';

@Entity('grants')
@Index(['personId'])
@Index(['areaId'])
export class Grant {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Line(10)
  role: GrantedRole;
  /** Includes everything below it. */
  @Reference(() => Area)
  areaId: string;
  @Day()
  fromOn: string;
  /** The last day; null while open-ended. */
  @Day({ nullable: true })
  untilOn: string | null;
  @Version()
  version: number;
}

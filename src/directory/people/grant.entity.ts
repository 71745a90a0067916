import { Entity, Index } from 'typeorm';
import { Id, Line, PeriodColumns, Reference, Version } from '../../platform/database/columns.js';
import { Area } from '../areas/area.entity.js';
import { type GrantedRole } from '../../platform/access/permissions.js';
import { Person } from './person.entity.js';

@Entity('grants')
@Index(['personId'])
@Index(['areaId'])
export class Grant extends PeriodColumns {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Line(10)
  role: GrantedRole;
  /** Includes everything below it. */
  @Reference(() => Area)
  areaId: string;
  @Version()
  version: number;
}

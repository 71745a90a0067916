import { Entity, Index } from 'typeorm';
import { Day, Id, Line, Reference } from '../../platform/database/columns.js';
import { Area } from './area.entity.js';

/** A former name: older minutes keep it, and searching for it finds the area. */
@Entity('area_names')
@Index(['areaId'])
export class AreaName {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Line()
  name: string;
  /** The last day of this name. */
  @Day()
  untilOn: string;
}

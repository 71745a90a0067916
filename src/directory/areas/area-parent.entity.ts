import { Entity, Index } from 'typeorm';
import { Id, PeriodColumns, Reference } from '../../platform/database/columns.js';
import { Area } from './area.entity.js';

/** Which area was part of which, and when: figures as of a day use the tree of that day. */
@Entity('area_parents')
@Index(['areaId'])
@Index(['parentId'])
export class AreaParent extends PeriodColumns {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Reference(() => Area)
  parentId: string;
}

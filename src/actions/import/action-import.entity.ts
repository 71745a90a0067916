import { Entity, Index } from 'typeorm';
import { Id, Json, Line, Moment, Reference, Version } from '../../platform/database/columns.js';
import { Area } from '../../directory/areas/area.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import type { Proposal } from './import-rows.rules.js';

/** The planned changes of an uploaded action list, kept until executed or expired. Visible to its creator only. */
@Entity('action_imports')
@Index(['personId'])
export class ActionImport {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** The area of new actions. */
  @Reference(() => Area, { nullable: true })
  areaId: string | null;
  @Line(10)
  state: 'proposed' | 'executed';
  @Json()
  proposal: Proposal;
  @Moment()
  createdAt: string;
  @Moment({ nullable: true })
  executedAt: string | null;
  @Version()
  version: number;
}

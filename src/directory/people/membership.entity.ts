import { Entity, Index } from 'typeorm';
import { Id, Line, PeriodColumns, Reference, Version } from '../../platform/database/columns.js';
import { Organisation } from '../organisations/organisation.entity.js';
import { Person } from './person.entity.js';

@Entity('memberships')
@Index(['personId'])
@Index(['organisationId'])
export class Membership extends PeriodColumns {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Reference(() => Organisation)
  organisationId: string;
  @Line(200, { nullable: true })
  function: string | null;
  @Version()
  version: number;
}

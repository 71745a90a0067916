import { Entity, Index } from 'typeorm';
import { Day, Id, Line, Reference, Version } from '../../platform/database/columns.js';
import { Organisation } from './organisation.entity.js';
import { Person } from './person.entity.js';

@Entity('memberships')
@Index(['personId'])
@Index(['organisationId'])
export class Membership {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Reference(() => Organisation)
  organisationId: string;
  @Line(200, { nullable: true })
  function: string | null;
  @Day()
  fromOn: string;
  /** The last day; null while open-ended. */
  @Day({ nullable: true })
  untilOn: string | null;
  @Version()
  version: number;
}

import { Entity, Index } from 'typeorm';
import { Day, Id, Moment, Prose, Reference } from '../platform/database/columns.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { Goal } from './goal.entity.js';
import { Opgave } from './opgaven/opgave.entity.js';

/** A dated line that a party adds to a goal or an opgave. */
@Entity('party_lines')
@Index(['goalId'])
@Index(['opgaveId'])
export class PartyLine {
  @Id()
  id: string;
  @Reference(() => Goal, { nullable: true })
  goalId: string | null;
  @Reference(() => Opgave, { nullable: true })
  opgaveId: string | null;
  @Reference(() => Organisation)
  organisationId: string;
  @Prose()
  text: string;
  @Day()
  writtenOn: string;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}

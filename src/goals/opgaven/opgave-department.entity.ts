import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Day, Flag, Prose, Reference } from '../../platform/database/columns.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import { Opgave } from './opgave.entity.js';

/** A department responsible for a part of an opgave. */
@Entity('opgave_departments')
@Index(['organisationId'])
export class OpgaveDepartment {
  @ForeignKey(() => Opgave)
  @PrimaryColumn({ type: 'uuid' })
  opgaveId: string;
  @ForeignKey(() => Organisation)
  @PrimaryColumn({ type: 'uuid' })
  organisationId: string;
  @Flag()
  isLead: boolean;
  /** Its contribution to the opgave. */
  @Prose()
  part: string;
  /** Null until the department itself confirms its part; a changed part must be confirmed again. */
  @Day({ nullable: true })
  confirmedOn: string | null;
  @Reference(() => Person, { nullable: true })
  confirmedById: string | null;
}

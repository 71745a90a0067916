import { Entity, Index } from 'typeorm';
import { Id, Json, Line, Moment, Reference, Version } from '../../platform/database/columns.js';
import { Person } from '../../directory/people/person.entity.js';
import type { Cells, Register } from './register-columns.rules.js';
import type { TakenRow } from './register-rows.service.js';
import type { TableFormat } from '../../platform/common/media-types.js';

/** The proposed effect of an uploaded register, with the cells it is made from. */
interface RegisterProposal {
  format: TableFormat;
  encoding: string | null;
  unknownColumns: string[];
  rows: (TakenRow & { cells: Cells })[];
}

/** A file to fill a register from, kept until it is executed or expires. Visible only to its creator. */
@Entity('register_imports')
@Index(['personId'])
export class RegisterImport {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Line(20)
  register: Register;
  @Line(10)
  state: 'proposed' | 'executed';
  @Json()
  proposal: RegisterProposal;
  @Moment()
  createdAt: string;
  @Moment({ nullable: true })
  executedAt: string | null;
  @Version()
  version: number;
}

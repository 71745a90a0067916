import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Moment, Prose, Reference } from '../../platform/database/columns.js';
import { Person } from '../../directory/people/person.entity.js';

/** The record that a person was erased: when, by whom and on what grounds. */
@Entity('erasures')
export class Erasure {
  @ForeignKey(() => Person)
  @PrimaryColumn({ type: 'uuid' })
  personId: string;
  @Moment()
  erasedAt: string;
  /** Null if erased by the service itself, because the retention period had passed. */
  @Reference(() => Person, { nullable: true })
  byId: string | null;
  @Prose()
  ground: string;
}

import { Column, Entity, Index } from 'typeorm';
import { Id, Line, Reference } from '../../platform/database/columns.js';
import { Person } from '../../directory/people/person.entity.js';

/** A place in a text that contained the name of an erased person on the day of the erasure. */
@Entity('erasure_places')
@Index(['personId'])
export class ErasurePlace {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Line(30)
  kind: string;
  @Column({ type: 'uuid' })
  objectId: string;
  @Line(30)
  field: string;
  /** A keyed hash of the text on that day: if the text has changed since, somebody dealt with it. */
  @Line(64)
  fingerprint: string;
}

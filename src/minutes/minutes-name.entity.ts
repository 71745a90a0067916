import { Entity, Index } from 'typeorm';
import { Id, Line, Reference } from '../platform/database/columns.js';
import { Person } from '../directory/people/person.entity.js';
import { Minutes } from './minutes.entity.js';

/** Name and function on that day, by the key used in the text: erasing a person keeps every hash. */
@Entity('minutes_names')
@Index(['minutesId'])
@Index(['personId'])
export class MinutesName {
  @Id()
  id: string;
  @Reference(() => Minutes)
  minutesId: string;
  @Reference(() => Person, { nullable: true })
  personId: string | null;
  /** Null once erased. */
  @Line(200, { nullable: true })
  name: string | null;
  @Line(200, { nullable: true })
  function: string | null;
}

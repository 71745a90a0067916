import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Reference, Version } from '../platform/database/columns.js';
import { TokenColumns } from './token-columns.js';
import { Person } from '../directory/people/person.entity.js';

@Entity('api_tokens')
@Unique(['hash'])
@Index(['personId'])
export class ApiToken extends TokenColumns {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Line(100)
  name: string;
  @Version()
  version: number;
}

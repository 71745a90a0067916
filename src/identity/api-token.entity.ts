import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference, Version } from '../platform/database/columns.js';
import { Person } from '../directory/organisations/person.entity.js';

@Entity('api_tokens')
@Unique(['hash'])
@Index(['personId'])
export class ApiToken {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Line(100)
  name: string;
  /** SHA-256 of the token, which is shown once. */
  @Line(64)
  hash: string;
  @Moment()
  createdAt: string;
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  lastUsedAt: string | null;
  @Moment({ nullable: true })
  revokedAt: string | null;
  @Version()
  version: number;
}

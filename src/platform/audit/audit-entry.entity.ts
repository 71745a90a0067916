import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Flag, Line, Moment } from '../database/columns.js';

/** Who did what to which object and when: ids only, never values. Append-only and hash-chained. */
@Entity('audit_entries')
@Index(['objectId'])
@Index(['areaId', 'sequence'])
@Index(['actorId', 'sequence'])
@Index('audit_entries_of_client', ['clientId', 'sequence'], { where: '"clientId" IS NOT NULL' })
export class AuditEntry {
  @PrimaryColumn({ type: 'integer' })
  sequence: number;
  @Moment()
  at: string;
  /** Null for the service itself. */
  @Column({ type: 'uuid', nullable: true })
  actorId: string | null;
  /** The client that did it; null for a person and for the service itself. */
  @Column({ type: 'uuid', nullable: true })
  clientId: string | null;
  /** `token`, `session`, `link`, `schedule` or `command`. */
  @Line(10)
  how: string;
  @Line(50)
  operation: string;
  @Line(30)
  objectType: string;
  @Column({ type: 'uuid', nullable: true })
  objectId: string | null;
  @Column({ type: 'uuid', nullable: true })
  areaId: string | null;
  @Flag()
  isConfidential: boolean;
  @Line(10)
  result: string;
  /** The hash of the object, if it has one: a version of minutes. */
  @Line(64, { nullable: true })
  digest: string | null;
  @Line(64)
  previousHash: string;
  @Line(64)
  hash: string;
}

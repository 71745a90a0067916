import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Moment, Reference, Version } from '../../platform/database/columns.js';
import { Session } from '../../meetings/session.entity.js';
import { Person } from '../../directory/people/person.entity.js';

/** Records that the invitation of a session was sent; its version counts how often. */
@Entity('session_invitations')
export class SessionInvitation {
  @ForeignKey(() => Session)
  @PrimaryColumn({ type: 'uuid' })
  sessionId: string;
  @Moment()
  sentAt: string;
  @Reference(() => Person, { nullable: true })
  sentById: string | null;
  @Version()
  version: number;
}

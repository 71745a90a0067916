import { Injectable } from '@nestjs/common';
import { replacedBy } from '../../directory/people/replaced.conditions.js';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, notFound } from '../../platform/common/problems.js';
import { row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Attendance } from '../../meetings/attendance/attendance.entity.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { type Participant, Participants } from '../../meetings/participants.service.js';
import { Session } from '../../meetings/session.entity.js';
import { firstVersion } from '../../meetings/attendance/attendances.rules.js';

export interface Reply {
  isComing: boolean;
  /** The vervanger who attends instead; only for someone who is not coming. */
  standIn: string | null;
}

/**
 * Replies to an invitation: a reply pre-fills the attendance, which the chair can correct during the session. It is
 * discarded when the session moves to another day.
 */
@Injectable()
export class AttendanceReplies {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly participants: Participants,
  ) {}

  /**
   * Records a reply, replacing an earlier one. 404 if the caller is not expected, 409 if the session is no longer
   * planned.
   */
  answer(sessionId: string, { isComing, standIn }: Reply, by: Caller): Promise<void> {
    const { personId } = asPerson(by);
    return this.transactions.run(async (manager) => {
      const session = await lockOne(manager, Session, sessionId);
      if (session.state !== 'planned' || session.heldOn < by.today) {
        throw conflict('SESSION_NOT_PLANNED', 'This session no longer accepts replies.');
      }
      const meeting = await manager.findOneByOrFail(Meeting, { id: session.meetingId });
      const seat = await this.seatOf(manager, session, meeting, by);
      if (!seat) throw notFound();
      const { organisationId } = seat;
      const status = isComing ? 'present' : 'excused';
      const known = await manager.findOneBy(Attendance, { sessionId, personId });
      if (known) await updateRow(manager, Attendance, known.id, { status });
      else {
        const version = firstVersion(session, personId);
        await this.insert(manager, { sessionId, personId, guestName: null, organisationId, status, version });
      }
      await manager.delete(Attendance, { sessionId, replacesId: personId });
      if (standIn !== null) {
        const isReplacement = organisationId !== null;
        const guest = { sessionId, personId: null, guestName: standIn, organisationId, isReplacement };
        await this.insert(manager, { ...guest, status: 'present', replacesId: personId });
      }
      const subject = { type: 'session', id: sessionId, areaId: meeting.areaId };
      await this.audit.record(manager, by, 'attendance.answered', subject);
    });
  }

  /** The current reply; undefined if there is none. */
  async read(source: Source, sessionId: string, personId: string): Promise<Reply | undefined> {
    const own = await row<{ status: string; standIn: string | null }>(
      source,
      `SELECT t."status", (SELECT min(g."guestName") FROM "attendances" g
         WHERE g."sessionId" = t."sessionId" AND g."replacesId" = t."personId") AS "standIn"
       FROM "attendances" t WHERE t."sessionId" = $1 AND t."personId" = $2`,
      [sessionId, personId],
    );
    return own && { isComing: own.status === 'present', standIn: own.standIn };
  }

  /** Deletes the replies: an answer for one day says nothing about another. Guests recorded by the chair stay. */
  async forget(manager: EntityManager, { id: sessionId }: Session): Promise<void> {
    await manager.delete(Attendance, { sessionId, personId: Not(IsNull()) });
    await manager.delete(Attendance, { sessionId, replacesId: Not(IsNull()) });
  }

  private async insert(manager: EntityManager, fields: Partial<Attendance>): Promise<void> {
    await manager.insert(Attendance, { id: newId(), isReplacement: false, ...fields });
  }

  /** The seat of the person, or of someone absent who named this person as replacement. */
  private async seatOf(
    manager: EntityManager,
    session: Session,
    meeting: Meeting,
    by: Caller,
  ): Promise<Participant | undefined> {
    const expected = await this.participants.of(manager, meeting.id, meeting.areaId, session.heldOn, session.id);
    const seats = expected.filter(({ role }) => role !== 'informed');
    const away = await rows<{ id: string }>(manager, replacedBy('$1', '$2'), [by.personId, by.today]);
    return (
      seats.find(({ personId }) => personId === by.personId) ??
      seats.find(({ personId }) => away.some(({ id }) => id === personId))
    );
  }
}

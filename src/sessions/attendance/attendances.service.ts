import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, type FieldError, invalid } from '../../platform/common/problems.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { inForce, row } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import { Attendance } from '../../meetings/attendance/attendance.entity.js';
import { AttendanceLists } from '../../meetings/attendance/attendance-lists.service.js';
import { firstVersion } from '../../meetings/attendance/attendances.rules.js';
import type {
  AttendanceView,
  ChangeAttendanceDto,
  CreateAttendanceDto,
  PutAttendanceDto,
} from '../../meetings/attendance/attendances.dto.js';
import type { Meeting } from '../../meetings/meeting.entity.js';
import { lockSession } from '../../meetings/meetings.access.js';
import { Participants } from '../../meetings/participants.service.js';
import type { Session } from '../../meetings/session.entity.js';
import { hasBeenClosed } from '../../meetings/sessions.rules.js';
import { SessionMoments } from '../session-moments.service.js';

type Fields = Pick<Attendance, 'personId' | 'guestName' | 'organisationId' | 'isReplacement' | 'status' | 'alsoForIds'>;

/** Records attendance. It can be corrected until the minutes are sent. */
@Injectable()
export class Attendances {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly participants: Participants,
    private readonly lists: AttendanceLists,
    private readonly moments: SessionMoments,
    private readonly former: RowHistory,
  ) {}

  /** Records a person or a guest. */
  create(sessionId: string, input: CreateAttendanceDto, by: Caller): Promise<AttendanceView> {
    return this.transactions.run((manager) => this.add(manager, sessionId, input, by), by.once);
  }

  /** The same as `create`, inside the caller's transaction. */
  async add(
    manager: EntityManager,
    sessionId: string,
    input: CreateAttendanceDto,
    by: Caller,
  ): Promise<AttendanceView> {
    const { personId = null, guestName = null, isReplacement = false, status } = input;
    const { session, meeting } = await this.hold(manager, sessionId, by);
    const organisationId =
      input.organisationId ?? (personId && (await this.seatOf(manager, session, meeting, personId)));
    const fields = { personId, guestName, organisationId, isReplacement, status, alsoForIds: listed(input.alsoForIds) };
    await this.mustBeComplete(manager, fields);
    if (personId && (await manager.existsBy(Attendance, { sessionId, personId }))) {
      throw conflict('ATTENDANCE_EXISTS', 'The attendance of this person is already recorded; change it instead.');
    }
    const id = await this.insert(manager, session, fields);
    return this.recorded(manager, 'recorded', id, session, meeting, by);
  }

  /** Records or corrects a person. For a person not recorded yet, `version` is that of the session. */
  put(
    sessionId: string,
    personId: string,
    input: PutAttendanceDto,
    version: number,
    by: Caller,
  ): Promise<AttendanceView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await this.hold(manager, sessionId, by);
      const present = await manager.findOneBy(Attendance, { sessionId, personId });
      mustMatch(present ?? session, version);
      const organisationId =
        input.organisationId ?? present?.organisationId ?? (await this.seatOf(manager, session, meeting, personId));
      const alsoForIds = listed(input.alsoForIds) ?? present?.alsoForIds ?? null;
      const own = { personId, guestName: null, organisationId, isReplacement: false, status: input.status };
      const fields = { ...own, alsoForIds: input.alsoForIds?.length === 0 ? null : alsoForIds };
      await this.mustBeComplete(manager, fields);
      if (present) {
        await this.keep(manager, session, present.id);
        await updateRow(manager, Attendance, present.id, fields);
      }
      const id = present?.id ?? (await this.insert(manager, session, fields));
      return this.recorded(manager, 'recorded', id, session, meeting, by);
    });
  }

  change(id: string, input: ChangeAttendanceDto, version: number, by: Caller): Promise<AttendanceView> {
    return this.transactions.run(async (manager) => {
      const { attendance, session, meeting } = await this.holdRow(manager, id, by);
      mustMatch(attendance, version);
      const changed = { ...input, ...(input.alsoForIds && { alsoForIds: listed(input.alsoForIds) }) };
      await this.mustBeComplete(manager, { ...attendance, ...changed });
      await this.keep(manager, session, id);
      await updateRow(manager, Attendance, id, changed);
      return this.recorded(manager, 'changed', id, session, meeting, by);
    });
  }

  /** Deletes a row recorded by mistake. */
  remove(id: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const { attendance, session, meeting } = await this.holdRow(manager, id, by);
      mustMatch(attendance, version);
      await this.keep(manager, session, id);
      await manager.delete(Attendance, id);
      if (session.state === 'closed') await this.moments.corrected(manager, session, by);
      await this.audit.record(manager, by, 'attendance.removed', { type: 'attendance', id, areaId: meeting.areaId });
    });
  }

  /** At closing, records as absent the people who were expected and whose organisation has nothing recorded. */
  async fillIn(manager: EntityManager, session: Session, meeting: Meeting, by: Caller): Promise<void> {
    const missing = await this.lists.notHeardOf(manager, { ...session, areaId: meeting.areaId });
    for (const { personId, organisationId } of missing) {
      const fields = {
        personId,
        guestName: null,
        organisationId,
        isReplacement: false,
        status: 'absent' as const,
        alsoForIds: null,
      };
      await this.insert(manager, session, fields);
    }
    if (missing.length === 0) return;
    const subject = { type: 'session', id: session.id, areaId: meeting.areaId };
    await this.audit.record(manager, by, 'attendance.filled_in', subject);
  }

  private async holdRow(manager: EntityManager, id: string, by: Caller) {
    const { sessionId } = await manager.findOneByOrFail(Attendance, { id });
    const held = await this.hold(manager, sessionId, by);
    return { ...held, attendance: await lockOne(manager, Attendance, id) };
  }

  /** Locks the session; 409 once its minutes are sent, or if it is cancelled. */
  private async hold(manager: EntityManager, sessionId: string, by: Caller) {
    const held = await lockSession(manager, sessionId, by);
    if (held.session.state === 'cancelled') throw conflict('SESSION_CANCELLED', 'This session is cancelled.');
    const sent = await row(
      manager,
      `SELECT 1 AS "found" FROM "minutes" m WHERE m."sessionId" = $1 AND m."state" IN ('sent', 'adopted')`,
      [sessionId],
    );
    if (sent)
      throw conflict(
        'MINUTES_SENT',
        'The minutes of this session have been sent; its attendance can no longer change.',
      );
    return held;
  }

  private async insert(manager: EntityManager, session: Session, fields: Fields): Promise<string> {
    const id = newId();
    const version = firstVersion(session, fields.personId);
    if (hasBeenClosed(session)) await this.former.keepAbsence(manager, 'attendances', id);
    await manager.insert(Attendance, { id, sessionId: session.id, version, ...fields });
    return id;
  }

  /** Keeps the former state of the row; not needed before the first closing, because no figure includes it yet. */
  private async keep(manager: EntityManager, session: Session, id: string): Promise<void> {
    if (hasBeenClosed(session)) await this.former.keep(manager, 'attendances', id);
  }

  private async recorded(
    manager: EntityManager,
    verbed: 'recorded' | 'changed',
    id: string,
    session: Session,
    meeting: Meeting,
    by: Caller,
  ): Promise<AttendanceView> {
    if (session.state === 'closed') await this.moments.corrected(manager, session, by);
    const subject = { type: 'attendance', id, areaId: meeting.areaId };
    await this.audit.record(manager, by, `attendance.${verbed}`, subject);
    return this.lists.one(manager, id);
  }

  /** The organisation a person is expected for, else one the person is a member of on that day. */
  private async seatOf(
    manager: EntityManager,
    session: Session,
    meeting: Meeting,
    personId: string,
  ): Promise<string | null> {
    const expected = await this.participants.of(manager, meeting.id, meeting.areaId, session.heldOn, session.id);
    const seat = expected.find((one) => one.personId === personId && one.organisationId !== null);
    if (seat) return seat.organisationId;
    const member = await row<{ organisationId: string }>(
      manager,
      `SELECT m."organisationId" FROM "memberships" m WHERE m."personId" = $1 AND ${inForce('m', '$2')} ORDER BY m."fromOn" DESC, m."id"`,
      [personId, session.heldOn],
    );
    return member?.organisationId ?? null;
  }

  private async mustBeComplete(manager: EntityManager, fields: Fields): Promise<void> {
    const { personId, guestName, organisationId, isReplacement, alsoForIds } = fields;
    const errors: FieldError[] = [];
    if (personId === null && guestName === null) {
      errors.push({ field: 'personId', message: 'personId or guestName is required' });
    }
    if (personId !== null && guestName !== null) {
      errors.push({
        field: 'guestName',
        message: 'personId and guestName are mutually exclusive: a known person is not a guest',
      });
    }
    if (personId !== null && !(await manager.existsBy(Person, { id: personId }))) {
      errors.push({ field: 'personId', message: 'personId is not a person' });
    }
    if (organisationId !== null && !(await manager.existsBy(Organisation, { id: organisationId }))) {
      errors.push({ field: 'organisationId', message: 'organisationId is not an organisation' });
    }
    const others = alsoForIds ?? [];
    if (others.length > 0) {
      const known = await manager.countBy(Organisation, { id: In(others) });
      if (personId === null || organisationId === null || others.includes(organisationId) || known < others.length) {
        errors.push({
          field: 'alsoForIds',
          message: 'alsoForIds must be organisations other than organisationId, and only for a person',
        });
      }
    }
    if (isReplacement && personId !== null) {
      errors.push({ field: 'isReplacement', message: 'only a guest can be a vervanger' });
    }
    if (isReplacement && organisationId === null) {
      errors.push({ field: 'organisationId', message: 'organisationId is required for a vervanger' });
    }
    if (errors.length > 0) throw invalid(errors);
  }
}

/** Stored as null if there are no further organisations. */
const listed = (ids: string[] | undefined): string[] | null => (ids && ids.length > 0 ? ids : null);

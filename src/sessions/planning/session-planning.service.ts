import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { goesOn } from '../../meetings/meetings.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, type FieldError, invalid } from '../../platform/common/problems.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { insertAll, updateRow } from '../../platform/database/writes.js';
import { Person } from '../../directory/people/person.entity.js';
import { mustNotBeAdopted } from '../../meetings/adopted-minutes.js';
import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { lockSession, mustBePermitted } from '../../meetings/meetings.access.js';
import { Session } from '../../meetings/session.entity.js';
import { SessionViews } from '../../meetings/session-views.service.js';
import type { ChangeSessionDto, CreateSessionDto, SessionView } from '../../meetings/sessions.dto.js';
import { minutesBetween } from '../../meetings/sessions.rules.js';
import { OpeningUndo } from '../opening-undo.service.js';
import { SessionMoments } from '../session-moments.service.js';

/** Changes to these fields are passed on to calendar programs. */
const CALENDAR_FIELDS = ['heldOn', 'startTime', 'endTime', 'place'] as const;

const NOTHING_YET = { chairId: null, secretaryId: null, startTime: null, endTime: null };

/** Plans the dated sessions of a series, and moves them. Opening and closing are elsewhere in this room. */
@Injectable()
export class SessionPlanning {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly moments: SessionMoments,
    private readonly views: SessionViews,
    private readonly former: RowHistory,
    private readonly openingUndo: OpeningUndo,
  ) {}

  /** Plans a session with the meeting's default agenda, numbered from 1. */
  plan(meetingId: string, input: CreateSessionDto, by: Caller): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const meeting = await this.lockMeeting(manager, meetingId, by);
      return this.views.one(manager, await this.add(manager, meeting, input, by), by);
    }, by.once);
  }

  /** Locks the meeting for planning. 404 if hidden from the caller, 403 if they may not plan it. */
  async lockMeeting(manager: EntityManager, meetingId: string, by: Caller): Promise<Meeting> {
    const meeting = await lockOne(manager, Meeting, meetingId);
    mustBePermitted(by, 'sessions.plan', meeting);
    return meeting;
  }

  /** The same for a locked meeting, in the caller's transaction; returns the id. */
  async add(manager: EntityManager, meeting: Meeting, input: CreateSessionDto, by: Caller): Promise<string> {
    const { withoutAgenda = false, ...fields } = input;
    mustNotHaveEnded(meeting, input.heldOn);
    await this.mustFit(manager, { startTime: meeting.startTime, ...input });
    const id = newId();
    await this.former.keepAbsence(manager, 'sessions', id);
    await manager.insert(Session, {
      id,
      meetingId: meeting.id,
      startTime: meeting.startTime,
      place: meeting.place,
      state: 'planned',
      isExtra: false,
      lastItemNumber: withoutAgenda ? 0 : meeting.defaultAgenda.length,
      ...fields,
    });
    if (!withoutAgenda) await this.layAgenda(manager, id, meeting);
    const session = await manager.findOneByOrFail(Session, { id });
    await this.moments.planned(manager, session, by);
    await this.audit.record(manager, by, 'session.planned', { type: 'session', id, areaId: meeting.areaId });
    return id;
  }

  /**
   * Changes a session. Moving it keeps its id and raises its calendar sequence; 409 if it is closed or cancelled. An open
   * one that is moved is planned again, and 409 once anything was written in it.
   */
  change(id: string, input: ChangeSessionDto, version: number, by: Caller): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, id, by, 'sessions.plan');
      mustMatch(session, version);
      const isMoved = input.heldOn !== undefined && input.heldOn !== session.heldOn;
      await mustNotBeAdopted(manager, session);
      mustStillChange(session);
      const isTakenBack = isMoved && session.state === 'open' && !isRighted(session, input.heldOn!, this.clock.today());
      if (isTakenBack) await this.openingUndo.takeBack(manager, id, by);
      if (isMoved) mustNotHaveEnded(meeting, input.heldOn!);
      await this.mustFit(manager, input, session);
      const isRescheduled = CALENDAR_FIELDS.some(
        (field) => input[field] !== undefined && input[field] !== session[field],
      );
      const calendarSequence = session.calendarSequence + (isRescheduled ? 1 : 0);
      const rhythmOn = isMoved ? (session.rhythmOn ?? session.heldOn) : session.rhythmOn;
      await this.former.keep(manager, 'sessions', id, input);
      await updateRow(manager, Session, id, { ...input, rhythmOn, calendarSequence });
      const after = await manager.findOneByOrFail(Session, { id });
      if (isMoved) await this.moments.moved(manager, after, by);
      if (isRescheduled && after.state === 'planned') {
        await this.moments.rescheduled(manager, after, session);
      }
      await this.moments.named(manager, after, session, by);
      const operation = isMoved ? 'session.moved' : 'session.changed';
      await this.audit.record(manager, by, operation, { type: 'session', id, areaId: meeting.areaId });
      return this.views.one(manager, id, by);
    });
  }

  private async layAgenda(manager: EntityManager, sessionId: string, meeting: Meeting): Promise<void> {
    const items = meeting.defaultAgenda.map(({ kind, title }, index) => ({
      id: newId(),
      sessionId,
      number: String(index + 1),
      position: index + 1,
      kind,
      title,
      notes: null,
      decision: null,
      state: 'accepted' as const,
      proposedById: null,
      declineReason: null,
      carriedFromId: null,
      isConfidential: false,
    }));
    await insertAll(manager, AgendaItem, items);
  }

  /** 400 for anyone newly named who is not active, and for a time that does not fit. */
  private async mustFit(
    manager: EntityManager,
    input: Pick<ChangeSessionDto, 'chairId' | 'secretaryId' | 'startTime' | 'endTime'>,
    before: Pick<Session, 'chairId' | 'secretaryId' | 'startTime' | 'endTime'> = NOTHING_YET,
  ): Promise<void> {
    const named = (['chairId', 'secretaryId'] as const).filter(
      (field) => input[field] && input[field] !== before[field],
    );
    const ids = named.map((field) => input[field]!);
    const found = ids.length > 0 ? await manager.findBy(Person, { id: In(ids), active: true }) : [];
    const errors: FieldError[] = named
      .filter((field) => !found.some(({ id }) => id === input[field]))
      .map((field) => ({ field, message: `${field} is not an active person` }));
    const { startTime, endTime } = { ...before, ...input };
    if (startTime && endTime && minutesBetween(startTime, endTime) === null) {
      errors.push({ field: 'endTime', message: `endTime must be after ${startTime}` });
    }
    if (errors.length > 0) throw invalid(errors);
  }
}

function mustStillChange({ state }: Session): void {
  if (state === 'closed') throw conflict('SESSION_CLOSED', 'This session is closed. Reopen it to change it.');
  if (state === 'cancelled') throw conflict('SESSION_CANCELLED', 'This session is cancelled.');
}

/** Opened before its day and then moved to the day on which it is actually held: it stays open. */
const isRighted = ({ heldOn }: Session, movedTo: string, today: string): boolean => heldOn > today && movedTo <= today;

function mustNotHaveEnded(meeting: Meeting, heldOn: string): void {
  if (!goesOn(meeting, heldOn)) throw conflict('MEETING_ENDED', `This meeting ended on ${meeting.endedOn}.`);
}

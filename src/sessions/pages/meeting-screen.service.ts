import { Injectable } from '@nestjs/common';
import { hasReach, isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch, inShort } from '../../platform/common/calendar-date.js';
import type { MeetingView } from '../../meetings/meetings.dto.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { ProposedSessions } from '../planning/proposed-sessions.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import { goesOn } from '../../meetings/meetings.rules.js';
import { endOf, wentUnheld } from '../../meetings/sessions.rules.js';
import { Sessions } from '../planning/sessions.service.js';
import { MEETING_KIND_WORDS, SESSION_STATE_WORDS } from '../../meetings/words.js';
import { type Cell, cell, tableOf } from '../../web/tables.rules.js';
import { formOf, type RejectedScreenForm } from '../desk/screen-form.js';

const MOST_MEETINGS = 200;
const MOST_SESSIONS = 50;
const PROPOSALS = 6;

/** The contents of the pages of the series. */
@Injectable()
export class MeetingScreen {
  constructor(
    private readonly meetings: Meetings,
    private readonly sessions: Sessions,
    private readonly proposals: ProposedSessions,
  ) {}

  /** The series by area, each with its current or next session, else the one whose day went by unopened; also the others of which the caller is named for a session. */
  async list(caller: Caller) {
    const paging = { page: 1, pageSize: MOST_MEETINGS };
    const [{ items: own, total }, { items: open }, { items: planned }] = await Promise.all([
      this.meetings.list({ ...paging, sort: 'area' }, caller),
      this.sessions.list({ ...paging, state: 'open' }, caller),
      this.sessions.list({ ...paging, state: 'planned', sort: 'heldOn' }, caller),
    ]);
    const items = [...own, ...(await this.others(own, [...open, ...planned], caller))];
    const meetings = items
      .filter((meeting) => goesOn(meeting, caller.today))
      .map((meeting) => ({
        ...meeting,
        next: [...open, ...planned.filter(({ heldOn }) => heldOn >= caller.today), ...planned].find(
          (one) => one.meetingId === meeting.id,
        ),
      }));
    return {
      title: 'Overleggen',
      table: tableOf('Overleggen', meetings, {
        Overleg: ({ id, name }) => cell(name, `/overleggen/${id}`),
        Gebied: ({ areaName }) => areaName,
        Soort: ({ kind }) => MEETING_KIND_WORDS[kind],
        'Volgende vergadering': ({ next }) => (next ? nextCell(next, caller.today) : 'nog niet gepland'),
      }),
      isAdministrator: hasReach(caller, 'grants.write', 'all'),
      mayWrite: isPermitted(caller, 'meetings.write'),
      isMore: total > own.length,
    };
  }

  /** The series of which the caller only chairs or minutes a session that is coming, or whose minutes are still to be sent. */
  private async others(own: readonly MeetingView[], coming: readonly SessionView[], caller: Caller) {
    const known = new Set(coming.map(({ id }) => id));
    const held = caller.sessionIds.filter((id) => !known.has(id)).map((id) => this.sessions.read(id, caller));
    const meetingIds = new Set([...coming, ...(await Promise.all(held))].map(({ meetingId }) => meetingId));
    for (const { id } of own) meetingIds.delete(id);
    return Promise.all([...meetingIds].map((id) => this.meetings.read(id, caller)));
  }

  async view(id: string, caller: Caller, rejected?: RejectedScreenForm) {
    const meeting = await this.meetings.read(id, caller);
    const mayWrite = isPermittedIn(caller, 'sessions.write', meeting.areaId);
    const [{ items: sessions, total }, proposed] = await Promise.all([
      this.sessions.list({ meeting: id, page: 1, pageSize: MOST_SESSIONS, sort: '-heldOn' }, caller),
      mayWrite ? this.proposals.list(id, PROPOSALS, caller) : { items: [] },
    ]);
    const lines = sessions.map((session) => toLine(session, caller.today));
    const isComing = ({ state }: { state: string }) => state === 'open' || state === 'planned';
    return {
      title: meeting.name,
      problem: rejected?.problem,
      id,
      maySetUp: isPermittedIn(caller, 'meetings.write', meeting.areaId),
      meetingName: meeting.name,
      areaName: meeting.areaName,
      kindName: MEETING_KIND_WORDS[meeting.kind],
      place: meeting.place,
      lastDay: meeting.endedOn && inDutch(meeting.endedOn),
      mayWrite: mayWrite && goesOn(meeting, caller.today),
      coming: lines.filter(isComing).toReversed(),
      past: lines.filter((line) => !isComing(line)),
      isMore: total > sessions.length,
      proposed: proposed.items.map(({ heldOn, startTime, endTime, place }) => ({
        heldOn,
        day: inDutch(heldOn),
        startTime: startTime ?? '',
        endTime: endTime ?? '',
        place: place ?? '',
      })),
      form: formOf(
        'plannen',
        {
          heldOn: '',
          startTime: meeting.startTime ?? '',
          endTime: endOf(meeting.startTime, meeting.durationMinutes) ?? '',
          place: meeting.place ?? '',
        },
        rejected,
      ),
    };
  }
}

function nextCell(session: SessionView, today: string): Cell {
  const { id, heldOn, startTime, state } = session;
  const day = inShort(heldOn, today);
  const words = wentUnheld(session, today)
    ? 'deze dag is voorbij'
    : state === 'open'
      ? 'nu bezig'
      : startTime && `${startTime} uur`;
  return cell(words ? `${day}, ${words}` : day, `/vergaderingen/${id}`);
}

function toLine(session: SessionView, today: string) {
  const { id, heldOn, startTime, place, state, isExtra, counts, cancellationReason } = session;
  return {
    id,
    state,
    day: inDutch(heldOn),
    startTime,
    place,
    stateName: SESSION_STATE_WORDS[state],
    isExtra,
    isOpen: state === 'open',
    isToday: heldOn === today,
    isPassed: wentUnheld(session, today),
    cancellationReason,
    actions: counts.actions,
    proposedItems: counts.proposedItems,
  };
}

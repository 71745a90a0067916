import { newId } from '../../src/platform/common/ids.js';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { Meeting } from '../../src/meetings/meeting.entity.js';
import { Invitation } from '../../src/meetings/invitation.entity.js';
import { Session } from '../../src/meetings/session.entity.js';
import { Discussion } from '../../src/actions/discussions/discussion.entity.js';
import { MakeDirectory } from './make-directory.js';

type Fields<T> = Partial<T>;

/** Creates meetings and their sessions, with what is discussed in them. */
export class MakeMeetings extends MakeDirectory {
  meeting(areaId: string, fields: Fields<Meeting> = {}): Promise<Meeting> {
    const n = this.count();
    return this.row(Meeting, {
      id: newId(),
      areaId,
      kind: 'professionals',
      name: `Professionaloverleg ${n}`,
      rhythm: null,
      rhythmSince: null,
      startTime: '10:00',
      durationMinutes: 90,
      place: null,
      defaultAgenda: [],
      minutesForm: 'full',
      skipsHolidays: false,
      allowsWrittenAdoption: false,
      isOpenToReaders: false,
      hasOpenAnnex: null,
      endedOn: null,
      successorId: null,
      version: 1,
      ...fields,
    });
  }

  invitation(meetingId: string, fields: Fields<Invitation>): Promise<Invitation> {
    return this.row(Invitation, {
      id: newId(),
      meetingId,
      organisationId: null,
      personId: null,
      role: 'participant',
      agendaItemId: null,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }

  session(meetingId: string, fields: Fields<Session> = {}): Promise<Session> {
    return this.row(Session, {
      id: newId(),
      meetingId,
      heldOn: this.clock.today(),
      rhythmOn: null,
      startTime: '10:00',
      endTime: null,
      heldUntil: null,
      place: null,
      state: 'planned',
      isExtra: false,
      chairId: null,
      secretaryId: null,
      cancellationReason: null,
      reopeningReason: null,
      openedAt: null,
      closedAt: null,
      lastItemNumber: 0,
      lastConfidentialItemNumber: 0,
      calendarSequence: 0,
      version: 1,
      ...fields,
    });
  }

  /** An agenda item; with `partyIds` a confidential one. */
  async agendaItem(
    sessionId: string,
    { partyIds = [], ...fields }: Fields<AgendaItem> & { partyIds?: string[] } = {},
  ): Promise<AgendaItem> {
    const item = await this.row<AgendaItem>(AgendaItem, {
      id: newId(),
      sessionId,
      number: '1',
      position: 1,
      kind: 'topic',
      title: 'Zwerfvuil',
      notes: null,
      decision: null,
      state: 'accepted',
      proposedById: null,
      plannedMinutes: null,
      declineReason: null,
      carriedFromId: null,
      isConfidential: partyIds.length > 0,
      version: 1,
      ...fields,
    });
    for (const organisationId of partyIds) await this.row(AgendaItemParty, { agendaItemId: item.id, organisationId });
    return item;
  }

  attendance(sessionId: string, fields: Fields<Attendance>): Promise<Attendance> {
    return this.row(Attendance, {
      id: newId(),
      sessionId,
      personId: null,
      guestName: null,
      organisationId: null,
      isReplacement: false,
      status: 'present',
      version: 1,
      ...fields,
    });
  }

  /** An action discussed in a session. */
  discussion(fields: Fields<Discussion> & { sessionId: string; actionId: string }): Promise<Discussion> {
    return this.row(Discussion, { id: newId(), kind: 'open', outcome: null, note: null, version: 1, ...fields });
  }
}

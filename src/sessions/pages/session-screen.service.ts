import { Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Actions } from '../../actions/actions.service.js';
import type { ActionLine, ActionView } from '../../actions/actions.views.js';
import { MinutesToAdopt } from '../../minutes/adoption/minutes-to-adopt.service.js';
import { AgendaItemViews } from '../../meetings/agenda/agenda-item-views.service.js';
import { AttendanceLists } from '../../meetings/attendance/attendance-lists.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import type { Page } from '../../platform/common/paging.js';
import { Database } from '../../platform/database/database.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import { Sessions } from '../planning/sessions.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { Closings } from '../closings.service.js';
import { Discussions } from '../discussions.service.js';
import type { DiscussionView } from '../discussions.dto.js';
import { toRecorded, toSections } from './actions-block.rules.js';
import { toAdoptions } from './adoption-block.rules.js';
import { type AgendaSight, toItem } from './agenda-block.rules.js';
import { attendanceWords, missingOrganisations, toAttendanceRows, withoutPeople } from './attendance-block.rules.js';
import { toDoList } from './closing-block.rules.js';
import { MEETING_KIND_WORDS, SESSION_STATE_WORDS } from '../../meetings/words.js';
import { SessionPapers } from './session-papers.service.js';
import { editOf, factsOf, headOf, newcomerOf, simpleForms } from './session-screen.rules.js';
import type { toUnderstood } from './quick-line.rules.js';
import type { RejectedScreenForm } from './screen-form.js';

/** What of the screen is asked for beside the session itself. */
export interface ScreenOptions {
  rejected?: RejectedScreenForm;
  /** The line that was understood and waits to be saved. */
  quick?: ReturnType<typeof toUnderstood>;
  line?: string;
  /** The action of which owner and deadline are filled in. */
  actionId?: string;
  isAdding?: boolean;
}

const MOST = { page: 1, pageSize: 200 };

/** Gathers the one screen of a session, as the caller may know it. */
@Injectable()
export class SessionScreen {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly meetings: Meetings,
    private readonly attendances: AttendanceLists,
    private readonly items: AgendaItemViews,
    private readonly discussions: Discussions,
    private readonly actions: Actions,
    private readonly adoptable: MinutesToAdopt,
    private readonly closings: Closings,
    private readonly organisations: Organisations,
    private readonly papers: SessionPapers,
  ) {}

  async view(id: string, caller: Caller, options: ScreenOptions = {}) {
    const session = await this.sessions.read(id, caller);
    const sight = this.sightOf(session, caller);
    const [meeting, list, agenda, discussed, recorded, organisations, adoptable, papers] = await Promise.all([
      this.meetings.read(session.meetingId, caller),
      this.attendances.list(id, caller),
      everything((paging) => this.items.list(id, paging, caller)),
      everything<DiscussionView>((paging) => this.discussions.list(id, paging, caller)),
      everything((paging) => this.actions.listOfSession(id, paging, caller) as Promise<Page<ActionLine>>),
      this.choices(),
      sight.isAtTable ? this.adoptable.list(id, MOST, caller) : null,
      this.papers.of(session, caller, sight.mayWrite),
    ]);
    const missing = sight.mayRun ? await this.closings.missing(id, meeting.minutesForm, caller) : [];
    const { rejected } = options;
    const path = `/vergaderingen/${id}`;
    const looking: AgendaSight = { ...sight, organisations, rejected };
    const shown = agenda.filter(({ state }) => state !== 'declined' || session.state === 'planned');
    const treated = shown.filter(({ state }) => state !== 'declined');
    const typed = rejected?.form === 'aanwezigheid' ? rejected.fields : {};
    return {
      title: `${session.meetingName}, ${inDutch(session.heldOn)}`,
      scripts: ['meeting.js'],
      problem: rejected?.problem,
      path,
      user: caller.personId,
      ...sight,
      session: headOf(session, meeting.startTime, caller.today),
      stateName: SESSION_STATE_WORDS[session.state],
      kindName: MEETING_KIND_WORDS[meeting.kind],
      facts: factsOf(session, list.items, rejected),
      attendance: {
        rows: toAttendanceRows(list.items, session.version, typed),
        words: attendanceWords(list.items),
        hasUnfilled: list.items.some(({ status, personId }) => status === null && personId !== null),
        unnamed: withoutPeople(list.items).join(', '),
        missing: missingOrganisations(list.organisations),
      },
      items: shown.map((item) => toItem(item, treated.indexOf(item), treated.length, looking)),
      waitingProposals: agenda.filter(({ state }) => state === 'proposed').length,
      discussed: toSections(discussed, sight.mayRun, rejected),
      recorded: recorded.map((line) => toRecorded(line, sight.mayRun)),
      adoptions: toAdoptions(adoptable?.items ?? [], sight.mayRun, rejected),
      toDo: toDoList(missing, agenda, recorded, path),
      papers,
      forms: simpleForms(session, agenda, organisations, caller, rejected, options.line ?? ''),
      quick: options.quick ?? null,
      edit: options.actionId ? await this.edit(options.actionId, organisations, caller, rejected) : null,
      newcomer: options.isAdding ? newcomerOf(organisations, list.items, rejected) : null,
      areaName: session.areaName,
    };
  }

  /** An item as it stands now, for who was overtaken while typing. */
  async item(id: string, caller: Caller) {
    const { notes, decision, state, version } = await this.items.one(this.database.reader, id, caller);
    return { notes: notes ?? '', decision: decision ?? '', state, version };
  }

  /** Every organisation, for the lists to choose from. */
  async choices(): Promise<{ id: string; name: string }[]> {
    const all = await everything((paging) => this.organisations.list(paging));
    return all.filter(({ mergedIntoId }) => mergedIntoId === null).map(({ id, name }) => ({ id, name }));
  }

  private sightOf({ state, areaId, meetingId }: SessionView, caller: Caller) {
    const mayWrite = isPermittedIn(caller, 'sessions.write', areaId);
    const isAtTable = mayWrite || caller.meetingIds.includes(meetingId);
    return {
      mayWrite,
      isAtTable,
      isPlanned: state === 'planned',
      isOpen: state === 'open',
      isClosed: state === 'closed',
      isCancelled: state === 'cancelled',
      /** Takes notes now. */
      mayRun: mayWrite && state === 'open',
      mayPropose: !mayWrite && state === 'planned' && caller.meetingIds.includes(meetingId),
    };
  }

  private async edit(
    id: string,
    organisations: readonly { id: string; name: string }[],
    caller: Caller,
    rejected?: RejectedScreenForm,
  ) {
    const action = await this.actions.read(id, caller);
    return 'originalDueOn' in action ? editOf(action as ActionView, organisations, rejected) : null;
  }
}

/** All pages of a list. */
async function everything<T>(read: (paging: { page: number; pageSize: number }) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await read({ page, pageSize: MOST.pageSize });
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

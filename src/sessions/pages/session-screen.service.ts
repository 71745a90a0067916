import { Injectable } from '@nestjs/common';
import { isPermittedAt, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import { Sessions } from '../planning/sessions.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { Closings } from '../closings.service.js';
import { toRecorded, toSections } from './actions-block.rules.js';
import { toAdoptions } from './adoption-block.rules.js';
import { type AgendaSight, toItem } from './agenda-block.rules.js';
import { attendanceWords, missingOrganisations, toAttendanceRows, withoutPeople } from './attendance-block.rules.js';
import { toDoList } from './closing-block.rules.js';
import { MEETING_KIND_WORDS, SESSION_STATE_WORDS } from '../../meetings/words.js';
import { everything, SessionContents } from './session-contents.service.js';
import { SessionPapers } from './session-papers.service.js';
import { editOf, factsOf, headOf, newcomerOf, simpleForms } from './session-screen.rules.js';
import type { toUnderstood } from './quick-line.rules.js';
import type { RejectedScreenForm } from './screen-form.js';

/** What is shown on the screen beside the session itself. */
export interface ScreenOptions {
  rejected?: RejectedScreenForm;
  /** The parsed line that is ready to be saved. */
  quick?: ReturnType<typeof toUnderstood>;
  line?: string;
  /** The action whose owner and deadline are being completed. */
  actionId?: string;
  isAdding?: boolean;
}

/** Gathers the one screen of a session, as visible to the caller. */
@Injectable()
export class SessionScreen {
  constructor(
    private readonly sessions: Sessions,
    private readonly meetings: Meetings,
    private readonly contents: SessionContents,
    private readonly closings: Closings,
    private readonly organisations: Organisations,
    private readonly papers: SessionPapers,
  ) {}

  async view(id: string, caller: Caller, options: ScreenOptions = {}) {
    const session = await this.sessions.read(id, caller);
    const sight = this.sightOf(session, caller);
    const [meeting, contents, organisations, papers] = await Promise.all([
      this.meetings.read(session.meetingId, caller),
      this.contents.of(id, caller, sight.isAtTable),
      this.choices(),
      this.papers.of(session, caller, sight.mayWrite),
    ]);
    const { attendances: list, agenda, discussed, recorded, adoptable } = contents;
    const missing = sight.mayRun ? await this.closings.missing(id, meeting.minutesForm, caller) : [];
    const isUntouched = sight.mayRun && (await this.contents.looksUntouched(id, caller));
    const { rejected } = options;
    const path = `/vergaderingen/${id}`;
    const looking: AgendaSight = { ...sight, organisations, rejected };
    const shown = agenda.filter(({ state }) => state !== 'declined' || session.state === 'planned');
    const treated = shown.filter(({ state }) => state !== 'declined');
    const typed = rejected?.form === 'aanwezigheid' ? rejected.fields : {};
    return {
      title: `${session.meetingName}, ${inDutch(session.heldOn)}`,
      scripts: ['both-texts.js', 'meeting.js', 'live.js', 'kept-lines.js'],
      problem: rejected?.problem,
      path,
      user: caller.personId,
      ...sight,
      isUntouched,
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
      adoptions: toAdoptions(adoptable, sight.mayRun, rejected),
      toDo: toDoList(missing, agenda, recorded, path),
      papers,
      forms: simpleForms(session, agenda, organisations, caller, rejected, options.line ?? ''),
      quick: options.quick ?? null,
      edit: options.actionId ? await this.edit(options.actionId, organisations, caller, rejected) : null,
      newcomer: options.isAdding ? newcomerOf(organisations, list.items, rejected) : null,
      areaName: session.areaName,
    };
  }

  /** Every organisation, for select lists. */
  async choices(): Promise<{ id: string; name: string }[]> {
    const all = await everything((paging) => this.organisations.list(paging));
    return all.filter(({ mergedIntoId }) => mergedIntoId === null).map(({ id, name }) => ({ id, name }));
  }

  private sightOf({ id, state, areaId, meetingId }: SessionView, caller: Caller) {
    const mayWrite = isPermittedAt(caller, 'sessions.write', { id, areaId });
    const isAtTable = isPermittedIn(caller, 'minutes.adopt', areaId) || caller.meetingIds.includes(meetingId);
    return {
      mayWrite,
      isAtTable,
      isPlanned: state === 'planned',
      isOpen: state === 'open',
      isClosed: state === 'closed',
      isCancelled: state === 'cancelled',
      /** Can take notes now. */
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
    const action = await this.contents.action(id, caller);
    return action && editOf(action, organisations, rejected);
  }
}

import { Injectable } from '@nestjs/common';
import { isPermittedAt, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import { Sessions } from '../planning/sessions.service.js';
import { DeskSurroundings } from '../desk/desk-surroundings.service.js';
import { Completeness } from '../completeness.service.js';
import { toAgreed, toRecorded, toSections } from '../desk/actions-block.rules.js';
import { toAdoptions } from '../desk/adoption-block.rules.js';
import { type AgendaOptions, type Item, toItem } from '../desk/agenda-block.rules.js';
import { toAttendanceBlock } from '../desk/attendance-block.rules.js';
import { toQuestionsBlock } from '../desk/questions-block.rules.js';
import { NO_BUDGETS, toBudgetBlock } from '../desk/budget-block.rules.js';
import { closingProblem, toDoList, unownedOf } from '../desk/closing-block.rules.js';
import { mustLeave, toDeskSections, toSteps } from '../desk/desk.rules.js';
import type { PageContext } from '../../web/page-context.js';
import { MEETING_KIND_WORDS, SESSION_STATE_WORDS } from '../../meetings/words.js';
import { SessionContents } from './session-contents.service.js';
import { SessionStamps } from '../live/session-stamps.service.js';
import { SessionPapers } from './session-papers.service.js';
import { closingOf, editOf, factsOf, headOf, newcomerOf, simpleForms } from '../desk/session-screen.rules.js';
import type { RejectedScreenForm } from '../desk/screen-form.js';
import type { ScreenOptions } from '../desk/screen-options.js';

/** In the order in which they need each other. */
const DESK_SCRIPTS = [
  ...['both-texts.js', 'meeting-page.js', 'meeting-parts.js', 'meeting-saving.js', 'meeting-line.js', 'meeting.js'],
  ...['desk-steps.js', 'desk-undo.js', 'desk-choices.js', 'desk-rows.js', 'desk-in-place.js'],
  ...['names.js', 'morphing.js', 'live.js', 'kept-lines.js', 'drag.js'],
];

/** What decides how much is read. */
interface Permissions {
  isAtTable: boolean;
  mayRun: boolean;
  mayWrite: boolean;
}

/** Gathers the one screen of a session, as visible to the caller. */
@Injectable()
export class SessionScreen {
  constructor(
    private readonly sessions: Sessions,
    private readonly meetings: Meetings,
    private readonly contents: SessionContents,
    private readonly completeness: Completeness,
    private readonly surroundings: DeskSurroundings,
    private readonly papers: SessionPapers,
    private readonly stamps: SessionStamps,
  ) {}

  /** The page: the desk for those who take notes now, otherwise the current state of the session. */
  async page(context: PageContext, id: string, options: ScreenOptions): Promise<string> {
    // The stamp is read before the rest, so that a change in between is fetched again rather than missed.
    const [{ version }, view] = await Promise.all([
      this.stamps.of(id, context.caller),
      this.view(id, context.caller, options),
    ]);
    const template = view.mayRun ? 'sessions/pages/desk' : 'sessions/pages/session';
    return context.show(template, { ...view, live: isFollowed(view) ? { version } : null });
  }

  async view(id: string, caller: Caller, options: ScreenOptions) {
    const session = await this.sessions.read(id, caller);
    const permissions = this.permissionsOf(session, caller);
    const [meeting, missingIn, { contents, replacing }, organisations, papers, begun, table] = await Promise.all([
      this.meetings.read(session.meetingId, caller),
      permissions.mayRun ? this.completeness.read(id, caller) : () => [],
      this.contentsOf(session, caller, permissions),
      this.surroundings.choices(),
      this.papers.of(session, caller, permissions.mayWrite),
      permissions.mayRun ? this.contents.recordedIn(id, caller) : null,
      permissions.mayRun ? this.surroundings.atTable(session, caller) : { budgets: NO_BUDGETS, questions: null },
    ]);
    const { attendances: list, memberships, agenda, discussed, recorded, adoptable, current } = contents;
    const { rejected, shownIds = [], isRoundTable = false } = options;
    const path = `/vergaderingen/${id}`;
    const atTable = new Set(list.organisations.map(({ organisationId }) => organisationId));
    const proposers = organisations.toSorted(
      (one, other) => Number(atTable.has(other.id)) - Number(atTable.has(one.id)),
    );
    const looking: AgendaOptions = { ...permissions, organisations, proposers, shownIds, rejected };
    const shown = agenda.filter(({ state }) => state !== 'declined' || session.state === 'planned');
    const treated = shown.filter(({ state }) => state !== 'declined');
    const items = shown.map((item) => toItem(item, treated.indexOf(item), treated.length, looking));
    const lastTime = toSections(discussed, {
      isWritable: permissions.mayRun,
      today: caller.today,
      isRoundTable,
      shownIds,
      rejected,
    });
    const budget = toBudgetBlock(table.budgets, rejected);
    const questions = toQuestionsBlock(table.questions, caller.today, rejected);
    const counts = { ...lastTime, ...budget.counts, ...questions.counts, adoptions: adoptable.length };
    const sections = toDeskSections(items, counts);
    const leaving = ({ partyIds }: Item) => mustLeave(partyIds, list.items).join(', ');
    const currentId = current?.agendaItemId ?? null;
    const newToday = recorded.map((line) => toRecorded(line, permissions.mayRun));
    const toDo = toDoList(missingIn(meeting.minutesForm), agenda, recorded, path);
    const isClosing = rejected?.form === 'sluiten';
    return {
      title: `${session.meetingName}, ${inDutch(session.heldOn)}`,
      isBare: permissions.mayRun,
      scripts: permissions.mayRun
        ? DESK_SCRIPTS
        : [
            'morphing.js',
            'live.js',
            'kept-lines.js',
            ...(permissions.mayWrite && permissions.isPlanned ? ['drag.js'] : []),
          ],
      problem: isClosing ? closingProblem(rejected.problem, toDo) : rejected?.problem,
      /** The step whose form was rejected. */
      at: isClosing ? rejected.form : null,
      path,
      user: caller.personId,
      ...permissions,
      isUntouched: begun !== null && !begun.isWritten && !begun.isSeated,
      isMovable: permissions.isPlanned || begun?.isWritten === false,
      session: headOf(session, meeting.startTime, caller.today),
      stateName: SESSION_STATE_WORDS[session.state],
      kindName: MEETING_KIND_WORDS[meeting.kind],
      facts: factsOf(session, [...list.items, ...replacing], rejected),
      closing: closingOf(session, rejected),
      attendance: toAttendanceBlock(list, {
        session,
        memberships,
        mayInvite: permissions.mayInvite,
        isAdding: options.isAdding,
        typed: rejected?.form === 'aanwezigheid' ? rejected.fields : undefined,
      }),
      items,
      sections: sections.map((one) => ({
        ...one,
        item: one.item && { ...one.item, leaving: leaving(one.item) },
        isSecret: one.item?.isConfidential ?? false,
        isAtHand: one.item !== null && one.item.id === currentId,
      })),
      steps: toSteps(sections, counts, currentId),
      isReviewing: current?.part === 'agreements',
      waitingProposals: agenda.filter(({ state }) => state === 'proposed').length,
      discussed: lastTime,
      budget: { ...budget, askers: proposers },
      questions: { ...questions, askers: proposers },
      recorded: newToday,
      agreed: toAgreed(newToday),
      adoptions: toAdoptions(adoptable, permissions.mayRun, rejected),
      toDo,
      unowned: permissions.mayRun ? unownedOf(discussed) : [],
      /** In the summary of the refusal, so not a second time. */
      isNamedAbove: isClosing && toDo.length > 0,
      papers,
      forms: simpleForms(session, agenda, proposers, caller, options),
      quick: options.quick ?? null,
      edit: options.actionId ? await this.edit(options.actionId, organisations, caller, rejected) : null,
      newcomer: options.isAdding ? newcomerOf(organisations, list.items, rejected) : null,
      areaName: session.areaName,
    };
  }

  private async contentsOf(session: SessionView, caller: Caller, permissions: Permissions) {
    const contents = await this.contents.of(session, caller, permissions);
    const expected = contents.attendances.items;
    const replacing = permissions.mayWrite ? await this.surroundings.replacing(expected, session.heldOn) : [];
    return { contents, replacing };
  }

  private permissionsOf({ id, state, areaId, meetingId }: SessionView, caller: Caller) {
    const mayWrite = isPermittedAt(caller, 'sessions.write', { id, areaId });
    const isAtTable = isPermittedIn(caller, 'minutes.adopt', areaId) || caller.meetingIds.includes(meetingId);
    return {
      mayWrite,
      /** May plan and cancel it and name its voorzitter and notulist; the notulist may not. */
      mayPlan: isPermittedIn(caller, 'sessions.plan', areaId),
      isAtTable,
      /** May enter the address of somebody who is expected. */
      mayInvite: state === 'planned' && isPermittedIn(caller, 'meetings.write', areaId),
      isPlanned: state === 'planned',
      isOpen: state === 'open',
      isClosed: state === 'closed',
      isCancelled: state === 'cancelled',
      /** May take notes now. */
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

/** The screen of a session that is over is not kept up to date. */
const isFollowed = ({ isPlanned, isOpen, isClosed, session }: Awaited<ReturnType<SessionScreen['view']>>): boolean =>
  isPlanned || isOpen || (isClosed && !session.isPassed);

import type { ActionLine } from '../../actions/actions.views.js';
import { Actions } from '../../actions/actions.service.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { forbidden } from '../../platform/common/problems.js';
import { type Fields, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { Sessions } from '../planning/sessions.service.js';
import { EndMeetingDto } from './meeting-endings.dto.js';
import { MeetingEndings } from './meeting-endings.service.js';
import { ENDING_WORDS, FATE_WORDS } from '../words.js';

const MOST_ACTIONS = 200;
const MOST_SESSIONS = 50;
const NAMED = /^actie-([\da-f-]{36})$/;

/** Ending a series: its last day, and where each open action goes. */
@PageController('overleggen/:id/stoppen')
export class MeetingEndingController {
  constructor(
    private readonly meetings: Meetings,
    private readonly actions: Actions,
    private readonly sessions: Sessions,
    private readonly endings: MeetingEndings,
  ) {}

  @Page('', 'meetings.write')
  async ask(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { caller } = page;
    const meeting = await this.meetings.read(id, caller);
    if (!isPermittedIn(caller, 'meetings.write', meeting.areaId)) throw forbidden();
    const { items, total } = await this.actions.list(
      { meeting: id, open: true, page: 1, pageSize: MOST_ACTIONS, sort: 'number' },
      caller,
    );
    const ahead = { meeting: id, state: 'planned', sort: 'heldOn', page: 1, pageSize: MOST_SESSIONS } as const;
    const planned = await this.sessions.list(ahead, caller);
    const others = await this.meetings.list({ page: 1, pageSize: MOST_ACTIONS, sort: 'area' }, caller);
    const takers = others.items
      .filter((one) => one.id !== id && (one.endedOn === null || one.endedOn > caller.today))
      .filter(({ areaId }) => isPermittedIn(caller, 'meetings.write', areaId))
      .map((one) => ({ value: one.id, label: `naar ${one.name}` }));
    const typed: Fields = rejected?.fields ?? {};
    const chosen = (name: string, options: { value: string; label: string }[]) =>
      options.map((option) => ({ ...option, isChosen: (typed[name] ?? '') === option.value }));
    const withoutMeeting = { value: 'no_meeting', label: FATE_WORDS.no_meeting };
    return page.show('sessions/pages/meeting-ending', {
      ...{ title: `${meeting.name} stoppen`, id, meetingName: meeting.name, version: meeting.version },
      endedOn: typed.endedOn ?? meeting.endedOn ?? caller.today,
      isWritten: rejected ? typed.written !== undefined : true,
      rest: chosen('rest', [withoutMeeting, ...takers]),
      actions: (items as ActionLine[]).map((action) => ({
        ...{ id: action.id, number: action.number, what: action.title, owner: action.ownerName ?? 'nog niemand' },
        fates: chosen(`actie-${action.id}`, [
          { value: '', label: 'zoals hierboven' },
          ...takers,
          withoutMeeting,
          { value: 'cancelled', label: FATE_WORDS.cancelled },
        ]),
      })),
      planned: planned.items.map((one) => ({ id: one.id, day: inDutch(one.heldOn) })),
      isMore: total > items.length,
      problem: rejected?.problem,
    });
  }

  @FormPost('', 'meetings.write')
  async end(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(ENDING_WORDS, (rejected) => this.ask(form, id, rejected));
    const { endedOn, written, rest } = form.fields;
    const wanted = {
      endedOn,
      ...(written !== undefined && { allowsWrittenAdoption: true }),
      restToId: rest === 'no_meeting' ? null : rest,
      actions: Object.entries(form.fields).flatMap(([name, fate]) => {
        const actionId = NAMED.exec(name)?.[1];
        return actionId && fate ? [{ actionId, ...fateOf(fate) }] : [];
      }),
    };
    const { name } = await this.endings.end(id, toInput(EndMeetingDto, wanted), form.version, form.caller);
    return form.goOn(`/overleggen/${id}`, `${name} is gestopt.`);
  }
}

const fateOf = (chosen: string) =>
  chosen === 'no_meeting' || chosen === 'cancelled' ? { fate: chosen } : { fate: 'meeting', meetingId: chosen };

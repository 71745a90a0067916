import { Injectable } from '@nestjs/common';
import { goesOn } from '../meetings/meetings.rules.js';
import { wentUnheld } from '../meetings/sessions.rules.js';
import { isPermitted, isPermittedIn, permittedAreas } from '../platform/access/access.rules.js';
import { type Caller, ROLES_WITH_AREAS } from '../platform/access/caller.js';
import { Actions } from '../actions/actions.service.js';
import { Areas } from '../directory/areas/areas.service.js';
import { AREA_KIND_WORDS } from '../directory/words.js';
import { addDays, inDutch } from '../platform/common/calendar-date.js';
import { AreaLinks } from './area-links.service.js';
import { MinutesLists } from '../minutes/pages/minutes-lists.service.js';
import { Meetings } from '../meetings/meetings.service.js';
import { Sessions } from '../sessions/planning/sessions.service.js';
import type { SessionView } from '../meetings/sessions.dto.js';
import { QuarterlyResults } from '../wijkagenda/quarterly-results/quarterly-results.service.js';
import { toRow } from '../actions/pages/action-list.rules.js';

const MOST_AREAS = 200;
const SHOWN = 5;

/** The start page of an area: upcoming sessions, late actions, and links to everything else. */
@Injectable()
export class AreaPages {
  constructor(
    private readonly areas: Areas,
    private readonly actions: Actions,
    private readonly sessions: Sessions,
    private readonly meetings: Meetings,
    private readonly minutes: MinutesLists,
    private readonly links: AreaLinks,
    private readonly results: QuarterlyResults,
  ) {}

  /** The areas the caller is involved in; all areas if they may read all actions everywhere. */
  async own(caller: Caller) {
    const mine = new Set(ROLES_WITH_AREAS.flatMap((role) => caller.areaIds[role]));
    const isEverywhere = permittedAreas(caller, 'actions.read') === 'all';
    const { items } = await this.areas.list({ page: 1, pageSize: MOST_AREAS });
    return items
      .filter(({ id, mergedIntoId }) => (isEverywhere || mine.has(id)) && mergedIntoId === null)
      .map(({ id, name, kind }) => ({ id, name, kindName: AREA_KIND_WORDS[kind] }));
  }

  async start(id: string, caller: Caller) {
    const area = await this.areas.read(id);
    const into = area.mergedIntoId ? await this.areas.read(area.mergedIntoId) : null;
    const maySessions = isPermitted(caller, 'sessions.read');
    const readsAll = isPermittedIn(caller, 'actions.read', id);
    const [late, open, below, next, meetings, minutes, more, ready] = await Promise.all([
      this.actions.list({ area: id, overdue: true, page: 1, pageSize: SHOWN }, caller),
      this.actions.list({ area: id, open: true, page: 1, pageSize: 1 }, caller),
      this.areas.list({ parent: id, page: 1, pageSize: MOST_AREAS }),
      maySessions ? this.coming(id, caller) : [],
      maySessions ? this.meetings.list({ area: id, page: 1, pageSize: MOST_AREAS }, caller) : { items: [] },
      isPermitted(caller, 'minutes.read') ? this.minutes.of(id, caller, 1, 3) : { items: [] },
      this.links.of(id, caller),
      this.results.ready(caller, id),
    ]);
    return {
      title: area.name,
      ready,
      area: { id, name: area.name, kindName: AREA_KIND_WORDS[area.kind] },
      into: into && { id: into.id, name: into.name },
      formerNames: area.formerNames.map(({ name }) => name).join(', '),
      late: late.items.map((line) => toRow(line)),
      lateCount: late.total,
      moreLate: Math.max(0, late.total - late.items.length),
      openCount: open.total,
      readsAll,
      countsElsewhere: !readsAll && isPermittedIn(caller, 'koersoverzicht.read', id),
      below: below.items.map(({ id: belowId, name, kind, mergedIntoId }) => ({
        id: belowId,
        name,
        kindName: mergedIntoId === null ? AREA_KIND_WORDS[kind] : 'samengevoegd met dit gebied',
      })),
      sessions: next.map((session) => toSession(session, caller.today)),
      meetings: meetings.items
        .filter((meeting) => goesOn(meeting, caller.today))
        .map(({ id: meetingId, name }) => ({ id: meetingId, name })),
      minutes: minutes.items,
      more,
      maySeeMeetings: maySessions,
      mayWrite: into === null && isPermittedIn(caller, 'meetings.write', id),
    };
  }

  /** Open sessions, and those planned, of the last sixty days too if nobody opened them; earliest first. */
  private async coming(area: string, caller: Caller): Promise<SessionView[]> {
    const few = { area, page: 1, pageSize: SHOWN, sort: 'heldOn' };
    const [open, planned] = await Promise.all([
      this.sessions.list({ ...few, state: 'open' }, caller),
      this.sessions.list({ ...few, state: 'planned', from: addDays(caller.today, -60) }, caller),
    ]);
    return [...open.items, ...planned.items].slice(0, SHOWN);
  }
}

const toSession = (session: SessionView, today: string) => ({
  id: session.id,
  meetingName: session.meetingName,
  heldOn: inDutch(session.heldOn),
  startTime: session.startTime ?? '',
  place: session.place ?? '',
  isOpen: session.state === 'open',
  isPassed: wentUnheld(session, today),
});

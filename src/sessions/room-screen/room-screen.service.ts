import { Injectable } from '@nestjs/common';
import { Actions } from '../../actions/actions.service.js';
import type { ActionLine } from '../../actions/actions.views.js';
import { AgendaItemViews } from '../../meetings/agenda/agenda-item-views.service.js';
import { mustBePermittedAt } from '../../meetings/meetings.access.js';
import { asTheRoom } from '../../platform/access/as-the-room.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import type { Page } from '../../platform/common/paging.js';
import { Database } from '../../platform/database/database.js';
import { SessionStamps } from '../live/session-stamps.service.js';
import { everything } from '../pages/session-contents.service.js';
import { Sessions } from '../planning/sessions.service.js';
import { currentOf } from '../current-item/current-of.js';
import { sceneOf, toRoom } from './room-screen.rules.js';

/** The screen that everybody in the room can see. */
@Injectable()
export class RoomScreen {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly items: AgendaItemViews,
    private readonly actions: Actions,
    private readonly stamps: SessionStamps,
  ) {}

  /**
   * The screen, for those who write in the session; 404 or 403 for others. It is read without the caller's
   * organisations, so that it never shows anything confidential.
   */
  async of(id: string, caller: Caller) {
    const { version } = await this.stamps.of(id, caller);
    const session = await this.sessions.read(id, caller);
    mustBePermittedAt(caller, 'sessions.write', session, { id: session.meetingId, areaId: session.areaId });
    const current = await currentOf(this.database.reader, id, caller);
    const scene = sceneOf(session.state, current);
    const path = `/vergaderingen/${id}`;
    return {
      title: 'Scherm voor de zaal',
      isBare: true,
      isBeside: true,
      scripts: ['morphing.js', 'live.js'],
      path,
      state: session.state,
      live: scene === 'over' ? null : { version },
      meetingName: session.meetingName,
      day: inDutch(session.heldOn),
      ...{ isWaiting: scene === 'waiting', isOver: scene === 'over', isPrivate: scene === 'private' },
      isReview: scene === 'agreements',
      ...(await this.contents(
        id,
        scene === 'private' || scene === 'over' ? null : caller,
        current?.agendaItemId ?? null,
      )),
    };
  }

  private async contents(id: string, caller: Caller | null, currentId: string | null) {
    if (caller === null) return toRoom([], [], null, '');
    const room = asTheRoom(caller);
    const [items, actions] = await Promise.all([
      everything((paging) => this.items.list(id, paging, room)),
      everything((paging) => this.actions.listOfSession(id, paging, room) as Promise<Page<ActionLine>>),
    ]);
    return toRoom(items, actions, currentId, caller.today);
  }
}

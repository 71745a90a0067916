import { Injectable } from '@nestjs/common';
import { Actions } from '../../actions/actions.service.js';
import { askedOf } from '../../actions/discussions/asked-discussions.js';
import type { ActionLine } from '../../actions/actions.views.js';
import { AgendaItemViews } from '../../meetings/agenda/agenda-item-views.service.js';
import { mustBePermittedAt } from '../../meetings/meetings.access.js';
import { asTheRoom } from '../../platform/access/as-the-room.js';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/common/clock.js';
import { everything } from '../pages/session-contents.service.js';
import { Sessions } from '../planning/sessions.service.js';
import { tableSheetPdf } from './table-sheet-pdf.js';
import { toTableSheet } from './table-sheet.rules.js';

/**
 * Paper for the table: the agenda, the open actions of the meeting, and lines to write on. Actions to be discussed on
 * request come first, then those with the oldest deadline.
 */
@Injectable()
export class TableSheets {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly items: AgendaItemViews,
    private readonly actions: Actions,
    private readonly clock: Clock,
  ) {}

  /** For those who write in the session; 404 or 403 for others. It never contains anything confidential. */
  async of(id: string, caller: Caller): Promise<{ pdf: Buffer; heldOn: string }> {
    const session = await this.sessions.read(id, caller);
    mustBePermittedAt(caller, 'sessions.write', session, { id: session.meetingId, areaId: session.areaId });
    const room = asTheRoom(caller);
    const open = { meeting: session.meetingId, open: true, sort: 'dueOn' };
    const [items, actions] = await Promise.all([
      everything((paging) => this.items.list(id, paging, room)),
      this.actions.table({ ...open, page: 1, pageSize: 200 }, room) as Promise<ActionLine[]>,
    ]);
    const asked = await askedOf(
      this.database.reader,
      actions.map(({ id }) => id),
    );
    const sheet = toTableSheet(session, items, actions, asked, caller.today);
    return { pdf: await tableSheetPdf(sheet, this.clock.now()), heldOn: session.heldOn };
  }
}

import { Injectable } from '@nestjs/common';
import { Actions } from '../../actions/actions.service.js';
import type { ActionLine } from '../../actions/actions.views.js';
import type { Caller } from '../../platform/access/caller.js';
import type { Page, PagingDto } from '../../platform/common/paging.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import type { AttendanceView } from '../../meetings/attendance/attendances.dto.js';
import type { Membership } from '../desk/attendance-block.rules.js';
import { AgendaItemViews } from '../../meetings/agenda/agenda-item-views.service.js';
import { AttendanceLists } from '../../meetings/attendance/attendance-lists.service.js';
import { MinutesToAdopt } from '../../minutes/adoption/minutes-to-adopt.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import type { DiscussionView } from '../discussions.dto.js';
import { Discussions } from '../discussions.service.js';
import { OpeningUndo } from '../opening-undo.service.js';
import { currentOf } from '../current-item/current-of.js';

const MOST = { page: 1, pageSize: 200 };

/** Everything that belongs to a session, as visible to the caller. */
@Injectable()
export class SessionContents {
  constructor(
    private readonly database: Database,
    private readonly attendances: AttendanceLists,
    private readonly items: AgendaItemViews,
    private readonly discussions: Discussions,
    private readonly actions: Actions,
    private readonly adoptable: MinutesToAdopt,
    private readonly openingUndo: OpeningUndo,
  ) {}

  async of(session: SessionView, caller: Caller, { isAtTable, mayRun }: { isAtTable: boolean; mayRun: boolean }) {
    const attending = this.attendances.list(session, caller);
    const [attendances, memberships, agenda, discussed, recorded, adoptable, current] = await Promise.all([
      attending,
      mayRun ? attending.then(({ items }) => this.membershipsOf(session.id, items)) : [],
      everything((paging) => this.items.list(session, paging, caller)),
      everything<DiscussionView>((paging) => this.discussions.list(session, paging, caller)),
      everything((paging) => this.actions.listOfSession(session, paging, caller) as Promise<Page<ActionLine>>),
      isAtTable ? this.adoptable.list(session, MOST, caller) : { items: [] },
      mayRun ? currentOf(this.database.reader, session.id, caller) : undefined,
    ]);
    return { attendances, memberships, agenda, discussed, recorded, adoptable: adoptable.items, current };
  }

  /** The organisations each person can represent at the table, on the day of the session. */
  private membershipsOf(sessionId: string, items: readonly AttendanceView[]): Promise<Membership[]> {
    const params = new Params();
    const session = params.add(sessionId);
    const people = params.list(items.flatMap(({ personId }) => personId ?? []));
    return rows<Membership>(
      this.database.reader,
      `SELECT m."personId", o."id" AS "organisationId", o."name" FROM "sessions" s
       JOIN "memberships" m ON m."personId" IN (${people}) AND ${inForce('m', 's."heldOn"')}
       JOIN "organisations" o ON o."id" = m."organisationId"
       WHERE s."id" = ${session} ORDER BY natural_key(o."name"), o."id"`,
      params.values,
    );
  }

  /** What was recorded in an open session so far. */
  recordedIn(id: string, caller: Caller) {
    return this.openingUndo.recordedIn(this.database.reader, id, caller);
  }

  /** The current state of an item, for a user whose edit lost the race. */
  async item(id: string, caller: Caller) {
    const { notes, decision, state, version } = await this.items.one(this.database.reader, id, caller);
    return { notes: notes ?? '', decision: decision ?? '', state, version };
  }

  /** An action with its owner and deadline; null if the caller may not see these. */
  async action(id: string, caller: Caller) {
    const action = await this.actions.read(id, caller);
    return 'originalDueOn' in action ? action : null;
  }
}

/** All pages of a list. */
export async function everything<T>(read: (paging: PagingDto) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await read({ page, pageSize: MOST.pageSize });
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

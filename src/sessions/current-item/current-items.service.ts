import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, invalid } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { Params, row } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { lockSession, mustBePermittedAt, readableSession } from '../../meetings/meetings.access.js';
import { Session } from '../../meetings/session.entity.js';
import type { CurrentItemView, PutCurrentItemDto } from './current-items.dto.js';
import { CurrentItem } from './current-item.entity.js';
import { currentOf } from './current-of.js';
import { forgetCurrent } from './forget-current.js';
import { isOnAgendaSql } from '../../meetings/agenda/item-states.rules.js';

/**
 * The current item of an open session. The last request wins: it takes the version of the session, to ensure that this
 * is still open, but does not change it, so that it conflicts with nothing else in the session.
 */
@Injectable()
export class CurrentItems {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** The current item; 404 or 403 unless the caller writes in the session. */
  async read(sessionId: string, caller: Caller): Promise<CurrentItemView> {
    const { reader } = this.database;
    const session = await readableSession(reader, sessionId, caller);
    mustBePermittedAt(caller, 'sessions.write', session, { id: session.meetingId, areaId: session.areaId });
    const { agendaItemId = null, part = null } = (await currentOf(reader, sessionId, caller)) ?? {};
    return { agendaItemId, part, version: session.version };
  }

  /** Makes an item or a part the current one. 409 unless the session is open. */
  put(sessionId: string, input: PutCurrentItemDto, version: number, by: Caller): Promise<CurrentItemView> {
    const { agendaItemId = null, part = null } = input;
    if ((agendaItemId === null) === (part === null)) {
      throw invalid([{ field: 'agendaItemId', message: 'either agendaItemId or part is required' }]);
    }
    return this.changing(sessionId, version, by, async (manager) => {
      if (agendaItemId !== null) await mustBeTreatable(manager, sessionId, agendaItemId, by);
      await forgetCurrent(manager, sessionId);
      await manager.insert(CurrentItem, { sessionId, agendaItemId, part });
      return { agendaItemId, part, version };
    });
  }

  /** Clears the current item. 409 unless the session is open. */
  clear(sessionId: string, version: number, by: Caller): Promise<CurrentItemView> {
    return this.changing(sessionId, version, by, async (manager) => {
      await forgetCurrent(manager, sessionId);
      return { agendaItemId: null, part: null, version };
    });
  }

  private changing(
    id: string,
    version: number,
    by: Caller,
    change: (manager: EntityManager) => Promise<CurrentItemView>,
  ): Promise<CurrentItemView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, id, by);
      mustMatch(session, version);
      mustBeOpen(session);
      const view = await change(manager);
      await this.audit.record(manager, by, 'session.item_called', { type: 'session', id, areaId: meeting.areaId });
      return view;
    });
  }
}

function mustBeOpen({ state }: Session): void {
  if (state !== 'open') throw conflict('SESSION_NOT_OPEN', 'A session has a current item only while it is open.');
}

/** 400 for an item of another session, one that the caller may not know, and one that was not accepted. */
async function mustBeTreatable(manager: EntityManager, sessionId: string, itemId: string, by: Caller): Promise<void> {
  const params = new Params();
  const found = await row(
    manager,
    `SELECT i."id" FROM "agenda_items" i WHERE i."id" = ${params.add(itemId)} AND i."sessionId" = ${params.add(sessionId)}
       AND ${isOnAgendaSql('i')} AND ${knownTo(by, 'i', ITEM_PARTIES, params)}`,
    params.values,
  );
  if (found) return;
  throw invalid([{ field: 'agendaItemId', message: 'agendaItemId is not an accepted item of this session' }]);
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import type { Page, PagingDto } from '../platform/common/paging.js';
import { forbidden } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOf, Params, row } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { ActionReading } from './action-reading.service.js';
import type { CreateUpdateDto } from './history/action-updates.dto.js';
import {
  type EnteredUpdateView,
  toUpdateView,
  UPDATE_COLUMNS,
  UPDATE_JOINS,
  UPDATE_SHAPE,
  type UpdateRow,
  type UpdateView,
} from './history/action-updates.views.js';
import { ActionChanges } from './changes/action-changes.service.js';
import { auditEntriesOf } from './changes/change-audit.rules.js';

const ONE_UPDATE = `SELECT ${UPDATE_COLUMNS} FROM "action_updates" u ${UPDATE_JOINS} WHERE u."id" = $1`;

@Injectable()
export class ActionUpdates {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly changes: ActionChanges,
    private readonly reading: ActionReading,
    private readonly audit: Audit,
  ) {}

  /** The updates of an action in the order in which they happened, without rows that only reapply others. */
  async list(actionId: string, query: PagingDto, caller: Caller): Promise<Page<UpdateView>> {
    const action = await this.reading.read(actionId, caller);
    if (!('allowed' in action)) throw forbidden();
    const params = new Params();
    const where = `u."actionId" = ${params.add(actionId)} AND u."restatesId" IS NULL`;
    const page = await pageOf<UpdateRow>(
      this.database.reader,
      {
        select: UPDATE_COLUMNS,
        from: `"action_updates" u ${UPDATE_JOINS}`,
        where,
        orderBy: 'u."effectiveOn", u."sequence"',
        params,
        shape: UPDATE_SHAPE,
      },
      query,
    );
    return { ...page, items: page.items.map(toUpdateView) };
  }

  /** Enters an update; returns it with the action after it. */
  enter(actionId: string, input: CreateUpdateDto, by: Caller): Promise<EnteredUpdateView> {
    return this.transactions.run((manager) => this.enterWithin(manager, actionId, input, by), by.once);
  }

  /** The same inside the caller's transaction. */
  async enterWithin(
    manager: EntityManager,
    actionId: string,
    input: CreateUpdateDto,
    by: Caller,
  ): Promise<EnteredUpdateView> {
    const change = await this.changes.enter(manager, { by, action: { id: actionId }, update: input });
    await this.audit.recordAll(manager, by, auditEntriesOf(change));
    return this.view(manager, change.appended[0].row.id, actionId, by);
  }

  private async view(manager: EntityManager, id: string, actionId: string, by: Caller): Promise<EnteredUpdateView> {
    const update = await row<UpdateRow>(manager, ONE_UPDATE, [id], UPDATE_SHAPE);
    const action = await this.reading.view(manager, actionId, by);
    return { ...toUpdateView(update!), action, version: action.version };
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import { ActionChanges } from '../changes/action-changes.service.js';
import type { Outcome } from '../changes/change-request.js';
import { auditEntriesOf } from '../changes/change-audit.rules.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { toProblem } from '../../platform/server/problem.filter.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { BatchItemDto, BatchRow, BatchView } from './batches.dto.js';

/** The update of one action, and its author. */
export interface BatchEntry {
  actionId: string;
  version?: number;
  change: CreateUpdateDto;
  by: Caller;
}

/** Updates many actions at once: for users with dozens of actions, and for the page behind a mail. */
@Injectable()
export class Batches {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: ActionChanges,
    private readonly audit: Audit,
  ) {}

  /**
   * Enters all rows in one transaction: the accepted ones become visible at once, or none if the database fails. A row
   * rejected by the rules changes nothing and is returned with its problem; the others stand.
   */
  enter(items: readonly BatchItemDto[], by: Caller): Promise<BatchView> {
    const entries = items.map(({ actionId, version, ...change }) => ({ actionId, version, change, by }));
    return this.transactions.run((manager) => this.enterWithin(manager, entries), by.once);
  }

  /** The same for rows whose authors have different rights. */
  enterAll(entries: readonly BatchEntry[]): Promise<BatchView> {
    return this.transactions.run((manager) => this.enterWithin(manager, entries));
  }

  private async enterWithin(manager: EntityManager, entries: readonly BatchEntry[]): Promise<BatchView> {
    const inOrder = entries.toSorted((one, other) => (one.actionId < other.actionId ? -1 : 1));
    const outcomes = await this.changes.plan(
      manager,
      inOrder.map(({ actionId: id, version, change, by }) => ({ by, action: { id, version }, update: change })),
    );
    await this.changes.write(
      manager,
      outcomes.flatMap(({ change }) => change ?? []),
    );
    for (const [at, { change }] of outcomes.entries()) {
      if (change) await this.audit.recordAll(manager, inOrder[at].by, auditEntriesOf(change));
    }
    const items = entries.map((entry) => rowOf(entry.actionId, outcomes[inOrder.indexOf(entry)]));
    const updated = items.filter(({ result }) => result === 'updated').length;
    return { items, updated, refused: items.length - updated };
  }
}

function rowOf(actionId: string, { change, refusal }: Outcome): BatchRow {
  if (refusal) return { actionId, result: 'refused', updateId: null, version: null, problem: toProblem(refusal) };
  const { action, appended } = change;
  return { actionId, result: 'updated', updateId: appended[0].row.id, version: action.version, problem: null };
}

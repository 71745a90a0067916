import { HttpException, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller, Subject } from '../../platform/access/caller.js';
import type { CreateUpdateDto } from '../action-updates.dto.js';
import { ActionUpdates, type Appended } from '../action-updates.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { type Problem, toProblem } from '../../platform/common/problem.filter.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { BatchItemDto, BatchRow, BatchView } from './batches.dto.js';

/** What is said about one action, and by whom. */
export interface BatchEntry {
  actionId: string;
  version?: number;
  change: CreateUpdateDto;
  by: Caller;
}

/** Many actions answered at once: for who has sixty, and for the page behind a mail. */
@Injectable()
export class Batches {
  constructor(
    private readonly transactions: Transactions,
    private readonly updates: ActionUpdates,
    private readonly audit: Audit,
  ) {}

  /**
   * Enters each row in one transaction: all that is taken becomes visible at once, or nothing when the storage fails. A
   * row that the rules refuse changes nothing and comes back with its problem; the others stand.
   */
  enter(items: readonly BatchItemDto[], by: Caller): Promise<BatchView> {
    const entries = items.map(({ actionId, version, ...change }) => ({ actionId, version, change, by }));
    return this.transactions.run((manager) => this.enterWithin(manager, entries), by.once);
  }

  /** The same for rows that differ in what their sender may do. */
  enterAll(entries: readonly BatchEntry[]): Promise<BatchView> {
    return this.transactions.run((manager) => this.enterWithin(manager, entries));
  }

  private async enterWithin(manager: EntityManager, entries: readonly BatchEntry[]): Promise<BatchView> {
    const rows = new Map<BatchEntry, BatchRow>();
    const appended: { by: Caller; operation: string; subject: Subject }[] = [];
    // Actions are locked one by one: always in the same order, so that two batches do not wait for each other.
    const inLockingOrder = entries.toSorted((one, other) => (one.actionId < other.actionId ? -1 : 1));
    for (const entry of inLockingOrder) {
      const { actionId, by } = entry;
      const taken = await this.enterOne(manager, entry);
      if ('problem' in taken) {
        rows.set(entry, { actionId, result: 'refused', updateId: null, version: null, problem: taken.problem });
      } else {
        appended.push({ by, ...taken });
        rows.set(entry, { actionId, result: 'updated', updateId: taken.id, version: taken.version, problem: null });
      }
    }
    for (const { by, operation, subject } of appended) await this.audit.record(manager, by, operation, subject);
    const items = entries.map((entry) => rows.get(entry)!);
    return { items, updated: appended.length, refused: items.length - appended.length };
  }

  private async enterOne(
    manager: EntityManager,
    { actionId, version, change, by }: BatchEntry,
  ): Promise<Appended | { problem: Problem }> {
    try {
      return await this.updates.append(manager, actionId, change, by, version);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
      return { problem: toProblem(error) };
    }
  }
}

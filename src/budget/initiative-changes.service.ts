import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { budgetToChange } from './budget.access.js';
import type { Budget } from './budget.entity.js';
import { type ChangeVerb, InitiativeChange } from './initiative-change.entity.js';
import { Initiative } from './initiative.entity.js';

interface Change {
  verb: ChangeVerb;
  changed: Partial<Initiative>;
  /** The session that the change belongs to; that of the decision if omitted. */
  sessionId?: string | null;
}

/** The version that was read, and the session in which it is entered, if any. */
export interface Place {
  version: number;
  sessionId?: string;
}

export type Work = (manager: EntityManager, initiative: Initiative, budget: Budget) => Promise<Change>;

/** The single write path for initiatives: locks the row and its budget, and appends every state. */
@Injectable()
export class InitiativeChanges {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Locks the initiative and its budget; 404 if the caller may not read them, 403 if they may not change them. */
  make(id: string, place: Place, by: Caller, work: Work): Promise<Initiative> {
    return this.transactions.run((manager) => this.makeWithin(manager, id, place, by, work));
  }

  /** The same inside the caller's transaction. */
  async makeWithin(
    manager: EntityManager,
    id: string,
    { version, sessionId: table }: Place,
    by: Caller,
    work: Work,
  ): Promise<Initiative> {
    const initiative = await lockOne(manager, Initiative, id);
    const budget = await budgetToChange(manager, initiative.budgetId, by, table);
    mustMatch(initiative, version);
    const { verb, changed, sessionId } = await work(manager, initiative, budget);
    await updateRow(manager, Initiative, id, changed);
    const after = { ...initiative, ...changed };
    await this.append(manager, { initiative: after, verb, areaId: budget.areaId, sessionId }, by);
    return { ...after, version: version + 1 };
  }

  /** Appends the figures after a change, with its author and time. */
  async append(
    manager: EntityManager,
    change: { initiative: Initiative; verb: ChangeVerb; areaId: string; sessionId?: string | null },
    by: Caller,
  ): Promise<void> {
    const { initiative, verb, areaId } = change;
    const { id, state, requestedCents, grantedCents, spentCents, isAccountedFor, decidedOn } = initiative;
    await manager.insert(InitiativeChange, {
      ...{ id: newId(), initiativeId: id, verb, state, requestedCents, grantedCents, spentCents, isAccountedFor },
      ...{ decidedOn, sessionId: change.sessionId === undefined ? initiative.sessionId : change.sessionId },
      ...{ recordedById: asPerson(by).personId, recordedAt: this.clock.moment() },
    });
    await this.audit.record(manager, by, `initiative.${verb}`, { type: 'initiative', id, areaId });
  }
}

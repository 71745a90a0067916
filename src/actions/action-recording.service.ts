import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { dayInSession } from '../meetings/sessions.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Transactions } from '../platform/database/transactions.js';
import { ActionReading } from './action-reading.service.js';
import { ActionSessions } from './action-sessions.service.js';
import type { CreateActionDto, CreateSessionActionDto } from './actions.dto.js';
import type { ActionView } from './actions.views.js';
import { NewActions } from './changes/new-actions.service.js';
import type { SessionRef } from './changes/session-refs.rules.js';

/** Records actions, between sessions or in one. */
@Injectable()
export class ActionRecording {
  constructor(
    private readonly transactions: Transactions,
    private readonly fresh: NewActions,
    private readonly sessions: ActionSessions,
    private readonly reading: ActionReading,
    private readonly audit: Audit,
  ) {}

  /** Records an action between sessions; owner and deadline are required. */
  record(input: CreateActionDto, by: Caller): Promise<ActionView> {
    return this.transactions.run((manager) => this.recordWithin(manager, input, null, by.today, by), by.once);
  }

  /** Records an action in an open session, on the day of the session. */
  recordInSession(sessionId: string, input: CreateSessionActionDto, by: Caller): Promise<ActionView> {
    return this.transactions.run((manager) => this.recordAtTable(manager, sessionId, input, by), by.once);
  }

  /** The same inside the caller's transaction. */
  async recordAtTable(
    manager: EntityManager,
    sessionId: string,
    input: CreateSessionActionDto,
    by: Caller,
  ): Promise<ActionView> {
    const session = await this.sessions.openForWriting(manager, sessionId, by);
    return this.recordWithin(manager, input, session, dayInSession(session, by.today), by);
  }

  /** `recordedOn` is the day the action was agreed. */
  private async recordWithin(
    manager: EntityManager,
    input: CreateActionDto,
    session: SessionRef | null,
    recordedOn: string,
    by: Caller,
  ): Promise<ActionView> {
    const recorded = await this.fresh.record(manager, input, session, recordedOn, by);
    await this.audit.record(manager, by, 'action.recorded', { type: 'action', ...recorded });
    return this.reading.view(manager, recorded.id, by);
  }
}

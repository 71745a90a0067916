import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict } from '../../platform/common/problems.js';
import { execute } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { DispatchView } from './dispatch.dto.js';
import { Dispatch } from './dispatch.service.js';
import { MINUTES_HOLD, WAITING } from './waiting-minutes.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Minutes that are waiting to be sent, so that they can be held back. The wait is an outbox message that is never
 * mailed: when it is due, the minutes are sent in the transaction that claims it, by one instance, also after a
 * restart. It has no recipient, so it survives when the sender's account is erased.
 */
@Injectable()
@MakesMail([MINUTES_HOLD])
export class HeldMinutes implements MailKind {
  readonly isToNobody = true;

  constructor(
    private readonly transactions: Transactions,
    private readonly dispatch: Dispatch,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Sends after this many minutes, or immediately with 0. Errors as for `Dispatch.hold`. */
  send(sessionId: string, version: number, holdMinutes: number, by: Caller): Promise<DispatchView> {
    return this.transactions.run(async (manager) => {
      const { minutes, areaId } = await this.dispatch.hold(manager, sessionId, version, by);
      await execute(manager, `DELETE FROM "outgoing_messages" WHERE ${WAITING}`, [minutes.id]);
      if (holdMinutes === 0) return this.dispatch.sendWithin(manager, minutes, areaId, by);
      const now = this.clock.moment();
      await this.outbox.plan(manager, {
        ...{ kind: MINUTES_HOLD, dedupeKey: `${MINUTES_HOLD}:${minutes.id}:${now}`, address: '', personId: null },
        ...{ batchId: minutes.id, payload: { number: minutes.currentNumber, byId: asPerson(by).personId } },
        notBefore: later(now, holdMinutes * MINUTE_MS),
        expiresAt: later(now, DAY_MS),
      });
      await this.audit.record(manager, by, 'minutes.held', { type: 'minutes', id: minutes.id, areaId });
      return this.dispatch.view(manager, sessionId, by);
    });
  }

  /** Holds back minutes that are waiting; 409 `MINUTES_NOT_HELD` if none are, or if they are being sent. */
  stop(sessionId: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const { minutes, areaId } = await this.dispatch.hold(manager, sessionId, version, by);
      const stopped = await execute(manager, `DELETE FROM "outgoing_messages" WHERE ${WAITING}`, [minutes.id]);
      if (stopped === 0) throw conflict('MINUTES_NOT_HELD', 'These minutes are not waiting to be sent.');
      await this.audit.record(manager, by, 'minutes.held_back', { type: 'minutes', id: minutes.id, areaId });
    });
  }

  /** Sends the minutes, unless the session was reopened since; produces no mail of its own. */
  async make(manager: EntityManager, { batchId, personId, payload }: OutgoingMessage): Promise<null> {
    // One planned by an earlier release has its sender as the person.
    const by = { personId: (payload.byId as string | undefined) ?? personId, how: 'schedule' as const };
    await this.dispatch.sendDue(manager, batchId!, Number(payload.number), by);
    return null;
  }
}

const later = (from: string, ms: number): string => new Date(Date.parse(from) + ms).toISOString();

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { Database } from '../platform/database/database.js';
import { execute, Params, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { Event } from '../platform/events/event.entity.js';
import { HoldWatch } from '../platform/mail/hold-watch.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import { Webhook } from './webhook.entity.js';
import { type Answer, outcomeOf, pauseAfter, REASONS } from './webhooks.rules.js';

/** Longer than any attempt can take. */
const LEASE_SECONDS = 60;

type OfEvent = Pick<Event, 'kind' | 'areaId' | 'subjectId' | 'data' | 'at'>;
type OfWebhook = Pick<Webhook, 'url' | 'secretNumber' | 'rotatedAt'>;
/** A delivery claimed by this process, with what an attempt needs. */
export type Claimed = Pick<WebhookDelivery, 'id' | 'webhookId' | 'eventId' | 'attempts' | 'expiresAt'> &
  OfEvent &
  OfWebhook & { claimId: string };

const SHAPE = { ...shapeOf(Event), ...shapeOf(Webhook) };
/**
 * The webhook is active, and the event may be delivered: its record was not destroyed and is not confidential by now.
 */
const IS_WANTED = `EXISTS (SELECT 1 FROM "webhooks" w WHERE w."id" = d."webhookId" AND w."endedAt" IS NULL)
  AND EXISTS (SELECT 1 FROM "events" e WHERE e."id" = d."eventId" AND (e."kind" NOT LIKE 'action.%' OR EXISTS (
    SELECT 1 FROM "actions" a WHERE a."id" = e."subjectId" AND NOT a."isConfidential")))`;

/** Controls who may deliver an event: one claim at a time, with a lease by the clock of the database. */
@Injectable()
export class WebhookClaims {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly hold: HoldWatch,
  ) {}

  /** On SQLite one process owns the file, so earlier claims are void. */
  async voidEarlier(): Promise<void> {
    if (this.database.isShared) return;
    const sql = `UPDATE "webhook_deliveries" SET "state" = 'planned', "claimId" = NULL, "leaseUntil" = NULL
      WHERE "state" = 'claimed'`;
    await this.transactions.run((manager) => execute(manager, sql));
  }

  /** Claims up to `most` deliveries that are due, longest overdue first; none while they are held. */
  async next(most: number): Promise<Claimed[]> {
    if ((await this.due(this.database.reader, 1)).length === 0) return [];
    return this.transactions.run(async (manager) => {
      if (!(await this.hold.mayLeaveIn(manager))) return [];
      const due = await this.due(manager, most, this.database.dialect.forUpdateSkipLocked);
      return due.length === 0 ? [] : this.claim(manager, due);
    });
  }

  /** Records the outcome of an attempt, if the claim is still ours. */
  async record(delivery: Claimed, answer: Answer): Promise<void> {
    const now = this.clock.now();
    const attempts = delivery.attempts + 1;
    const { state, nextAttemptAt } = outcomeOf(answer, { ...delivery, attempts }, now);
    const deliveredAt = state === 'delivered' ? now.toISOString() : null;
    await this.transactions.run(async (manager) => {
      await execute(
        manager,
        `UPDATE "webhook_deliveries" SET "state" = $1, "attempts" = $2, "nextAttemptAt" = $3, "status" = CAST($4 AS integer),
           "reason" = CAST($5 AS varchar), "deliveredAt" = coalesce(CAST($6 AS varchar), "deliveredAt"), "claimId" = NULL,
           "leaseUntil" = NULL WHERE "id" = $7 AND "claimId" = $8`,
        [state, attempts, nextAttemptAt, answer.status, answer.reason, deliveredAt, delivery.id, delivery.claimId],
      );
      if (answer.status === null) await this.postpone(manager, delivery.webhookId, now);
    });
  }

  private async due(source: Source, most: number, locking = ''): Promise<string[]> {
    const found = await rows<{ id: string }>(
      source,
      `SELECT d."id" FROM "webhook_deliveries" d
       WHERE (d."state" IN ('planned', 'deferred') AND d."nextAttemptAt" <= $1)
         OR (d."state" = 'claimed' AND d."leaseUntil" < ${this.database.dialect.momentIn(0)})
       ORDER BY d."nextAttemptAt", d."id" LIMIT ${most}${locking}`,
      [this.clock.moment()],
    );
    return found.map(({ id }) => id);
  }

  private async claim(manager: EntityManager, due: readonly string[]): Promise<Claimed[]> {
    const params = new Params();
    const ids = params.list(due);
    await execute(
      manager,
      `UPDATE "webhook_deliveries" AS d SET "state" = 'skipped', "claimId" = NULL, "leaseUntil" = NULL,
         "reason" = '${REASONS.unwanted}' WHERE d."id" IN (${ids}) AND NOT (${IS_WANTED})`,
      params.values,
    );
    const claimId = newId();
    await execute(
      manager,
      `UPDATE "webhook_deliveries" SET "state" = 'claimed', "claimId" = ${params.add(claimId)},
         "leaseUntil" = ${this.database.dialect.momentIn(LEASE_SECONDS)} WHERE "id" IN (${ids}) AND "state" <> 'skipped'`,
      params.values,
    );
    return rows<Claimed>(
      manager,
      `SELECT d."id", d."webhookId", d."eventId", d."attempts", d."expiresAt", d."claimId", e."kind", e."areaId",
         e."subjectId", e."data", e."at", w."url", w."secretNumber", w."rotatedAt"
       FROM "webhook_deliveries" d JOIN "events" e ON e."id" = d."eventId" JOIN "webhooks" w ON w."id" = d."webhookId"
       WHERE d."claimId" = $1 ORDER BY d."id"`,
      [claimId],
      SHAPE,
    );
  }

  /**
   * Other deliveries to a receiver that did not answer wait as long as after a first attempt, so that they do not hold
   * up the rest.
   */
  private async postpone(manager: EntityManager, webhookId: string, now: Date): Promise<void> {
    const until = new Date(now.getTime() + pauseAfter(1) * 60_000).toISOString();
    await execute(
      manager,
      `UPDATE "webhook_deliveries" SET "nextAttemptAt" = $1
       WHERE "webhookId" = $2 AND "state" IN ('planned', 'deferred') AND "nextAttemptAt" < $1`,
      [until, webhookId],
    );
  }
}

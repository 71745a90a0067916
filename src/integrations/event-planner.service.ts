import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type ActionInEvent, actionEvent, eventColumns } from '../actions/changes/action-events.js';
import { LISTED } from '../actions/action-conditions.js';
import { isProvisional } from '../actions/history/as-of-session.js';
import { isOverdueSql } from '../actions/overdue.rules.js';
import { Areas } from '../directory/areas/areas.service.js';
import { dayOf } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { grouped } from '../platform/common/grouped.js';
import { newId } from '../platform/common/ids.js';
import { Database } from '../platform/database/database.js';
import { mailReleasedAt } from '../platform/mail/mail-hold.js';
import { execute, Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { insertRows } from '../platform/database/writes.js';
import type { Event } from '../platform/events/event.entity.js';
import { appendEvents } from '../platform/events/events.js';
import { HoldWatch } from '../platform/mail/hold-watch.js';
import { Webhook } from './webhook.entity.js';
import { expiryOf } from './webhooks.rules.js';

/** Enough for one short transaction. */
const MOST = 500;
const IS_WAITING = 'e."plannedAt" IS NULL';
type Subscription = Pick<Webhook, 'id' | 'areaId' | 'kinds' | 'createdAt'>;

/** Plans the deliveries of events, and appends those caused only by the passing of time. */
@Injectable()
export class EventPlanner {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly areas: Areas,
    private readonly clock: Clock,
    private readonly hold: HoldWatch,
  ) {}

  /** Plans the deliveries of all waiting events, one for each subscription to it; none while webhooks are held. */
  async planDeliveries(): Promise<void> {
    const sql = `SELECT 1 AS "one" FROM "events" e WHERE ${IS_WAITING} LIMIT 1`;
    if ((await row(this.database.reader, sql)) === undefined) return;
    while ((await this.transactions.run((manager) => this.planSome(manager))) === MOST);
  }

  /**
   * Appends an event for each action that is overdue today, once per action and deadline. Only actions that became
   * overdue since the first subscription count and, in a restored copy, since its release: the original delivered the
   * earlier ones.
   */
  async appendOverdue(): Promise<void> {
    if ((await this.beginOfOverdue(this.database.reader)) === undefined) return;
    await this.transactions.run(async (manager) => {
      if (!(await this.hold.mayLeaveIn(manager))) return;
      const began = await this.beginOfOverdue(manager);
      if (began === undefined) return;
      const released = await mailReleasedAt(manager);
      const since = dayOf(released !== null && released > began ? released : began);
      const late = await this.overdueSince(manager, since);
      await appendEvents(manager, this.clock.moment(), () =>
        late.map((action) => ({ ...actionEvent('action.overdue', action), dedupeKey: keyOf(action) })),
      );
    });
  }

  private overdueSince(manager: EntityManager, since: string): Promise<ActionInEvent[]> {
    const params = new Params();
    const today = params.add(this.clock.today());
    const first = params.add(since);
    const dueOn = this.database.dialect.dayText('a."dueOn"');
    return rows<ActionInEvent>(
      manager,
      `SELECT ${eventColumns(manager)} FROM "actions" a
       WHERE ${isOverdueSql('a', today)} AND ${LISTED} AND NOT a."isConfidential" AND NOT ${isProvisional('a')}
         AND (a."dueOn" >= ${first} OR a."recordedOn" >= ${first} OR a."resumeOn" >= ${first})
         AND NOT EXISTS (SELECT 1 FROM "events" e WHERE e."dedupeKey" = 'overdue ' || a."id" || ' ' || ${dueOn})
       ORDER BY a."dueOn", a."id" LIMIT ${MOST}`,
      params.values,
      { isWithdrawn: 'boolean' },
    );
  }

  private async planSome(manager: EntityManager): Promise<number> {
    if (!(await this.hold.mayLeaveIn(manager))) return 0;
    const waiting = await rows<Pick<Event, 'id' | 'kind' | 'areaId' | 'at'>>(
      manager,
      `SELECT e."id", e."kind", e."areaId", e."at" FROM "events" e WHERE ${IS_WAITING}
       ORDER BY e."id" LIMIT ${MOST}${this.database.dialect.forUpdateSkipLocked}`,
    );
    if (waiting.length === 0) return 0;
    const byArea = grouped(waiting, ({ areaId }) => areaId);
    const expiresAt = expiryOf(this.clock.now());
    const now = this.clock.moment();
    for (const { id: webhookId, areaId, kinds, createdAt } of await this.subscriptions(manager)) {
      const areas = await this.areas.idsBelow(areaId, this.clock.today(), manager);
      const wanted = areas
        .flatMap((id) => byArea.get(id) ?? [])
        .filter(({ kind, at }) => kinds.includes(kind) && at >= createdAt);
      const common = { webhookId, state: 'planned', plannedAt: now, nextAttemptAt: now, expiresAt, attempts: 0 };
      const planned = wanted.map(({ id }) => ({ id: newId(), eventId: id, ...common }));
      await insertRows(manager, 'webhook_deliveries', planned);
    }
    const params = new Params();
    const planned = params.add(now);
    const ids = params.list(waiting.map(({ id }) => id));
    await execute(manager, `UPDATE "events" SET "plannedAt" = ${planned} WHERE "id" IN (${ids})`, params.values);
    return waiting.length;
  }

  /** When the earliest subscription to overdue actions was made; undefined without one. */
  private async beginOfOverdue(source: Source): Promise<string | undefined> {
    const found = (await this.subscriptions(source)).filter(({ kinds }) => kinds.includes('action.overdue'));
    return found.map(({ createdAt }) => createdAt).sort()[0];
  }

  /** After a merger, a subscription is to the area that remains: new events are recorded there. */
  private subscriptions(source: Source): Promise<Subscription[]> {
    const sql = `SELECT w."id", coalesce(a."mergedIntoId", w."areaId") AS "areaId", w."kinds", w."createdAt"
      FROM "webhooks" w JOIN "areas" a ON a."id" = w."areaId" WHERE w."endedAt" IS NULL ORDER BY w."id"`;
    return rows<Subscription>(source, sql, [], shapeOf(Webhook));
  }
}

const keyOf = ({ id, dueOn }: ActionInEvent): string => `overdue ${id} ${dueOn}`;

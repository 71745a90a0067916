import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import type { Page } from '../platform/common/paging.js';
import { conflict, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { exists, pageOf, Params, row, type Source } from '../platform/database/rows.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import { Webhook } from './webhook.entity.js';
import type { DeliveryListDto, DeliveryView } from './webhooks.dto.js';
import { expiryOf } from './webhooks.rules.js';

const COLUMNS = `d."id", d."eventId", e."kind", e."subjectId", d."state", d."plannedAt", d."attempts", d."nextAttemptAt",
  d."status", d."reason", d."deliveredAt"`;
const FROM = '"webhook_deliveries" d JOIN "events" e ON e."id" = d."eventId"';

/** The deliveries of events to webhooks. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The deliveries of a webhook, newest first; 404 for an unknown webhook. */
  async list(webhookId: string, query: DeliveryListDto): Promise<Page<DeliveryView>> {
    if (!(await exists(this.database.reader, 'webhooks', webhookId))) throw notFound();
    const params = new Params();
    const where = [`d."webhookId" = ${params.add(webhookId)}`];
    if (query.state) where.push(`d."state" = ${params.add(query.state)}`);
    const orderBy = 'd."plannedAt" DESC, d."id" DESC';
    const asked = { select: COLUMNS, from: FROM, where: where.join(' AND '), orderBy, params };
    return pageOf<DeliveryView>(this.database.reader, asked, query);
  }

  /**
   * Delivers an event again, whatever its state; 404 for an unknown one, 409 during an attempt or once the webhook was
   * ended.
   */
  retry(webhookId: string, id: string, by: Caller): Promise<DeliveryView> {
    return this.transactions.run(async (manager) => {
      const { areaId, endedAt } = await lockOne(manager, Webhook, webhookId);
      if (endedAt !== null) throw conflict('WEBHOOK_ENDED', 'This subscription was ended.');
      const delivery = await lockOne(manager, WebhookDelivery, id);
      if (delivery.webhookId !== webhookId) throw notFound();
      if (delivery.state === 'claimed') throw conflict('DELIVERY_IN_PROGRESS', 'This event is being delivered now.');
      const now = this.clock.now();
      const again = { nextAttemptAt: now.toISOString(), expiresAt: expiryOf(now), reason: null };
      await manager.update(WebhookDelivery, id, { state: 'planned', attempts: 0, ...again });
      await this.audit.record(manager, by, 'webhook.event_retried', { type: 'webhook', id: webhookId, areaId });
      return view(manager, id);
    }, by.once);
  }
}

async function view(source: Source, id: string): Promise<DeliveryView> {
  return (await row<DeliveryView>(source, `SELECT ${COLUMNS} FROM ${FROM} WHERE d."id" = $1`, [id]))!;
}

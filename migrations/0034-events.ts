import type { TableOptions } from 'typeorm';
import { id, line, moment, reference, text, uuid, version, whole, count, column } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

/** Events, the subscriptions of other systems to them, and their outbox. */
export class CreateEvents1765000044000 extends CreateTables {
  override tables: TableOptions[] = [
    table('events', [
      id(),
      line(20, 'kind'),
      uuid('areaId, subjectId'),
      text('data'),
      moment('at'),
      line(100, 'dedupeKey?'),
      moment('plannedAt?'),
      unique('dedupeKey'),
      index('id', { name: 'events_waiting', where: '"plannedAt" IS NULL' }),
      index('plannedAt'),
    ]),
    table('webhooks', [
      id(),
      line(100, 'name'),
      line(500, 'url'),
      reference('areas', 'areaId'),
      text('kinds'),
      column('integer', 'secretNumber', { default: '1' }),
      moment('rotatedAt?, createdAt'),
      reference('people', 'createdById?'),
      moment('endedAt?'),
      version(),
      index('areaId', { name: 'webhooks_working', where: '"endedAt" IS NULL' }),
    ]),
    table('webhook_deliveries', [
      id(),
      reference('webhooks', 'webhookId'),
      reference('events', 'eventId'),
      line(20, 'state'),
      moment('plannedAt, nextAttemptAt, expiresAt'),
      uuid('claimId?'),
      moment('leaseUntil?'),
      count('attempts'),
      whole('status?'),
      line(200, 'reason?'),
      moment('deliveredAt?'),
      unique('webhookId, eventId'),
      index('state, nextAttemptAt, id', { name: 'webhook_deliveries_due' }),
      index('eventId'),
    ]),
  ];
}

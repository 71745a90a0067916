import { Entity, Index, Unique } from 'typeorm';
import { Event } from '../platform/events/event.entity.js';
import { Id, Line, Moment, OutboxColumns, Reference, Whole } from '../platform/database/columns.js';
import { Webhook } from './webhook.entity.js';

/** `dead`: given up. `skipped`: no longer to be delivered. */
export const DELIVERY_STATES = ['planned', 'claimed', 'delivered', 'deferred', 'dead', 'skipped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The delivery of one event to one webhook: a row of their outbox. */
@Entity('webhook_deliveries')
@Unique(['webhookId', 'eventId'])
@Index('webhook_deliveries_due', ['state', 'nextAttemptAt', 'id'])
@Index(['eventId'])
export class WebhookDelivery extends OutboxColumns {
  @Id()
  id: string;
  @Reference(() => Webhook)
  webhookId: string;
  @Reference(() => Event)
  eventId: string;
  @Line(20)
  state: DeliveryState;
  /** The HTTP status of the last response; null without one. */
  @Whole({ nullable: true })
  status: number | null;
  /** Why it was not delivered. */
  @Line(200, { nullable: true })
  reason: string | null;
  @Moment({ nullable: true })
  deliveredAt: string | null;
}

import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsFlagInQuery, IsId, IsLine, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { EVENT_KINDS, type EventKind } from '../platform/events/event.entity.js';
import { DELIVERY_STATES, type DeliveryState } from './webhook-delivery.entity.js';

export class CreateWebhookDto {
  /** What it is for, to recognise it in the list. */
  @IsLine(100)
  name: string;
  /** Where events are posted: an https URL on the public internet, without credentials. */
  @IsLine(500)
  url: string;
  /** Its events are those of this area and everything below it. */
  @IsId()
  areaId: string;
  /** The kinds of events to deliver. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(EVENT_KINDS.length)
  @ArrayUnique()
  @IsIn(EVENT_KINDS, { each: true })
  kinds: EventKind[];
}

/** Pending deliveries go to the new URL. */
export class ChangeWebhookDto extends PatchOf(CreateWebhookDto, { omittable: ['name', 'url', 'kinds'] }) {}

export class WebhookListDto extends PagingDto {
  /** Only subscriptions that have not ended. */
  @Omittable()
  @IsFlagInQuery()
  working?: boolean;
}

export class DeliveryListDto extends PagingDto {
  /** Only deliveries in this state. */
  @Omittable()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;
}

export interface WebhookView {
  id: string;
  name: string;
  /** @format uri */
  url: string;
  areaId: string;
  areaName: string;
  kinds: EventKind[];
  createdAt: string;
  /** When the previous secret was replaced; it also signs for another 24 hours. */
  rotatedAt: string | null;
  /** When it was ended; null if it was not. */
  endedAt: string | null;
  /** When an event was last delivered. */
  lastDeliveredAt: string | null;
  /** The number of deliveries waiting for an attempt. */
  waiting: number;
  /** The number of deliveries that were given up. */
  dead: number;
  version: number;
}

export type NewWebhook = WebhookView & {
  /** The secret, shown only here. */
  secret: string;
};

/** @schema WebhookDelivery */
export interface DeliveryView {
  id: string;
  /** The id of the event: the `webhook-id` of each attempt. */
  eventId: string;
  kind: EventKind;
  /** The id of the action, session or minutes it is about. */
  subjectId: string;
  state: DeliveryState;
  plannedAt: string;
  /** The number of attempts. */
  attempts: number;
  /** When it will be attempted again; meaningless once it was delivered, given up or skipped. */
  nextAttemptAt: string;
  /** The HTTP status of the last response; null without one. */
  status: number | null;
  /** Why it was not delivered. */
  reason: string | null;
  deliveredAt: string | null;
}

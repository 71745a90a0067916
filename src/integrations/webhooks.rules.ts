import { createHmac } from 'node:crypto';
import type { Event } from '../platform/events/event.entity.js';
import type { DeliveryState } from './webhook-delivery.entity.js';

/** How long the previous secret also signs, in hours. */
export const SECRET_OVERLAP_HOURS = 24;
/** How long delivery of an event is retried, in hours; after that it is dead. */
export const HOURS_TRIED = 72;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PAUSES_MINUTES = [1, 5, 30, 120, 360];
const GONE = 410;

/** Why a delivery failed or was skipped, as the API says it, if it is not an error of the connection. */
export const REASONS = {
  private: 'The address is not on the public internet.',
  late: 'No answer in time.',
  redirect: 'Redirects are not followed.',
  unwanted: 'No longer to be delivered.',
  ended: 'The subscription was ended.',
} as const;

/** The response to an attempt: its HTTP status, and the seconds it asked to wait (`Retry-After`); or why there was none. */
export interface Answer {
  status: number | null;
  reason: string | null;
  retryAfter?: number;
}

/** Minutes to wait after the n-th attempt: 1, 5, 30, 120, then six hours each time. */
export const pauseAfter = (attempts: number): number =>
  PAUSES_MINUTES[Math.min(Math.max(attempts, 1), PAUSES_MINUTES.length) - 1];

/**
 * The state of a delivery after its n-th attempt. A 2xx delivers; 410 gives up at once, because the receiver is gone (CloudEvents
 * webhooks, section 2.2); anything else is retried, not before the receiver asked for, until the delivery expires.
 */
export function outcomeOf(
  { status, retryAfter = 0 }: Answer,
  { attempts, expiresAt }: { attempts: number; expiresAt: string },
  now: Date,
): { state: Extract<DeliveryState, 'delivered' | 'deferred' | 'dead'>; nextAttemptAt: string } {
  const pauseMs = Math.max(pauseAfter(attempts) * MINUTE_MS, retryAfter * 1000);
  const nextAttemptAt = new Date(now.getTime() + Math.min(pauseMs, HOURS_TRIED * HOUR_MS)).toISOString();
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered', nextAttemptAt };
  return { state: status === GONE || nextAttemptAt > expiresAt ? 'dead' : 'deferred', nextAttemptAt };
}

/** When a delivery that is planned now expires. */
export const expiryOf = (now: Date): string => new Date(now.getTime() + HOURS_TRIED * HOUR_MS).toISOString();

/**
 * The secret of a webhook as Standard Webhooks writes it: `whsec_` and the key in base64. It is derived from the key of the
 * service and the number of the secret, and therefore not stored.
 */
export function secretOf(serviceKey: string, webhookId: string, number: number): string {
  return `whsec_${createHmac('sha256', serviceKey).update(`webhook ${webhookId} ${number}`).digest('base64')}`;
}

/** The numbers of the secrets that sign now, the current one first: after a rotation also the previous one. */
export function signingNumbers(secretNumber: number, rotatedAt: string | null, now: Date): number[] {
  const isOverlapping = rotatedAt !== null && now.getTime() - Date.parse(rotatedAt) < SECRET_OVERLAP_HOURS * HOUR_MS;
  return isOverlapping ? [secretNumber, secretNumber - 1] : [secretNumber];
}

/** `webhook-signature` of Standard Webhooks: HMAC-SHA256 over id, time (seconds since 1970) and body, once per secret. */
export function signatureOf(id: string, seconds: number, body: string, secrets: readonly string[]): string {
  const signed = `${id}.${seconds}.${body}`;
  return secrets
    .map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    .join(' ');
}

const PATHS: Record<Event['kind'], (event: Pick<Event, 'subjectId' | 'data'>) => string> = {
  'action.changed': ({ subjectId }) => `/v1/actions/${subjectId}`,
  'action.overdue': ({ subjectId }) => `/v1/actions/${subjectId}`,
  'session.closed': ({ subjectId }) => `/v1/sessions/${subjectId}`,
  'minutes.sent': ({ data }) => `/v1/sessions/${String(data.sessionId)}/minutes`,
};

/**
 * The event in the NL GOV profile for CloudEvents, in structured JSON. `dataref` is where authorised readers find the rest. The
 * source is a URN with the OIN of the municipality or, without one, the URL of the service.
 */
export function cloudEventOf(
  event: Pick<Event, 'id' | 'kind' | 'areaId' | 'subjectId' | 'data' | 'at'>,
  { OIN, PUBLIC_URL }: { OIN: string; PUBLIC_URL: string },
) {
  return {
    specversion: '1.0',
    id: event.id,
    source: OIN ? `urn:nld:oin:${OIN}:systeem:wijkagenda` : PUBLIC_URL,
    type: `nl.wijkagenda.${event.kind}`,
    subject: event.subjectId,
    time: event.at,
    datacontenttype: 'application/json',
    dataref: `${PUBLIC_URL}${PATHS[event.kind](event)}`,
    data: { areaId: event.areaId, ...event.data },
  };
}

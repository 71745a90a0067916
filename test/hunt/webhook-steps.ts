import { expect } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { IntegrationsScheduler } from '../../src/integrations/integrations.scheduler.js';
import { EVENT_KINDS } from '../../src/platform/events/event.entity.js';
import { changed, type Maker, type Memory } from './memory.js';
import type { Random } from './random.js';
import { type Actor, ask, inEach, plain, SECRET, type World } from './world.js';

/** Delivers what is due to the subscribed systems, which may all be out of order. */
export interface Ring {
  rings: 'working' | 'broken';
}

/** An event is delivered again, whatever came of it before. */
export interface Redelivery {
  who: Actor;
  redelivers: string;
  /** Index of the delivery, in the order of what they are about. */
  nth: number;
}

const FAILURES = 1000;

/** Delivers in one world. What arrives is signed, is not about anything confidential, and arrives once. */
export async function ring(world: World, how: Ring['rings']): Promise<void> {
  const { receiver } = world;
  if (how === 'broken') receiver.answers.push(...Array<number>(FAILURES).fill(500));
  await inEach(world, ({ app }) => app.get(IntegrationsScheduler).run());
  receiver.answers.length = 0;
  for (const { path, headers, body, event } of receiver.received.splice(0)) {
    expect(body).not.toContain(SECRET);
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const known = secretsOf(world, path.slice(1)).map((secret) => signatureOf(secret, signed));
    const given = String(headers['webhook-signature']).split(' ');
    expect([path, given.some((one) => known.includes(one))]).toEqual([path, true]);
    if (how === 'broken') continue;
    const once = `${path} ${event.id}`;
    expect([once, world.delivered.has(once)]).toEqual([once, false]);
    world.delivered.add(once);
    expect([once, world.bodies.get(once) ?? body]).toEqual([once, body]);
    world.bodies.set(once, body);
    world.events.push(plain(world, `${path} ${event.type} ${event.subject} ${JSON.stringify(event.data)}`));
  }
}

/** The present secret; after a restore it may be an earlier one. */
function secretsOf({ ids, secrets, releasedAt }: World, webhook: string): string[] {
  const all = secrets.get(ids.get(webhook)!) ?? [];
  return releasedAt === '' ? all.slice(-1) : all;
}

const signatureOf = (secret: string, signed: string): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};

/** Since the last comparison each world sent the same events, the twin too: none is about anything confidential. How many. */
export function sendsTheSame(all: readonly World[]): number {
  const [first, ...others] = all.map((world) => world.events.splice(0).sort());
  for (const other of others) expect(other).toEqual(first);
  return first.length;
}

interface Listed {
  id: string;
  eventId: string;
  kind: string;
  subjectId: string;
  plannedAt: string;
}

/** Asks for it in all worlds, and returns what came of it: the same in each. Next time it rings, it says the same again. */
export async function redeliver(worlds: readonly World[], step: Redelivery): Promise<string> {
  const outcomes: string[] = [];
  for (const world of worlds) outcomes.push(await redeliverIn(world, step));
  expect([step, outcomes]).toEqual([step, outcomes.map(() => outcomes[0])]);
  return outcomes[0];
}

async function redeliverIn(world: World, { who, redelivers, nth }: Redelivery): Promise<string> {
  const path = `/v1/webhooks/$${redelivers}/deliveries`;
  const { body } = await ask(world, { who: 'admin', method: 'get', path: `${path}?pageSize=200` });
  const keyOf = ({ kind, subjectId, plannedAt }: Listed) =>
    `${kind} ${world.names.get(subjectId)} ${plannedAt.slice(0, 13)}`;
  const listed = (body.items ?? []) as Listed[];
  const byKey = new Map(listed.map((one) => [keyOf(one), one]));
  // Of several about the same, it is not certain which was planned first.
  const keys = [...byKey.keys()].filter((key) => listed.filter((one) => keyOf(one) === key).length === 1).sort();
  if (keys.length === 0) return 'nothing delivered';
  const { id, eventId } = byKey.get(keys[nth % keys.length])!;
  const answer = await ask(world, { who, method: 'post', path: `${path}/${id}/attempts` });
  if (answer.status < 300) world.delivered.delete(`/${redelivers} ${eventId}`);
  return `delivered again ${answer.status} ${answer.status < 300 ? '' : String(answer.body.code)}`.trim();
}

const aWebhook = (random: Random, { webhooks }: Memory) =>
  `/v1/webhooks/$webhook${random.below(Math.max(1, webhooks))}`;
const someKinds = (random: Random) => EVENT_KINDS.filter((_, index) => index === 0 || random.is(0.6));

export const WEBHOOK_MAKERS: readonly [number, Maker][] = [
  [
    0.7,
    (random, memory) => {
      const [name, areaId] = [`webhook${memory.webhooks}`, `$area${random.below(2)}`];
      const body = { name, areaId, url: `$receiver/${name}`, kinds: someKinds(random) };
      return { who: 'admin', method: 'post', path: '/v1/webhooks', body, creates: name };
    },
  ],
  [0.2, (random, memory) => changed('admin', 'put', aWebhook(random, memory), '/ending')],
  [0.3, (random, memory) => changed('admin', 'patch', aWebhook(random, memory), '', { kinds: someKinds(random) })],
  [
    0.5,
    (random, memory) => ({
      who: random.of(['admin', 'chair']),
      method: 'post',
      path: `${aWebhook(random, memory)}/secrets`,
    }),
  ],
  [
    0.7,
    (random, { webhooks }) => ({
      who: random.of<Actor>(['admin', 'admin', 'chair', 'police']),
      redelivers: `webhook${random.below(Math.max(1, webhooks))}`,
      nth: random.below(200),
    }),
  ],
  [1.5, () => ({ rings: 'working' })],
  [0.5, () => ({ rings: 'broken' })],
];

import { expect } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { IntegrationsScheduler } from '../../src/integrations/integrations.scheduler.js';
import { EVENT_KINDS } from '../../src/platform/events/event.entity.js';
import { changed, type Maker, type Memory } from './memory.js';
import type { Random } from './random.js';
import { plain, SECRET, type World } from './world.js';

/** Delivers what is due to the subscribed systems, which may all be out of order. */
export interface Ring {
  rings: 'working' | 'broken';
}

const FAILURES = 1000;

/** Delivers in one world. What arrives is signed, is not about anything confidential, and arrives once. */
export async function ring(world: World, how: Ring['rings']): Promise<void> {
  const { receiver, t } = world;
  if (how === 'broken') receiver.answers.push(...Array<number>(FAILURES).fill(500));
  await t.app.get(IntegrationsScheduler).run();
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
  [1.5, () => ({ rings: 'working' })],
  [0.5, () => ({ rings: 'broken' })],
];

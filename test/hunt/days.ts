import { expect } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { loseAnswer } from './copies.js';
import { isHeardOf, isToldWhoDoesIt } from './invariants.js';
import type { Memory } from './memory.js';
import { mailsWhatTheyMayRead } from './readable.js';
import { sendsNoWeekTwice } from './restoring.js';
import { ring, sendsTheSame } from './webhook-steps.js';
import { ask, type Ask, askAll, inEach, setClock, type World } from './world.js';

/** The services a walk goes through, the last of which is the twin, and what it remembers. */
export interface Walked {
  worlds: readonly World[];
  twin: World;
  memory: Memory;
  count(what: string): void;
}

const allOf = ({ worlds, twin }: Walked): World[] => [...worlds, twin];

/** The moment of the steps of this day. */
export const stepsAt = (day: string): string => `${day}T09:00:00.000Z`;

/** While mail is held, no event leaves either. */
export async function ringOut(walked: Walked, how: 'working' | 'broken'): Promise<void> {
  for (const world of allOf(walked)) {
    await ring(world, how);
    if (walked.memory.isHeld) expect(world.events).toEqual([]);
  }
  walked.count(`delivered, ${how}`);
}

/**
 * Moves on to this day, and on a Monday sends the digests. The steps of that day are an hour later: a link in a mail
 * expires to the millisecond, and must not do so while it is requested.
 */
export async function comeTo(walked: Walked, day: string): Promise<void> {
  const { memory, worlds } = walked;
  const all = allOf(walked);
  memory.today = day;
  const isMonday = new Date(`${day}T12:00:00Z`).getUTCDay() === 1;
  for (const world of all) setClock(world, `${day}T08:00:00.000Z`);
  const digest: Ask = { who: 'admin', method: 'post', path: '/v1/digests' };
  const before = new Map(all.map((world) => [world, world.mailbox.messages.length]));
  loseAnswers(walked, day);
  if (isMonday) for (const world of all) await ask(world, digest);
  for (const world of all) await inEach(world, ({ app }) => app.get(Delivery).deliverDue());
  // On a busy machine the first response may come before the last mail is sent; this one comes after all of them.
  if (isMonday) await askAll(worlds, digest);
  await ringOut(walked, 'working');
  if (sendsTheSame(all) > 0) walked.count('the same events');
  for (const world of all) setClock(world, stepsAt(day));
  for (const { client } of all) {
    const { status } = await client({ method: 'GET', path: '/v1/public/wijkagendas' });
    expect(status).toBe(memory.isHeld ? 503 : 200);
  }
  if (memory.isHeld) {
    for (const world of all) expect(world.mailbox.messages.length).toBe(before.get(world));
    return;
  }
  for (const world of all) await mailsWhatTheyMayRead(world);
  if (isMonday) for (const world of worlds) await isHeardOf(world, before.get(world)!);
  for (const world of worlds) await isToldWhoDoesIt(world);
  for (const world of all) {
    sendsNoWeekTwice(world, before.get(world)!, day);
    world.mailsOn.set(day, world.mailbox.messages.length);
  }
}

/** Every other day the mail server is not heard when it accepts a mail to one of those who were mailed before. */
function loseAnswers(walked: Walked, day: string): void {
  const { memory, twin } = walked;
  const known = new Set(twin.mailbox.messages.map(({ to }) => to).filter((to) => !to.startsWith('zorg@')));
  const date = Number(day.slice(8));
  if (memory.isHeld || known.size === 0 || date % 2 === 1) return;
  const address = [...known].sort()[(date / 2) % known.size];
  for (const world of allOf(walked)) loseAnswer(world, address);
  walked.count('an answer of the mail server lost');
}

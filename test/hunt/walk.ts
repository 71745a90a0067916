import { expect } from '@jest/globals';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { retentionLines } from '../../src/maintenance.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { DatabaseKind } from '../support/app.js';
import {
  areGone,
  isHeardOf,
  isInTheMinutes,
  isMailedTheSame,
  isOnceAtTheTable,
  isToldWhoDoesIt,
  tellsOutsidersNothing,
  verifies,
} from './invariants.js';
import {
  exportsWhatItLists,
  isAsItsHistory,
  keepsCalendarsClean,
  loseAnswer,
  mailsNothingTwice,
  traceOf,
} from './copies.js';
import { answerByMail, openFromMail } from './mail-steps.js';
import { COUNTED, emptyMemory, type Memory, type Step, type Turn } from './memory.js';
import { looksTheSame } from './pages.js';
import { Random } from './random.js';
import { copyOf, type Copy, putBack, release, sendsNoWeekTwice } from './restoring.js';
import type { Removal } from './removal-steps.js';
import { addsUp, isWithWhoIsThere, leadsSomewhere, staysAsFrozen } from './sums.js';
import { nextStep } from './steps.js';
import { treat } from './treating.js';
import { undo } from './undo-steps.js';
import { redeliver, ring, sendsTheSame } from './webhook-steps.js';
import {
  type Actor,
  type Answer,
  ask,
  type Ask,
  askAll,
  comparable,
  inEach,
  OUTSIDERS,
  SECRET,
  setClock,
  START,
  startWorld,
  type World,
} from './world.js';

/** How often the slower checks are run. */
const EVERY = 25;

/** A random walk through services on these databases, and through a twin in which nothing is ever confidential. */
export class Walk {
  /** The number of requests by kind and response. */
  readonly counts = new Map<string, number>();
  readonly trail: string[] = [];
  private readonly random: Random;
  private memory = emptyMemory(START.slice(0, 10));
  private copies: { memory: Memory; all: Copy[] } | undefined;
  /** The remaining parts of a step. */
  private ahead: Turn[] = [];
  private worlds: World[] = [];
  private twin: World;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  async start(kinds: readonly DatabaseKind[]): Promise<void> {
    for (const kind of kinds) this.worlds.push(await startWorld(kind));
    this.twin = await startWorld('sqlite');
    // One that is started again for a back-up is at this hour too.
    for (const world of this.all) setClock(world, this.now);
  }

  /** Takes some steps; throws as soon as an invariant is violated. */
  async take(steps: number): Promise<void> {
    for (let n = 1; n <= steps; n += 1) {
      const step = this.next();
      this.trail.push(JSON.stringify(step));
      await this.carryOut(step);
      const [, session] = /\/sessions\/\$(session\d+)/.exec('path' in step ? step.path : '') ?? [];
      for (const world of this.worlds) {
        await isOnceAtTheTable(world);
        if (session) await isInTheMinutes(world, session);
      }
      if (n % EVERY !== 0) continue;
      await this.lookAround([OUTSIDERS[(n / EVERY) % OUTSIDERS.length]]);
      await looksTheSame(this.worlds, this.twin, n / EVERY);
    }
    await this.lookAround(OUTSIDERS);
  }

  /** The slower checks. */
  private async lookAround(outsiders: readonly Actor[]): Promise<void> {
    for (const world of this.worlds) {
      await isInTheMinutes(world);
      await verifies(world);
      await addsUp(world);
      await leadsSomewhere(world);
      await isWithWhoIsThere(world);
      await staysAsFrozen(world);
      await isAsItsHistory(world);
      mailsNothingTwice(world);
      for (const who of [...outsiders, 'care'] as const) await exportsWhatItLists(world, this.twin, who);
      for (const who of outsiders) await keepsCalendarsClean(world, this.twin, who);
    }
    await tellsOutsidersNothing(this.worlds, this.twin, outsiders);
    isMailedTheSame(this.worlds[0], this.twin);
  }

  private next(): Step {
    let step: Step | undefined;
    while (!step) {
      if (this.ahead.length === 0) this.ahead = [nextStep(this.random, this.memory)].flat();
      const turn = this.ahead.shift()!;
      step = typeof turn === 'function' ? turn(this.random, this.memory) : turn;
    }
    return step;
  }

  async stop(): Promise<void> {
    for (const { stops, mailbox, receiver } of this.all) {
      for (const stop of stops.reverse()) await stop();
      receiver.stop();
      await mailbox.stop();
    }
  }

  private get all(): World[] {
    return [...this.worlds, this.twin];
  }

  private async carryOut(step: Step): Promise<void> {
    if ('copy' in step) return this.restoring[step.copy]();
    if ('retains' in step) return this.retain();
    if ('treats' in step) return treat(this.all, step.treats);
    if ('until' in step) return this.comeTo(step.until);
    if ('rings' in step) return this.ring(step.rings);
    if ('redelivers' in step) return this.count(await redeliver(this.all, step));
    if ('undoes' in step) return this.count(await undo(this.all, step));
    if ('opens' in step) return this.count(await openFromMail(this.all, step));
    if ('days' in step) {
      for (let n = 0; n < step.days; n += 1) await this.comeTo(addDays(this.memory.today, 1));
    } else if ('by' in step) {
      const taken: number[] = [];
      for (const world of this.all) taken.push(await answerByMail(world, step));
      this.count(`mail ${taken[0]}`);
      expect(taken.slice(0, -1)).toEqual(taken.slice(0, -1).map(() => taken[0]));
    } else if ('words' in step) await this.remove(step);
    else {
      this.count(`${step.method} ${routeOf(step)} ${outcomeOf(await this.ask(step))}`);
    }
  }

  /** While mail is held, no event leaves either. */
  private async ring(how: 'working' | 'broken'): Promise<void> {
    for (const world of this.all) {
      await ring(world, how);
      if (this.memory.isHeld) expect(world.events).toEqual([]);
    }
    this.count(`delivered, ${how}`);
  }

  private async ask(step: Ask): Promise<Answer> {
    const before = await Promise.all(this.worlds.map(traceOf));
    const answer = await askAll(this.worlds, step);
    // Reading what is confidential is logged, also by the request for its ETag.
    if (answer.status >= 400 && step.who !== 'care')
      expect([step, await Promise.all(this.worlds.map(traceOf))]).toEqual([step, before]);
    const isSecret = JSON.stringify(step.body ?? '').includes(SECRET);
    const there = isSecret ? undefined : await ask(this.twin, step);
    if (there && step.who !== 'care') {
      expect([step, outcomeOf(answer)]).toEqual([step, outcomeOf(there)]);
      // The twin has no id to repeat for what is confidential.
      const names = JSON.stringify(step).match(/\$[a-z]+\d+/g) ?? [];
      if (!names.some((one) => this.memory.secrets.has(one.slice(1))))
        expect([step, comparable(this.worlds[0], answer)]).toEqual([step, comparable(this.twin, there)]);
    }
    remember(this.memory, step, answer);
    return answer;
  }

  /** Redacted words are gone in each world. */
  private async remove({ words, item, ...step }: Removal): Promise<void> {
    const path = `/v1/agenda-items/$${item}`;
    const found = item ? (await ask(this.worlds[0], { who: 'chair', method: 'get', path })).body.number : undefined;
    const passages = item ? { ground: 'Artikel 5.1', passages: [{ item: String(found), words: words[0] }] } : step.body;
    const answer = await this.ask({ ...step, body: passages });
    this.count(`${step.method} ${routeOf(step)} ${outcomeOf(answer)}`);
    if (answer.status !== 200) return;
    this.memory.notes = this.memory.notes.filter(({ word }) => !words.includes(word));
    for (const world of this.all) await areGone(world, words);
  }

  /**
   * Moves on to this day, and on a Monday sends the digests. The steps of that day are an hour later: a link in a mail
   * expires to the millisecond, and must not do so while it is requested.
   */
  private async comeTo(day: string): Promise<void> {
    this.memory.today = day;
    const isMonday = new Date(`${day}T12:00:00Z`).getUTCDay() === 1;
    for (const world of this.all) setClock(world, `${day}T08:00:00.000Z`);
    const digest: Ask = { who: 'admin', method: 'post', path: '/v1/digests' };
    const before = new Map(this.all.map((world) => [world, world.mailbox.messages.length]));
    this.loseAnswers(day);
    if (isMonday) for (const world of this.all) await ask(world, digest);
    for (const world of this.all) await inEach(world, ({ app }) => app.get(Delivery).deliverDue());
    // On a busy machine the first response may come before the last mail is sent; this one comes after all of them.
    if (isMonday) await askAll(this.worlds, digest);
    await this.ring('working');
    if (sendsTheSame(this.all) > 0) this.count('the same events');
    for (const world of this.all) setClock(world, this.now);
    if (this.memory.isHeld) {
      for (const world of this.all) expect(world.mailbox.messages.length).toBe(before.get(world));
      return;
    }
    if (isMonday) for (const world of this.worlds) await isHeardOf(world, before.get(world)!);
    for (const world of this.worlds) await isToldWhoDoesIt(world);
    for (const world of this.all) {
      sendsNoWeekTwice(world, before.get(world)!, day);
      world.mailsOn.set(day, world.mailbox.messages.length);
    }
  }

  /** Every other day the mail server is not heard when it accepts a mail to one of those who were mailed before. */
  private loseAnswers(day: string): void {
    const known = new Set(this.twin.mailbox.messages.map(({ to }) => to).filter((to) => !to.startsWith('zorg@')));
    const date = Number(day.slice(8));
    if (this.memory.isHeld || known.size === 0 || date % 2 === 1) return;
    const address = [...known].sort()[(date / 2) % known.size];
    for (const world of this.all) loseAnswer(world, address);
    this.count('an answer of the mail server lost');
  }

  /** What is past its retention period is destroyed. */
  private async retain(): Promise<void> {
    for (const { t } of this.all) await retentionLines(t.database, t.settings, t.clock, true);
    this.count('retention');
  }

  private async copy(): Promise<void> {
    this.memory.hasCopy = true;
    const all: Copy[] = [];
    for (const world of this.all) all.push(await copyOf(world, this.now));
    this.copies = { memory: structuredClone(this.memory), all };
    this.count('back-up');
  }

  private async goBack(): Promise<void> {
    const { memory, all } = this.copies!;
    for (const world of this.all) world.events.length = 0;
    for (const copy of all) {
      await putBack(copy, this.now);
      await verifies(copy.of);
    }
    const { today, words } = this.memory;
    this.memory = { ...memory, today, words, hasCopy: false, isHeld: true };
    this.copies = undefined;
    this.count('put back');
  }

  private async release(): Promise<void> {
    for (const world of this.all) {
      const before = world.mailbox.messages.length;
      await release(world, this.now);
      sendsNoWeekTwice(world, before, this.memory.today);
    }
    this.memory.isHeld = false;
    this.count('released');
  }

  private readonly restoring = {
    make: () => this.copy(),
    'put back': () => this.goBack(),
    release: () => this.release(),
  };

  private get now(): string {
    return `${this.memory.today}T09:00:00.000Z`;
  }

  private count(what: string): void {
    this.trail.push(`  ${what}`);
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

const routeOf = ({ path }: Ask): string => path.replaceAll(/\$[a-z0-9-]+/g, '*');

const outcomeOf = ({ status, body }: Answer): string => `${status} ${status < 300 ? '' : body.code}`.trim();

function remember(memory: Memory, { path, creates, body, method }: Ask, { status }: Answer): void {
  const noun = COUNTED.find((one) => status === 201 && creates?.startsWith(one));
  if (noun) memory[`${noun}s`] += 1;
  const { notes, isConfidential } = (body ?? {}) as { notes?: string; isConfidential?: boolean };
  if (status === 201 && isConfidential) memory.secrets.add(creates!);
  const word = /bewoner\d+x/.exec(notes ?? '')?.[0];
  if (word && status === 200) {
    const item = /\$(item\d+)/.exec(path)![1];
    memory.notes = memory.notes.filter((note) => note.item !== item);
    memory.notes.push({ item, session: memory.sessionOf.get(item)!, word });
    memory.words += 1;
  }
  const [, session, state] = /^\/v1\/sessions\/\$(session\d+)\/(.+)$/.exec(path) ?? [];
  if (creates?.startsWith('item') && status === 201) memory.sessionOf.set(creates, session);
  if (status !== 200) return;
  if (state === 'minutes/dispatch') memory.sent.add(session);
  if (method === 'delete' && state === 'opening') memory.open.delete(session);
  if (method === 'delete') return;
  if (!/^(opening|closing|reopening)$/.test(state)) return;
  const [to, from] = state === 'closing' ? [memory.closed, memory.open] : [memory.open, memory.closed];
  from.delete(session);
  memory.sent.delete(session);
  to.add(session);
}

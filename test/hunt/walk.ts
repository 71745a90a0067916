import { expect } from '@jest/globals';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { retentionLines } from '../../src/maintenance.js';
import type { DatabaseKind } from '../support/app.js';
import {
  areGone,
  isInTheMinutes,
  isMailedTheSame,
  isOnceAtTheTable,
  tellsOutsidersNothing,
  verifies,
} from './invariants.js';
import { exportsWhatItLists, isAsItsHistory, keepsCalendarsClean, mailsNothingTwice, traceOf } from './copies.js';
import { comeTo, ringOut, stepsAt, type Walked } from './days.js';
import { answerByMail, openFromMail } from './mail-steps.js';
import { COUNTED, emptyMemory, type Memory, type Step, type Turn } from './memory.js';
import { mailsWhatTheyMayRead } from './readable.js';
import { seesItsRights } from './rights-steps.js';
import { looksTheSame } from './pages.js';
import { Random } from './random.js';
import { copyOf, type Copy, putBack, release, sendsNoWeekTwice } from './restoring.js';
import type { Removal } from './removal-steps.js';
import { addsUp, isWithWhoIsThere, leadsSomewhere, staysAsFrozen } from './sums.js';
import { nextStep } from './steps.js';
import { treat } from './treating.js';
import { undo } from './undo-steps.js';
import { redeliver } from './webhook-steps.js';
import {
  type Actor,
  type Answer,
  ask,
  type Ask,
  askAll,
  comparable,
  OUTSIDERS,
  SECRET,
  setClock,
  START,
  startWorld,
  type World,
} from './world.js';

/** Steps that change rights. */
const RIGHTS = /grant|membership|chairId|secretaryId|merger|"(days|until|copy)"/;

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
        await mailsWhatTheyMayRead(world);
        if (session) await isInTheMinutes(world, session);
        if (RIGHTS.test(JSON.stringify(step))) await seesItsRights(world);
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
      await seesItsRights(world);
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
    if ('until' in step) return comeTo(this.walked, step.until);
    if ('rings' in step) return ringOut(this.walked, step.rings);
    if ('redelivers' in step) return this.count(await redeliver(this.all, step));
    if ('undoes' in step) return this.count(await undo(this.all, step));
    if ('opens' in step) return this.count(await openFromMail(this.all, step));
    if ('days' in step) {
      for (let n = 0; n < step.days; n += 1) await comeTo(this.walked, addDays(this.memory.today, 1));
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
    return stepsAt(this.memory.today);
  }

  private get walked(): Walked {
    const { worlds, twin, memory } = this;
    return { worlds, twin, memory, count: (what) => this.count(what) };
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

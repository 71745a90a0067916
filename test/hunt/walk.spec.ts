import { expect, it } from '@jest/globals';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { databasesNow } from '../support/app.js';
import {
  isHeardOf,
  isInTheMinutes,
  isOnceAtTheTable,
  isTheSameWithoutTheSecret,
  tellsOutsidersNothing,
  verifies,
} from './invariants.js';
import { Random } from './random.js';
import { type Memory, nextStep } from './steps.js';
import { answerByMail, type Ask, ask, askAll, SECRET, START, startWorld, type World } from './world.js';

const SEED = Number(process.env.HUNT_SEED ?? 20260602);
const STEPS = Number(process.env.HUNT_STEPS ?? 150);
/** How often what takes longer is asked. */
const EVERY = 25;

async function advance(worlds: readonly World[], twin: World, memory: Memory, days: number): Promise<void> {
  for (let n = 0; n < days; n += 1) {
    memory.today = addDays(memory.today, 1);
    const isMonday = new Date(`${memory.today}T12:00:00Z`).getUTCDay() === 1;
    for (const { t } of [...worlds, twin]) t.clock.set(`${memory.today}T08:00:00.000Z`);
    const before = worlds.map(({ mailbox }) => mailbox.messages.length);
    const digest: Ask = { who: 'admin', method: 'post', path: '/v1/digests' };
    if (isMonday) await askAll(worlds, digest);
    if (isMonday) await ask(twin, digest);
    for (const { t } of [...worlds, twin]) await t.app.get(Delivery).deliverDue();
    if (isMonday) for (const [n, world] of worlds.entries()) await isHeardOf(world, before[n]);
  }
}

it(
  `holds what must hold after each of ${STEPS} random steps, alike on both databases (seed ${SEED})`,
  async () => {
    const worlds: World[] = [];
    for (const kind of databasesNow()) worlds.push(await startWorld(kind));
    // Lives through the same, but for what is confidential.
    const twin = await startWorld('sqlite');
    const random = new Random(SEED);
    const memory: Memory = {
      ...{ today: START.slice(0, 10), actions: 0, sessions: 0, items: 0, organisations: 0, persons: 0 },
      ...{ open: new Set(), closed: new Set() },
    };
    const statuses = new Map<string, number>();
    const trail: string[] = [];
    try {
      for (let n = 1; n <= STEPS; n += 1) {
        const step = nextStep(random, memory);
        trail.push(JSON.stringify(step));
        if ('days' in step) {
          await advance(worlds, twin, memory, step.days);
        } else if ('by' in step) {
          const taken: number[] = [];
          for (const world of [...worlds, twin]) taken.push(await answerByMail(world, step));
          trail.push(`  ${taken[0]}`);
          statuses.set(`mail ${taken[0]}`, (statuses.get(`mail ${taken[0]}`) ?? 0) + 1);
          expect(taken.slice(0, -1)).toEqual(taken.slice(0, -1).map(() => taken[0]));
        } else {
          const { status } = await askAll(worlds, step);
          if (!JSON.stringify(step.body ?? '').includes(SECRET)) await ask(twin, step);
          trail.push(`  ${status}`);
          const route = `${step.method} ${step.path.replaceAll(/\$[a-z0-9-]+/g, '*')} ${status}`;
          statuses.set(route, (statuses.get(route) ?? 0) + 1);
          remember(memory, step.path, status, step.creates);
        }
        for (const world of worlds) {
          await isOnceAtTheTable(world);
          await isInTheMinutes(world);
          if (n % EVERY === 0) {
            await tellsOutsidersNothing(world);
            await verifies(world);
          }
        }
        if (n % EVERY === 0) await isTheSameWithoutTheSecret(worlds[0], twin);
      }
    } catch (error) {
      throw new Error(`seed ${SEED}, step ${trail.length}:\n${trail.slice(-14).join('\n')}`, { cause: error });
    }
    if (process.env.HUNT_STEPS)
      process.stdout.write(
        `${[...statuses]
          .sort()
          .map((one) => one.join(': '))
          .join('\n')}\n`,
      );
    expect(memory.actions).toBeGreaterThan(0);
  },
  Math.max(120_000, STEPS * 500),
);

function remember(memory: Memory, path: string, status: number, creates?: string): void {
  if (status === 201 && creates) {
    const noun = creates.replace(/\d+$/, '');
    memory[`${noun}s` as 'actions' | 'sessions' | 'items' | 'organisations' | 'persons'] += 1;
  }
  const [, session, state] = /^\/v1\/sessions\/\$(session\d+)\/(opening|closing|reopening)$/.exec(path) ?? [];
  if (!session || status !== 200) return;
  const [to, from] = state === 'closing' ? [memory.closed, memory.open] : [memory.open, memory.closed];
  from.delete(session);
  to.add(session);
}

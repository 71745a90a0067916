import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseKind } from '../support/app.js';
import type { Pace } from '../support/mailbox.js';
import { IN_FLIGHT, type Plan, Round } from './round.js';

/** By hand hundreds (`npm run test:crash -- --rounds 200`); in CI one of each kind. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 1);
const SLOW: Pace = { answerMs: 40, dotMs: 150 };
const INSTANT: Pace = { answerMs: 0, dotMs: 0 };
const LONGEST_MS = 120_000;
/** Limits that a busy machine does not reach by itself. */
const UNHURRIED = { MAIL_ATTEMPT_SECONDS: '30', MAIL_LEASE_SECONDS: '40' };

let round: Round;
afterEach(() => round?.clear());

const begin = async (plan: Plan) => {
  round = await Round.prepare(plan);
  await round.start();
  await round.untilDue();
  round.ring();
};
const random = (longestMs: number) => sleep(Math.random() * longestMs);

const settle = async () => {
  const messages = await round.finish();
  expect(messages.map(({ address }) => address).sort()).toEqual([...round.addresses].sort());
  const others = messages.filter(({ address, bytes }) => round.mailbox.to(address)[0]?.raw !== bytes);
  expect(others.map(({ address }) => address)).toEqual([]);
  expect(round.unexplained()).toEqual([]);
};

const CASES: [DatabaseKind, number, string, Pace][] = [
  ['sqlite', 1, 'a slow', SLOW],
  ['sqlite', 1, 'an instant', INSTANT],
  ['postgresql', 1, 'a slow', SLOW],
  ['postgresql', 2, 'a slow', SLOW],
  ['postgresql', 4, 'a slow', SLOW],
  ['postgresql', 4, 'an instant', INSTANT],
];
/** In CI the cases take turns within the minute; by hand every round does all of them. */
const IN_CI = new Set([0, 3]);
const chosen = CASES.filter((_, n) => ROUNDS > 1 || IN_CI.has(n));

describe.each(Array.from({ length: ROUNDS }, (_, n) => n + 1))('round %d', () => {
  it.each(chosen)(
    'loses nothing on %s when each of %d processes is killed at some moment, with %s mail server',
    async (kind, processes, _, pace) => {
      await begin({ kind, processes, people: 24, pace });
      for (const service of [...round.services]) {
        await random(pace === SLOW ? 1_500 : 300);
        await round.kill(service);
      }
      await round.start();
      await settle();
      expect(round.doubles()).toBeLessThanOrEqual(IN_FLIGHT * processes);
    },
    LONGEST_MS,
  );

  it(
    'sends nothing but the same bytes again when a process froze past its lease and went on',
    async () => {
      await begin({ kind: 'postgresql', processes: 2, people: 24, pace: SLOW });
      await random(800);
      await round.freezePastLease(round.services[0]);
      await settle();
      expect(round.doubles()).toBeLessThanOrEqual(IN_FLIGHT);
    },
    LONGEST_MS,
  );

  it.each<[DatabaseKind, number]>([
    ['sqlite', 1],
    ['postgresql', 2],
  ])(
    'sends nothing twice on %s when %d processes are asked to stop and the mail server answers in time',
    async (kind, processes) => {
      await begin({ kind, processes, people: 24, pace: SLOW, environment: UNHURRIED });
      await random(1_500);
      const began = performance.now();
      await Promise.all([...round.services].map((service) => round.terminate(service)));
      expect(performance.now() - began).toBeLessThan(25_000);
      const left = await round.stored();
      expect(left.filter(({ state }) => state !== 'sent' && state !== 'planned')).toEqual([]);
      expect(left.filter(({ state }) => state === 'sent')).toHaveLength(round.mailbox.messages.length);
      await round.start();
      await settle();
      expect(round.doubles()).toBe(0);
    },
    LONGEST_MS,
  );

  it(
    'notes as uncertain, before it ends, what the mail server did not answer in time',
    async () => {
      const pace = { answerMs: 0, dotMs: 8_000 };
      const environment = { MAIL_ATTEMPT_SECONDS: '20', MAIL_LEASE_SECONDS: '30', MAIL_STOP_SECONDS: '1' };
      await begin({ kind: 'sqlite', processes: 1, people: 8, pace, environment });
      while (round.mailbox.messages.length < IN_FLIGHT) await sleep(50);
      await round.terminate(round.services[0]);
      const states = (await round.stored()).map(({ state }) => state).sort();
      expect(states).toEqual([...Array(3).fill('planned'), ...Array(IN_FLIGHT).fill('uncertain')]);
    },
    LONGEST_MS,
  );
});

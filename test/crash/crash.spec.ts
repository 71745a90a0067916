import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseKind } from '../support/app.js';
import type { Pace } from '../support/mailbox.js';
import { until } from '../support/until.js';
import { IN_FLIGHT, type Plan, Round } from './round.js';

/** Manually hundreds of rounds (`npm run test:crash -- --rounds 200`), of each kind in turn; in CI a few. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 0);
const REPORT = process.env.CRASH_REPORT;
const SLOW: Pace = { answerMs: 40, dotMs: 150 };
const INSTANT: Pace = { answerMs: 0, dotMs: 0 };
const LONGEST_MS = ROUNDS > 0 ? 240_000 : 120_000;
/** Limits that a busy machine alone does not exceed. */
const UNHURRIED = { MAIL_ATTEMPT_SECONDS: '30', MAIL_LEASE_SECONDS: '40' };
const PEOPLE = ROUNDS > 0 ? 24 : 14;

let round: Round;
let name = '';
beforeEach(() => {
  name = '';
});
afterEach(async () => {
  if (REPORT && name) appendFileSync(REPORT, `${JSON.stringify({ name, ...round.summary() })}\n`);
  await round?.clear();
});

const begin = async (kind: string, plan: Omit<Plan, 'people'> & { people?: number }) => {
  name = kind;
  round = await Round.prepare({ people: PEOPLE, ...plan });
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

const killEach = (kind: DatabaseKind, processes: number, pace: Pace) => async () => {
  await begin(`SIGKILL, ${processes} on ${kind}, ${pace === SLOW ? 'slow' : 'instant'} server`, {
    kind,
    processes,
    pace,
  });
  for (const service of [...round.services]) {
    await random(pace === SLOW ? 1_000 : 300);
    await round.kill(service);
  }
  await round.start();
  await settle();
  expect(round.doubles()).toBeLessThanOrEqual(IN_FLIGHT * processes);
};

const freezeOne = (processes: number) => async () => {
  const environment = { MAIL_ATTEMPT_SECONDS: '2', MAIL_LEASE_SECONDS: '3' };
  const plan = { kind: 'postgresql' as const, processes, pace: SLOW, environment };
  await begin(`SIGSTOP past the lease, ${processes} on postgresql`, plan);
  await random(800);
  await round.freezePastLease(round.services[0]);
  await settle();
  expect(round.doubles()).toBeLessThanOrEqual(IN_FLIGHT);
};

const stopAll = (kind: DatabaseKind, processes: number) => async () => {
  await begin(`SIGTERM, ${processes} on ${kind}`, { kind, processes, pace: SLOW, environment: UNHURRIED });
  await random(1_000);
  const began = performance.now();
  await Promise.all([...round.services].map((service) => round.terminate(service)));
  expect(performance.now() - began).toBeLessThan(25_000);
  const left = await round.stored();
  expect(left.filter(({ state }) => state !== 'sent' && state !== 'planned')).toEqual([]);
  expect(left.filter(({ state }) => state === 'sent')).toHaveLength(round.mailbox.messages.length);
  await round.start();
  await settle();
  expect(round.doubles()).toBe(0);
};

const stopUnanswered = async () => {
  const pace = { answerMs: 0, dotMs: 8_000 };
  const environment = { MAIL_ATTEMPT_SECONDS: '20', MAIL_LEASE_SECONDS: '30', MAIL_STOP_SECONDS: '1' };
  await begin('', { kind: 'sqlite', processes: 1, people: 8, pace, environment });
  await until('the mails are under way', () => round.mailbox.messages.length >= IN_FLIGHT);
  await round.terminate(round.services[0]);
  const states = (await round.stored()).map(({ state }) => state).sort();
  expect(states).toEqual([...Array(3).fill('planned'), ...Array(IN_FLIGHT).fill('uncertain')]);
};

const CLAIMS: [string, () => Promise<void>][] = [
  ['loses nothing on sqlite when the process is killed, with a slow mail server', killEach('sqlite', 1, SLOW)],
  ['loses nothing on postgresql when each of 2 processes is killed', killEach('postgresql', 2, SLOW)],
  ['sends nothing but the same bytes again when a process froze past its lease and went on', freezeOne(2)],
  ['sends nothing twice on postgresql when 2 processes are asked to stop', stopAll('postgresql', 2)],
  ['notes as uncertain, before it ends, what the mail server did not answer in time', stopUnanswered],
  [
    'loses nothing on postgresql when each of 4 processes is killed, with a slow mail server',
    killEach('postgresql', 4, SLOW),
  ],
  ['sends nothing twice on sqlite when it is asked to stop and the mail server answers in time', stopAll('sqlite', 1)],
  ['loses nothing on sqlite when the process is killed, with an instant mail server', killEach('sqlite', 1, INSTANT)],
  ['loses nothing on postgresql when the one process is killed', killEach('postgresql', 1, SLOW)],
  ['loses nothing on postgresql when each of 4 is killed, with an instant server', killEach('postgresql', 4, INSTANT)],
  ['sends nothing but the same bytes again when one of 4 froze past its lease', freezeOne(4)],
  ['sends nothing twice on postgresql when 4 processes are asked to stop', stopAll('postgresql', 4)],
];
/** Without a number only the first rounds, as many as fit in CI. */
const FEW = CLAIMS.slice(0, 5);

if (ROUNDS === 0) it.each(FEW)('%s', (_, claim) => claim(), LONGEST_MS);
else
  describe.each(Array.from({ length: ROUNDS }, (_, n) => n + 1))('round %d', (n) => {
    const [claim, act] = CLAIMS[(n - 1) % CLAIMS.length];
    it(claim, act, LONGEST_MS);
  });

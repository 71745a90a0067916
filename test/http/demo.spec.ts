import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { verify } from '../../src/admin.js';
import { isoWeekOf, mondayOf } from '../../src/platform/common/calendar-date.js';
import { row, rows } from '../../src/platform/database/rows.js';
import { issueDemoTokens } from '../../src/demo/demo-tokens.js';
import { type Seeded, seedMunicipality } from '../../src/demo/seeds/municipality.seed.js';
import { IntegrationsScheduler } from '../../src/integrations/integrations.scheduler.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Receiver } from '../support/receiver.js';

/** Each start generates a whole year of sessions. */
jest.setTimeout(120_000);
const TODAY = '2026-11-25';
const OPEN = `"status" IN ('open', 'in_progress', 'blocked')`;

onBothDatabases((kind) => {
  describe('the demo municipality', () => {
    let test: TestApp;
    let seeded: Seeded;
    let receiver: Receiver;
    const all = <T>(sql: string) => rows<T>(test.database.reader, sql);
    const count = async (sql: string) => Number((await row<{ n: number }>(test.database.reader, sql))!.n);

    beforeAll(async () => {
      // As the demo does: without a mail server until its mailbox is there.
      test = await startApp(kind, { today: TODAY, environment: { SMTP_URL: '', WEBHOOK_PRIVATE_ADDRESSES: 'on' } });
      receiver = await Receiver.start();
      seeded = await seedMunicipality(test.app, test.clock, receiver.url);
    });
    afterAll(() => receiver.stop());

    it('has the municipality, five teams, four wijken, seven kernen and a buurt', async () => {
      const kinds = await all<{ kind: string; n: number }>(
        'SELECT "kind", count(*) AS "n" FROM "areas" GROUP BY "kind" ORDER BY "kind"',
      );
      expect(kinds.map(({ kind: name, n }) => [name, Number(n)])).toEqual([
        ['buurt', 1],
        ['kern', 7],
        ['municipality', 1],
        ['team', 5],
        ['wijk', 4],
      ]);
    });

    it('has at least 300 actions since the beginning of the year before the reviewed one', async () => {
      expect(await count('SELECT count(*) AS "n" FROM "actions"')).toBe(seeded.actions);
      expect(seeded.actions).toBeGreaterThanOrEqual(300);
      const [{ first, last }] = await all<{ first: string; last: string }>(
        'SELECT min("recordedOn") AS "first", max("recordedOn") AS "last" FROM "actions"',
      );
      expect(first.slice(0, 7)).toBe('2024-01');
      expect(last < TODAY).toBe(true);
    });

    it('has something overdue on Monday for the partner whose token is printed', async () => {
      const monday = mondayOf({ ...isoWeekOf(TODAY), week: isoWeekOf(TODAY).week + 1 });
      const overdue = await count(
        `SELECT count(*) AS "n" FROM "actions" a JOIN "memberships" m ON m."organisationId" = a."ownerId"
         WHERE m."personId" = '${seeded.people.partner}' AND a.${OPEN} AND a."dueOn" < '${monday}'`,
      );
      expect(overdue).toBeGreaterThan(0);
    });

    it('has one of each state that somebody must look at', async () => {
      const states = `"isHandedBack", "isConfidential", "status", "dueKind"`;
      const found = await all<Record<string, unknown>>(`SELECT ${states} FROM "actions" WHERE "closedOn" IS NULL`);
      expect(found.some(({ isHandedBack }) => Boolean(isHandedBack))).toBe(true);
      expect(found.some(({ isConfidential }) => Boolean(isConfidential))).toBe(true);
      expect(new Set(found.map(({ status }) => status))).toEqual(
        new Set(['open', 'in_progress', 'blocked', 'on_hold']),
      );
      expect(new Set(found.map(({ dueKind }) => dueKind))).toEqual(
        new Set(['date', 'asap', 'ongoing', 'next_session']),
      );
      expect(await count('SELECT count(*) AS "n" FROM "actions" WHERE "postponements" > 0')).toBeGreaterThan(0);
    });

    it('has each action in the meeting of its session, which is of its area or of an area above it', async () => {
      const above = `"above" ("areaId", "aboveId") AS (SELECT "id", "id" FROM "areas"
        UNION SELECT o."areaId", p."parentId" FROM "above" o JOIN "area_parents" p ON p."areaId" = o."aboveId")`;
      const elsewhere = await all(
        `WITH RECURSIVE ${above} SELECT a."number" FROM "actions" a WHERE NOT EXISTS (
           SELECT 1 FROM "meetings" m JOIN "above" o ON o."aboveId" = m."areaId" AND o."areaId" = a."areaId"
           JOIN "sessions" s ON s."meetingId" = m."id" WHERE m."id" = a."meetingId" AND s."id" = a."sessionId")`,
      );
      expect(elsewhere).toEqual([]);
    });

    it('has an end for what is done or cancelled, and for nothing else', async () => {
      const odd = `("status" IN ('done', 'cancelled')) <> ("closedOn" IS NOT NULL)`;
      for (const table of ['actions', 'action_updates'])
        expect(await all(`SELECT 1 FROM "${table}" WHERE ${odd}`)).toEqual([]);
    });

    it('ends each history in the state of its action', async () => {
      const state = ['status', 'ownerId', 'dueOn', 'postponements', 'doneOn', 'closedOn', 'result', 'isHandedBack'];
      const differs = state.map((name) => `a."${name}" IS DISTINCT FROM u."${name}"`).join(' OR ');
      const last = '(SELECT max(l."sequence") FROM "action_updates" l WHERE l."actionId" = a."id")';
      const wrong = await all(
        `SELECT a."number" FROM "actions" a JOIN "action_updates" u ON u."actionId" = a."id" AND u."sequence" = ${last} WHERE ${differs}`,
      );
      expect(wrong).toEqual([]);
    });

    it('tells each history forward, from the first sequence on, without a word about the future', async () => {
      const updates = await all<{ actionId: string; sequence: number; effectiveOn: string; recordedAt: string }>(
        'SELECT "actionId", "sequence", "effectiveOn", "recordedAt" FROM "action_updates" ORDER BY "actionId", "sequence"',
      );
      updates.forEach((update, index) => {
        const before = updates[index - 1];
        const isFirst = before?.actionId !== update.actionId;
        expect(update.sequence).toBe(isFirst ? 1 : before.sequence + 1);
        if (!isFirst) expect(update.effectiveOn >= before.effectiveOn).toBe(true);
        expect(update.recordedAt < test.clock.moment()).toBe(true);
      });
    });

    it('continues the numbers of actions and agenda items from the last one', async () => {
      const areas = await all<{ given: number; last: number }>(
        `SELECT a."lastActionNumber" AS "given", (SELECT count(*) FROM "actions" x
         WHERE x."areaId" = a."id" AND NOT x."isConfidential") AS "last" FROM "areas" a`,
      );
      for (const { given, last } of areas) expect(given).toBe(Number(last));
      const sessions = await all<{ given: number; last: number }>(
        `SELECT s."lastItemNumber" AS "given", (SELECT count(*) FROM "agenda_items" i
         WHERE i."sessionId" = s."id" AND NOT i."isConfidential") AS "last" FROM "sessions" s`,
      );
      for (const { given, last } of sessions) expect(given).toBe(Number(last));
    });

    it('has sessions that satisfy the closing rule', async () => {
      const bare = await all(
        `SELECT i."title" FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId"
         JOIN "meetings" m ON m."id" = s."meetingId"
         WHERE s."state" = 'closed' AND i."kind" = 'topic' AND i."state" = 'discussed' AND m."minutesForm" = 'full'
           AND i."notes" IS NULL AND i."decision" IS NULL`,
      );
      expect(bare).toEqual([]);
    });

    it('has goals in three areas, of every kind in Boskoop, on a published wijkagenda', async () => {
      const goals = await all<{ code: string; state: string; kind: string }>(
        `SELECT a."code", g."state", g."kind" FROM "goals" g JOIN "areas" a ON a."id" = g."areaId" ORDER BY g."state", g."kind", a."code"`,
      );
      expect(goals.map(({ code, state, kind: what }) => `${code} ${state} ${what}`)).toEqual([
        'BOS active process',
        'BOS active result',
        'BOS active result',
        'CEN active result',
        'KZN active result',
        'BOS draft result',
      ]);
      const courses = await all<{ course: string }>(
        'SELECT DISTINCT "course" FROM "goal_courses" WHERE "isCurrent" ORDER BY "course"',
      );
      expect(courses.map(({ course }) => course)).toEqual(expect.arrayContaining(['green', 'orange']));
      expect(await count('SELECT count(*) AS "n" FROM "goal_measurements"')).toBeGreaterThan(8);
      expect(await count('SELECT count(*) AS "n" FROM "actions" WHERE "goalId" IS NOT NULL')).toBeGreaterThan(5);
      const tokens = await issueDemoTokens(test.app, seeded);
      const chair = `Bearer ${tokens.chair}`;
      const reader = `Bearer ${tokens.reader}`;
      const { body } = await test.api.get('/v1/public/wijkagendas').expect(200);
      expect(body.items).toMatchObject([2026, 2025].map((year) => ({ area: 'Boskoop', label: 'Wijkagenda', year })));
      const states = await all<{ state: string }>('SELECT "state" FROM "wijkagendas" ORDER BY "year"');
      expect(states.map(({ state }) => state)).toEqual(['closed', 'adopted']);
      const { text } = await test.api.get(`/openbaar/wijkagenda/${body.items[0].id}`).set('Accept', 'text/html');
      expect(text).toContain('zwerfafval rond het station');
      const { body: opgaven } = await test.api.get('/v1/opgaven').set('Authorization', chair).expect(200);
      expect(opgaven.items).toMatchObject([{ title: 'Niemand uit beeld' }]);
      const { body: course } = await test.api.get('/v1/koersoverzicht').set('Authorization', reader).expect(200);
      expect(JSON.stringify(course)).toContain('"goalsOrange":1');
    });

    it('mails nobody outside addresses that cannot exist', async () => {
      expect(await count(`SELECT count(*) AS "n" FROM "people" WHERE "email" NOT LIKE '%.example'`)).toBe(0);
      expect(await count('SELECT count(*) AS "n" FROM "outgoing_messages"')).toBe(0);
    });

    it('has another system that is told what happened in the last two weeks', async () => {
      await test.app.get(IntegrationsScheduler).run();
      const days = receiver.received.map(({ event }) => (event as unknown as { time: string }).time.slice(0, 10));
      expect(days.every((day) => day >= '2026-11-11' && day <= TODAY)).toBe(true);
      const told = receiver.take();
      expect(told.length).toBeGreaterThan(10);
      expect(new Set(told.map((name) => name.split(' ')[0]))).toEqual(new Set(['action.changed', 'action.overdue']));
      const admin = `Bearer ${(await issueDemoTokens(test.app, seeded)).admin}`;
      const { body } = await test.api.get('/v1/webhooks').set('Authorization', admin).expect(200);
      expect(body.items).toMatchObject([{ name: 'Zaaksysteem', areaName: 'Alphen aan den Rijn', waiting: 0, dead: 0 }]);
    });

    it('leaves the audit trail whole and the clock where it was', async () => {
      expect(await verify(test.database)).toMatchObject({ isWhole: true });
      expect(test.clock.today()).toBe(TODAY);
    });

    it('opens with a token for each role', async () => {
      const tokens = await issueDemoTokens(test.app, seeded);
      for (const role of ['admin', 'chair', 'partner', 'reader'] as const) {
        const { body } = await test.api.get('/v1/me').set('Authorization', `Bearer ${tokens[role]}`).expect(200);
        expect(body.roles).toContain(role);
      }
    });
  });
});

describe('the demo municipality', () => {
  it('is the same at each start on the same day', async () => {
    const titles = async () => {
      const { app, clock, database } = await startApp('sqlite', { today: TODAY });
      await seedMunicipality(app, clock);
      return rows(database.reader, 'SELECT "id", "number", "title", "status" FROM "actions" ORDER BY "id"');
    };
    expect(await titles()).toEqual(await titles());
  });
});

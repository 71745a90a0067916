import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seedMunicipality } from '../../src/demo/seeds/municipality.seed.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { recountRecipients, recountToldLines } from '../support/recount-digests.js';
import { livelier } from '../support/recount-extras.js';
import { recountMinutesGoal } from '../support/recount-meetings.js';
import { recountCourse, recountList, recountWarnings } from '../support/recount-open.js';
import { recountFigures } from '../support/recount-review.js';
import { Comparison, rawRows, type Tables, text, withBelow } from '../support/recount-rows.js';

jest.setTimeout(120_000);
const START = '2026-11-25';
/** A Monday, after four weeks of digests. */
const TODAY = '2026-12-21';
/** The year of the demo, a part of it with an action agreed before that part, and a single quarter. */
const PERIODS = [
  ['2025-11-01', '2026-12-20'],
  ['2026-03-01', '2026-08-31'],
  ['2026-07-01', '2026-09-30'],
];
const STATUSES = ['open', 'in_progress', 'blocked', 'on_hold', 'done', 'cancelled'];
const FLAGS = ['overdue', 'open', 'handedBack'];

/** Recounts what the API shows of the demo municipality with plain code, from rows read without any condition. */
onBothDatabases((kind) => {
  describe('the figures of the demo municipality, recounted from its rows', () => {
    let t: TestApp;
    let tables: Tables;
    let token: string;
    let adminToken: string;
    let done: Awaited<ReturnType<typeof livelier>>;
    beforeAll(async () => {
      const mailbox = await Mailbox.start();
      t = await startApp(kind, { today: START, isStory: true, environment: { SMTP_URL: mailbox.url } });
      const { people } = await seedMunicipality(t.app, t.clock);
      const root = (await rawRows(t)).areas.find((area) => area.kind === 'municipality')!;
      const coordinator = await t.make.person({ name: 'concerncoördinator' });
      await t.make.grant(coordinator.id, 'chair', text(root.id));
      adminToken = await t.make.token(people.admin);
      token = await t.make.token(coordinator.id);
      const directorId = text((await rawRows(t)).people.find(({ name }) => name === 'directeur')!.id);
      const by = { chair: token, partner: await t.make.token(people.partner), admin: adminToken, directorId };
      done = await livelier(t, by);
      t.clock.set(`${TODAY}T10:00:00Z`);
      tables = await rawRows(t);
    });

    it('have something of everything in them', () => {
      expect(done.judgements).toBeGreaterThan(5);
      expect(done.escalations).toBeGreaterThan(0);
      expect(done.postponements).toBeGreaterThan(4);
    });

    const get = async (path: string, by = token) => (await t.api.get(path).set('Authorization', by).expect(200)).body;

    it.each(PERIODS)('are those of the reviews of every area from %s to %s', async (fromOn, asOf) => {
      const seen = new Comparison();
      for (const { id, code } of tables.areas) {
        const areaId = text(id);
        const { body } = await t.api.post('/v1/reviews').set('Authorization', token).send({ areaId, fromOn, asOf });
        recountFigures(seen, text(code), tables, { areaId, fromOn, asOf }, body.figures);
      }
      expect(seen.differences).toEqual([]);
      expect(seen.compared).toBeGreaterThan(1_000);
    });

    it('are those of the koersoverzicht', async () => {
      const seen = new Comparison();
      const { areas } = await get('/v1/koersoverzicht');
      expect(areas).toHaveLength(tables.areas.length);
      for (const area of areas as Record<string, never>[]) {
        const counted = recountCourse(tables, area.areaId, TODAY);
        seen.all(area.areaName, area, counted.area);
        seen.all(`${text(area.areaName)} partners`, area.partners, counted.partners);
        seen.groups(`${text(area.areaName)} department`, area.departments, 'organisationId', counted.departments);
      }
      expect(seen.differences).toEqual([]);
      expect(seen.compared).toBeGreaterThan(200);
    });

    it('are those of the early warnings, of each area with what is below it', async () => {
      const seen = new Comparison();
      for (const { id, code } of tables.areas) {
        const counted = recountWarnings(tables, withBelow(tables, text(id), TODAY), TODAY);
        for (const [name, count] of Object.entries(counted)) {
          const { total } = await get(`/v1/early-warnings?area=${text(id)}&kind=${name}`);
          seen.number(`${text(code)} ${name}`, total, count);
        }
      }
      expect(seen.differences).toEqual([]);
      expect(seen.compared).toBeGreaterThan(100);
    });

    it('are the lines in the digest of every person, without confidential ones for an administrator', async () => {
      const seen = new Comparison();
      const counted = recountToldLines(tables, TODAY);
      for (const { id, name } of tables.people) {
        const { lines } = await get(`/v1/digests/preview?person=${text(id)}`, adminToken);
        seen.number(text(name), lines, counted.get(text(id)) ?? 0);
      }
      expect(seen.differences).toEqual([]);
      expect(seen.compared).toBeGreaterThan(40);
      expect([...counted.values()].filter((lines) => lines > 1).length).toBeGreaterThan(5);
    });

    it('are the figure of the goal about minutes, as of each month', async () => {
      const seen = new Comparison();
      for (const goal of tables.goals.filter(
        ({ metric }) => metric !== null && text(metric).includes('minutes_sent'),
      )) {
        const areaIds = withBelow(tables, text(goal.areaId), TODAY);
        for (let month = 1; month <= 11; month += 1) {
          const asOf = `2026-${String(month).padStart(2, '0')}-20`;
          if (asOf < text(goal.startsOn)) continue;
          const shown = await get(`/v1/goals/${text(goal.id)}/figure?asOf=${asOf}`);
          seen.all(asOf, shown, recountMinutesGoal(tables, goal, areaIds, asOf));
        }
      }
      expect(seen.differences).toEqual([]);
      expect(seen.compared).toBeGreaterThan(20);
    });

    it('are the totals of the lists of actions, for each filter in each area', async () => {
      const seen = new Comparison();
      const one = async (filter: Record<string, string>, areaId?: string) => {
        const query = new URLSearchParams({ ...filter, ...(areaId && { area: areaId }), pageSize: '1' }).toString();
        const { total } = await get(`/v1/actions?${query}`);
        seen.number(
          query,
          total,
          recountList(tables, TODAY, filter, areaId ? withBelow(tables, areaId, TODAY) : undefined),
        );
      };
      const plain = [{}, ...STATUSES.map((status) => ({ status })), ...FLAGS.map((flag) => ({ [flag]: 'true' }))];
      for (const filter of plain) {
        await one(filter);
        for (const { id } of tables.areas) await one(filter, text(id));
      }
      const themes = new Set(tables.actions.flatMap(({ theme }) => (theme === null ? [] : text(theme))));
      for (const theme of themes) for (const filter of plain.slice(0, 8)) await one({ theme, ...filter });
      for (const { id } of tables.organisations) {
        await one({ organisation: text(id) });
        await one({ organisation: text(id), overdue: 'true' });
      }
      for (const { id } of tables.meetings) await one({ meeting: text(id) });
      for (const { id } of tables.sessions) await one({ session: text(id) });
      expect(seen.differences).toEqual([]);
      expect(seen.compared).toBeGreaterThan(300);
    });

    it('are the people who are mailed the digest of this week', async () => {
      const { body } = await t.api.post('/v1/digests').set('Authorization', adminToken).expect(200);
      const { id, messages } = body.run;
      const list = await get(`/v1/digests/${id}/messages?pageSize=200`, adminToken);
      const planned = Object.values(messages as Record<string, number>).reduce((sum, count) => sum + count, 0);
      expect(planned).toBe(list.total);
      const chairs = new Set(tables.grants.filter(({ role }) => role === 'chair').map(({ personId }) => personId));
      const mailed = (list.items as { personId: string }[]).map(({ personId }) => personId);
      const counted = recountRecipients(tables, TODAY);
      expect(mailed.filter((personId) => !chairs.has(personId)).sort()).toEqual(counted.sort());
      expect(counted.length).toBeGreaterThan(5);
    });
  });
});

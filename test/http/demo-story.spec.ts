import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seedMunicipality } from '../../src/demo/seeds/municipality.seed.js';
import { rows } from '../../src/platform/database/rows.js';
import { startApp, type TestApp } from '../support/app.js';
import { recountFigures, recountRest } from '../support/recount-review.js';
import { Comparison, daysFrom, daysLater, rawRows, type Tables, text } from '../support/recount-rows.js';

jest.setTimeout(120_000);
/** An ordinary day, a first Monday, a leap day, and a day between Christmas and New Year. */
const DAYS = ['2026-06-02', '2027-01-04', '2028-02-29', '2030-12-30'];

describe.each(DAYS)('the story of the demo on %s', (today) => {
  let t: TestApp;
  let tables: Tables;
  let token: string;
  const all = <T = Record<string, unknown>>(sql: string) => rows<T & object>(t.database.reader, sql);
  const get = async (path: string) => (await t.api.get(path).set('Authorization', token).expect(200)).body;
  /** The latest year that can have been reviewed. */
  const reviewed = Number(today.slice(0, 4)) - (today.slice(5) > '02-12' ? 1 : 2);

  beforeAll(async () => {
    t = await startApp('sqlite', { now: `${today}T10:00:00+01:00`, isStory: true, environment: { SMTP_URL: '' } });
    await seedMunicipality(t.app, t.clock);
    tables = await rawRows(t);
    const coordinator = await t.make.person({ name: 'concerncoördinator' });
    const root = tables.areas.find(({ kind }) => kind === 'municipality')!;
    await t.make.grant(coordinator.id, 'chair', text(root.id));
    token = await t.make.token(coordinator.id);
  });

  const reviews = () =>
    all<{ id: string; areaId: string; code: string; fromOn: string; asOf: string; reactions: number; state: string }>(
      `SELECT r."id", r."areaId", a."code", r."fromOn", r."asOf", r."state",
         (SELECT count(*) FROM "review_reactions" n WHERE n."reviewId" = r."id") AS "reactions"
       FROM "reviews" r JOIN "areas" a ON a."id" = r."areaId" ORDER BY r."state", r."asOf", a."code"`,
    );

  it('has a published review of two areas over a whole year and the year before, and a draft that is being read', async () => {
    const found = await reviews();
    expect(found.map(({ code, fromOn, asOf, state }) => [code, state, fromOn, asOf]).slice(1)).toEqual(
      [reviewed - 1, reviewed].flatMap((year) =>
        ['BOS', 'CEN'].map((code) => [code, 'final', `${year}-01-01`, `${year}-12-31`]),
      ),
    );
    expect((await t.api.get('/v1/public/reviews').expect(200)).body.total).toBe(4);
    const [draft] = found;
    const { reactionsUntilOn, circulatedAt } = await get(`/v1/reviews/${draft.id}`);
    expect([draft.code, draft.state, Number(draft.reactions)]).toEqual(['KZN', 'draft', 1]);
    expect(circulatedAt.slice(0, 10) < today && reactionsUntilOn >= today).toBe(true);
  });

  it('shows in each of them the figures that its rows give, as they were told then', async () => {
    const seen = new Comparison();
    for (const { id, areaId, code, fromOn, asOf, state } of await reviews()) {
      const review = await get(`/v1/reviews/${id}`);
      recountFigures(seen, code, tables, { areaId, fromOn, asOf }, review.figures);
      if (state === 'final') recountRest(seen, code, tables, { areaId, fromOn, asOf }, review);
    }
    expect(seen.differences).toEqual([]);
    expect(seen.compared).toBeGreaterThan(1_000);
  });

  it('has enough in the reviewed year for each sentence of page one', async () => {
    for (const { id, asOf, state } of await reviews()) {
      if (state !== 'final' || Number(asOf.slice(0, 4)) !== reviewed) continue;
      const { figures, yearBefore, ratings, succeeded, reactions } = await get(`/v1/reviews/${id}`);
      expect([figures.total.agreed >= 20, yearBefore.total.agreed >= 10]).toEqual([true, true]);
      expect([ratings.results.total.answered >= 3, ratings.yearBefore.total.answered >= 3]).toEqual([true, true]);
      expect([figures.goals.total > 0, reactions.length > 0, succeeded === null]).toEqual([true, true, false]);
      const { judgedRealised, judgedPartly } = figures.total;
      expect([judgedRealised > 0, judgedPartly + judgedRealised > 1]).toEqual([true, true]);
    }
  });

  it('has a quarter told in public, an escalation answered and one that waits for the wethouder', async () => {
    const [quarter, ...others] = (await t.api.get('/v1/public/quarterly-results').expect(200)).body.items;
    expect(others).toEqual([]);
    const endsOn = daysLater(
      `${quarter.quarter === 4 ? quarter.year + 1 : quarter.year}-${String((quarter.quarter % 4) * 3 + 1).padStart(2, '0')}-01`,
      -1,
    );
    expect(daysFrom(endsOn, today)).toBeGreaterThan(0);
    expect(daysFrom(endsOn, today)).toBeLessThan(120);
    const asked = await all<{ name: string; decision: string | null }>(
      'SELECT p."name", e."decision" FROM "action_escalations" e JOIN "people" p ON p."id" = e."personId" ORDER BY e."askedAt"',
    );
    expect(asked.map(({ name, decision }) => [name, decision !== null])).toEqual([
      ['directeur', true],
      ['wethouder', false],
    ]);
  });

  it('has goals in three areas, a table of each kind, a buurt, a raadslid and a wethouder with an opgave', async () => {
    expect(new Set(tables.goals.map(({ areaId }) => areaId)).size).toBe(3);
    expect(new Set(tables.meetings.map(({ kind }) => kind))).toEqual(
      new Set(['professionals', 'residents', 'board', 'walk_in']),
    );
    expect(tables.areas.filter(({ kind }) => kind === 'buurt')).toHaveLength(1);
    const [{ bestuurder }] = await all(
      'SELECT p."name" AS "bestuurder" FROM "opgaven" o JOIN "people" p ON p."id" = o."bestuurderId"',
    );
    expect(bestuurder).toBe('wethouder');
    expect(tables.people.filter(({ name }) => name === 'raadslid')).toHaveLength(1);
  });

  it('lets a question become an action about the same, recorded after it was asked', async () => {
    const became = await all(
      `SELECT q."title" AS "question", a."title" AS "action", q."askedOn" < a."recordedOn" AS "isAfter", q."settledOn" = a."recordedOn" AS "isThen"
       FROM "questions" q JOIN "actions" a ON a."id" = q."actionId" WHERE q."outcome" = 'action'`,
    );
    expect(became).toEqual([
      {
        ...{ question: 'Wie houdt het bij de skatebaan schoon?', action: 'Prullenbak bij de skatebaan vervangen' },
        ...{ isAfter: 1, isThen: 1 },
      },
    ]);
  });

  it('tells no result more than twice', () => {
    const told = new Map<string, number>();
    for (const { result } of tables.actions.filter((action) => action.result !== null))
      told.set(text(result), (told.get(text(result)) ?? 0) + 1);
    expect([...told].filter(([, times]) => times > 2)).toEqual([]);
    expect(told.size).toBeGreaterThan(100);
  });

  it('meets and finishes on working days, and not on 2 January', () => {
    const isWeekend = (day: string): boolean => new Date(day).getUTCDay() % 6 === 0;
    const days = [
      ...tables.sessions.map(({ heldOn }) => text(heldOn)),
      ...tables.action_updates.map(({ effectiveOn }) => text(effectiveOn)),
    ];
    expect(days.filter(isWeekend)).toEqual([]);
    expect(tables.sessions.filter(({ heldOn }) => /-(01-0[12]|12-2[56])$/.test(text(heldOn)))).toEqual([]);
  });

  it('has each action in a meeting of its own area', () => {
    const areaOf = new Map(tables.meetings.map(({ id, areaId }) => [id, areaId]));
    const meetingOf = new Map(tables.sessions.map(({ id, meetingId }) => [id, meetingId]));
    const elsewhere = tables.actions.filter(
      ({ meetingId, sessionId, areaId }) => areaOf.get(meetingId) !== areaId || meetingOf.get(sessionId) !== meetingId,
    );
    expect(elsewhere).toEqual([]);
  });

  it('begins nothing after it is done, and ends each history where its action stands', () => {
    const wrong: string[] = [];
    for (const action of tables.actions) {
      const history = tables.action_updates
        .filter(({ actionId }) => actionId === action.id)
        .sort((one, other) => Number(one.sequence) - Number(other.sequence));
      history.slice(1).forEach((update, index) => {
        const before = history[index];
        const isClosed = before.status === 'done' || before.status === 'cancelled';
        if (isClosed && update.status !== before.status && update.reason === null)
          wrong.push(`${text(action.number)} begun again`);
        if (text(update.recordedAt) < text(before.recordedAt)) wrong.push(`${text(action.number)} told backwards`);
      });
      for (const field of ['status', 'ownerId', 'dueOn', 'doneOn', 'closedOn', 'result', 'realisation'])
        if (history.at(-1)![field] !== action[field]) wrong.push(`${text(action.number)} ${field}`);
    }
    expect(wrong).toEqual([]);
  });

  it('leaves nothing open that was due more than a year ago', () => {
    const open = tables.actions.filter(({ closedOn, dueOn }) => closedOn === null && dueOn !== null);
    expect(open.filter(({ dueOn }) => daysFrom(text(dueOn), today) > 366).map(({ number }) => number)).toEqual([]);
  });

  it('plans no mail about what is over', () => {
    expect(tables.outgoing_messages).toEqual([]);
  });
});

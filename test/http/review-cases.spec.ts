import { beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FIGURE_NAMES } from '../../src/wijkagenda/figures/figure-names.js';
import { COUNTS, stillOpen } from '../../src/wijkagenda/figures/figures.rules.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { countPlainly, history, layAll, OWNERS, rowsOf } from '../support/random-year.js';
import { laySmallYear } from '../support/small-year.js';

const YEAR = { fromOn: '2025-01-01', asOf: '2025-12-31' };

onBothDatabases((kind) => {
  let t: TestApp;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let admin: string;
  let concern: string;
  let id: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2024-01-01' });
    year = await laySmallYear(t.make);
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
    admin = await t.make.signedIn('admin');
    concern = await t.make.signedIn('chair');
    id = await draft();
  });
  const draft = async (): Promise<string> => {
    const body = { areaId: year.boskoop.id, ...YEAR };
    return (await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201)).body.id;
  };
  const read = async () => (await t.api.get(`/v1/reviews/${id}`).set('Authorization', chair)).body;
  const open = (name: string, query = '', by = chair, review = id) =>
    t.api.get(`/v1/reviews/${review}/figures/${name}/cases?${query}`).set('Authorization', by);

  it.each(FIGURE_NAMES)('opens the figure %s to as many cases as it says', async (name) => {
    const { total, collaboration, attendance, ...parts } = (await read()).figures;
    const whole = { ...collaboration, ...total, notClosed: collaboration.notClosed.length, leadTimeDays: 3 };
    const [part, member] = name.split('.');
    const figure = member ? (part === 'attendance' ? attendance.total : parts[part])[member] : whole[name];
    const { body } = await open(name).expect(200);
    expect(body.total).toBe(figure);
    const cases = body.items.map(
      (one: Record<string, string>) => `${one.id} ${part === 'attendance' && one.organisation}`,
    );
    expect(new Set(cases).size).toBe(figure);
  });

  it('agrees with counting one by one, for any histories entered in any order, and adds up', async () => {
    const seed = Date.now() % 1_000_000;
    const area = await t.make.area();
    const owners = await Promise.all(Array.from({ length: OWNERS }, () => t.make.organisation()));
    const ids = owners.map((owner) => owner.id);
    const histories = fc.sample(history, { numRuns: 70, seed });
    const all = histories.map((one, index) => rowsOf(one, ids, index));
    const [order] = fc.sample(fc.shuffledSubarray([...all.keys()], { minLength: all.length }), { numRuns: 1, seed });
    await layAll(t, all, area.id, order);
    t.clock.set('2027-01-10T10:00:00Z');
    const periods = [
      ['2024-01-01', '2024-12-31', '2027-01-10T09:00:00Z'],
      ['2024-01-01', '2024-12-31', '2025-01-15T09:00:00Z'],
      ['2024-04-01', '2024-06-30', '2024-07-01T09:00:00Z'],
      ['2025-06-01', '2026-12-31', '2027-01-10T09:00:00Z'],
    ];
    for (const [fromOn, asOf, knownAt] of periods) {
      const body = { areaId: area.id, fromOn, asOf };
      const made = await t.api.post('/v1/reviews').set('Authorization', concern).send(body).expect(201);
      const path = `/v1/reviews/${made.body.id}?knownAt=${knownAt}`;
      const { figures } = (await t.api.get(path).set('Authorization', concern).expect(200)).body;
      const plain = countPlainly(all, fromOn, asOf, knownAt);
      const { total, leadTimeDays, overdueDays } = figures;
      expect({ seed, asOf, total, leadTimeDays, overdueDays }).toMatchObject({ seed, asOf, ...plain });
      expect(figures.quarters.reduce((sum: number, { done }: { done: number }) => sum + done, 0)).toBe(
        total.doneInPeriod,
      );
      for (const groups of [figures.themes, figures.organisations, figures.sides])
        for (const name of COUNTS)
          expect([name, groups.reduce((sum: number, group: Record<string, number>) => sum + group[name], 0)]).toEqual([
            name,
            total[name],
          ]);
      expect(total.realised + total.partly + total.notRealised + stillOpen(total)).toBe(total.agreed);
    }
  });

  it('opens what was done per quarter, and figures per area, side and kind, which add up to the whole', async () => {
    const { quarters, sides, kinds, total } = (await read()).figures;
    for (const { quarter, done } of quarters)
      expect([quarter, (await open('doneInPeriod', `quarter=${quarter}`).expect(200)).body.total]).toEqual([
        quarter,
        done,
      ]);
    for (const { side, agreed } of sides) expect((await open('agreed', `side=${side}`)).body.total).toBe(agreed);
    for (const { kind, overdue } of kinds) expect((await open('overdue', `kind=${kind}`)).body.total).toBe(overdue);
    expect((await open('agreed', `area=${year.boskoop.id}`)).body.total).toBe(total.agreed);
    expect((await open('agreed', `area=${year.elsewhere.id}`)).body.total).toBe(0);
  });

  it('opens attendance to the sessions each organisation was invited to', async () => {
    const { organisations } = (await read()).figures.attendance;
    for (const { organisationId, ...counts } of organisations) {
      for (const name of ['invited', 'present', 'excused', 'absent']) {
        const { body } = await open(`attendance.${name}`, `organisation=${organisationId}`).expect(200);
        expect([counts.name, name, body.total]).toEqual([counts.name, name, counts[name]]);
      }
    }
    const { items } = (await open('attendance.excused')).body;
    expect(items.map((one: Record<string, string>) => [one.on, one.organisation, one.status])).toEqual([
      ['2025-01-15', 'Habeko Wonen', 'excused'],
      ['2025-09-09', 'Politie', 'excused'],
    ]);
  });

  it('shows an action as it stood on the day: what, who, when', async () => {
    const { body } = await open('largeResults').expect(200);
    expect(body.items).toMatchObject([
      { type: 'action', id: year.inTime.id, area: 'Boskoop', organisation: 'Wijken en Kernen', status: 'done' },
    ]);
    expect(body.items[0]).toMatchObject({ on: '2025-01-15', dueOn: '2025-02-15', doneOn: '2025-02-10' });
    expect((await open('notClosed')).body.items).toMatchObject([{ type: 'session', id: year.unclosed.id }]);
  });

  it('can be narrowed to a theme or an owner, and these add up to the whole', async () => {
    const { themes, organisations, total } = (await read()).figures;
    let sum = 0;
    for (const { theme, agreed } of themes) {
      const query = theme === null ? 'withoutTheme=true' : `theme=${theme}`;
      const { body } = await open('agreed', query).expect(200);
      expect(body.total).toBe(agreed);
      sum += body.total;
    }
    expect(sum).toBe(total.agreed);
    for (const { organisationId, overdue } of organisations) {
      if (organisationId) expect((await open('overdue', `organisation=${organisationId}`)).body.total).toBe(overdue);
    }
  });

  it('comes in pages, with the total on each, also past the last', async () => {
    const seen: string[] = [];
    for (const page of [1, 2, 3, 4, 5]) {
      const { body } = await open('agreed', `page=${page}&pageSize=3`).expect(200);
      expect(body).toMatchObject({ total: 10, page, pageSize: 3 });
      seen.push(...body.items.map((one: { id: string }) => one.id));
    }
    expect(new Set(seen).size).toBe(10);
    expect(seen).toHaveLength(10);
  });

  it('of a final review are those of the frozen dates, whatever happens later', async () => {
    const review = await draft();
    await t.api
      .put(`/v1/reviews/${review}/freezing`)
      .set('Authorization', chair)
      .set('If-Match', '"1"')
      .send({ reason: 'De partijen zijn al gehoord.' })
      .expect(200);
    const before = (await open('overdue', '', chair, review).expect(200)).body;
    expect(before.total).toBe(3);
    t.clock.set('2026-01-12T10:00:00Z');
    const day = { effectiveOn: '2025-10-01', status: 'done', doneOn: '2025-10-01', closedOn: '2025-10-01' } as const;
    await t.make.update(year.stillLate, day);
    await t.make.action({ areaId: year.boskoop.id, recordedOn: '2025-12-01', dueOn: '2025-12-02' });
    expect((await open('overdue', '', chair, review)).body).toEqual(before);
    expect((await open('overdue')).body.total).toBe(3);
    expect((await open('overdue', 'knownAt=2026-01-11T00:00:00Z')).body).toEqual(before);
    await open('overdue', 'knownAt=2026-01-11T00:00:00Z', chair, review).expect(400);
  });

  it('is open to those who may read the review, and hides organisations from those who may not see them', async () => {
    const stranger = await t.make.signedIn('chair', year.elsewhere.id);
    await t.api.get(`/v1/reviews/${id}/figures/agreed/cases`).expect(401);
    await open('agreed', '', stranger).expect(404);
    await open('agreed', '', admin).expect(404);
    await t.api
      .put(`/v1/reviews/${id}/freezing`)
      .set('Authorization', chair)
      .set('If-Match', '"1"')
      .send({ reason: 'De partijen zijn al gehoord.' })
      .expect(200);
    const { body, text } = await open('agreed', '', admin).expect(200);
    expect(body.total).toBeGreaterThan(0);
    expect(text).not.toContain('Politie');
    for (const query of [`organisation=${year.police.id}`, 'side=partners', 'kind=police'])
      await open('agreed', query, admin).expect(403);
    await open('attendance.present', '', admin).expect(403);
  });

  it('knows no other figure, and says what is wrong with a request', async () => {
    for (const name of ['realisedShare', 'nothing', 'constructor', 'goals', 'goals.items', 'attendance.total'])
      await open(name).expect(404);
    for (const query of [
      'theme=%20',
      'organisation=x',
      'sort=title',
      'theme=a&withoutTheme=true',
      'domain=a&withoutDomain=true',
      'pageSize=201',
    ])
      await open('agreed', query).expect(400);
    for (const [name, query, field] of [
      ['agreed', 'quarter=2025-Q1', 'quarter'],
      ['doneInPeriod', 'quarter=2025-Q5', 'quarter'],
      ['agreed', 'side=everyone', 'side'],
      ['agreed', 'kind=army', 'kind'],
      ['sessionsHeld', 'theme=schoon', 'theme'],
      ['goals.red', `organisation=${year.police.id}`, 'organisation'],
      ['attendance.present', 'kind=police', 'kind'],
    ])
      expect((await open(name, query).expect(400)).body.errors).toMatchObject([{ field }]);
  });

  it('lists no confidential action', async () => {
    const { text } = await open('agreed', 'pageSize=200').expect(200);
    expect(text).not.toContain('-V');
  });
});

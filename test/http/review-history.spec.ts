import { beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../src/platform/common/ids.js';
import { MinutesEvent } from '../../src/minutes/minutes-event.entity.js';
import { MinutesVersion } from '../../src/minutes/minutes-version.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { lateEdits } from '../support/late-edits.js';
import { layYearToEdit, type YearToEdit } from '../support/year-to-edit.js';

const YEAR = { fromOn: '2025-01-01', asOf: '2025-12-31' };
const UNTIL_TODAY = { fromOn: '2025-01-02', asOf: '2026-02-02' };
const OPENED = ['agreed', 'followUp', 'results', 'sessionsHeld', 'notClosed', 'attendance.invited', 'goals.total'];

onBothDatabases((kind) => {
  let t: TestApp;
  let year: YearToEdit;
  let minutes = 0;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2024-01-01' });
    year = await layYearToEdit(t);
    t.clock.set('2026-01-10T10:00:00Z');
  });
  const review = async (areaId: string, period: object = YEAR) =>
    (
      await t.api
        .post('/v1/reviews')
        .set('Authorization', year.chair)
        .send({ areaId, ...period })
        .expect(201)
    ).body;
  const figuresOf = async (areaId: string, period: object = YEAR) => (await review(areaId, period)).figures;
  const again = async (id: string, knownAt: string) =>
    (await t.api.get(`/v1/reviews/${id}?knownAt=${knownAt}`).set('Authorization', year.chair).expect(200)).body.figures;

  it('is not changed by what is entered later, asked again with the same two dates', async () => {
    const area = await t.make.area();
    const on = (recordedOn: string) => ({ areaId: area.id, recordedOn, dueOn: '2025-06-01' });
    t.clock.set('2025-03-01T10:00:00Z');
    const late = await year.lay.lay(on('2025-03-01'));
    const cancelled = await year.lay.lay(on('2025-03-01'));
    t.clock.set('2026-01-10T10:00:00Z');
    const before = await review(area.id);
    expect(before.figures.total).toMatchObject({ agreed: 2, open: 2, overdue: 2 });
    t.clock.set('2026-01-12T10:00:00Z');
    const day = { effectiveOn: '2025-05-20', status: 'done', doneOn: '2025-05-20', closedOn: '2025-05-20' } as const;
    await t.make.update(late, { ...day, result: 'Toch gedaan' });
    await t.make.update(cancelled, { status: 'cancelled', closedOn: '2026-01-12', effectiveOn: '2026-01-12' });
    await t.make.action({ areaId: area.id, recordedOn: '2025-12-30' });
    expect(await again(before.id, before.knownAt)).toEqual(before.figures);
    const now = await t.api.get(`/v1/reviews/${before.id}`).set('Authorization', year.chair).expect(200);
    expect(now.body.knownAt).toMatch(/^2026-01-12T10:00:/);
    expect(now.body.figures.total).toMatchObject({
      agreed: 3,
      realised: 1,
      onTime: 1,
      open: 2,
      overdue: 1,
      results: 1,
    });
  });

  it('counts a session as held by what was known, also when it was reopened and closed again since', async () => {
    const area = await t.make.area();
    const meeting = await t.make.meeting(area.id);
    const session = await t.make.session(meeting.id, {
      ...{ heldOn: '2025-06-03', state: 'closed', closedAt: '2026-01-08T10:00:00.000Z' },
    });
    const minutes = await year.lay.minutes(session.id, '2025-06-05T10:00:00.000Z');
    const composed = { minutesId: minutes.id, reason: 'closing' as const, composedById: null, hash: 'a'.repeat(64) };
    const compose = (number: number, composedAt: string) =>
      t.make.row(MinutesVersion, { ...composed, id: newId(), number, composedAt });
    await compose(1, '2025-06-03T12:00:00.000Z');
    await compose(2, '2026-01-08T10:00:00.000Z');
    const blank = { byId: null, sessionId: session.id, versionId: null, text: null, itemNumber: null };
    const reopened = { ...blank, kind: 'reopened' as const, minutesId: minutes.id, at: '2026-01-06T10:00:00.000Z' };
    await t.make.row(MinutesEvent, { ...reopened, id: newId() });
    const { id } = await review(area.id);
    const held = async (knownAt: string) => {
      const { collaboration } = await again(id, knownAt);
      return [collaboration.sessionsHeld, collaboration.minutesSent, collaboration.notClosed.length];
    };
    expect(await held('2025-06-03T11:00:00Z')).toEqual([0, 0, 1]);
    expect(await held('2025-12-31T11:00:00Z')).toEqual([1, 1, 0]);
    expect(await held('2026-01-07T11:00:00Z')).toEqual([0, 0, 1]);
    expect(await held('2026-01-09T11:00:00Z')).toEqual([1, 1, 0]);
  });

  it('counts by what was known before the period began', async () => {
    const area = await t.make.area();
    const on = (recordedOn: string) => ({ areaId: area.id, recordedOn, dueOn: '2024-10-01' });
    t.clock.set('2024-06-01T10:00:00Z');
    const heardLater = await t.make.action(on('2024-06-01'));
    const heardInTime = await t.make.action(on('2024-06-01'));
    const done = { status: 'done', doneOn: '2024-08-01', closedOn: '2024-08-01', effectiveOn: '2024-08-01' } as const;
    t.clock.set('2024-08-02T10:00:00Z');
    await t.make.update(heardInTime, done);
    t.clock.set('2025-03-01T10:00:00Z');
    await t.make.update(heardLater, done);
    await t.make.action(on('2025-02-01'));
    t.clock.set('2026-01-10T10:00:00Z');
    const { id, figures } = await review(area.id);
    expect(figures.total).toMatchObject({ agreed: 1, carriedOver: 0, overdue: 1 });
    const then = await again(id, '2024-12-01T10:00:00.000Z');
    expect(then.total).toMatchObject({ agreed: 0, carriedOver: 1, overdue: 1 });
    expect((await again(id, '2024-05-01T10:00:00.000Z')).total).toMatchObject({
      agreed: 0,
      carriedOver: 0,
      overdue: 0,
    });
  });

  it('gives the same figures whatever the order in which an earlier day was filled in', async () => {
    const area = await t.make.area();
    const first = { areaId: area.id, recordedOn: '2025-03-01', dueOn: '2025-06-01' };
    t.clock.set('2025-03-01T10:00:00Z');
    const inOrder = await t.make.action(first);
    const filledIn = await t.make.action(first);
    t.clock.set('2026-01-13T10:00:00Z');
    const moved = { kind: 'deadline', effectiveOn: '2025-04-01', dueOn: '2025-07-01', postponements: 1 } as const;
    const finished = {
      status: 'done',
      doneOn: '2025-06-20',
      closedOn: '2025-06-20',
      effectiveOn: '2025-06-20',
    } as const;
    await t.make.update(inOrder, { ...moved, sequence: 2 });
    await t.make.update(inOrder, { ...finished, dueOn: '2025-07-01', postponements: 1, sequence: 3 });
    await t.make.update(filledIn, { ...finished, sequence: 2 });
    await t.make.update(filledIn, { ...moved, sequence: 3 });
    await t.make.update(filledIn, { ...finished, dueOn: '2025-07-01', postponements: 1, sequence: 4 });
    const { total, leadTimeDays } = await figuresOf(area.id);
    expect(total).toMatchObject({ agreed: 2, realised: 2, onTime: 2, onTimeOriginal: 0, postponedOnce: 2 });
    expect(leadTimeDays).toBe(111);
  });

  it('does not count what was found to be recorded by mistake, also when that was after the day', async () => {
    const area = await t.make.area();
    t.clock.set('2025-12-30T10:00:00Z');
    const mistake = await t.make.action({ areaId: area.id });
    const followed = await t.make.action({ areaId: area.id, status: 'done', doneOn: '2025-12-30' });
    const next = await t.make.action({ areaId: area.id, followsOnId: followed.id });
    t.clock.set('2026-01-15T10:00:00Z');
    const before = await review(area.id);
    expect(before.figures.total).toMatchObject({ agreed: 3, followUp: 3 });
    t.clock.set('2026-01-16T10:00:00Z');
    for (const { id } of [mistake, next]) {
      await t.database.writer.query(`UPDATE "actions" SET "isWithdrawn" = TRUE WHERE "id" = '${id}'`);
    }
    await t.make.update(mistake, { kind: 'withdrawal', isWithdrawn: true });
    await t.make.update(next, { kind: 'withdrawal', isWithdrawn: true });
    expect((await figuresOf(area.id)).total).toMatchObject({ agreed: 1, followUp: 0 });
    expect(await again(before.id, before.knownAt)).toEqual(before.figures);
  });

  it('follows what people enter: recorded, postponed, done, and an earlier day filled in afterwards', async () => {
    const area = await t.make.area();
    const owner = await t.make.organisation({ kind: 'police' });
    const send = async (path: string, body: object) =>
      (await t.api.post(path).set('Authorization', year.chair).send(body).expect(201)).body;
    const on = (day: string) => t.clock.set(`${day}T10:00:00Z`);
    const record = (title: string) =>
      send('/v1/actions', { title, areaId: area.id, ownerId: owner.id, dueOn: '2026-03-01' });
    on('2026-02-02');
    const [late, dropped] = [await record('Verlichting fietspad'), await record('Schouw in het park')];
    on('2026-02-20');
    await send(`/v1/actions/${late.id}/updates`, { dueOn: '2026-03-20', reason: 'Onderdelen zijn er nog niet' });
    on('2026-04-10');
    await send(`/v1/actions/${late.id}/updates`, {
      status: 'done',
      effectiveOn: '2026-03-20',
      result: 'Het fietspad is weer verlicht',
      resultSize: 'large',
    });
    await send(`/v1/actions/${dropped.id}/updates`, {
      status: 'cancelled',
      reason: 'Dubbel',
      effectiveOn: '2026-04-01',
    });
    const quarter = { fromOn: '2026-01-01', asOf: '2026-03-31' };
    expect(await figuresOf(area.id, quarter)).toMatchObject({
      total: {
        agreed: 2,
        realised: 1,
        notRealised: 0,
        open: 1,
        overdue: 1,
        onTime: 1,
        onTimeOriginal: 0,
        postponedOnce: 1,
      },
      leadTimeDays: 46,
      quarters: [{ quarter: '2026-Q1', done: 1 }],
      results: { large: { total: 1, lines: [{ result: 'Het fietspad is weer verlicht' }] } },
    });
    expect((await figuresOf(area.id, { ...quarter, asOf: '2026-04-10' })).total).toMatchObject({
      notRealised: 1,
      overdue: 0,
    });
  });

  it('counts whole days across summer time and a leap day, and what is done without a result as none', async () => {
    const area = await t.make.area();
    const owner = await t.make.organisation({ kind: 'police' });
    const record = async (day: string, doneOn: string, extra: object) => {
      t.clock.set(`${day}T10:00:00Z`);
      const post = (path: string, body: object) =>
        t.api.post(path).set('Authorization', year.chair).send(body).expect(201);
      const body = { title: 'Schouw', areaId: area.id, ownerId: owner.id, dueOn: '2028-12-01' };
      const { id } = (await post('/v1/actions', body)).body;
      t.clock.set(`${doneOn}T10:00:00Z`);
      await post(`/v1/actions/${id}/updates`, { status: 'done', ...extra });
    };
    await record('2028-02-28', '2028-03-01', {});
    await record('2028-03-25', '2028-03-27', { result: 'Gelukt' });
    const { leadTimeDays, total } = await figuresOf(area.id, { fromOn: '2028-01-01', asOf: '2028-03-27' });
    expect(leadTimeDays).toBe(2);
    expect(total).toMatchObject({ agreed: 2, realised: 2, results: 1, largeResults: 0 });
  });

  /** Lets some minutes pass on the same day, so that whatever is entered afterwards was not known before. */
  const later = (): void =>
    t.clock.set(new Date(Date.parse('2026-02-02T06:00:00Z') + (minutes += 10) * 60_000).toISOString());
  const get = async (path: string) => (await t.api.get(path).set('Authorization', year.chair).expect(200)).text;
  const reviews = (ids: readonly string[], knownAt: string) =>
    Promise.all(ids.map((id) => get(`/v1/reviews/${id}?knownAt=${knownAt}`)));
  const cases = (ids: readonly string[], knownAt: string) =>
    Promise.all(
      ids.flatMap((id) =>
        OPENED.map((name) => get(`/v1/reviews/${id}/figures/${name}/cases?knownAt=${knownAt}&pageSize=200`)),
      ),
    );

  it('says the same for the same dates, whatever is changed after that', async () => {
    later();
    const seed = Date.now() % 1_000_000;
    const edits = lateEdits(t, year);
    const ids = [
      (await review(await t.make.root())).id,
      (await review(year.boskoop.id, { ...YEAR, opgaveId: year.opgaven[0].id })).id,
      (await review(await t.make.root(), UNTIL_TODAY)).id,
    ];
    const seen = { ofThen: new Set<string>(), ofNow: new Set<string>() };
    const [order] = fc.sample(fc.shuffledSubarray(edits, { minLength: edits.length }), { numRuns: 1, seed });
    const knownAt = t.clock.moment();
    const [before, opened] = [await reviews(ids, knownAt), await cases(ids, knownAt)];
    let current = before.map(withoutMoment);
    for (const { name, make } of order) {
      later();
      await make();
      expect({ seed, name, reviews: await reviews(ids, knownAt) }).toEqual({ seed, name, reviews: before });
      const now = (await reviews(ids, t.clock.moment())).map(withoutMoment);
      if (now[0] !== current[0] || now[1] !== current[1]) seen.ofThen.add(name);
      if (now[2] !== current[2]) seen.ofNow.add(name);
      current = now;
    }
    // Again, for rows that were changed before: the oldest of their states is the one that was known.
    for (const { make } of order) {
      later();
      await make();
    }
    expect({ seed, reviews: await reviews(ids, knownAt) }).toEqual({ seed, reviews: before });
    expect({ seed, cases: await cases(ids, knownAt) }).toEqual({ seed, cases: opened });
    // Otherwise the test would prove nothing: without a moment, the same review says what is known now.
    expect([...seen.ofThen].sort()).toEqual(edits.flatMap(({ isOfThen, name }) => (isOfThen ? name : [])).sort());
    expect([...seen.ofNow].sort()).toEqual(edits.map(({ name }) => name).sort());
  }, 90_000);
});

const withoutMoment = (text: string): string => text.replace(/"knownAt":"[^"]*"/, '');

import { beforeAll, expect, it } from '@jest/globals';
import { AreaParent } from '../../src/areas/area-parent.entity.js';
import { newId } from '../../src/common/ids.js';
import { MinutesEvent } from '../../src/minutes/minutes-event.entity.js';
import { MinutesVersion } from '../../src/minutes/minutes-version.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { laySmallYear } from '../support/small-year.js';

const YEAR = { fromOn: '2025-01-01', asOf: '2025-12-31' };

onBothDatabases((kind) => {
  let t: TestApp;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let concern: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2024-01-01' });
    year = await laySmallYear(t.make);
    t.clock.set('2026-01-10T10:00:00Z');
    concern = await t.make.signedIn('chair');
  });
  const review = async (areaId: string, period: object = YEAR) =>
    (
      await t.api
        .post('/v1/reviews')
        .set('Authorization', concern)
        .send({ areaId, ...period })
        .expect(201)
    ).body;
  const figuresOf = async (areaId: string, period: object = YEAR) => (await review(areaId, period)).figures;
  const again = async (id: string, knownAt: string) =>
    (await t.api.get(`/v1/reviews/${id}?knownAt=${knownAt}`).set('Authorization', concern).expect(200)).body.figures;

  it('counts what was agreed and what came of it', async () => {
    expect((await figuresOf(year.boskoop.id)).total).toEqual({
      agreed: 10,
      realised: 2,
      partly: 1,
      notRealised: 1,
      open: 3,
      inProgress: 1,
      blocked: 1,
      onHold: 1,
      followUp: 7,
      doneWithDeadline: 3,
      onTime: 2,
      doneWithOriginalDeadline: 3,
      onTimeOriginal: 1,
      postponedNever: 8,
      postponedOnce: 1,
      postponedMore: 1,
      judgedRealised: 0,
      judgedPartly: 0,
      judgedNot: 0,
      overdue: 3,
      carriedOver: 3,
      doneInPeriod: 5,
      results: 3,
      largeResults: 1,
      realisedShare: 20,
      realisedShareLessCancelled: 22,
      onTimeShare: 67,
      onTimeOriginalShare: 33,
    });
  });

  it('counts days from agreed to done, days overdue, and what was done per quarter', async () => {
    const figures = await figuresOf(year.boskoop.id);
    expect(figures.leadTimeDays).toBe(32);
    expect(figures.overdueDays).toEqual({ median: 30, longest: 486 });
    expect(figures.quarters).toEqual([
      { quarter: '2025-Q1', done: 4 },
      { quarter: '2025-Q2', done: 1 },
      { quarter: '2025-Q3', done: 0 },
      { quarter: '2025-Q4', done: 0 },
    ]);
  });

  it('counts per theme, per organisation, per kind, and the municipality against its partners', async () => {
    const { themes, organisations, sides, kinds } = await figuresOf(year.boskoop.id);
    const brief = (groups: Record<string, unknown>[], key: string) =>
      groups.map((group) => [group[key], group.agreed, group.realised, group.overdue, group.carriedOver]);
    expect(brief(themes, 'theme')).toEqual([
      ['mobiliteit', 4, 0, 1, 1],
      ['schoon', 4, 2, 2, 2],
      [null, 2, 0, 0, 0],
    ]);
    expect(brief(organisations, 'name')).toEqual([
      ['Dorpsraad Boskoop', 2, 0, 0, 0],
      ['Habeko Wonen', 2, 0, 0, 0],
      ['Politie', 3, 1, 1, 0],
      ['Wijken en Kernen', 2, 1, 2, 3],
      [null, 1, 0, 0, 0],
    ]);
    expect(brief(sides, 'side')).toEqual([
      ['municipality', 2, 1, 2, 3],
      ['partners', 7, 1, 1, 0],
      ['unowned', 1, 0, 0, 0],
    ]);
    expect(brief(kinds, 'kind')).toEqual([
      ['housing', 2, 0, 0, 0],
      ['municipality', 2, 1, 2, 3],
      ['police', 3, 1, 1, 0],
      ['residents', 2, 0, 0, 0],
    ]);
  });

  it('tells the results, large and small, in the order of doing', async () => {
    const { results } = await figuresOf(year.boskoop.id);
    expect(results.large).toMatchObject({
      total: 1,
      lines: [{ result: 'Er staan tien prullenbakken', organisation: 'Wijken en Kernen', doneOn: '2025-02-10' }],
    });
    expect(results.small.lines.map(({ result }: { result: string }) => result)).toEqual([
      'De heg is gesnoeid',
      'De wijkagent loopt op vrijdag een ronde',
    ]);
  });

  it('counts sessions held, minutes sent as of the day, and days to sending', async () => {
    const { collaboration } = await figuresOf(year.boskoop.id);
    expect(collaboration).toMatchObject({ sessionsHeld: 4, minutesSent: 2, minutesSentShare: 50, minutesAdopted: 1 });
    expect(collaboration.daysToSending.median).toBe(8.5);
    expect(collaboration.daysToSending.sessions.map(({ days }: { days: number }) => days)).toEqual([3, 14]);
    expect(collaboration.notClosed).toEqual([
      { sessionId: year.unclosed.id, meeting: 'Professionaloverleg Boskoop', area: 'Boskoop', heldOn: '2025-11-11' },
    ]);
  });

  it('counts an organisation once a session, by the dates of its invitation, excused apart from absent', async () => {
    const { attendance } = await figuresOf(year.boskoop.id);
    const brief = attendance.organisations.map((one: Record<string, unknown>) => [
      one.name,
      one.invited,
      one.present,
      one.excused,
      one.absent,
      one.presentShare,
    ]);
    expect(brief).toEqual([
      ['Dorpsraad Boskoop', 3, 2, 0, 1, 67],
      ['Habeko Wonen', 2, 0, 1, 1, 0],
      ['Politie', 4, 2, 1, 1, 50],
    ]);
    expect(attendance.total).toEqual({ invited: 9, present: 4, excused: 2, absent: 3, presentShare: 44 });
  });

  it('counts both ends of the period and reads actions as they stood on the day', async () => {
    const early = await figuresOf(year.boskoop.id, { fromOn: '2025-01-15', asOf: '2025-02-10' });
    expect(early.total).toMatchObject({
      agreed: 2,
      realised: 1,
      open: 1,
      carriedOver: 2,
      overdue: 2,
      postponedOnce: 0,
    });
    const dayBefore = await figuresOf(year.boskoop.id, { fromOn: '2025-01-16', asOf: '2025-02-09' });
    expect(dayBefore.total).toMatchObject({ agreed: 0, realised: 0, realisedShare: null, carriedOver: 4 });
  });

  it('counts a team with everything below it, and the municipality with all teams', async () => {
    const team = await review(year.team.id);
    expect(team.figures.total).toMatchObject({ agreed: 11, overdue: 4 });
    expect(team.areas.map(({ name }: { name: string }) => name)).toEqual(['Benthuizen', 'Boskoop', 'Rijnwoude']);
    expect((await figuresOf(await t.make.root())).total.agreed).toBe(11);
  });

  it('uses the tree of the peildatum when an area moved during the year', async () => {
    const [from, to] = [await t.make.area({ kind: 'team' }), await t.make.area({ kind: 'team' })];
    const moved = await t.make.area({ kind: 'wijk', parentId: from.id });
    await t.database.writer.query(`UPDATE "area_parents" SET "untilOn" = '2025-06-30' WHERE "areaId" = '${moved.id}'`);
    await t.make.row(AreaParent, {
      id: newId(),
      areaId: moved.id,
      parentId: to.id,
      fromOn: '2025-07-01',
      untilOn: null,
    });
    t.clock.set('2025-02-01T10:00:00Z');
    await t.make.action({ areaId: moved.id });
    t.clock.set('2026-01-10T10:00:00Z');
    const agreed = async (areaId: string, asOf: string) =>
      (await figuresOf(areaId, { fromOn: '2025-01-01', asOf })).total.agreed;
    expect(await agreed(from.id, '2025-06-30')).toBe(1);
    expect(await agreed(to.id, '2025-06-30')).toBe(0);
    expect(await agreed(from.id, '2025-07-01')).toBe(0);
    expect(await agreed(to.id, '2025-07-01')).toBe(1);
  });

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
    const now = await t.api.get(`/v1/reviews/${before.id}`).set('Authorization', concern).expect(200);
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

  it('counts no confidential action, not even one that became so later, and says so either way', async () => {
    const area = await t.make.area();
    const empty = await review(area.id);
    expect(empty.notice).toBe('Vertrouwelijke acties tellen in dit overzicht niet mee.');
    t.clock.set('2025-03-01T10:00:00Z');
    const secret = { areaId: area.id, isConfidential: true, partyIds: [year.police.id], doneOn: '2025-04-01' };
    await t.make.action({ ...secret, status: 'done', result: 'Geheim' });
    const later = await t.make.action({ areaId: area.id, status: 'done', doneOn: '2025-03-01', result: 'Ook geheim' });
    const followed = await t.make.action({ areaId: area.id, status: 'done', doneOn: '2025-03-01' });
    await t.make.action({ ...secret, followsOnId: followed.id });
    t.clock.set('2026-01-14T10:00:00Z');
    expect((await figuresOf(area.id)).total).toMatchObject({ agreed: 2, results: 1, followUp: 0 });
    await t.database.writer.query(`UPDATE "actions" SET "isConfidential" = TRUE WHERE "id" = '${later.id}'`);
    await t.database.writer.query(`UPDATE "actions" SET "isConfidential" = TRUE WHERE "id" = '${followed.id}'`);
    const { body } = await t.api.get(`/v1/reviews/${empty.id}`).set('Authorization', concern).expect(200);
    expect(body.notice).toBe(empty.notice);
    expect(body.figures).toEqual(empty.figures);
    expect(JSON.stringify(body)).not.toContain('eheim');
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
      (await t.api.post(path).set('Authorization', concern).send(body).expect(201)).body;
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

  it('counts whole days across summer time and a leap day, and a size without a result as no result', async () => {
    const area = await t.make.area();
    const owner = await t.make.organisation({ kind: 'police' });
    const record = async (day: string, doneOn: string, extra: object) => {
      t.clock.set(`${day}T10:00:00Z`);
      const post = (path: string, body: object) =>
        t.api.post(path).set('Authorization', concern).send(body).expect(201);
      const body = { title: 'Schouw', areaId: area.id, ownerId: owner.id, dueOn: '2028-12-01' };
      const { id } = (await post('/v1/actions', body)).body;
      t.clock.set(`${doneOn}T10:00:00Z`);
      await post(`/v1/actions/${id}/updates`, { status: 'done', ...extra });
    };
    await record('2028-02-28', '2028-03-01', { resultSize: 'large' });
    await record('2028-03-25', '2028-03-27', { result: 'Gelukt' });
    const { leadTimeDays, total } = await figuresOf(area.id, { fromOn: '2028-01-01', asOf: '2028-03-27' });
    expect(leadTimeDays).toBe(2);
    expect(total).toMatchObject({ agreed: 2, realised: 2, results: 1, largeResults: 0 });
    t.clock.set('2026-01-17T10:00:00Z');
  });

  it('names no person', async () => {
    const text = JSON.stringify(await review(year.boskoop.id));
    expect(text).not.toContain('functionaris');
    expect(text).not.toMatch(/person/i);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { AreaParent } from '../../src/directory/areas/area-parent.entity.js';
import { newId } from '../../src/platform/common/ids.js';
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
      overdueAgreed: 2,
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
      judgedDiffering: 0,
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

  it('counts per domain where the municipality has domains, in its order, and puts a table of it in each form', async () => {
    expect((await figuresOf(year.boskoop.id)).domains).toEqual([]);
    t.settings.THEME_DOMAINS = 'schoon=fysiek;participatie=sociaal';
    const { id, figures } = await review(year.boskoop.id);
    const counts = ({ domain, agreed, overdue }: Record<string, unknown>) => [domain, agreed, overdue];
    expect(figures.domains.map(counts)).toEqual([
      ['fysiek', 4, 2],
      [null, 6, 1],
    ]);
    const cases = async (query: string) =>
      (await t.api.get(`/v1/reviews/${id}/figures/${query}`).set('Authorization', concern).expect(200)).body;
    expect((await cases('agreed/cases?domain=fysiek')).total).toBe(4);
    expect((await cases('overdue/cases?domain=fysiek')).total).toBe(2);
    expect((await cases('agreed/cases?domain=economisch')).total).toBe(0);
    expect((await cases('agreed/cases?withoutDomain=true')).total).toBe(6);
    expect((await cases('overdue/cases?withoutDomain=true')).total).toBe(1);
    const as = async (type: string) =>
      (await t.api.get(`/v1/reviews/${id}`).set('Authorization', concern).set('Accept', type).expect(200)).text;
    expect(await as('text/html')).toMatch(/Afspraken per domein[\s\S]*>fysiek<[\s\S]*>Geen domein</);
    expect(await as('text/csv')).toMatch(/^Domeinen;1;fysiek;Afspraken;4\r?$/m);
    t.settings.THEME_DOMAINS = '';
    expect(await as('text/html')).not.toContain('domein');
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

  it('leaves out a session at which nobody wrote down who was there, and says so', async () => {
    const before = await figuresOf(year.boskoop.id);
    const session = await t.make.session(year.meetingId, {
      heldOn: '2025-10-14',
      state: 'closed',
      closedAt: '2025-10-14T12:00:00.000Z',
    });
    await year.lay.attend(session.id, year.police.id, 'excused');
    const { id, figures } = await review(year.boskoop.id);
    expect(figures.attendance).toEqual(before.attendance);
    expect(figures.collaboration).toMatchObject({ sessionsHeld: 5, attendanceTaken: 4 });
    const { body: cases } = await t.api
      .get(`/v1/reviews/${id}/figures/attendance.absent/cases`)
      .set('Authorization', concern)
      .expect(200);
    expect(cases.total).toBe(before.attendance.total.absent);
    const { text } = await t.api.get(`/v1/reviews/${id}`).set('Authorization', concern).set('Accept', 'text/html');
    expect(text).toContain('Bij 1 van de 5 vergaderingen is niet opgeschreven wie er was; die telt hier niet mee.');
    // Once attendance is taken, organisations without a row count as absent.
    await year.lay.attend(session.id, year.police.id, 'absent');
    expect((await figuresOf(year.boskoop.id)).attendance.total).toMatchObject({ invited: 11, absent: 4 });
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

  it('names no person', async () => {
    const text = JSON.stringify(await review(year.boskoop.id));
    expect(text).not.toContain('functionaris');
    expect(text).not.toMatch(/person/i);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { newId } from '../../src/platform/common/ids.js';
import { ESCALATION_FIGURES, GOAL_FIGURES } from '../../src/wijkagenda/figures/figure-names.js';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { type Course, GoalCourse } from '../../src/goals/goal-course.entity.js';
import { GoalMeasurement } from '../../src/goals/goal-measurement.entity.js';
import { Goal } from '../../src/goals/goal.entity.js';
import { Judgement, type Judged } from '../../src/actions/judgements/judgement.entity.js';
import { Opgave } from '../../src/goals/opgaven/opgave.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { laySmallYear } from '../support/small-year.js';

const YEAR = { fromOn: '2025-01-01', asOf: '2025-12-31' };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

onBothDatabases((kind) => {
  let t: TestApp;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let admin: string;
  let personId: string;
  let opgave: Opgave;
  let goals: Record<'off' | 'green', Goal>;
  let id: string;

  beforeAll(async () => {
    t = await startApp(kind, { today: '2024-01-01' });
    year = await laySmallYear(t.make);
    personId = (await t.make.person({ name: 'directeur van iets' })).id;
    t.clock.set('2025-01-02T10:00:00Z');
    opgave = await t.make.row(Opgave, {
      ...{
        id: newId(),
        areaId: await t.make.root(),
        title: 'Een schone gemeente',
        description: null,
        origin: 'Akkoord',
      },
      ...{ bestuurderId: personId, procesregisseurId: personId, startsOn: null, endsOn: null, version: 1 },
    });
    goals = { off: await goal('Verslag binnen veertien dagen'), green: await goal('Tien keer samen op pad') };
    await measure(goals.off, '2025-06-30', 40, '2025-06-30T10:00:00.000Z');
    await measure(goals.off, '2025-12-01', 55, '2025-12-01T10:00:00.000Z');
    await measure(goals.off, '2026-01-05', 90, '2026-01-05T10:00:00.000Z');
    await decide(goals.off, '2025-03-01', 'green');
    await decide(goals.off, '2025-12-09', 'red');
    await decide(goals.green, '2025-12-09', 'green');
    await judge({ goalId: goals.off.id }, year.police.id, 'not', '2025-06-01');
    await judge({ goalId: goals.off.id }, year.police.id, 'partly', '2025-12-10');
    const [action] = await t.database.reader.query<{ ownerId: string }[]>(
      `SELECT "ownerId" FROM "actions" WHERE "id" = '${year.inTime.id}'`,
    );
    await judge({ actionId: year.inTime.id }, action.ownerId, 'not', '2025-11-01');
    await judge({ actionId: year.inTime.id }, year.police.id, 'not', '2025-11-01');
    await judge({ actionId: year.inTime.id }, year.police.id, 'partly', '2025-11-02');
    await judge({ actionId: year.inTime.id }, year.police.id, 'realised', '2026-01-04');
    await escalate(1, '2025-05-01', '2025-05-09');
    await escalate(2, '2025-12-20', '2026-01-03');
    await t.database.writer.query(`UPDATE "actions" SET "opgaveId" = '${opgave.id}' WHERE "id" = '${year.inTime.id}'`);
    await t.database.writer.query(`UPDATE "goals" SET "opgaveId" = '${opgave.id}' WHERE "id" = '${goals.green.id}'`);
    await t.database.writer.query(
      `UPDATE "actions" SET "goalId" = '${goals.green.id}' WHERE "id" = '${year.stillLate.id}'`,
    );
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
    admin = await t.make.signedIn('admin');
    const body = { areaId: year.boskoop.id, ...YEAR };
    id = (await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201)).body.id;
  });
  const goal = (title: string) =>
    t.make.row(Goal, {
      ...{ id: newId(), areaId: year.boskoop.id, kind: 'process', state: 'active', activatedOn: '2025-01-02', title },
      ...{ theme: null, opgaveId: null, description: null, endResult: null, indicator: null, unit: 'procent' },
      ...{
        target: 90,
        direction: 'up',
        source: null,
        metric: title.startsWith('Verslag') ? { kind: 'minutes_sent', days: 14 } : null,
      },
      ...{ baseline: 20, baselineOn: '2025-01-01', baselinePlannedOn: null, peopleAsked: null, peopleAnswered: null },
      ...{ peopleInFavour: null, framework: null, budget: null, budgetCeiling: null, startsOn: '2025-01-01' },
      ...{ endsOn: '2026-12-31', courseKind: 'line', version: 1 },
    } as Goal);
  const measure = ({ id: goalId }: Goal, measuredOn: string, value: number, recordedAt: string) =>
    t.make.row(GoalMeasurement, {
      ...{ id: newId(), goalId, measuredOn, value, source: 'verzenddatum', correctsId: null, isCurrent: true },
      ...{ recordedById: personId, recordedAt },
    });
  const decide = ({ id: goalId }: Goal, decidedOn: string, course: Course) =>
    t.make.row(GoalCourse, {
      ...{
        id: newId(),
        goalId,
        decidedOn,
        course,
        proposed: 'grey',
        cause: course === 'red' ? 'De notulist was ziek.' : null,
      },
      ...{
        consequence: course === 'red' ? 'Acties kwamen laat aan.' : null,
        measure: course === 'red' ? 'Een tweede notulist.' : null,
      },
      ...{
        partiesView: null,
        sessionId: null,
        isCurrent: true,
        recordedById: personId,
        recordedAt: `${decidedOn}T10:00:00.000Z`,
      },
    } as GoalCourse);
  const judge = (of: Partial<Judgement>, organisationId: string, judgement: Judged, judgedOn: string) =>
    t.make.row(Judgement, {
      ...{ id: newId(), goalId: null, actionId: null, organisationId, judgement, comment: 'Het kan beter.', judgedOn },
      ...{ isCurrent: true, recordedById: personId, recordedAt: `${judgedOn}T10:00:00.000Z`, ...of },
    } as Judgement);
  const escalate = async (step: number, askedOn: string, answeredOn: string) =>
    t.make.row(Escalation, {
      ...{ id: newId(), actionId: year.stillLate.id, step, personId: (await t.make.person()).id, text: 'Graag hulp.' },
      ...{ askedById: personId, askedOn, askedAt: `${askedOn}T10:00:00.000Z`, decision: `Besluit ${step}` },
      ...{ decidedFor: '2026-02-01', answeredAt: `${answeredOn}T10:00:00.000Z` },
    } as Escalation);
  const read = (by = chair, accept = 'application/json', review = id) =>
    t.api.get(`/v1/reviews/${review}`).set('Authorization', by).set('Accept', accept).expect(200);

  it('tells of each goal its target, last measurement, own figure, course and who judged it, as of the day', async () => {
    const { goals: told } = (await read()).body.figures;
    expect(told).toMatchObject({ total: 2, green: 1, orange: 0, red: 1, grey: 0 });
    expect(told.items[1]).toMatchObject({
      ...{ goalId: goals.off.id, target: 90, course: 'red', cause: 'De notulist was ziek.' },
      lastMeasurement: { measuredOn: '2025-12-01', value: 55, source: 'verzenddatum' },
      // Of five sessions that were opened, closed or not, two had their minutes within fourteen days.
      ownFigure: { asOf: '2025-12-31', value: 40 },
      judgements: [{ organisation: 'Politie', judgement: 'partly', comment: 'Het kan beter.', judgedOn: '2025-12-10' }],
    });
    expect(told.items[0]).toMatchObject({ course: 'green', lastMeasurement: null, ownFigure: null, judgements: [] });
  });

  it('counts greens and prints reds and oranges in full with their explanation', async () => {
    const { text } = await read(chair, 'text/html');
    expect(text).toContain('2 doelen: 1 op koers, 1 niet op koers.');
    for (const words of ['De notulist was ziek.', 'Acties kwamen laat aan.', 'Een tweede notulist.'])
      expect(text).toContain(words);
    expect(text).toContain('Politie: deels gelukt (woensdag 10 december 2025). Het kan beter.');
  });

  it('puts the last judgement of another party than the owner beside what was realised', async () => {
    const { total, themes } = (await read()).body.figures;
    expect(total).toMatchObject({ judgedRealised: 0, judgedPartly: 1, judgedNot: 0 });
    expect(themes.reduce((sum: number, theme: { judgedPartly: number }) => sum + theme.judgedPartly, 0)).toBe(1);
    const path = `/v1/reviews/${id}/figures/judgedPartly/cases`;
    const { body } = await t.api.get(path).set('Authorization', chair).expect(200);
    expect(body).toMatchObject({ total: 1, items: [{ id: year.inTime.id, status: 'done', judgement: 'partly' }] });
    expect((await read(chair, 'text/html')).text).toContain('1 deels');
  });

  it('tells where the bell was rung, what was decided and how the action stands, and what was answered after the day not', async () => {
    const { escalations } = (await read()).body.figures;
    expect(escalations).toMatchObject({
      asked: 2,
      answered: 1,
      unanswered: 1,
      actions: 1,
      actionsDone: 0,
      actionsOpen: 1,
    });
    expect(escalations.items).toMatchObject([
      { step: 1, askedOn: '2025-05-01', answeredOn: '2025-05-09', decision: 'Besluit 1', decidedFor: '2026-02-01' },
      { step: 2, askedOn: '2025-12-20', answeredOn: null, decision: null, decidedFor: null },
    ]);
    expect(JSON.stringify(escalations)).not.toContain('functionaris');
  });

  it.each([...ESCALATION_FIGURES, ...GOAL_FIGURES])('opens %s to as many cases as it says', async (name) => {
    const [part, member] = name.split('.');
    const { body } = await t.api.get(`/v1/reviews/${id}/figures/${name}/cases`).set('Authorization', chair).expect(200);
    expect(body.total).toBe((await read()).body.figures[part][member]);
    expect(body.items).toHaveLength(body.total);
    if (name === 'escalations.unanswered')
      expect(body.items).toMatchObject([
        { type: 'action', id: year.stillLate.id, on: '2025-12-20', doneOn: null, organisation: 'Wijken en Kernen' },
      ]);
    if (name === 'goals.red')
      expect(body.items).toMatchObject([{ type: 'goal', id: goals.off.id, status: 'red', on: '2025-12-09' }]);
  });

  it('counts per opgave what serves it, by itself or by its goal, and opens it to the cases', async () => {
    const { opgaven } = (await read()).body.figures;
    expect(opgaven).toMatchObject([{ opgaveId: opgave.id, title: 'Een schone gemeente', realised: 1 }]);
    expect(opgaven[0].overdue).toBe(1);
    const path = `/v1/reviews/${id}/figures/overdue/cases?opgave=${opgave.id}`;
    const { body } = await t.api.get(path).set('Authorization', chair).expect(200);
    expect(body).toMatchObject({ total: 1, items: [{ id: year.stillLate.id }] });
  });

  it('has a sheet for goals, for what parties think of them, for opgaven and for escalations', async () => {
    const { body } = await read(chair, XLSX)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(body as unknown as ArrayBuffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Doelen', 'Oordelen over doelen', 'Opgaven', 'Aan de bel getrokken']),
    );
    expect(workbook.getWorksheet('Doelen')!.getCell('D3').value).toBe('niet op koers');
  });

  it('names no organisation to anyone who may not see figures per organisation, and tells the public only how many', async () => {
    const freeze = t.api.put(`/v1/reviews/${id}/freezing`).set('Authorization', chair).set('If-Match', '"1"');
    await freeze.send({ reason: 'De partijen zijn al gehoord.' }).expect(200);
    const publish = t.api.put(`/v1/reviews/${id}/publication`).set('Authorization', chair).set('If-Match', '"2"');
    await publish.expect(200);
    const seen = (await read(admin)).body.figures;
    expect(seen.goals.items[1].judgements).toMatchObject([{ organisation: null, judgement: 'partly' }]);
    expect(seen.escalations.items).toMatchObject([{ organisation: null }, { organisation: null }]);
    const shown = (await t.api.get(`/v1/public/reviews/${id}`).expect(200)).body.figures;
    expect(shown.goals).toEqual({ total: 2, green: 1, orange: 0, red: 1, grey: 0, items: [] });
    expect(shown.escalations).toMatchObject({ asked: 2, answered: 1, items: [] });
    expect(shown.opgaven).toEqual([]);
    const list = await t.api.get('/v1/public/reviews').expect(200);
    expect(list.body).toMatchObject({ total: 1, items: [{ id, areaName: 'Boskoop' }] });
  });

  it('opens a frozen figure to what was frozen less what is confidential now, and says how many are left out', async () => {
    const cases = () => t.api.get(`/v1/reviews/${id}/figures/agreed/cases`).set('Authorization', chair).expect(200);
    const before = (await cases()).body;
    expect(before).toMatchObject({ total: 10, leftOut: 0, notice: null });
    const secret = (is: boolean) =>
      t.database.writer.query(
        `UPDATE "actions" SET "isConfidential" = ${is ? 'TRUE' : 'FALSE'} WHERE "id" = '${year.inTime.id}'`,
      );
    await secret(true);
    const { body, text } = await cases();
    expect(body).toMatchObject({ total: 9, leftOut: 1, notice: expect.stringContaining('vertrouwelijk') });
    expect(text).not.toContain(year.inTime.id);
    expect((await read()).body.figures.total.agreed).toBe(10);
    await secret(false);
  });

  it('counts a goal that has not begun as grey, and draws the way of a measured one beside the straight line', async () => {
    const later = { ...goals.green, id: newId(), title: 'Een nieuw begin', startsOn: '2026-03-01' };
    await t.make.row<Goal>(Goal, later);
    const body = { areaId: year.boskoop.id, ...YEAR };
    const { body: review } = await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201);
    const { goals: told } = review.figures;
    expect(told).toMatchObject({ total: 3, green: 1, orange: 0, red: 1, grey: 1 });
    const off = told.items.find(({ goalId }: { goalId: string }) => goalId === goals.off.id);
    expect(off.measurements.map(({ value }: { value: number }) => value)).toEqual([40, 55]);
    const { text } = await read(chair, 'text/html', review.id);
    expect(text).toContain('Van 20 procent naar 55 procent op maandag 1 december 2025; op de rechte lijn was dat');
    expect(text).toContain('Bron: verzenddatum');
    expect(text).toMatch(/Een nieuw begin[^]*?nog niet begonnen/);
  });
});

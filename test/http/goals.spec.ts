import { beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

/** Everything SMART asks for, but the agreement of the parties. */
const COMPLETE = {
  description: 'Elk verslag gaat binnen veertien dagen naar de deelnemers.',
  endResult: 'Iedereen weet op tijd wat er is afgesproken.',
  indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
  unit: 'procent',
  target: 100,
  direction: 'up',
  source: 'verzenddatum',
  baseline: 0,
  baselineOn: '2026-01-01',
  framework: 'Kadernota wijk- en kerngericht werken',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
};

onBothDatabases((kind) => {
  let t: TestApp;
  let area: string;
  let elsewhere: string;
  let police: string;
  let housing: string;
  let stranger: string;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-07-02' });
    const { make } = t;
    area = (await make.area({ name: 'Boskoop', code: 'BOS' })).id;
    elsewhere = (await make.area({ name: 'Ridderveld', code: 'RID' })).id;
    police = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    housing = (await make.organisation({ name: 'Woningcorporatie', kind: 'housing' })).id;
    stranger = (await make.organisation({ name: 'Fanfare' })).id;
    const meeting = await make.meeting(area);
    for (const organisationId of [police, housing]) await make.invitation(meeting.id, { organisationId });
    const agent = await make.person({ name: 'wijkagent Boskoop', organisationId: police });
    await make.contact(police, agent.id, area);
    const consultant = await make.person({ name: 'woonconsulent Boskoop', organisationId: housing });
    await make.contact(housing, consultant.id, area);
    who.agent = await make.token(agent.id);
    who.housing = await make.token(consultant.id);
    who.chair = await make.signedIn('chair', area);
    who.other = await make.signedIn('chair', elsewhere);
    who.reader = await make.signedIn('reader', area);
    who.admin = await make.signedIn('admin');
  });

  const get = (path: string, as = 'chair') => t.api.get(`/v1/goals${path}`).set('Authorization', who[as]);
  const post = (path: string, body: object, as = 'chair') =>
    t.api.post(`/v1/goals${path}`).set('Authorization', who[as]).send(body);
  const patch = (id: string, body: object, version = 1) =>
    t.api.patch(`/v1/goals/${id}`).set('Authorization', who.chair).set('If-Match', `"${version}"`).send(body);
  const activate = (id: string, version = 1, as = 'chair') =>
    t.api.put(`/v1/goals/${id}/activation`).set('Authorization', who[as]).set('If-Match', `"${version}"`);
  const draft = async (fields: object = {}): Promise<string> =>
    (await post('', { areaId: area, kind: 'process', title: 'Verslag op tijd', ...fields }).expect(201)).body.id;
  const agree = (id: string, as = 'agent') => post(`/${id}/agreements`, { agrees: true }, as).expect(201);
  const active = async (fields: object = {}): Promise<string> => {
    const id = await draft({ ...COMPLETE, ...fields });
    await agree(id);
    await activate(id).expect(200);
    return id;
  };
  const count = async (table: string) =>
    (await rows<{ n: number }>(t.database.reader, `SELECT count(*) AS "n" FROM "${table}"`))[0].n;

  describe('a draft', () => {
    it('may be nothing but a title, and stands as a direction that cannot be measured yet', async () => {
      const { body, headers } = await post('', { areaId: area, kind: 'result', title: 'Schone straten' }).expect(201);
      expect(body).toMatchObject({
        state: 'draft',
        label: 'richting, nog niet meetbaar',
        missingLetters: ['S', 'M', 'A', 'R', 'T'],
        lastMeasurement: null,
        progress: null,
        course: 'grey',
      });
      expect(headers.location).toBe(`/v1/goals/${body.id}`);
    });

    it('is told per letter what holds, why not, and what to fill in', async () => {
      const id = await draft({ ...COMPLETE, unit: null, target: null, baseline: null, baselineOn: null });
      const { body } = await get(`/${id}/smart-check`).expect(200);
      expect(body.isSmart).toBe(false);
      expect(body.letters.map(({ letter, holds }: { letter: string; holds: boolean }) => [letter, holds])).toEqual([
        ['S', true],
        ['M', false],
        ['A', false],
        ['R', true],
        ['T', true],
      ]);
      const [, m] = body.letters;
      expect(m.reason).toContain('In welke eenheid');
      expect(m.fillIn.map(({ field }: { field: string }) => field)).toEqual(['unit', 'target', 'baseline']);
    });

    it('is not activated until all five hold, and says which letters and why', async () => {
      const id = await draft({ ...COMPLETE, framework: null });
      const refused = await activate(id).expect(409);
      expect(refused.body).toMatchObject({
        code: 'GOAL_NOT_SMART',
        errors: [
          { letter: 'A', field: 'agreements' },
          { letter: 'R', field: 'framework', message: 'In welk kader van de raad past dit doel?' },
        ],
      });
      await agree(id);
      await patch(id, { framework: COMPLETE.framework }).expect(200);
      const { body } = await activate(id, 2).expect(200);
      expect(body).toMatchObject({ state: 'active', activatedOn: '2026-07-02', label: null, missingLetters: [] });
      expect((await activate(id, 3).expect(409)).body.code).toBe('GOAL_ACTIVE');
    });

    it.each([
      ['target equal to baseline', { target: 0 }, 'M', 'target'],
      ['end before start', { endsOn: '2025-12-31' }, 'T', 'endsOn'],
      ['unit missing', { unit: null }, 'M', 'unit'],
      ['budget above its ceiling', { budget: 10_001, budgetCeiling: 10_000 }, 'R', 'budget'],
      ['minutes without a number of days', { metric: { kind: 'minutes_sent' } }, 'M', 'metric.days'],
    ])('is refused with %s, naming the letter', async (_, fields, letter, field) => {
      const before = await count('goals');
      const input = { areaId: area, kind: 'process', title: 'Fout', ...COMPLETE, ...fields };
      const { body } = await post('', input).expect(400);
      expect(body).toMatchObject({ code: 'INVALID_INPUT', errors: [{ letter, field }] });
      expect(await count('goals')).toBe(before);
    });

    it('checks a change against what is there already', async () => {
      const id = await draft(COMPLETE);
      expect((await patch(id, { target: 0 }).expect(400)).body.errors).toMatchObject([{ letter: 'M' }]);
      expect((await get(`/${id}`).expect(200)).body).toMatchObject({ target: 100, version: 1 });
    });

    it('refuses an unknown area, opgave or judge', async () => {
      const unknown = '019300a0-0000-7000-8000-00000000dead';
      const { body } = await post('', {
        areaId: area,
        kind: 'process',
        title: 'Fout',
        opgaveId: unknown,
        metric: { kind: 'judged_realised', organisationId: unknown },
      }).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['opgaveId', 'metric.organisationId']);
      await post('', { areaId: unknown, kind: 'process', title: 'Fout' }).expect(400);
    });
  });

  describe('an active goal', () => {
    it('must stay SMART', async () => {
      const id = await active();
      expect((await patch(id, { endResult: null }, 2).expect(409)).body).toMatchObject({
        code: 'GOAL_NOT_SMART',
        errors: [{ letter: 'S', field: 'endResult' }],
      });
      await patch(id, { target: 90 }, 2).expect(200);
    });

    it('asks for If-Match, and refuses one that is no longer true', async () => {
      const id = await draft();
      await t.api.patch(`/v1/goals/${id}`).set('Authorization', who.chair).send({ title: 'X' }).expect(428);
      await patch(id, { title: 'X' }, 7).expect(412);
    });
  });

  describe('agreements', () => {
    it('are of the own organisation, or entered by the chair; the last answer counts and the earlier one stays', async () => {
      const id = await draft(COMPLETE);
      await agree(id);
      await post(`/${id}/agreements`, { agrees: false, comment: 'Te veel voor ons.' }, 'agent').expect(201);
      const { body } = await post(`/${id}/agreements`, { agrees: true, organisationId: housing }).expect(201);
      expect(body).toMatchObject({ organisationName: 'Woningcorporatie', agrees: true, answeredOn: '2026-07-02' });
      expect((await get(`/${id}`)).body).toMatchObject({ partiesAgreed: 1, partiesDisagreed: 1 });
      const list = (await get(`/${id}/agreements`).expect(200)).body;
      expect(list.items.map(({ agrees, isCurrent }: Record<string, boolean>) => [agrees, isCurrent])).toEqual([
        [true, true],
        [false, true],
        [true, false],
      ]);
    });

    it('need a line from who does not agree', async () => {
      const { body } = await post(`/${await draft()}/agreements`, { agrees: false }, 'agent').expect(400);
      expect(body.errors).toMatchObject([{ field: 'comment' }]);
    });

    it('are refused of an organisation that is not invited, with the letter A', async () => {
      const id = await draft();
      const { body } = await post(`/${id}/agreements`, { agrees: true, organisationId: stranger }).expect(400);
      expect(body.errors).toMatchObject([{ letter: 'A', field: 'organisationId' }]);
      expect((await get(`/${id}/agreements`)).body.total).toBe(0);
    });

    it('cannot be given by a partner for another', async () => {
      await post(`/${await draft()}/agreements`, { agrees: true, organisationId: housing }, 'agent').expect(403);
    });
  });

  describe('measurements', () => {
    it('are refused in the future, before the start, and without a unit', async () => {
      const id = await draft(COMPLETE);
      for (const measuredOn of ['2026-07-03', '2025-12-31']) {
        const { body } = await post(`/${id}/measurements`, { measuredOn, value: 1, source: 'telling' }).expect(400);
        expect(body.errors).toMatchObject([{ letter: 'M', field: 'measuredOn' }]);
      }
      const { body } = await post(`/${await draft()}/measurements`, {
        measuredOn: '2026-07-01',
        value: 1,
        source: 'telling',
      }).expect(400);
      expect(body.errors).toMatchObject([{ letter: 'M', field: 'value' }]);
    });

    it('are corrected by a newer one and never lost; the last day counts, whatever the order of entering', async () => {
      const id = await active();
      const late = await post(`/${id}/measurements`, { measuredOn: '2026-07-01', value: 45, source: 'telling' });
      await post(`/${id}/measurements`, { measuredOn: '2026-04-01', value: 80, source: 'telling' }).expect(201);
      expect((await get(`/${id}`)).body.lastMeasurement).toMatchObject({ measuredOn: '2026-07-01', value: 45 });
      const again = { measuredOn: '2026-07-01', value: 54.5, source: 'hertelling' };
      expect((await post(`/${id}/measurements`, again).expect(409)).body.code).toBe('MEASURED_THAT_DAY');
      await post(`/${id}/measurements`, { ...again, correctsId: late.body.id }).expect(201);
      expect((await get(`/${id}`)).body).toMatchObject({
        lastMeasurement: { measuredOn: '2026-07-01', value: 54.5, source: 'hertelling' },
        progress: 55,
      });
      const third = await post(`/${id}/measurements`, { ...again, correctsId: late.body.id }).expect(409);
      expect(third.body.code).toBe('CORRECTED_BEFORE');
      const { body } = await get(`/${id}/measurements`).expect(200);
      expect(
        body.items.map(({ value, isCurrent }: { value: number; isCurrent: boolean }) => [value, isCurrent]),
      ).toEqual([
        [54.5, true],
        [45, false],
        [80, true],
      ]);
    });

    it('cannot correct one of another goal', async () => {
      const [one, other] = [await active(), await active()];
      const first = await post(`/${one}/measurements`, { measuredOn: '2026-07-01', value: 45, source: 'telling' });
      await post(`/${other}/measurements`, {
        measuredOn: '2026-07-01',
        value: 4,
        source: 'telling',
        correctsId: first.body.id,
      }).expect(400);
    });
  });

  describe('the course', () => {
    it('is proposed from the line and decided by the chair, with every decision kept', async () => {
      const id = await active();
      await post(`/${id}/measurements`, { measuredOn: '2026-07-02', value: 35, source: 'telling' }).expect(201);
      expect((await get(`/${id}/course`).expect(200)).body).toMatchObject({
        course: 'grey',
        proposed: 'orange',
        expected: 50,
        progress: 35,
        history: [],
      });
      await post(`/${id}/course`, { course: 'green', partiesView: 'De politie ziet vooruitgang.' }).expect(201);
      const explained = {
        course: 'red',
        cause: 'Ziekte.',
        consequence: 'Geen verslagen.',
        measure: 'Tweede notulist.',
      };
      expect((await post(`/${id}/course`, explained).expect(201)).body).toMatchObject({
        proposed: 'orange',
        course: 'red',
      });
      const { body } = await get(`/${id}/course`).expect(200);
      expect(body.course).toBe('red');
      expect(body.history.map(({ course }: { course: string }) => course)).toEqual(['red', 'green']);
      expect((await get(`/${id}`)).body).toMatchObject({ course: 'red', courseOn: '2026-07-02' });
    });

    it.each(['orange', 'red'])('asks for cause, consequence and measure with %s', async (course) => {
      const { body } = await post(`/${await active()}/course`, { course, cause: 'Ziekte.' }).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['consequence', 'measure']);
    });

    it('has no colour for a draft or for what is not measured', async () => {
      expect((await post(`/${await draft()}/course`, { course: 'green' }).expect(409)).body.code).toBe('GOAL_IS_DRAFT');
      const id = await active();
      expect((await post(`/${id}/course`, { course: 'green' }).expect(409)).body.code).toBe('COURSE_IS_GREY');
    });
  });

  describe('judgements and lines', () => {
    it('are of the own organisation; a new one leaves those of others alone and changes no status', async () => {
      const id = await active();
      await post(`/${id}/judgements`, { judgement: 'not' }, 'housing').expect(201);
      await post(`/${id}/judgements`, { judgement: 'partly' }, 'agent').expect(201);
      await post(`/${id}/judgements`, { judgement: 'realised', comment: 'Het loopt.' }, 'agent').expect(201);
      await post(`/${id}/judgements`, { judgement: 'realised', organisationId: housing }, 'agent').expect(403);
      const { body } = await get(`/${id}/judgements`).expect(200);
      const current = body.items.filter(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
      expect(current).toMatchObject([
        { organisationName: 'Politie', judgement: 'realised' },
        { organisationName: 'Woningcorporatie', judgement: 'not' },
      ]);
      expect(body.total).toBe(3);
      expect((await get(`/${id}`)).body).toMatchObject({ state: 'active', version: 2 });
    });

    it('cannot be about a draft; a line can', async () => {
      const id = await draft();
      await post(`/${id}/judgements`, { judgement: 'not' }, 'agent').expect(409);
      await post(`/${id}/lines`, { text: 'Wij doen graag mee.' }, 'agent').expect(201);
      expect((await get(`/${id}/lines`).expect(200)).body.items).toMatchObject([
        { organisationName: 'Politie', text: 'Wij doen graag mee.', writtenOn: '2026-07-02' },
      ]);
    });

    it('ask for which organisation when the caller has none or several', async () => {
      expect((await post(`/${await active()}/judgements`, { judgement: 'not' }).expect(400)).body.errors).toMatchObject(
        [{ field: 'organisationId' }],
      );
    });
  });

  describe('who may', () => {
    it('read: chair, partner, reader and administrator; to a chair of another area it does not exist', async () => {
      const id = await draft();
      for (const as of ['chair', 'agent', 'reader', 'admin']) await get(`/${id}`, as).expect(200);
      for (const path of ['', '/smart-check', '/agreements', '/measurements', '/course', '/judgements', '/lines']) {
        await get(`/${id}${path}`, 'other').expect(404);
      }
      expect((await get('', 'other').expect(200)).body.total).toBe(0);
    });

    it('write: the chair of the area alone', async () => {
      const id = await draft();
      for (const as of ['agent', 'reader', 'admin']) {
        await post('', { areaId: area, kind: 'process', title: 'Fout' }, as).expect(403);
        await activate(id, 1, as).expect(403);
      }
      await activate(id, 1, 'other').expect(404);
      await post('', { areaId: area, kind: 'process', title: 'Fout' }, 'other').expect(400);
      await post(`/${id}/agreements`, { agrees: true }, 'reader').expect(403);
      await post(`/${id}/measurements`, { measuredOn: '2026-07-01', value: 1, source: 'x' }, 'agent').expect(403);
    });
  });

  it('finds goals by area, state and part of the title, in the order asked for', async () => {
    await draft({ title: 'Zeldzaam A', endsOn: '2026-12-31', startsOn: '2026-01-01' });
    await draft({ title: 'Zeldzaam B', endsOn: '2026-10-31', startsOn: '2026-01-01' });
    const { body } = await get(`?q=zeldzaam&area=${await t.make.root()}&state=draft&sort=endsOn`).expect(200);
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['Zeldzaam B', 'Zeldzaam A']);
    await get('?sort=secret').expect(400);
  });

  it('answers a repeated Idempotency-Key with the same goal', async () => {
    const send = () =>
      post('', { areaId: area, kind: 'process', title: 'Eenmaal' }).set('Idempotency-Key', 'goal-1').expect(201);
    expect((await send()).body).toEqual((await send()).body);
  });
});

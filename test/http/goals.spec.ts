import { describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { COMPLETE, setUpGoals } from './goals.setup.js';

onBothDatabases((kind) => {
  const g = setUpGoals(kind);
  const { who, get, post, patch, activate, draft, agree, active, count } = g;

  describe('a draft', () => {
    it('may be nothing but a title, and stands as a direction that cannot be measured yet', async () => {
      const { body, headers } = await post('', { areaId: g.area, kind: 'result', title: 'Schone straten' }).expect(201);
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
      const input = { areaId: g.area, kind: 'process', title: 'Fout', ...COMPLETE, ...fields };
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
        areaId: g.area,
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

    it('asks for If-Match, and refuses an outdated one', async () => {
      const id = await draft();
      await g.t.api.patch(`/v1/goals/${id}`).set('Authorization', who.chair).send({ title: 'X' }).expect(428);
      await patch(id, { title: 'X' }, 7).expect(412);
    });
  });

  describe('agreements', () => {
    it('are of the own organisation, or entered by the chair; the last answer counts and the earlier one stays', async () => {
      const [id, other] = [await draft(COMPLETE), await draft(COMPLETE)];
      await agree(other);
      await agree(id);
      await post(`/${id}/agreements`, { agrees: false, comment: 'Te veel voor ons.' }, 'agent').expect(201);
      const { body } = await post(`/${id}/agreements`, { agrees: true, organisationId: g.housing }).expect(201);
      expect(body).toMatchObject({ organisationName: 'Woningcorporatie', agrees: true, answeredOn: '2026-07-02' });
      expect((await get(`/${id}`)).body).toMatchObject({ partiesAgreed: 1, partiesDisagreed: 1 });
      expect((await get(`/${other}`)).body).toMatchObject({ partiesAgreed: 1, partiesDisagreed: 0 });
      const list = (await get(`/${id}/agreements`).expect(200)).body;
      expect(list.items.map(({ agrees, isCurrent }: Record<string, boolean>) => [agrees, isCurrent])).toEqual([
        [true, true],
        [false, true],
        [true, false],
      ]);
    });

    it('need a line from whoever does not agree', async () => {
      const { body } = await post(`/${await draft()}/agreements`, { agrees: false }, 'agent').expect(400);
      expect(body.errors).toMatchObject([{ field: 'comment' }]);
    });

    it('are refused of an organisation that is not invited, with the letter A', async () => {
      const id = await draft();
      const { body } = await post(`/${id}/agreements`, { agrees: true, organisationId: g.stranger }).expect(400);
      expect(body.errors).toMatchObject([{ letter: 'A', field: 'organisationId' }]);
      expect((await get(`/${id}/agreements`)).body.total).toBe(0);
    });

    it('are of the day of their session, at the latest today, and of no session that was cancelled', async () => {
      const { make } = g.t;
      const { id: meeting } = await make.meeting(g.area);
      const answer = async (heldOn: string, state: 'planned' | 'closed' | 'cancelled') => {
        const { id: sessionId } = await make.session(meeting, { heldOn, state });
        return post(`/${await draft()}/agreements`, { agrees: true, organisationId: g.housing, sessionId });
      };
      expect((await answer('2026-06-30', 'closed')).body.answeredOn).toBe('2026-06-30');
      expect((await answer('2026-07-09', 'planned')).body.answeredOn).toBe('2026-07-02');
      const { status, body } = await answer('2026-06-30', 'cancelled');
      expect([status, body.errors]).toMatchObject([400, [{ field: 'sessionId' }]]);
    });

    it('cannot be given by a partner for another', async () => {
      await post(`/${await draft()}/agreements`, { agrees: true, organisationId: g.housing }, 'agent').expect(403);
    });
  });

  describe('judgements and lines', () => {
    it('are of the own organisation; a new one leaves those of others alone and changes no status', async () => {
      const id = await active();
      await post(`/${id}/judgements`, { judgement: 'not' }, 'housing').expect(201);
      await post(`/${id}/judgements`, { judgement: 'partly' }, 'agent').expect(201);
      await post(`/${id}/judgements`, { judgement: 'realised', comment: 'Het loopt.' }, 'agent').expect(201);
      await post(`/${id}/judgements`, { judgement: 'realised', organisationId: g.housing }, 'agent').expect(403);
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
        await post('', { areaId: g.area, kind: 'process', title: 'Fout' }, as).expect(403);
        await activate(id, 1, as).expect(403);
      }
      await activate(id, 1, 'other').expect(404);
      await post('', { areaId: g.area, kind: 'process', title: 'Fout' }, 'other').expect(400);
      await post(`/${id}/agreements`, { agrees: true }, 'reader').expect(403);
      await post(`/${id}/measurements`, { measuredOn: '2026-07-01', value: 1, source: 'x' }, 'agent').expect(403);
    });

    it('write: nothing here for the chair of another area who may read this one', async () => {
      const { make } = g.t;
      const { id: personId } = await make.person();
      await make.grant(personId, 'chair', (await make.area()).id);
      await make.grant(personId, 'reader', g.area);
      who.guest = await make.token(personId);
      const [plan, id] = [await draft(COMPLETE), await active()];
      await get(`/${id}`, 'guest').expect(200);
      await activate(plan, 1, 'guest').expect(403);
      await post(`/${id}/measurements`, { measuredOn: '2026-07-01', value: 1, source: 'x' }, 'guest').expect(403);
      await post(`/${id}/agreements`, { agrees: true, organisationId: g.housing }, 'guest').expect(403);
      await post(`/${id}/course`, { course: 'green' }, 'guest').expect(403);
    });
  });

  it('finds goals by area, state and part of the title, in the order asked for', async () => {
    await draft({ title: 'Zeldzaam A', endsOn: '2026-12-31', startsOn: '2026-01-01' });
    await draft({ title: 'Zeldzaam B', endsOn: '2026-10-31', startsOn: '2026-01-01' });
    const { body } = await get(`?q=zeldzaam&area=${await g.t.make.root()}&state=draft&sort=endsOn`).expect(200);
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['Zeldzaam B', 'Zeldzaam A']);
    await get('?sort=secret').expect(400);
  });

  it('answers a repeated Idempotency-Key with the same goal', async () => {
    const send = () =>
      post('', { areaId: g.area, kind: 'process', title: 'Eenmaal' }).set('Idempotency-Key', 'goal-1').expect(201);
    expect((await send()).body).toEqual((await send()).body);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

const TODAY = '2026-07-02';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: string;
  let village: string;
  let meeting: string;
  let police: string;
  let housing: string;
  let space: string;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    t = await startApp(kind, { today: TODAY });
    const { make } = t;
    area = (await make.area({ kind: 'team', name: 'Team Noord', code: 'NRD' })).id;
    village = (await make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS', parentId: area })).id;
    police = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    housing = (await make.organisation({ name: 'Corporatie', kind: 'housing' })).id;
    space = (await make.organisation({ name: 'Openbare ruimte', kind: 'municipality' })).id;
    meeting = (await make.meeting(village, { name: 'Overleg Boskoop' })).id;
    for (const organisationId of [police, housing]) await make.invitation(meeting, { organisationId });
    const agent = await make.person({ name: 'wijkagent', organisationId: police });
    await make.contact(police, agent.id, village);
    who.agent = await make.token(agent.id);
    const employee = await make.person({ name: 'medewerker beheer', organisationId: space });
    who.space = await make.token(employee.id);
    who.chair = await make.signedIn('chair', area);
    who.reader = await make.signedIn('reader', area);

    const held = async (heldOn: string, sentAt: string | null, state: 'closed' | 'open' | 'planned' = 'closed') => {
      const session = await make.session(meeting, { heldOn, state });
      if (state !== 'planned') {
        const present = { id: newId(), sessionId: session.id, guestName: null, isReplacement: false, version: 1 };
        await make.row(Attendance, { ...present, personId: agent.id, organisationId: police, status: 'present' });
      }
      if (state !== 'closed') return;
      const minutes = { id: newId(), sessionId: session.id, currentNumber: 1, adoptedAt: null, adoptedInId: null };
      await make.row(Minutes, { ...minutes, state: sentAt ? 'sent' : 'concept', sentAt, version: 1 });
    };
    await held('2025-12-09', null);
    await held('2026-01-06', '2026-01-20T10:00:00.000Z');
    await held('2026-03-03', '2026-03-20T10:00:00.000Z');
    await held('2026-05-05', null, 'open');
    await held('2026-06-02', null, 'planned');
    await held('2026-06-19', null);
    await make.action({
      areaId: village,
      ownerId: police,
      title: 'Op tijd',
      status: 'done',
      doneOn: '2026-03-01',
      recordedOn: '2026-02-01',
      dueOn: '2026-03-01',
    });
    await make.action({
      areaId: village,
      ownerId: space,
      title: 'Te laat gedaan',
      status: 'done',
      doneOn: '2026-03-09',
      recordedOn: '2026-02-01',
      dueOn: '2026-03-01',
    });
    await make.action({ areaId: village, ownerId: space, title: 'Nog tijd', recordedOn: '2026-06-20', dueOn: TODAY });
    await make.action({
      areaId: village,
      ownerId: space,
      title: 'Verlopen',
      recordedOn: '2026-05-01',
      dueOn: '2026-07-01',
    });
    await make.action({
      areaId: village,
      ownerId: police,
      title: 'GEHEIM',
      isConfidential: true,
      partyIds: [police],
      recordedOn: '2026-05-01',
      dueOn: '2026-07-01',
    });
    await make.action({
      areaId: village,
      ownerId: police,
      title: 'Van vorig jaar',
      status: 'done',
      doneOn: '2026-02-01',
      recordedOn: '2025-11-01',
      dueOn: '2026-01-01',
    });
  });

  const send = (method: 'get' | 'post', path: string, as = 'chair') =>
    t.api[method](`/v1/${path}`).set('Authorization', who[as]);
  const goal = async (metric: object, fields: object = {}, as = 'chair'): Promise<string> => {
    const input = {
      areaId: area,
      kind: 'process',
      title: 'Uit eigen cijfers',
      unit: 'procent',
      target: 90,
      direction: 'up',
      baseline: 0,
      metric,
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      ...fields,
    };
    return (await send('post', 'goals', as).send(input).expect(201)).body.id;
  };
  const figure = async (metric: object, asOf = '', as = 'chair') =>
    (await send('get', `goals/${await goal(metric)}/figure${asOf && `?asOf=${asOf}`}`, as).expect(200)).body;

  it('counts minutes within n days: exactly n is within, past it is not, before it is not due', async () => {
    const body = await figure({ kind: 'minutes_sent', days: 14 });
    expect(body).toMatchObject({ value: 33, for: 1, against: 2, notDue: 1, fromOn: '2026-01-01', asOf: TODAY });
    expect(body.cases.map(({ on, outcome }: { on: string; outcome: string }) => [on, outcome])).toEqual([
      ['2026-01-06', 'for'],
      ['2026-03-03', 'against'],
      ['2026-05-05', 'against'],
      ['2026-06-19', 'not_due'],
    ]);
  });

  it('gives the figure as of another day', async () => {
    expect(await figure({ kind: 'minutes_sent', days: 14 }, '2026-03-10')).toMatchObject({ value: 100, notDue: 1 });
    expect(await figure({ kind: 'minutes_sent', days: 14 }, '2026-01-05')).toMatchObject({ value: null, cases: [] });
    await send('get', `goals/${await goal({ kind: 'sessions_held' })}/figure?asOf=2026-07-03`).expect(400);
  });

  it('counts what falls due after the last day of the goal when it does, and late as late', async () => {
    const hamlet = (await t.make.area({ kind: 'kern', name: 'Rietveld', code: 'RIE' })).id;
    who.hamlet = await t.make.signedIn('chair', hamlet);
    const series = (await t.make.meeting(hamlet)).id;
    const minutes = { currentNumber: 1, adoptedAt: null, adoptedInId: null, version: 1 };
    for (const [heldOn, sentAt] of [
      ['2026-05-20', '2026-05-31T10:00:00.000Z'],
      ['2026-05-21', '2026-06-04T10:00:00.000Z'],
      ['2026-05-22', '2026-06-06T10:00:00.000Z'],
      ['2026-05-23', null],
      ['2026-06-01', '2026-06-02T10:00:00.000Z'],
    ] as const) {
      const session = await t.make.session(series, { heldOn, state: 'closed' });
      const state = sentAt ? ('sent' as const) : ('concept' as const);
      await t.make.row(Minutes, { id: newId(), sessionId: session.id, state, sentAt, ...minutes });
    }
    const agreed = { areaId: hamlet, ownerId: space, dueOn: '2026-06-20' };
    await t.make.action({ ...agreed, recordedOn: '2026-05-25', status: 'done', doneOn: '2026-06-10' });
    await t.make.action({ ...agreed, recordedOn: '2026-05-26' });
    await t.make.action({ ...agreed, recordedOn: '2026-06-01', status: 'done', doneOn: '2026-06-10' });
    const on = async (metric: object, asOf?: string) => {
      const id = await goal(metric, { areaId: hamlet, endsOn: '2026-05-31' }, 'hamlet');
      const read = await send('get', `goals/${id}/figure${asOf ? `?asOf=${asOf}` : ''}`, 'hamlet').expect(200);
      return { ...read.body, id };
    };
    const sent = { kind: 'minutes_sent', days: 14 };
    expect(await on(sent, '2026-05-31')).toMatchObject({ for: 1, against: 0, notDue: 3 });
    expect(await on(sent, '2026-06-04')).toMatchObject({ for: 2, against: 0, notDue: 2, asOf: '2026-06-04' });
    const last = await on(sent);
    expect(last).toMatchObject({ for: 2, against: 2, notDue: 0, value: 50 });
    expect((await send('get', `goals/${last.id}`, 'hamlet').expect(200)).body.lastMeasurement).toMatchObject({
      ...{ measuredOn: '2026-05-31', value: 50 },
    });
    expect(await on({ kind: 'actions_on_time' })).toMatchObject({ for: 1, against: 1, notDue: 0 });
    expect(await on({ kind: 'sessions_held' })).toMatchObject({ value: 4 });
  });

  it('counts sessions held, and shows the one whose day went by', async () => {
    expect(await figure({ kind: 'sessions_held' })).toMatchObject({ value: 4, for: 4, against: 1 });
  });

  it('counts attendance of everybody and of one organisation, over closed sessions', async () => {
    expect(await figure({ kind: 'attendance' })).toMatchObject({ value: 50, for: 3, against: 3 });
    expect(await figure({ kind: 'attendance', organisationId: police })).toMatchObject({ value: 100, against: 0 });
    const none = await figure({ kind: 'attendance', organisationId: housing });
    expect(none).toMatchObject({ value: 0, cases: [{ organisation: 'Corporatie', outcome: 'against' }, {}, {}] });
  });

  it('counts actions on time, completed and owned by partners; nothing confidential and nothing of before', async () => {
    const onTime = await figure({ kind: 'actions_on_time' });
    expect(onTime).toMatchObject({ value: 33, for: 1, against: 2, notDue: 1 });
    expect(onTime.cases.map(({ title }: { title: string }) => title).sort()).toEqual([
      'Nog tijd',
      'Op tijd',
      'Te laat gedaan',
      'Verlopen',
    ]);
    expect(await figure({ kind: 'actions_completed' })).toMatchObject({ value: 67, for: 2, against: 1, notDue: 1 });
    expect(await figure({ kind: 'partner_share' })).toMatchObject({ value: 25, for: 1, against: 3 });
  });

  it('shows who reads goals but no actions the numbers without what they are about', async () => {
    const body = await figure({ kind: 'actions_completed' }, '', 'reader');
    expect(body.value).toBe(67);
    expect(body.cases.every(({ title }: { title: string | null }) => title === null)).toBe(true);
  });

  it('is not measured when there is nothing to count: never 0 and never 100', async () => {
    const empty = (await t.make.area({ kind: 'kern', name: 'Leeg', code: 'LEE', parentId: area })).id;
    for (const metric of ['sessions_held', 'attendance', 'actions_on_time', 'actions_completed', 'partner_share']) {
      const id = await goal({ kind: metric }, { areaId: empty });
      expect((await send('get', `goals/${id}/figure`).expect(200)).body).toMatchObject({ value: null, cases: [] });
      expect((await send('get', `goals/${id}`).expect(200)).body).toMatchObject({
        lastMeasurement: null,
        progress: null,
      });
    }
  });

  it('feeds the course of the goal', async () => {
    const id = await goal({ kind: 'actions_completed' });
    expect((await send('get', `goals/${id}`).expect(200)).body).toMatchObject({
      lastMeasurement: { measuredOn: TODAY, value: 67, source: 'eigen cijfers' },
      progress: 74,
      proposedCourse: 'green',
    });
    expect((await send('get', `goals/${id}/course`).expect(200)).body.proposed).toBe('green');
    const listed = (await send('get', 'goals?pageSize=200').expect(200)).body.items;
    expect(listed.find((one: { id: string }) => one.id === id)).toMatchObject({ progress: 74 });
  });

  it('refuses the figure of a goal that is measured by hand', async () => {
    const id = await goal({ kind: 'sessions_held' }, { metric: null });
    expect((await send('get', `goals/${id}/figure`).expect(409)).body.code).toBe('MEASURED_BY_HAND');
  });

  describe('the judgement of the other party about an action', () => {
    const judge = (action: string, body: object, as = 'agent') =>
      send('post', `actions/${action}/judgements`, as).send(body);

    it('stands beside the status, is of the own organisation, and counts in the share judged realised', async () => {
      const done = {
        areaId: village,
        meetingId: meeting,
        ownerId: space,
        status: 'done',
        recordedOn: '2026-06-25',
        dueOn: null,
        doneOn: '2026-06-26',
      } as const;
      const [one, other, third] = [await t.make.action(done), await t.make.action(done), await t.make.action(done)];
      await judge(one.id, { judgement: 'not' }).expect(201);
      expect((await judge(one.id, { judgement: 'realised' }).expect(201)).body).toMatchObject({
        actionId: one.id,
        goalId: null,
      });
      await judge(other.id, { judgement: 'partly' }).expect(201);
      await judge(third.id, { judgement: 'realised', organisationId: housing }).expect(403);
      const list = (await send('get', `actions/${one.id}/judgements`).expect(200)).body;
      expect(list.items.map(({ judgement, isCurrent }: Record<string, unknown>) => [judgement, isCurrent])).toEqual([
        ['realised', true],
        ['not', false],
      ]);
      expect((await send('get', `actions/${one.id}`).expect(200)).body).toMatchObject({ status: 'done', version: 1 });
      const body = await figure({ kind: 'judged_realised', organisationId: police });
      expect(body).toMatchObject({ value: 50, for: 1, against: 1 });
    });

    it('refuses the owner itself, anyone not at the table, and anyone who may not know the action', async () => {
      const own = await t.make.action({ areaId: village, meetingId: meeting, ownerId: police });
      expect((await judge(own.id, { judgement: 'realised' }).expect(409)).body.code).toBe('OWN_ACTION');
      await judge(own.id, { judgement: 'realised' }, 'space').expect(404);
      await judge(own.id, { judgement: 'realised' }, 'reader').expect(403);
      const secret = await t.make.action({
        areaId: village,
        meetingId: meeting,
        isConfidential: true,
        partyIds: [housing],
      });
      await judge(secret.id, { judgement: 'realised' }).expect(404);
    });
  });

  it('lets an action serve a goal and an opgave, and refuses unknown ones', async () => {
    const goalId = await goal({ kind: 'sessions_held' });
    const action = await t.make.action({ areaId: village });
    const patch = (body: object, version: number) =>
      t.api
        .patch(`/v1/actions/${action.id}`)
        .set('Authorization', who.chair)
        .set('If-Match', `"${version}"`)
        .send(body);
    expect((await patch({ goalId }, 1).expect(200)).body).toMatchObject({ goalId });
    const listed = await send('get', `actions?goal=${goalId}`).expect(200);
    expect(listed.body.items).toMatchObject([{ id: action.id }]);
    const unknown = '019300a0-0000-7000-8000-00000000dead';
    const refused = await patch({ goalId: unknown, opgaveId: unknown }, 2).expect(400);
    expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual(['goalId', 'opgaveId']);
    expect((await patch({ goalId: null }, 2).expect(200)).body.goalId).toBeNull();
  });
});

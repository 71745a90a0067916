import { beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layChair } from '../support/world.js';

const TODAY = '2026-06-02';

/** An open action without a meeting is taken over by the nearest meeting that starts later. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: TODAY });
  });
  const laid = async () => {
    const { make } = t;
    const team = await make.area({ kind: 'team' });
    const wijk = await make.area({ kind: 'wijk', parentId: team.id });
    const buurt = await make.area({ kind: 'buurt', parentId: wijk.id });
    const { as, organisation: owner, chair, admin, read: get } = await layChair(t, [team]);
    const read = (id: string) => get(`/v1/actions/${id}`);
    return {
      ...{ as, team, wijk, buurt, owner, chair, admin, read },
      /** An action recorded between sessions, before its area had a meeting. */
      record: async ({ id: areaId }: { id: string }, fields: object = {}) => {
        const body = { areaId, title: 'Bankje', ownerId: owner.id, dueOn: '2026-06-16', ...fields };
        return (await as(chair, 'post', '/v1/actions', body).expect(201)).body as { id: string; version: number };
      },
      start: async ({ id: areaId }: { id: string }, fields: object = {}) => {
        const body = { areaId, kind: 'professionals', name: 'Overleg Oost', ...fields };
        return (await as(chair, 'post', '/v1/meetings', body).expect(201)).body as { id: string; version: number };
      },
      end: async ({ id, version }: { id: string; version: number }, fields: object = {}) => {
        const body = { endedOn: '2026-06-01', restToId: null, ...fields };
        return (await as(chair, 'put', `/v1/meetings/${id}/ending`, body, version).expect(200)).body;
      },
      plan: async (meetingId: string, heldOn: string) => {
        const body = { heldOn, withoutAgenda: true };
        return (await as(chair, 'post', `/v1/meetings/${meetingId}/sessions`, body).expect(201)).body;
      },
      meetingOf: async ({ id }: { id: string }) => (await read(id)).meetingId as string | null,
      history: async ({ id }: { id: string }) =>
        (await as(chair, 'get', `/v1/actions/${id}/updates`).expect(200)).body.items as Record<string, unknown>[],
    };
  };

  it('when a series starts there: its own, and those of areas below without one', async () => {
    const l = await laid();
    const [ofTeam, ofWijk, ofBuurt] = [await l.record(l.team), await l.record(l.wijk), await l.record(l.buurt)];
    const done = await l.record(l.wijk);
    await l.as(l.chair, 'post', `/v1/actions/${done.id}/updates`, { status: 'done' }).expect(201);
    const own = await l.start(l.buurt);
    expect(await l.meetingOf(ofBuurt)).toBe(own.id);
    const { id } = await l.start(l.wijk);
    expect([await l.meetingOf(ofWijk), await l.meetingOf(ofBuurt)]).toEqual([id, own.id]);
    expect([await l.meetingOf(ofTeam), await l.meetingOf(done)]).toEqual([null, null]);
  });

  it('not to a second series of an area while new actions belong to the first', async () => {
    const l = await laid();
    const action = await l.record(l.wijk);
    const residents = await l.start(l.wijk, { kind: 'residents' });
    expect(await l.meetingOf(action)).toBe(residents.id);
    const professionals = await l.start(l.wijk);
    expect(await l.meetingOf(action)).toBe(residents.id);
    await l.end(professionals);
    const later = await l.record(l.wijk);
    expect(await l.meetingOf(later)).toBe(residents.id);
  });

  it('with one line in its history and in the audit trail, and a deadline that follows; nobody is mailed', async () => {
    const l = await laid();
    const waiting = await l.record(l.wijk, { dueKind: 'next_session', dueOn: undefined });
    const sql = 'SELECT count(*) AS "n" FROM "outgoing_messages"';
    const mails = async () => Number((await rows<{ n: number }>(t.database.reader, sql))[0].n);
    const before = await mails();
    const { id } = await l.start(l.wijk);
    expect(await l.history(waiting)).toMatchObject([
      { kind: 'recorded' },
      { kind: 'edit', comment: 'Komt voortaan aan de orde in Overleg Oost.', effectiveOn: TODAY },
    ]);
    const trail = await l.as(l.chair, 'get', `/v1/audit-entries?object=${waiting.id}`).expect(200);
    const operations = trail.body.items.map(({ operation }: { operation: string }) => operation);
    expect(operations.sort()).toEqual(['action.edited', 'action.recorded']);
    await l.plan(id, '2026-06-23');
    expect(await l.read(waiting.id)).toMatchObject({ dueOn: '2026-06-23', checkOn: null, postponements: 0 });
    expect(await mails()).toBe(before);
  });

  it('but not one that was to go on without a meeting, nor one of another meeting', async () => {
    const l = await laid();
    const ended = await l.start(l.wijk);
    const [released, given] = [await l.record(l.wijk), await l.record(l.wijk)];
    const elsewhere = await l.start(l.team);
    const explicit = await l.record(l.wijk, { meetingId: elsewhere.id });
    await l.end(ended, { actions: [{ actionId: given.id, fate: 'meeting', meetingId: elsewhere.id }] });
    expect([await l.meetingOf(released), await l.meetingOf(given)]).toEqual([null, elsewhere.id]);
    expect((await l.history(released)).at(-1)).toMatchObject({
      comment: 'Overleg Oost is gestopt. Gaat verder zonder overleg.',
    });
    await l.start(l.wijk);
    const meetings = [await l.meetingOf(released), await l.meetingOf(given), await l.meetingOf(explicit)];
    expect(meetings).toEqual([null, elsewhere.id, elsewhere.id]);
    // Nor one recorded in a session that continued without a meeting before the history said so.
    const { id: meetingId } = await t.make.meeting(l.buurt.id, { endedOn: '2026-06-01' });
    const session = await t.make.session(meetingId, { heldOn: '2026-05-05', state: 'closed' });
    const old = await t.make.action({ areaId: l.buurt.id, sessionId: session.id, meetingId: null });
    await l.start(l.buurt);
    expect(await l.meetingOf(old)).toBeNull();
  });

  it('whatever people typed in its history', async () => {
    const l = await laid();
    const typed = '"withoutMeeting":true} \\"withoutMeeting\\":true, {"withoutMeeting":true';
    const action = await l.record(l.wijk, { title: typed });
    const { version } = await l.read(action.id);
    await l
      .as(l.chair, 'patch', `/v1/actions/${action.id}`, { title: `${typed} b`, theme: typed }, version)
      .expect(200);
    const update = { status: 'blocked', reason: typed, comment: typed };
    await l.as(l.chair, 'post', `/v1/actions/${action.id}/updates`, update).expect(201);
    const { id } = await l.start(l.wijk);
    expect(await l.meetingOf(action)).toBe(id);
  });

  describe('a series that gets a last day as one of its fields', () => {
    const change = (l: Awaited<ReturnType<typeof laid>>, { id }: { id: string }, version: number, endedOn = TODAY) =>
      l.as(l.chair, 'patch', `/v1/meetings/${id}`, { endedOn }, version);

    it('is asked what becomes of its open actions, as by ending it', async () => {
      const l = await laid();
      const series = await l.start(l.wijk);
      const action = await l.record(l.wijk);
      expect((await change(l, series, 1).expect(409)).body.code).toBe('ACTIONS_UNDECIDED');
      expect((await l.as(l.chair, 'get', `/v1/meetings/${series.id}`)).body).toMatchObject({
        endedOn: null,
        version: 1,
      });
      await l.as(l.chair, 'post', `/v1/actions/${action.id}/updates`, { status: 'done' }).expect(201);
      await l.plan(series.id, '2026-06-23');
      expect((await change(l, series, 1).expect(409)).body.code).toBe('SESSIONS_AHEAD');
      const ended = (await change(l, series, 1, '2026-06-30').expect(200)).body;
      // A later last day ends nothing.
      await l.record(l.wijk);
      await change(l, series, ended.version as number, '2026-07-31').expect(200);
    });

    it('says nothing of an action its chair may not know, which goes on without a meeting', async () => {
      const l = await laid();
      const series = await l.start(l.wijk);
      const fields = { areaId: l.wijk.id, meetingId: series.id, ownerId: l.owner.id, isConfidential: true };
      const { id } = await t.make.action({ ...fields, number: 'GEH-V1' });
      await change(l, series, 1).expect(200);
      const sql = `SELECT "meetingId" FROM "actions" WHERE "id" = '${id}'`;
      expect(await rows(t.database.reader, sql)).toEqual([{ meetingId: null }]);
      await l.start(l.wijk);
      expect(await rows(t.database.reader, sql)).toEqual([{ meetingId: null }]);
    });
  });

  it('when a series goes on after all, or moves to its area', async () => {
    const l = await laid();
    const ended = await l.end(await l.start(l.wijk));
    const action = await l.record(l.buurt);
    expect(await l.meetingOf(action)).toBeNull();
    const going = await l.as(l.chair, 'patch', `/v1/meetings/${ended.id}`, { endedOn: null }, ended.version);
    expect(await l.meetingOf(action)).toBe(ended.id);
    const ofTeam = await l.record(l.team);
    await l
      .as(l.chair, 'patch', `/v1/meetings/${ended.id}`, { areaId: l.team.id }, going.body.version as number)
      .expect(200);
    expect([await l.meetingOf(ofTeam), await l.meetingOf(action)]).toEqual([ended.id, ended.id]);
  });

  it('when its area moves below one with a meeting, or is merged into it: at once, or when that meeting is planned or held', async () => {
    const l = await laid();
    const other = await t.make.area({ kind: 'wijk', parentId: l.team.id });
    const there = await l.start(other);
    const planned = await l.plan(there.id, TODAY);
    const [moved, merged, reopened] = [await l.record(l.buurt), await l.record(l.wijk), await l.record(l.buurt)];
    await l.as(l.chair, 'post', `/v1/actions/${reopened.id}/updates`, { status: 'done' }).expect(201);
    await l.as(l.admin, 'patch', `/v1/areas/${l.buurt.id}`, { parentId: other.id }, 1).expect(200);
    await l.as(l.admin, 'put', `/v1/areas/${l.wijk.id}/merger`, { intoId: other.id }, 1).expect(200);
    expect(await l.meetingOf(merged)).toBe(there.id);
    expect(await l.meetingOf(moved)).toBe(there.id);
    const again = { status: 'open', reason: 'Toch niet.' };
    await l.as(l.chair, 'post', `/v1/actions/${reopened.id}/updates`, again).expect(201);
    expect(await l.meetingOf(reopened)).toBeNull();
    const { version } = (await l.as(l.chair, 'get', `/v1/sessions/${planned.id}`).expect(200)).body;
    await l.as(l.chair, 'put', `/v1/sessions/${planned.id}/opening`, undefined, version as number).expect(200);
    expect(await l.meetingOf(reopened)).toBe(there.id);
    const { body } = await l.as(l.chair, 'get', `/v1/sessions/${planned.id}/discussions`).expect(200);
    const discussed = body.items.map(({ actionId }: { actionId: string }) => actionId);
    expect(discussed.sort()).toEqual([merged.id, moved.id, reopened.id].sort());
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { NameSuccessorsOfEarlierMergers1765000019000 } from '../../migrations/0020-successors-of-earlier-mergers.js';
import { WaitingDeadlines } from '../../src/actions/deadlines/waiting-deadlines.service.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layChair } from '../support/world.js';

const TODAY = '2026-06-02';

/** What a meeting that ends in a merger of areas passes on to its successor. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: TODAY });
  });
  const laid = async () => {
    const { make } = t;
    const [old, next] = [await make.area(), await make.area()];
    const [oldMeeting, nextMeeting] = [await make.meeting(old.id), await make.meeting(next.id)];
    const { as, organisation, chair, admin, read } = await layChair(t, [old, next]);
    const put = async (path: string, name: string) =>
      (await as(chair, 'put', `${path}/${name}`, undefined, (await read(path)).version).expect(200)).body;
    return {
      ...{ as, chair, old, next, oldMeeting, nextMeeting, read, put },
      action: (fields: object = {}) =>
        make.action({
          ...{ areaId: old.id, meetingId: oldMeeting.id, ownerId: organisation.id, recordedOn: '2026-05-05' },
          ...fields,
        }),
      merge: () => as(admin, 'put', `/v1/areas/${old.id}/merger`, { intoId: next.id }, 1).expect(200),
      enter: async (id: string, body: object) =>
        (await as(chair, 'post', `/v1/actions/${id}/updates`, body).expect(201)).body.action,
      discussed: async (id: string) =>
        (await read(`/v1/sessions/${id}/discussions`)).items
          .map(({ actionId, kind: how }: Record<string, string>) => [...[actionId, how]])
          .sort(),
    };
  };

  it('brings "volgend overleg" to the next session there, but not what was due in a session that was held', async () => {
    const l = await laid();
    await t.make.session(l.oldMeeting.id, { heldOn: '2026-05-26', state: 'closed' });
    const hanging = { dueKind: 'next_session' } as const;
    const waiting = await l.action({ ...hanging, dueOn: null, checkOn: null });
    const due = await l.action({ ...hanging, dueOn: '2026-05-26' });
    await t.make.session(l.nextMeeting.id, { heldOn: '2026-06-16' });
    await l.merge();
    expect(await l.read(`/v1/actions/${waiting.id}`)).toMatchObject({ dueOn: '2026-06-16', postponements: 0 });
    expect(await l.read(`/v1/actions/${due.id}`)).toMatchObject({ dueOn: '2026-05-26' });
    const planned = await l.as(l.chair, 'post', `/v1/meetings/${l.nextMeeting.id}/sessions`, { heldOn: '2026-06-09' });
    expect(planned.status).toBe(201);
    expect(await l.read(`/v1/actions/${waiting.id}`)).toMatchObject({ dueOn: '2026-06-09' });
    expect(await l.read(`/v1/actions/${due.id}`)).toMatchObject({ dueOn: '2026-05-26' });
  });

  it('is shown with what it passed on by a filter that names the old one', async () => {
    const l = await laid();
    const [open, done] = [await l.action(), await l.action({ status: 'done', closedOn: '2026-05-30' })];
    await l.merge();
    const listed = async (id: string) =>
      (await l.read(`/v1/actions?meeting=${id}`)).items.map((one: { id: string }) => one.id).sort();
    expect(await listed(l.oldMeeting.id)).toEqual([open.id, done.id].sort());
    expect(await listed(l.nextMeeting.id)).toEqual([open.id]);
  });

  it('takes an action that goes on again, and hears of what was finished since the last session', async () => {
    const l = await laid();
    const [again, atTable, done] = [await l.action(), await l.action(), await l.action()];
    for (const { id } of [again, atTable, done]) await l.enter(id, { status: 'done' });
    await l.merge();
    const reopened = await l.enter(again.id, { dueKind: 'next_session', status: 'open', reason: 'Toch niet klaar.' });
    expect(reopened).toMatchObject({ meetingId: l.nextMeeting.id });
    const { id } = await t.make.session(l.nextMeeting.id, { heldOn: TODAY });
    await l.put(`/v1/sessions/${id}`, 'opening');
    expect(await l.discussed(id)).toEqual([
      [again.id, 'open'],
      [atTable.id, 'reported_done'],
      [done.id, 'reported_done'],
    ]);
    const there = { status: 'open', reason: 'Toch niet klaar.', sessionId: id };
    expect(await l.enter(atTable.id, there)).toMatchObject({ meetingId: l.nextMeeting.id });
    await l.put(`/v1/sessions/${id}`, 'closing');
    t.clock.set('2026-06-30T10:00:00Z');
    const later = await t.make.session(l.nextMeeting.id, { heldOn: '2026-06-30' });
    await l.put(`/v1/sessions/${later.id}`, 'opening');
    expect(await l.discussed(later.id)).toEqual([
      [again.id, 'open'],
      [atTable.id, 'open'],
    ]);
  });

  it('brings topics that were adjourned and proposals that nobody answered to the next session there, once', async () => {
    const l = await laid();
    const over = await t.make.session(l.oldMeeting.id, { heldOn: '2026-05-26', state: 'closed' });
    await t.make.agendaItem(over.id, { title: 'Skatebaan', state: 'adjourned' });
    await t.make.agendaItem(over.id, { number: '2', position: 2, title: 'Verkeer', state: 'proposed' });
    await t.make.agendaItem(over.id, { number: '3', position: 3, title: 'Groen', state: 'discussed', notes: 'Klaar.' });
    await l.merge();
    const { id } = await t.make.session(l.nextMeeting.id, { heldOn: TODAY });
    await l.put(`/v1/sessions/${id}`, 'opening');
    const { items } = await l.read(`/v1/sessions/${id}/agenda-items`);
    expect(items.map(({ title, state }: Record<string, string>) => [title, state].join())).toEqual([
      'Skatebaan,accepted',
      'Verkeer,proposed',
    ]);
    const planned = await l.as(l.chair, 'post', `/v1/meetings/${l.nextMeeting.id}/sessions`, { heldOn: '2026-06-09' });
    expect((await l.read(`/v1/sessions/${planned.body.id}/agenda-items`)).total).toBe(0);
  });

  it('adopts its minutes in a session there', async () => {
    const l = await laid();
    const held = await t.make.session(l.oldMeeting.id, { heldOn: '2026-05-26' });
    const path = `/v1/sessions/${held.id}`;
    await l.put(path, 'opening');
    await l.put(path, 'closing');
    const tagOf = async () => (await l.as(l.chair, 'get', `${path}/minutes`).expect(200)).headers.etag as string;
    await l
      .as(l.chair, 'put', `${path}/minutes/dispatch`)
      .set('If-Match', await tagOf())
      .expect(200);
    await l.merge();
    const { id } = await t.make.session(l.nextMeeting.id, { heldOn: TODAY });
    await l.put(`/v1/sessions/${id}`, 'opening');
    expect((await l.read(`/v1/sessions/${id}/minutes-to-adopt`)).items).toMatchObject([{ sessionId: held.id }]);
    const wish = { sessionId: id, kind: 'unchanged' };
    await l
      .as(l.chair, 'put', `${path}/minutes/adoption`, wish)
      .set('If-Match', await tagOf())
      .expect(200);
    await l.put(`/v1/sessions/${id}`, 'closing');
    const { adoptions } = await l.read(`/v1/sessions/${id}/minutes`);
    expect(adoptions).toMatchObject([{ sessionId: held.id, kind: 'unchanged' }]);
  });

  it('names the successor after mergers of before successors were kept, and brings "volgend overleg" there', async () => {
    const l = await laid();
    const admin = await t.make.signedIn('admin');
    const waiting = await l.action({ dueKind: 'next_session', dueOn: null, checkOn: null });
    await l.merge();
    const last = await t.make.area();
    const { id: lastMeeting } = await t.make.meeting(last.id);
    await l.as(admin, 'put', `/v1/areas/${l.next.id}/merger`, { intoId: last.id }, 1).expect(200);
    const ended = [l.oldMeeting.id, l.nextMeeting.id];
    const stopped = await t.make.meeting(l.old.id, { kind: 'board', endedOn: TODAY });
    const asBefore = [
      `UPDATE "meetings" SET "successorId" = NULL WHERE "id" IN ('${ended.join("', '")}')`,
      `UPDATE "actions" SET "meetingId" = '${l.oldMeeting.id}', "checkOn" = NULL WHERE "id" = '${waiting.id}'`,
    ];
    for (const sql of asBefore) await t.database.writer.query(sql);
    const runner = t.database.writer.createQueryRunner();
    await new NameSuccessorsOfEarlierMergers1765000019000().up(runner);
    await runner.release();
    const kept = await rows<{ id: string; successorId: string | null }>(
      t.database.reader,
      'SELECT "id", "successorId" FROM "meetings" WHERE "id" IN ($1, $2, $3)',
      [...ended, stopped.id],
    );
    expect(Object.fromEntries(kept.map(({ id, successorId }) => [id, successorId]))).toEqual({
      [ended[0]]: lastMeeting,
      [ended[1]]: lastMeeting,
      [stopped.id]: null,
    });
    await t.app.get(WaitingDeadlines).onApplicationBootstrap();
    const { checkOn } = await l.read(`/v1/actions/${waiting.id}`);
    expect(checkOn).toBe('2026-06-30');
    await t.make.session(lastMeeting, { heldOn: '2026-06-16' });
    await t.app.get(WaitingDeadlines).onApplicationBootstrap();
    expect(await l.read(`/v1/actions/${waiting.id}`)).toMatchObject({
      ...{ meetingId: lastMeeting, dueOn: '2026-06-16', checkOn: null, postponements: 0 },
    });
  });
});

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { Action } from '../../src/actions/action.entity.js';
import { IntegrationsScheduler } from '../../src/integrations/integrations.scheduler.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Receiver } from '../support/receiver.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let receiver: Receiver;
  let admin: string;
  let table: Awaited<ReturnType<typeof layTable>>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02', environment: { WEBHOOK_PRIVATE_ADDRESSES: 'on' } });
    receiver = await Receiver.start();
    admin = await t.make.signedIn('admin');
  });
  afterAll(() => receiver.stop());
  beforeEach(async () => {
    table = await layTable(t);
    await run();
    receiver.take();
    await endAll();
  });

  const endAll = async () => {
    for (const { id, version } of (await table.as(admin, 'get', '/v1/webhooks?working=true').expect(200)).body.items)
      await table.as(admin, 'put', `/v1/webhooks/${id}/ending`, undefined, version).expect(200);
  };
  const run = () => t.app.get(IntegrationsScheduler).run();
  const arrived = async () => {
    await run();
    return receiver.take();
  };
  const subscribe = async (kinds: string[], areaId = table.area.id) => {
    const body = { name: 'zaaksysteem', url: receiver.url, areaId, kinds };
    return (await table.as(admin, 'post', '/v1/webhooks', body).expect(201)).body as { id: string; secret: string };
  };
  const record = async (fields: object = {}, path = '/v1/actions') => {
    const own = path === '/v1/actions' ? { areaId: table.area.id } : {};
    const action = { ...own, title: 'Lantaarn vervangen', ownerId: table.police.id, dueOn: '2026-06-10', ...fields };
    return (await table.as(table.chair, 'post', path, action).expect(201)).body as { id: string; number: string };
  };
  const update = (id: string, body: object) =>
    table.as(table.chair, 'post', `/v1/actions/${id}/updates`, body).expect(201);
  const put = async (path: string, body?: object, tagOf = path.replace(/\/[^/]+$/, '')) => {
    const { headers } = await table.as(table.chair, 'get', tagOf).expect(200);
    const request = t.api.put(path).set('Authorization', table.chair).set('If-Match', headers.etag);
    return (body ? request.send(body) : request).expect(200);
  };
  const stored = () =>
    rows<{ kind: string; subjectId: string }>(t.database.reader, 'SELECT * FROM "events" WHERE "areaId" = $1', [
      table.area.id,
    ]);

  it('delivers a change once, signed, in the profile, and without any text', async () => {
    const { id, secret } = await subscribe(['action.changed']);
    const action = await record({ details: 'Bij de brug' });
    await Promise.all([run(), run()]);
    const [first, ...rest] = receiver.received;
    expect(rest).toEqual([]);
    expect(first.event).toEqual({
      ...{ specversion: '1.0', type: 'nl.wijkagenda.action.changed', source: t.settings.PUBLIC_URL },
      ...{
        id: expect.any(String),
        subject: action.id,
        time: expect.stringMatching(/^2026-06-02T.*Z$/),
        datacontenttype: 'application/json',
      },
      dataref: `${t.settings.PUBLIC_URL}/v1/actions/${action.id}`,
      data: {
        ...{ areaId: table.area.id, number: action.number, status: 'open', dueOn: '2026-06-10' },
        ...{ ownerId: table.police.id, isWithdrawn: false },
      },
    });
    expect(first.headers['content-type']).toBe('application/cloudevents+json; charset=UTF-8');
    const { 'webhook-id': messageId, 'webhook-timestamp': at, 'webhook-signature': signature } = first.headers;
    expect(messageId).toBe(first.event.id);
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signed = createHmac('sha256', key).update(`${String(messageId)}.${String(at)}.${first.body}`);
    expect(signature).toBe(`v1,${signed.digest('base64')}`);
    receiver.take();
    await update(action.id, { status: 'blocked', reason: 'De aannemer is ziek.' });
    expect(await arrived()).toEqual([`action.changed ${action.id}`]);
    expect(JSON.stringify(await stored())).not.toMatch(/aannemer|Lantaarn|brug/);
    const { body } = await table.as(admin, 'get', `/v1/webhooks/${id}/deliveries`).expect(200);
    expect(body.items).toMatchObject(Array(2).fill({ state: 'delivered', status: 204, attempts: 1, reason: null }));
  });

  it('appends nothing while nobody subscribes, and nothing of a change that is rolled back', async () => {
    const action = await record();
    expect(await stored()).toEqual([]);
    await subscribe(['action.changed']);
    await table.as(table.chair, 'post', `/v1/actions/${action.id}/updates`, { status: 'blocked' }).expect(400);
    expect(await stored()).toEqual([]);
  });

  it('says that an action is overdue once per deadline, from the day after it', async () => {
    await record({ title: 'Was al te laat', dueOn: '2026-06-02' });
    t.clock.set('2026-06-03T10:00:00Z');
    await subscribe(['action.overdue']);
    const { id } = await record({ dueOn: '2026-06-10' });
    const waiting = await record({ dueOn: '2026-06-10' });
    await update(waiting.id, { status: 'on_hold', reason: 'Vorst', resumeOn: '2026-06-20' });
    expect(await arrived()).toEqual([]);
    t.clock.set('2026-06-10T21:00:00Z');
    expect(await arrived()).toEqual([]);
    t.clock.set('2026-06-11T10:00:00Z');
    await Promise.all([run(), run()]);
    expect(receiver.take()).toEqual([`action.overdue ${id}`]);
    t.clock.set('2026-06-12T10:00:00Z');
    expect(await arrived()).toEqual([]);
    await update(id, { dueOn: '2026-06-15', reason: 'Meer tijd nodig' });
    t.clock.set('2026-06-16T10:00:00Z');
    expect(await arrived()).toEqual([`action.overdue ${id}`]);
    t.clock.set('2026-06-21T10:00:00Z');
    expect(await arrived()).toEqual([`action.overdue ${waiting.id}`]);
  });

  it('says that a session was closed, with its new actions then and not before, and that its minutes were sent', async () => {
    await subscribe(['action.changed', 'session.closed', 'minutes.sent']);
    const { id } = await t.make.session(table.meeting.id, { heldOn: '2026-06-02' });
    const path = `/v1/sessions/${id}`;
    await put(`${path}/opening`);
    const fresh = await record({}, `${path}/actions`);
    const mistaken = await record({}, `${path}/actions`);
    await put(`/v1/actions/${mistaken.id}/withdrawal`, { reason: 'Dubbel' });
    expect(await arrived()).toEqual([]);
    await put(`${path}/closing`);
    expect(await arrived()).toEqual([`action.changed ${fresh.id}`, `session.closed ${id}`]);
    await put(`${path}/reopening`, { reason: 'Een actie ontbrak.' });
    const late = await record({}, `${path}/actions`);
    expect(await arrived()).toEqual([`action.changed ${late.id}`]);
    await put(`${path}/closing`);
    expect(await arrived()).toEqual([`session.closed ${id}`]);
    await put(`${path}/minutes/dispatch`, undefined, `${path}/minutes`);
    const [{ subjectId }] = (await stored()).filter((one) => one.kind === 'minutes.sent');
    await run();
    expect(receiver.received[0].event.dataref).toBe(`${t.settings.PUBLIC_URL}${path}/minutes`);
    expect(receiver.take()).toEqual([`minutes.sent ${subjectId}`]);
  });

  it('says it again when what was pressed at the table is taken back', async () => {
    const known = await record({ meetingId: table.meeting.id });
    await subscribe(['action.changed']);
    const { id } = await t.make.session(table.meeting.id, { heldOn: '2026-06-02' });
    await put(`/v1/sessions/${id}/opening`);
    const [treated] = (await table.as(table.chair, 'get', `/v1/sessions/${id}/discussions`).expect(200)).body.items;
    await update(known.id, { status: 'done', sessionId: id });
    await run();
    expect(receiver.received[0].event.data.status).toBe('done');
    receiver.take();
    const { headers } = await table.as(table.chair, 'get', `/v1/sessions/${id}/discussions`).expect(200);
    expect(headers).toBeDefined();
    await table.as(table.chair, 'delete', `/v1/discussions/${treated.id}/treatment`, undefined, treated.version + 1);
    await run();
    expect(receiver.received.map(({ event }) => event.data.status)).toEqual(['open']);
  });

  it('is never about anything confidential', async () => {
    await subscribe(['action.changed', 'action.overdue', 'session.closed', 'minutes.sent']);
    const secret = { isConfidential: true, partyIds: [table.police.id, table.gemeente.id], dueOn: '2026-06-03' };
    const { id } = await record(secret);
    await update(id, { status: 'blocked', reason: 'Besloten' });
    t.clock.set('2026-06-05T10:00:00Z');
    expect(await arrived()).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  it('is not sent again about what is confidential by now, nor to a webhook that was ended', async () => {
    const retried = async (meanwhile: (id: string) => PromiseLike<unknown>) => {
      await subscribe(['action.changed']);
      receiver.answers.push(500);
      const { id } = await record();
      expect(await arrived()).toEqual([`action.changed ${id}`]);
      await meanwhile(id);
      t.clock.set(new Date(t.clock.now().getTime() + 3_600_000).toISOString());
      return (await arrived()).length;
    };
    const hide = (id: string) =>
      t.app.get(Transactions).run((manager) => manager.update(Action, id, { isConfidential: true }));
    expect(await retried(() => Promise.resolve())).toBe(1);
    await endAll();
    expect(await retried(hide)).toBe(0);
    await endAll();
    expect(await retried(endAll)).toBe(0);
  });

  it('stays within its area and what lies below it, also after areas are merged', async () => {
    const [below, other] = [await t.make.area({ parentId: table.area.id }), await t.make.area()];
    await subscribe(['action.changed']);
    await record({ areaId: other.id }).catch(() => undefined);
    await t.make.grant(table.chairPerson.id, 'chair', other.id);
    const outside = await record({ areaId: other.id });
    expect(await arrived()).toEqual([]);
    const inside = await record({ areaId: below.id });
    expect(await arrived()).toEqual([`action.changed ${inside.id}`]);
    const old = await record({ areaId: other.id });
    await run();
    await table.as(admin, 'put', `/v1/areas/${other.id}/merger`, { intoId: table.area.id }, 1).expect(200);
    await update(old.id, { comment: 'Nu in het andere gebied' });
    // Neither had a meeting: the other area's meeting takes them over in the merger.
    const taken = [outside.id, old.id, old.id];
    expect(await arrived()).toEqual(taken.map((id) => `action.changed ${id}`));
  });

  it('follows its area into the one that this is merged into', async () => {
    const old = await t.make.area();
    await t.make.grant(table.chairPerson.id, 'chair', old.id);
    await subscribe(['action.changed'], old.id);
    await record();
    expect(await arrived()).toEqual([]);
    await table.as(admin, 'put', `/v1/areas/${old.id}/merger`, { intoId: table.area.id }, 1).expect(200);
    const inNew = await record();
    expect(await arrived()).toEqual([`action.changed ${inNew.id}`]);
  });

  it('refuses an address that is not allowed, an area that is not there, and other roles', async () => {
    const body = { name: 'x', url: 'ftp://a.example/', areaId: admin, kinds: ['action.changed'] };
    const asked = { ...body, areaId: '019300a0-0000-7000-8000-000000000001' };
    const refused = await table.as(admin, 'post', '/v1/webhooks', asked).expect(400);
    expect(refused.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['areaId', 'url']);
    await table.as(table.chair, 'get', '/v1/webhooks').expect(403);
    const { id } = await subscribe(['minutes.sent']);
    const changed = await table.as(admin, 'patch', `/v1/webhooks/${id}`, { kinds: ['action.changed'] }, 1).expect(200);
    expect(changed.body.secret).toBeUndefined();
    await table.as(admin, 'put', `/v1/webhooks/${id}/ending`, undefined, 2).expect(200);
    await table.as(admin, 'patch', `/v1/webhooks/${id}`, { name: 'anders' }, 3).expect(409);
  });
});

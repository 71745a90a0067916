import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

const PATH = '/v1/me/preferences';

onBothDatabases((kind) => {
  let t: TestApp;
  let w: Awaited<ReturnType<typeof layTable>>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  beforeEach(async () => {
    w = await layTable(t);
  });

  const read = async (who = w.partner) => (await w.as(who, 'get', PATH).expect(200)).body;
  const change = async (input: object) =>
    (await w.as(w.partner, 'patch', PATH, input, (await read(w.partner)).version).expect(200)).body;

  it('pause, stop and resume the weekly mail, as its page does', async () => {
    expect(await read()).toEqual({ isDigestStopped: false, digestPausedUntilOn: null, version: 1 });
    expect(await change({ digestPausedUntilOn: '2026-06-02' })).toMatchObject({ digestPausedUntilOn: '2026-06-02' });
    const visitor = await Visitor.of(t, w.partnerPerson.id);
    expect(await visitor.see('/mijn-mail')).toContain('dinsdag 2 juni 2026');
    expect(await change({ isDigestStopped: true })).toMatchObject({ isDigestStopped: true });
    const back = await change({ isDigestStopped: false, digestPausedUntilOn: null });
    expect(back).toEqual({ isDigestStopped: false, digestPausedUntilOn: null, version: 4 });
    expect((await read(w.chair)).version).toBe(1);
  });

  it('are logged as what was done', async () => {
    await change({ digestPausedUntilOn: '2026-06-30' });
    await change({ isDigestStopped: true });
    await change({ isDigestStopped: false });
    const path = `/v1/audit-entries?object=${w.partnerPerson.id}`;
    const { items } = (await w.as(await t.make.signedIn('admin'), 'get', path).expect(200)).body;
    expect(items.map(({ operation }: { operation: string }) => operation).toReversed()).toEqual([
      'person.digest_paused',
      'person.digest_stopped',
      'person.digest_resumed',
    ]);
  });

  it('refuse a pause that is over, a stale version and none at all, and change nothing', async () => {
    await w.as(w.partner, 'patch', PATH, { digestPausedUntilOn: '2026-06-01' }, 1).expect(400);
    await w.as(w.partner, 'patch', PATH, { isDigestStopped: null }, 1).expect(400);
    await w.as(w.partner, 'patch', PATH, { isDigestStopped: true }, 2).expect(412);
    await t.api.patch(PATH).set('Authorization', w.partner).send({ isDigestStopped: true }).expect(428);
    await t.api.get(PATH).expect(401);
    expect(await read()).toEqual({ isDigestStopped: false, digestPausedUntilOn: null, version: 1 });
  });

  it('are not for programs', async () => {
    const body = { name: `zaaksysteem ${newId()}`, areaId: w.area.id, permissions: ['actions.read'] };
    const admin = await t.make.signedIn('admin');
    const client = (await w.as(admin, 'post', '/v1/clients', body).expect(201)).body;
    const made = await w.as(admin, 'post', `/v1/clients/${client.id}/tokens`, {}).expect(201);
    await w.as(`Bearer ${made.body.token}`, 'get', PATH).expect(403);
  });
});

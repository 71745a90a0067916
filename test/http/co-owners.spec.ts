import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let politie: string;
  let boa: string;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    politie = n.organisations.politie.id;
    boa = n.organisations.boa.id;
  });
  const action = (fields: object = {}) => ({
    ...{ title: 'Schouw', areaId: n.boskoop.id, ownerId: politie, coOwnerIds: [boa], dueOn: '2026-12-01', ...fields },
  });
  const REFUSED = [{ field: 'coOwnerIds', message: 'coOwnerIds must not name the owner, who does it already' }];

  it('refuses a new action whose owner is named again as co-owner', async () => {
    const { body } = await n.post('/v1/actions', action({ coOwnerIds: [boa, politie] })).expect(400);
    expect(body.errors).toEqual(REFUSED);
  });

  it('refuses a change that names the owner as co-owner, and changes nothing', async () => {
    const { id } = (await n.post('/v1/actions', action()).expect(201)).body;
    const { body } = await n.patch(`/v1/actions/${id}`, { title: 'Anders', coOwnerIds: [politie] }, 1).expect(400);
    expect(body.errors).toEqual(REFUSED);
    expect((await n.get(`/v1/actions/${id}`).expect(200)).body).toMatchObject({
      ...{ title: 'Schouw', version: 1, coOwners: [{ id: boa }] },
    });
  });

  it('refuses co-owners in a batch, which cannot name any', async () => {
    const { id } = (await n.post('/v1/actions', action()).expect(201)).body;
    const { body } = await n
      .post('/v1/action-updates', { items: [{ actionId: id, coOwnerIds: [politie] }] })
      .expect(400);
    expect(body.errors).toMatchObject([{ field: 'items.0.coOwnerIds' }]);
  });

  it('asks about a row of a list that names its owner twice', async () => {
    const { body } = await n.api
      .post(`/v1/action-imports?area=${n.boskoop.id}`)
      .set('Authorization', n.as.chair)
      .set('Content-Type', 'text/csv')
      .send('actie;wie;wanneer\nSchouw;Politie, Politie;1-12-2026\n')
      .expect(201);
    expect(body.rows[0]).toMatchObject({ outcome: 'cannot', questions: [{ column: 'wie' }] });
  });

  it('lets a co-owner become the owner', async () => {
    const { id } = (await n.post('/v1/actions', action()).expect(201)).body;
    const { body } = await n.post(`/v1/actions/${id}/updates`, { ownerId: boa }).expect(201);
    expect(body.action).toMatchObject({ ownerId: boa, coOwners: [] });
  });
});

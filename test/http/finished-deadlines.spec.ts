import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
  });
  const late = async (status: 'done' | 'cancelled') => {
    const ownerId = n.organisations.politie.id;
    const { id } = await n.make.action({
      areaId: n.boskoop.id,
      ownerId,
      recordedOn: '2026-03-01',
      dueOn: '2026-04-01',
    });
    const ending = status === 'done' ? { realisation: 'full' } : { reason: 'Niet meer nodig.' };
    await n.post(`/v1/actions/${id}/updates`, { status, ...ending }).expect(201);
    return id;
  };
  const read = async (id: string) => (await n.get(`/v1/actions/${id}`).expect(200)).body;

  it.each(['done', 'cancelled'] as const)(
    'makes no action punctual afterwards: one that is %s keeps its deadline until it is reopened',
    async (status) => {
      const id = await late(status);
      const before = await read(id);
      const put = (body: object) => n.post(`/v1/actions/${id}/updates`, { reason: 'Liep uit.', ...body });
      for (const body of [{ dueKind: 'date', dueOn: '2026-12-01' }, { dueKind: 'ongoing' }]) {
        const refused = await put(body).expect(400);
        expect(refused.body.errors).toMatchObject([{ field: 'dueOn', code: 'NOT_GOING_ON' }]);
      }
      expect(await read(id)).toEqual(before);
      await put({ dueKind: 'date', dueOn: '2026-03-20' }).expect(201);
      await put({ status: 'open', dueKind: 'date', dueOn: '2026-12-01' }).expect(201);
      expect(await read(id)).toMatchObject({ status: 'open', dueOn: '2026-12-01', postponements: 1 });
    },
  );

  it('asks in a list what a later date of a finished action means, and carries out the rest', async () => {
    const { number } = await read(await late('done'));
    const list = ['nr;actie;wie;wanneer;stand van zaken', `${number};;;1-12-2026;`, ';Veeg de stoep;Politie;z.s.m.;'];
    const { body } = await n.api
      .post(`/v1/action-imports?area=${n.boskoop.id}`)
      .set({ Authorization: n.as.chair, 'Content-Type': 'text/csv' })
      .send(list.join('\r\n'))
      .expect(201);
    expect(body.rows[0]).toMatchObject({ outcome: 'cannot', questions: [{ column: 'wanneer' }] });
    await n.put(`/v1/action-imports/${body.id}/execution`, {}, 1).expect(200);
  });
});

import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { setUpActionImports } from './action-imports.setup.js';

onBothDatabases((kind) => {
  const i = setUpActionImports(kind);
  const { propose, execute } = i;
  const only = (outcome: string, n: number) => ({ new: 0, changed: 0, unchanged: 0, cannot: 0, [outcome]: n });

  it('records nothing again when a list that was carried out is sent again, whatever happened to its actions', async () => {
    const lines = [
      ";;groen;Snoei de heg;Politie + BOA's;15-6-2026;loopt: begonnen;;",
      ";;groen;Snoei de heg;Politie + BOA's;15-6-2026;loopt: begonnen;;",
      ';3-3-2026;;Zet de bank recht;Politie;1-4-2026;gereed: staat recht;4-3-2026;',
      `;;;${'Een heel lange actie. '.repeat(12)};Politie;z.s.m.;;;`,
    ];
    const first = await propose(...lines);
    expect(first.counts).toEqual(only('new', 4));
    const { body: done } = await execute(first.id).expect(200);
    const [{ number }] = done.rows;
    const { body } = await i.n.get(`/v1/actions?q=${number}`).expect(200);
    const later = { dueOn: '2026-07-01', reason: 'ziek' };
    await i.n.post(`/v1/actions/${body.items[0].id}/updates`, later).expect(201);
    const { total } = await i.list();

    const again = await propose(...lines);
    expect(again.counts).toEqual(only('unchanged', 4));
    expect(again.rows[0]).toMatchObject({
      number,
      remarks: [{ column: 'actie', message: `Staat al in de lijst als ${number}.` }],
    });
    await execute(again.id).expect(200);
    expect((await i.list()).total).toBe(total);
    expect((await propose(...lines, lines[0])).counts).toEqual({ ...only('unchanged', 4), new: 1 });
  });

  it('takes for new what has another owner, deadline or area, or is to be done once more', async () => {
    const one = ';;;Bel de huisbaas;Politie;15-6-2026;;;';
    const { body: done } = await execute((await propose(one)).id).expect(200);
    expect((await propose(one.replace('15-6', '16-6'), one.replace('Politie', "BOA's"))).counts).toEqual(
      only('new', 2),
    );
    const { body } = await i.n.get(`/v1/actions?q=${done.rows[0].number}`).expect(200);
    await i.n.post(`/v1/actions/${body.items[0].id}/updates`, { status: 'done' }).expect(201);
    expect((await propose(one)).counts).toEqual(only('new', 1));
  });

  it('takes for new what was withdrawn', async () => {
    const { politie } = i.n.organisations;
    const cellar = { areaId: i.n.boskoop.id, title: 'Ruim de kelder op', ownerId: politie.id, dueOn: '2026-06-15' };
    await i.n.make.action({ ...cellar, isWithdrawn: true });
    expect((await propose(';;;Ruim de kelder op;Politie;15-6-2026;;;')).counts).toEqual(only('new', 1));
  });

  it('says nothing of a confidential action with the same words', async () => {
    await i.n.make.action({
      areaId: i.n.boskoop.id,
      title: 'Kijk in de kelder',
      ownerId: i.n.organisations.politie.id,
      dueOn: '2026-06-15',
      isConfidential: true,
      partyIds: [i.n.organisations.politie.id],
    });
    expect((await propose(';;;Kijk in de kelder;Politie;15-6-2026;;;')).counts).toEqual(only('new', 1));
  });
});

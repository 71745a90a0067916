import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
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

  it('takes in once what was read twice before it was carried out, and connects what follows on it', async () => {
    const lines = ['QQQ-20;Verf de paal;Politie;15-6-2026;', 'QQQ-21;Zet een paal;Politie;z.s.m.;QQQ-20'];
    const [one, other] = [
      await proposed(...lines),
      await proposed(...lines, 'QQQ-22;Keur de paal;Politie;z.s.m.;QQQ-21'),
    ];
    expect([one.counts.new, other.counts.new]).toEqual([2, 3]);
    const { rows: first } = (await execute(one.id).expect(200)).body;
    const { total } = await i.list();
    const { body } = await execute(other.id).expect(200);
    expect(body.counts).toEqual({ ...only('unchanged', 2), new: 1 });
    expect(body.rows.map(({ number }: { number: string }) => number).slice(0, 2)).toEqual([
      first[0].number,
      first[1].number,
    ]);
    expect(body.rows[0].remarks).toMatchObject([{ message: `Staat al in de lijst als ${first[0].number}.` }]);
    expect(await read(other.id)).toMatchObject({ counts: body.counts, rows: body.rows });
    expect((await i.list()).total).toBe(total + 1);
    expect(await follows(body.rows[2].number)).toBe(first[1].number);
  });

  it('takes in once what is carried out twice at the same time', async () => {
    const lines = Array.from({ length: 20 }, (_, n) => `;Tel bak ${n};Politie;15-6-2026;`);
    const both = [await proposed(...lines), await proposed(...lines)];
    const { total } = await i.list();
    const answers = await Promise.all(both.map(({ id }) => execute(id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await i.list()).total).toBe(total + 20);
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

  const HEAD = 'nr;actie;wie;wanneer;vervolg op';
  const proposed = async (...lines: string[]) => (await i.upload([HEAD, ...lines].join('\r\n')).expect(201)).body;
  const read = async (id: string) => (await i.n.get(`/v1/action-imports/${id}`).expect(200)).body;
  const follows = async (number: string) => {
    const { items } = (await i.n.get(`/v1/actions?q=${number}`).expect(200)).body;
    return (await i.n.get(`/v1/actions/${items[0].id}`).expect(200)).body.followsOnNumber;
  };
  const settle = async (id: string, name: string, organisationId: string) => {
    const chair = new Visitor(i.n, await i.n.make.cookie(i.n.people.gebiedsadviseur.id));
    const at = `/gebieden/${i.n.boskoop.id}/acties/invoeren/${id}`;
    const { version } = await read(id);
    await chair.post(`${at}/namen`, { version: String(version), naam: name, is: organisationId }, at);
    return read(id);
  };

  it('connects what follows on a row that was taken in before', async () => {
    const first = await proposed('QQQ-1;Tel de bakken;Politie;15-6-2026;');
    const [{ number }] = (await execute(first.id).expect(200)).body.rows;
    const again = await proposed('QQQ-1;Tel de bakken;Politie;15-6-2026;', 'QQQ-2;Zet bakken;Politie;z.s.m.;QQQ-1');
    expect(again.counts).toEqual({ ...only('unchanged', 1), new: 1 });
    const { rows } = (await execute(again.id).expect(200)).body;
    expect(await follows(rows[1].number)).toBe(number);
  });

  it('takes one action for one row only, and knows what it follows on, when a name is settled', async () => {
    const one = 'QQQ-3;Bel de winkels;Politie;15-6-2026;';
    const [{ number }] = (await execute((await proposed(one)).id).expect(200)).body.rows;
    const { id, counts } = await proposed(one, 'QQQ-4;Bel de winkels;Veldwacht;15-6-2026;QQQ-3');
    expect(counts).toEqual({ ...only('unchanged', 1), cannot: 1 });
    const settled = await settle(id, 'Veldwacht', i.n.organisations.politie.id);
    expect(settled.rows).toMatchObject([
      { outcome: 'unchanged', number },
      { outcome: 'new', questions: [] },
    ]);
    const { rows } = (await execute(id, settled.version).expect(200)).body;
    expect(await follows(rows[1].number)).toBe(number);
  });

  it('refuses a list that follows on an action that was withdrawn since it was read', async () => {
    const session = await i.n.make.session(i.n.meeting.id, { state: 'open' });
    const action = { title: 'Meet het geluid', ownerId: i.n.organisations.politie.id, dueOn: '2026-06-15' };
    const { body: made } = await i.n.post(`/v1/sessions/${session.id}/actions`, action).expect(201);
    const rows = ['QQQ-6;Meet het geluid;Politie;15-6-2026;', 'QQQ-7;Plaats een scherm;Politie;z.s.m.;QQQ-6'];
    const { id, counts } = await proposed(...rows);
    expect(counts).toEqual({ ...only('unchanged', 1), new: 1 });
    await i.n.put(`/v1/actions/${made.id}/withdrawal`, { reason: 'dubbel' }, made.version).expect(200);
    const { body } = await execute(id).expect(409);
    expect(body).toMatchObject({ code: 'IMPORT_ROW_REFUSED', errors: [{ field: 'rows.3' }] });
  });

  it('says which rows will not be connected, because what they follow on cannot be carried out', async () => {
    const { rows } = await proposed('QQQ-8;Vraag het na;Onbekend;z.s.m.;', 'QQQ-9;Bel terug;Politie;z.s.m.;QQQ-8');
    const message = 'Wordt niet overgenomen: regel 2 kan niet.';
    expect(rows[1]).toMatchObject({ outcome: 'new', remarks: [{ column: 'vervolg op', message }] });
  });

  it('asks about a row that follows on itself', async () => {
    const { rows } = await proposed('QQQ-5;Veeg;Politie;15-6-2026;QQQ-5');
    expect(rows).toMatchObject([{ outcome: 'cannot', questions: [{ column: 'vervolg op' }] }]);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { XLSX, setUpActionImports } from './action-imports.setup.js';

const SERVED = ['gevraagd door', 'doel', 'opgave', 'verwacht resultaat', 'bijdrage', 'vervolg op', 'omvang resultaat'];

onBothDatabases((kind) => {
  const i = setUpActionImports(kind);
  const { upload, execute } = i;
  let goalId: string;
  let opgaveId: string;
  let elsewhere: string;

  beforeAll(async () => {
    const { boskoop, organisations, people } = i.n;
    const { politie, boa, habeko } = organisations;
    const goal = { areaId: boskoop.id, kind: 'process', title: '1-5 schone pleinen' };
    goalId = (await i.n.post('/v1/goals', goal).expect(201)).body.id;
    const municipal = () => i.n.make.organisation({ kind: 'municipality' });
    const opgave = {
      ...{ areaId: boskoop.id, title: 'Wonen en zorg; samen', origin: 'raad' },
      ...{ bestuurderId: people.gebiedsadviseur.id, procesregisseurId: people.gebiedsadviseur.id },
      departments: [
        { organisationId: (await municipal()).id, part: 'Wonen', isLead: true },
        { organisationId: (await municipal()).id, part: 'Toezicht', isLead: false },
      ],
    };
    opgaveId = (await i.n.post('/v1/opgaven', opgave).expect(201)).body.id;
    elsewhere = (await i.n.make.area({ name: 'Zwammerdam', code: 'ZWA', parentId: boskoop.id })).id;
    const action = (fields: Parameters<typeof i.n.make.action>[0]) =>
      i.n.make.action({ areaId: boskoop.id, recordedOn: '2026-04-07', ...fields });
    const first = await action({ number: 'BOS-501', title: 'Tellen', ownerId: habeko.id });
    await action({
      ...{ number: 'BOS-502', title: 'Bakken plaatsen', ownerId: politie.id, coOwnerIds: [boa.id, habeko.id] },
      ...{ goalId, opgaveId, requestedById: habeko.id, followsOnId: first.id, contribution: 'take_part' },
      ...{ expectedResult: 'Een schoon plein\nen "minder" klachten; ook in de winter', dueOn: '2026-09-01' },
    });
    await action({
      ...{ number: 'BOS-503', title: 'Lampen', ownerId: politie.id, goalId, contribution: 'carry_out' },
      ...{ status: 'done', doneOn: '2026-05-01', closedOn: '2026-05-01', result: 'Twee lampen', resultSize: 'large' },
      realisation: 'partial',
    });
  });

  const exported = (area: string, accept: string) =>
    i.n
      .get(`/v1/actions?area=${area}&sort=title`)
      .set('Accept', accept)
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
  const withoutNumbers = (csv: string) => csv.replaceAll(/^(?:BOS|ZWA)-\d+/gm, '');

  it('has every field in its columns, and takes them in again: the same list comes out elsewhere', async () => {
    const { body: csv } = await exported(i.n.boskoop.id, 'text/csv');
    const text = (csv as Buffer).toString();
    for (const words of [SERVED.join(';'), '1-5 schone pleinen', 'meedoen', 'BOS-501', 'groot', 'Habeko Wonen'])
      expect(text).toContain(words);
    const { body } = await upload(withoutNumbers(text), { area: elsewhere }).expect(201);
    expect(body.rows.flatMap(({ questions }: { questions: object[] }) => questions)).toEqual([]);
    await execute(body.id).expect(200);
    const own = text.split('\r\n').filter((line) => !line.startsWith('ZWA'));
    const { body: other } = await exported(elsewhere, 'text/csv');
    expect(withoutNumbers((other as Buffer).toString())).toBe(withoutNumbers(own.join('\r\n')));
  });

  it('takes in the list of another municipality, whose numbers are unknown here, with what follows on what', async () => {
    const { body: csv } = await exported(i.n.boskoop.id, 'text/csv');
    const lines = (csv as Buffer).toString().split('\r\n');
    const text = lines
      .filter((line) => !line.startsWith('ZWA'))
      .join('\r\n')
      .replaceAll('BOS-', 'QQQ-');
    const there = (await i.n.make.area({ name: 'Hoorn', code: 'HOO' })).id;
    await i.n.make.grant(i.n.people.gebiedsadviseur.id, 'chair', there);
    const { body } = await upload(`${text}QQQ-V7;;;Geheim;Politie;z.s.m.\r\n`, { area: there }).expect(201);
    const refused = body.rows.filter(({ outcome }: { outcome: string }) => outcome !== 'new');
    expect(refused).toMatchObject([{ title: 'Geheim', questions: [{ column: 'nr' }] }]);
    await execute(body.id).expect(200);
    const { items } = (await i.n.get(`/v1/actions?area=${there}&pageSize=200`).expect(200)).body;
    const called = (title: string) => items.find((one: { title: string }) => one.title === title);
    const bakken = (await i.n.get(`/v1/actions/${called('Bakken plaatsen').id}`)).body;
    expect(bakken).toMatchObject({ followsOnNumber: called('Tellen').number, contribution: 'take_part' });
    const history = (await i.n.get(`/v1/actions/${bakken.id}/updates`)).body.items;
    expect(JSON.stringify(history)).toContain('In de ingevoerde lijst: nummer QQQ-502.');
    const { body: other } = await exported(there, 'text/csv');
    const bare = (list: string) => list.replaceAll(/(?:BOS|HOO|QQQ)-\d+/g, '#');
    expect(bare((other as Buffer).toString())).toBe(bare(text));
  });

  it.each(['text/csv', XLSX])('comes in unchanged as %s', async (type) => {
    const { body: file } = await exported(i.n.boskoop.id, type);
    expect((await upload(file, { type }).expect(201)).body.counts).toMatchObject({ new: 0, changed: 0, cannot: 0 });
  });

  it('asks about a goal, an organisation, a size or a number that is not known', async () => {
    const head = `actie;wie;wanneer;${SERVED.join(';')}`;
    const line = 'Iets;Politie;z.s.m.;Niemand;Geen doel;Geen opgave;;toekijken;BOS-999;enorm';
    const { body } = await upload([head, line].join('\n')).expect(201);
    const columns = body.rows[0].questions.map(({ column }: { column: string }) => column);
    expect(columns.toSorted()).toEqual(SERVED.filter((name) => name !== 'verwacht resultaat').toSorted());
  });

  it('asks for the result of which only the size is given, of new actions and known ones', async () => {
    const done = { status: 'done', realisation: 'full', doneOn: '2026-05-01', closedOn: '2026-05-01' } as const;
    await i.n.make.action({ areaId: i.n.boskoop.id, number: 'BOS-504', recordedOn: '2026-04-07', ...done });
    const lines = ['nr;actie;wie;wanneer;stand van zaken;omvang resultaat'];
    lines.push(';Iets;Politie;z.s.m.;gereed;groot', 'BOS-502;;;;gereed;groot', 'BOS-504;;;;;groot');
    lines.push(';Iets;Politie;z.s.m.;gereed: staat er;groot', 'BOS-504;;;;gereed: staat er;groot');
    const asked = async (some: string[]) => (await upload(some.join('\n')).expect(201)).body.rows;
    const question = { column: 'omvang resultaat', message: 'Schrijf ook wat het resultaat is, achter "gereed:".' };
    expect(await asked(lines.slice(0, 4))).toMatchObject(Array(3).fill({ outcome: 'cannot', questions: [question] }));
    expect(await asked([lines[0], ...lines.slice(4)])).toMatchObject([{ outcome: 'new' }, { outcome: 'changed' }]);
  });

  it('changes what was changed in a list, with the day in the history', async () => {
    const head = `nr;actie;${SERVED.join(';')}`;
    const { body } = await upload([head, `BOS-502;;BOA's;;;Rust;zelf uitvoeren;bos-503;`].join('\n')).expect(201);
    expect(body.counts).toMatchObject({ changed: 1, cannot: 0 });
    await execute(body.id).expect(200);
    const { items } = (await i.n.get('/v1/actions?q=bakken&sort=number').expect(200)).body;
    const { id } = items.find(({ number }: { number: string }) => number === 'BOS-502');
    expect((await i.n.get(`/v1/actions/${id}`)).body).toMatchObject({
      ...{ requestedByName: "BOA's", goalId, opgaveId, expectedResult: 'Rust', contribution: 'carry_out' },
      ...{ followsOnNumber: 'BOS-503' },
    });
  });

  it('defaults the requester to the organisation that put the item on the agenda, unless another is named', async () => {
    const { politie, habeko } = i.n.organisations;
    const session = await i.n.make.session(i.n.meeting.id, { state: 'open' });
    const item = await i.n.make.agendaItem(session.id, { kind: 'topic', proposedById: habeko.id });
    const record = async (also: object) => {
      const action = { title: 'Bankje', ownerId: politie.id, dueOn: '2026-09-01', agendaItemId: item.id, ...also };
      return (await i.n.post(`/v1/sessions/${session.id}/actions`, action).expect(201)).body.requestedById;
    };
    expect(await record({})).toBe(habeko.id);
    expect(await record({ requestedById: politie.id })).toBe(politie.id);
  });
});

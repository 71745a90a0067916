import { beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { sheetRow, workbookParts, zipOf } from '../support/zip.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEAD = 'gebied;jaar;initiatief;gevraagd door;gevraagd;besluit;toegekend;reden;besloten op;uitgegeven;resultaat';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: string;
  let visitor: Visitor;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-10-06' });
    area = (await t.make.area({ name: 'Boskoop', code: 'BOS', inhabitants: { 2025: 15_000 } })).id;
    await t.make.area({ name: 'Ridderveld', code: 'RID' });
    await t.make.organisation({ name: 'Dorpsraad Boskoop', kind: 'residents' });
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area);
    who.chair = await t.make.token(adviser.id);
    who.reader = await t.make.signedIn('reader', area);
    visitor = await Visitor.of(t, adviser.id);
  });

  const upload = (register: string, body: string | Buffer, as = 'chair', type = 'text/csv') =>
    t.api
      .post(`/v1/register-imports?register=${register}`)
      .set({ Authorization: who[as], 'Content-Type': type })
      .send(body as never);
  const propose = async (register: string, ...lines: string[]) =>
    (await upload(register, lines.join('\r\n')).expect(201)).body;
  const execute = (id: string) =>
    t.api.put(`/v1/register-imports/${id}/execution`).set({ Authorization: who.chair, 'If-Match': '"1"' });
  const fill = async (register: string, ...lines: string[]) => {
    const { id, rows, counts } = await propose(register, ...lines);
    expect(rows.flatMap(({ questions }: { questions: object[] }) => questions)).toEqual([]);
    await execute(id).expect(200);
    return counts;
  };
  const faults = async (register: string, ...lines: string[]): Promise<string[]> =>
    (await propose(register, ...lines)).rows.flatMap(
      ({ row, questions }: { row: number; questions: { column: string; message: string }[] }) =>
        questions.map(({ column, message }) => `${row} ${column}: ${message}`),
    );
  const list = async (path: string) =>
    (await t.api.get(`/v1/${path}`).set('Authorization', who.chair).expect(200)).body.items;
  const table = (path: string, type: string, as = 'chair') =>
    t.api
      .get(`/v1/${path}`)
      .set({ Authorization: who[as], Accept: type })
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);

  const start = async (year: number) => {
    await fill('budgets', 'gebied;jaar;bedrag', `BOS;${year};1.250,50`);
    return `BOS;${year}`;
  };

  it('is imported from a file, computed or typed, and importing it again changes nothing', async () => {
    const lines = [
      'gebied;jaar;bedrag;bedrag per inwoner;meegenomen;aanvragen tot en met;wie beslist;openbaar',
      'BOS;2026;;1,50;1.250,50;1-12-2026;de dorpsraad;ja',
      'Boskoop;2027;20.000;;;;;',
    ];
    expect(await fill('budgets', ...lines)).toMatchObject({ new: 2 });
    const [typed, worked] = await list('budgets');
    expect(typed).toMatchObject({
      year: 2027,
      amount: '20000.00',
      rate: null,
      closesOn: '2027-12-31',
      isPublic: false,
    });
    expect(worked).toMatchObject({
      ...{ year: 2026, amount: '22500.00', rate: '1.50', inhabitants: 15_000, carryOver: '1250.50' },
      ...{ closesOn: '2026-12-01', decidedBy: 'de dorpsraad', isPublic: true },
    });
    expect((await propose('budgets', ...lines)).counts).toMatchObject({ unchanged: 2, new: 0, changed: 0 });
    expect(await fill('budgets', 'gebied;jaar;bedrag', 'BOS;2027;21.000,50')).toMatchObject({ changed: 1 });
    expect((await list('budgets'))[0]).toMatchObject({ amount: '21000.50', version: 2 });
  });

  it('imports initiatives with their decision and spending as if entered by hand: by mandate, each step in the history', async () => {
    const at = await start(2030);
    const rows = [
      `${at};Zomerfeest;Dorpsraad Boskoop;450;toegekend;400,50;;1-9-2026;431,20;Een volle straat`,
      `${at};Boom;bewoners;900;afgewezen;;Past niet in het plan.;2-9-2026;;`,
      `${at};Bankje;;1.250;;;;;;`,
    ];
    expect(await fill('initiatives', HEAD, ...rows)).toMatchObject({ new: 3 });
    const [bench, tree, feast] = await list('initiatives?year=2030&sort=title').then((all) =>
      ['Bankje', 'Boom', 'Zomerfeest'].map((title) => all.find((one: { title: string }) => one.title === title)),
    );
    expect(bench).toMatchObject({ state: 'requested', requested: '1250.00', requestedByName: null });
    expect(tree).toMatchObject({ state: 'refused', reason: 'Past niet in het plan.', granted: null });
    expect(feast).toMatchObject({
      ...{ state: 'granted', granted: '400.50', decidedOn: '2026-09-01', sessionId: null, spent: '431.20' },
      ...{ requestedByName: 'Dorpsraad Boskoop', result: 'Een volle straat' },
    });
    const changes = await list(`initiatives/${feast.id}/changes`);
    expect(changes.map(({ verb }: { verb: string }) => verb)).toEqual(['changed', 'granted', 'recorded']);
    expect((await propose('initiatives', HEAD, ...rows)).counts).toMatchObject({ unchanged: 3 });
    expect(await faults('initiatives', HEAD, `${at};Zomerfeest;Dorpsraad Boskoop;;toegekend;500;;;;`)).toEqual([
      '2 toegekend: Dit is al besloten. Leg een ander besluit vast op de pagina van het initiatief.',
    ]);
    expect(await fill('initiatives', HEAD, `${at};Bankje;;;toegekend;1.250,-;Het mag toch.;;;`)).toMatchObject({
      changed: 1,
    });
  });

  it('says per row what is impossible, and then imports nothing from the file', async () => {
    const at = await start(2031);
    const wrong = [
      `${at};Goed;;10;;;;;;`,
      `${at};Min;;-450;;;;;;`,
      `${at};Drie;;450,505;;;;;;`,
      `${at};Letters;;veel;;;;;;`,
      `${at};Punten;;1.250.50;;;;;;`,
      `${at};Weg;Onbekende club;10;;;;;;`,
      `RID;2031;Elders;;10;;;;;;`,
      `BOS;2032;Jaar;;10;;;;;;`,
      `${at};Zonder reden;;10;afgewezen;;;;;`,
      `${at};Te veel;;2000;toegekend;;;;;`,
      `${at};Later;;10;toegekend;;;1-1-2040;;`,
      `${at};Uitgave;;10;;;;;5;`,
      `${at};Goed;;10;;;;;;`,
    ];
    const said = await faults('initiatives', HEAD, ...wrong);
    expect(said.map((one) => one.split(':')[0])).toEqual([
      ...['3 gevraagd', '4 gevraagd', '5 gevraagd', '6 gevraagd', '7 gevraagd door', '8 gebied', '9 jaar'],
      ...['10 reden', '11 reden', '12 besloten op', '13 uitgegeven', '14 null'],
    ]);
    const { id } = await propose('initiatives', HEAD, ...wrong);
    const { body } = await execute(id).expect(409);
    expect([body.code, body.errors.length]).toEqual(['IMPORT_HAS_FAULTS', 12]);
    expect(await list('initiatives?year=2031')).toEqual([]);
    expect((await upload('initiatives', `${HEAD}\r\n${wrong[0]}`, 'reader')).status).toBe(403);
  });

  it('reads the numbers of a workbook with two decimals, and never as thousands', async () => {
    await start(2033);
    const parts = (value: string) => {
      const row = sheetRow(2, 'BOS', '2033', `Feest ${value}`).replace('</row>', `<c r="D2"><v>${value}</v></c></row>`);
      return zipOf(workbookParts(sheetRow(1, 'gebied', 'jaar', 'initiatief', 'gevraagd') + row));
    };
    for (const value of ['1.125', '1.005', '0.30000000000000004', '-5']) {
      const { body } = await upload('initiatives', parts(value), 'chair', XLSX).expect(201);
      expect([value, body.rows[0].outcome]).toEqual([value, 'cannot']);
    }
    for (const [value, cents] of [
      ['1250.5', '1250.50'],
      ['431.2', '431.20'],
      ['1250', '1250.00'],
    ]) {
      const { body } = await upload('initiatives', parts(value), 'chair', XLSX).expect(201);
      await execute(body.id).expect(200);
      expect((await list('initiatives?year=2033'))[0].requested).toBe(cents);
    }
  });

  describe('a list', () => {
    it('goes out as CSV and as a workbook, for readers too, and comes in again as it is', async () => {
      const at = await start(2034);
      const row = `${at};2 juni;Dorpsraad Boskoop;450,50;toegekend;450,50;;1-9-2026;;`;
      await fill('initiatives', HEAD, row, `${at};=1+1;;20;;;;;;`);
      const csv = await table('initiatives?year=2034&sort=title', 'text/csv', 'reader');
      expect(csv.headers['content-disposition']).toBe('attachment; filename="initiatieven-2026-10-06.csv"');
      const text = csv.body.toString();
      expect(text).toContain(`BOS;2034;'2 juni;Dorpsraad Boskoop;;450,50;06-10-2026;toegekend;450,50;;01-09-2026`);
      expect(text).toContain(`BOS;2034;'=1+1;bewoners;;20,00;06-10-2026;nog te beslissen`);
      expect((await propose('initiatives', text)).counts).toMatchObject({ unchanged: 2, cannot: 0 });
      const sheet = (await table('initiatives?year=2034', XLSX)).body;
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(sheet);
      const cells = workbook.worksheets[0].getRow(3);
      expect([cells.getCell(6).value, cells.getCell(6).numFmt]).toEqual([450.5, '#,##0.00']);
      const { body } = await upload('initiatives', sheet, 'chair', XLSX).expect(201);
      expect([body.counts, body.unknownColumns]).toEqual([{ new: 0, changed: 0, unchanged: 2, cannot: 0 }, []]);
      for (const [register, type] of [
        ['budgets', 'text/csv'],
        ['budgets', XLSX],
      ]) {
        const out = (await table('budgets', type)).body;
        const again = await upload(register, out, 'chair', type).expect(201);
        expect(again.body.counts).toMatchObject({ new: 0, changed: 0, cannot: 0 });
      }
    });

    it('is a link on its pages, with the way back in for the chair', async () => {
      const page = await visitor.see(`/budgetten?area=${area}`);
      expect(page).toContain(`/budgetten/lijst.xlsx?area&#x3D;${area}`);
      expect(page).toContain('/beheer/vullen/budgetten');
      expect(await visitor.see(`/budgetten/lijst.csv?area=${area}`)).toContain('BOS;2026;;1,50;1250,50;01-12-2026');
      const [{ id }] = await list('budgets?year=2034');
      expect(await visitor.see(`/budgetten/${id}`)).toContain(`/budgetten/${id}/initiatieven.xlsx`);
      expect(await visitor.see(`/budgetten/${id}/initiatieven.csv`)).toContain('Dorpsraad Boskoop');
      await visitor.see(`/budgetten/${id}/initiatieven.pdf`, 404);
      expect(await visitor.see('/beheer/vullen/initiatieven')).toContain('1.250,50');
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEADER =
  'nr;datum;onderwerp;actie;wie;wanneer;stand van zaken;afgehandeld op;aantal keren uitgesteld;' +
  'gevraagd door;doel;opgave;verwacht resultaat;bijdrage;vervolg op;omvang resultaat;bijzonderheden;kenmerk;besproken';
/** Without the fields that few actions have: who asked for it, what it serves. */
const NO_MORE = ';'.repeat(10);

onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    const { politie, boa, habeko } = n.organisations;
    const own = { areaId: n.boskoop.id, meetingId: n.meeting.id, recordedOn: '2026-04-07' };
    await n.make.action({
      ...own,
      number: 'BOS-1',
      title: 'Café "’t Zand" bellen; vóór juni',
      theme: 'voorzieningen',
      ownerId: politie.id,
      coOwnerIds: [boa.id],
      dueOn: '2026-05-20',
      postponements: 2,
      status: 'blocked',
      statusReason: 'wacht op vergunning',
    });
    await n.make.action({
      ...own,
      number: 'BOS-2',
      title: '=HYPERLINK("http://x.example")',
      ownerId: habeko.id,
      dueOn: null,
    });
    await n.make.action({
      ...own,
      number: 'BOS-3',
      title: 'Lantaarn',
      ownerId: habeko.id,
      dueOn: '2026-05-30',
      status: 'done',
      result: 'twee lampen',
      doneOn: '2026-05-28',
    });
    await n.make.action({
      ...own,
      number: 'BOS-V1',
      title: 'Geheim',
      ownerId: politie.id,
      isConfidential: true,
      partyIds: [politie.id],
      dueOn: '2026-06-30',
    });
  });
  const csv = async (query = '', who?: string): Promise<string> =>
    (await n.get(`/v1/actions${query}`, who).set('Accept', 'text/csv').expect(200)).text;

  it('gives the list as CSV that a Dutch Excel opens: BOM, semicolons, Dutch dates and words', async () => {
    const answer = await n.get('/v1/actions?sort=number').set('Accept', 'text/csv').expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="acties-2026-06-02.csv"',
      vary: expect.stringContaining('Accept'),
    });
    expect(answer.text).toBe(
      [
        `\ufeff${HEADER}`,
        `BOS-1;07-04-2026;voorzieningen;"Café ""’t Zand"" bellen; vóór juni";Politie + BOA's;20-05-2026;stokt: wacht op vergunning;;2${NO_MORE}`,
        `BOS-2;07-04-2026;;"'=HYPERLINK(""http://x.example"")";Habeko Wonen;z.s.m.;open;;0${NO_MORE}`,
        `BOS-3;07-04-2026;;Lantaarn;Habeko Wonen;30-05-2026;gereed: twee lampen;28-05-2026;0${NO_MORE}`,
        '',
      ].join('\r\n'),
    );
  });

  it('gives the same as a workbook in which a formula is text', async () => {
    const { body, headers } = await n
      .get('/v1/actions?sort=number')
      .set('Accept', XLSX)
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    expect(headers['content-type']).toBe(XLSX);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(body);
    const sheet = workbook.worksheets[0];
    expect((sheet.getRow(1).values as string[]).slice(1).join(';')).toBe(HEADER);
    expect(sheet.getCell('D3').value).toBe('=HYPERLINK("http://x.example")');
    expect(sheet.getCell('D3').type).toBe(ExcelJS.ValueType.String);
    expect(sheet.rowCount).toBe(4);
    expect(sheet.getCell('B2').value).toEqual(new Date('2026-04-07'));
    expect(sheet.getCell('F2').value).toEqual(new Date('2026-05-20'));
    expect(sheet.getCell('F3').value).toBe('z.s.m.');
    expect(sheet.getCell('I2').value).toBe(2);
    expect(sheet.autoFilter).toBe('A1:S4');
    expect(sheet.pageSetup).toMatchObject({ fitToWidth: 1, fitToHeight: 0, fitToPage: true, printTitlesRow: '1:1' });
    const send = n.api.post('/v1/action-imports').set('Authorization', n.as.chair).set('Content-Type', XLSX);
    expect((await send.send(body).expect(201)).body.counts).toMatchObject({ unchanged: 3, new: 0, changed: 0 });
  });

  it('holds all rows whatever the page, with the filters of the list', async () => {
    expect((await csv('?page=7&pageSize=1')).split('\r\n')).toHaveLength(5);
    const late = await csv('?overdue=true');
    expect(late).toContain('BOS-1');
    expect(late).not.toContain('BOS-2');
    await n.get('/v1/actions?sort=hash').set('Accept', 'text/csv').expect(400);
  });

  it('holds what its reader may know and no more', async () => {
    expect(await csv('?mine=true', n.as.habeko)).not.toContain('BOS-1');
    expect(await csv()).not.toMatch(/\bV1\b|Geheim/);
    expect(await csv('', n.as.police)).toContain('Geheim');
    expect((await csv('', n.as.boa)).split('\r\n').slice(1, -1)).toHaveLength(1);
    await n.api.get('/v1/actions').set('Accept', 'text/csv').expect(401);
  });

  it('keeps a spreadsheet from reading text as a number or date, and keeps line breaks inside their cell', async () => {
    const own = {
      areaId: n.boskoop.id,
      ownerId: n.organisations.politie.id,
      recordedOn: '2026-04-07',
      theme: 'bijzonder',
    };
    const values = ['1-5', '5 mei 2026', 'mei 2026', 'jan-26', '(12)', '3 p', 'Maaien 2026'];
    for (const [at, title] of values.entries())
      await n.make.action({ ...own, number: `BOS-8${at}`, title, dueOn: '2026-05-20' });
    await n.make.action({
      ...own,
      number: 'BOS-9',
      title: 'x',
      dueOn: '2026-06-20',
      status: 'blocked',
      statusReason: 'een\ntwee',
    });
    const text = await csv('?theme=bijzonder&sort=number');
    expect(text).toContain(`BOS-80;07-04-2026;bijzonder;'1-5;Politie;20-05-2026;open;;0${NO_MORE}\r\n`);
    for (const title of values.slice(0, -1)) expect(text).toContain(`;'${title};`);
    expect(text).toContain(';Maaien 2026;');
    expect(text).toContain('"stokt: een\ntwee"');
    const send = n.api.post('/v1/action-imports').set('Authorization', n.as.chair).set('Content-Type', 'text/csv');
    expect((await send.send(text).expect(201)).body.counts).toMatchObject({ unchanged: 8, changed: 0, cannot: 0 });
  });

  describe('of a municipality with domains beside its themes', () => {
    const numbersOf = async (query: string): Promise<string[]> =>
      (await n.get(`/v1/actions?${query}`).expect(200)).body.items.map(({ number }: { number: string }) => number);
    beforeAll(async () => {
      n.settings.THEME_DOMAINS = 'voorzieningen = sociaal; participatie = sociaal; schoon-heel-veilig=fysiek';
      const own = { areaId: n.boskoop.id, ownerId: n.organisations.politie.id, dueOn: '2026-05-20' };
      await n.make.action({ ...own, number: 'BOS-70', title: 'Inloop', theme: 'participatie' });
      await n.make.action({ ...own, number: 'BOS-71', title: 'Vegen', theme: 'schoon-heel-veilig' });
    });
    afterAll(() => {
      n.settings.THEME_DOMAINS = '';
    });

    it('takes a domain as filter: of all its themes, and nothing for one that is not there', async () => {
      expect(await numbersOf('sort=number&domain=sociaal')).toEqual(['BOS-1', 'BOS-70']);
      expect(await numbersOf('sort=number&domain=sociaal&theme=participatie')).toEqual(['BOS-70']);
      expect(await numbersOf('domain=fysiek&asOf=2026-06-02')).toEqual(['BOS-71']);
      expect(await numbersOf('domain=economisch')).toEqual([]);
    });

    it('says the domain of each action in a list, in that of a day, and on its own; null where it has none', async () => {
      const domains = async (query: string) =>
        (await n.get(`/v1/actions?sort=number&theme=${query}`).expect(200)).body.items.map(
          ({ domain }: { domain: unknown }) => domain,
        );
      expect(await domains('participatie')).toEqual(['sociaal']);
      expect(await domains('schoon-heel-veilig&asOf=2026-06-02')).toEqual(['fysiek']);
      const { id } = (await n.get('/v1/actions?theme=participatie').expect(200)).body.items[0];
      expect((await n.get(`/v1/actions/${id}`).expect(200)).body.domain).toBe('sociaal');
      n.settings.THEME_DOMAINS = '';
      expect(await domains('participatie')).toEqual([null]);
      n.settings.THEME_DOMAINS = 'voorzieningen=sociaal;participatie=sociaal;schoon-heel-veilig=fysiek';
    });

    it('has a column for the domain, which a file that comes back does not change', async () => {
      const text = await csv('?sort=number&domain=sociaal');
      expect(text.split('\r\n')[0]).toBe(`\ufeff${HEADER.replace(';besproken', ';domein;besproken')}`);
      expect(text).toMatch(/^BOS-70;.*;participatie;Inloop;.*;sociaal;$/m);
      const send = (file: string) =>
        n.api.post('/v1/action-imports').set('Authorization', n.as.chair).set('Content-Type', 'text/csv').send(file);
      const { body } = await send(text.replaceAll(';sociaal;', ';fysiek;')).expect(201);
      expect(body).toMatchObject({ counts: { unchanged: 2, changed: 0, cannot: 0 }, unknownColumns: [] });
      n.settings.THEME_DOMAINS = '';
      expect((await send(text).expect(201)).body.unknownColumns).toEqual(['domein']);
      expect((await csv()).split('\r\n')[0]).toBe(`\ufeff${HEADER}`);
      n.settings.THEME_DOMAINS = 'participatie=sociaal;schoon-heel-veilig=fysiek';
    });

    it('is a filter on the page of actions and a line on that of an action, only where it is filled in', async () => {
      const chair = await Visitor.of(n, n.people.gebiedsadviseur.id);
      const list = await chair.see('/acties?domein=fysiek');
      expect(list).toContain('<option value="fysiek" selected>fysiek</option>');
      expect(list).toContain('Domein: fysiek');
      expect(list).toContain('/acties/lijst.xlsx?domein&#x3D;fysiek');
      expect(list).toContain('Vegen');
      expect(list).not.toContain('Inloop');
      const [, id] = /\/acties\/([0-9a-f-]{36})/.exec(list)!;
      expect(await chair.see(`/acties/${id}`)).toMatch(/Domein<\/dt>\s*<dd[^>]*>fysiek/);
      n.settings.THEME_DOMAINS = '';
      expect(await chair.see('/acties')).not.toMatch(/domein/i);
      expect(await chair.see(`/acties/${id}`)).not.toMatch(/domein/i);
      n.settings.THEME_DOMAINS = 'participatie=sociaal;schoon-heel-veilig=fysiek';
    });
  });

  it('stays JSON unless another type is asked for, and answers 406 to an unknown one', async () => {
    expect((await n.get('/v1/actions').expect(200)).body.items[0]).toMatchObject({
      statusReason: 'wacht op vergunning',
    });
    expect((await n.get('/v1/actions').set('Accept', 'image/png').expect(406)).body.code).toBe('NOT_ACCEPTABLE');
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { photo } from '../support/files.js';
import { textOfDocx } from '../support/docx.js';
import { elementsOf, readPdf, wholeText } from '../support/pdf.mjs';
import { laySmallYear } from '../support/small-year.js';
import { Visitor } from '../support/visitor.js';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

onBothDatabases((kind) => {
  let t: TestApp;
  let chair: string;
  let id: string;
  let emptyId: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2024-01-01' });
    const year = await laySmallYear(t.make);
    const empty = await t.make.area({ name: "'s-Gravenzande" });
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair');
    const draft = async (areaId: string) =>
      (
        await t.api
          .post('/v1/reviews')
          .set('Authorization', chair)
          .send({ areaId, fromOn: '2025-01-01', asOf: '2025-12-31' })
          .expect(201)
      ).body.id;
    id = await draft(year.boskoop.id);
    emptyId = await draft(empty.id);
    await t.api
      .patch(`/v1/reviews/${id}`)
      .set('Authorization', chair)
      .set('If-Match', '"1"')
      .send({ succeeded: '=HYPERLINK("https://kwaad.example";"De schouw")' })
      .expect(200);
  });
  const get = async (accept: string, review = id) => {
    const { body, headers } = await t.api
      .get(`/v1/reviews/${review}`)
      .set('Authorization', chair)
      .set('Accept', accept)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    return { body: body as Buffer, headers };
  };

  it('is a page with four charts, each with a title, what it shows in words and a sentence below it', async () => {
    const html = (await get('text/html')).body.toString();
    const both = html.match(/<svg[^>]*role="img".*?<\/svg>/gs)!;
    // Each chart is drawn a second time, for phones.
    const charts = both.filter((chart) => !chart.includes('-smal-title'));
    expect([both.length, charts.length]).toEqual([8, 4]);
    for (const chart of charts)
      expect(chart).toMatch(/aria-labelledby="(\w+)-title \1-desc".*<title id="\1-title">[^<]+/s);
    expect(charts[0]).toContain('2025: 10 (2 gelukt, 1 deels gelukt, 4 loopt nog, 2 te laat, 1 vervallen)');
    // The review is read for years: it names its years.
    expect(charts[0]).toContain('2024: 4 (');
    expect(charts[1]).toContain('1e kwartaal 2025: 4; 2e kwartaal 2025: 1; 3e kwartaal 2025: 0; 4e kwartaal 2025: 0.');
    expect(html).toContain('</figure><p>De meeste acties, 4 van de 5, kwamen gereed in het 1e kwartaal van 2025.</p>');
    expect(html).toContain('afspraken gemaakt; een jaar eerder 4');
    const five = /<ul class="highlights">(.*?)<\/ul>/s.exec(html)![1];
    expect(five.match(/<li>/g)).toHaveLength(5);
    // No percentage of fewer than ten, and none of a year before with fewer.
    expect(five.match(/\d+%/g)).toEqual(['20%']);
    expect(five).toMatch(/op tijd, van de \d die gereed zijn en een datum hadden/);
    expect(html).toContain('Vergeleken met een jaar eerder');
    const told =
      /In 2025 maakten we in Boskoop 10 afspraken: 2 zijn gelukt \(20%[^)]*\), 1 deels, 4 lopen nog, 2 zijn te laat en 1 verviel\./;
    expect(html).toMatch(told);
    expect(html.indexOf('Het jaar in woorden')).toBeLessThan(html.indexOf('<figure'));
    expect(wholeText(readPdf((await get('application/pdf')).body).root)).toMatch(told);
  });

  it('is a tagged PDF in Dutch', async () => {
    for (const review of [id, emptyId]) {
      const { body, headers } = await get('application/pdf', review);
      expect(headers['content-type']).toBe('application/pdf');
      const text = body.toString('latin1');
      expect(text.startsWith('%PDF-1.7')).toBe(true);
      expect(text).toContain('/Lang (nl-NL)');
      expect(text).toContain('/StructTreeRoot');
      expect(body.length).toBeGreaterThan(10_000);
    }
  });

  it('says on paper under the same headings what it says on a screen, and nothing twice', async () => {
    const html = (await get('text/html')).body.toString();
    const twice = ['Het jaar in vijf cijfers', 'Vergeleken met een jaar eerder', 'Per kwartaal'];
    const tabled = ['Afspraken per thema', 'Gemeente en partners'];
    const onScreen = [...html.matchAll(/<(h[1-6]|figcaption)[^>]*>(.*?)<\//g)].flatMap(([, tag, title]) =>
      twice.includes(title) || (tag === 'figcaption' && tabled.includes(title)) ? [] : [title],
    );
    const { root } = readPdf((await get('application/pdf')).body);
    const onPaper = elementsOf(root, 'H1', 'H2', 'H3').map(wholeText);
    expect(onPaper.length).toBeGreaterThan(8);
    expect(onPaper).toEqual(onScreen);
    expect(wholeText(root)).toMatch(/Uitgesteld *\d+ (niet|één keer)/);
    const zeros = [html, wholeText(root)].flatMap(
      (said) => said.match(/\b0 (niet|één keer|twee keer|ja|nee)\b/g) ?? [],
    );
    expect(zeros).toEqual([]);
    expect(wholeText(root)).toContain('Zo is geteld: een afspraak telt in de periode waarin zij is gemaakt.');
  });

  it('says in Word what it says on paper, with the same charts', async () => {
    const { body, headers } = await get(DOCX);
    expect(headers['content-disposition']).toContain('jaarevaluatie-boskoop-2025-12-31.docx');
    const word = textOfDocx(body);
    const { root } = readPdf((await get('application/pdf')).body);
    for (const title of elementsOf(root, 'H1', 'H2', 'H3').map(wholeText)) expect(word).toContain(title);
    expect(word).toContain('1 deels, 4 lopen nog op tijd, 2 zijn te laat en 1 verviel.');
    expect(body.toString('latin1').match(/PK\x01\x02[^]{42}word\/media\/[\w-]+\.svg/g)).toHaveLength(2);
  });

  it('is a workbook with a sheet per table, in which numbers are numbers and no text is a formula', async () => {
    const { body, headers } = await get(XLSX);
    expect(headers['content-type']).toBe(XLSX);
    expect(headers['content-disposition']).toBe('attachment; filename="jaarevaluatie-boskoop-2025-12-31.xlsx"');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(body as unknown as ArrayBuffer);
    const names = workbook.worksheets.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['Overzicht', 'Totaal', 'Themas', 'Organisaties', 'Kwartalen', 'Resultaten']),
    );
    const total = workbook.getWorksheet('Totaal')!;
    const paper = { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
    expect(total.pageSetup).toMatchObject(paper);
    expect(total.getCell('B1').value).toBe('Afspraken');
    expect(total.getCell('B2').value).toBe(10);
    const labelled = (label: string) =>
      total.getRow(2).getCell((total.getRow(1).values as string[]).indexOf(label)).value;
    const shown = [
      'Op tijd',
      'Op tijd, eerste deadline',
      'Gereed met eerste deadline',
      'Resultaten',
      'Grote resultaten',
    ];
    expect(shown.map(labelled)).toEqual([2, 1, 3, 3, 1]);
    expect(workbook.getWorksheet('Niet afgesloten')!.getCell('B2').value).toBe('Professionaloverleg Boskoop');
    expect(workbook.getWorksheet('Jaar op jaar')!.getRow(3).values).toEqual([
      ...[undefined, 'Vergaderingen gehouden', 1, 4],
    ]);
    const overview = workbook.getWorksheet('Overzicht')!;
    const values = (label: string) =>
      overview.getColumn(1).values.flatMap((term, row) => (term === label ? [overview.getCell(row, 2).value] : []));
    expect(['Van', 'Stand op', 'Bekend op'].flatMap(values)).toEqual(
      ['2025-01-01', '2025-12-31', '2026-01-10'].map((day) => new Date(`${day}T00:00:00Z`)),
    );
    const formula = overview.getColumn(2).values.find((value) => String(value).includes('HYPERLINK'));
    expect(typeof formula).toBe('string');
  });

  it('is a file for Dutch spreadsheets, with a BOM, semicolons and no formulas', async () => {
    const { body, headers } = await get('text/csv');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain('jaarevaluatie-boskoop-2025-12-31.csv');
    expect(body.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines: string[][] = parse(body, { bom: true, delimiter: ';' });
    expect(lines[0]).toEqual(['Tabel', 'Regel', 'Waarvan', 'Wat', 'Waarde']);
    expect(lines).toContainEqual(['Totaal', '1', 'Deze periode', 'Afspraken', '10']);
    expect(lines).toContainEqual(['Organisaties', '3', 'Politie', 'Te laat op de laatste dag', '1']);
    expect(lines.flat().some((cell) => /^[=+@]/.test(cell))).toBe(false);
  });

  it('leaves empty what is n.v.t., also when there is nothing to tell', async () => {
    const { body, headers } = await get('text/csv', emptyId);
    expect(headers['content-disposition']).toContain('jaarevaluatie-s-gravenzande-2025-12-31.csv');
    const lines: string[][] = parse(body, { bom: true, delimiter: ';' });
    expect(lines).toContainEqual(['Totaal', '1', 'Deze periode', '% gelukt', '']);
    const html = (await get('text/html', emptyId)).body.toString();
    expect(html).toContain('Er zijn geen afspraken in deze periode.');
    expect(html).not.toMatch(/\bNaN\b|undefined|Infinity/);
  });

  it('is not available in another format', async () => {
    await t.api.get(`/v1/reviews/${id}`).set('Authorization', chair).set('Accept', 'image/png').expect(406);
  });

  it('prints the photos of its results in the PDF for whoever asks, of actions that one may read in full', async () => {
    const { results } = JSON.parse((await get('application/json')).body.toString()).figures;
    const [{ number }] = [...results.large.lines, ...results.small.lines] as { number: string }[];
    const found = await t.api.get(`/v1/actions?q=${number}`).set('Authorization', chair).expect(200);
    const [action] = found.body.items as { id: string; areaId: string }[];
    const page = async (personId: string) => (await Visitor.of(t, personId)).see(`/jaarevaluatie/${id}`);
    const { id: chairId } = (await t.api.get('/v1/me').set('Authorization', chair).expect(200)).body as { id: string };
    expect(await page(chairId)).not.toContain('fotos');
    const sent = t.api.post(`/v1/actions/${action.id}/files`).set('Authorization', chair);
    await sent.attach('file', await photo(1200, 900), 'bank.jpg').expect(201);
    expect(await page(chairId)).toContain(`/jaarevaluatie/${id}/jaarevaluatie.pdf?fotos=ja`);
    expect(await page(chairId)).toMatch(/op tijd gereed, van de \d met een datum/);
    const pictures = (pdf: Buffer) => pdf.toString('latin1').match(/\/DCTDecode/g)?.length ?? 0;
    expect(pictures((await get('application/pdf')).body)).toBe(0);
    const pdf = (await get('application/pdf', `${id}?photos=true`)).body;
    expect(pictures(pdf)).toBe(1);
    const { root, unmarked } = readPdf(pdf);
    expect([unmarked, wholeText(root).match(/In beeld(.*?)Het is/s)?.[1] ?? wholeText(root)]).toEqual([
      '',
      expect.stringContaining(number),
    ]);
    await t.api.get(`/v1/reviews/${id}?photos=misschien`).set('Authorization', chair).expect(400);
    // A partner of another area may read the review once it is final, but none of its actions.
    const freeze = t.api.put(`/v1/reviews/${id}/freezing`).set('Authorization', chair).set('If-Match', '"2"');
    await freeze.send({ reason: 'Test.' }).expect(200);
    const reader = chair;
    chair = await t.make.signedIn('reader', action.areaId);
    expect(pictures((await get('application/pdf', `${id}?photos=true`)).body)).toBe(0);
    chair = reader;
  });
});

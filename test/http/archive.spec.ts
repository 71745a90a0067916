import { beforeAll, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveYear } from '../../src/archive.js';
import { StoredFile } from '../../src/files/file.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { photo, word } from '../support/files.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { readPdf, wholeText } from '../support/pdf.mjs';

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  const home = mkdtempSync(join(tmpdir(), 'wijkagenda-archive-'));
  const to = join(home, 'boskoop-2026');
  const read = (name: string) => readFileSync(join(to, name));
  const text = (name: string) => read(name).toString();
  const archive = (different: object = {}) =>
    archiveYear(t.database, t.settings, t.clock, { areaCode: b.area.code, year: 2026, to, ...different });

  const addFile = (path: string, token: string, file: Buffer, name: string) =>
    t.api.post(`/v1/${path}/files`).set('Authorization', token).attach('file', file, name).expect(201);

  beforeAll(async () => {
    t = await startApp(kind, { isStory: true, today: '2026-06-02', environment: { MUNICIPALITY: 'Alphen & <Rijn>' } });
    b = await boskoop(t);
    const discussed = { outcome: 'discussed', note: 'De klok liep achter.' } as const;
    await t.make.discussion({ sessionId: b.session.id, actionId: b.lamps.id, ...discussed });
    const { chair, police } = b.signedIn;
    // What does not belong in it: an asked initiative, what is noted in an open session, a redacted paper.
    const post = (path: string, body: object) => t.api.post(`/v1/${path}`).set('Authorization', chair).send(body);
    const budget = await post('budgets', { areaId: b.area.id, year: 2026, amount: '500' }).expect(201);
    await post('initiatives', { budgetId: budget.body.id, title: 'Straatfeest', requested: '50' }).expect(201);
    const { id: sessionId } = await t.make.session(b.meeting.id, { heldOn: '2026-06-30', state: 'open' });
    await t.make.discussion({ ...discussed, sessionId, actionId: b.lamps.id, note: 'Nog niet verzonden.' });
    await addFile(`agenda-items/${b.skate.id}`, chair, word(), 'Kaart (versie 2).docx');
    const left = [
      ['agenda_item', b.adres.id, 'stored'],
      ['action', b.secret.id, 'stored'],
      ['agenda_item', b.skate.id, 'redacted'],
    ] as const;
    for (const [kind, thingId, state] of left) {
      await t.make.row(StoredFile, {
        ...{ id: newId(), kind, thingId, name: 'geheim.docx', state, version: 1, removedGround: null },
        ...{ format: 'docx', bytes: 4, width: null, height: null, sha256: 'x', isPublic: false },
        ...{ addedById: b.wijkagent.id, addedAt: t.clock.moment() },
      });
    }
    await bring(t, b.session.id, 'closed');
    await addFile(`actions/${b.surveillance.id}`, police, await photo(), 'Bij de brug.jpg');
    await send(t, b);
  });

  it('waits until the year is over, and leaves nothing behind when it refuses', async () => {
    t.clock.set('2026-12-31T23:59:00+01:00');
    await expect(archive()).rejects.toThrow('2026 is not over yet');
    t.clock.set('2027-01-01T00:01:00+01:00');
    await expect(archive({ areaCode: 'XYZ' })).rejects.toThrow('no area with the code XYZ');
    await expect(archive({ to: home })).rejects.toThrow('nothing was overwritten');
    expect(readdirSync(home)).toEqual([]);
  });

  it('writes minutes and actions of the year, with metadata beside each file, and says what is not final', async () => {
    const found = await archive();
    const names = readdirSync(to);
    const base = 'verslag-boskoop-2026-06-02';
    for (const name of [`${base}.pdf`, `${base}.json`, 'acties.json', 'dossier', base, `${base}.pdf`, 'acties'])
      expect(names).toContain(/\.(pdf|json)$/.test(name) ? name : `${name}.mdto.xml`);
    expect(found).toMatchObject({ path: to, files: names.length });
    expect(found.gaps.map(({ heldOn, why }) => [heldOn, why])).toEqual([
      ['2026-06-02', 'not-adopted'],
      ['2026-06-30', 'not-closed'],
      ['2026-06-30', 'not-closed'],
    ]);
    expect(names.filter((name) => name.startsWith('leefbaarheidsbudget'))).toEqual([]);
    expect(JSON.parse(text(`${base}.json`))).toMatchObject({ heldOn: '2026-06-02', state: 'sent' });
    const actions = JSON.parse(text('acties.json')) as { number: string; coOwners: string[]; notes: object[] }[];
    const lamps = actions.find(({ number }) => number === b.lamps.number)!;
    expect(lamps.notes).toEqual([{ heldOn: '2026-06-02', note: 'De klok liep achter.' }]);
    expect(lamps.coOwners).toEqual([b.welfare.name]);
    expect(actions.map(({ number }) => number).sort()).toEqual([b.surveillance.number, b.lamps.number].sort());
    expect(statSync(to).mode & 0o777).toBe(0o700);
    expect(existsSync(`${to}.part`)).toBe(false);
    const done = await rows(t.database.reader, `SELECT 1 FROM "audit_entries" WHERE "operation" = 'area.archived'`);
    expect(done).toHaveLength(1);
  });

  it('has nothing confidential in any file, and says so in the same words whether there is anything or not', () => {
    for (const name of readdirSync(to)) {
      const words = name.endsWith('.pdf') ? wholeText(readPdf(read(name)).root) : text(name);
      expect([name, words]).toEqual([name, expect.not.stringMatching(/geheim|groene deur|zorgen om een adres/i)]);
    }
    const { note } = JSON.parse(text('inhoud.json')) as { note: string };
    expect(note).toBe('Vertrouwelijke punten en acties staan niet in deze uitvoer, of zij er zijn of niet.');
  });

  it('takes the papers and proof along, with what they belong to', () => {
    const files = readdirSync(to).filter((name) => /^(stuk|actie)-/.test(name));
    const [letter, picture] = ['stuk-2026-06-02-kaart-versie-2', 'actie-2026-06-02-bij-de-brug'];
    expect(files.toSorted()).toEqual(
      [`${letter}.docx`, `${picture}.jpg`, letter, `${letter}.docx`, picture, `${picture}.jpg`]
        .map((name, n) => (n < 2 ? name : `${name}.mdto.xml`))
        .toSorted(),
    );
    expect(text(`${letter}.mdto.xml`)).toContain('Stuk bij agendapunt 3. ');
    expect(text(`${picture}.mdto.xml`)).toContain(`Bestand bij actie ${b.surveillance.number} Extra surveillance`);
    expect(text(`${letter}.docx.mdto.xml`)).toContain('<begripCode>fmt/412</begripCode>');
    expect(statSync(join(to, `${picture}.jpg`)).mode & 0o777).toBe(0o600);
  });

  it('refuses to write without a file that it should have, and leaves nothing', async () => {
    const [{ id }] = await rows<{ id: string }>(t.database.reader, `SELECT "id" FROM "files" WHERE "format" = 'jpeg'`);
    const path = join(t.settings.FILES_PATH, id);
    const bytes = readFileSync(path);
    rmSync(path);
    const again = join(home, 'again');
    await expect(archive({ to: again })).rejects.toThrow(`The file ${id} is missing`);
    writeFileSync(path, 'other');
    await expect(archive({ to: again })).rejects.toThrow(`The file ${id} is damaged`);
    writeFileSync(path, bytes);
    expect(readdirSync(home)).toEqual(['boskoop-2026']);
  });

  it('names the checksum of each file, in the list and in its metadata', () => {
    const { files } = JSON.parse(text('inhoud.json')) as { files: { name: string; sha256: string }[] };
    expect(files.map(({ name }) => name).sort()).toEqual(
      readdirSync(to)
        .filter((name) => name !== 'inhoud.json')
        .sort(),
    );
    for (const { name, sha256 } of files) {
      expect([name, createHash('sha256').update(read(name)).digest('hex')]).toEqual([name, sha256]);
      if (name.endsWith('.xml')) continue;
      const metadata = text(`${name}.mdto.xml`);
      expect(metadata).toContain(`<checksumWaarde>${sha256}</checksumWaarde>`);
      expect(metadata).toMatch(/<checksumDatum>[\d-]{10}T[\d:]{8}Z</);
      expect(metadata).toContain(`<omvang>${read(name).length}</omvang>`);
    }
  });

  it('writes metadata in the order of MDTO, escaped, with the term of the settings', () => {
    const metadata = text('verslag-boskoop-2026-06-02.mdto.xml');
    expect(metadata).toContain('<verwijzingNaam>Alphen &amp; &lt;Rijn&gt;</verwijzingNaam>');
    expect(metadata).toContain('<termijnLooptijd>P10Y</termijnLooptijd>');
    expect(metadata).toContain('<termijnEinddatum>2037-01-01</termijnEinddatum>');
    const order = [...metadata.matchAll(/^\t\t<(\w+)>/gm)].map(([, name]) => name);
    expect(order).toEqual([
      ...['identificatie', 'naam', 'aggregatieniveau', 'omschrijving', 'dekkingInTijd', 'waardering', 'bewaartermijn'],
      ...['isOnderdeelVan', 'heeftRepresentatie', 'heeftRepresentatie', 'archiefvormer', 'beperkingGebruik'],
    ]);
    expect(text('dossier.mdto.xml').match(/<bevatOnderdeel>/g)).toHaveLength(4);
  });

  it('makes PDF/A: it says so, has its colours and all its fonts in it, is tagged, and needs no key', () => {
    const pdf = read('verslag-boskoop-2026-06-02.pdf');
    const source = pdf.toString('latin1');
    expect(source).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/);
    expect(source).toMatch(/\/OutputIntents \[/);
    expect(source).not.toMatch(/\/Encrypt|\/JavaScript|\/EmbeddedFiles/);
    const fonts = source.match(/\/Type \/FontDescriptor/g)!;
    expect(source.match(/\/FontFile[23]? \d+ 0 R/g)).toHaveLength(fonts.length);
    expect(readPdf(pdf)).toMatchObject({ language: 'nl-NL', isMarked: true, unmarked: '' });
  });
});

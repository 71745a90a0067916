import { beforeAll, expect, it } from '@jest/globals';
import type { Area } from '../../src/directory/areas/area.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: Area;
  let chair: Visitor;
  let other: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    area = await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' });
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area.id);
    const elsewhere = await t.make.person({ name: 'gebiedsadviseur elders' });
    await t.make.grant(elsewhere.id, 'chair', (await t.make.area({ name: 'Zwammerdam' })).id);
    [chair, other] = await Promise.all([adviser, elsewhere].map(({ id }) => Visitor.of(t, id)));
  });
  const versionOn = (text: string): string => /name="version" value="(\d+)"/.exec(text)![1];

  it('asks for which area only if there is a choice', async () => {
    const areasIn = (html: string): string[] => {
      const [select] = /<select[^>]* name="areaId"[^]*?<\/select>/.exec(html)!;
      return [...select.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value);
    };
    expect(areasIn(await chair.see('/jaarevaluatie/nieuw'))).toEqual([area.id]);
    const second = await t.make.area({ name: 'Aarlanderveen' });
    const both = await t.make.person();
    for (const { id } of [area, second]) await t.make.grant(both.id, 'chair', id);
    const page = await (await Visitor.of(t, both.id)).see('/jaarevaluatie/nieuw');
    expect(areasIn(page)).toEqual(['', second.id, area.id]);
  });

  it('is begun once: the draft of that period is opened, and one that is final already is named', async () => {
    const fields = { areaId: area.id, fromOn: '2024-01-01', asOf: '2024-12-31' };
    const begin = async () => (await chair.post('/jaarevaluatie/nieuw', fields)).headers.location;
    const first = await begin();
    expect(await begin()).toBe(first);
    expect(await chair.see(first)).toContain('Dit concept was er al.');
    const final = { reason: 'Er is niemand om te vragen.', version: versionOn(await chair.see(first)) };
    expect((await chair.post(`${first}/definitief`, final, first)).status).toBe(303);
    const second = await begin();
    expect(second).not.toBe(first);
    expect(await chair.see(second)).toContain('Let op: over deze periode is er al een definitieve.');
  });

  it('says of a period without anything that there was nothing, with no figures or charts of it', async () => {
    const fields = { areaId: area.id, fromOn: '2022-01-01', asOf: '2022-12-31' };
    const path = (await chair.post('/jaarevaluatie/nieuw', fields)).headers.location;
    const whole = () => chair.see(path.replace('/jaarevaluatie', '/v1/reviews').split('#')[0]);
    const page = await chair.see(path);
    expect(page).toContain('In 2022 maakten we in Boskoop geen afspraken.');
    for (const text of [page, await whole()])
      expect(text).not.toMatch(/<figure|class="highlights"|n\.v\.t\.<|De cijfers</);
    expect(await whole()).toContain('Had u hier wel iets verwacht?');
    const final = { reason: 'Er is niemand om te vragen.', version: versionOn(page) };
    expect((await chair.post(`${path}/definitief`, final, path)).status).toBe(303);
    // What the chair may have forgotten is no longer of use, and not for a reader.
    expect(await whole()).toMatch(/^(?![^]*Had u hier)[^]*Daarom is er niets te tellen\./);
  });

  it('makes a review, keeps its texts, opens a figure, freezes and publishes it, and withdraws it at once', async () => {
    const police = await t.make.organisation({ name: 'Politie', kind: 'police' });
    const proposed = async (): Promise<(string | undefined)[]> => {
      const form = await chair.see('/jaarevaluatie/nieuw');
      return ['fromOn', 'asOf'].map((name) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(form)?.[1]);
    };
    expect(await proposed()).toEqual(['2026-01-01', '2026-06-02']);
    await t.make.action({ areaId: area.id, ownerId: police.id, title: 'Extra ronde', recordedOn: '2025-05-01' });
    expect(await proposed()).toEqual(['2025-01-01', '2025-12-31']);
    const wrong = await chair.post('/jaarevaluatie/nieuw', { areaId: area.id, fromOn: '2025-01-01', asOf: 'ooit' });
    expect([wrong.status, wrong.text.includes('id="asOf-fout"')]).toEqual([400, true]);
    const fields = { areaId: area.id, fromOn: '2025-01-01', asOf: '2025-12-31' };
    const path = (await chair.post('/jaarevaluatie/nieuw', fields)).headers.location;
    await other.see(path, 404);
    await chair.post(path, { succeeded: 'De rondes.', version: versionOn(await chair.see(path)) });
    const page = await chair.see(path);
    expect(page).toContain('De rondes.');
    const cases = await chair.see(`${path}/cijfers/agreed`);
    expect(cases).toContain('Wat achter dit cijfer zit: afspraken gemaakt');
    expect(cases).toContain('Extra ronde');
    t.settings.THEME_DOMAINS = 'participatie=sociaal';
    await t.make.action({
      areaId: area.id,
      ownerId: police.id,
      title: 'Inloop',
      theme: 'participatie',
      recordedOn: '2025-05-01',
    });
    const grouped = await chair.see(path);
    for (const [count, group, found] of [
      ['1', 'theme=participatie', 'Inloop'],
      ['1', 'withoutTheme=true', 'Extra ronde'],
      ['1', 'domain=sociaal', 'Inloop'],
      ['1', 'withoutDomain=true', 'Extra ronde'],
    ]) {
      expect(grouped).toContain(`<a href="${path}/cijfers/agreed?${group.replace('=', '&#x3D;')}">${count}</a>`);
      expect(await chair.see(`${path}/cijfers/agreed?${group}`)).toContain(found);
    }
    expect(grouped).not.toContain('/cijfers/realised?');
    t.settings.THEME_DOMAINS = '';
    const early = await chair.post(`${path}/definitief`, { version: versionOn(page) }, path);
    expect([early.status, early.text.includes('Stuur het concept eerst rond')]).toEqual([409, true]);
    const reason = 'De partijen waren erbij.';
    expect((await chair.post(`${path}/definitief`, { reason, version: versionOn(page) }, path)).status).toBe(303);
    const id = path.split('/').pop()!;
    await chair.post(`${path}/publicatie`, { version: versionOn(await chair.see(path)) }, path);
    expect(await new Visitor(t).see('/openbaar')).toContain(`/jaarevaluaties/${id}`);
    const feed = await new Visitor(t).see('/openbaar/feed');
    expect(feed).toMatch(
      new RegExp(`/jaarevaluaties/${id}</id>\\s*<title>Jaarevaluatie [^<]+ over [^<]*20\\d\\d</title>`),
    );
    for (const file of ['jaarevaluatie.pdf', 'jaarevaluatie.docx', 'jaarevaluatie.xlsx'])
      await t.api.get(`${path}/${file}`).set('Cookie', chair.cookies).expect(200);
    await other.see(`${path}/jaarevaluatie.pdf`, 404);
    await chair.see(`${path}/jaarevaluatie.exe`, 404);
    await chair.post(`${path}/publicatie/einde`, { version: versionOn(await chair.see(path)) }, path);
    for (const place of ['/openbaar', '/openbaar/feed']) expect(await new Visitor(t).see(place)).not.toContain(id);
  });

  it('begins the results of a quarter, strikes and rewrites lines, and throws the draft away', async () => {
    const police = await t.make.organisation({ kind: 'police' });
    const done = { areaId: area.id, ownerId: police.id, recordedOn: '2026-01-05', status: 'done' as const };
    for (const result of ['Het fietspad is verlicht', 'De schouw is gelopen'])
      await t.make.action({ ...done, doneOn: '2026-02-10', closedOn: '2026-02-10', result, resultSize: 'small' });
    const wrong = await chair.post('/gelukt/nieuw', { areaId: '', quarter: 'ooit' });
    expect([wrong.status, wrong.text.includes('id="quarter-fout"')]).toEqual([400, true]);
    const path = (await chair.post('/gelukt/nieuw', { areaId: area.id, quarter: '2026-1' })).headers.location;
    await other.see(path, 404);
    // Nobody is mailed: it is shown on pages that its chair visits anyway, and to nobody else.
    for (const where of ['/mijn-acties', `/gebieden/${area.id}`]) {
      expect(await chair.see(where)).toContain(`<a href="${path}">Gelukt: ${area.name}, het 1e kwartaal van 2026</a>`);
      expect(await other.see(where)).not.toContain(path);
    }
    const page = await chair.see(path);
    const [, first, second] = page.match(/name="number-1" value="([^"]+)"[^]*name="number-2" value="([^"]+)"/)!;
    const fields = { 'number-1': first, 'number-2': second, 'text-1': '', 'text-2': 'Samen <gelopen>', 'place-2': '1' };
    await chair.post(path, { ...fields, introduction: 'Dank u wel.', version: versionOn(page) }, path);
    const changed = await chair.see(path);
    expect(changed).toContain('een mail met 1 resultaat, onder uw inleiding');
    expect(changed).toMatch(/name="struck-\d" id="struck-\d" value="ja" checked/);
    expect(changed).toContain('Samen &lt;gelopen&gt;');
    const unsent = await chair.post(`${path}/versturen`, { version: versionOn(changed) }, path);
    expect([unsent.status, unsent.text.includes('Er is in dit gebied niemand om te mailen')]).toEqual([409, true]);
    await chair.post(`${path}/weggooien`, { version: versionOn(changed) }, path);
    await chair.see(path, 404);
    expect(await chair.see('/mijn-acties')).not.toContain('Gelukt:');
    expect(await chair.see('/gelukt')).toContain('Er is nog niets.');
    expect(await chair.see('/jaarevaluatie')).toContain('href="/gelukt"');
  });

  it('says that there is nobody to rate, and keeps the form', async () => {
    const { status, text } = await chair.post('/waardering', { areaId: area.id, year: '2025' });
    expect([status, text.includes('Er is in dit gebied niemand om te vragen')]).toEqual([409, true]);
  });

  it('has a feed, which contains nothing unpublished', async () => {
    const visitor = new Visitor(t);
    const page = await visitor.see('/openbaar');
    expect(page).toContain('<link rel="alternate" type="application/atom+xml"');
    expect(page).not.toContain('noindex');
    expect(await visitor.see('/aanmelden')).toContain('<meta name="robots" content="noindex">');
    const feed = await visitor.see('/openbaar/feed');
    expect(feed).toContain('<feed xmlns="http://www.w3.org/2005/Atom"');
    for (const place of [page, feed])
      expect(place).toMatch(/title.{1,40}Wijkagenda’s, jaarevaluaties en wat er gelukt is in/);
    await visitor.see('/openbaar/wijkagenda/019300a0-0000-7000-8000-000000000999', 404);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** What lists say that have nothing to show. */
onBothDatabases((kind) => {
  let t: TestApp;
  let areaId: string;
  const seen = {} as Record<'admin' | 'chair' | 'reader' | 'partner', Visitor>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const rootId = await t.make.root();
    areaId = (await t.make.area({ name: 'Boskoop', parentId: rootId })).id;
    const organisationId = (await t.make.organisation({ kind: 'municipality' })).id;
    for (const role of ['admin', 'chair', 'reader'] as const) {
      const person = await t.make.person({ organisationId });
      await t.make.grant(person.id, role, rootId);
      seen[role] = await Visitor.of(t, person.id);
    }
    seen.partner = await Visitor.of(t, (await t.make.person({ organisationId })).id);
  });
  const emptyOf = (html: string) => html.split(' empty">')[1]?.split('</div>')[0] ?? '';

  describe.each([
    ['admin', '/beheer/contacten', 'area=', 'Er zijn nog geen contactpersonen.', 'Geen contactpersoon gevonden.'],
    ['admin', '/beheer/gasten', 'q=x', 'Er zijn nog geen gasten.', 'Geen gast gevonden.'],
    ['chair', '/wijkagenda', 'year=2001', 'Er is nog geen wijkagenda.', 'Hier is geen wijkagenda.'],
    ['chair', '/opgaven', 'q=x', 'Er zijn nog geen opgaven.', 'Geen opgave gevonden.'],
    ['chair', '/besluitenlijst', 'q=x', 'Er zijn nog geen besluiten.', 'Geen besluit gevonden.'],
    ['chair', '/budgetten', 'year=2001', 'Er is nog geen leefbaarheidsbudget.', 'Hier is geen leefbaarheidsbudget.'],
    ['chair', '/vragen', 'area=', 'Er zijn nog geen vragen.', 'Hier zijn geen vragen.'],
    ['chair', '/jaarevaluatie', 'area=', 'Er is nog geen jaarevaluatie.', 'Hier is geen jaarevaluatie.'],
  ] as const)('%s at %s', (who, path, search, nothing, notFound) => {
    it('says what will stand here while there is nothing', async () => {
      const html = await seen[who].see(path);
      const said = emptyOf(html);
      expect(html).not.toContain('class="search"');
      expect(said).toMatch(new RegExp(`<strong>${nothing}</strong></p><p>.{20,}</p>`));
      expect(said).not.toContain('gevonden');
    });

    it('says that only the search finds nothing, with the way back to the whole list', async () => {
      const html = await seen[who].see(`${path}?${search === 'area=' ? search + areaId : search}`);
      const said = emptyOf(html);
      expect(said).toContain(`<strong>${notFound}</strong>`);
      expect(said).toContain(`<a href="${path}">toon alles</a>`);
      expect(html).toContain('class="search"');
    });
  });

  it.each([
    ['/wijkagenda', { introduction: 'Samen.', themes: 'veiligheid' }],
    ['/budgetten', { amount: '450' }],
  ])('lets a year be chosen at %s, of those there are', async (path, fields) => {
    const { id } = await t.make.area({ name: `Hoorn ${path.slice(1)}` });
    const made = await seen.chair.post(`${path}/nieuw`, { areaId: id, year: '2024', ...fields });
    expect(made.status).toBe(303);
    expect(await seen.chair.see(`${path}?year=2024`)).toContain('<option value="2024" selected>2024</option>');
  });

  it('tells a chair where actions come from, and does not unfold filters of nothing', async () => {
    const html = await seen.chair.see('/acties');
    expect(emptyOf(html)).toContain('Er zijn nu geen open acties.');
    expect(emptyOf(html)).toMatch(/<a href="\/acties\?stand[^"]*alles">alle acties</);
    expect(html).toMatch(/<details class="filter-fold"><summary>/);
    expect(emptyOf(await seen.chair.see(`/acties?gebied=${areaId}`))).toContain(`/gebieden/${areaId}/acties/invoeren`);
  });

  it('lets the chair of one area add an action or a list, without an area to choose', async () => {
    const { id } = await t.make.area({ name: 'Zwammerdam' });
    const person = await t.make.person();
    await t.make.grant(person.id, 'chair', id);
    const html = await (await Visitor.of(t, person.id)).see('/acties');
    expect(html).toContain(`<a href="/gebieden/${id}/acties/nieuw">Actie toevoegen</a>`);
    expect(html).toContain(`<a href="/gebieden/${id}/acties/invoeren">Een lijst invoeren</a>`);
    expect(html).not.toContain('Kies een gebied');
  });

  it('leads from a filter that finds no action to all open ones', async () => {
    const said = emptyOf(await seen.chair.see('/acties?zoek=giraf'));
    expect(said).toContain('Geen acties gevonden.');
    expect(said).toContain('<a href="/acties">toon alle open acties</a>');
  });

  it('tells a reader that they read a part of the actions, and where all are counted', async () => {
    expect(await seen.reader.see('/acties')).toMatch(
      /Dit zijn de acties die u mag lezen\. [^]*href="\/koersoverzicht"/,
    );
    for (const who of ['chair', 'partner'] as const)
      expect(await seen[who].see('/acties')).not.toContain('die u mag lezen');
  });

  it('says on the table of the own actions when there will be some, as on their list', async () => {
    for (const path of ['/mijn-acties', '/mijn-acties/tabel'])
      expect(await seen.partner.see(path)).toContain('Wordt er in een overleg iets met u afgesproken');
  });
});

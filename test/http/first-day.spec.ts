import { beforeAll, expect, it } from '@jest/globals';
import { noteUpkeep } from '../../src/administration/operations/upkeep.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: Visitor;
  let rootId: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const person = await t.make.person({ name: 'beheerder' });
    rootId = await t.make.root();
    await t.make.grant(person.id, 'admin', rootId);
    admin = await Visitor.of(t, person.id);
  });

  it('says below each first step what it is for', async () => {
    expect(await admin.see('/')).toContain('<p class="start-said">Elk gebied met een eigen overleg.</p>');
  });

  it('does not call broken what nobody set up yet, but says that it is to be done', async () => {
    const note = (one: 'backup' | 'verify') => noteUpkeep(t.database, [one], t.clock.moment(), null);
    const page = await admin.see('/');
    expect(page).not.toContain('Wat niet goed werkt');
    const step = 'Back-up en controle regelen';
    expect(page).toContain(step);
    await note('backup');
    expect(await admin.see('/')).toContain(step);
    await note('verify');
    expect(await admin.see('/')).not.toContain(step);
  });

  it('tells an administrator who makes the first meeting, and where to say who that is', async () => {
    const page = await admin.see('/overleggen');
    expect(page).toContain('Er is nog geen overleg.');
    expect(page).toContain('href="/beheer/rollen/nieuw?role=chair"');
    expect(page).not.toContain('U neemt nog aan geen overleg deel.');
  });

  it.each([
    ['gebieden', { name: 'Boskoop', code: 'BOS', kind: 'kern' }, 'Nog een gebied toevoegen'],
    ['organisaties', { name: 'Politie', kind: 'police' }, 'Nog een organisatie toevoegen'],
    ['mensen', { name: 'wijkagent Boskoop', email: 'wijkagent@politie.example' }, 'Nog een persoon toevoegen'],
  ] as const)('offers the next one after adding to %s, and only then', async (register, fields, label) => {
    const link = `<a href="/beheer/${register}/nieuw">${label}</a>`;
    const { status, headers } = await admin.post(`/beheer/${register}/nieuw`, {
      ...fields,
      ...(register === 'gebieden' && { parentId: rootId }),
    });
    expect(status).toBe(303);
    expect(await admin.see(headers.location)).toContain(link);
    expect(await admin.see(headers.location)).not.toContain(label);
  });

  it('names the roles of a person on their page, each leading to its own', async () => {
    const adviser = await t.make.person({ name: 'gebiedsadviseur' });
    const area = await t.make.area({ name: 'Snijdelwijk' });
    await t.make.grant(adviser.id, 'chair', area.id);
    const page = await admin.see(`/beheer/mensen/${adviser.id}`);
    const [, path] = /<a href="(\/beheer\/rollen\/[0-9a-f-]{36})"[^>]*>voorzitter<\/a>[^]*?Snijdelwijk/.exec(page)!;
    expect(await admin.see(path)).toContain('gebiedsadviseur, voorzitter');
  });

  it('groups what an administrator finds under Beheer', async () => {
    const page = await admin.see('/beheer');
    const headings = [...page.matchAll(/<h2[^>]*>([^<]+)<\/h2>/g)].map(([, text]) => text);
    expect(headings).toEqual(['Zo begint u', 'Wie en waar', 'Mail', 'Wat er gebeurt', 'Andere systemen']);
  });
});

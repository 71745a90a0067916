import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layVillage } from '../support/world.js';

/** The menu entries of each role. */
onBothDatabases((kind) => {
  let t: TestApp;
  let area: string;
  const seen = new Map<string, Visitor>();
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const village = await layVillage(t, {
      gemeente: { chairs: true, person: 'gebiedsadviseur' },
      politie: { invited: 'participant', person: 'wijkagent' },
    });
    area = village.area.id;
    const councillor = await t.make.person({ organisationId: (await t.make.organisation()).id });
    await t.make.grant(councillor.id, 'reader', area);
    for (const [name, { id }] of Object.entries({ ...village.people, councillor }))
      seen.set(name, await Visitor.of(t, id));
  });
  const labelsOf = (html: string) => {
    const menu = html.split('menu-bar')[1].split('</ul>')[0];
    return [...menu.matchAll(/<a[^>]*>([^<]*)</g)].map(([, label]) => label);
  };

  it('names the own organisation for who has nothing else under Beheer, on each page that leads back to it', async () => {
    expect(labelsOf(await seen.get('gemeente')!.see('/')).at(-1)).toBe('Beheer');
    const partner = seen.get('politie')!;
    expect(labelsOf(await partner.see('/')).at(-1)).toBe('Mijn organisatie');
    expect(await partner.see('/beheer')).toMatch(/<h1[^>]*>Mijn organisatie<[^]*Wat u zelf deed/);
    expect(await partner.see('/beheer/mensen')).toMatch(/href="\/beheer"[^>]*>Mijn organisatie</);
  });

  it('opens all actions first for who reads them, and the own ones for who answers for them', async () => {
    const opens = async (name: string) =>
      /<a[^>]*href="([^"]+)"[^>]*>Acties</.exec((await seen.get(name)!.see('/')).split('menu-bar')[1])![1];
    expect(await opens('gemeente')).toBe('/mijn-acties');
    expect(await opens('politie')).toBe('/mijn-acties');
    expect(await opens('councillor')).toBe('/acties');
    const section = (await seen.get('councillor')!.see('/acties')).split('class="section')[1].split('</nav>')[0];
    expect([...section.matchAll(/<a[^>]*>([^<]*)</g)].map(([, label]) => label)).toEqual([
      'Alle acties',
      'Mijn acties',
    ]);
  });

  it('leads nobody to meetings who is at none and has other work here', async () => {
    expect(labelsOf(await seen.get('politie')!.see('/'))).toContain('Overleggen');
    expect(labelsOf(await seen.get('councillor')!.see('/'))).toEqual([
      ...['Overzicht', 'Gebieden', 'Acties', 'Wijkagenda', 'Resultaten', 'Mijn organisatie'],
    ]);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let chair: Visitor;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const { id: areaId } = await t.make.area({ name: 'Boskoop', code: 'BOS' });
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', areaId);
    const lastDays = {
      Gestopt: '2026-06-01',
      'Stopt vandaag': '2026-06-02',
      'Stopt morgen': '2026-06-03',
      Loopt: null,
    };
    for (const [name, endedOn] of Object.entries(lastDays))
      ids.set(name, (await t.make.meeting(areaId, { name, endedOn })).id);
    chair = await Visitor.of(t, adviser.id);
  });
  const page = (name: string) => chair.see(`/overleggen/${ids.get(name)}`);

  it('asks to plan for a meeting up to the day before its last', async () => {
    const block = (await chair.see('/')).split('aria-labelledby="niet-gepland"')[1].split('</section>')[0];
    const named = [...block.matchAll(/Gestopt|Stopt vandaag|Stopt morgen|Loopt/g)].map(([name]) => name);
    expect(named.toSorted()).toEqual(['Loopt', 'Stopt morgen']);
  });

  it('tells the last day on the page of a meeting, and plans up to that day', async () => {
    expect(await page('Gestopt')).toContain('laatste dag: maandag 1 juni 2026');
    expect(await page('Stopt morgen')).toContain('laatste dag: woensdag 3 juni 2026');
    expect(await page('Loopt')).not.toContain('laatste dag');
    expect(await page('Stopt vandaag')).toContain('id="plannen"');
    expect(await page('Gestopt')).not.toContain('id="plannen"');
  });
});

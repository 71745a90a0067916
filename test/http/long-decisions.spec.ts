import { expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { agendaItem, boskoop, bring } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  it('prints a long decision in full under its item, and its beginning in the list of decisions', async () => {
    const t: TestApp = await startApp(kind, { today: '2026-06-02' });
    const b = await boskoop(t);
    const decision = `De afdeling maakt een plan voor de speelplek. ${'Het komt terug in het overleg. '.repeat(12)}Einde van het besluit.`;
    await agendaItem(t, b.session.id, { number: '6', position: 60, title: 'Speelplek', decision });
    await bring(t, b.session.id, 'closed');
    const page = await (await Visitor.of(t, b.chair.id)).see(`/verslagen/${b.session.id}`);
    expect(page.match(/Einde van het besluit/g)).toHaveLength(1);
    const [, list] = page.split('<h2>Besluiten</h2>');
    expect(list).toMatch(
      /De afdeling maakt een plan[^<]* Het…<\/span> [^<]*<span class="soft">\(de hele tekst staat bij punt 6, Speelplek\)/,
    );
    expect(list).toContain(
      'De verlichting bij de skatebaan blijft tot 23 uur aan.</span> <span class="soft">(punt 3, ',
    );
  });
});

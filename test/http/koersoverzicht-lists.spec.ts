import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { setUpKoersoverzicht } from './koersoverzicht.setup.js';

onBothDatabases((kind) => {
  const k = setUpKoersoverzicht(kind);

  it('leads from a number to the public actions behind it for a reader, by their public text', async () => {
    const { body } = await k.get('me', 'manager').expect(200);
    const manager = await Visitor.of(k.t, body.id);
    const late = '/koersoverzicht/lijst/overdue';
    expect(await manager.see(late)).not.toMatch(/ href="\/acties\/[0-9a-f]/);
    const fields = { areaId: k.boskoop, ownerId: k.space, dueOn: '2026-06-01' };
    await k.t.make.action({ ...fields, title: 'Bank van de oma', isPublic: true, publicText: 'Openbaar bankje' });
    await k.t.make.action({ ...fields, title: 'Bank van de opa' });
    const page = await manager.see(late);
    expect(page.match(/ href="\/acties\/[0-9a-f-]+">[^<]+/g)).toEqual([expect.stringContaining('>Openbaar bankje')]);
    expect(page).not.toContain('Bank van');
    expect(await manager.see(/ href="(\/acties\/[0-9a-f-]+)"/.exec(page)![1])).toContain('Openbaar bankje');
  });
});

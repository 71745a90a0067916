import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { villagesOf } from './inviting.setup.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-09-01' });
  });

  const { village, seats } = villagesOf(() => t);

  it('asks on the spot for the address of a new person, together with the kind of their organisation', async () => {
    const here = await village();
    const { visitor, path, organisations, at, number } = here;
    const nieuw = `jongerenwerker, Zorg ${number}\nconciërge, Brede School ${number}, ${at('school')}\nbuurtvader; Zorg ${number}; vader@`;
    const form = { wie: [`${organisations.politie.id}..participant`], nieuw };
    const asked = await visitor.post(`${path}/uitnodigen`, form);
    expect([asked.status, asked.text.match(/<li><a href="#(?:mail|soort)[^<]*<\/a>/g)]).toEqual([
      400,
      [
        '<li><a href="#mail-1">Van 2 nieuwe mensen is er nog geen e-mailadres. Vul het hieronder in.</a>',
        `<li><a href="#soort-1">‘Brede School ${number}’ staat hier nog niet. Kies hieronder wat voor organisatie het is.</a>`,
      ],
    ]);
    const [jong, vader] = [`mail-jongerenwerker, Zorg ${number}`, `mail-buurtvader, Zorg ${number}`];
    expect(asked.text).toContain(`name="${jong}" id="mail-1" value="" `);
    expect(asked.text).toContain(`name="${vader}" id="mail-2" value="vader@" `);

    const half = { ...form, [jong]: at('jong'), [vader]: '', [`kind-Brede School ${number}`]: 'volunteers' };
    const left = await visitor.post(`${path}/uitnodigen`, half);
    expect([left.status, left.text.includes('Van buurtvader is er nog geen e-mailadres.')]).toEqual([400, true]);
    expect(left.text).toContain(`name="${jong}" id="mail-1" value="${at('jong')}" `);
    expect(left.text).toContain('<option value="volunteers" selected>');
    expect(await seats(here)).toEqual([]);

    const whole = await visitor.post(`${path}/uitnodigen`, { ...half, [vader]: at('vader') });
    expect(whole.headers.location).toBe(path);
    expect((await seats(here)).map(({ personName }) => personName).toSorted()).toEqual([
      'buurtvader',
      'conciërge',
      'jongerenwerker',
      null,
    ]);
  });

  it('names many organisations that are not known in one line, and asks for the kind of each', async () => {
    const { visitor, path, number } = await village();
    const names = Array.from({ length: 10 }, (_, index) => `Stichting ${number}-${index}`);
    const lines = names.map((name, index) => `iemand ${index}, ${name}, wie-${number}-${index}@elders.example`);
    const { status, text } = await visitor.post(`${path}/uitnodigen`, { nieuw: lines.join('\n') });
    expect(status).toBe(400);
    expect(text.match(/<li><a href="#.*staan? hier nog niet[^<]*<\/a><\/li>/g)).toEqual([
      '<li><a href="#soort-1">10 organisaties staan hier nog niet. Kies hieronder wat voor organisaties het zijn.</a></li>',
    ]);
    expect(names.filter((name) => !text.includes(`Wat is ${name}?`))).toEqual([]);
  });
});

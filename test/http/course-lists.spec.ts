import { beforeAll, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { MonthlyPlanner } from '../../src/wijkagenda/koersoverzicht/monthly-planner.service.js';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { setUpKoersoverzicht } from './koersoverzicht.setup.js';

const MANY = 250;

onBothDatabases((kind) => {
  const k = setUpKoersoverzicht(kind);
  let chair: Visitor;
  const signIn = async () => {
    const { body } = await k.t.api.get('/v1/me').set('Authorization', k.who.chair).expect(200);
    chair = await Visitor.of(k.t, body.id);
  };
  beforeAll(async () => {
    const own = { areaId: k.boskoop, ownerId: k.space, recordedOn: '2026-05-01', postponements: 2 };
    for (let n = 1; n <= MANY; n += 1)
      await k.t.make.action({ ...own, title: `Kuil ${n}`, dueOn: `2026-06-${String((n % 28) + 1).padStart(2, '0')}` });
    await signIn();
  });

  const plain = (href: string) => href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
  const numberOf = (page: string) => Number(/class="count">\((\d+)\)/.exec(page)?.[1]);
  /** The pages of a list, as somebody who presses "Volgende" reads them. */
  const leafThrough = async (first: string): Promise<string[]> => {
    const pages = [await chair.see(first)];
    for (let at = 0; at < 10; at += 1) {
      const next = /<a rel="next" href="([^"]+)"/.exec(pages.at(-1)!);
      if (!next) break;
      pages.push(await chair.see(plain(next[1])));
    }
    return pages;
  };

  it.each(['overdue', 'open'])('leafs through all that a number counts, behind "%s"', async (name) => {
    const found = new RegExp(`href="(/koersoverzicht/lijst/${name}[^"]+)">(?:<strong>)?(\\d+)`).exec(
      await chair.see('/koersoverzicht'),
    )!;
    const pages = await leafThrough(plain(found[1]));
    const links = pages.flatMap((page) => [...page.matchAll(/href="(\/acties\/[0-9a-f-]{36})"/g)].map(([, at]) => at));
    expect(Number(found[2])).toBeGreaterThan(MANY);
    expect(pages.map(numberOf)).toEqual(pages.map(() => Number(found[2])));
    expect([links.length, new Set(links).size]).toEqual([Number(found[2]), Number(found[2])]);
  });

  it('answers a page beyond the last with the way back', async () => {
    const page = await chair.see('/koersoverzicht/lijst/overdue?pagina=99');
    expect(page).toContain('rel="prev"');
    expect(page).not.toContain('intussen opgelost');
  });

  it('leads to all early warnings', async () => {
    const start = await chair.see('/koersoverzicht');
    const [, href, total] = /href="(\/koersoverzicht\/signalen[^"]*)">Alle (\d+) signalen/.exec(start)!;
    const pages = await leafThrough(plain(href));
    const lines = pages.flatMap((page) => [
      ...page.matchAll(/<li><a href="\/(?:acties|doelen|beheer\/organisaties)[/?]/g),
    ]);
    expect(lines.length).toBeGreaterThan(MANY);
    expect([Number(total), ...pages.map(numberOf)]).toEqual([lines.length, ...pages.map(() => lines.length)]);
    for (const n of [1, MANY]) expect(pages.join()).toContain(`Kuil ${n}<`);
  });

  it('has a link behind each number of its monthly mail, to a list of that length', async () => {
    await k.t.api.post('/v1/koersoverzicht/mail').set('Authorization', k.who.chair).send({}).expect(201);
    k.t.clock.set('2026-08-01T06:00:00Z');
    await k.t.app.get(MonthlyPlanner).planDue();
    await k.t.app.get(Delivery).deliverDue();
    await signIn();
    const { html, text } = k.mailbox.messages.at(-1)!.mail;
    const links = [
      ...String(html).matchAll(
        /href="https?:\/\/[^/]+(\/koersoverzicht\/lijst\/[^"]+)"[^>]*>(?:[^<]*\D)?(\d+)[^\d<]*</g,
      ),
    ];
    expect(links.map(([, href]) => /lijst\/(\w+)/.exec(href)?.[1])).toEqual(
      expect.arrayContaining(['overdue', 'open', 'blocked', 'goalsRed', 'sessionsWithoutMinutes']),
    );
    for (const [, href, count] of links) {
      expect(text).toContain(plain(href));
      expect([href, numberOf(await chair.see(plain(href)))]).toEqual([href, Number(count)]);
    }
    expect(html).toMatch(/href="https?:\/\/[^/]+\/koersoverzicht\/signalen[^"]*"[^>]*>Alle \d+ signalen/);
  });
});

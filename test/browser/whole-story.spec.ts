import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { listen, openBrowser } from '../support/browser.js';
import { Finger, type Hands, Keyboard } from '../support/hands.js';
import { Mailbox } from '../support/mailbox.js';

jest.setTimeout(120_000);
const LINE = 'politie: extra surveillance skatebaan, vrijdag 17 juli';
/** Someone who types at an ordinary pace: some 250 keystrokes a minute. */
const STROKE_MS = 60;

const WAYS = [
  { way: 'with the keyboard alone', width: 1280, javaScript: true, hands: (page: Page): Hands => new Keyboard(page) },
  { way: 'on a phone, without JavaScript', width: 390, javaScript: false, hands: (): Hands => new Finger() },
];

describe.each(WAYS)('the story of a year, $way', ({ width, javaScript, hands }) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let url: string;
  let ids: Record<'adviser' | 'colleague' | 'agent' | 'director', string>;
  let meeting: string;
  let page: Page;
  let hand: Hands;

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp('sqlite', { today: '2026-06-02', isStory: true, environment: { SMTP_URL: mailbox.url } });
    url = await listen(t);
    const rootId = await t.make.root();
    const area = await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' });
    const [town, police] = [
      await t.make.organisation({ name: 'Wijken en Kernen', kind: 'municipality' }),
      await t.make.organisation({ name: 'Politie', kind: 'police' }),
    ];
    const person = async (name: string, organisationId?: string) =>
      (await t.make.person({ name, email: `${name.replaceAll(' ', '.').toLowerCase()}@stad.example`, organisationId }))
        .id;
    ids = {
      adviser: await person('gebiedsadviseur Boskoop', town.id),
      colleague: await person('gebiedsadviseur Zwammerdam', town.id),
      agent: await person('wijkagent Boskoop', police.id),
      director: await person('directeur', town.id),
    };
    await t.make.grant(ids.adviser, 'chair', area.id);
    await t.make.grant(ids.colleague, 'chair', area.id);
    await t.make.grant(ids.director, 'reader', rootId);
    await t.make.contact(police.id, ids.agent, area.id);
  });
  const sit = async (who: keyof typeof ids | null, path: string): Promise<void> => {
    const cookie = who ? await t.make.cookie(ids[who]) : '';
    page = await openBrowser({ width, javaScript, cookie, url });
    hand = hands(page);
    await page.goto(url + path);
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  const said = (words: string): Promise<void> => page.locator('main > .notice', { hasText: words }).waitFor();

  it('begins with a chair who starts a series, invites the police and plans a session', async () => {
    await sit('adviser', '/overleggen');
    await hand.press(page.getByRole('link', { name: 'Nieuw overleg' }));
    await hand.choose(page.getByLabel('Gebied'), 'Bos');
    await hand.fill(page.getByLabel('Naam'), 'Professionaloverleg Boskoop');
    await hand.choose(page.getByLabel('Hoe vaak?'), 'elke maand');
    await hand.press(button('Nieuw overleg'));
    await said('Vink nu aan wie er aan tafel zit.');
    meeting = new URL(page.url()).pathname.replace('/uitnodigen', '');
    await hand.press(button('Aan tafel zetten'));
    await said('Plan nu de data.');
    await hand.press(page.locator('.proposals li', { hasText: 'dinsdag 7 juli 2026' }).getByRole('button'));
    await said('Gepland: dinsdag 7 juli 2026.');
    await hand.press(button('Uitnodiging versturen'));
    await page.getByText('Uitgenodigd op').waitFor();
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to('wijkagent.boskoop@stad.example')[0].mail.subject).toContain('Uitnodiging');
  });

  it('runs at the table: opens, takes attendance, records an action within ten seconds, closes and sends', async () => {
    t.clock.set('2026-07-07T08:00:00.000Z');
    await sit('adviser', meeting);
    await hand.press(page.getByRole('link', { name: 'dinsdag 7 juli 2026' }));
    await hand.press(button('Vergadering beginnen'));
    await page.waitForSelector('#aanwezigheid');
    if (hand instanceof Keyboard) {
      await page.waitForSelector('.scripted [data-stream]');
      const [first] = await page.locator('.person').all();
      await hand.go(first.locator('input[type=radio]').first());
      await page.keyboard.press('a');
      await page.keyboard.press('a');
      await page.waitForSelector('[data-saving][data-state="saved"]');
    } else await hand.press(button('De rest is aanwezig'));
    const line = page.getByLabel('Nieuwe actie (wie, wat, wanneer)');
    await hand.fill(line, '');
    const begin = performance.now();
    await line.pressSequentially(LINE, { delay: STROKE_MS });
    await page.keyboard.press('Enter');
    await page.locator('.recorded li', { hasText: 'Politie · uiterlijk vrijdag 17 juli 2026' }).waitFor();
    expect(performance.now() - begin).toBeLessThan(10_000);
    if (hand instanceof Keyboard) await hand.press(page.locator('.step-link', { hasText: 'Afsluiten' }));
    await hand.press(button('Afsluiten en versturen'));
    await page.waitForSelector('#verslag');
    await said('De vergadering is gesloten.');
    await t.app.get(Delivery).deliverDue();
  });

  it('reaches the partner, who answers from the mail without signing in', async () => {
    t.clock.set('2026-07-10T08:00:00.000Z');
    const mails = mailbox.to('wijkagent.boskoop@stad.example');
    const link = /https?:\S+(\/antwoord\/[^\s>]+)/.exec(mails.at(-1)!.mail.text!)![1];
    await sit(null, link);
    const card = page.locator('.action').first();
    const done = card.getByLabel('Gereed', { exact: true });
    if (!(await done.isChecked())) await (hand instanceof Keyboard ? choose(hand, card) : done.check());
    await hand.fill(card.getByRole('textbox').first(), 'Twee avonden gelopen, het is rustig.');
    await hand.press(button(/opslaan/));
    await page.getByText('Opgeslagen').first().waitFor();
    const [action] = await t.database.reader.query('SELECT "status", "result" FROM "actions"');
    expect(action).toEqual({ status: 'done', result: 'Twee avonden gelopen, het is rustig.' });
  });

  it('comes back in the next session, where the other chair adopts the minutes', async () => {
    t.clock.set('2026-08-04T08:00:00.000Z');
    await sit('colleague', meeting);
    await hand.press(page.locator('.proposals button').first());
    await hand.press(button('Vergadering beginnen'));
    const step = async (words: string) =>
      hand instanceof Keyboard && (await hand.press(page.locator('.step-link', { hasText: words })));
    await step('Actie');
    await hand.press(button(/^Alles akkoord/));
    await step('erslag');
    await page.getByText('gereed').first().waitFor();
    await hand.press(page.locator('summary', { hasText: 'Ongewijzigd vaststellen' }));
    await hand.press(button('Ja, stel ongewijzigd vast'));
    await page.waitForSelector('#aanwezigheid');
    await said('vastgesteld');
    await step('Afsluiten');
    await hand.press(button('Afsluiten en versturen'));
    await page.waitForSelector('#verslag');
    const [minutes] = await t.database.reader.query('SELECT "state" FROM "minutes" ORDER BY "state" LIMIT 1');
    expect(minutes.state).toBe('adopted');
  });

  it('ends with a review that the chair makes final and the director reads', async () => {
    t.clock.set('2027-01-11T08:00:00.000Z');
    await sit('adviser', '/jaarevaluatie');
    await hand.press(page.getByRole('link', { name: 'Jaarevaluatie maken' }));
    await hand.choose(page.getByLabel('Gebied'), 'Bos');
    await hand.press(button('Jaarevaluatie maken'));
    await hand.fill(page.getByLabel('Wat is gelukt?'), 'De skatebaan is rustig.');
    await hand.press(button('Teksten opslaan'));
    await hand.press(page.locator('summary', { hasText: 'Definitief maken' }));
    await hand.fill(page.getByLabel('Waarom eerder dan na veertien dagen?'), 'De partijen waren erbij.');
    await hand.press(button('Ja, maak definitief'));
    await said('De jaarevaluatie is definitief.');
    await sit('director', '/jaarevaluatie');
    await hand.press(page.getByRole('link', { name: 'Boskoop' }));
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/1\s+afspraak gemaakt[^]*1\s+gelukt\s+\d[^]*De skatebaan is rustig\./);
  });

  async function choose(keyboard: Keyboard, card: ReturnType<Page['locator']>): Promise<void> {
    await keyboard.go(card.locator('input[type=radio]:checked'));
    const done = card.getByLabel('Gereed', { exact: true });
    for (let turn = 0; turn < 10 && !(await done.isChecked()); turn += 1) await page.keyboard.press('ArrowDown');
  }
});

import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { openBrowser } from '../support/browser.js';
import { Mailbox } from '../support/mailbox.js';
import { until } from '../support/until.js';
import { layDesk } from './desk.setup.js';

/** A name, completed from the list with Tab, and what that person does and when. */
const LINES = [
  ['pol', 'extra surveillance bij de skatebaan, vrijdag 12 juni'],
  ['hab', 'brandgang aan de Zijde opruimen, eind juni'],
  ['boa', 'controle op fout parkeren, volgend overleg'],
  ['wijka', 'gesprek met de jongeren, over twee weken'],
  ['pol', 'fietsen bij het station labelen, 1 juli'],
  ['hab', 'portiek nalopen, z.s.m.'],
  ['boa', 'hondenbeleid uitleggen, half juni'],
  ['handh', 'terrassen nameten, 15 juni'],
] as const;

let desk: Awaited<ReturnType<typeof layDesk>>;
let mailbox: Mailbox;
let page: Page;
beforeAll(async () => {
  mailbox = await Mailbox.start();
  desk = await layDesk({ caretakers: 7, environment: { SMTP_URL: mailbox.url } });
  const { n, url, sessionId } = desk;
  page = await openBrowser({ width: 1536, cookie: await n.make.cookie(n.people.gebiedsadviseur.id), url });
  await page.goto(`${url}/vergaderingen/${sessionId}`);
}, 60_000);

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const text = (selector: string): Promise<string> => page.locator(selector).innerText();
const isFocused = (selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
/** Moves to the next element of this kind with Tab. */
async function tabTo(selector: string): Promise<void> {
  for (let times = 0; times < 40; times += 1) {
    await press('Tab');
    if (await isFocused(selector)) return;
  }
  throw new Error(`${selector} cannot be reached with Tab.`);
}
/** Moves from step to step until it is the one of that name. */
async function goTo(step: string): Promise<void> {
  for (let times = 0; times < 12; times += 1) {
    if ((await text('.step-link[aria-current] .step-title')) === step) return;
    await press('Alt+v');
  }
  throw new Error(`There is no step ${step}.`);
}
const stored = async (sql: string): Promise<number> => (await desk.n.database.reader.query(sql)).length;

it('runs a whole meeting by keyboard: ten present, 24 actions treated, 8 new ones, closed and sent', async () => {
  await until('the first person has the focus', () => isFocused('.person input'));
  await press(...'aaaaaaaaaa');
  await page.waitForSelector('#aanwezig-lijst:not([open])');
  expect(await text('#aanwezig-stand')).toBe('10 aanwezig');

  await goTo('Actielijst');
  await press('ArrowDown');
  for (let treated = 1; treated <= 24; treated += 1) {
    const before = await text(':focus > .number');
    await press(['b', 'l', 'g'][treated % 3]);
    await until(`${treated} treated`, async () => (await text('#acties-stand')) === `${treated} van 24 behandeld`);
    if (treated < 24) await until('the next one has the focus', () => isFocused('.action-row:not(.treated) summary'));
    expect(treated === 24 || (await text(':focus > .number')) !== before).toBe(true);
  }
  const done = `SELECT "id" FROM "actions" WHERE "status" = `;
  expect([await stored(`${done} 'done'`), await stored(`${done} 'in_progress'`)]).toEqual([8, 8]);

  let keys = 0;
  for (const [at, [name, work]] of LINES.entries()) {
    await goTo(['Jeugd bij de skatebaan', 'Zwerfvuil', 'Verkeer'][Math.floor(at / 3)]);
    if (!(await isFocused('#actieregel-line'))) await press('Alt+n');
    await page.keyboard.type(name);
    await page.waitForSelector('.names:not([hidden])');
    await press('Tab');
    await until('the name is whole', async () => (await page.locator('#actieregel-line').inputValue()).endsWith(': '));
    await page.keyboard.type(work);
    await press('Enter');
    keys += name.length + work.length + 2;
    await until(`${at + 1} new`, async () => (await text('#nieuwe-actie .count')) === String(at + 1));
  }
  const whole = `SELECT "id" FROM "actions" WHERE "sessionId" IS NOT NULL AND "ownerId" IS NOT NULL AND "dueKind" IS NOT NULL`;
  expect(await stored(whole)).toBe(8);
  expect(await stored(`${whole} AND "ownerPersonId" IS NOT NULL`)).toBe(2);
  // Keys besides the action itself: the beginning of a name, Tab and Enter.
  expect(keys / LINES.length).toBeLessThan(45);

  await goTo('Afsluiten');
  expect(await text('#sluiten')).toContain('Alles is ingevuld.');
  await tabTo('#sluiten [value="send"]');
  await press('Enter');
  await page.waitForSelector('#verslag');
  expect(await stored(`SELECT "id" FROM "minutes" WHERE "state" = 'sent'`)).toBe(1);
  await desk.n.app.get(Delivery).deliverDue();
  expect(mailbox.messages.length).toBeGreaterThan(5);
}, 60_000);

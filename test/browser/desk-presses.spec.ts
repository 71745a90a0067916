import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page, Route } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { until } from '../support/until.js';
import type { Neighbourhood } from '../support/world.js';
import { goToStep, layDesk } from './desk.setup.js';

/** Clicks faster than the responses: none is lost, whichever part of the page is replaced meanwhile. */
let n: Neighbourhood;
let url: string;
let sessionId: string;
let page: Page;
beforeAll(async () => {
  ({ n, url, sessionId } = await layDesk());
  const { body } = await n.get(`/v1/sessions/${sessionId}/attendances`);
  for (const { name, personId } of body.items as Row[]) {
    const status = name.startsWith('wijkbeheerder') ? 'absent' : 'present';
    await n.put(`/v1/sessions/${sessionId}/attendances/${personId}`, { status }, 2).expect(200);
  }
}, 60_000);
beforeEach(async () => {
  page = await openBrowser({ width: 1536, cookie: await n.make.cookie(n.people.gebiedsadviseur.id), url });
  const follows = page.waitForResponse((answer) => answer.url().endsWith('/gebeurtenissen'));
  await page.goto(`${url}/vergaderingen/${sessionId}`);
  await follows;
});

afterEach(async () => {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
});

/** Holds back the responses to `asked` until `letGo`; the service itself has already done the work. */
async function hold(asked: string, isHeld: (route: Route) => boolean) {
  let letGo: () => void = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  let isDone: () => void = () => {};
  const done = new Promise<void>((resolve) => (isDone = resolve));
  await page.route(asked, async (route) => {
    if (!isHeld(route)) return route.continue();
    const response = await route.fetch();
    isDone();
    await free;
    return route.fulfill({ response }).catch(() => undefined);
  });
  return { done, letGo };
}
/** Requests that reload the page, with or without what is open in it. */
const holdPart = () =>
  hold(`${url}/vergaderingen/${sessionId}*`, (route) => route.request().resourceType() === 'fetch');
const holdAttendance = () => hold('**/aanwezigheid', () => true);

interface Row {
  name: string;
  status: string;
  personId: string;
  version: number;
}
const rowOf = async (name: string): Promise<Row | undefined> =>
  (await n.get(`/v1/sessions/${sessionId}/attendances`)).body.items.find((one: Row) => one.name === name);
const standing = async (name: string): Promise<string | undefined> => (await rowOf(name))?.status;
const person = (name: string): Locator => page.locator('.person', { hasText: name });
const checked = (name: string) => person(name).locator('input:checked').getAttribute('value');
const press = async (name: string, key: string): Promise<void> => {
  await person(name).locator('input[type=radio]').first().focus();
  await page.keyboard.press(key);
};
const stored = async (name: string, status: string) =>
  until(`${name} is stored as ${status}`, async () => (await standing(name)) === status);
const late = (name: string) => page.locator('.latecomers button', { hasText: name });

describe('presses at the table', () => {
  it('takes back that somebody came later, while the part is still on its way', async () => {
    const [answer, part] = [await holdAttendance(), await holdPart()];
    await late('wijkbeheerder 1').click();
    await answer.done;
    expect(await standing('wijkbeheerder 1')).toBe('present');
    await page.keyboard.press('Alt+z');
    answer.letGo();
    part.letGo();
    await stored('wijkbeheerder 1', 'absent');
    await until('it is seen', async () => (await checked('wijkbeheerder 1')) === 'absent');
  });

  it('lets two in who come together', async () => {
    const answer = await holdAttendance();
    await late('wijkbeheerder 2').click();
    await answer.done;
    await late('wijkbeheerder 3').click();
    answer.letGo();
    await stored('wijkbeheerder 2', 'present');
    await stored('wijkbeheerder 3', 'present');
    await until('both are in', async () => (await late('wijkbeheerder').count()) === 4);
    await page.keyboard.press('Alt+z');
    await stored('wijkbeheerder 3', 'absent');
    expect(await standing('wijkbeheerder 2')).toBe('present');
  });

  it('counts the newest press, also when a colleague pressed meanwhile, on this row or another', async () => {
    await page.locator('#aanwezig-lijst > summary').click();
    const part = await holdPart();
    for (const name of ['wijkbeheerder 4', 'wijkbeheerder 5']) {
      const { personId, version } = (await rowOf(name))!;
      await n.put(`/v1/sessions/${sessionId}/attendances/${personId}`, { status: 'excused' }, version).expect(200);
    }
    await part.done;
    await press('wijkbeheerder 6', 'a');
    await stored('wijkbeheerder 6', 'present');
    await press('wijkbeheerder 4', 'a');
    part.letGo();
    await stored('wijkbeheerder 4', 'present');
    expect(await standing('wijkbeheerder 5')).toBe('excused');
    await until('the other row is seen', async () => (await checked('wijkbeheerder 5')) === 'excused');
    expect(await checked('wijkbeheerder 4')).toBe('present');
  });
});

describe('letters on the actions of last time', () => {
  const outcomes = async () =>
    Object.fromEntries(
      (await n.get(`/v1/sessions/${sessionId}/discussions?pageSize=100`)).body.items.map(
        (one: { number: string; status: string; outcome: string | null }) => [one.number, [one.outcome, one.status]],
      ),
    );
  const focused = () =>
    page.evaluate<string | undefined>(`document.activeElement?.querySelector('.number')?.textContent`);

  it('are each about the next action, however fast they come', async () => {
    await goToStep(page, 'Actielijst');
    await page.locator('.step[data-current] .action-row summary').first().focus();
    const [answers, part] = [await hold('**/besproken/*', () => true), await holdPart()];
    for (const letter of ['b', 'l', 'g']) await page.keyboard.press(letter);
    expect(await focused()).toBe('BOS-13');
    answers.letGo();
    part.letGo();
    await until('three are treated', async () => (await page.locator('.action-row.treated').count()) === 3);
    expect(await outcomes()).toMatchObject({
      'BOS-10': ['discussed', 'open'],
      'BOS-11': ['updated', 'in_progress'],
      'BOS-12': ['updated', 'done'],
      'BOS-13': [null, 'open'],
    });
    expect(await focused()).toBe('BOS-13');
  });

  it('count as pressed last when two come on one action', async () => {
    await goToStep(page, 'Actielijst');
    await page.locator('.action-row', { hasText: 'BOS-13' }).locator('summary').focus();
    // Nor is the row folded in the meantime because of the event about the first click.
    const [answers, part] = [await hold('**/besproken/*', () => true), await holdPart()];
    await page.keyboard.press('l');
    await answers.done;
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('BOS-13');
    await page.keyboard.press('g');
    answers.letGo();
    part.letGo();
    await until('the last one counts', async () => (await outcomes())['BOS-13'][1] === 'done');
  });
});

describe('letters on an action', () => {
  const treated = () => page.locator('.action-row.treated').count();
  const lineOf = (number: string) => page.locator('.action-row', { hasText: number }).locator('summary');
  const numberInFocus = () =>
    page.evaluate<string | undefined>(`document.activeElement?.querySelector('.number')?.textContent`);

  it('undo the last press, also from the row one came on by it', async () => {
    await goToStep(page, 'Actielijst');
    const before = await treated();
    await lineOf('BOS-15').press('l');
    await until('it is treated', async () => (await treated()) === before + 1);
    await until('the next row has the focus', async () => (await numberInFocus()) === 'BOS-16');
    await page.keyboard.press('u');
    await until('it is not treated any more', async () => (await treated()) === before);
  });

  it('call one back to the reason of the action that was refused, with the next one open by then', async () => {
    await goToStep(page, 'Actielijst');
    await lineOf('BOS-17').press('s');
    await page.locator('.field-error', { hasText: 'waarom' }).waitFor();
    const isBack = `document.activeElement.matches('textarea[name=note][aria-invalid=true]')
      && document.activeElement.closest('.action-row').querySelector('.number').textContent === 'BOS-17'`;
    await until('the reason of BOS-17 has the focus', () => page.evaluate<boolean>(isBack));
  });

  it('lead to the reason when it is missing', async () => {
    await goToStep(page, 'Actielijst');
    await lineOf('BOS-17').press('v');
    await page.locator('.step[data-current] details[open] input[type=date]').fill('2026-12-01');
    await page.keyboard.press('Enter');
    await page.locator('.field-error', { hasText: 'waarom' }).waitFor();
    const isAtReason = `document.activeElement.matches('textarea[name=note][aria-invalid=true]')`;
    await until('the reason has the focus', () => page.evaluate<boolean>(isAtReason));
  });
});

describe('the agenda of an open meeting', () => {
  it('is put in order by dragging, whatever waits to be saved first', async () => {
    const item = await goToStep(page, 'Jeugd');
    await item.locator('textarea').first().fill('Er is meer overlast.');
    await goToStep(page, 'Agenda en gegevens');
    const titles = () => page.locator('ol.items h3').allTextContents();
    const head = (title: string) => page.locator('ol.items > li', { hasText: title }).locator('.item-head');
    await head('Verkeer')
      .locator('h3')
      .dragTo(head('Jeugd'), { targetPosition: { x: 10, y: 2 } });
    await page.locator('[data-saving]', { hasText: 'Verplaatst: ' }).waitFor();
    expect((await titles()).slice(3, 6)).toEqual(['4. Verkeer', '5. Jeugd bij de skatebaan', '6. Zwerfvuil']);
    const { body } = await n.get(`/v1/sessions/${sessionId}/agenda-items`);
    expect(body.items.map((one: { title: string }) => one.title).slice(3, 5)).toEqual([
      'Verkeer',
      'Jeugd bij de skatebaan',
    ]);
  });
});

describe('a step that is chosen', () => {
  it('leaves the attendance in sight when its heading is too', async () => {
    await page.setViewportSize({ width: 1280, height: 480 });
    await goToStep(page, 'Actielijst');
    expect(await page.evaluate<number>('document.documentElement.scrollHeight - innerHeight')).toBeGreaterThan(0);
    for (const words of ['Opening', 'Opening', 'Actielijst', 'Verslag']) {
      await goToStep(page, words);
      expect([words, await page.evaluate<number>('scrollY')]).toEqual([words, 0]);
    }
    expect(await page.evaluate<string>('document.activeElement.id')).toMatch(/^punt-/);
    await page.goBack();
    await page.locator('.step[data-current] h2', { hasText: 'Actielijst' }).waitFor();
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { flawsOf, inspect, openBrowser, picture } from '../support/browser.js';
import { agendaItem } from '../support/minutes.js';
import type { Neighbourhood } from '../support/world.js';
import { goToStep, layDesk } from './desk.setup.js';
import { until } from '../support/until.js';

/** The desk with ten people at the table, 24 open actions and 8 items, at common window sizes. */
const WINDOWS = [
  [1280, 580],
  [1536, 730],
  [1920, 950],
  [820, 1180],
  [390, 844],
] as const;

let n: Neighbourhood;
let url: string;
let sessionId: string;
beforeAll(async () => {
  ({ n, url, sessionId } = await layDesk());
}, 60_000);

const here = (): string => `${url}/vergaderingen/${sessionId}`;
async function sit(width: number, height: number): Promise<Page> {
  const page = await openBrowser({
    width,
    cookie: await n.make.cookie(n.people.gebiedsadviseur.id),
    url,
  });
  await page.setViewportSize({ width, height });
  await page.goto(here());
  return page;
}

/** Which elements are at the centre of the line for a new action, and of the form above it, at each scroll position. */
const isBarInSight = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const inSight = (element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return top >= 0 && bottom <= innerHeight && element.contains(document.elementFromPoint(x, y));
    };
    const parts = [document.getElementById('actieregel-line'), document.querySelector('#actie-nieuw .what input')];
    return [0, 0.5, 1].every((part) => {
      scrollTo(0, part * document.documentElement.scrollHeight);
      return parts.filter(Boolean).every(inSight);
    });
  })()`);
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `document.activeElement.closest('.action-row')?.querySelector('.number').textContent ?? document.activeElement.id`,
  );

describe('the desk', () => {
  it.each(WINDOWS)(
    'fits a window of %i by %i, with the line of a new action always in sight',
    async (width, height) => {
      const page = await sit(width, height);
      for (const step of await page.locator('.step-link').all()) {
        await step.click();
        const key = (await step.getAttribute('href'))!.slice(1);
        await page.waitForSelector(`#${key}[data-current]`);
        await picture(
          page,
          `desk-${key.startsWith('punt-') ? `step-${await step.locator('.step-number').innerText()}` : key}`,
        );
        const { whole, stepHeight } = await page.evaluate<{ whole: number; stepHeight: number }>(`({
        whole: document.documentElement.scrollHeight,
        stepHeight: document.querySelector('.step[data-current]').offsetHeight,
      })`);
        expect({ key, isShort: whole <= 2 * 730 || width < 1200 }).toEqual({ key, isShort: true });
        // The agenda is arranged before the meeting, so that part may be longer.
        if (key !== 'agenda') expect({ key, fits: stepHeight <= height }).toEqual({ key, fits: true });
      }
      expect(await isBarInSight(page)).toBe(true);
      await goToStep(page, 'Actielijst');
      await page.waitForSelector('[data-current] .action-row');
      const line = page.locator('#actieregel-line');
      await line.pressSequentially('pol');
      await page.locator('.names li').first().waitFor();
      await page.locator('#actie-nieuw').waitFor();
      await picture(page, 'desk-names');
      expect(await isBarInSight(page)).toBe(true);
      await line.press('Tab');
      expect(await line.inputValue()).toBe('Politie: ');
      expect(await focused(page)).toBe('actieregel-line');
      await line.pressSequentially('extra surveillance skatebaan, vrijdag 5 juni');
      await page.waitForSelector('#actie-nieuw[data-line$="juni"]');
      await page.evaluate('scrollTo(0, 0)');
      await picture(page, 'desk-line');
      expect(await isBarInSight(page)).toBe(true);
      expect(await page.locator('.head, .foot').count()).toBe(0);
    },
  );

  it('has no flaws that can be found automatically', async () => {
    const page = await sit(1280, 580);
    expect(await inspect(page, 'desk')).toEqual([]);
    await page.locator('#actieregel-line').fill('buurtvaders: ronde lopen');
    await page.locator('#actie-nieuw').waitFor();
    expect(await inspect(page, 'desk-doubt')).toEqual([]);
    await goToStep(page, 'Agenda en gegevens');
    expect(await inspect(page, 'desk-agenda')).toEqual([]);
  });
});

describe('the keyboard', () => {
  it('takes attendance with a letter per person, and folds it when everybody is there', async () => {
    const page = await sit(1536, 730);
    await page.locator('.person input[type=radio]').first().focus();
    for (const key of ['a', 'k', 'x']) await page.keyboard.press(key);
    await page.waitForSelector('[data-saving][data-state="saved"]');
    await page.getByRole('button', { name: 'De rest is aanwezig' }).press('Enter');
    await page.waitForSelector('#aanwezig-lijst:not([open])');
    expect(await page.locator('#aanwezig-stand').innerText()).toMatch(/^\d aanwezig, 1 afgemeld, 1 afwezig$/);
  });

  it('lets somebody in late with one press, and goes back to where one was', async () => {
    const page = await sit(1536, 730);
    await page.locator('#actieregel-line').fill('politie: wacht even');
    const late = await page.locator('.latecomers button').count();
    await page.locator('.latecomers button').first().click();
    await until('one less is late', async () => (await page.locator('.latecomers button').count()) === late - 1);
    expect(await focused(page)).toBe('actieregel-line');
    expect(await page.locator('#actieregel-line').inputValue()).toBe('politie: wacht even');
  });

  it('treats the actions of last time with a letter each, and goes to the next by itself', async () => {
    const page = await sit(1536, 730);
    await goToStep(page, 'Actielijst');
    await page.locator('.step[data-current] .action-row summary').first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('BOS-11');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('b');
    // It is folded at once, with the others that were treated.
    await page.waitForSelector('.action-row.treated', { state: 'attached' });
    await until('the next row has the focus', async () => (await focused(page)) === 'BOS-11');
    await page.keyboard.press('v');
    expect(await focused(page)).toBe('BOS-11');
    await page.keyboard.type('12012026');
    await page.locator('.step[data-current] details[open] textarea').fill('wacht op de vergunning');
    await page.locator('.step[data-current] details[open] input[type=date]').fill('2026-12-01');
    await page.locator('.step[data-current] details[open] input[type=date]').press('Enter');
    await until('two are treated', async () => (await page.locator('.action-row.treated').count()) === 2);
    expect(await page.locator('#acties-stand').innerText()).toBe('2 van 24 behandeld');
    const found = await n.database.reader.query(`SELECT "outcome" FROM "discussions" WHERE "outcome" IS NOT NULL`);
    expect(found.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['discussed', 'updated']);
  });

  it('undoes a press with one key', async () => {
    const page = await sit(1536, 730);
    await goToStep(page, 'Actielijst');
    await page.locator('#vouw-behandeld > summary').click();
    const row = page.locator('.action-row', { hasText: 'BOS-11' });
    await row.locator('summary').press('u');
    await until('one is treated', async () => (await page.locator('#acties-stand').innerText()).startsWith('1 van'));
    expect(await focused(page)).toBe('BOS-11');
    const [{ dueOn }] = await n.database.reader.query(`SELECT "dueOn" FROM "actions" WHERE "number" = 'BOS-11'`);
    expect(dueOn).toBe('2026-05-11');
  });

  it('undoes attendance and the outcome of an item, by key on the spot and by button from anywhere', async () => {
    const page = await sit(1536, 730);
    const standing = () => page.locator('#aanwezig-stand').innerText();
    const before = await standing();
    await page.locator('#aanwezig-lijst > summary').click();
    await page.locator('.person [value=absent]:checked').first().focus();
    await page.keyboard.press('a');
    await until('somebody came after all', async () => (await standing()) !== before);
    await page.locator('.person input[value=present]:checked').first().focus();
    await page.keyboard.press('Alt+z');
    await until('that is taken back', async () => (await standing()) === before);
    await page.locator('.latecomers button').first().click();
    await until('somebody is late', async () => (await standing()) !== before);
    await page.keyboard.press('Alt+z');
    await until('that is taken back too', async () => (await standing()) === before);
    await goToStep(page, 'Zwerfvuil');
    const outcome = page.locator('.step[data-current] .segments input');
    await outcome.nth(3).check({ force: true });
    await until(
      'it is put off',
      async () => (await page.locator('.step-link[aria-current] .step-state').innerText()) === 'doorgeschoven',
    );
    await page.keyboard.press('u');
    await until(
      'it is to do again',
      async () => (await page.locator('.step-link[aria-current] .step-state').innerText()) === 'nog te doen',
    );
  });

  it('treats no action when the letters are switched off', async () => {
    const page = await sit(1536, 730);
    await page.locator('[data-keys]').click();
    await page.getByLabel('Letters op een actie van vorige keer werken').uncheck();
    await page.getByRole('button', { name: 'Sluiten', exact: true }).click();
    await goToStep(page, 'Actielijst');
    await page.locator('.step[data-current] .action-row summary').first().focus();
    await page.keyboard.press('b');
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(300);
    expect(await page.locator('#acties-stand').innerText()).toBe('1 van 24 behandeld');
  });

  it('saves a line with Enter, and corrects it in place', async () => {
    const page = await sit(1536, 730);
    await page.locator('#actieregel-line').fill('');
    await page.locator('#actieregel-line').pressSequentially('Buurtvaders: ronde lopen bij de hefbrug');
    await page.keyboard.press('Enter');
    const row = page.locator('.recorded li', { hasText: 'ronde lopen bij de hefbrug' });
    await row.locator('.doubt', { hasText: 'wie?' }).waitFor();
    expect(await focused(page)).toBe('actieregel-line');
    expect(await page.locator('#actieregel-line').inputValue()).toBe('');
    await row.getByRole('link', { name: 'Aanvullen' }).press('Enter');
    await page.getByLabel('Wat', { exact: true }).fill('Ronde lopen bij de hefbrug');
    await page.getByLabel('Wie', { exact: true }).selectOption({ label: 'Politie' });
    await page.getByLabel('Wanneer', { exact: true }).selectOption('asap');
    await page.getByRole('button', { name: 'Opslaan', exact: true }).first().press('Enter');
    await page.locator('.recorded li', { hasText: 'Politie · z.s.m.' }).waitFor();
    expect(await focused(page)).toBe('actieregel-line');
  });

  it('completes a name with the arrows, and corrects who and when by keyboard before Enter saves', async () => {
    const page = await sit(1280, 580);
    const line = page.locator('#actieregel-line');
    await line.pressSequentially('wijk');
    const options = page.locator('.names li');
    await options.first().waitFor();
    expect(await options.first().innerText()).toMatch(/^wijkagent Boskoop Politie · aan tafel$/);
    expect(await flawsOf(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await line.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
    expect(await line.inputValue()).toBe('wijkagent Boskoop: ');
    await page.keyboard.press('Escape');
    expect(await line.inputValue()).toBe('wijk');
    await page.keyboard.type('a');
    await options.first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('bij de school kijken, 1 juli');
    await page.waitForSelector('#actie-nieuw[data-line$="juli"]');
    expect(await page.locator('#actie-nieuw-ownerId option:checked').innerText()).toBe('Politie (wijkagent Boskoop)');
    await page.keyboard.press('Alt+d');
    expect(await focused(page)).toBe('actie-nieuw-dueOn');
    await page.locator(':focus').fill('2026-07-08');
    await page.keyboard.press('Enter');
    await page.locator('.recorded li', { hasText: '8 juli' }).waitFor();
    const [saved] = await n.database.reader.query(
      `SELECT "ownerPersonId", "dueOn" FROM "actions" WHERE "title" LIKE '%bij de school%'`,
    );
    expect(saved).toEqual({ ownerPersonId: n.people.wijkagent.id, dueOn: '2026-07-08' });
    expect(await focused(page)).toBe('actieregel-line');
  });

  it('hides what is confidential until a press, and with one key again', async () => {
    const own = { number: 'V1', position: 9, kind: 'topic' as const };
    await agendaItem(n, sessionId, { ...own, title: 'Zorgmijder aan de Zijde' }, [n.organisations.gemeente.id]);
    const page = await sit(1536, 730);
    await goToStep(page, 'besloten');
    expect(await page.locator('body').innerText()).not.toContain('Zorgmijder');
    await page.locator('.step[data-current] [data-secret] > summary').click();
    expect(await page.locator('.step[data-current]').innerText()).toContain('Zorgmijder');
    await page.keyboard.press('Escape');
    expect(await page.locator('body').innerText()).not.toContain('Zorgmijder');
  });
});

describe('the screen of the room', () => {
  const call = async (desk: Page, step: string) => {
    await (await goToStep(desk, step)).locator('.at-hand button').click();
  };

  it('opens in a second window, follows each press on the desk, and has no small letters', async () => {
    const desk = await sit(1366, 650);
    const opened = desk.context().waitForEvent('page');
    await desk.getByRole('link', { name: 'Scherm voor de zaal' }).click();
    const room = await opened;
    await room.setViewportSize({ width: 1366, height: 650 });
    await room.locator('#agenda').waitFor();
    await call(desk, 'Zwerfvuil');
    await room.locator('.room-current', { hasText: '5. Zwerfvuil' }).waitFor({ timeout: 2_000 });
    expect(await inspect(room, 'room')).toEqual([]);
    const smallest = await room.evaluate<number>(`Math.min(...[...document.querySelectorAll('.room *')]
      .filter((one) => one.checkVisibility() && one.innerText && !one.matches('.hidden'))
      .map((one) => parseFloat(getComputedStyle(one).fontSize)))`);
    expect(smallest).toBeGreaterThanOrEqual(28);
    await call(desk, 'Afspraken');
    await room.locator('.room-agreed').waitFor({ timeout: 2_000 });
    expect(await inspect(room, 'room-agreed')).toEqual([]);
    await call(desk, 'besloten');
    await room.locator('.room-private').waitFor({ timeout: 2_000 });
    expect((await room.locator('main').innerText()).trim()).toBe('Besloten deel');
    await desk.locator('.step[data-current] .at-hand button', { hasText: 'Haal van het scherm' }).click();
    await room.locator('#agenda').waitFor({ timeout: 2_000 });
  });
});

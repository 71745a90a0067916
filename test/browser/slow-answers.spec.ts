import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { setTimeout as pause } from 'node:timers/promises';
import { openBrowser } from '../support/browser.js';
import { until } from '../support/until.js';
import { goToStep, layDesk } from './desk.setup.js';

/* What happens at the desk while the service has done something and its answer is still on the way. */
const NEW_ACTIONS = /\/acties(\/regel)?$/;
const SLOW = 2_000;
let desk: Awaited<ReturnType<typeof layDesk>>;
let page: Page;
async function sitDown(): Promise<void> {
  desk = await layDesk();
  const { n, url, sessionId } = desk;
  page = await openBrowser({ width: 1366, cookie: await n.make.cookie(n.people.gebiedsadviseur.id), url });
  await page.goto(`${url}/vergaderingen/${sessionId}`);
  await page.waitForSelector('.scripted [data-stream]');
}
beforeAll(sitDown, 60_000);

/** Without those of the connection. */
const headersOf = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(:|host$|connection$|content-(length|encoding)$|transfer-encoding$)/.test(name),
    ),
  );

/** The answers to what is sent here are late; what is asked is done at once. */
async function slowly(path: string | RegExp): Promise<void> {
  await page.route(path, async (route) => {
    // Not by the browser's own means, which would have its cookies at once.
    const request = route.request();
    const [headers, body] = [await request.allHeaders(), request.postData()];
    const answer = await fetch(request.url(), {
      method: 'POST',
      headers: headersOf(headers),
      body,
      redirect: 'manual',
    });
    const response = {
      status: answer.status,
      headers: headersOf(Object.fromEntries(answer.headers)),
      body: await answer.text(),
    };
    await pause(SLOW);
    await route.fulfill(response);
  });
}
const line = () => page.locator('#actieregel-line');
const nothingIsKept = () =>
  until('nothing is kept', () => page.evaluate<boolean>(`!JSON.stringify({ ...localStorage }).includes('/acties')`));
const recorded = async (): Promise<{ title: string }[]> =>
  (await desk.n.get(`/v1/sessions/${desk.sessionId}/actions?pageSize=200`)).body.items;

async function leaveOutTopics(): Promise<void> {
  const { n, sessionId } = desk;
  const { body } = await n.get(`/v1/sessions/${sessionId}/agenda-items`).expect(200);
  for (const { id, kind, version } of body.items)
    if (kind === 'topic') await n.patch(`/v1/agenda-items/${id}`, { state: 'not_discussed' }, version).expect(200);
}

it('takes the next line while the one before is being saved, and loses no letter of either', async () => {
  await slowly(NEW_ACTIONS);
  await line().pressSequentially('politie: fietsen labelen, 12 juni');
  await line().press('Enter');
  await page.keyboard.type('habeko: portiek nalopen, 19 juni');
  await page.keyboard.press('Enter');
  await page.keyboard.type('politie: terr');
  await page.locator('#nieuwe-actie .recorded li', { hasText: 'Portiek nalopen' }).waitFor();
  await page.locator('#nieuwe-actie .recorded li', { hasText: 'Fietsen labelen' }).waitFor();
  await page.keyboard.type('assen nameten');
  expect(await line().inputValue()).toBe('politie: terrassen nameten');
  expect((await recorded()).map(({ title }) => title).sort()).toEqual(['Fietsen labelen', 'Portiek nalopen']);
  await nothingIsKept();
  await page.unrouteAll({ behavior: 'wait' });
  expect(await line().inputValue()).toBe('politie: terrassen nameten');
  await page.locator('#actie-nieuw').waitFor();
});

it('says what is being saved, and puts a line that is refused back where it was typed', async () => {
  const emptied = async (text: string): Promise<void> => {
    await line().fill(text);
    const title = page.locator('#actie-nieuw .what input');
    await until('it is read', async () => (await title.count()) === 1 && text.endsWith(await title.inputValue()));
    await title.fill('');
    await title.press('Enter');
  };
  await slowly(NEW_ACTIONS);
  await emptied('politie: Fietspad vegen');
  await page.locator('#bewaarde-regels li', { hasText: 'Wordt opgeslagen.' }).waitFor();
  expect(await line().inputValue()).toBe('');
  await page.locator('[data-saving]', { hasText: 'Niet opgeslagen.' }).waitFor();
  expect(await line().inputValue()).toBe('politie: Fietspad vegen');
  expect(await page.locator('#bewaarde-regels').count()).toBe(0);
  await emptied('politie: Bankje herstellen');
  await page.keyboard.type('politie: terrassen nameten, 15 juni');
  await page.locator('#bewaarde-regels li', { hasText: 'Niet opgeslagen.' }).waitFor();
  expect(await line().inputValue()).toBe('politie: terrassen nameten, 15 juni');
  await line().press('Enter');
  await page.locator('#bewaarde-regels').getByRole('button', { name: 'Zet terug' }).click();
  expect(await line().inputValue()).toBe('politie: Bankje herstellen');
  await nothingIsKept();
  await page.unrouteAll({ behavior: 'wait' });
  await line().fill('');
  expect((await recorded()).map(({ title }) => title)).toContain('Terrassen nameten');
});

it('closes after the last line, and says so when the answer is late', async () => {
  await leaveOutTopics();
  await goToStep(page, 'Afsluiten');
  await slowly(NEW_ACTIONS);
  await slowly('**/sluiten');
  await line().fill('habeko: lantaarn nakijken, 19 juni');
  await line().press('Enter');
  await page.locator('#sluiten [value="send"]').click();
  await page.locator('main > .notice', { hasText: 'De vergadering is gesloten.' }).waitFor();
  expect((await recorded()).map(({ title }) => title)).toContain('Lantaarn nakijken');
  await page.unrouteAll({ behavior: 'wait' });
});

it('shows the lines that waited for a connection when the meeting was closed elsewhere', async () => {
  await sitDown();
  const { n, sessionId } = desk;
  await leaveOutTopics();
  await page.context().setOffline(true);
  await line().fill('politie: fietsen labelen, 12 juni');
  await line().press('Enter');
  await page.locator('#bewaarde-regels li', { hasText: 'Wordt gelezen zodra er verbinding is.' }).waitFor();
  const { body } = await n.get(`/v1/sessions/${sessionId}`);
  await n.put(`/v1/sessions/${sessionId}/closing`, {}, body.version).expect(200);
  await page.context().setOffline(false);
  await page.locator('#andere-stand').getByRole('link').click();
  const left = page.locator('.session #bewaarde-regels', { hasText: 'de vergadering was al gesloten' });
  await left.locator('li', { hasText: 'politie: fietsen labelen, 12 juni' }).waitFor();
  await left.getByRole('button', { name: 'Haal weg van dit apparaat' }).click();
  await page.reload();
  expect(await left.count()).toBe(0);
});

it('keeps lines that waited for a connection if the sign-in ended meanwhile, until they are recorded', async () => {
  await sitDown();
  const { n, url } = desk;
  const lines = ['politie: fietsen labelen, 12 juni', 'habeko: portiek nalopen, 19 juni'];
  const kept = page.locator('#bewaarde-regels li');
  await page.context().setOffline(true);
  for (const text of lines) {
    await line().fill(text);
    await line().press('Enter');
    await kept.filter({ hasText: text }).waitFor();
  }
  await page.context().clearCookies();
  const answered = page.waitForResponse(NEW_ACTIONS);
  await page.context().setOffline(false);
  expect((await answered).status()).toBe(401);
  const [name, value] = (await n.make.cookie(n.people.gebiedsadviseur.id)).split('=');
  await page.context().addCookies([{ name, value, url }]);
  await page.reload();
  await until('both are recorded', async () => (await recorded()).length === 2);
  await until('nothing is left', async () => (await kept.count()) === 0);
});

it('keeps a line that was on its way when the sign-in ended, and the next one', async () => {
  await sitDown();
  await page.context().clearCookies();
  await slowly(NEW_ACTIONS);
  await line().fill('politie: fietsen labelen, 12 juni');
  await line().press('Enter');
  await page.keyboard.type('habeko: portiek nalopen');
  await page.waitForURL(/\/aanmelden/);
  const kept = await page.evaluate<string>('JSON.stringify({ ...localStorage })');
  for (const text of ['politie: fietsen labelen, 12 juni', 'habeko: portiek nalopen']) expect(kept).toContain(text);
  await page.unrouteAll({ behavior: 'wait' });
});

it('leaves a confidential line in its field when the sign-in ended, and nowhere else', async () => {
  await sitDown();
  const { n, url, sessionId } = desk;
  const secret = { title: 'Casus', isConfidential: true, partyIds: [n.organisations.gemeente.id] };
  const { body: item } = await n.post(`/v1/sessions/${sessionId}/agenda-items`, secret).expect(201);
  const chooseItem = () => page.locator('#actieregel-agendaItemId').selectOption(item.id);
  await page.locator(`#punt-${item.id}-notes`).waitFor({ state: 'attached' });
  await page.context().clearCookies();
  await line().fill('gemeente: gezin bezoeken, 12 juni');
  await chooseItem();
  await line().press('Enter');
  await page.locator('[data-saving]', { hasText: 'niet meer aangemeld' }).waitFor();
  expect(await line().inputValue()).toBe('gemeente: gezin bezoeken, 12 juni');
  expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain('gezin');
  const [name, value] = (await n.make.cookie(n.people.gebiedsadviseur.id)).split('=');
  await page.context().addCookies([{ name, value, url }]);
  await line().press('Enter');
  await until('it is recorded', async () => (await recorded()).length === 1);
  expect(await recorded()).toMatchObject([{ title: 'Gezin bezoeken', isConfidential: true }]);
});

it('saves what was typed on a page from before a new sign-in', async () => {
  await sitDown();
  const { n, url, sessionId } = desk;
  const secret = { title: 'Casus', isConfidential: true, partyIds: [n.organisations.gemeente.id] };
  const { body: item } = await n.post(`/v1/sessions/${sessionId}/agenda-items`, secret).expect(201);
  const notes = page.locator(`#punt-${item.id}-notes`);
  await notes.waitFor({ state: 'attached' });
  await goToStep(page, 'besloten');
  await page.locator('.step[data-current] [data-secret] > summary').click();
  await page.context().clearCookies();
  await notes.fill('Het gezin');
  await page.locator('[data-saving]', { hasText: 'niet meer aangemeld' }).waitFor();
  const [name, value] = (await n.make.cookie(n.people.gebiedsadviseur.id)).split('=');
  await page.context().addCookies([{ name, value, url }]);
  await notes.pressSequentially(' verhuist.');
  await page.locator('[data-saving][data-state="saved"]').waitFor();
  const { body } = await n.get(`/v1/sessions/${sessionId}/agenda-items`).expect(200);
  expect(body.items.find(({ id }: { id: string }) => id === item.id)).toMatchObject({ notes: 'Het gezin verhuist.' });
});

it('shows the line that was refused because the meeting had just been closed elsewhere', async () => {
  await sitDown();
  const { n, sessionId } = desk;
  await leaveOutTopics();
  await line().fill('politie: fietsen labelen, 12 juni');
  const { body } = await n.get(`/v1/sessions/${sessionId}`);
  await n.put(`/v1/sessions/${sessionId}/closing`, {}, body.version).expect(200);
  await page.locator('#andere-stand').waitFor();
  await line().press('Enter');
  await page.locator('.session #bewaarde-regels li', { hasText: 'politie: fietsen labelen, 12 juni' }).waitFor();
});

it('puts back the line of a page from before a new sign-in, with which it can be saved', async () => {
  await sitDown();
  const { n, url } = desk;
  const [name, value] = (await n.make.cookie(n.people.gebiedsadviseur.id)).split('=');
  await page.context().addCookies([{ name, value, url }]);
  await line().fill('politie: fietsen labelen, 12 juni');
  const renewed = page.waitForEvent('load');
  await line().press('Enter');
  await renewed;
  expect(await line().inputValue()).toBe('politie: fietsen labelen, 12 juni');
  await line().press('Enter');
  await until('it is recorded', async () => (await recorded()).length === 1);
});

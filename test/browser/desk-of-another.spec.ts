import { beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { until } from '../support/until.js';
import type { Neighbourhood } from '../support/world.js';
import { goToStep, layDesk } from './desk.setup.js';

/* Whoever typed at the desk may no longer write, or is no longer the one who is signed in on this device. */
let desk: Awaited<ReturnType<typeof layDesk>>;
beforeEach(async () => {
  desk = await layDesk();
}, 60_000);

const sitDown = async (personId: string): Promise<Page> => {
  const { n, url, sessionId } = desk;
  const page = await openBrowser({ width: 1366, cookie: await n.make.cookie(personId), url });
  await page.goto(`${url}/vergaderingen/${sessionId}`);
  await page.waitForSelector('.scripted [data-stream]');
  return page;
};
const signIn = async (page: Page, personId: string) => {
  const [name, value] = (await desk.n.make.cookie(personId)).split('=');
  await page.context().addCookies([{ name, value, url: desk.url }]);
};
const line = (page: Page) => page.locator('#actieregel-line');
const recorded = async (): Promise<{ title: string; id: string }[]> =>
  (await desk.n.get(`/v1/sessions/${desk.sessionId}/actions?pageSize=200`)).body.items;
const nameNotulist = async (secretaryId: string | null) => {
  const { n, sessionId } = desk;
  const { body } = await n.get(`/v1/sessions/${sessionId}`).expect(200);
  await n.patch(`/v1/sessions/${sessionId}`, { secretaryId }, body.version).expect(200);
};

it('records nothing in the name of another who signed in on this device', async () => {
  const { n, sessionId } = desk;
  const other = await n.make.person({ name: 'tweede gebiedsadviseur', organisationId: n.organisations.gemeente.id });
  await n.make.grant(other.id, 'chair', n.boskoop.id);
  const page = await sitDown(n.people.gebiedsadviseur.id);
  await page.context().setOffline(true);
  await line(page).fill('politie: fietsen labelen, 12 juni');
  await line(page).press('Enter');
  await page.locator('#bewaarde-regels li', { hasText: 'fietsen labelen' }).waitFor();
  await signIn(page, other.id);
  await page.context().setOffline(false);
  // A change by somebody else renews the page.
  const status = page.locator('[data-saving]');
  await n.post(`/v1/sessions/${sessionId}/agenda-items`, { title: 'Vuurwerk' }).expect(201);
  await status.filter({ hasText: 'iemand anders aangemeld' }).waitFor();
  const tokens = "new Set([...document.querySelectorAll('[name=_csrf]')].map(({ value }) => value)).size";
  expect(await page.evaluate<number>(tokens)).toBe(1);
  expect(await page.getByText('Vuurwerk').count()).toBe(0);
  expect(await recorded()).toEqual([]);
  await page.reload();
  expect(await page.getByText('fietsen labelen').count()).toBe(0);

  await signIn(page, n.people.gebiedsadviseur.id);
  await page.reload();
  await until('it is recorded', async () => (await recorded()).length === 1);
});

const secretary = async ({ make }: Neighbourhood) => {
  const { id: organisationId } = await make.organisation({ name: 'Schrijfbureau' });
  return (await make.person({ name: 'notulist', organisationId })).id;
};
it.each<[string, (n: Neighbourhood) => string | Promise<string>]>([
  ['who is a participant', ({ people }) => people.wijkagent.id],
  ['who may not even see the meeting any more', secretary],
])('tells a notulist who was withdrawn, %s, what was not saved, and whom to give it to', async (_, who) => {
  const { n, sessionId } = desk;
  const notulist = await who(n);
  await nameNotulist(notulist);
  const page = await sitDown(notulist);
  await page.context().setOffline(true);
  await line(page).fill('politie: fietsen labelen, 12 juni');
  await line(page).press('Enter');
  const kept = page.locator('#bewaarde-regels');
  await kept.filter({ hasText: 'fietsen labelen' }).waitFor();
  const zwerfvuil = await goToStep(page, 'Zwerfvuil');
  await zwerfvuil.locator('textarea').first().fill('Er ligt glas bij de speeltuin.');
  await nameNotulist(null);
  await page.context().setOffline(false);
  await page.locator('[data-saving]', { hasText: 'Geef wat niet is opgeslagen door aan de voorzitter' }).waitFor();
  await kept.filter({ hasText: 'Geef deze regel door aan de voorzitter' }).waitFor();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await kept.filter({ hasText: 'u schrijft niet meer in deze vergadering' }).waitFor();
  expect(await kept.locator('li').allTextContents()).toEqual([
    'politie: fietsen labelen, 12 juni',
    'Er ligt glas bij de speeltuin.',
  ]);
  expect(await recorded()).toEqual([]);
  const { body } = await n.get(`/v1/sessions/${sessionId}/agenda-items`).expect(200);
  expect(JSON.stringify(body)).not.toContain('glas');
  await kept.getByRole('button', { name: 'Haal weg van dit apparaat' }).click();
  await page.reload();
  expect(await kept.count()).toBe(0);
});

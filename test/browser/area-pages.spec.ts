import { beforeAll, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type TestApp } from '../support/app.js';
import { inspect, listen, openBrowser } from '../support/browser.js';

const LONG = 'Bewoners uitnodigen voor de groendag bij de dorpskern en het station';
let t: TestApp;
let url: string;
let areaId: string;
let sessionId: string;
let personId: string;
beforeAll(async () => {
  t = await startApp('sqlite', { today: '2026-06-02' });
  url = await listen(t);
  const area = await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern', lastActionNumber: 40 });
  areaId = area.id;
  await t.make.area({ name: 'Snijdelwijk', kind: 'buurt', parentId: areaId });
  const meeting = await t.make.meeting(areaId, { name: 'Professionaloverleg Boskoop' });
  const person = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
  personId = person.id;
  await t.make.grant(personId, 'chair', areaId);
  await t.make.invitation(meeting.id, { personId, role: 'chair' });
  const police = await t.make.organisation({ name: 'Politie' });
  const own = { areaId, meetingId: meeting.id, ownerId: police.id, recordedOn: '2026-04-01' };
  for (let n = 1; n <= 30; n += 1) {
    const dueOn = `2026-0${5 + (n % 3)}-${String((n % 27) + 1).padStart(2, '0')}`;
    const status = n % 7 === 0 ? 'blocked' : n % 5 === 0 ? 'in_progress' : 'open';
    const statusReason = status === 'blocked' ? 'wacht op de vergunning' : null;
    const title = n % 2 ? 'Extra surveillance bij de skatebaan en het winkelcentrum' : 'Lantaarnpalen Zijde nakijken';
    await t.make.action({ ...own, number: `BOS-${n}`, title, dueOn, status, statusReason });
  }
  await t.make.action({
    ...{ ...own, number: 'BOS-31', title: LONG, coOwnerIds: [(await t.make.organisation({ name: 'Dorpsraad' })).id] },
    dueOn: '2026-04-02',
  });
  await t.make.action({
    ...own,
    number: 'BOS-32',
    title: 'Duiker bij het trapveldje doorspuiten',
    ownerId: null,
    isHandedBack: true,
    dueOn: '2026-02-02',
  });
  await t.make.session(meeting.id, { heldOn: '2026-06-30', place: 'Dorpshuis' });
  const session = await t.make.session(meeting.id, { heldOn: '2026-06-02', state: 'open', openedAt: t.clock.moment() });
  sessionId = session.id;
  await t.make.agendaItem(sessionId, { title: 'Skatebaan', notes: 'De jongerenwerker is er elke vrijdag.' });
  const token = await t.make.token(personId);
  const { headers } = await t.api.get(`/v1/sessions/${sessionId}`).set('Authorization', token);
  const closing = t.api.put(`/v1/sessions/${sessionId}/closing`).set('Authorization', token);
  await closing.set('If-Match', headers.etag).expect(200);
});

it('has no flaws that can be found automatically on the pages of an area, at any width', async () => {
  const page = await openBrowser({ cookie: await t.make.cookie(personId), url });
  const found: string[] = [];
  for (const [path, name] of [
    [`/gebieden`, 'areas'],
    [`/gebieden/${areaId}`, 'area'],
    [`/acties?gebied=${areaId}`, 'action-list'],
    ['/acties?zoek=niets', 'action-list-empty'],
    [`/gebieden/${areaId}/acties/invoeren`, 'import'],
    [`/gebieden/${areaId}/verslagen`, 'minutes-list'],
    [`/verslagen/${sessionId}`, 'minutes'],
    ['/toegankelijkheid', 'accessibility'],
    ['/privacy', 'privacy'],
    ['/bestaat-niet', 'not-there'],
  ]) {
    await page.goto(url + path);
    found.push(...(await inspect(page, name)).map((flaw) => `${name} ${flaw}`));
  }
  expect(found).toEqual([]);
});

it('shows an action of the list in a card of at most 140 px on a phone and in a line of 32 px elsewhere, pressed as a whole', async () => {
  const page = await openBrowser({ cookie: await t.make.cookie(personId), url, width: 390 });
  await page.goto(`${url}/acties?gebied=${areaId}`);
  const rows = page.locator('table.dense tbody tr');
  const heights = async (): Promise<number[]> =>
    rows.evaluateAll((found) => found.map((one) => one.getBoundingClientRect().height));
  expect(Math.max(...(await heights()))).toBeLessThanOrEqual(140);
  expect(Math.min(...(await heights()))).toBeGreaterThanOrEqual(44);
  expect(await page.getByRole('link', { name: 'Stand' }).boundingBox()).not.toBeNull();
  for (const width of [700, 820, 1366]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, Math.max(...(await heights())) <= 32]).toEqual([width, true]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
  await page.setViewportSize({ width: 390, height: 900 });
  await rows.first().click({ position: { x: 300, y: 60 } });
  await page.waitForURL(/\/acties\/[0-9a-f-]{36}$/);
});

it('shows the whole of a row of the list that is reached with the keyboard, and reads it out', async () => {
  const page = await openBrowser({ cookie: await t.make.cookie(personId), url, width: 820 });
  await page.goto(`${url}/acties?gebied=${areaId}`);
  const row = page.locator('table.dense tbody tr', { hasText: LONG });
  const isCut = (): Promise<boolean> =>
    row.evaluate((found) => [...found.children].some((one) => one.scrollWidth > one.clientWidth));
  expect(await isCut()).toBe(true);
  expect(await row.getByRole('rowheader').getAttribute('title')).toContain(LONG);
  expect(await row.ariaSnapshot()).toMatch(/ 61 dagen te laat/);
  await page.locator('.filter-fold summary').focus();
  for (let at = 0; at < 10 && !(await row.locator('a:focus').count()); at += 1) await page.keyboard.press('Tab');
  expect(await isCut()).toBe(false);
});

it.each(['/acties?gebied=', '/koersoverzicht/lijst/open?area='])(
  'cuts neither how late an action is nor that nobody has it in %s on a tablet',
  async (path) => {
    const page = await openBrowser({ cookie: await t.make.cookie(personId), url, width: 820 });
    await page.goto(url + path + areaId);
    const cells = page.locator('td.when, td.whom:text("nog niemand")');
    expect(await page.getByText('nog niemand').count()).toBe(1);
    expect(await cells.evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)).toBe(0);
  },
);

it('imports a list with the keyboard, without JavaScript', async () => {
  const file = join(tmpdir(), 'wijkagenda-lijst.csv');
  writeFileSync(file, 'nr;actie;wie;wanneer\n;Bankje herstellen;Politie;30-06-2026\n;Zonder wie;;\n');
  const page = await openBrowser({ cookie: await t.make.cookie(personId), url, javaScript: false });
  await page.goto(`${url}/acties?gebied=${areaId}`);
  await page.getByRole('link', { name: 'Een lijst invoeren' }).press('Enter');
  await page.getByLabel('Bestand').setInputFiles(file);
  await page.getByRole('button', { name: 'Bekijk wat er zou veranderen' }).press('Enter');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Wat de lijst zou doen');
  await page.getByLabel('Ja, zij weten ervan').check();
  await page.getByRole('button', { name: 'Voer 1 regel in' }).press('Enter');
  expect(await page.getByRole('status').textContent()).toBe('Ingevoerd: 1 nieuw, 0 gewijzigd.');
});

it('says that a list is being read, and sends it once', async () => {
  const page = await openBrowser({ cookie: await t.make.cookie(personId), url });
  let sent = 0;
  let hear = (_words: string): void => undefined;
  const said = new Promise<string>((resolve) => (hear = resolve));
  await page.exposeFunction('hear', (words: string) => hear(words));
  await page.goto(`${url}/gebieden/${areaId}/acties/invoeren`);
  // Users click again if nothing seems to happen.
  await page.evaluate(`new MutationObserver(() => {
    const line = document.querySelector('.busy');
    if (!line?.textContent) return;
    document.querySelector('form[data-busy] button').click();
    hear(line.textContent);
  }).observe(document.body, { childList: true, subtree: true })`);
  await page.route('**/acties/invoeren', async (route) => {
    sent += 1;
    await said;
    await route.continue();
  });
  const buffer = Buffer.from('nr;actie;wie;wanneer\n;Bankje herstellen;Politie;30-06-2026\n');
  await page.getByLabel('Bestand').setInputFiles({ name: 'lijst.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Bekijk wat er zou veranderen' }).click();
  expect(await said).toBe('De lijst wordt gelezen…');
  await page.getByRole('heading', { name: 'Wat de lijst zou doen' }).waitFor();
  expect(sent).toBe(1);
});

it('says that a document is being made, and downloads it', async () => {
  const page = await openBrowser({ cookie: await t.make.cookie(personId), url });
  await page.goto(`${url}/verslagen/${sessionId}`);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route('**/verslag.pdf', async (route) => {
    await held;
    await route.continue();
  });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('link', { name: 'Als PDF' }).click();
      await page.getByText('Als PDF: wordt gemaakt…').waitFor();
      goOn();
    })(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^verslag.*\.pdf$/);
});

it('filters with the keyboard, and keeps the filter in the address', async () => {
  const page = await openBrowser({ cookie: await t.make.cookie(personId), url, javaScript: false });
  await page.goto(`${url}/acties?gebied=${areaId}`);
  await page.locator('summary', { hasText: 'Zoeken en filteren' }).press('Enter');
  await page.getByLabel('Nummer of woord').fill('lantaarn');
  await page.keyboard.press('Enter');
  await page.waitForURL('**zoek=lantaarn**');
  await page.getByRole('link', { name: 'Nummer' }).press('Enter');
  await page.waitForURL('**sorteer=nummer**');
  expect(await page.getByText('15 acties').count()).toBe(1);
});

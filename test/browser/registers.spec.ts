import { beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { sentMinutes } from '../support/minutes.js';
import { flawsOf, listen, openBrowser } from '../support/browser.js';

let t: TestApp;
let url: string;
let cookie: string;
const DECISION = 'Bewoners kiezen zelf het ontwerp.';
const LONG = 'contactpersoon Bewonersoverleg Kerk en Zanen en de Edelstenenbuurt';
beforeAll(async () => {
  t = await startApp('sqlite', { today: '2026-06-02' });
  url = await listen(t);
  const admin = await t.make.person({ name: 'beheerder' });
  await t.make.grant(admin.id, 'admin', await t.make.root());
  cookie = await t.make.cookie(admin.id);
  const token = await t.make.token(admin.id);
  await t.api
    .post('/v1/organisations')
    .set('Authorization', token)
    .send({ name: 'BOR', kind: 'municipality' })
    .expect(201);
  const area = await t.make.area({ name: 'Boskoop, Aarlanderveen, Zwammerdam en het buitengebied', code: 'BOS' });
  const organisation = await t.make.organisation({ name: 'Bewonersoverleg Kerk en Zanen en de Edelstenenbuurt' });
  const email = 'contactpersoon.bewonersoverleg.kerk.en.zanen.en.edelstenen@bewonersoverleg.example';
  const person = await t.make.person({ name: LONG, email, organisationId: organisation.id });
  await t.make.contact(organisation.id, person.id, area.id);
  await t.make.meeting(area.id, {
    name: 'Professionaloverleg Boskoop, Aarlanderveen, Zwammerdam en het buitengebied',
  });
  const meeting = await t.make.meeting(area.id, { name: 'Professionaloverleg Boskoop' });
  await t.make.session(meeting.id, { heldOn: '2027-01-04' });
  const session = await t.make.session(meeting.id, { heldOn: '2026-06-01', state: 'closed' });
  await t.make.agendaItem(session.id, { title: 'Speeltuin', decision: DECISION });
  await sentMinutes(t, session.id);
});

it.each(['/beheer/mensen', '/beheer/contacten', '/beheer/rollen', '/beheer/logboek', '/overleggen'])(
  'shows a record of %s in one line of at most 32 px on tablets and laptops, without scrolling sideways',
  async (path) => {
    const page = await openBrowser({ cookie, url });
    await page.goto(url + path);
    const table = page.locator('.table');
    const rows = table.locator('tbody tr');
    for (const width of [820, 1024, 1366, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await rows.count()).toBeGreaterThan(0);
      const heights = await rows.evaluateAll((found) => found.map((one) => one.getBoundingClientRect().height));
      expect(Math.max(...heights)).toBeLessThanOrEqual(32);
      expect(await table.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
    }
    expect(await flawsOf(page)).toEqual([]);
  },
);

it('shows a decision on a tablet in a line of its own, above what it is about, where and when', async () => {
  const page = await openBrowser({ cookie, url, width: 820 });
  await page.goto(`${url}/besluitenlijst`);
  const row = page.getByRole('row', { name: DECISION });
  const [whole, decision, topic, day] = await Promise.all(
    [row, row.getByText(DECISION), row.getByText('Speeltuin'), row.getByText('ma 1 jun')].map(
      async (one) => (await one.boundingBox())!,
    ),
  );
  expect(whole.height).toBeLessThanOrEqual(60);
  expect(topic.y).toBeGreaterThan(decision.y + decision.height - 4);
  expect(day.y).toBe(topic.y);
  expect(await flawsOf(page)).toEqual([]);
});

it.each(['/beheer/mensen', '/beheer/contacten'])(
  'shows a record of %s on a phone as its name and a few running words, below a search of one screen at most',
  async (path) => {
    const page = await openBrowser({ cookie, url, width: 390 });
    await page.goto(url + path);
    const rows = page.locator('.table tbody tr');
    expect(Math.max(...(await rows.evaluateAll((all) => all.map((one) => one.clientHeight))))).toBeLessThanOrEqual(170);
    // The first of the list is in sight below what it is searched by.
    expect((await rows.first().boundingBox())!.y).toBeLessThan(600);
    expect(await page.locator('.table').textContent()).not.toContain('doet mee');
  },
);

it('never cuts the day and the time of a meeting', async () => {
  const page = await openBrowser({ cookie, url, width: 820 });
  await page.goto(`${url}/overleggen`);
  const next = page.getByRole('link', { name: /^ma 4 jan 2027, \d\d:\d\d uur$/ });
  expect(await next.evaluate((one) => one.scrollHeight > one.clientHeight + 1)).toBe(false);
});

it('cuts nothing on paper', async () => {
  const page = await openBrowser({ cookie, url });
  await page.goto(`${url}/beheer/mensen`);
  const name = page.getByRole('link', { name: LONG });
  const isCut = () => name.evaluate((one) => one.scrollHeight > one.clientHeight + 1);
  expect(await isCut()).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect(await isCut()).toBe(false);
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { inspect, listen, openBrowser } from '../support/browser.js';
import { Mailbox } from '../support/mailbox.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';
import { until } from '../support/until.js';
import { goToStep } from './desk.setup.js';

let n: Neighbourhood;
let mailbox: Mailbox;
let url: string;
let sessionId: string;
let topicId: string;

beforeAll(async () => {
  mailbox = await Mailbox.start();
  n = await startNeighbourhood('sqlite', { SMTP_URL: mailbox.url });
  url = await listen(n);
  const { make, organisations, people, meeting, boskoop } = n;
  for (const person of [people.handhaver, people.consulent]) {
    const organisationId = person === people.handhaver ? organisations.boa.id : organisations.habeko.id;
    await make.invitation(meeting.id, { organisationId, personId: person.id });
  }
  await make.invitation(meeting.id, { organisationId: (await make.organisation({ name: 'Tom in de buurt' })).id });
  const owners = Object.values(organisations);
  const own = { meetingId: meeting.id, areaId: boskoop.id, recordedOn: '2026-03-01' };
  for (let number = 100; number < 160; number += 1) {
    const isLate = number < 104;
    await make.action({
      ...own,
      number: `BOS-${number}`,
      title: ['Schouw rond het station', 'Extra verlichting Zijde', 'Gesprek met de winkeliers'][number % 3],
      ownerId: owners[number % 4].id,
      dueOn: isLate ? `2026-05-2${number - 99}` : '2026-12-01',
      ...(number === 105 && { status: 'blocked', statusReason: 'wacht op de vergunning' }),
    });
  }
  for (const number of ['BOS-98', 'BOS-99']) {
    const { id } = await make.action({ ...own, number, ownerId: owners[0].id });
    await n.post(`/v1/actions/${id}/updates`, { status: 'done', realisation: 'full' }).expect(201);
  }
  const session = await make.session(meeting.id, { place: 'Dorpshuis', lastItemNumber: 5 });
  sessionId = session.id;
  await make.agendaItem(session.id, { number: '1', position: 1, kind: 'opening', title: 'Opening' });
  await make.agendaItem(session.id, { number: '2', position: 2, kind: 'actions', title: 'Actielijst' });
  topicId = (await make.agendaItem(session.id, { number: '3', position: 3, title: 'Jeugd bij de skatebaan' })).id;
  await make.agendaItem(session.id, { number: '4', position: 4, title: 'Zwerfvuil rond het station' });
  await make.agendaItem(session.id, { number: '5', position: 5, kind: 'closing', title: 'Sluiting' });
}, 60_000);

const asChair = async (): Promise<Page> =>
  openBrowser({ cookie: await n.make.cookie(n.people.gebiedsadviseur.id), url });
const notesStored = async (): Promise<string> =>
  (await n.database.reader.query(`SELECT "notes" FROM "agenda_items" WHERE "id" = '${topicId}'`))[0].notes;
async function untilStored(text: string): Promise<void> {
  await until(`the notes are “${text}”`, async () => (await notesStored()) === text);
}
const here = (): string => `${url}/vergaderingen/${sessionId}`;
/** The desk at the step of this topic. */
const atTopic = (): string => `${here()}#punt-${topicId}`;

describe('before the meeting', () => {
  it('has its agenda put in order by dragging, and back by an arrow', async () => {
    const page = await asChair();
    await page.goto(here());
    const titles = () => page.locator('ol.items h3').allTextContents();
    const item = (title: string) => page.locator('ol.items > li', { hasText: title }).locator('.item-head');
    await item('Zwerfvuil')
      .locator('h3')
      .dragTo(item('Jeugd'), { targetPosition: { x: 10, y: 2 } });
    await page.getByText('Verplaatst: 3. Zwerfvuil rond het station.').waitFor();
    expect((await titles()).slice(2, 4)).toEqual(['3. Zwerfvuil rond het station', '4. Jeugd bij de skatebaan']);
    await page.getByRole('button', { name: '3 naar beneden' }).click();
    await page.getByText('Verplaatst: 4. Zwerfvuil rond het station.').waitFor();
    expect((await titles())[2]).toBe('3. Jeugd bij de skatebaan');
  });

  it('has no flaws that can be found automatically, at any width', async () => {
    const page = await asChair();
    await page.goto(`${url}/overleggen`);
    expect(await inspect(page, 'meetings')).toEqual([]);
    await page.goto(`${url}/overleggen/${n.meeting.id}`);
    expect(await inspect(page, 'meeting-planned')).toEqual([]);
    await page.goto(here());
    expect(await inspect(page, 'session-planned')).toEqual([]);
  });
});

describe('the meeting', () => {
  it('opens with the keyboard, and takes one key per person', async () => {
    const page = await asChair();
    await page.goto(here());
    await page.getByRole('button', { name: 'Vergadering beginnen' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#aanwezigheid');
    expect(await inspect(page, 'session-open')).toEqual([]);
    await page.locator('.person input[type=radio]').first().focus();
    for (const key of ['a', 'k', 'x']) await page.keyboard.press(key);
    await page.waitForSelector('[data-saving][data-state="saved"]');
    const found = await n.database.reader.query('SELECT "status" FROM "attendances" ORDER BY "status"');
    expect(found.map(({ status }: { status: string }) => status)).toEqual(['absent', 'excused', 'present']);
  });

  it('accepts everything that was reported done with one key', async () => {
    const page = await asChair();
    await page.goto(here());
    await goToStep(page, 'Actielijst');
    const accept = page.getByRole('button', { name: /^Alles akkoord/ });
    await accept.waitFor();
    await page.keyboard.press('Alt+g');
    await accept.waitFor({ state: 'detached' });
    const [{ count }] = await n.database.reader.query(
      `SELECT count(*) AS "count" FROM "discussions" WHERE "outcome" = 'accepted'`,
    );
    expect(count).toBe(2);
  });

  it('shows what it understood of a line while it is typed, and saves it with one Enter', async () => {
    const page = await asChair();
    await page.goto(here());
    await page.keyboard.press('Alt+n');
    await page.keyboard.type('politie: extra surveillance skatebaan, vrijdag 5 juni');
    await page.locator('#actie-nieuw').waitFor();
    expect(await page.locator('#actieregel-gelezen').textContent()).toMatch(/^Politie[^]*vrijdag 5 juni 2026/);
    expect(await page.locator('#actie-nieuw-dueOn').inputValue()).toBe('2026-06-05');
    expect(await inspect(page, 'session-understood')).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.recorded li');
    await page.waitForSelector('#actieregel-line:focus');
    expect(await page.locator('.recorded').innerText()).toContain('Extra surveillance skatebaan');
    expect(await page.locator('#actieregel-line').inputValue()).toBe('');
  });

  it('saves what it is not sure of without an owner, or with one that is new when the chair says so', async () => {
    const page = await asChair();
    await page.goto(here());
    await page.locator('#actieregel-line').fill('buurtvaders: ronde lopen, vrijdag 5 juni');
    await page.locator('.understood .doubt').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.recorded .incomplete', { hasText: 'wie?' }).waitFor();
    await page.locator('#actieregel-line').fill('buurtvaders: koffie schenken, vrijdag 5 juni');
    await page.locator('.understood .doubt').waitFor();
    await page.getByLabel('Wie', { exact: true }).selectOption('nieuw');
    await page.getByLabel('Soort', { exact: true }).selectOption('residents');
    await page.locator('#actieregel-line').press('Enter');
    await page.locator('.recorded li', { hasText: 'Buurtvaders · ' }).waitFor();
    const open = page.locator('.recorded .incomplete');
    await open.getByRole('link').click();
    await page.getByLabel('Wie', { exact: true }).first().selectOption({ label: 'Politie' });
    await page.getByRole('button', { name: 'Opslaan', exact: true }).first().click();
    await open.waitFor({ state: 'detached' });
  });

  it('saves as you go', async () => {
    const page = await asChair();
    await page.goto(atTopic());
    await page.locator(`#punt-${topicId}-notes`).fill('Er is meer overlast dan vorig jaar.');
    await page.waitForSelector('[data-saving][data-state="saved"]');
    await page.reload();
    expect(await page.locator(`#punt-${topicId}-notes`).inputValue()).toBe('Er is meer overlast dan vorig jaar.');
  });

  it('loses nothing without a connection, says so, and saves when it is back', async () => {
    const page = await asChair();
    await page.goto(atTopic());
    await page.context().setOffline(true);
    const notes = page.locator(`#punt-${topicId}-notes`);
    await notes.fill('De lijn viel weg.');
    await page.waitForSelector('[data-saving][data-state="lost"]');
    expect(await page.locator('[data-saving]').innerText()).toContain('Geen verbinding.');
    expect(await inspect(page, 'session-offline')).toEqual([]);
    expect(await notes.inputValue()).toBe('De lijn viel weg.');
    await page.context().setOffline(false);
    await page.waitForSelector('[data-saving][data-state="saved"]');
    expect(await notesStored()).toBe('De lijn viel weg.');
  });

  it('brings back what was typed when the page was closed without a connection', async () => {
    const page = await asChair();
    await page.goto(atTopic());
    await page.context().setOffline(true);
    await page.locator(`#punt-${topicId}-notes`).fill('Getypt in de kelder.');
    await page.waitForSelector('[data-saving][data-state="lost"]');
    const again = await page.context().newPage();
    await page.close({ runBeforeUnload: false });
    await again.context().setOffline(false);
    await again.goto(atTopic());
    expect(await again.locator(`#punt-${topicId}-notes`).inputValue()).toBe('Getypt in de kelder.');
    // By the page that was closed, if the connection was back in time, or else by this one.
    await untilStored('Getypt in de kelder.');
  });

  it('keeps both texts when two people write at the same item', async () => {
    const page = await asChair();
    await page.goto(atTopic());
    const other = await page.context().newPage();
    // Otherwise it would see the first text before typing.
    await other.route('**/gebeurtenissen', (route) => route.abort());
    await other.goto(atTopic());
    const notes = `#punt-${topicId}-notes`;
    await page.locator(notes).fill('Van de een.');
    await page.waitForSelector('[data-saving][data-state="saved"]');
    await other.locator(notes).fill('Van de ander.');
    await other.waitForSelector('.theirs');
    expect(await other.locator('.theirs').innerText()).toContain('Van de een.');
    expect(await inspect(other, 'session-overtaken')).toEqual([]);
    await other.getByRole('button', { name: 'Allebei' }).click();
    await other.waitForSelector('[data-saving][data-state="saved"]');
    expect(await notesStored()).toBe('Van de een.\nVan de ander.');
  });

  it('says what is missing, leads there, and closes and sends with one button', async () => {
    const page = await asChair();
    await page.goto(`${here()}#sluiten`);
    await page.locator('#sluiten .to-do a').first().focus();
    expect(await inspect(page, 'session-to-do')).toEqual([]);
    await page.locator('#sluiten .to-do a').first().press('Enter');
    await page.waitForURL(/#punt-/);
    await page.locator('.step[data-current]').getByLabel('niet besproken').check();
    await page.locator('.step-link[href="#sluiten"]', { hasText: 'kan' }).click();
    await page.getByText('Alles is ingevuld.').waitFor();
    await page.getByRole('button', { name: 'Afsluiten en versturen' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#verslag');
    expect(await page.locator('main > .notice').innerText()).toContain(
      'De vergadering is gesloten. Het verslag gaat naar',
    );
    expect(await inspect(page, 'session-closed')).toEqual([]);
    const delivery = page.locator('#verslag-onderweg');
    const total = Number(/0 van de (\d+) mails zijn verstuurd/.exec(await delivery.innerText())![1]);
    mailbox.behave(n.people.wijkagent.email!, 'try-later');
    await n.app.get(Delivery).deliverDue();
    await delivery.getByText(`${total - 1} van de ${total} mails zijn verstuurd, 1 is nog onderweg.`).waitFor();
    n.clock.set('2026-06-02T12:00:00.000Z');
    await n.app.get(Delivery).deliverDue();
    await delivery.getByText(`Alle ${total} mails zijn verstuurd.`).waitFor();
  });
});

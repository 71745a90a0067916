import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { inspect, listen, openBrowser } from '../support/browser.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';
import { until } from '../support/until.js';
import { goToStep } from './desk.setup.js';

const TWO_SECONDS = { timeout: 2_000 };

let n: Neighbourhood;
let url: string;
let sessionId: string;
let topicId: string;
let secondId: string;
let oldId: string;
/** Two people who write in the same meeting, and a partner who watches. */
let mine: Page;
let theirs: Page;

beforeAll(async () => {
  n = await startNeighbourhood('sqlite');
  url = await listen(n);
  const { make, meeting, boskoop, organisations } = n;
  const second = await make.person({ name: 'gebiedsadviseur Waddinxveen', organisationId: organisations.gemeente.id });
  secondId = second.id;
  await make.grant(second.id, 'chair', boskoop.id);
  await make.invitation(meeting.id, { personId: second.id, organisationId: organisations.gemeente.id, role: 'chair' });
  const own = {
    meetingId: meeting.id,
    areaId: boskoop.id,
    ownerId: organisations.politie.id,
    recordedOn: '2026-03-01',
  };
  oldId = (await make.action({ ...own, number: 'BOS-101', title: 'Schouw', dueOn: '2026-05-20' })).id;
  await make.action({ ...own, number: 'BOS-102', title: 'Verlichting', dueOn: '2026-05-21' });
  const session = await make.session(meeting.id, { lastItemNumber: 2 });
  sessionId = session.id;
  topicId = (await make.agendaItem(session.id, { number: '1', position: 1, title: 'Jeugd bij de skatebaan' })).id;
  await make.agendaItem(session.id, { number: '2', position: 2, kind: 'closing', title: 'Sluiting' });
  await n.put(`/v1/sessions/${sessionId}/opening`, {}, 1).expect(200);
}, 60_000);

const here = () => `${url}/vergaderingen/${sessionId}`;
const asPerson = async (personId: string, isBeside: boolean) => {
  const page = await openBrowser({ cookie: await n.make.cookie(personId), url, isBeside });
  const follows = page.waitForResponse((answer) => answer.url().endsWith('/gebeurtenissen'));
  await page.goto(here());
  await follows;
  return page;
};
const together = async () => {
  mine = await asPerson(n.people.gebiedsadviseur.id, false);
  theirs = await asPerson(secondId, true);
};
/** What is typed here, and the focus; must be unchanged afterwards. */
const whileTyping = async (field: Locator, change: () => Promise<unknown>, seen: () => Promise<unknown>) => {
  await field.pressSequentially('Meer overlast dan');
  await field.press('ArrowLeft');
  await change();
  await seen();
  expect(await field.inputValue()).toMatch(/Meer overlast dan$/);
  const focus = await mine.evaluate(`[document.activeElement.id, document.activeElement.selectionStart]`);
  expect(focus).toEqual([await field.getAttribute('id'), (await field.inputValue()).length - 1]);
};
const reads = (field: Locator, text: RegExp) =>
  until(`the field reads ${text}`, async () => text.test(await field.inputValue()), { longestMs: TWO_SECONDS.timeout });
const notes = (page: Page) => page.locator(`#punt-${topicId}-notes`);
const row = (page: Page, number: string) => page.locator('.action-row', { hasText: number });
/** The note field of an action of last time, after opening its row. */
async function noteAt(page: Page, number: string): Promise<Locator> {
  if ((await row(page, number).locator('details[open]').count()) === 0)
    await row(page, number).locator('summary').click();
  return row(page, number).locator('textarea');
}
const treat = (page: Page, number: string) => row(page, number).getByRole('button', { name: 'Besproken' }).click();

describe('two who write at one table', () => {
  beforeAll(together);
  afterEach(() => mine.evaluate('document.activeElement.blur()'));

  it('see each other’s attendance, while one of them types', async () => {
    const person = (page: Page) => page.locator('.person', { hasText: 'wijkagent Boskoop' });
    const isPresent = 'input[value="present"]';
    await whileTyping(
      mine.locator('#actieregel-line'),
      async () => {
        await person(theirs).locator('legend').click();
        await person(theirs).locator(`${isPresent}:checked`).waitFor({ state: 'attached' });
      },
      () =>
        person(mine)
          .locator(`${isPresent}:checked`)
          .waitFor({ ...TWO_SECONDS, state: 'attached' }),
    );
    await mine.locator('#actieregel-line').fill('');
  });

  it('see each other’s notes, and an item that was added', async () => {
    await goToStep(mine, 'Jeugd');
    await goToStep(theirs, 'Jeugd');
    await whileTyping(
      mine.locator('#actieregel-line'),
      () => notes(theirs).fill('Er is meer overlast dan vorig jaar.'),
      () => reads(notes(mine), /^Er is meer/),
    );
    await mine.locator('#actieregel-line').fill('');
    const fresh = { title: 'Zwerfvuil rond het station' };
    await whileTyping(
      mine.locator('#actieregel-line'),
      () => n.post(`/v1/sessions/${sessionId}/agenda-items`, fresh).expect(201),
      () => mine.locator('.step-link', { hasText: fresh.title }).waitFor(TWO_SECONDS),
    );
    await mine.locator('#actieregel-line').fill('');
  });

  it('see new actions, what was treated, and what a partner answers from outside', async () => {
    await goToStep(mine, 'Acties van vorige keer');
    await goToStep(theirs, 'Acties van vorige keer');
    const note = await noteAt(mine, 'BOS-102');
    await noteAt(theirs, 'BOS-101');
    await whileTyping(
      note,
      () => n.post(`/v1/sessions/${sessionId}/actions`, { title: 'Extra surveillance' }).expect(201),
      () => mine.locator('.recorded li', { hasText: 'Extra surveillance' }).waitFor(TWO_SECONDS),
    );
    await note.fill('');
    await whileTyping(
      note,
      () => treat(theirs, 'BOS-101'),
      () =>
        row(mine, 'BOS-101')
          .locator('.outcome')
          .waitFor({ ...TWO_SECONDS, state: 'attached' }),
    );
    await note.fill('');
    await goToStep(mine, 'Jeugd');
    await notes(mine).focus();
    const answer = { status: 'in_progress', comment: 'Bezig.' };
    await n.post(`/v1/actions/${oldId}/updates`, answer, n.as.police).expect(201);
    await row(mine, 'BOS-101')
      .locator('.facts', { hasText: 'loopt' })
      .waitFor({ ...TWO_SECONDS, state: 'attached' });
    expect(await mine.evaluate('document.activeElement.id')).toBe(`punt-${topicId}-notes`);
  });

  it('keep the text that is typed in the very field another writes in, and choose', async () => {
    await goToStep(theirs, 'Jeugd');
    await mine.route('**/agendapunten/**', (route) => route.abort());
    await notes(mine).fill('Mijn zin.');
    await notes(theirs).fill('Hun zin.');
    await theirs.waitForSelector('[data-saving][data-state="saved"]');
    await mine.waitForSelector('[data-saving][data-state="lost"]');
    expect(await notes(mine).inputValue()).toBe('Mijn zin.');
    await mine.unroute('**/agendapunten/**');
    await mine.locator('.theirs').waitFor();
    expect(await mine.locator('.theirs .typed').allInnerTexts()).toEqual(['Hun zin.']);
    expect(await inspect(mine, 'both-texts')).toEqual([]);
    await mine.getByRole('button', { name: 'Allebei' }).click();
    await reads(notes(theirs), /^Hun zin.\nMijn zin.$/);
  });

  it('see both notes on an action from last time', async () => {
    await goToStep(mine, 'Acties van vorige keer');
    await goToStep(theirs, 'Acties van vorige keer');
    const note = await noteAt(mine, 'BOS-102');
    await note.fill('Nagevraagd.');
    const other = await noteAt(theirs, 'BOS-102');
    await other.fill('Komt in juni.');
    await treat(theirs, 'BOS-102');
    await mine.locator('.action-row .theirs', { hasText: 'Komt in juni.' }).waitFor(TWO_SECONDS);
    expect(await note.inputValue()).toBe('Nagevraagd.');
    await mine.locator('.theirs').getByRole('button', { name: 'Allebei' }).click();
    expect(await note.inputValue()).toBe('Komt in juni.\nNagevraagd.');
    await treat(mine, 'BOS-102');
    const read = row(theirs, 'BOS-102').locator('.typed', { hasText: 'Nagevraagd.' });
    await read.waitFor({ ...TWO_SECONDS, state: 'attached' });
  });
});

describe('a connection that is gone', () => {
  beforeAll(together);

  it('is said, and what others wrote meanwhile is there when it is back', async () => {
    await mine.context().setOffline(true);
    await mine.waitForSelector('[data-saving][data-state="lost"]');
    await n.post(`/v1/sessions/${sessionId}/actions`, { title: 'Buurtvaders vragen' }).expect(201);
    await mine.context().setOffline(false);
    await mine.locator('.recorded li', { hasText: 'Buurtvaders vragen' }).waitFor();
    expect(await mine.locator('[data-saving]').getAttribute('data-state')).toBe('saved');
  });
});

describe('a line without a connection', () => {
  const line = (page: Page) => page.locator('#actieregel-line');
  const titles = async (): Promise<string[]> =>
    (await n.get(`/v1/sessions/${sessionId}/actions?pageSize=200`)).body.items.map(
      (one: { title: string }) => one.title,
    );
  /** Everything this browser stores of the page. */
  const storage = () =>
    mine.evaluate<string>(`(async () => JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, history.state, document.cookie, await indexedDB.databases(), await caches.keys(),
    ]))()`);
  beforeAll(together);

  it('is kept by Enter, and read and recorded when there is one, also after the page was closed', async () => {
    await mine.context().setOffline(true);
    for (const text of ['politie: fietsen controleren, 19 juni', 'iets met de buurtvaders']) {
      await line(mine).fill(text);
      await line(mine).press('Enter');
      await mine.locator('#bewaarde-regels li', { hasText: text }).waitFor();
      expect(await line(mine).inputValue()).toBe('');
    }
    expect(await inspect(mine, 'kept-lines')).toEqual([]);
    expect(await titles()).not.toContain('Fietsen controleren');
    await mine.context().setOffline(false);
    await mine.locator('.recorded li', { hasText: /Fietsen controleren/ }).waitFor();
    await mine.locator('#nieuwe-actie .recorded li', { hasText: 'iets met de buurtvaders' }).waitFor();
    await mine.locator('#bewaarde-regels').waitFor({ state: 'detached' });
    expect(await storage()).not.toContain('fietsen');
  });

  it('is recorded once when only the answer was lost', async () => {
    await mine.route('**/acties/regel', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      // When the route is removed below, a request in flight has already been let through.
      await route.abort().catch(() => undefined);
    });
    await mine.context().setOffline(true);
    await line(mine).fill('politie: lantaarn nakijken');
    await line(mine).press('Enter');
    await mine.locator('#bewaarde-regels li').waitFor();
    await mine.context().setOffline(false);
    await until('it was recorded', async () => (await titles()).includes('Lantaarn nakijken'));
    await mine.locator('#bewaarde-regels li').waitFor();
    await mine.unroute('**/acties/regel');
    await mine.reload();
    await mine.locator('#bewaarde-regels').waitFor({ state: 'detached' });
    expect((await titles()).filter((title) => title === 'Lantaarn nakijken')).toHaveLength(1);
  });

  it('is not kept when it is confidential, nor is any other confidential draft', async () => {
    const secret = { title: 'Casus', isConfidential: true, partyIds: [n.organisations.gemeente.id] };
    const { body: item } = await n.post(`/v1/sessions/${sessionId}/agenda-items`, secret).expect(201);
    await mine.locator(`#punt-${item.id}-notes`).waitFor({ state: 'attached' });
    await mine.context().setOffline(true);
    await line(mine).fill('politie: huisbezoek kanarie');
    await mine.locator('#actieregel-agendaItemId').selectOption(item.id);
    await line(mine).press('Enter');
    await mine.waitForSelector('[data-saving][data-state="lost"]');
    expect(await line(mine).inputValue()).toBe('politie: huisbezoek kanarie');
    const notes = mine.locator(`#punt-${item.id}-notes`);
    await goToStep(mine, 'besloten');
    await mine.locator('.step[data-current] [data-secret] > summary').click();
    await notes.fill('Een kanarie.');
    await mine.locator('[data-saving]', { hasText: 'vertrouwelijk' }).waitFor();
    expect(await storage()).not.toContain('kanarie');
    await mine.context().setOffline(false);
    await mine.waitForSelector('[data-saving][data-state="saved"]');
  });
});

describe('the state of the session', () => {
  it('is seen by whoever looks on, and told to whoever would lose what is typed', async () => {
    await together();
    const partner = await asPerson(n.people.wijkagent.id, true);
    await mine.locator('#actieregel-line').fill('politie: nog een');
    const { body: item } = await n.get(`/v1/sessions/${sessionId}/agenda-items`);
    for (const { id, kind, version } of item.items)
      if (kind === 'topic') await n.patch(`/v1/agenda-items/${id}`, { state: 'not_discussed' }, version).expect(200);
    const { body: recorded } = await n.get(`/v1/sessions/${sessionId}/actions`);
    for (const { id, ownerId, dueKind } of recorded.items) {
      const missing = {
        ...(!ownerId && { ownerId: n.organisations.politie.id }),
        ...(!dueKind && { dueKind: 'asap' }),
      };
      if (Object.keys(missing).length > 0) await n.post(`/v1/actions/${id}/updates`, missing).expect(201);
    }
    const { body } = await n.get(`/v1/sessions/${sessionId}`);
    await n.put(`/v1/sessions/${sessionId}/closing`, {}, body.version).expect(200);
    await mine.locator('#andere-stand', { hasText: 'nu afgesloten' }).waitFor(TWO_SECONDS);
    expect(await mine.locator('#actieregel-line').inputValue()).toBe('politie: nog een');
    await partner.locator('[data-state="closed"]').waitFor({ timeout: 3_000 });
  });
});

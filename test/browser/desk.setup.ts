import type { Locator, Page } from 'playwright-core';
import { listen } from '../support/browser.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

const ITEMS = [
  ['opening', 'Opening'],
  ['minutes', 'Verslag'],
  ['actions', 'Actielijst'],
  ['topic', 'Jeugd bij de skatebaan'],
  ['topic', 'Zwerfvuil'],
  ['topic', 'Verkeer'],
  ['any_other_business', 'Rondvraag'],
  ['closing', 'Sluiting'],
] as const;
const WORK = ['Schouw rond het station houden', 'Extra verlichting bij de Zijde', 'Gesprek met de winkeliers'];

/** An open session with 24 open actions and 8 items, and `caretakers` and three others at the table. */
export async function layDesk({ caretakers = 6, environment = {} } = {}) {
  const n: Neighbourhood = await startNeighbourhood('sqlite', environment);
  const url = await listen(n);
  const { make, organisations, people, meeting, boskoop } = n;
  const owners = Object.values(organisations);
  for (const person of [people.handhaver, people.consulent]) {
    const organisationId = person === people.handhaver ? organisations.boa.id : organisations.habeko.id;
    await make.invitation(meeting.id, { organisationId, personId: person.id });
  }
  for (let number = 1; number <= caretakers; number += 1) {
    const person = await make.person({ name: `wijkbeheerder ${number}`, organisationId: owners[3].id });
    await make.invitation(meeting.id, { organisationId: owners[3].id, personId: person.id });
  }
  for (let number = 10; number < 34; number += 1) {
    await make.action({
      ...{ meetingId: meeting.id, areaId: boskoop.id, recordedOn: '2026-03-01', number: `BOS-${number}` },
      ...{ title: WORK[number % 3], ownerId: owners[number % 4].id },
      dueOn: number < 20 ? `2026-05-${number}` : '2026-12-01',
    });
  }
  const { id: sessionId } = await make.session(meeting.id, { place: 'Dorpshuis', lastItemNumber: 8 });
  for (const [index, [kind, title]] of ITEMS.entries()) {
    await make.agendaItem(sessionId, { number: String(index + 1), position: index + 1, kind, title });
  }
  await n.put(`/v1/sessions/${sessionId}/opening`, {}, 1).expect(200);
  return { n, url, sessionId };
}

/** Clicks the step called `words` and waits until it is visible: the step changes only after the response. */
export async function goToStep(page: Page, words: string): Promise<Locator> {
  const link = page.locator('.step-link', { hasText: words });
  await link.click();
  const step = page.locator(`${await link.getAttribute('href')}[data-current]`);
  await step.waitFor();
  return step;
}

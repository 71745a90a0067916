import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { momentOf } from '../../src/platform/common/calendar-date.js';
import { startApp, type TestApp } from '../support/app.js';
import { flawsOf, listen, openBrowser } from '../support/browser.js';
import { CAST, layVillage } from '../support/world.js';

jest.setTimeout(60_000);

describe('the start page of a chair', () => {
  let t: TestApp;
  let url: string;
  let cookie: string;
  beforeAll(async () => {
    t = await startApp('sqlite', { today: '2026-06-02' });
    url = await listen(t);
    const { gemeente, politie } = CAST;
    const { area, meeting, organisations, people } = await layVillage(t, { gemeente, politie });
    const late = {
      areaId: area.id,
      meetingId: meeting.id,
      recordedOn: '2026-04-01',
      ownerId: organisations.politie.id,
    };
    await t.make.action({ ...late, title: 'Bankje verplaatsen', dueOn: '2026-05-01' });
    await t.make.session(meeting.id, { startTime: '14:00' });
    cookie = await t.make.cookie(people.gemeente.id);
  });

  it.each(['10:00', '13:45'])('prints at %s what is folded, without what can only be pressed', async (time) => {
    t.clock.set(momentOf('2026-06-02', time));
    const page = await openBrowser({ cookie, url });
    await page.goto(url);
    expect(await flawsOf(page)).toEqual([]);
    const folded = page.getByText('Bankje verplaatsen');
    expect(await folded.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await folded.isVisible()).toBe(true);
    const pressed = page.locator('main :is(button, .start-button a, .start-rest > summary)');
    expect(await pressed.count()).toBeGreaterThan(0);
    for (const one of await pressed.all()) expect(await one.isVisible()).toBe(false);
  });
});

import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { setUpDigests } from './digests.setup.js';

/** 02:30 does not exist in the one night, and comes twice in the other. */
const AT_NIGHT = { DIGEST_WEEKDAY: '7', DIGEST_TIME: '02:30' };

onBothDatabases((kind) => {
  const d = setUpDigests(kind);

  it.each([
    ['forward', '2026-03-28T23:00:00.000Z', '2026-03-29T01:30:00.000Z'],
    ['back', '2026-10-24T22:00:00.000Z', '2026-10-25T00:30:00.000Z'],
  ])('sends one mail at 02:30 in the night in which the clock goes %s', async (_, evening, due) => {
    await d.start(evening, AT_NIGHT);
    await d.overdue({ recordedOn: '2026-01-01', dueOn: '2026-02-01' });
    const sentAt: string[] = [];
    for (let minutes = 0; minutes < 6 * 60; minutes += 10) {
      const now = new Date(Date.parse(evening) + minutes * 60_000).toISOString();
      d.t.clock.set(now);
      const before = d.mails().length;
      await Promise.all([d.ring(), d.ring()]);
      if (d.mails().length > before) sentAt.push(now);
    }
    expect([sentAt, d.mails().length]).toEqual([[due], 1]);
    d.t.clock.set(new Date(Date.parse(due) + 7 * 86_400_000 + 3 * 3_600_000).toISOString());
    await d.ring();
    expect(d.mails()).toHaveLength(2);
  });
});

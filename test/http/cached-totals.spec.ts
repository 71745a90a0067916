import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays } from '../../src/platform/common/calendar-date.js';
import type { Database } from '../../src/platform/database/database.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { row } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SCHEMA } from '../../src/schema.js';
import { Random } from '../hunt/random.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

const STEPS = 120;
class Refused extends Error {}

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let other: Database;
  const ids: string[] = [];
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    // As a command does, or a second service on PostgreSQL.
    other = await openDatabase(n.settings, SCHEMA, false);
    for (let count = 0; count < 12; count += 1) {
      const { politie, boa } = n.organisations;
      const owner = count % 2 === 0 ? politie : boa;
      const dueOn = addDays('2026-06-02', (count % 6) - 2);
      ids.push((await n.make.action({ areaId: n.boskoop.id, meetingId: n.meeting.id, ownerId: owner.id, dueOn })).id);
    }
  });
  afterAll(() => other?.onApplicationShutdown());

  const change = (random: Random): string => {
    const id = random.of(ids);
    const dueOn = addDays(n.clock.today(), random.below(5) - 2);
    return random.of([
      `UPDATE "actions" SET "dueOn" = '${dueOn}' WHERE "id" = '${id}'`,
      `UPDATE "actions" SET "isWithdrawn" = NOT "isWithdrawn" WHERE "id" = '${id}'`,
      `UPDATE "actions" SET "ownerId" = '${random.of(Object.values(n.organisations)).id}' WHERE "id" = '${id}'`,
    ]);
  };
  /** What is counted again only after a commit, as the API and the start page of the chair tell it. */
  const told = async (cookie: string) => {
    const { body } = await n.get('/v1/actions?overdue=true&pageSize=1').expect(200);
    const { text } = await n.api.get('/').set('Cookie', cookie).set('Accept', 'text/html').expect(200);
    const block = /id="te-laat-per-organisatie"[^]*?<\/section>/.exec(text)?.[0] ?? '';
    const page = [...block.matchAll(/(\d+) acties?, (?:de langste )?\d+ dag/g)].reduce(
      (total, [, count]) => total + Number(count),
      0,
    );
    return { total: body.total as number, page };
  };
  const counted = async () => {
    const sql = `SELECT count(*) AS "count" FROM "actions" WHERE NOT "isWithdrawn" AND "dueOn" < $1`;
    const { count } = (await row<{ count: number }>(n.database.reader, sql, [n.clock.today()]))!;
    return { total: count, page: count };
  };

  it('are those of now after any change, by whatever process, also when it is refused, and over midnight', async () => {
    const random = new Random(20261130);
    const seen = new Set<number>();
    const doors = [n.app.get(Transactions), new Transactions(other)];
    for (let step = 0; step < STEPS; step += 1) {
      const sql = change(random);
      const isRefused = random.below(4) === 0;
      const cookie = await n.make.cookie(n.people.gebiedsadviseur.id);
      // Also notes the use of the token of that day.
      await told(cookie);
      const work = random.of(doors).run(async (manager) => {
        await manager.query(sql);
        if (!isRefused) return;
        await told(cookie);
        throw new Refused();
      });
      await work.catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
      });
      if (step % 15 === 14) n.clock.set(`${addDays(n.clock.today(), 1)}T10:00:00.000Z`);
      const now = await counted();
      expect([step, sql, await told(await n.make.cookie(n.people.gebiedsadviseur.id))]).toEqual([step, sql, now]);
      seen.add(now.total);
    }
    expect(seen.size).toBeGreaterThan(4);
  });
});

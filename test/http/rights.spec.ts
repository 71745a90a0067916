import { beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { Callers } from '../../src/identity/callers.service.js';
import { TokenUses } from '../../src/identity/token-uses.service.js';
import { Clock } from '../../src/platform/common/clock.js';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { newId } from '../../src/platform/common/ids.js';
import { Database } from '../../src/platform/database/database.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Random } from '../hunt/random.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

const STEPS = 250;

onBothDatabases((kind) => {
  let t: TestApp;
  let callers: Callers;
  const tokens: string[] = [];
  const id: Record<'people' | 'organisations' | 'areas' | 'meetings' | 'sessions' | 'minutes' | 'opgaven', string[]> = {
    ...{ people: [], organisations: [], areas: [], meetings: [], sessions: [], minutes: [], opgaven: [] },
  };
  beforeAll(async () => {
    t = await startApp(kind);
    callers = t.app.get(Callers);
    const { make } = t;
    for (let n = 0; n < 3; n += 1) id.organisations.push((await make.organisation()).id);
    for (let n = 0; n < 4; n += 1) {
      id.people.push((await make.person()).id);
      tokens.push((await make.token(id.people[n])).replace('Bearer ', ''));
    }
    for (let n = 0; n < 3; n += 1) id.areas.push((await make.area({ parentId: id.areas.at(-1) })).id);
    for (const areaId of id.areas) {
      id.meetings.push((await make.meeting(areaId)).id);
      id.sessions.push((await make.session(id.meetings.at(-1)!)).id);
    }
    // From the start, parent areas and a notulist matter to somebody's rights.
    for (const [n, areaId] of id.areas.entries()) await make.grant(id.people[n], 'reader', areaId);
    for (const [n, sessionId] of id.sessions.entries())
      await write(`UPDATE "sessions" SET "secretaryId" = '${id.people[n]}' WHERE "id" = '${sessionId}'`);
    id.opgaven.push(newId());
    await write(`INSERT INTO "opgaven" ("id", "areaId", "title", "origin", "bestuurderId", "procesregisseurId", "version")
      VALUES ('${id.opgaven[0]}', '${id.areas[0]}', 'Opgave', '', '${id.people[0]}', '${id.people[1]}', 1)`);
  });
  const write = (sql: string) => t.app.get(Transactions).run((manager) => manager.query(sql));
  /** As read by a process with an empty cache. */
  const uncached = () => new Callers(t.app.get(Database), t.app.get(Clock), t.app.get(TokenUses));

  /** What each person may do, in an order that does not depend on query plans. */
  const standing = (from: Callers, identify = (n: number) => from.byToken(tokens[n])) =>
    Promise.all(
      tokens.map(async (_, n) => {
        const { areaIds, ...rest } = (await identify(n)) ?? { areaIds: {} };
        const lists = Object.entries({ ...areaIds, ...rest }).map(([name, value]) => {
          const isList = Array.isArray(value) || value instanceof Set;
          return [name, isList ? [...(value as Iterable<string>)].toSorted() : value] as const;
        });
        return Object.fromEntries(lists);
      }),
    );

  /** One change to something that rights are derived from. */
  const change = (random: Random): string => {
    const some = (what: keyof typeof id) => `'${random.of(id[what])}'`;
    const perhaps = (value: string) => (random.below(2) ? value : 'NULL');
    const today = t.clock.today();
    const period = `'${addDays(today, random.below(3) - 1)}', ${perhaps(`'${addDays(today, random.below(3))}'`)}`;
    const insert = (table: string, columns: string, values: string) =>
      `INSERT INTO "${table}" ("id", ${columns}) VALUES ('${newId()}', ${values})`;
    const oneLess = (table: string) =>
      `DELETE FROM "${table}" WHERE "id" = (SELECT min(CAST("id" AS varchar(36))) FROM "${table}")`;
    const oneLessOn = (table: string) =>
      kind === 'sqlite' ? oneLess(table) : oneLess(table).replace('"id" = ', 'CAST("id" AS varchar(36)) = ');
    const role = random.of(['admin', 'chair', 'reader']);
    const state = random.of(['planned', 'open', 'closed', 'cancelled']);
    return random.of([
      () =>
        insert(
          'grants',
          '"personId", "role", "areaId", "fromOn", "untilOn", "version"',
          `${some('people')}, '${role}', ${some('areas')}, ${period}, 1`,
        ),
      () =>
        insert(
          'memberships',
          '"personId", "organisationId", "fromOn", "untilOn", "version"',
          `${some('people')}, ${some('organisations')}, ${period}, 1`,
        ),
      () =>
        insert(
          'contacts',
          '"personId", "organisationId", "areaId", "fromOn", "untilOn", "version"',
          `${some('people')}, ${some('organisations')}, ${perhaps(some('areas'))}, ${period}, 1`,
        ),
      () =>
        insert(
          'invitations',
          '"meetingId", "personId", "role", "fromOn", "untilOn", "version"',
          `${some('meetings')}, ${some('people')}, 'participant', ${period}, 1`,
        ),
      () =>
        insert(
          'invitations',
          '"meetingId", "organisationId", "role", "fromOn", "untilOn", "version"',
          `${some('meetings')}, ${some('organisations')}, 'participant', ${period}, 1`,
        ),
      () => oneLessOn(random.of(['grants', 'memberships', 'contacts', 'invitations'])),
      () => `UPDATE "area_parents" SET "untilOn" = ${perhaps(`'${today}'`)} WHERE "areaId" = ${some('areas')}`,
      () =>
        `UPDATE "organisations" SET "mergedIntoId" = ${perhaps(`'${id.organisations[0]}'`)} WHERE "id" = '${random.of(id.organisations.slice(1))}'`,
      () => `UPDATE "people" SET "active" = NOT "active" WHERE "id" = ${some('people')}`,
      () => `UPDATE "meetings" SET "areaId" = ${some('areas')} WHERE "id" = ${some('meetings')}`,
      () =>
        `UPDATE "sessions" SET "chairId" = ${perhaps(some('people'))}, "state" = '${state}' WHERE "id" = ${some('sessions')}`,
      () => `UPDATE "sessions" SET "secretaryId" = ${perhaps(some('people'))} WHERE "id" = ${some('sessions')}`,
      () => `INSERT INTO "minutes" ("id", "sessionId", "state", "currentNumber", "version") VALUES ('${newId()}', ${some('sessions')}, 'concept', 1, 1)
             ON CONFLICT ("sessionId") DO UPDATE SET "state" = CASE WHEN "minutes"."state" = 'concept' THEN 'sent' ELSE 'concept' END`,
      () => `UPDATE "opgaven" SET "bestuurderId" = ${some('people')} WHERE "id" = ${some('opgaven')}`,
      () => `INSERT INTO "opgave_departments" ("opgaveId", "organisationId", "isLead", "part") VALUES (${some('opgaven')}, ${some('organisations')}, TRUE, '')
             ON CONFLICT ("opgaveId", "organisationId") DO UPDATE SET "isLead" = NOT "opgave_departments"."isLead"`,
    ])();
  };

  it('holds what is cached equal to what is read, after any change and over midnight', async () => {
    const random = new Random(2026);
    const seen = new Set<string>();
    for (let step = 0; step < STEPS; step += 1) {
      const sql = change(random);
      await write(sql);
      if (step % 20 === 19) t.clock.set(`${addDays(t.clock.today(), 1)}T10:00:00.000Z`);
      const [cached, read] = await Promise.all([callers, uncached()].map((from) => standing(from)));
      expect([sql, cached]).toEqual([sql, read]);
      const byLink = (from: Callers) => standing(from, (n) => from.byPerson(id.people[n], 'link'));
      expect([sql, await byLink(callers)]).toEqual([sql, await byLink(uncached())]);
      seen.add(JSON.stringify(read));
    }
    // At least some of the changes had an effect.
    expect(seen.size).toBeGreaterThan(STEPS / 4);
  });

  it('lets no request change what is cached for the next', async () => {
    await write('UPDATE "people" SET "active" = TRUE');
    const before = await standing(callers);
    const caller = (await callers.byToken(tokens[0]))!;
    for (const list of [caller.areaIds.admin, caller.areaIds.reader, caller.meetingIds, caller.organisationIds])
      expect(() => list.push(newId())).toThrow(TypeError);
    expect(await standing(callers)).toEqual(before);
  });

  if (kind === 'sqlite') {
    it('shows requests that come in together what another process has committed meanwhile', async () => {
      await write('UPDATE "people" SET "active" = TRUE');
      expect(await callers.byToken(tokens[0])).toBeDefined();
      const other = new BetterSqlite3(t.app.get(Database).file!);
      const first = callers.byToken(tokens[0]);
      other.exec(`UPDATE "people" SET "active" = FALSE WHERE "id" = '${id.people[0]}'`);
      other.close();
      expect(await Promise.all([first, callers.byToken(tokens[0])])).toEqual([undefined, undefined]);
    });
  }

  if (kind === 'postgresql') {
    it('reads them once while the triggers see no change', async () => {
      await write('UPDATE "people" SET "active" = TRUE');
      const before = await standing(callers);
      await t.app.get(Transactions).run(async (manager) => {
        await manager.query('SET LOCAL session_replication_role = replica');
        await manager.query(`INSERT INTO "grants" ("id", "personId", "role", "areaId", "fromOn", "version")
          VALUES ('${newId()}', '${id.people[0]}', 'admin', '${id.areas[0]}', '2000-01-01', 1)`);
      });
      expect(await standing(callers)).toEqual(before);
      await write('UPDATE "people" SET "active" = TRUE');
      expect(await standing(callers)).not.toEqual(before);
    });
  }
});

import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ACTION_STATUSES, type ActionStatus } from '../../src/actions/action.entity.js';
import {
  isOverdue,
  isOverdueSql,
  isRunning,
  isRunningSql,
  isToBeChecked,
  isToBeCheckedSql,
  readsAsSql,
  reasonOn,
  reasonOnSql,
  statusOn,
  statusOnSql,
} from '../../src/actions/overdue.rules.js';
import { isClosed } from '../../src/actions/statuses.rules.js';
import { actingByMail } from '../../src/directory/organisations/merged.conditions.js';
import {
  ACTION_PARTIES,
  entryKnownTo,
  isParty,
  ITEM_PARTIES,
  knownTo,
  mayKnow,
  openOr,
} from '../../src/platform/access/confidentiality.js';
import { goesOn, goesOnSql } from '../../src/meetings/meetings.rules.js';
import { minutesBetween, minutesBetweenSql } from '../../src/meetings/sessions.rules.js';
import { Params, rows, type Shape, type Source, type Value } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp } from '../support/app.js';

/** A table that replaces the real one for one query. */
type Table = { name: string; columns: Record<string, string>; rows: Record<string, Value>[] };

/** Queries tables made up for this query alone, so that a thousand worlds need no row in a real table. */
function ask<T>(source: Source, tables: Table[], sql: string, params: Params, shape: Shape): Promise<T[]> {
  const made = tables.map(({ name, columns, rows: all }) => {
    const names = Object.keys(columns);
    const typed = (row: Record<string, Value>) =>
      names.map((key) => `CAST(${params.add(row[key])} AS ${columns[key]})`);
    const none = `SELECT ${names.map((key) => `CAST(NULL AS ${columns[key]})`).join(', ')} WHERE FALSE`;
    const lines = all.map((row) => `SELECT ${typed(row).join(', ')}`);
    return `"${name}" (${names.map((key) => `"${key}"`).join(', ')}) AS (${[none, ...lines].join(' UNION ALL ')})`;
  });
  return rows<T>(source, `WITH ${made.join(', ')} ${sql}`, params.values, shape);
}

const DAYS = ['2026-05-31', '2026-06-01', '2026-06-02', '2026-06-03'];
const day = fc.constantFrom(...DAYS);
const dayOrNone = fc.constantFrom(null, ...DAYS);
const ORGANISATIONS = ['gemeente', 'politie', 'woningstichting', 'woningcorporatie'];
const some = fc.subarray(ORGANISATIONS);

interface Standing {
  status: ActionStatus;
  reason: string | null;
  is: boolean;
  late: boolean;
  check: boolean;
  reads: boolean;
}

onBothDatabases((kind) => {
  // SQLite stores a date as text, and would convert it to a number.
  const date = kind === 'postgresql' ? 'date' : 'varchar';

  it('reads a status, and what is overdue or to be checked, in SQL as the rules do', async () => {
    const { database } = await startApp(kind);
    const action = fc.record({
      status: fc.constantFrom(...ACTION_STATUSES),
      statusReason: fc.constantFrom(null, 'wacht op subsidie'),
      resumeOn: dayOrNone,
      dueOn: dayOrNone,
      checkOn: dayOrNone,
    });
    const states = fc.array(action, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(states, day, fc.constantFrom(...ACTION_STATUSES), async (all, today, asked) => {
        const columns = { id: 'varchar', status: 'varchar', statusReason: 'varchar' };
        const dates = { resumeOn: date, dueOn: date, checkOn: date, closedOn: date };
        const kept = all.map((one, n) => ({ id: `${n}`, ...one, closedOn: isClosed(one.status) ? DAYS[0] : null }));
        const params = new Params();
        const on = `CAST(${params.add(today)} AS ${date})`;
        const found = await ask<Standing>(
          database.reader,
          [{ name: 'actions', columns: { ...columns, ...dates }, rows: kept }],
          `SELECT ${statusOnSql('a', on)} AS "status", ${reasonOnSql('a', on)} AS "reason", coalesce(${isRunningSql('a', on)}, FALSE) AS "is",
             coalesce(${isOverdueSql('a', on)}, FALSE) AS "late", coalesce(${isToBeCheckedSql('a', on)}, FALSE) AS "check",
             coalesce(${readsAsSql('a', asked, () => on, params)}, FALSE) AS "reads" FROM "actions" a ORDER BY CAST(a."id" AS integer)`,
          params,
          { is: 'boolean', late: 'boolean', check: 'boolean', reads: 'boolean' },
        );
        expect(found).toEqual(
          all.map((one) => ({
            status: statusOn(one, today),
            reason: reasonOn(one, today),
            is: isRunning(one, today),
            late: isOverdue(one, today),
            check: isToBeChecked(one, today),
            reads: statusOn(one, today) === asked,
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('counts the minutes of a session in SQL as the rule does, also past midnight', async () => {
    const { database } = await startApp(kind);
    const times = Array.from({ length: 97 }, (_, quarter) => new Date(Math.min(quarter * 15, 1439) * 60_000));
    const all = times.map((time) => time.toISOString().slice(11, 16));
    const pairs = all.flatMap((start) => all.map((end) => ({ start, end })));
    const listed = pairs.map(({ start, end }, n) => `SELECT ${n} AS "n", '${start}' AS "start", '${end}' AS "end"`);
    const found: (number | null)[] = [];
    for (let from = 0; from < listed.length; from += 400) {
      const sql = `SELECT ${minutesBetweenSql('x."start"', 'x."end"')} AS "minutes"
        FROM (${listed.slice(from, from + 400).join(' UNION ALL ')}) x ORDER BY x."n"`;
      found.push(...(await rows<{ minutes: number | null }>(database.reader, sql)).map(({ minutes }) => minutes));
    }
    expect(found).toEqual(pairs.map(({ start, end }) => minutesBetween(start, end)));
  });

  it('knows in SQL which series go on as the rule does', async () => {
    const { database } = await startApp(kind);
    const series = [null, ...DAYS].map((endedOn, n) => ({ n, endedOn }));
    for (const today of DAYS) {
      const params = new Params();
      const sql = `SELECT m."n" FROM "meetings" m WHERE ${goesOnSql('m', `CAST(${params.add(today)} AS ${date})`)} ORDER BY m."n"`;
      const tables = [{ name: 'meetings', columns: { n: 'integer', endedOn: date }, rows: series }];
      const found = await ask<{ n: number }>(database.reader, tables, sql, params, {});
      expect(found.map(({ n }) => n)).toEqual(series.filter((one) => goesOn(one, today)).map(({ n }) => n));
    }
  });

  it('knows in SQL who may know a confidential thing as the rule does, also by mail', async () => {
    const { database } = await startApp(kind);
    const thing = fc.record({ isConfidential: fc.boolean(), parties: some, isItem: fc.boolean() });
    const membership = fc.record({
      organisationId: fc.constantFrom(...ORGANISATIONS),
      fromOn: day,
      untilOn: dayOrNone,
    });
    const world = fc.record({
      things: fc.array(thing, { minLength: 1, maxLength: 10 }),
      memberships: fc.array(membership, { maxLength: 4 }),
      isShared: fc.boolean(),
      isMerged: fc.boolean(),
      today: day,
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ things, memberships, isShared, isMerged, today }) => {
        const organisations = ORGANISATIONS.map((id) => ({
          id,
          mergedIntoId: isMerged && id === 'woningstichting' ? 'woningcorporatie' : null,
        }));
        const isMember = (id: string | null) =>
          memberships.some(
            ({ organisationId, fromOn, untilOn }) =>
              organisationId === id && fromOn <= today && (untilOn === null || untilOn >= today),
          );
        const own = organisations.filter(({ id, mergedIntoId }) => isMember(id) || isMember(mergedIntoId));
        const organisationIds = own.map(({ id }) => id);
        const ids = things.map((one, n) => ({ id: `${n}`, objectId: `${n}`, ...one }));
        const partiesOf = (key: string, isItem: boolean) =>
          ids
            .filter((one) => one.isItem === isItem)
            .flatMap(({ id, parties }) => parties.map((organisationId) => ({ [key]: id, organisationId })));
        const params = new Params();
        const byMail = actingByMail(params.add('wijkagent'), `CAST(${params.add(today)} AS ${date})`);
        const party = isParty('a."id"', ACTION_PARTIES, byMail);
        const item = isParty('a."id"', ITEM_PARTIES, byMail);
        const asked = { organisationIds };
        const found = await ask<{ id: string; signedIn: boolean; entry: boolean; mail: boolean }>(
          database.reader,
          [
            {
              name: 'things',
              columns: { id: 'varchar', objectId: 'varchar', isConfidential: 'boolean' },
              rows: ids.map(({ parties: _, isItem: __, ...row }) => row),
            },
            {
              name: 'action_parties',
              columns: { actionId: 'varchar', organisationId: 'varchar' },
              rows: partiesOf('actionId', false),
            },
            {
              name: 'agenda_item_parties',
              columns: { agendaItemId: 'varchar', organisationId: 'varchar' },
              rows: partiesOf('agendaItemId', true),
            },
            { name: 'organisations', columns: { id: 'varchar', mergedIntoId: 'varchar' }, rows: organisations },
            { name: 'people', columns: { id: 'varchar', isShared: 'boolean' }, rows: [{ id: 'wijkagent', isShared }] },
            {
              name: 'memberships',
              columns: { personId: 'varchar', organisationId: 'varchar', fromOn: date, untilOn: date },
              rows: memberships.map((one) => ({ personId: 'wijkagent', ...one })),
            },
          ],
          `SELECT a."id", (${knownTo(asked, 'a', ACTION_PARTIES, params)} OR ${knownTo(asked, 'a', ITEM_PARTIES, params)}) AS "signedIn",
             ${entryKnownTo(params.list(organisationIds))} AS "entry", ${openOr('a', `${party} OR ${item}`)} AS "mail"
           FROM "things" a JOIN "things" e ON e."id" = a."id" ORDER BY CAST(a."id" AS integer)`,
          params,
          { signedIn: 'boolean', entry: 'boolean', mail: 'boolean' },
        );
        expect(found).toEqual(
          ids.map(({ id, isConfidential, parties }) => {
            const signedIn = mayKnow({ organisationIds }, isConfidential, parties);
            return {
              id,
              signedIn,
              entry: signedIn,
              mail: mayKnow({ organisationIds, isShared }, isConfidential, parties),
            };
          }),
        );
      }),
      { numRuns: 60 },
    );
  });
});

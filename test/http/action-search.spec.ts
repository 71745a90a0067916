import { beforeAll, expect, it } from '@jest/globals';
import type BetterSqlite3 from 'better-sqlite3';
import type { Action } from '../../src/actions/action.entity.js';
import { dialectOf } from '../../src/platform/database/dialect.js';
import { row } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let reader: string;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    // A service of its own: the test reads which SQL is prepared, and a service prepares each text once.
    n = await startNeighbourhood(kind, {}, true);
    reader = await n.make.signedIn('reader', n.boskoop.id);
    const { politie, boa, habeko } = n.organisations;
    const make = async (number: string, fields: Partial<Action> & { coOwnerIds?: string[]; partyIds?: string[] }) => {
      const all = { areaId: n.boskoop.id, meetingId: n.meeting.id, dueOn: '2026-06-10', ...fields };
      ids[number] = (await n.make.action({ number, ...all })).id;
    };
    await make('BOS-12', { title: 'Extra surveillance skatebaan', ownerId: politie.id, coOwnerIds: [boa.id] });
    await make('BOS-120', {
      title: 'Café aan de Zijde: geluid meten',
      ownerId: habeko.id,
      theme: 'schoon-heel-veilig',
    });
    await make('BOS-13', {
      title: 'Bankje',
      ownerId: habeko.id,
      status: 'done',
      closedOn: '2026-06-01',
      result: 'Geplaatst naast de vijver',
    });
    await make('BOS-14', {
      title: 'Brief over de familie',
      ownerId: habeko.id,
      isPublic: true,
      publicText: 'Een brief aan de buurt',
    });
    await make('BOS-V1', {
      title: 'Huisbezoek',
      ownerId: habeko.id,
      isConfidential: true,
      partyIds: [habeko.id, n.organisations.gemeente.id],
    });
  });
  const found = async (q: string, who = n.as.chair, also = '') => {
    const { body } = await n.get(`/v1/actions?sort=number&q=${encodeURIComponent(q)}${also}`, who).expect(200);
    expect(body.total).toBe(body.items.length);
    return body.items.map(({ number }: { number: string }) => number);
  };
  const change = (sql: string) => n.app.get(Transactions).run((manager) => manager.query(sql));

  it.each([
    ['the number', 'bos-13', ['BOS-13']],
    ['a number by its beginning', 'BOS-12', ['BOS-12', 'BOS-120']],
    ['what, by the beginning of a word', 'surv', ['BOS-12']],
    ['what, without its accents and capitals', 'CAFE', ['BOS-120']],
    ['what, with accents that it does not have', 'brïef', ['BOS-14']],
    ['the result', 'vijver', ['BOS-13']],
    ['the organisation', 'politie', ['BOS-12']],
    ['a co-owner', "boa's", ['BOS-12']],
    ['the theme', 'heel-veilig', ['BOS-120']],
    ['words of different places, all of them', 'habeko geluid', ['BOS-120']],
    ['nothing when one word is missing', 'habeko skatebaan', []],
    ['nothing in the middle of a word', 'baan', []],
    ['what is confidential, for who may know it', 'huisbezoek', ['BOS-V1']],
  ])('finds %s', async (_, q, numbers) => {
    expect(await found(q)).toEqual(numbers);
  });

  it.each([
    `"`,
    `' OR 1=1 --`,
    `*`,
    `NEAR(a b)`,
    `skate* NOT x`,
    `whole : skate`,
    `zz & yy | !xx`,
    `((`,
    `:*`,
    `%`,
    `\\`,
    `"zz`,
  ])('takes %j for text', async (q) => expect(await found(q)).toEqual([]));

  it('ignores operators around words', async () => {
    expect(await found(`"Extra" & *surv* <-> (skatebaan)`)).toEqual(['BOS-12']);
    expect(await found('AND OR NOT')).toEqual([]);
    expect(await found('\ud83d\ude00')).toEqual([]);
    await n.get(`/v1/actions?q=${encodeURIComponent('a\u0000b')}`).expect(400);
  });

  it('reveals nothing confidential', async () => {
    for (const q of ['huisbezoek', 'BOS-V1', 'habeko huisbezoek']) expect(await found(q, n.as.police)).toEqual([]);
    expect(await found('habeko', n.as.police)).toEqual(['BOS-13', 'BOS-14', 'BOS-120']);
    expect(await found('huisbezoek', n.as.habeko)).toEqual(['BOS-V1']);
  });

  it('finds for a reader only words that are public', async () => {
    expect(await found('brief', reader)).toEqual(['BOS-14']);
    expect(await found('buurt', reader)).toEqual(['BOS-14']);
    for (const q of ['familie', 'habeko', 'politie']) expect(await found(q, reader)).toEqual([]);
  });

  it('follows what changes: a title, an owner, a co-owner, the name of an organisation', async () => {
    const version = async () => (await n.get(`/v1/actions/${ids['BOS-12']}`)).body.version as number;
    const coOwnerIds = [n.organisations.habeko.id];
    await n.patch(`/v1/actions/${ids['BOS-12']}`, { title: 'Toezicht plein', coOwnerIds }, await version()).expect(200);
    expect(await found('skatebaan')).toEqual([]);
    expect(await found('toez plein habeko')).toEqual(['BOS-12']);
    expect(await found('boa')).toEqual([]);
    await n.post(`/v1/actions/${ids['BOS-12']}/updates`, { ownerId: n.organisations.boa.id }).expect(201);
    expect(await found('politie')).toEqual([]);
    expect(await found("boa's")).toEqual(['BOS-12']);
    await change(
      `UPDATE "organisations" SET "name" = 'Wonen aan de Zijde' WHERE "id" = '${n.organisations.habeko.id}'`,
    );
    expect(await found('habeko')).toEqual([]);
    expect(await found('wonen plein')).toEqual(['BOS-12']);
  });

  it('works together with the other filters, and as of a day', async () => {
    expect(await found('bos', n.as.chair, '&status=done')).toEqual(['BOS-13']);
    expect(await found('vijver', n.as.chair, '&asOf=2026-06-02')).toEqual(['BOS-13']);
    expect(await found('vijver', n.as.chair, '&open=true')).toEqual([]);
  });

  it('scans no actions', async () => {
    for (const who of [n.as.chair, n.as.police, n.as.admin, reader]) {
      const plan = await planOf(() => n.get('/v1/actions?q=skate%20bank', who).expect(200));
      expect(plan).not.toMatch(/SCAN (a|actions)\b|Seq Scan on actions\b|Seq Scan on action_texts/);
      expect(plan).toMatch(/VIRTUAL TABLE INDEX|action_texts_(whole|public)/);
      // Looked up by id, rather than filtered from everything the caller may read.
      expect(plan).toMatch(/SEARCH a USING .*\(id=\?\)|Index Cond: \(.*?\bid = ANY/);
    }
  });

  /** The plan of the list requested in `ask`; on PostgreSQL without the scans it would prefer for a table with few rows. */
  async function planOf(ask: () => Promise<unknown>): Promise<string> {
    const { reader: source } = n.database;
    const isList = (sql: string) => sql.includes('"total"') && sql.includes('"actions" a');
    if (dialectOf(source).isPostgres) {
      const asked: [string, unknown[]][] = [];
      const { query } = source;
      source.query = (sql: string, params?: unknown[]) => {
        if (isList(sql)) asked.push([sql, params ?? []]);
        return query.call(source, sql, params) as never;
      };
      await ask();
      source.query = query;
      return n.app.get(Transactions).run(async (manager) => {
        await manager.query('SET LOCAL enable_seqscan = off');
        return JSON.stringify(await manager.query(`EXPLAIN ${asked[0][0]}`, asked[0][1]));
      });
    }
    const connection = (source.driver as unknown as { databaseConnection: BetterSqlite3.Database }).databaseConnection;
    const { prepare } = connection;
    const asked: string[] = [];
    connection.prepare = ((sql: string) => {
      if (isList(sql)) asked.push(sql);
      return prepare.call(connection, sql);
    }) as typeof prepare;
    await ask();
    connection.prepare = prepare;
    const unbound = Object.fromEntries([...asked[0].matchAll(/\$(\d+)/g)].map(([, at]) => [at, null]));
    return JSON.stringify(prepare.call(connection, `EXPLAIN QUERY PLAN ${asked[0]}`).all(unbound));
  }

  it('keeps one text an action', async () => {
    const counts = await row(
      n.database.reader,
      'SELECT (SELECT count(*) FROM "actions") AS "actions", (SELECT count(*) FROM "action_texts") AS "texts"',
    );
    expect(counts).toEqual({ actions: 5, texts: 5 });
  });
});

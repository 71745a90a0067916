import { beforeAll, expect, it } from '@jest/globals';
import type { Area } from '../../src/directory/areas/area.entity.js';
import { naturalKey, STORED_KEY_LENGTH, storedKey } from '../../src/platform/spelling/natural-order.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { rows } from '../../src/platform/database/rows.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { newPlace, onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

/** In dictionary order. */
const NAMES = ['abrikoos', 'Ábrikozenhof', 'ijdel', 'IJsclub', 'ik', "'t Zandhuis", 'Team 2', 'team 10', 'Zorgpunt'];
const SHUFFLED = [6, 3, 8, 1, 4, 7, 0, 5, 2].map((at) => NAMES[at]);
const LONG_TITLE = `${'½ '.repeat(90)}uur`;
const TITLES = [LONG_TITLE, ...NAMES];
const NUMBERS = ['BOS-2', 'BOS-10', 'BOS-V2', 'BOS-V10', 'BOSA-1'];

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let titled: Area;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    const { politie } = n.organisations;
    for (const name of SHUFFLED) {
      const organisation = await n.make.organisation({ name, kind: 'education' });
      const person = await n.make.person({ name: `${name} q`, organisationId: organisation.id });
      const area = await n.make.area({ name, kind: 'buurt', parentId: n.boskoop.id });
      await n.make.meeting(area.id, { name, kind: 'walk_in' });
      await n.make.contact(organisation.id, person.id, area.id);
      await n.make.invitation(n.meeting.id, { organisationId: organisation.id });
      await n.make.grant(person.id, 'reader', area.id);
    }
    const titles = [5, 9, 1, 7, 3, 0, 8, 4, 6, 2].map((at) => TITLES[at]);
    titled = await n.make.area({ kind: 'kern' });
    for (const title of titles) await n.make.action({ title, areaId: titled.id });
    for (const number of NUMBERS.toReversed()) {
      const isConfidential = number.includes('V');
      const partyIds = isConfidential ? [n.organisations.gemeente.id, politie.id] : [];
      await n.make.action({ number, areaId: n.boskoop.id, ownerId: politie.id, isConfidential, partyIds });
    }
  });
  const listed = async (path: string, field: string): Promise<string[]> =>
    (await n.get(path, n.as.admin).expect(200)).body.items.map((item: Record<string, string>) => item[field]);
  const known = async (path: string, field: string): Promise<string[]> =>
    (await listed(path, field)).filter((name) => NAMES.includes(name.replace(/ q$/, '')));

  it.each([
    ['/v1/organisations?kind=education', 'name'],
    ['/v1/organisations?kind=education&sort=name', 'name'],
    ['/v1/areas?kind=buurt', 'name'],
    ['/v1/meetings?kind=walk_in', 'name'],
    ['/v1/meetings?kind=walk_in&sort=area', 'areaName'],
    ['/v1/contacts?pageSize=100', 'organisationName'],
    ['/v1/contacts?pageSize=100&sort=area', 'areaName'],
    ['/v1/grants?pageSize=100&sort=area', 'areaName'],
  ])('%s lists names as a dictionary does', async (path, field) => {
    expect(await known(path, field)).toEqual(NAMES);
  });

  it('lists people as a dictionary does, and backwards too', async () => {
    const people = NAMES.map((name) => `${name} q`);
    expect(await known('/v1/people?pageSize=100', 'name')).toEqual(people);
    expect(await known('/v1/people?pageSize=100&sort=-name', 'name')).toEqual(people.toReversed());
  });

  it('lists the invited organisations as a dictionary does', async () => {
    expect(await known(`/v1/meetings/${n.meeting.id}/invitations?pageSize=100`, 'organisationName')).toEqual(NAMES);
  });

  it('sorts actions by area code, series and number', async () => {
    const numbers = async (query: string): Promise<string[]> =>
      (await n.get(`/v1/actions?${query}`).expect(200)).body.items.map(({ number }: { number: string }) => number);
    expect(await numbers('sort=number')).toEqual(NUMBERS);
    expect(await numbers('sort=-number')).toEqual(NUMBERS.toReversed());
    expect(await numbers('sort=number&asOf=2026-06-02')).toEqual(NUMBERS);
    expect(await numbers('sort=number&pageSize=2&page=2')).toEqual(NUMBERS.slice(2, 4));
    const { text } = await n.get('/v1/actions?sort=number').set('Accept', 'text/csv').expect(200);
    expect(text.match(/BOSA?-V?\d+/g)).toEqual(NUMBERS);
  });

  it('sorts the page of actions by number and by title alike, and pages beyond a hundred', async () => {
    const visitor = await Visitor.of(n, n.people.wijkagent.id);
    const seen = async (query: string, cell: RegExp): Promise<string[]> =>
      [...(await visitor.see(`/acties?${query}`)).matchAll(cell)].map(([, text]) => text);
    const numbers = (query: string) => seen(query, /data-label="Nummer">(?:<span[^>]*>)?([^<]+)</g);
    expect(await numbers(`gebied=${n.boskoop.id}&sorteer=nummer`)).toEqual(NUMBERS);
    expect(await numbers(`gebied=${n.boskoop.id}&sorteer=-nummer`)).toEqual(NUMBERS.toReversed());
    const { politie } = n.organisations;
    const many = await n.make.area({ kind: 'buurt', code: 'VEEL' });
    const all = Array.from({ length: 103 }, (_, at) => `VEEL-${at + 1}`);
    for (const number of all.toReversed()) await n.make.action({ number, areaId: many.id, ownerId: politie.id });
    expect(await numbers(`gebied=${many.id}&sorteer=nummer`)).toEqual(all.slice(0, 100));
    expect(await numbers(`gebied=${many.id}&sorteer=nummer&pagina=2`)).toEqual(all.slice(100));
    expect(await seen(`gebied=${many.id}&sorteer=nummer`, /rel="next" href="([^"]+)"/g)).toEqual([
      `/acties?gebied&#x3D;${many.id}&amp;sorteer&#x3D;nummer&amp;pagina&#x3D;2`,
    ]);
  });

  it('sorts actions by title as a dictionary does, however long, on a day before too', async () => {
    const titles = (query: string) => listed(`/v1/actions?area=${titled.id}&${query}`, 'title');
    expect(await titles('sort=title')).toEqual(TITLES);
    expect(await titles('sort=-title')).toEqual(TITLES.toReversed());
    expect(await titles('sort=title&asOf=2026-06-02')).toEqual(TITLES);
    expect(await titles('sort=title&pageSize=3&page=2')).toEqual(TITLES.slice(3, 6));
  });

  it('sorts addresses alike on both databases', async () => {
    const addresses = ['team-2@bos.example', 'team.10@bos.example', 'teamleider@bos.example'];
    for (const email of addresses.toReversed()) await n.make.person({ name: 'Team post', email });
    const found = await listed('/v1/people?q=Team+post&sort=email', 'email');
    expect(found).toEqual(addresses);
  });

  it.each([
    ['number', 'a."numberKey", a."id"'],
    ['number', 'a."numberKey" DESC, a."id" DESC'],
    ['title', 'a."titleKey", a."id"'],
    ['title', 'a."titleKey" DESC, a."id" DESC'],
  ])('pages by %s from an index: %s', async (name, order) => {
    const sql = `SELECT a."title" FROM "actions" a ORDER BY ${order} LIMIT 25`;
    const runner = n.database.writer.createQueryRunner();
    const isPostgres = kind === 'postgresql';
    // A table this small is otherwise sorted in memory.
    if (isPostgres) await runner.query('SET enable_sort = off');
    const plan = JSON.stringify(await runner.query(`EXPLAIN ${isPostgres ? '' : 'QUERY PLAN '}${sql}`));
    if (isPostgres) await runner.query('RESET enable_sort').then(() => runner.release());
    expect(plan).toContain(`actions_by_${name}_key`);
    expect(plan).not.toMatch(/Sort|TEMP B-TREE/);
  });

  it('gives new actions a key to sort by', async () => {
    const { politie } = n.organisations;
    const action = { title: 'Lantaarn maken', areaId: n.boskoop.id, ownerId: politie.id, dueOn: '2026-07-01' };
    const { body } = await n.post('/v1/actions', action).expect(201);
    const keys = async () => {
      const sql = 'SELECT "number", "numberKey", "titleKey" FROM "actions" WHERE "id" = $1';
      return (await rows(n.database.reader, sql, [body.id]))[0];
    };
    const number = { number: body.number, numberKey: naturalKey(body.number) };
    expect(await keys()).toEqual({ ...number, titleKey: 'lantaarn maken' });
    await n.patch(`/v1/actions/${body.id}`, { title: 'Één lantaarn maken' }, 1).expect(200);
    expect(await keys()).toEqual({ ...number, titleKey: 'een lantaarn maken' });
  });

  it('has one order in the database and in the program', async () => {
    const texts = [
      ...NAMES,
      ...NUMBERS,
      'Ĳ',
      'Łódź',
      'Smørrebrød Æ',
      'Œuvre',
      'Straße',
      '’s-Gravenweg 007',
      '',
      '12-3',
    ];
    for (const text of [...texts, 'Ωmega', '  -- ', '1234567890123', 'a😀b', '½ jaar', null]) {
      const [{ key }] = await rows<{ key: string | Buffer }>(
        n.database.reader,
        'SELECT natural_key(CAST($1 AS text)) AS "key"',
        [text],
      );
      expect([text, String(key)]).toEqual([text, naturalKey(text)]);
    }
  });

  it('gives the actions of an older database their key', async () => {
    const place = await newPlace(kind);
    const settings = readSettings({ NODE_ENV: 'test', ...place.environment });
    const database = await openDatabase(settings, SCHEMA, false);
    const names = SCHEMA.migrations.map(({ name }) => name);
    for (let at = names.length; at > names.indexOf('AddNaturalOrder1765000012000'); at -= 1)
      await database.writer.undoLastMigration();
    await database.writer.query(
      `INSERT INTO "areas" ("id", "name", "code", "kind") VALUES ('00000000-0000-7000-8000-000000000001', 'Boskoop', 'BOS', 'kern')`,
    );
    await database.writer.query(
      `INSERT INTO "actions" ("id", "number", "title", "areaId", "status", "recordedOn") VALUES
       ('00000000-0000-7000-8000-000000000002', 'BOS-V12', '${LONG_TITLE}', '00000000-0000-7000-8000-000000000001', 'open', '2026-06-02')`,
    );
    await database.onApplicationShutdown();
    const again = await openDatabase(settings, SCHEMA, false);
    const titleKey = storedKey(LONG_TITLE);
    expect(titleKey).toHaveLength(STORED_KEY_LENGTH);
    expect(await rows(again.reader, 'SELECT "numberKey", "titleKey" FROM "actions"')).toEqual([
      { numberKey: naturalKey('BOS-V12'), titleKey },
    ]);
    await again.onApplicationShutdown();
    await place.remove();
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { FindByReference1765000089000 } from '../../migrations/0060-find-by-reference.js';
import type { SearchView } from '../../src/home/search/search.dto.js';
import { removeSearchTriggers } from '../../src/platform/database/search-triggers.js';
import { placeTriggers } from '../../src/platform/database/triggers.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let w: Awaited<ReturnType<typeof layTable>>;
  let otherChair: string;
  let number: string;
  let secret: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    w = await layTable(t);
    number = await recorded({ title: 'Losliggende tegels herstellen', reference: 'Z-2026-0417' });
    await recorded({ title: 'Bankje terugplaatsen', reference: 'Z-2026-04171' });
    await recorded({ title: 'Skatebaan verplaatsen', isPublic: true, reference: 'Z-2026-0500' });
    const ours = { ownerId: w.gemeente.id, isConfidential: true, partyIds: [w.gemeente.id] };
    secret = await recorded({ title: 'Adres bezoeken', reference: 'PV-88', ...ours });
    const organisation = await t.make.organisation();
    const person = await t.make.person({ organisationId: organisation.id });
    await t.make.grant(person.id, 'chair', w.area.id);
    otherChair = await t.make.token(person.id);
  });

  async function recorded(what: object): Promise<string> {
    const due = { dueKind: 'date', dueOn: '2026-07-01' };
    const body = { areaId: w.area.id, ownerId: w.police.id, ...due, ...what };
    return (await w.as(w.chair, 'post', '/v1/actions', body).expect(201)).body.number;
  }
  const listed = async (query: string, who = w.chair): Promise<string[]> => {
    const { items, total } = (await w.as(who, 'get', `/v1/actions?${query}`).expect(200)).body;
    expect(total).toBe(items.length);
    return items.map((one: { number: string }) => one.number);
  };
  const found = async (q: string, who = w.chair): Promise<SearchView['groups'][0]['items']> => {
    const path = `/v1/search?q=${encodeURIComponent(q)}`;
    const { groups }: SearchView = (await w.as(who, 'get', path).expect(200)).body;
    return groups.flatMap(({ items }) => items);
  };

  it('lists the actions with exactly a reference, also as of a day', async () => {
    expect(await listed('reference=Z-2026-0417')).toEqual([number]);
    expect(await listed('reference=Z-2026-0417&asOf=2026-06-02')).toEqual([number]);
    expect(await listed('reference=Z-2026')).toEqual([]);
    await w.as(w.chair, 'get', `/v1/actions?reference=${'Z'.repeat(101)}`).expect(400);
  });

  it('searches references by their beginning, and says where the words stand', async () => {
    expect(await listed('q=Z-2026-0417')).toHaveLength(2);
    const [hit] = await found('z-2026-0417');
    expect(hit).toMatchObject({ kind: 'action', number });
    expect(hit.excerpt.map(({ text }) => text).join('')).toBe('kenmerk Z-2026-0417');
  });

  it('finds by a new reference and no longer by the former one', async () => {
    const { body } = await w.as(w.chair, 'get', '/v1/actions?reference=Z-2026-04171').expect(200);
    const [{ id, version }] = body.items;
    await w
      .as(w.chair, 'patch', `/v1/actions/${id}`, { reference: 'Z-2027-1' })
      .set('If-Match', `"${version}"`)
      .expect(200);
    expect(await found('z-2026-04171')).toEqual([]);
    expect(await found('z-2027-1')).toHaveLength(1);
  });

  it('tells the reference of an action only to those who may read all of it', async () => {
    const reader = await t.make.signedIn('reader', w.area.id);
    expect(await listed('', reader)).toHaveLength(1);
    expect(await listed('reference=Z-2026-0500', reader)).toEqual([]);
    expect(await found('z-2026-0500', reader)).toEqual([]);
    expect(await listed('reference=PV-88')).toEqual([secret]);
    expect(await found('PV-88')).toMatchObject([{ number: secret }]);
    expect(await listed('reference=PV-88', otherChair)).toEqual([]);
    expect(await found('PV-88', otherChair)).toEqual([]);
  });

  it('finds what had a reference before this could be searched', async () => {
    const { writer } = t.database;
    const isPostgres = kind === 'postgresql';
    await removeSearchTriggers((sql) => writer.query(sql), isPostgres);
    await writer.query(`UPDATE "actions" SET "reference" = 'OUD-7' WHERE "number" = '${number}'`);
    const migration = new FindByReference1765000089000();
    const runner = writer.createQueryRunner();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    await placeTriggers(writer);
    expect(await found('oud-7')).toMatchObject([{ number }]);
  });
});

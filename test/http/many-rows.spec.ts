import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { Params, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { insertRows, overwriteRows } from '../../src/platform/database/writes.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

/** More than are handed over at once, which what follows must not depend on. */
const MANY = 1100;
const COLUMNS = ['title', 'areaId', 'status', 'theme', 'details', 'dueOn', 'postponements', 'isPublic', 'recordedOn'];

onBothDatabases((kind) => {
  let t: TestApp;
  let areaId: string;
  beforeAll(async () => {
    t = await startApp(kind);
    areaId = (await t.make.area()).id;
  });

  let count = 0;
  const actionOf = (own: Record<string, unknown>) => ({
    ...{ id: newId(), number: `VEEL-${(count += 1)}`, title: 'Een actie', areaId, status: 'open', theme: null },
    ...{ details: null, dueOn: '2026-06-09', postponements: 0, isPublic: false, isConfidential: false },
    ...{ isHandedBack: false, isWithdrawn: false, recordedOn: '2026-06-02', version: 1 },
    ...own,
  });
  const read = async (written: readonly { id: string }[]) => {
    const params = new Params();
    const sql = `SELECT "id", ${COLUMNS.map((one) => `"${one}"`).join(', ')} FROM "actions"
      WHERE "id" IN (${params.list(written.map(({ id }) => id))}) ORDER BY "id"`;
    return rows(t.database.reader, sql, params.values, { isPublic: 'boolean' });
  };
  const shown = (written: readonly Record<string, unknown>[]) =>
    written.map((one) => Object.fromEntries(['id', ...COLUMNS].map((column) => [column, one[column]])));
  const insert = (written: readonly Record<string, unknown>[]) =>
    t.app.get(Transactions).run((manager) => insertRows(manager, 'actions', written));

  it.each<[string, (n: number) => Record<string, unknown>]>([
    ['that differ in nothing but their ids', () => ({})],
    ['of which some lack what others have', (n) => (n % 3 === 0 ? { theme: 'schoon', dueOn: null } : {})],
    ['that differ only after the first hundreds', (n) => (n > 900 ? { postponements: n, isPublic: true } : {})],
    ['with words that are code elsewhere', (n) => ({ title: `"); ${n} $1 \\ '${n}' {"a":null}`, details: 'null' })],
  ])('stores many rows %s as they are', async (_, own) => {
    const many = Array.from({ length: MANY }, (__, n) => actionOf(own(n)));
    await insert(many);
    expect(await read(many)).toEqual(shown(many));
  });

  it('changes just the named columns of many rows, whether they become the same or not', async () => {
    const many = Array.from({ length: MANY }, (_, n) => actionOf({ theme: `thema ${n}` }));
    await insert(many);
    const changed = many.map((one, n) => ({
      ...one,
      title: 'Anders',
      theme: 'niet',
      dueOn: n % 2 ? null : '2026-07-01',
    }));
    await t.app.get(Transactions).run((manager) => overwriteRows(manager, 'actions', changed, ['title', 'dueOn']));
    const expected = changed.map((one, n) => ({ ...one, theme: `thema ${n}` }));
    expect(await read(many)).toEqual(shown(expected));
  });

  const UNKNOWN = expect.stringMatching(/^half \ufffd+$/);
  it('stores half a character as the sign for an unknown one, in one row and in all', async () => {
    const half = 'half \ud83d';
    const one = [actionOf({ title: half }), actionOf({})];
    const all = [actionOf({ title: half, details: half }), actionOf({ title: half, details: half })];
    await insert(one);
    await insert(all);
    expect(await read(one)).toMatchObject([{ title: UNKNOWN }, { title: 'Een actie' }]);
    expect(await read(all)).toMatchObject(all.map(() => ({ title: UNKNOWN, details: UNKNOWN })));
  });
});

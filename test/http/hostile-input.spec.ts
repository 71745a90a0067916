import { beforeAll, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { type Answered, type Client, clientOf } from '../support/client.js';
import { type Field, type Operation, operationsOf, UNKNOWN_ID, withId } from '../support/operations.js';

const HOSTILE: unknown[] = [
  null,
  '',
  '   ',
  'x'.repeat(20_000),
  'nul\u0000byte',
  'line\r\nBcc: x@y.example',
  '\ud800',
  '2026-02-30',
  '2026-06-02T10:00:00Z',
  UNKNOWN_ID,
  "'; DROP TABLE areas; --",
  '{{constructor}}',
  0,
  -1,
  1e308,
  true,
  [],
  [null],
  {},
  { $ne: null },
];

const QUERIES = [
  ...['', '%00', 'x'.repeat(5000), '-1', 'true', '[]', UNKNOWN_ID, '2026-02-30', "'%22;--", '%F0%9F%98%80'],
  '%E2%80%AE%E2%80%8B',
];

onBothDatabases((kind) => {
  let t: TestApp;
  let client: Client;
  let operations: Operation[];
  let callers: string[];
  beforeAll(async () => {
    t = await startApp(kind);
    callers = [await t.make.signedIn('admin'), await t.make.signedIn('chair')];
    operations = await operationsOf(t);
    client = await clientOf(t);
  });

  const send = ({ method, path }: Operation, token: string, body: object, query = '') =>
    client({
      method,
      path: withId(path) + query,
      headers: { authorization: token, 'if-match': '"1"' },
      body: method === 'get' ? undefined : body,
    });
  const isProblem = ({ status, type, text }: Answered) =>
    status < 400 ||
    (status < 500 && type === 'application/problem+json' && (JSON.parse(text) as { status: number }).status === status);
  /** A value that the field accepts, so that only the hostile one is wrong. */
  const fitting = ({ type, format, enum: values }: Field): unknown =>
    values?.[0] ??
    { uuid: UNKNOWN_ID, date: '2026-06-02', email: 'x@y.example' }[format ?? ''] ??
    { integer: 1, boolean: true, array: [], object: {} }[type ?? ''] ??
    'tekst';

  it('gets no 5xx out of any operation, for any field and any hostile value', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const operation of operations) {
      const good = Object.fromEntries(Object.entries(operation.fields).map(([name, field]) => [name, fitting(field)]));
      for (const field of Object.keys(operation.fields)) {
        // PostgreSQL gets a fifth of the values per field, in such a way that each value occurs in some field.
        const turn = (asked += 1);
        const values = HOSTILE.filter((_, n) => kind === 'sqlite' || n % 5 === turn % 5);
        await Promise.all(
          values.map(async (value) => {
            const answer = await send(operation, callers[HOSTILE.indexOf(value) % 2], { ...good, [field]: value });
            if (!isProblem(answer))
              wrong.push(`${operation.name} ${field}=${JSON.stringify(value).slice(0, 40)}: ${answer.status}`);
          }),
        );
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  it('refuses unknown fields, says which, and leaves no trace', async () => {
    const wrong: string[] = [];
    const before = await contents();
    for (const operation of operations) {
      for (const token of callers) {
        const answer = await send(operation, token, { nobodyKnowsThis: 1 });
        const isNamed = answer.text.includes('"field":"nobodyKnowsThis"');
        if (Object.keys(operation.fields).length > 0 && answer.status !== 403 && !(answer.status === 400 && isNamed))
          wrong.push(`${operation.name}: ${answer.status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await contents()).toEqual(before);
  });

  it('gets no 5xx out of any query', async () => {
    const wrong: string[] = [];
    for (const operation of operations) {
      for (const [n, query] of operation.queries.entries()) {
        const values = QUERIES.filter((_, m) => kind === 'sqlite' || m % 3 === n % 3);
        await Promise.all(
          values.map(async (value) => {
            const answer = await send(operation, callers[0], {}, `?${query}=${value}`);
            if (!isProblem(answer)) wrong.push(`${operation.name}?${query}=${value.slice(0, 20)}: ${answer.status}`);
          }),
        );
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  /** The number of rows in each table. */
  async function contents(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { tableName } of t.database.reader.entityMetadatas) {
      counts[tableName] = (
        await rows<{ n: number }>(t.database.reader, `SELECT count(*) AS "n" FROM "${tableName}"`)
      )[0].n;
    }
    return counts;
  }
});

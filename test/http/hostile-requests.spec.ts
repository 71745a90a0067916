import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { type Answered, type Client, clientOf } from '../support/client.js';
import { type Operation, operationsOf, UNKNOWN_ID, withId } from '../support/operations.js';
import { layPlaces, type TestRole } from '../support/places.js';

const BODIES = [
  '['.repeat(100_000) + ']'.repeat(100_000),
  '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000),
  ...['', 'null', '5', '"x"', '[]', '{"a":', '\ufeff{}', '{"__proto__":{"x":1}}', '{"year":1e400,"mark":1e30}'],
  ...['{"title":"\\ud800","name":"\\udfff"}', '{"title":"\\u0000","name":"\\u0000","text":"\\u0000"}'],
];
const TYPES = [
  ...[
    '',
    'nonsense',
    'text/plain',
    'text/csv',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
  ],
  ...['multipart/form-data', 'multipart/form-data; boundary=x', 'application/json, text/csv', 'image/png'],
];
const TAGS = ['', '*', '1', '"', 'W/"1"', '"1", "2"', '"-1"', '"1e3"', '"9007199254740993"', `"${'9'.repeat(5000)}"`];
const KEYS = ['', ' ', 'x'.repeat(5000), 'é', "';--"];
const PATHS = ['/', '%00', '%2f', '/%2e%2e', '?%', '?a[__proto__]=1', '%0d%0aX:%20y', ';a=b', '/%ff'];
const OUTSIDERS: readonly TestRole[] = ['admin', 'chair', 'partner', 'reader'];
const CONFIDENTIAL = ['actions', 'agenda-items', 'discussions', 'action-files', 'item-files'];

/** Method, address, headers and body. */
type Try = [string, string, Record<string, string>, string?];

onBothDatabases((kind) => {
  let t: TestApp;
  let client: Client;
  let operations: Operation[];
  let placed: Awaited<ReturnType<typeof layPlaces>>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    placed = await layPlaces(t);
    operations = await operationsOf(t);
    client = await clientOf(t);
  });

  /** Whether it is an answer to a request, or a problem that a client caused; without a body if it was a HEAD. */
  const isProper = ({ status, type, text }: Answered): boolean =>
    status < 400 || (status < 500 && type === 'application/problem+json' && (text === '' || text.startsWith('{')));

  it('gets no 5xx out of any operation by its body, type, ETag, key, method or address', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const { name, method, path } of operations) {
      const authorization = placed.callers[OUTSIDERS[asked % 2]].today.token;
      const own = withId(path);
      const tries: Try[] = [
        ...['HEAD', 'OPTIONS', 'PROPFIND'].map((verb): Try => [verb, own, {}]),
        ...PATHS.map((end): Try => [method, own + end, {}]),
      ];
      tries.push([method, own.replace('/v1/', '/v1//'), {}], [method, `/${own}`, {}]);
      const json = { 'content-type': 'application/json', 'if-match': '"1"' };
      if (method === 'get')
        for (const tag of TAGS) tries.push([method, own, { 'if-none-match': tag, range: 'bytes=0-1' }]);
      else {
        for (const body of BODIES) tries.push([method, own, json, body]);
        for (const type of TYPES) tries.push([method, own, { ...json, 'content-type': type }, '{}']);
        for (const tag of TAGS) tries.push([method, own, { ...json, 'if-match': tag }, '{"nobody":1}']);
        if (method === 'post')
          for (const key of KEYS) tries.push([method, own, { ...json, 'idempotency-key': key }, '{"nobody":1}']);
      }
      for (const [verb, at, headers, body] of tries) {
        asked += 1;
        const answer = await client({
          method: verb.toUpperCase(),
          path: at,
          headers: { authorization, ...headers },
          body,
        });
        if (!isProper(answer))
          wrong.push(
            `${name}: ${verb} ${at} ${JSON.stringify(headers).slice(0, 80)} ${body?.slice(0, 30)}: ${answer.status}`,
          );
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(5000);
  }, 240_000);

  it('answers a confidential id in an address as an unknown one, to the byte, whatever the method and headers', async () => {
    const secret = CONFIDENTIAL.map((noun) => placed.places.confidential.ids[noun]).filter((id) => id !== undefined);
    const wrong: string[] = [];
    for (const role of OUTSIDERS) {
      const authorization = placed.callers[role].today.token;
      for (const { name, method, path } of operations.filter((one) => one.path.includes('{'))) {
        for (const id of secret) {
          const told = async (of: string, verb: string, end: string, headers: object) => {
            const at = withId(path, of) + end;
            const body = verb === 'GET' || verb === 'HEAD' ? undefined : {};
            const answer = await client({ method: verb, path: at, body, headers: { authorization, ...headers } });
            const { date: _, 'x-request-id': __, ...rest } = answer.headers;
            return JSON.stringify([answer.status, rest, answer.text]).replaceAll(of, UNKNOWN_ID);
          };
          const verb = method.toUpperCase();
          for (const [how, end, headers] of [
            [verb, '', {}],
            [verb, '', { 'if-match': '"1"', 'if-none-match': '"1"', 'idempotency-key': 'sleutel' }],
            [verb, '/', {}],
            ...(verb === 'GET' ? ([['HEAD', '', {}]] as const) : []),
          ] as const) {
            const [here, nowhere] = [await told(id, how, end, headers), await told(UNKNOWN_ID, how, end, headers)];
            if (here !== nowhere) wrong.push(`${how} ${name}${end} by ${role}: ${here} and ${nowhere}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);
});

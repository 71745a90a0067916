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
  ...['', 'nonsense', 'text/plain', 'text/csv', 'image/png', 'application/json; charset=utf-16'],
  ...['application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x'],
];
const TAGS = ['', '*', '1', '"', 'W/"1"', '"1", "2"', '"-1"', '"1e3"', '"9007199254740993"', `"${'9'.repeat(5000)}"`];
const KEYS = ['', ' ', 'x'.repeat(5000), 'é', "';--"];
const ENDS = ['/', '%00', '%2f', '/%2e%2e', '?%', '?a[__proto__]=1', '%0d%0aX:%20y', ';a=b', '/%ff'];
const VERBS = ['HEAD', 'OPTIONS', 'PROPFIND'];
const OUTSIDERS: readonly TestRole[] = ['admin', 'chair', 'partner', 'reader'];
const CONFIDENTIAL = ['actions', 'agenda-items', 'discussions', 'action-files', 'item-files'] as const;
const HOW: readonly [string, Record<string, string>][] = [
  ['', {}],
  ['', { 'if-match': '"1"', 'if-none-match': '"1"', 'idempotency-key': 'sleutel' }],
  ['/', {}],
];

/** The values take turns, so that each is sent to some of the operations, and each operation gets some of every kind. */
const inTurn = <T>(values: readonly T[], turn: number): T => values[turn % values.length];

onBothDatabases((kind) => {
  let client: Client;
  let operations: Operation[];
  let placed: Awaited<ReturnType<typeof layPlaces>>;
  beforeAll(async () => {
    const t: TestApp = await startApp(kind, { today: '2026-06-02' });
    placed = await layPlaces(t);
    operations = await operationsOf(t);
    client = await clientOf(t);
  });

  /** Whether it is an answer to a request, or a problem that a client caused; without a body if it was a HEAD. */
  const isProper = ({ status, type, text }: Answered): boolean =>
    status < 400 || (status < 500 && type === 'application/problem+json' && (text === '' || text.startsWith('{')));

  it('gets no 5xx out of any operation by its body, type, ETag, key, method or address', async () => {
    const wrong: unknown[] = [];
    for (const [turn, { name, method, path }] of operations.entries()) {
      const own = withId(path);
      const json = { 'content-type': 'application/json', 'if-match': '"1"' };
      const tries: [string, string, object, string?][] = [
        [inTurn(VERBS, turn), own, {}],
        [method, own + inTurn(ENDS, turn), {}],
        [method, own.replace('/v1/', '/v1//'), {}],
      ];
      if (method === 'get') tries.push([method, own, { 'if-none-match': inTurn(TAGS, turn), range: 'bytes=0-1' }]);
      else {
        for (const more of [0, 1, 2]) tries.push([method, own, json, inTurn(BODIES, turn * 3 + more)]);
        tries.push([method, own, { ...json, 'content-type': inTurn(TYPES, turn) }, '{}']);
        tries.push([method, own, { ...json, 'if-match': inTurn(TAGS, turn) }, '{"nobody":1}']);
        tries.push([method, own, { ...json, 'idempotency-key': inTurn(KEYS, turn) }, '{"nobody":1}']);
      }
      for (const [verb, at, headers, body] of tries) {
        const authorization = placed.callers[inTurn(OUTSIDERS, turn)].today.token;
        const asked = { method: verb.toUpperCase(), path: at, headers: { authorization, ...headers }, body };
        const answer = await client(asked);
        if (!isProper(answer)) wrong.push([name, verb, at, headers, body?.slice(0, 30), answer.status]);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('answers a confidential id in an address as an unknown one, to the byte, whatever the method and headers', async () => {
    const secret = CONFIDENTIAL.map((noun) => placed.places.confidential.ids[noun]!);
    const wrong: string[] = [];
    let turn = 0;
    for (const { name, method, path } of operations.filter((one) => one.path.includes('{'))) {
      const verbs = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];
      for (const [verb, id] of verbs.flatMap((verb) => secret.map((id) => [verb, id]))) {
        turn += 1;
        const [end, headers] = inTurn(HOW, turn);
        const role = inTurn(OUTSIDERS, turn);
        const told = async (of: string) => {
          const authorization = placed.callers[role].today.token;
          const body = method === 'get' ? undefined : {};
          const asked = { method: verb, path: withId(path, of) + end, body, headers: { authorization, ...headers } };
          const answer = await client(asked);
          const { date: _, 'x-request-id': __, ...rest } = answer.headers;
          return JSON.stringify([answer.status, rest, answer.text]).replaceAll(of, UNKNOWN_ID);
        };
        const [here, nowhere] = [await told(id), await told(UNKNOWN_ID)];
        if (here !== nowhere) wrong.push(`${verb} ${name}${end} by ${role}: ${here} and ${nowhere}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

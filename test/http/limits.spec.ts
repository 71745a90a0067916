import { beforeAll, describe, expect, it } from '@jest/globals';
import { SignIn } from '../../src/identity/sign-in.service.js';
import { limitsOf } from '../../src/platform/access/limits.rules.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { type Client, clientOf } from '../support/client.js';

describe('what a request counts for', () => {
  it.each([
    ['GET', '/v1/actions', 'application/json', []],
    ['GET', '/v1/actions', 'text/csv', ['export']],
    ['GET', '/v1/sessions/:id/minutes', 'application/pdf', ['export']],
    ['PATCH', '/v1/actions/:id', '*/*', ['write']],
    ['POST', '/v1/action-imports', '*/*', ['write', 'import']],
    ['POST', '/v1/register-imports', '*/*', ['write', 'import']],
    ['POST', '/beheer/vullen/:register', 'text/html', ['write', 'import']],
    ['GET', '/beheer/vullen/:register', 'text/html', []],
    ['POST', '/v1/tokens', '*/*', ['write', 'token']],
    ['GET', '/antwoord/:token', 'text/html', ['link']],
    ['POST', '/antwoord/:token', 'text/html', ['link']],
    ['GET', '/aanmelden', 'text/html', []],
    ['POST', '/aanmelden', 'text/html', ['sign-in', 'write']],
    ['POST', '/aanmelden/code', 'text/html', ['sign-in-attempt', 'write']],
    ['POST', '/aanmelden/:token', 'text/html', ['link']],
    ['GET', '/aanmelden/openid', 'text/html', ['sign-in-attempt']],
  ])('%s %s as %s: %j', (method, route, accept, expected) => {
    expect(limitsOf({ method, route, accept })).toEqual(expected);
  });
});

onBothDatabases((kind) => {
  let t: TestApp;
  let here: Client;
  /** On PostgreSQL another instance on the same database; on SQLite there is only one. */
  let there: Client;
  beforeAll(async () => {
    t = await startApp(kind, { environment: { LIMITS: 'on' } });
    here = await clientOf(t);
    const { DATABASE_URL } = t.settings;
    const other = DATABASE_URL ? await startApp(kind, { environment: { LIMITS: 'on', DATABASE_URL } }) : t;
    there = await clientOf(other);
  });
  const many = async (times: number, ask: (client: Client, n: number) => ReturnType<Client>) => {
    const answers = [];
    for (let n = 0; n < times; n += 1) answers.push(await ask(n % 2 === 0 ? here : there, n));
    return answers;
  };
  const signedIn = async () => t.make.signedIn('chair');

  it('lets a person make twenty tokens an hour, on all instances together, and says when to come back', async () => {
    const authorization = await signedIn();
    const body = { name: 'koppeling' };
    const answers = await many(21, (client) =>
      client({ method: 'POST', path: '/v1/tokens', headers: { authorization }, body }),
    );
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 201), 429]);
    const last = answers.at(-1)!;
    expect(last.type).toBe('application/problem+json');
    expect(JSON.parse(last.text)).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(3000);
    const another = await signedIn();
    const free = await here({ method: 'POST', path: '/v1/tokens', headers: { authorization: another }, body });
    expect(free.status).toBe(201);
  });

  it('lets a person have thirty exports a minute, and go on reading', async () => {
    const authorization = await signedIn();
    const get = (accept: string) => (client: Client) =>
      client({ method: 'GET', path: '/v1/actions', headers: { authorization, accept } });
    expect((await many(31, get('text/csv'))).map(({ status }) => status).lastIndexOf(200)).toBe(29);
    expect((await get('application/json')(here)).status).toBe(200);
  });

  it('blocks guessing of tokens by address, but not holders of one; only a trusted proxy sets the address', async () => {
    const guess = (client: Client, n: number) =>
      client({
        method: 'GET',
        path: '/v1/me',
        headers: { authorization: `Bearer wa_${n}`, 'x-forwarded-for': '192.0.2.7' },
      });
    const statuses = (await many(61, guess)).map(({ status }) => status);
    expect([statuses.lastIndexOf(401), statuses.at(-1)]).toEqual([59, 429]);
    const own = await here({ method: 'GET', path: '/v1/me', headers: { authorization: await signedIn() } });
    expect(own.status).toBe(200);
    const elsewhere = await here({ method: 'GET', path: '/v1/me', headers: { authorization: 'Bearer wa_x' } });
    expect(elsewhere.status).toBe(401);
  });

  const post = (client: Client, path: string, from: string, body: string) =>
    client({
      method: 'POST',
      path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': from,
        origin: t.settings.PUBLIC_URL,
      },
      body,
    });

  it.each([
    ['IPv4', (n: number) => (n === 0 ? '198.51.100.9' : '192.0.2.9')],
    ['IPv6, of which one has thousands', (n: number) => (n === 0 ? '2001:db8:5::1' : `2001:db8:4::${n}`)],
  ])('stops who asks a sign-in mail for one address over and over, and not its owner (%s)', async (name, from) => {
    const body = `email=${name.slice(0, 4)}%40politie.example`;
    const ask = (client: Client, n: number) => post(client, '/aanmelden', from(n), body);
    const statuses = (await many(11, (client, n) => ask(client, n + 1))).map(({ status }) => status);
    expect(statuses.slice(0, 10)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
    expect((await ask(here, 0)).status).toBe(303);
  });

  it('lets in whoever holds a link or a code, however often others at the same place ask for mails', async () => {
    const person = await t.make.person();
    const link = async () => new URL(await t.app.get(SignIn).issueLink(person.id, 10)).pathname;
    const town = '203.0.113.4';
    const asked = await many(101, (client, n) => post(client, '/aanmelden', town, `email=a${n}%40b.example`));
    expect(asked.at(-1)!.status).toBe(429);
    expect((await post(there, await link(), town, '')).status).toBe(303);
    const requestId = /aanvraag=(.*)/.exec(asked[0].headers.location!)![1];
    const tried = await post(here, '/aanmelden/code', town, `requestId=${requestId}&code=1`);
    expect(tried.status).toBe(400);
    const guesses = await many(100, (client) => post(client, '/aanmelden/code', town, `requestId=${requestId}&code=1`));
    expect(guesses.at(-1)!.status).toBe(429);
    expect((await post(there, await link(), town, '')).status).toBe(303);
  });

  it('keeps no address and no name in its counts', async () => {
    const found = await t.database.reader.query('SELECT "key" FROM "rate_counts"');
    // On SQLite they are in memory.
    expect(found.length > 0).toBe(kind === 'postgresql');
    expect(JSON.stringify(found)).not.toMatch(/192\.0\.2|politie|127\.0\.0\.1/);
  });

  it('makes no link out of what a client says about the host', async () => {
    const headers = { host: 'kwaad.example', 'x-forwarded-host': 'kwaad.example', 'x-forwarded-proto': 'gopher' };
    const authorization = await signedIn();
    for (const path of ['/v1/actions?pageSize=1', '/v1/openapi.json', '/aanmelden', '/v1/public/feed', '/v1/nothing']) {
      const answer = await here({ method: 'GET', path, headers: { ...headers, authorization } });
      expect([path, JSON.stringify(answer.headers) + answer.text]).toEqual([
        path,
        expect.not.stringContaining('kwaad'),
      ]);
    }
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
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
    ['POST', '/aanmelden/code', 'text/html', ['sign-in', 'write']],
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

  it('stops who tries tokens, by address, and not who has one; only a trusted proxy names the address', async () => {
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

  it('lets nobody ask a sign-in mail for one address over and over, from whatever place', async () => {
    const ask = (client: Client, n: number) =>
      client({
        method: 'POST',
        path: '/aanmelden',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-forwarded-for': `192.0.2.${n}`,
          origin: t.settings.PUBLIC_URL,
        },
        body: 'email=wijkagent%40politie.example',
      });
    const statuses = (await many(11, ask)).map(({ status }) => status);
    expect(statuses.slice(0, 10)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
  });

  it('keeps no address and no name in its counts', async () => {
    const found = await t.database.reader.query('SELECT "key" FROM "rate_counts"');
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

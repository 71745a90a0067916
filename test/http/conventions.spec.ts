import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { connect } from 'node:net';
import { PERMISSIONS } from '../../src/platform/access/permissions.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { METHODS } from '../support/operations.js';
import { routesOf } from '../support/routes.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let document: OpenAPIObject;
  beforeAll(async () => {
    t = await startApp(kind);
    admin = await t.make.signedIn('admin');
    document = (await t.api.get('/v1/openapi.json').expect(200)).body;
  });

  describe('every answer', () => {
    const cases: [string, () => Promise<{ headers: Record<string, string> }>][] = [
      ['a list', () => t.api.get('/v1/areas').set('Authorization', admin).expect(200) as never],
      ['an unknown path', () => t.api.get('/v1/nothing').expect(404) as never],
      ['a refused caller', () => t.api.get('/v1/areas').expect(401) as never],
      [
        'unreadable JSON',
        () => t.api.post('/v1/areas').set('Authorization', admin).type('json').send('{').expect(400) as never,
      ],
      ['a page', () => t.api.get('/aanmelden').set('Accept', 'text/html').expect(200) as never],
      ['a page that is not there', () => t.api.get('/niets').set('Accept', 'text/html').expect(404) as never],
      ['a redirect', () => t.api.get('/account').set('Accept', 'text/html').expect(303) as never],
      ['a method that is not there', () => t.api.delete('/v1/areas').set('Authorization', admin).expect(405) as never],
      ['a path that cannot be read', () => t.api.get('/v1/areas/%E0%A4%A').expect(400) as never],
    ];
    it.each(cases)('carries version, request id and security headers: %s', async (_, send) => {
      const { headers } = await send();
      expect(headers).toMatchObject({
        'api-version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'cache-control': 'no-store',
        'content-type': expect.stringMatching(/^(text\/html; charset=utf-8|application\/(problem\+)?json\b)/),
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'content-security-policy':
          "default-src 'none';style-src 'self';img-src 'self' data:;script-src 'self';connect-src 'self';" +
          "font-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    });
  });

  describe('an error is problem+json with status, title, detail and code', () => {
    const post = () => t.api.post('/v1/areas').set('Authorization', admin);
    const cases: [string, number, string, () => Promise<unknown>][] = [
      ['an unknown path', 404, 'NOT_FOUND', () => t.api.get('/v1/nothing') as never],
      ['a trailing slash', 404, 'NOT_FOUND', () => t.api.get('/v1/areas/').set('Authorization', admin) as never],
      ['no token', 401, 'UNAUTHENTICATED', () => t.api.get('/v1/areas') as never],
      [
        'a wrong token',
        401,
        'UNAUTHENTICATED',
        () => t.api.get('/v1/areas').set('Authorization', 'Bearer wa_nope') as never,
      ],
      ['malformed JSON', 400, 'BAD_REQUEST', () => post().type('json').send('{"name": ') as never],
      ['a body over 256 KiB', 413, 'PAYLOAD_TOO_LARGE', () => post().send({ name: 'x'.repeat(270_000) }) as never],
      ['another media type', 415, 'UNSUPPORTED_MEDIA_TYPE', () => post().type('text/xml').send('<a/>') as never],
      ['a form', 415, 'UNSUPPORTED_MEDIA_TYPE', () => post().type('form').send({ name: 'x' }) as never],
      ['an id that is none', 400, 'INVALID_ID', () => t.api.get('/v1/areas/12').set('Authorization', admin) as never],
      [
        'a page size over the limit',
        400,
        'INVALID_INPUT',
        () => t.api.get('/v1/areas?pageSize=201').set('Authorization', admin) as never,
      ],
      [
        'a page that is no number',
        400,
        'INVALID_INPUT',
        () => t.api.get('/v1/areas?page=one').set('Authorization', admin) as never,
      ],
      [
        'a sort key that is not in the map',
        400,
        'INVALID_INPUT',
        () => t.api.get('/v1/areas?sort=hash').set('Authorization', admin) as never,
      ],
      [
        'an unknown filter',
        400,
        'INVALID_INPUT',
        () => t.api.get('/v1/areas?colour=red').set('Authorization', admin) as never,
      ],
      [
        'the same filter twice',
        400,
        'INVALID_INPUT',
        () => t.api.get('/v1/areas?q=a&q=b').set('Authorization', admin) as never,
      ],
      ['a prototype', 400, 'BAD_REQUEST', () => post().type('json').send('{"__proto__":{"admin":true}}') as never],
      [
        'a prototype of a constructor',
        400,
        'BAD_REQUEST',
        () => post().type('json').send('{"constructor":{"prototype":{"admin":true}}}') as never,
      ],
      [
        'lists in lists without end',
        400,
        'BAD_REQUEST',
        () =>
          post()
            .type('json')
            .send(`{"name":${'['.repeat(120_000)}${']'.repeat(120_000)}}`) as never,
      ],
      ['a list as body', 400, 'INVALID_INPUT', () => post().send([1, 2]) as never],
      [
        'a wrong escape in the path',
        400,
        'BAD_REQUEST',
        () => t.api.get('/v1/areas/%E0%A4%A').set('Authorization', admin) as never,
      ],
    ];
    it.each(cases)('%s: %i %s', async (_, status, code, send) => {
      const answer = (await send()) as { status: number; body: object; type: string };
      expect(answer.body).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) });
      expect(answer.status).toBe(status);
      expect(answer.type).toBe('application/problem+json');
    });

    it('answers alike, to the byte, for an unknown path, an unknown id and an unknown route below it', async () => {
      const get = async (path: string) => (await t.api.get(path).set('Authorization', admin).expect(404)).text;
      const unknown = await get('/v1/areas/019300a0-0000-7000-8000-00000000dead');
      expect(await get('/v1/nothing')).toBe(unknown);
    });
  });

  describe('limits', () => {
    it('ends a connection that dribbles its headers', () => {
      expect(t.app.getHttpServer()).toMatchObject({ headersTimeout: 15_000, requestTimeout: 300_000 });
    });

    it('does not fall over a broken request line', async () => {
      const { port } = t.app.getHttpServer().address() as { port: number };
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
        let text = '';
        socket.on('data', (data) => (text += data.toString())).on('close', () => resolve(text));
      });
      expect(answer).toContain('400 Bad Request');
      await t.api.get('/health/live').expect(200);
    });
  });

  describe('access', () => {
    it('is denied by default: every route names a permission of the table', () => {
      const routes = routesOf(t);
      const open = routes.filter(
        ({ required }) => !['everyone', 'published', ...Object.keys(PERMISSIONS)].includes(required ?? ''),
      );
      expect(routes.length).toBeGreaterThan(9);
      expect(open.map(({ name }) => name)).toEqual([]);
    });

    it('to any address that changes something is refused for a form of another site, or without the token of its session', async () => {
      const person = await t.make.person();
      await t.make.grant(person.id, 'admin', await t.make.root());
      await t.make.grant(person.id, 'chair', await t.make.root());
      const cookie = await t.make.cookie(person.id);
      const page = await t.api.get('/account').set('Cookie', cookie).expect(200);
      const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1];
      const foreign = { Origin: 'https://elders.example', 'Sec-Fetch-Site': 'cross-site' };
      const taken: string[] = [];
      const changing = routesOf(t).filter(({ method }) => !['get', 'head', 'options'].includes(method));
      for (const { name, path, method, required } of changing) {
        const url = path.replaceAll(/:\w+/g, '019300a0-0000-7000-8000-00000000dead');
        const send = () => t.api[method as 'post'](url).set('Cookie', cookie).set('If-Match', '"1"').type('json');
        const answers = [await send().set(foreign).set('X-CSRF-Token', csrf).send({})];
        if (required !== 'everyone') answers.push(await send().send({}));
        for (const { status, body } of answers) {
          const isRefused = status === 403 && (body as { code?: string }).code === 'FOREIGN_FORM';
          // Behind a link in a mail the browser session does not count: the link itself is required.
          if (!isRefused && !(required === 'everyone' && status >= 400 && status < 500))
            taken.push(`${name}: ${status}`);
        }
      }
      expect(changing.length).toBeGreaterThan(100);
      expect(taken).toEqual([]);
    });

    it('to any operation of the document is refused without a token', async () => {
      const open: string[] = [];
      for (const [path, item] of Object.entries(document.paths)) {
        for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
          if (!item[method] || path === '/openapi.json' || path.startsWith('/public/')) continue;
          const url = `/v1${path.replaceAll(/\{[^}]+\}/g, '019300a0-0000-7000-8000-00000000dead')}`;
          const { status } = await t.api[method](url);
          if (status !== 401) open.push(`${method} ${path}: ${status}`);
        }
      }
      expect(open).toEqual([]);
    });
  });

  describe('the OpenAPI document', () => {
    it('can be read from everywhere, without signing in', async () => {
      await t.api.get('/v1/openapi.json').expect(200).expect('Access-Control-Allow-Origin', '*');
    });

    const operations = () =>
      Object.entries(document.paths).flatMap(([path, item]) =>
        METHODS.flatMap((method) => {
          const operation = item[method];
          return operation && path !== '/openapi.json' ? [{ name: `${method} ${path}`, path, operation }] : [];
        }),
      );

    it('is complete: each operation with a summary, an answer by name, as bytes or without body, and its problems', () => {
      const poor = operations().filter(({ path, operation: { summary, responses } }) => {
        const successes = Object.entries(responses as Record<string, { content?: Record<string, { schema: object }> }>)
          .filter(([status]) => status.startsWith('2'))
          .map(([status, { content = {} }]) => ({
            ...{ status, schema: content['application/json']?.schema },
            isBytes: Object.keys(content).length > 0 && !content['application/json'],
          }));
        const problems = path.startsWith('/public/') ? ['503'] : ['401', '403', '503'];
        return (
          !summary ||
          successes.length === 0 ||
          !successes.every(({ status, schema, isBytes }) =>
            status === '204' ? !schema : isBytes || (schema && isNamed(schema)),
          ) ||
          !problems.every((status) => responses[status])
        );
      });
      expect(poor.map(({ name }) => name)).toEqual([]);
    });

    /** A model, or an alternative of several. */
    const isNamed = (schema: { $ref?: string; anyOf?: object[] }): boolean =>
      schema.$ref !== undefined || (schema.anyOf !== undefined && schema.anyOf.every(isNamed));

    it('describes every field of a request', () => {
      const bodies = Object.entries(document.components!.schemas as Record<string, { properties?: object }>)
        .filter(([name]) => name.endsWith('Dto'))
        .flatMap(([name, { properties = {} }]) =>
          Object.entries(properties as Record<string, { description?: string }>).map(
            ([field, { description }]) => [`${name}.${field}`, description] as const,
          ),
        );
      const parameters = operations().flatMap(({ name, operation }) =>
        ((operation.parameters ?? []) as { $ref?: string; name: string; description?: string }[])
          .filter(({ $ref }) => !$ref)
          .map((parameter) => [`${name} ${parameter.name}`, parameter.description] as const),
      );
      const bare = [...bodies, ...parameters].filter(([, description]) => !description);
      expect(bare.map(([name]) => name)).toEqual([]);
      expect(bodies.length).toBeGreaterThan(300);
    });
  });
});

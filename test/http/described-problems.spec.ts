import { beforeAll, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { UNKNOWN_ID } from '../support/operations.js';

interface Described {
  description: string;
  content: Record<string, { example: { status: number; title: string; detail: string; code: string } }>;
}

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let chair: string;
  let document: OpenAPIObject;
  beforeAll(async () => {
    t = await startApp(kind);
    admin = await t.make.signedIn('admin');
    chair = await t.make.signedIn('chair');
    document = (await t.api.get('/v1/openapi.json').expect(200)).body;
  });
  const exampleOf = (path: string, method: 'get' | 'post' | 'patch', status: number) => {
    const { $ref } = document.paths[path][method]!.responses[status] as { $ref: string };
    return sharedResponses()[$ref.split('/').at(-1)!];
  };
  const sharedResponses = () =>
    Object.fromEntries(
      Object.entries(document.components!.responses as Record<string, Described>).map(([name, { content }]) => [
        name,
        content['application/problem+json'].example,
      ]),
    );

  it('gives each shared problem an example of its own title, code and detail', () => {
    const examples = Object.values(sharedResponses());
    expect(examples.filter(({ status, title }) => title !== STATUS_CODES[status])).toEqual([]);
    expect(new Set(examples.map(({ code, detail }) => `${code} ${detail}`)).size).toBe(examples.length);
  });

  it('names in the description of an operation every code that it can answer', () => {
    const { description } = document.paths['/sessions/{id}/closing'].put!;
    for (const code of ['CANNOT_CLOSE', 'SESSION_NOT_OPEN', 'VERSION_CHANGED', 'IF_MATCH_REQUIRED', 'INVALID_INPUT'])
      expect(description).toContain(`\`${code}\``);
    expect(description).not.toContain('GOAL_IS_DRAFT');
  });

  const area = () => t.api.get(`/v1/areas/${UNKNOWN_ID}`).set('Authorization', admin);
  const change = () => t.api.patch(`/v1/areas/${UNKNOWN_ID}`).set('Authorization', admin);
  const add = () => t.api.post('/v1/areas').set('Authorization', admin);
  const cases: [string, 'get' | 'post' | 'patch', number, () => Promise<{ body: object }>][] = [
    ['/areas', 'get', 400, () => t.api.get('/v1/areas?pageSize=x').set('Authorization', admin) as never],
    ['/areas', 'get', 401, () => t.api.get('/v1/areas') as never],
    ['/areas', 'post', 403, () => t.api.post('/v1/areas').set('Authorization', chair).send({}) as never],
    ['/areas/{id}', 'get', 404, () => area() as never],
    ['/areas/{id}', 'get', 414, () => t.api.get(`/v1/areas/${'x'.repeat(201)}`).set('Authorization', admin) as never],
    ['/areas/{id}', 'patch', 428, () => change().send({}) as never],
    ['/areas', 'post', 413, () => add().send({ name: 'x'.repeat(270_000) }) as never],
    ['/areas', 'post', 415, () => add().type('text/xml').send('<a/>') as never],
  ];
  it.each(cases)('gives as example what it answers: %s %s %i', async (path, method, status, send) => {
    const { status: answered, body } = (await send()) as { status: number; body: Record<string, unknown> };
    expect(answered).toBe(status);
    const { errors: _, ...problem } = body;
    const { errors: __, ...example } = exampleOf(path, method, status) as Record<string, unknown>;
    expect(problem).toEqual(example);
  });

  it('gives as example of 412 what it answers, also to the ETag of another resource', async () => {
    const { id } = await t.make.area();
    const send = t.api.patch(`/v1/areas/${id}`).set('Authorization', admin).set('If-Match', '"7"');
    const { body } = await send.send({ name: 'Anders' }).expect(412);
    expect(body).toEqual(exampleOf('/areas/{id}', 'patch', 412));
    expect(body.detail).toContain('another resource');
  });

  it.each([
    ['/areas', ['404', '412', '428']],
    ['/actions', ['404', '412', '428']],
    ['/digests', ['404', '412', '428']],
    ['/action-updates', ['404', '412', '428']],
    ['/chair-changes', ['412', '428']],
  ])('describes no problem that POST %s cannot answer', (path, never) => {
    expect(Object.keys(document.paths[path].post!.responses).filter((status) => never.includes(status))).toEqual([]);
  });

  it('answers an unknown or a changed action among many in its row, not as the problem of all', async () => {
    const { id } = await t.make.action();
    const items = [
      { actionId: UNKNOWN_ID, version: 1, status: 'done', result: 'Klaar.' },
      { actionId: id, version: 7, status: 'done', result: 'Klaar.' },
    ];
    const { body } = await t.api.post('/v1/action-updates').set('Authorization', chair).send({ items }).expect(200);
    expect((body.items as { problem: object }[]).map(({ problem }) => problem)).toMatchObject([
      { status: 404, code: 'NOT_FOUND' },
      { status: 412, code: 'VERSION_CHANGED' },
    ]);
  });

  it.each([
    ['/koersoverzicht/mail', ''],
    ['/digests/preview', `?person=${UNKNOWN_ID}`],
    ['/wijkagendas/proposal', `?area=${UNKNOWN_ID}&year=2027`],
  ])('describes that there may be nothing at %s', async (path, query) => {
    await t.api.get(`/v1${path}${query}`).set('Authorization', chair).expect(404);
    expect(Object.keys(document.paths[path].get!.responses)).toContain('404');
  });
});

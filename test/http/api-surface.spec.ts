import { beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { addAnswerHeaders } from '../../src/platform/common/answer-headers.js';
import { Describe } from '../../src/platform/common/describe.js';
import { startApp, type TestApp } from '../support/app.js';
import { METHODS } from '../support/operations.js';

let t: TestApp;
let document: OpenAPIObject;
beforeAll(async () => {
  t = await startApp('sqlite');
  document = (await t.api.get('/v1/openapi.json').expect(200)).body;
});

describe('a method that an address does not have', () => {
  it('is answered with 405 and those that it has, to everyone alike', async () => {
    const { body } = await t.api.delete('/v1/areas').expect(405).expect('Allow', 'GET, HEAD, POST');
    expect(body).toMatchObject({ status: 405, title: 'Method Not Allowed', code: 'METHOD_NOT_ALLOWED' });
    const secret = await t.make.action({ isConfidential: true });
    for (const id of [secret.id, '019300a0-0000-7000-8000-00000000dead'])
      await t.api.put(`/v1/actions/${id}?x=1`).expect(405).expect('Allow', 'GET, HEAD, PATCH');
    await t.api.options('/v1/areas').expect(405).expect('Allow', 'GET, HEAD, POST');
    await t.api.post('/v1/openapi.json').expect(405).expect('Allow', 'GET, HEAD');
  });

  it('is answered so by pages too, in Dutch for people', async () => {
    await t.api.options('/acties').expect(204).expect('Allow', 'GET, HEAD');
    await t.api.options('/health/live').expect(204).expect('Allow', 'GET, HEAD');
    await t.api.delete('/acties?x=1').expect(405).expect('Allow', 'GET, HEAD');
    const { text } = await t.api
      .post('/handleiding')
      .set('Accept', 'text/html')
      .expect(405)
      .expect('Allow', 'GET, HEAD');
    expect(text).toContain('Dit kan hier niet');
    await t.api.options('/nergens').expect(404);
    // The address that a rejected form leaves in the address bar leads to its page.
    const id = '019300a0-0000-7000-8000-00000000dead';
    await t.api.get(`/acties/${id}/stand?x=1`).expect(303).expect('Location', `/acties/${id}`);
    await t.api.get(`/vergaderingen/${id}/agendapunten/${id}/titel`).expect('Location', `/vergaderingen/${id}`);
    await t.api.get('/afmelden').expect(405);
  });

  it('is nothing at an address that is not there', async () => {
    await t.api.delete('/v1/nothing').expect(404);
    await t.api.options('/v1/nothing').expect(404);
  });
});

describe('scripts of other sites', () => {
  it('read what is published, and nothing else', async () => {
    const list = await t.api.get('/v1/public/wijkagendas').set('Origin', 'https://krant.example').expect(200);
    expect(list.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('Link'),
    });
    await t.api.options('/v1/public/wijkagendas').expect(204).expect('Access-Control-Allow-Methods', 'GET, HEAD');
    for (const path of ['/v1/areas', '/v1/me', '/', '/v1/publics'])
      expect((await t.api.get(path)).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('an operation that will go', () => {
  it('says since when, and from which day it may be gone', async () => {
    @Controller('v1/old')
    class Old {
      @Get()
      @Describe('Read the old way', { goes: { since: '2027-01-01', sunset: '2027-07-01' } })
      read() {
        return { name: 'old' };
      }
      @Get('other')
      other() {
        return { name: 'other' };
      }
    }
    @Module({ controllers: [Old] })
    class OldModule {}
    const adapter = new FastifyAdapter();
    addAnswerHeaders(adapter.getInstance() as unknown as FastifyInstance);
    const app = await NestFactory.create<NestFastifyApplication>(OldModule, adapter, { logger: false });
    await app.init();
    const { headers, body } = await app.inject('/v1/old');
    expect([headers.deprecation, headers.sunset, body]).toEqual([
      '@1798761600',
      'Thu, 01 Jul 2027 00:00:00 GMT',
      '{"name":"old"}',
    ]);
    expect((await app.inject('/v1/old/other')).headers).not.toHaveProperty('deprecation');
    await app.close();
  });
});

describe('the readable description', () => {
  it('has the guide and every operation, with its parameters, models and problems, to read without signing in', async () => {
    const guide = await t.api.get('/v1/docs').expect(200);
    expect(guide.text).toContain('From an empty service to the first digest');
    const missing: string[] = [];
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of METHODS) {
        const operation = item[method];
        if (!operation) continue;
        const slug = operation.tags![0].toLowerCase().replaceAll(' ', '-');
        if (!guide.text.includes(`/v1/docs/${slug}#${operation.operationId}`)) missing.push(`${method} ${path}`);
      }
    }
    expect(missing).toEqual([]);
    const { text } = await t.api.get('/v1/docs/actions').expect(200);
    for (const words of ['PATCH /v1/actions/{id}', 'If-Match', 'CreateActionDto', 'ActionUpdate', 'VERSION_CHANGED'])
      expect(text).toContain(words);
    // Everything an operation links to is on the same page.
    const links = [...text.matchAll(/href="#(\w+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !text.includes(`id="${id}"`))).toEqual([]);
    expect(text).not.toMatch(/undefined|\[object/);
    await t.api.get('/v1/docs/nothing').expect(404);
  });
});

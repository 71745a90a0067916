import { expect } from '@jest/globals';
import type { Response } from 'supertest';
import type { TestApp } from './app.js';

/** Opens the link of a mail as a browser does: the token moves into a cookie, and the page has another address. */
export async function follow({ api }: Pick<TestApp, 'api'>, link: string) {
  const first = await api.get(link).expect(303);
  const cookie = first.headers['set-cookie'][0].split(';')[0];
  const path = first.headers.location;
  return {
    path,
    cookie,
    get: (address = path) => api.get(address).set('Cookie', cookie),
    post: (fields: object) => api.post(path).set('Cookie', cookie).type('form').send(fields),
  };
}

/** The page behind a link, whatever its status. */
export async function visit(t: Pick<TestApp, 'api'>, link: string, status = 200): Promise<Response> {
  const first = await t.api.get(link);
  const page = first.status === 303 ? await (await follow(t, link)).get() : first;
  expect(page.status).toBe(status);
  return page;
}

import { expect } from '@jest/globals';
import type { TestApp } from './app.js';

/** The HTTP requests with which a chair runs a session, each with the ETag of what it changes. */
export function chairOf(t: TestApp, token: string) {
  const get = async (path: string) => (await t.api.get(path).set('Authorization', token).expect(200)).body;
  const tagOf = async (path: string) =>
    (await t.api.get(path).set('Authorization', token).expect(200)).headers.etag as string;
  const send = (method: 'put' | 'patch', path: string, tag: string, body?: object) =>
    t.api[method](path).set('Authorization', token).set('If-Match', tag).send(body);
  const post = async (path: string, body: object) => {
    const answer = await t.api.post(path).set('Authorization', token).send(body);
    expect([path, answer.status, answer.body.errors ?? answer.body.detail]).toEqual([path, 201, undefined]);
    return answer.body;
  };
  const session = (id: string) => `/v1/sessions/${id}`;
  return {
    get,
    post,
    /** Puts a state of a session (`opening`, `closing` …) and returns the response. */
    bring: async (id: string, state: string, body?: object) =>
      send('put', `${session(id)}/${state}`, await tagOf(session(id)), body),
    send: async (id: string) => send('put', `${session(id)}/minutes/dispatch`, await tagOf(`${session(id)}/minutes`)),
    adopt: async (id: string, body: object, tag?: string) =>
      send('put', `${session(id)}/minutes/adoption`, tag ?? (await tagOf(`${session(id)}/minutes`)), body),
    note: async (itemId: string, version: number, body: object) =>
      send('patch', `/v1/agenda-items/${itemId}`, `"${version}"`, body),
  };
}

export type Chair = ReturnType<typeof chairOf>;

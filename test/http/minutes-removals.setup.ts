import { beforeAll } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';

export const GROUND = 'Verzoek van een betrokkene, artikel 17 AVG.';
export const TERM = 'Selectielijst gemeenten 2020, einde van de termijn.';

/** Minutes that were sent, requests to redact them, and what the database still contains. */
export function setUpRemovals(kind: DatabaseKind, start = () => startApp(kind, { today: '2026-06-02' })) {
  const r = {} as {
    t: TestApp;
  };
  beforeAll(async () => {
    r.t = await start();
  }, 60_000);
  const sent = async () => {
    const b = await boskoop(r.t);
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    return b;
  };
  const path = (b: Boskoop) => `/v1/sessions/${b.session.id}/minutes`;
  const get = (b: Boskoop, token: string, more = '') => r.t.api.get(path(b) + more).set('Authorization', token);
  const put = async (b: Boskoop, what: string, body: object, token = b.signedIn.chair, tag?: string) => {
    const read = tag ?? (await get(b, b.signedIn.chair).expect(200)).headers.etag;
    return r.t.api
      .put(`${path(b)}/${what}`)
      .set('Authorization', token)
      .set('If-Match', read)
      .send(body);
  };
  const redaction = (item: string, words: string) => ({ ground: GROUND, passages: [{ item, words }] });
  /** Everything about these minutes that the database still contains. */
  const held = async (b: Boskoop) => {
    const parts = await rows(
      r.t.database.reader,
      `SELECT p."content" FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId"
       JOIN "minutes" m ON m."id" = v."minutesId" WHERE m."sessionId" = $1`,
      [b.session.id],
    );
    const items = await rows(r.t.database.reader, 'SELECT * FROM "agenda_items" WHERE "sessionId" = $1', [
      b.session.id,
    ]);
    return JSON.stringify([parts, items]);
  };
  return Object.assign(r, { sent, path, get, put, redaction, held });
}

import { beforeAll, describe, expect, it } from '@jest/globals';
import { holdMail, releaseMail } from '../../src/platform/mail/mail-hold.js';
import { onBothDatabases } from '../support/app.js';
import { routesOf } from '../support/routes.js';
import { setUpWijkagendas } from './wijkagendas.setup.js';

const PUBLIC = /^\/(openbaar|jaarevaluaties|v1\/public)(\/|$)/;

onBothDatabases((kind) => {
  const w = setUpWijkagendas(kind);
  let published: string;
  beforeAll(async () => {
    published = await w.create({ year: 2026 });
    await w.adopt(published).expect(200);
    await w.put(`/${published}/publication`, 2).expect(200);
  });

  const statuses = async () => {
    const paths = [`/openbaar/wijkagenda/${published}`, `/v1/public/wijkagendas/${published}`, '/openbaar/feed'];
    return Promise.all(paths.map(async (path) => (await w.t.api.get(path)).status));
  };

  it('is behind one door with everything else that was published', () => {
    const routes = routesOf(w.t).filter(({ required }) => ['everyone', 'published'].includes(required!));
    const [behind, beside] = ['published', 'everyone'].map((kind) =>
      routes.filter(({ required }) => required === kind).map(({ path }) => path),
    );
    expect(behind.length).toBeGreaterThan(14);
    expect(behind.filter((path) => !PUBLIC.test(path))).toEqual([]);
    expect(beside.filter((path) => PUBLIC.test(path))).toEqual([]);
  });

  describe('of a copy that was restored', () => {
    const isClosed = async () => {
      for (const { path } of routesOf(w.t).filter(({ required }) => required === 'published')) {
        const { status, body } = await w.t.api.get(path.replaceAll(/:\w+/g, published));
        expect([path, status, body.code]).toEqual([path, 503, 'PUBLIC_PAGES_CLOSED']);
      }
      const page = await w.t.api.get('/openbaar').set('Accept', 'text/html').expect(503);
      expect(page.text).toContain('De gegevens zijn teruggezet uit een reservekopie.');
      await w.t.api.get('/aanmelden').expect(200);
      await w.get(`/${published}`).expect(200);
    };
    const release = () => releaseMail(w.t.database, { waiting: 'skip', sendsWeek: false, moment: w.t.clock.moment() });

    it('nothing is shown until it is released: what was withdrawn since is published in it again', async () => {
      expect(await statuses()).toEqual([200, 200, 200]);
      await holdMail(w.t.database, w.t.clock.moment());
      await isClosed();
      await release();
      expect(await statuses()).toEqual([200, 200, 200]);
    });

    if (kind === 'postgresql')
      it('under the running service, nor while its rows are being put back', async () => {
        for (const sql of [`DELETE FROM "mail_hold"`, `INSERT INTO "mail_hold" ("id", "home") VALUES (1, '1/2/3')`]) {
          await w.t.database.writer.query(sql);
          await isClosed();
        }
        await release();
        expect(await statuses()).toEqual([200, 200, 200]);
      });
  });
});

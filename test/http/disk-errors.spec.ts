import { expect, it } from '@jest/globals';
import { open } from 'node:fs/promises';
import { rows } from '../../src/platform/database/rows.js';
import { startApp } from '../support/app.js';

const LIST = ['actie;wie;wanneer', ...Array.from({ length: 300 }, (_, n) => `Bank ${n} herstellen;Politie;z.s.m.`)];

it('answers 503 when the disk fails while the pages of an import are written, and stores nothing of it', async () => {
  const t = await startApp('sqlite', { isOwn: true });
  const area = await t.make.area({ name: 'Boskoop', code: 'BOS' });
  await t.make.organisation({ name: 'Politie' });
  await t.make.meeting(area.id);
  const chair = await t.make.signedIn('chair', area.id);
  const sent = t.api.post(`/v1/action-imports?area=${area.id}`).set('Authorization', chair).type('text/csv');
  const { id } = (await sent.send(LIST.join('\n')).expect(201)).body;
  const execute = () =>
    t.api.put(`/v1/action-imports/${id}/execution`).set('Authorization', chair).set('If-Match', '"1"');
  const file = await open(t.settings.DATABASE_PATH);
  const handle = Object.getPrototypeOf(file) as typeof file;
  await file.close();
  const datasync = handle.datasync;
  handle.datasync = () => Promise.reject(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
  try {
    const { status, headers, body } = await execute();
    expect([status, headers['retry-after'], body.code]).toEqual([503, '5', 'BUSY']);
  } finally {
    handle.datasync = datasync;
  }
  const count = async () =>
    (await rows<{ n: number }>(t.database.reader, 'SELECT count(*) AS "n" FROM "actions"'))[0].n;
  expect(await count()).toBe(0);
  await execute().expect(200);
  expect(await count()).toBe(300);
});

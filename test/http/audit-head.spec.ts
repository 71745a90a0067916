import { expect, it } from '@jest/globals';
import { AuditHeadLog } from '../../src/platform/audit/head-log.js';
import { row } from '../../src/platform/database/rows.js';
import { databasesNow, startApp } from '../support/app.js';

it.each(databasesNow())('writes the head of the chain to the log once a day: %s', async (kind) => {
  const t = await startApp(kind, { now: '2026-06-02T21:50:00Z', isOwn: true });
  const heads: unknown[] = [];
  const keep = (message: { msg?: string }) => (message.msg === 'audit head' ? heads.push(message) : undefined);
  t.app.useLogger({ log: keep, error: () => {}, warn: () => {} } as never);
  const head = t.app.get(AuditHeadLog);
  await head.tick();
  expect(heads).toEqual([]);
  const token = await t.make.signedIn('admin');
  await t.api.post('/v1/organisations').set('Authorization', token).send({ name: 'x', kind: 'other' }).expect(201);
  t.clock.set('2026-06-02T22:00:01Z');
  await head.tick();
  await head.tick();
  const now = await row(t.database.reader, 'SELECT "sequence", "hash" FROM "audit_head"');
  expect(heads).toEqual([{ msg: 'audit head', ...(now as object) }]);
});

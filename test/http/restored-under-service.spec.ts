import { expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp, restore } from '../../src/backup.js';
import { FileSweeper } from '../../src/files/file-sweeper.js';
import { newId } from '../../src/platform/common/ids.js';
import { holdMail } from '../../src/platform/mail/mail-hold.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp } from '../support/app.js';

onBothDatabases((kind) => {
  it('deletes no file that a restored copy does not know: until it is released the original may', async () => {
    const t = await startApp(kind);
    mkdirSync(t.settings.FILES_PATH, { recursive: true });
    const newer = newId();
    writeFileSync(join(t.settings.FILES_PATH, newer), 'x');
    await holdMail(t.database, t.clock.moment());
    await t.app.get(FileSweeper).sweep();
    expect(readdirSync(t.settings.FILES_PATH)).toEqual([newer]);
  });

  if (kind === 'postgresql')
    it('deletes no file while rows are being put back under it', async () => {
      const t = await startApp(kind);
      mkdirSync(t.settings.FILES_PATH, { recursive: true });
      const known = newId();
      writeFileSync(join(t.settings.FILES_PATH, known), 'x');
      // As between the tables and their rows, and once the rows are there.
      for (const sql of [`DELETE FROM "mail_hold"`, `INSERT INTO "mail_hold" ("id", "home") VALUES (1, '1/2/3')`]) {
        await t.database.writer.query(sql);
        await t.app.get(FileSweeper).sweep();
        expect(readdirSync(t.settings.FILES_PATH)).toEqual([known]);
      }
    });
});

it('acknowledges nothing more once its SQLite file was moved away or replaced, and says so', async () => {
  const t = await startApp('sqlite', { isOwn: true });
  const admin = await t.make.signedIn('admin');
  const add = (name: string) =>
    t.api.post('/v1/organisations').set('Authorization', admin).send({ name, kind: 'other' });
  await add('voor').expect(201);
  const folder = join(t.settings.DATABASE_PATH, '..');
  const copy = join(folder, 'kopie.sqlite');
  await backUp(t.settings, copy, t.clock.moment());
  const old = join(folder, 'oud');
  mkdirSync(old);
  // As the administrators' manual has it, without its first line.
  for (const name of readdirSync(folder).filter((one) => one.startsWith('test.')))
    renameSync(join(folder, name), join(old, name));
  const refused = async () => {
    const answer = await add('verloren').expect(503);
    expect([answer.headers['retry-after'], answer.body.code]).toEqual(['5', 'BUSY']);
    expect((await t.api.get('/health/ready').expect(503)).body.code).toBe('DATABASE_REPLACED');
  };
  await refused();
  await restore(t.settings, copy, t.clock.moment());
  await refused();
  const names = await rows<{ name: string }>(t.database.reader, 'SELECT "name" FROM "organisations"');
  expect(names.map(({ name }) => name)).not.toContain('verloren');
});

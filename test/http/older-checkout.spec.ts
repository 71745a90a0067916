import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onDatabase } from '../../src/admin.js';
import { backUp, restore } from '../../src/backup.js';
import { createApp } from '../../src/configure.js';
import { clearDemoPlace } from '../../src/demo/demo-place.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { newPlace, onBothDatabases } from '../support/app.js';
import { contentsOf, leaveUnfinished, olderCheckout } from '../support/older-checkout.js';

const REFUSED = /made by an older version of Wijkagenda .*keep using that version .* empty database/;
const CLI = join(process.cwd(), 'dist/bundle/cli.js');
const EMAIL = ['--email', 'beheerder@gemeente.example'];
const newFolder = () => mkdtempSync(join(tmpdir(), 'wijkagenda-older-'));

/** Runs commands of the built program one after the other in one process; returns the output and exit code of each. */
async function run(environment: Record<string, string>, commands: string[][]) {
  const script = `
    for (const [n, words] of JSON.parse(process.argv[1]).entries()) {
      const printed = [];
      console.log = console.error = (text) => printed.push(text);
      process.exitCode = 0;
      process.argv = [process.argv[0], 'cli.js', 'admin', ...words];
      await import(${JSON.stringify(CLI)} + '?' + n);
      process.stdout.write(JSON.stringify({ words, code: process.exitCode, text: printed.join() }) + '\\n');
    }
    process.exitCode = 0;`;
  const env = { PATH: process.env.PATH, NODE_ENV: 'test', ...environment };
  const words = ['--input-type=module', '--eval', script, JSON.stringify(commands)];
  const { stdout } = await promisify(execFile)(process.execPath, words, { env });
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { words: string[]; code: number; text: string });
}

onBothDatabases((kind) => {
  describe('a database of an older checkout is refused, and nothing in it changes,', () => {
    let older: Awaited<ReturnType<typeof olderCheckout>>;
    let before: string;
    beforeAll(async () => {
      older = await olderCheckout(kind);
      before = await older.contents();
    });
    afterAll(() => older.remove());
    const settings = () => readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...older.environment });

    it('at the start of the service', async () => {
      await expect(createApp(settings())).rejects.toThrow(REFUSED);
      expect(await older.contents()).toBe(before);
    });

    it('by what every command works on', async () => {
      await expect(onDatabase(settings(), async () => 'done')).rejects.toThrow(REFUSED);
      expect(await older.contents()).toBe(before);
    });

    it('by each command', async () => {
      const folder = newFolder();
      const answers = await run(older.environment, [
        ['create', ...EMAIL, '--name', 'beheerder'],
        ['link', ...EMAIL],
        ['token', ...EMAIL],
        ['remove-passkeys', ...EMAIL],
        ['verify'],
        ['backup', '--to', join(folder, 'kopie.sqlite')],
        ['restore', '--from', older.environment.DATABASE_PATH],
        ['note-backup'],
        ['retention', '--execute'],
        ['archive', '--area', 'GEM', '--year', '2020', '--to', join(folder, 'archief')],
        ['hold-mail'],
        ['release-mail', '--waiting', 'skip'],
      ]);
      for (const { words, code, text } of answers) {
        const isOfFile = kind === 'postgresql' && ['backup', 'restore'].includes(words[0]);
        const said = isOfFile ? /back it up with pg_dump/ : REFUSED;
        expect({ words, code, text }).toEqual({ words, code: 1, text: expect.stringMatching(said) });
      }
      const named = [...readFileSync('src/cli.ts', 'utf8').matchAll(/^ {2}'admin ([a-z-]+)':/gm)];
      expect(answers.map(({ words }) => words[0]).sort()).toEqual(named.map(([, name]) => name).sort());
      expect(readdirSync(folder)).toEqual([]);
      expect(await older.contents()).toBe(before);
    });
  });
});

describe('on SQLite', () => {
  it('an unfinished file of an older checkout is left unfinished', async () => {
    const { environment, remove } = await olderCheckout('sqlite');
    const path = environment.DATABASE_PATH;
    leaveUnfinished(path);
    const before = contentsOf(path);
    expect(before).toContain('-wal');
    const settings = readSettings({ NODE_ENV: 'test', ...environment });
    await expect(openDatabase(settings, SCHEMA, true)).rejects.toThrow(REFUSED);
    await expect(backUp(settings, join(newFolder(), 'kopie.sqlite'), '')).rejects.toThrow(REFUSED);
    expect(contentsOf(path)).toBe(before);
    await remove();
  });

  it('a back-up of an older checkout is not restored', async () => {
    const older = await olderCheckout('sqlite');
    const empty = await newPlace('sqlite');
    const from = older.environment.DATABASE_PATH;
    const before = await older.contents();
    const settings = readSettings({ NODE_ENV: 'test', ...empty.environment });
    await expect(restore(settings, from, '2026-06-08T06:00:00.000Z')).rejects.toThrow(REFUSED);
    expect(await older.contents()).toBe(before);
    for (const ending of ['', '.part', '-wal', '-shm'])
      expect(existsSync(`${empty.environment.DATABASE_PATH}${ending}`)).toBe(false);
    await older.remove();
    await empty.remove();
  });

  it('nothing is put back over a database of an older checkout', async () => {
    const older = await olderCheckout('sqlite');
    const before = await older.contents();
    const settings = readSettings({ NODE_ENV: 'test', ...older.environment });
    await expect(restore(settings, process.env.TEST_SQLITE_TEMPLATE!, '2026-06-08T06:00:00.000Z')).rejects.toThrow(
      /nothing was overwritten/,
    );
    expect((await older.contents()).replace(/^.*\.lock .*\n?/m, '').trim()).toBe(before);
    await older.remove();
  });

  it('the demo does not throw away a file of an older checkout', async () => {
    const older = await olderCheckout('sqlite');
    const before = await older.contents();
    await expect(clearDemoPlace('', older.environment.DATABASE_PATH)).rejects.toThrow(
      /made by an older version of Wijkagenda.*Delete that file/,
    );
    expect(await older.contents()).toBe(before);
    await older.remove();
  });
});

it('the demo does not throw away a schema of an older checkout on PostgreSQL', async () => {
  const older = await olderCheckout('postgresql', 'wijkagenda_demo');
  const before = await older.contents();
  await expect(clearDemoPlace(older.environment.DATABASE_URL)).rejects.toThrow(
    /wijkagenda_demo is left as it is: it was made by an older version of Wijkagenda/,
  );
  expect(await older.contents()).toBe(before);
  await older.remove();
});

import BetterSqlite3 from 'better-sqlite3';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { verify } from './admin.js';
import { openDatabase } from './platform/database/data-source.js';
import { holdMail, NUMBERS_SKIPPED, skipNumbers } from './platform/mail/mail-hold.js';
import { migrationsInFile, refuseOtherVersions } from './platform/database/other-versions.js';
import { Transactions } from './platform/database/transactions.js';
import { codeOf } from './platform/common/storage-errors.js';
import { atFile } from './platform/sqlite/sqlite-options.js';
import { emptyWriteAheadLog } from './platform/sqlite/file-rewrite.js';
import { holdService } from './platform/sqlite/service-lock.js';
import { SCHEMA } from './schema.js';
import { copiedLine, copyFiles } from './files/file-copies.js';
import { FileStore } from './files/file-store.js';
import { filesBeside } from './platform/data-folder.js';
import { type Settings } from './platform/settings.js';

/** The result of verifying a backup or restored copy, line by line. */
interface Copied {
  path: string;
  lines: string[];
}

const ON_POSTGRES =
  'The data is in PostgreSQL: back it up with pg_dump and restore it with pg_restore, see docs/beheer.md.';

/**
 * Copies the SQLite database to a new file in one step, while a service may keep writing, and verifies the copy. It
 * contains everything committed when it began, with its mail held however it is put back. The files it knows are copied
 * after it, to a folder beside it, while nothing deletes them. Throws if there is no database, it is of another version,
 * the copy exists, or verification fails.
 */
export async function backUp(settings: Settings, to: string, moment: string): Promise<Copied> {
  if (settings.DATABASE_URL) throw new Error(ON_POSTGRES);
  const path = resolve(to);
  mustBeFree(path);
  if (!existsSync(settings.DATABASE_PATH)) throw new Error(`There is no database at ${settings.DATABASE_PATH}.`);
  refuseOtherVersions(migrationsInFile(settings.DATABASE_PATH), SCHEMA.migrations);
  const store = new FileStore(settings);
  await store.hold();
  try {
    await copyDatabase(settings, `${path}.part`);
    const files = { from: settings.FILES_PATH, to: filesBeside(path) };
    return { path, lines: await settle(settings, `${path}.part`, path, moment, files) };
  } finally {
    await store.release();
  }
}

async function copyDatabase(settings: Settings, part: string): Promise<void> {
  removePart(part);
  mkdirSync(dirname(part), { recursive: true });
  const source = new BetterSqlite3(settings.DATABASE_PATH, { readonly: true, fileMustExist: true, timeout: 30_000 });
  try {
    source.prepare('VACUUM INTO ?').run(part);
  } catch (error) {
    rmSync(part, { force: true });
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))) throw atFile(error, settings.DATABASE_PATH);
    throw new Error(`The copy could not be written to ${part}: ${(error as Error).message}`, { cause: error });
  } finally {
    source.close();
  }
  chmodSync(part, 0o600);
}

/**
 * Restores a backup to the configured path, which must not exist, with its files, verifies it and holds its mail. Throws if a service
 * or another database is there, or the backup is of another version or damaged; in that case nothing is left behind.
 */
export async function restore(settings: Settings, from: string, moment: string): Promise<Copied> {
  if (settings.DATABASE_URL) throw new Error(ON_POSTGRES);
  const path = settings.DATABASE_PATH;
  if (!existsSync(resolve(from))) throw new Error(`There is no backup at ${resolve(from)}.`);
  refuseOtherVersions(migrationsInFile(resolve(from)), SCHEMA.migrations);
  mkdirSync(dirname(path), { recursive: true });
  const release = holdService(path);
  try {
    for (const beside of ['', '-wal', '-shm']) mustBeFree(`${path}${beside}`);
    const part = `${path}.part`;
    removePart(part);
    copyFileSync(resolve(from), part);
    chmodSync(part, 0o600);
    const files = { from: filesBeside(resolve(from)), to: settings.FILES_PATH };
    return { path, lines: await settle(settings, part, path, moment, files, { isRestored: true }) };
  } finally {
    release();
  }
}

/** Verifies the partial file, renames it and returns the findings; if verification fails, deletes it and throws. */
async function settle(
  settings: Settings,
  part: string,
  path: string,
  heldAt: string,
  files: { from: string; to: string },
  { isRestored = false } = {},
): Promise<string[]> {
  try {
    const lines = [fileViolation(part) ?? 'file: intact'];
    if (lines[0] !== 'file: intact') throw new Error(`The copy is damaged: ${lines[0]}`);
    const database = await openDatabase({ ...settings, DATABASE_PATH: part }, SCHEMA, false);
    try {
      const found = await verify(database);
      if (!found.isWhole) throw new Error(`The copy is damaged: ${found.lines.join(' ')}`);
      lines.push(...found.lines);
      await holdMail(database, heldAt);
      if (isRestored) {
        await new Transactions(database).run((manager) => skipNumbers(manager));
        lines.push(NUMBERS_SKIPPED);
      }
      // Closing it would leave in the log what does not fit in the file, and say nothing.
      if (!(await emptyWriteAheadLog(database))) throw new Error(`${part} is in use; nothing was kept.`);
      lines.push(...copiedLine(await copyFiles(database.reader, files.from, files.to), files.to));
    } finally {
      await database.onApplicationShutdown();
    }
    renameSync(part, path);
    return lines;
  } finally {
    removePart(part);
  }
}

/** With its logs: SQLite would apply those that a killed process left to the next file of that name. */
function removePart(part: string): void {
  for (const beside of ['', '-wal', '-shm', '-journal']) rmSync(`${part}${beside}`, { force: true });
}

/** What SQLite's own checks find wrong with a file; null if nothing. */
function fileViolation(path: string): string | null {
  let file: BetterSqlite3.Database | undefined;
  try {
    file = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
    const [{ integrity_check: answer }] = file.pragma('integrity_check') as { integrity_check: string }[];
    const orphans = file.pragma('foreign_key_check') as { table: string }[];
    if (answer !== 'ok') return answer;
    return orphans.length > 0 ? `rows of ${orphans[0].table} refer to missing rows` : null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    file?.close();
  }
}

function mustBeFree(path: string): void {
  if (existsSync(path)) throw new Error(`${path} already exists; nothing was overwritten.`);
}

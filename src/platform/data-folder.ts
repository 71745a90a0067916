import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf } from './common/storage-errors.js';

const SHORTEST_KEY = 32;

/** The folder of the files that belong to a SQLite file or a backup of one: `wijkagenda.files` beside `wijkagenda.sqlite`. */
export const filesBeside = (databasePath: string): string => `${databasePath.replace(/\.sqlite$/, '')}.files`;

/**
 * The key generated at first start, stored next to the SQLite file and readable by its owner only. Throws if it cannot be made
 * or read, and if it is too short: everybody could compute what is signed with an empty one.
 */
export function keyBeside(databasePath: string): string {
  const path = join(dirname(databasePath), 'secret.key');
  if (!existsSync(path)) makeKey(path);
  let key: string;
  try {
    key = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(
      `The secret key beside DATABASE_PATH cannot be read: ${(error as Error).message}. It must belong to the user of the service.`,
      { cause: error },
    );
  }
  if (key.length >= SHORTEST_KEY) return key;
  throw new Error(
    `${path} is empty or damaged. Put back a copy of it. Without one, delete it: the next start makes another, with which links in ` +
      'mails, sign-ins and secrets of webhooks from before no longer work.',
  );
}

/** In one piece, because what a full disk left of it would be taken for the key at the next start. */
function makeKey(path: string): void {
  const part = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(part, randomBytes(32).toString('base64url'), { mode: 0o600 });
      linkSync(part, path);
    } finally {
      if (existsSync(part)) rmSync(part);
    }
  } catch (error) {
    // Another process was first.
    if (codeOf(error) === 'EEXIST' && existsSync(path)) return;
    throw new Error(`DATABASE_PATH must be in a folder that the service can write to: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Whether files can be written in this folder, which may still have to be made. */
export function isWritableFolder(path: string): boolean {
  let nearest = path;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    return statSync(nearest).isDirectory();
  } catch {
    return false;
  }
}

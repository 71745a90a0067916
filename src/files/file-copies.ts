import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { rows, type Source } from '../platform/database/rows.js';
import { FileStore, hashOf } from './file-store.js';

/**
 * Copies the files that this database knows from one folder to another, and compares each with its hash. Copies
 * nothing, and creates no folder, if there are none. Throws if one is missing or was altered; then nothing is left
 * behind.
 */
export async function copyFiles(source: Source, from: string, to: string): Promise<number> {
  const known = await rows<{ id: string; sha256: string }>(
    source,
    `SELECT "id", "sha256" FROM "files" WHERE "state" = 'stored'`,
  );
  if (known.length === 0) return 0;
  if (existsSync(to) && (await readdir(to)).length > 0) throw new Error(`${to} is not empty; nothing was overwritten.`);
  const part = `${to}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  const [theirs, ours] = [new FileStore({ FILES_PATH: from }), new FileStore({ FILES_PATH: part })];
  try {
    for (const { id, sha256 } of known) {
      if (!existsSync(theirs.pathOf(id))) throw new Error(`The file ${id} is missing from ${from}.`);
      await copyFile(theirs.pathOf(id), ours.pathOf(id));
      if ((await hashOf(ours.pathOf(id))) !== sha256) throw new Error(`The file ${id} in ${from} is damaged.`);
      if (existsSync(theirs.thumbnailOf(id))) await copyFile(theirs.thumbnailOf(id), ours.thumbnailOf(id));
    }
    await rm(to, { recursive: true, force: true });
    await rename(part, to);
    return known.length;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

/** "3 files beside it in 2026-06-02.files". */
export const copiedLine = (count: number, to: string): string[] =>
  count === 0 ? [] : [`files: ${count} copied to ${basename(to)}, intact`];

import { basename } from 'node:path';
import { rows, type Source } from '../platform/database/rows.js';
import { type FileStore, hashOf } from './file-store.js';

/** The result of comparing the files on disk with the database. */
interface FilesFound {
  /** How many files the database knows. */
  known: number;
  /** The ids of files whose bytes are missing, or are not those that were stored. */
  missing: string[];
  damaged: string[];
  /** The ids of images that are intact but have lost their thumbnail: the sweeper recreates it. */
  withoutThumbnail: string[];
  /** Names on disk that are unknown to the database; the sweeper deletes those that are ours. */
  surplus: string[];
  /** The ids of uploads that are in progress, or were cut off when their process ended: the sweeper deletes those. */
  unfinished: string[];
}

/** Compares every stored file with its bytes on disk; reads all of them. */
export async function checkFiles(source: Source, store: FileStore): Promise<FilesFound> {
  const { names, whole, strange } = await store.found();
  const known = await rows<{ id: string; state: string; sha256: string; width: number | null }>(
    source,
    `SELECT "id", "state", "sha256", "width" FROM "files" WHERE "state" <> 'redacted' ORDER BY "id"`,
  );
  const stored = known.filter(({ state }) => state === 'stored');
  const damaged: string[] = [];
  for (const { id, sha256 } of stored)
    if (whole.has(id) && (await hashOf(store.pathOf(id))) !== sha256) damaged.push(id);
  const ids = new Set(known.map(({ id }) => id));
  return {
    known: stored.length,
    missing: stored.map(({ id }) => id).filter((id) => !whole.has(id)),
    damaged,
    withoutThumbnail: stored
      .filter(({ id, width }) => width !== null && whole.has(id) && !names.has(basename(store.thumbnailOf(id))))
      .map(({ id }) => id),
    surplus: [...[...names].filter((name) => !ids.has(name.split('.', 1)[0])), ...strange].toSorted(),
    unfinished: known.filter(({ state }) => state === 'uploading').map(({ id }) => id),
  };
}

const named = (names: string[], what: string): string[] =>
  names.length === 0 ? [] : [`${names.length} ${what}: ${names.join(', ')}`];

/**
 * The findings in a line; null if there are no files at all. Lost thumbnails, surplus and unfinished files are reported
 * but do not count as flaws.
 */
export function filesLine(files: FilesFound): { line: string; isWhole: boolean } | null {
  const { known, missing, damaged, withoutThumbnail, surplus, unfinished } = files;
  if (known + surplus.length + unfinished.length === 0) return null;
  const flaws = [...named(missing, 'missing'), ...named(damaged, 'damaged')];
  const beside = [
    ...named(withoutThumbnail, 'without thumbnail'),
    ...named(surplus, 'surplus'),
    ...named(unfinished, 'unfinished'),
  ];
  const found = [...(flaws.length === 0 ? ['intact'] : flaws), ...beside];
  return { line: `files: ${found.join('; ')}`, isWhole: flaws.length === 0 };
}

import { afterAll } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mounted: string[] = [];
afterAll(() => {
  for (const path of mounted) execFileSync('umount', ['-l', path], { stdio: 'ignore' });
});

/** A small separate disk, unmounted after the file; undefined if nothing can be mounted here. */
export function smallDisk(size = '6m'): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'wijkagenda-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  mounted.push(path);
  return path;
}

/** Fills the disk until this many bytes are left; returns what frees them again. */
export function fillDisk(disk: string, left: number): () => void {
  const free = statfsSync(disk);
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(Math.max(0, free.bavail * free.bsize - left)));
  return () => rmSync(filler);
}

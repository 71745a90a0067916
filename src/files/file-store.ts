import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId } from '../platform/common/ids.js';
import { notFound } from '../platform/common/problems.js';
import { SETTINGS, type Settings } from '../platform/settings.js';

/** The thumbnail of an image, beside it. */
const THUMBNAIL = '.thumb';
/** A file being written, not yet complete. */
const PART = '.part';
const HOLD = '.hold';

/** The files on disk: `FILES_PATH/<id>`, a thumbnail beside it, and parts of uploads in progress. */
@Injectable()
export class FileStore {
  private readonly log = new Logger('files');
  private readonly folder: string;

  constructor(@Inject(SETTINGS) settings: Pick<Settings, 'FILES_PATH'>) {
    this.folder = settings.FILES_PATH;
  }

  pathOf(id: string): string {
    if (!isId(id)) throw new Error('Not the id of a file.');
    return join(this.folder, id);
  }

  thumbnailOf = (id: string): string => `${this.pathOf(id)}${THUMBNAIL}`;
  partOf = (id: string): string => `${this.pathOf(id)}${PART}`;

  /** Streams the input to the part; returns its size in bytes. */
  async receive(id: string, stream: Readable): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = createWriteStream(this.partOf(id), { mode: 0o600, flags: 'wx' });
    await pipeline(stream, file);
    return file.bytesWritten;
  }

  /** The first and the last bytes of a part. */
  async ends(id: string, length: number): Promise<{ head: Buffer; tail: Buffer }> {
    const file = await open(this.partOf(id), 'r');
    try {
      const { size } = await file.stat();
      const read = async (position: number): Promise<Buffer> => {
        const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position });
        return buffer.subarray(0, bytesRead);
      };
      return { head: await read(0), tail: await read(Math.max(0, size - length)) };
    } finally {
      await file.close();
    }
  }

  /** Puts a written file in its place, durably; returns its size in bytes and hash. */
  async settle(id: string, written: string): Promise<{ bytes: number; sha256: string }> {
    const file = await open(written, 'r');
    await file.sync().finally(() => file.close());
    const sha256 = await hashOf(written);
    const { size } = await stat(written);
    await rename(written, this.pathOf(id));
    if (written !== this.partOf(id)) await rm(this.partOf(id), { force: true });
    const folder = await open(this.folder, 'r');
    await folder.sync().finally(() => folder.close());
    return { bytes: size, sha256 };
  }

  /** Throws if the file is missing: the database knows it, but the folder has lost it. */
  /** 404 if it was removed in the meantime, or was lost; the log reports it, as does `verify`. */
  read(id: string): Promise<Readable> {
    return this.stream(this.pathOf(id));
  }

  readThumbnail(id: string): Promise<Readable> {
    return this.stream(this.thumbnailOf(id));
  }

  private async stream(path: string): Promise<Readable> {
    try {
      return (await open(path, 'r')).createReadStream();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.log.warn(`Not on disk: ${basename(path)}`);
      throw notFound();
    }
  }

  /** Puts the thumbnail of a stored image in its place. */
  async putThumbnail(id: string, bytes: Buffer): Promise<void> {
    await writeFile(this.partOf(id), bytes, { mode: 0o600 });
    await rename(this.partOf(id), this.thumbnailOf(id));
  }

  /** Deletes everything of a file, if there is anything. */
  async remove(id: string): Promise<void> {
    for (const path of [this.pathOf(id), this.thumbnailOf(id), this.partOf(id), `${this.partOf(id)}.new`])
      await rm(path, { force: true });
  }

  /** The ids that have anything on disk, with the names, and the names that are not ours. */
  async found(): Promise<{ ids: Set<string>; names: Set<string>; whole: Set<string>; strange: string[] }> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const ours = names.filter((name) => isId(name.split('.', 1)[0]));
    return {
      names: new Set(ours),
      ids: new Set(ours.map((name) => name.split('.', 1)[0])),
      whole: new Set(ours.filter((name) => isId(name))),
      strange: names.filter((name) => name !== HOLD && !isId(name.split('.', 1)[0])),
    };
  }

  /** When a backup requested that nothing be deleted; null if none did. */
  async heldAt(): Promise<number | null> {
    return stat(join(this.folder, HOLD)).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
  }

  /** Requests that nothing be deleted until the release, for a backup. */
  async hold(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await open(join(this.folder, HOLD), 'w', 0o600).then((file) => file.close());
  }

  /** A folder that was created for the hold is removed again. */
  async release(): Promise<void> {
    await rm(join(this.folder, HOLD), { force: true });
    await rmdir(this.folder).catch(() => {});
  }
}

/** SHA-256 of a file, read in chunks. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

import { createRequire } from 'node:module';
import type { default as Module, Sharp } from 'sharp';
import { refusedFile } from './file-refusals.js';

type SharpModule = typeof Module;

/** The size of a photo of today's largest phones; a larger image is meant to exhaust the memory. */
const MOST_PIXELS = 64_000_000;
/** The longest side of a stored image, and of its thumbnail, in pixels. */
const LONGEST_SIDE = 2_560;
const LONGEST_OF_THUMBNAIL = 320;
const LONGEST_PRINTED = 900;

interface Written {
  width: number;
  height: number;
}

let busy: Promise<unknown> = Promise.resolve();

/**
 * Re-encodes the image, upright and without camera metadata (place, time, owner), with a thumbnail. One at a time: a
 * photo takes some hundred megabytes while being decoded. Throws the refusal if it is damaged or too large.
 */
export function rewriteImage(from: string, format: 'jpeg' | 'png', to: string, thumbnail: string): Promise<Written> {
  const turn = busy.then(() => rewrite(from, format, to, thumbnail));
  busy = turn.catch(() => {});
  return turn;
}

/** A stored image for printing, as a JPEG of at most 900 pixels wide or high; one at a time. */
export function printable(path: string): Promise<Buffer> {
  const turn = busy.then(() =>
    smaller(open(loaded(), path), LONGEST_PRINTED).flatten({ background: 'white' }).jpeg({ quality: 78 }).toBuffer(),
  );
  busy = turn.catch(() => {});
  return turn;
}

/** The thumbnail of a stored image, as a JPEG; one at a time. */
export function thumbnailFrom(path: string): Promise<Buffer> {
  const turn = busy.then(() => small(loaded()(path)).toBuffer());
  busy = turn.catch(() => {});
  return turn;
}

async function rewrite(from: string, format: 'jpeg' | 'png', to: string, thumbnail: string): Promise<Written> {
  const sharp = loaded();
  try {
    const { width, height } = await encoded(smaller(open(sharp, from), LONGEST_SIDE), format).toFile(to);
    await small(sharp(to)).toFile(thumbnail);
    return { width, height };
  } catch (error) {
    const { message } = error as Error;
    // The library reports a full disk only in its message.
    if (/No space left|unable to write|write error/i.test(message))
      throw Object.assign(error as Error, { code: 'ENOSPC' });
    throw refusedFile(/pixel limit/i.test(message) ? 'TOO_MANY_PIXELS' : 'DAMAGED');
  }
}

const open = (sharp: SharpModule, from: string): Sharp =>
  sharp(from, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true }).autoOrient();

const smaller = (image: Sharp, side: number): Sharp =>
  image.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });

const small = (image: Sharp): Sharp =>
  smaller(image, LONGEST_OF_THUMBNAIL).flatten({ background: 'white' }).jpeg({ quality: 75 });

const encoded = (image: Sharp, format: 'jpeg' | 'png'): Sharp =>
  format === 'png' ? image.png({ compressionLevel: 8 }) : image.jpeg({ quality: 84, mozjpeg: false });

/** Loaded when an image is uploaded, not at start. Keeps nothing in memory, and uses one core. */
function loaded(): SharpModule {
  const sharp = createRequire(import.meta.url)('sharp') as SharpModule;
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

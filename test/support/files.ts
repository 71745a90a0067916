import { createRequire } from 'node:module';
import type { default as Module } from 'sharp';
import { zipOf } from './zip.js';

const sharp = createRequire(import.meta.url)('sharp') as typeof Module;

/** A photo as a phone takes it: stored on its side, with the place where it was taken. */
export const photo = (width = 1200, height = 900): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#4a7' } })
    .withExif({ IFD0: { Artist: 'wijkagent Boskoop' }, IFD3: { GPSLatitude: '52/1 4/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** A PNG of noise, which does not compress: `side` of 1800 is about 10 MB. */
export const noise = async (side: number): Promise<Buffer> => {
  const raw = Buffer.alloc(side * side * 3);
  for (let at = 0, seed = 1; at < raw.length; at += 1) raw[at] = (seed = (seed * 48_271) % 2_147_483_647) & 255;
  return sharp(raw, { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
};

export const metadataOf = (image: Buffer) => sharp(image).metadata();

/** A small PDF, or one of the given number of bytes. */
export const pdf = (bytes = 0): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(Math.max(0, bytes - 15), '%'), Buffer.from('\n%%EOF')]);

/** A Word document of one part, plus the named parts. */
export const word = (more: Record<string, string | Buffer> = {}): Buffer =>
  zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>', ...more });

/** A PNG that claims this many pixels a side but contains next to none. */
export function pixelBomb(side: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(side, 0);
  bytes.writeUInt32BE(side, 4);
  bytes.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', bytes),
    chunk('IDAT', Buffer.from('789c030000000001', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

import type { Transform } from 'node:stream';

const [LF, CR, DOT] = [0x0a, 0x0d, 0x2e];
const END_OF_DATA = Buffer.from('.\r\n');

/**
 * Whether bytes can be the data of an SMTP dialogue as they are (RFC 5321): every line ends in CRLF, also the last one, and
 * none begins with a dot.
 */
export function isPlainData(bytes: Buffer): boolean {
  const { length } = bytes;
  if (length < 2 || bytes[0] === DOT || bytes[length - 1] !== LF || bytes[length - 2] !== CR) return false;
  for (let at = 0; at < length; at += 1) {
    const code = bytes[at];
    if (code > CR) continue;
    if (code === LF) return false;
    if (code !== CR) continue;
    at += 1;
    if (bytes[at] !== LF || bytes[at + 1] === DOT) return false;
  }
  return true;
}

/**
 * A message as nodemailer takes it: an object that writes itself into the stream that becomes the data. That stream looks at
 * each byte for dots and line endings; data without any of that is passed on whole, past that part of the stream.
 */
export function asMessage(bytes: Buffer): { pipe(stream: Transform): void } {
  return {
    pipe: (stream) => {
      if (!isPlainData(bytes)) {
        stream.end(bytes);
        return;
      }
      stream.push(Buffer.concat([bytes, END_OF_DATA]));
      stream.push(null);
    },
  };
}

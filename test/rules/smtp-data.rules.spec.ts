import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Transform } from 'node:stream';
import { text as whole } from 'node:stream/consumers';
import { asMessage, isPlainData } from '../../src/platform/mail/smtp-data.rules.js';

/** nodemailer's own, which it does not export. */
const load = createRequire(import.meta.url);
const { default: DataStream } = load(join(load.resolve('nodemailer'), '../smtp-connection/data-stream.js')) as {
  default: new () => Transform;
};

/** What goes to the socket. */
async function sent(message: { pipe(stream: Transform): void }): Promise<string> {
  const stream = new DataStream();
  message.pipe(stream);
  return whole(stream);
}
const byItself = (bytes: Buffer) => ({ pipe: (stream: Transform) => void stream.end(bytes) });

describe('the data of a message', () => {
  it.each([
    ['a\r\nb\r\n', true],
    ['.\r\n', false],
    ['a\r\n.b\r\n', false],
    ['a\r\n..\r\n', false],
    ['a.\r\nb.c\r\n', true],
    ['a\nb\r\n', false],
    ['a\rb\r\n', false],
    ['a\r\r\n', false],
    ['a\r\n\nb\r\n', false],
    ['a', false],
    ['a\r', false],
    ['a\n', false],
    ['', false],
  ])('%j can go as it is: %s', (text, expected) => {
    expect(isPlainData(Buffer.from(text))).toBe(expected);
  });

  it('is the same as nodemailer makes of it, whatever it contains', async () => {
    const pieces = fc.constantFrom('a', '.', '\r', '\n', '\r\n', 'é', '\r\n.\r\n', 'b\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 12 }), async (parts) => {
        const bytes = Buffer.from(parts.join(''));
        expect(await sent(asMessage(bytes))).toBe(await sent(byItself(bytes)));
      }),
    );
  });
});

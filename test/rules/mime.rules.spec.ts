import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import MimeNode from 'nodemailer/lib/mime-node';
import { compose } from '../../src/platform/mail/composer.js';
import { mostEncoded, writeQuotedPrintable } from '../../src/platform/mail/mime.rules.js';

const SENDER = {
  MAIL_FROM: 'wijkagenda@gemeente.example',
  MAIL_REPLY_TO: '',
  MUNICIPALITY: 'Gemeente ’s-Hertogenbosch',
};
const MESSAGE = { id: '019300a0-0000-7000-8000-000000000001', address: 'wijkagent@politie.example' };
const AT = new Date('2026-06-01T06:00:00.000Z');

function quotedPrintable(text: string): string {
  const before = 'before';
  const out = Buffer.alloc(before.length + mostEncoded(text));
  const end = writeQuotedPrintable(text, out, out.write(before));
  return out.toString('latin1', before.length, end);
}
const decoded = (text: string): string => {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
/** The header fields, folded as they are, in any order. */
const fieldsOf = (headers: string): string[] =>
  headers
    .replaceAll('"', '')
    .split(/\r\n(?! )/)
    .sort();
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }).map((text) => text.replace(/[\ud800-\udfff]/g, '')),
  fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', ' ', '\t', '=', '.', '\n'), maxLength: 400 }),
);

describe('quoted-printable', () => {
  it.each([
    ['café', 'caf=C3=A9'],
    ['a=b', 'a=3Db'],
    ['eind \nvolgende\t', 'eind=20\r\nvolgende=09'],
    ['x'.repeat(76), 'x'.repeat(76)],
    ['x'.repeat(77), `${'x'.repeat(75)}=\r\nxx`],
    [`${'x'.repeat(74)}é`, `${'x'.repeat(74)}=\r\n=C3=A9`],
    ['\0', '=00'],
  ])('writes %j as %j', (text, written) => {
    expect(quotedPrintable(text)).toBe(written);
  });

  it.each(['€', 'é', '=', 'x'])(
    'writes a text of many times %s, longer than any before it, as a whole',
    (character) => {
      for (const length of [1_000, 200_000, 300_000]) {
        const text = character.repeat(length);
        expect(decoded(quotedPrintable(text)) === text).toBe(true);
      }
    },
  );

  it('reads back as what was written, in seven-bit lines of at most 76 characters without white space at the end', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = quotedPrintable(text);
        expect(decoded(written).replace(/\r\n/g, '\n')).toBe(text.replace(/\r\n?/g, '\n'));
        for (const line of written.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).toMatch(/^[\x21-\x7e\x20\t]*$/);
          expect(line).not.toMatch(/[ \t]$/);
        }
      }),
    );
  });
});

describe('a message', () => {
  it('is text and HTML beside each other, and reads back as what was given', async () => {
    const mail = {
      subject: '’t Zand: 3 acties te laat',
      html: '<p>Beste café</p>',
      text: '.\n.. punt\nBeste café',
      lines: 1,
    };
    const { bytes, messageId } = await compose(
      { ...mail, unsubscribeUrl: 'https://x.example/afmelden/abc' },
      MESSAGE,
      SENDER,
      AT,
    );
    const read = await simpleParser(bytes);
    expect(read.text!.trimEnd()).toBe(mail.text);
    expect(read.html).toBe(mail.html);
    expect(read).toMatchObject({ subject: mail.subject, messageId, date: AT });
    expect(read.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(String(bytes)).toMatch(/^MIME-Version: 1\.0\r$/m);
    expect(String(bytes)).not.toMatch(/[^\r]\n|[^\x00-\x7f]/);
  });

  it('has the headers that nodemailer would give it', async () => {
    const words = fc.array(
      fc.constantFrom('acties', 'Café', '’t', '日本', '=?x?=', 'een"heel"lang,woord', '\r\n', ':', '<a@b>'),
    );
    const from = fc.constantFrom('Gemeente', 'Gemeente ’s-Hertogenbosch', 'Gemeente, "A" & B');
    const to = fc.constantFrom('a@politie.example', 'Jan.Ué@b.example', 'a@bücher.example');
    const replyTo = fc.constantFrom(undefined, 'b@gemeente.example', 'b@gemeenté.example');
    await fc.assert(
      fc.asyncProperty(words, from, to, replyTo, async (subjects, MUNICIPALITY, address, reply) => {
        const mail = { subject: subjects.join(' '), html: 'x', text: 'x', lines: 1, replyTo: reply };
        const { bytes, messageId } = await compose(mail, { ...MESSAGE, address }, { ...SENDER, MUNICIPALITY }, AT);
        const node = new MimeNode(`multipart/alternative; boundary="wijkagenda-${MESSAGE.id}"`);
        node.setHeader({
          from: { name: MUNICIPALITY, address: SENDER.MAIL_FROM },
          to: { name: '', address },
          ...(reply && { 'reply-to': reply }),
          subject: mail.subject,
          'message-id': messageId,
          date: AT,
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
        } as never);
        expect(fieldsOf(bytes.toString('latin1').split('\r\n\r\n')[0])).toEqual(fieldsOf(node.buildHeaders()));
      }),
    );
  });

  it('asks for answers in the mailbox that people read, unless the mail has a person for them', async () => {
    const mail = { subject: 'x', html: 'x', text: 'x', lines: 0 };
    const sender = { ...SENDER, MAIL_REPLY_TO: 'wijkteams@gemeente.example' };
    const replyTo = async (more: object) =>
      (await simpleParser((await compose({ ...mail, ...more }, MESSAGE, sender, AT)).bytes)).replyTo?.text;
    expect(await replyTo({})).toBe('wijkteams@gemeente.example');
    expect(await replyTo({ replyTo: 'chair@gemeente.example' })).toBe('chair@gemeente.example');
  });

  it('keeps a line break in a subject or a name out of its headers', async () => {
    const mail = { subject: 'x\r\nBcc: a@evil.example', html: '<p>x</p>', text: 'x', lines: 0 };
    const { bytes } = await compose(mail, MESSAGE, { ...SENDER, MUNICIPALITY: 'G' }, AT);
    expect(String(bytes)).not.toMatch(/^Bcc:/m);
  });
});

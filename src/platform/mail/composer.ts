import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Settings } from '../settings.js';
import { type Envelope, headersOf } from './headers.js';
import type { Attachment, Mail } from './mail-kinds.js';
import { mostEncoded, writeQuotedPrintable } from './mime.rules.js';

export interface Composed {
  /** The whole message, in seven-bit characters: outside the heap, because it is kept until it was sent. */
  bytes: Buffer;
  hash: string;
  messageId: string;
}

type Sender = Pick<Settings, 'MAIL_FROM' | 'MAIL_REPLY_TO' | 'MUNICIPALITY'>;

/** Composes the bytes of a message. The Message-ID derives from the message's id: the same in every attempt. */
export async function compose(
  mail: Mail,
  message: { id: string; address: string },
  settings: Sender,
  at: Date,
): Promise<Composed> {
  const messageId = `<${message.id}@${settings.MAIL_FROM.split('@')[1]}>`;
  const envelope: Envelope = {
    from: { name: settings.MUNICIPALITY, address: settings.MAIL_FROM },
    to: { name: '', address: message.address },
    replyTo: mail.replyTo ?? (settings.MAIL_REPLY_TO || undefined),
    subject: mail.subject,
    messageId,
    date: at,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
      ...(mail.unsubscribeUrl && {
        'List-Unsubscribe': { prepared: true as const, value: `<${mail.unsubscribeUrl}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
  const bytes = mail.attachments?.length
    ? await withAttachments(mail, mail.attachments, envelope)
    : textAndHtml(mail, message.id, envelope);
  return { bytes, hash: hashOfBytes(bytes), messageId };
}

async function withAttachments(mail: Mail, attachments: readonly Attachment[], envelope: Envelope): Promise<Buffer> {
  const composer = new MailComposer({
    ...envelope,
    text: mail.text,
    html: mail.html,
    attachments: await Promise.all(attachments.map(made)),
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const built = (await composer.compile().build()).toString('latin1');
  // CRLF as on the wire: what is stored and hashed is what the mail server receives.
  return Buffer.from(built.replace(/\r?\n/g, '\r\n'), 'latin1');
}

/** Assembles both parts here: streaming them is four times as slow, and on a Monday morning there are thousands. */
function textAndHtml(mail: Mail, id: string, envelope: Envelope): Buffer {
  const boundary = `wijkagenda-${id}`;
  const headers = headersOf(envelope, `multipart/alternative; boundary="${boundary}"`);
  const before = (type: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  return joined([
    `${headers}\r\n${before('text/plain')}`,
    { encoded: mail.text },
    `\r\n${before('text/html')}`,
    { encoded: mail.html },
    `\r\n--${boundary}--\r\n`,
  ]);
}

type Piece = string | { encoded: string };

/** Reused: the pieces of strings in its place were a third of the garbage of sending mail. */
let scratch = Buffer.allocUnsafe(1 << 17);

function joined(pieces: readonly Piece[]): Buffer {
  const most = pieces.reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? piece.length : mostEncoded(piece.encoded)),
    0,
  );
  if (scratch.length < most) scratch = Buffer.allocUnsafe(most);
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') at += scratch.write(piece, at, 'latin1');
    else at = writeQuotedPrintable(piece.encoded, scratch, at);
  }
  return Buffer.from(scratch.subarray(0, at));
}

const made = async ({ content, ...rest }: Attachment) => ({
  ...rest,
  content: typeof content === 'function' ? await content() : content,
});

const hashOfBytes = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

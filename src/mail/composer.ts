import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Settings } from '../settings.js';
import type { Attachment, Mail } from './mail-kinds.js';

export interface Composed {
  /** The whole message in seven-bit characters. */
  bytes: string;
  hash: string;
  messageId: string;
}

/** Makes the bytes of a message. The Message-ID follows from the message's id, so that it never differs between attempts. */
export async function compose(
  mail: Mail,
  message: { id: string; address: string },
  settings: Pick<Settings, 'MAIL_FROM' | 'MUNICIPALITY'>,
  at: Date,
): Promise<Composed> {
  const messageId = `<${message.id}@${settings.MAIL_FROM.split('@')[1]}>`;
  const composer = new MailComposer({
    from: { name: settings.MUNICIPALITY, address: settings.MAIL_FROM },
    to: { name: '', address: message.address },
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: await Promise.all((mail.attachments ?? []).map(made)),
    messageId,
    date: at,
    textEncoding: 'quoted-printable',
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(mail.unsubscribeUrl && {
        'List-Unsubscribe': { prepared: true, value: `<${mail.unsubscribeUrl}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const built = (await composer.compile().build()).toString('latin1');
  // As it goes over the line: what is kept and hashed is what the mail server gets.
  const bytes = built.replace(/\r?\n/g, '\r\n');
  return { bytes, hash: hashOfBytes(bytes), messageId };
}

const made = async ({ content, ...rest }: Attachment) => ({
  ...rest,
  content: typeof content === 'function' ? await content() : content,
});

export const hashOfBytes = (bytes: string): string => createHash('sha256').update(bytes, 'latin1').digest('hex');

import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';

type Address = { name: string; address: string };
/** A text to encode, or one that is written as it is. */
type Further = Record<string, string | { prepared: true; value: string }>;

export interface Envelope {
  from: Address;
  to: Address;
  replyTo: string | undefined;
  subject: string;
  messageId: string;
  date: Date;
  headers: Further;
}

const LONGEST_LINE = 76;
const MOST_KEPT = 500;
/** nodemailer's own encoding of a value, which its types leave out. */
const encoder = new MimeNode() as unknown as { encodeHeaderValue(key: string, value: unknown): string };
const kept = new Map<string, string>();

/**
 * The headers of a message, its content type last, each line with its end. nodemailer encodes and folds them; lines that are
 * the same in many messages are encoded once, because encoding all of them takes as long as all of their HTML.
 */
export function headersOf(
  { from, to, replyTo, subject, messageId, date, headers }: Envelope,
  contentType: string,
): string {
  const lines = [
    keptLine('From', from),
    line('To', to),
    replyTo === undefined ? '' : keptLine('Reply-To', replyTo),
    line('Subject', subject),
    line('Message-ID', messageId),
    line('Date', date),
  ];
  for (const [key, value] of Object.entries(headers))
    lines.push(typeof value === 'string' ? keptLine(key, value) : `${key}: ${value.value}\r\n`);
  lines.push('MIME-Version: 1.0\r\n', line('Content-Type', contentType));
  return lines.join('');
}

function line(key: string, value: unknown): string {
  const encoded = encoder.encodeHeaderValue(key, value);
  return encoded.trim() === '' ? '' : `${foldLines(`${key}: ${encoded}`, LONGEST_LINE)}\r\n`;
}

function keptLine(key: string, value: string | Address): string {
  const name = typeof value === 'string' ? `${key}: ${value}` : `${key}: ${value.name} <${value.address}>`;
  let known = kept.get(name);
  if (known === undefined) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, (known = line(key, value)));
  }
  return known;
}

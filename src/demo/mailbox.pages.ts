import { DateTime } from 'luxon';
import type { ParsedMail } from 'mailparser';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TIME_ZONE } from '../platform/common/calendar-date.js';
import type { Renderer } from '../platform/rendering/renderer.js';

const HTML = 'text/html; charset=utf-8';
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'";
/** A mail is displayed as in a mail program: no scripts, and only embedded data is loaded. */
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const MAIL_PATH = /^\/mails\/(\d{1,9})(?:\/(html|attachments\/(\d{1,3})))?$/;

/** A received mail; the list has the newest last. */
export interface ReceivedMail {
  id: number;
  receivedAt: string;
  /** The envelope recipients: where it would have been delivered. */
  to: string[];
  mail: ParsedMail;
  raw: string;
}

interface Page {
  type: string;
  body: string | Buffer;
  policy?: string;
  filename?: string;
}

/** The pages of the demo mailbox: the list, one mail, its HTML alone, its attachments; and everything as JSON. */
export class MailboxPages {
  constructor(
    private readonly mails: readonly ReceivedMail[],
    private readonly renderer: Renderer,
  ) {}

  answer(request: IncomingMessage, response: ServerResponse): void {
    const page = request.method === 'GET' || request.method === 'HEAD' ? this.page(request.url ?? '/') : undefined;
    response.writeHead(page ? 200 : 404, {
      'Content-Type': page?.type ?? 'text/plain; charset=utf-8',
      'Content-Security-Policy': page?.policy ?? PAGE_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      ...(page?.filename && { 'Content-Disposition': `attachment; filename="${page.filename}"` }),
    });
    response.end(request.method === 'HEAD' ? undefined : (page?.body ?? 'Deze mail is er niet.'));
  }

  private page(url: string): Page | undefined {
    const path = url.split('?')[0];
    if (path === '/') return { type: HTML, body: this.renderer.renderHtml('demo/pages/mailbox', this.list()) };
    if (path === '/mails.json') {
      return { type: 'application/json; charset=utf-8', body: JSON.stringify([...this.mails].reverse().map(toJson)) };
    }
    const [, id, part, attachment] = MAIL_PATH.exec(path) ?? [];
    const received = this.mails.find((mail) => mail.id === Number(id));
    if (!received) return undefined;
    if (part === undefined) {
      return { type: HTML, body: this.renderer.renderHtml('demo/pages/mailbox-mail', toMailView(received)) };
    }
    if (part === 'html') {
      const html = received.mail.html;
      return html ? { type: HTML, body: `<base target="_blank">${html}`, policy: MAIL_POLICY } : undefined;
    }
    const file = received.mail.attachments[Number(attachment)];
    return file && { type: 'application/octet-stream', body: file.content, filename: fileName(file.filename) };
  }

  private list(): object {
    const mails = [...this.mails].reverse().map((received) => ({
      path: `/mails/${received.id}`,
      receivedAt: shown(received.receivedAt),
      to: received.to.join(', '),
      subject: received.mail.subject ?? '(geen onderwerp)',
    }));
    return { count: mails.length, mails };
  }
}

function toMailView(received: ReceivedMail): object {
  const { mail, raw } = received;
  const end = raw.search(/\r?\n\r?\n/);
  return {
    subject: mail.subject ?? '(geen onderwerp)',
    from: mail.from?.text ?? '',
    to: received.to.join(', '),
    receivedAt: shown(received.receivedAt),
    htmlPath: mail.html ? `/mails/${received.id}/html` : null,
    text: linked(mail.text ?? ''),
    headers: raw.slice(0, end),
    headerCount: mail.headerLines.length,
    attachments: mail.attachments.map(({ filename }, index) => ({
      path: `/mails/${received.id}/attachments/${index}`,
      name: fileName(filename),
    })),
  };
}

function toJson({ id, receivedAt, to, mail }: ReceivedMail): object {
  const { subject = '', text = '', html, messageId = '' } = mail;
  return { id, receivedAt, to, from: mail.from?.text ?? '', subject, text, html: html || null, messageId };
}

/** The text split into words and web addresses, so that those become links. */
function linked(text: string): { words: string; url: string | null }[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, index) => (index % 2 === 1 ? { words: '', url: piece } : { words: piece, url: null }));
}

const fileName = (name: string | undefined): string => (name ?? 'bijlage').replace(/[^\w.-]+/g, '-');

const shown = (moment: string): string => DateTime.fromISO(moment, { zone: TIME_ZONE }).toFormat('dd-MM-yyyy HH:mm:ss');

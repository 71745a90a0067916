import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readCookie, type RequestWithSession, writeCookie } from '../identity/session-cookie.js';
import { WebSessions } from '../identity/web-sessions.service.js';
import { isPermitted } from '../platform/access/access.rules.js';
import { PageFrame, type PageView } from '../platform/rendering/page-frame.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { KeptForms } from './kept-forms.service.js';
import { administrationNameOf } from './audience.rules.js';
import { navigationFor } from './navigation.rules.js';
import { ADMINISTRATION, type Link } from './records.rules.js';

const NOTICE = 'wijkagenda-melding';
/** Sent by scripts that fetch a page in the background: notices are left to the page that is shown. */
const BESIDE = 'page-beside';
const NOTICE_SECONDS = 60;
/** Before the text in the cookie of a notice that is a warning. */
const WARNING = '!';

interface Notice {
  text: string;
  isWarning: boolean;
}

/** A request for a page, and the response in progress. */
export interface Exchange {
  request: RequestWithSession;
  reply: FastifyReply;
}

/** Renders pages in the common frame, with the notice left by the previous form. */
@Injectable()
export class Pages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly renderer: Renderer,
    private readonly frame: PageFrame,
    private readonly sessions: WebSessions,
    private readonly kept: KeptForms,
  ) {}

  /** A page as sent: with what was typed before signing in again, if its form is on it. */
  finished<Answer>({ request, reply }: Exchange, answer: Answer): Promise<Answer | string> | Answer {
    return typeof answer === 'string' && !(BESIDE in request.headers)
      ? this.kept.bringBack(answer, request, reply)
      : answer;
  }

  /** The HTML of a page: `home/pages/my-actions`. Sets status and type; a page with a problem gets its status. */
  show<View extends PageView>(
    exchange: Exchange,
    template: string,
    view: View,
    status = view.problem?.status ?? 200,
  ): string {
    void exchange.reply.status(status).type('text/html; charset=utf-8');
    const shell = this.shell(exchange, view);
    return this.renderer.renderHtml(template, { problem: null, ...view, ...backOf(exchange, view), shell });
  }

  /** After a form: redirects (303) to one of our pages, which shows the notice once, as a warning if nothing was saved. */
  goOn(exchange: Exchange, path: string, notice?: string, isWarning = false): string {
    if (notice) this.sayNext(exchange, notice, isWarning);
    void exchange.reply.status(303).header('Location', path).type('text/html; charset=utf-8');
    return '';
  }

  /** Identifies the visitor, if any, of a public page or of one that does not exist. */
  async recognise({ request }: Exchange): Promise<void> {
    if (request.caller) return;
    const secret = readCookie(request, this.settings.PUBLIC_URL);
    const session = secret ? await this.sessions.open(secret).catch(() => undefined) : undefined;
    if (!session) return;
    request.session = session;
    request.caller = session.caller;
  }

  private shell({ request, reply }: Exchange, view: PageView) {
    const { caller } = request;
    const { menu, section } = caller ? navigationFor(caller, request.url.split('?')[0]) : { menu: [], section: [] };
    return {
      ...this.frame.around(view),
      name: caller?.name ?? null,
      navigation: menu,
      section,
      readsAreas: caller !== undefined && isPermitted(caller, 'areas.read'),
      here: menu.find(({ isCurrent }) => isCurrent)?.label ?? null,
      csrf: request.session?.csrf ?? '',
      notice: view.isBeside || BESIDE in request.headers ? null : this.readNotice(request, reply),
    };
  }

  /** Shows a notice on the next page, by a signed cookie of one minute: nobody else can put text on our pages. */
  sayNext({ reply }: Exchange, notice: string, isWarning = false): void {
    const text = Buffer.from((isWarning ? WARNING : '') + notice.slice(0, 400)).toString('base64url');
    writeCookie(reply, this.settings.PUBLIC_URL, `${text}.${this.signed(text)}`, NOTICE, NOTICE_SECONDS);
  }

  /** Whether the page that answers this request shows a notice, unless somebody made the cookie up. */
  hasNotice({ request }: Exchange): boolean {
    return readCookie(request, this.settings.PUBLIC_URL, NOTICE) !== undefined;
  }

  private readNotice(request: FastifyRequest, reply: FastifyReply): Notice | null {
    const [text, signature] = readCookie(request, this.settings.PUBLIC_URL, NOTICE)?.split('.') ?? [];
    if (!text || !signature) return null;
    writeCookie(reply, this.settings.PUBLIC_URL, '', NOTICE);
    const [given, expected] = [Buffer.from(signature), Buffer.from(this.signed(text))];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const said = Buffer.from(text, 'base64url').toString('utf8');
    const isWarning = said.startsWith(WARNING);
    return { text: isWarning ? said.slice(WARNING.length) : said, isWarning };
  }

  private signed(text: string): string {
    return createHmac('sha256', this.settings.SECRET_KEY).update(`notice ${text}`).digest('base64url');
  }
}

/** A link back to the administration bears the name it has in the caller's menu. */
function backOf({ request: { caller } }: Exchange, { back }: PageView & { back?: Link }): { back?: Link } {
  return caller && back?.href === ADMINISTRATION ? { back: { ...back, label: administrationNameOf(caller) } } : {};
}

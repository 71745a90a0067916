import { Inject } from '@nestjs/common';
import { OPENID_PATH, OPENID_RETURN, OpenIdConnect } from '../../identity/openid-connect.service.js';
import { browserIn, readCookie, writeCookie } from '../../identity/session-cookie.js';
import { notFound } from '../../platform/common/problems.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { PageContext } from '../page-context.js';
import { CurrentPage, Page, PageController } from '../page-kit.js';
import { OPENID_WORDS } from '../words.js';

const TICKET = 'wijkagenda-openid';
const TICKET_SECONDS = 600;

/** Sign-in at the municipality's identity provider. Without one, these pages do not exist. */
@PageController()
export class OpenIdController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly openId: OpenIdConnect,
  ) {}

  @Page(OPENID_PATH, 'everyone')
  async leave(@CurrentPage() page: PageContext): Promise<string> {
    this.mustBeOffered();
    const begun = await this.openId.begin(page.query.terug).catch(() => undefined);
    if (!begun) return this.refuse(page, 'away');
    writeCookie(page.reply, this.settings.PUBLIC_URL, begun.ticket, TICKET, TICKET_SECONDS);
    return page.goOn(begun.url);
  }

  @Page(OPENID_RETURN, 'everyone')
  async enter(@CurrentPage() page: PageContext): Promise<string> {
    this.mustBeOffered();
    const { PUBLIC_URL } = this.settings;
    const { url } = page.request;
    const ticket = readCookie(page.request, PUBLIC_URL, TICKET);
    writeCookie(page.reply, PUBLIC_URL, '', TICKET);
    const query = url.slice(url.indexOf('?') + 1);
    const browser = browserIn(page.request, PUBLIC_URL);
    const signedIn = await this.openId.finish(query, ticket, browser).catch(() => 'away' as const);
    if (typeof signedIn === 'string') return this.refuse(page, signedIn);
    writeCookie(page.reply, PUBLIC_URL, signedIn.secret);
    return page.goOn(signedIn.returnTo);
  }

  private mustBeOffered(): void {
    if (!this.openId.isOffered) throw notFound();
  }

  private refuse(page: PageContext, why: keyof typeof OPENID_WORDS): string {
    const { status, ...words } = OPENID_WORDS[why];
    return page.show('web/pages/sign-in-refused', words, status);
  }
}

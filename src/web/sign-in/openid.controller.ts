import { Inject } from '@nestjs/common';
import { OPENID_PATH, OPENID_RETURN, OpenIdConnect, type Refused } from '../../identity/openid-connect.service.js';
import { browserIn, readCookie, writeCookie } from '../../identity/session-cookie.js';
import { notFound } from '../../platform/common/problems.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { PageContext } from '../page-context.js';
import { CurrentPage, Page, PageController } from '../page-kit.js';

const TICKET = 'wijkagenda-openid';
const TICKET_SECONDS = 600;

const WORDS: Record<Refused | 'away', { title: string; text: string; status: number }> = {
  given_up: {
    title: 'U bent niet aangemeld',
    text: 'Het aanmelden is afgebroken. Probeer het opnieuw, of vraag een link per mail.',
    status: 403,
  },
  not_ours: {
    title: 'U bent niet aangemeld',
    text: 'Het aanmelden duurde te lang, of u begon in een ander venster. Probeer het opnieuw.',
    status: 400,
  },
  unknown: {
    title: 'Wij kennen u nog niet',
    text: 'Het e-mailadres van uw account is hier niet bekend. Vraag de beheerder of uw voorzitter om u toe te voegen.',
    status: 403,
  },
  away: {
    title: 'Aanmelden lukt nu even niet',
    text: 'De aanmelddienst van de gemeente antwoordt niet. Vraag een link per mail, of probeer het later opnieuw.',
    status: 503,
  },
};

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

  private refuse(page: PageContext, why: keyof typeof WORDS): string {
    const { status, ...words } = WORDS[why];
    return page.show('web/pages/sign-in-refused', words, status);
  }
}

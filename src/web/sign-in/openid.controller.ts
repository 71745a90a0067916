import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ForEveryone } from '../../platform/access/requires.js';
import { OPENID_PATH, OPENID_RETURN, OpenIdConnect, type Refused } from '../../identity/openid-connect.service.js';
import { browserIn, readCookie, writeCookie } from '../../identity/session-cookie.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { notFound } from '../../platform/common/problems.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Pages } from '../pages.service.js';
import { CurrentVisit, type Visit } from '../visit.js';

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

/** Signing in at the provider of the municipality. Without one these pages do not exist. */
@NotInDocument()
@Controller()
export class OpenIdController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly openId: OpenIdConnect,
    private readonly pages: Pages,
  ) {}

  @Get(OPENID_PATH)
  @ForEveryone()
  async leave(@CurrentVisit() visit: Visit, @Query('terug') returnTo?: unknown): Promise<string> {
    this.mustBeOffered();
    const begun = await this.openId.begin(returnTo).catch(() => undefined);
    if (!begun) return this.refuse(visit, 'away');
    writeCookie(visit.reply, this.settings.PUBLIC_URL, begun.ticket, TICKET, TICKET_SECONDS);
    return this.pages.goOn(visit, begun.url);
  }

  @Get(OPENID_RETURN)
  @ForEveryone()
  async enter(@CurrentVisit() visit: Visit): Promise<string> {
    this.mustBeOffered();
    const { PUBLIC_URL } = this.settings;
    const { url } = visit.request;
    const ticket = readCookie(visit.request, PUBLIC_URL, TICKET);
    writeCookie(visit.reply, PUBLIC_URL, '', TICKET);
    const query = url.slice(url.indexOf('?') + 1);
    const browser = browserIn(visit.request, PUBLIC_URL);
    const signedIn = await this.openId.finish(query, ticket, browser).catch(() => 'away' as const);
    if (typeof signedIn === 'string') return this.refuse(visit, signedIn);
    writeCookie(visit.reply, PUBLIC_URL, signedIn.secret);
    return this.pages.goOn(visit, signedIn.returnTo);
  }

  private mustBeOffered(): void {
    if (!this.openId.isOffered) throw notFound();
  }

  private refuse(visit: Visit, why: keyof typeof WORDS): string {
    const { status, ...words } = WORDS[why];
    return this.pages.show(visit, 'web/pages/sign-in-refused', words, status);
  }
}

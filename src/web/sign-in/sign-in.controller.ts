import { Body, Controller, ForbiddenException, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { ForEveryone, Requires } from '../../platform/access/requires.js';
import { OpenIdConnect } from '../../identity/openid-connect.service.js';
import { browserIn, isSameSite, writeCookie } from '../../identity/session-cookie.js';
import type { Browser } from '../../identity/web-sessions.service.js';
import { ownPath } from '../../identity/sign-in.rules.js';
import { SignIn, type SignedIn } from '../../identity/sign-in.service.js';
import { WebSessions } from '../../identity/web-sessions.service.js';
import { isMailAddress } from '../../platform/common/input.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { FirstSteps } from '../first-steps.service.js';
import { fieldsOf, problemWith } from '../forms.js';
import { Pages } from '../pages.service.js';
import { CurrentVisit, type Visit } from '../visit.js';

export const PASSKEY_SCRIPTS = ['webauthn.js', 'passkeys.js'];
const ID = /^[0-9a-f-]{36}$/;

/** Signing in by a mailed link or its code, and out. The pages never say whether an address is known. */
@NotInDocument()
@Controller()
export class SignInController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly signIn: SignIn,
    private readonly openId: OpenIdConnect,
    private readonly firstSteps: FirstSteps,
    private readonly sessions: WebSessions,
    private readonly pages: Pages,
  ) {}

  @Get('aanmelden')
  @ForEveryone()
  async ask(@CurrentVisit() visit: Visit, @Query('terug') returnTo?: unknown): Promise<string> {
    if (await this.firstSteps.isNobodyThere()) return this.pages.show(visit, 'web/pages/first-run', FIRST_RUN_VIEW);
    return this.pages.show(visit, 'web/pages/sign-in', this.askView('', ownPath(returnTo)));
  }

  @Post('aanmelden')
  @HttpCode(200)
  @ForEveryone()
  async send(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string> {
    this.mustBeOurs(visit);
    const { email = '', returnTo = '' } = fieldsOf(body);
    if (!isMailAddress(email)) {
      const problem = problemWith({ email: 'Vul een e-mailadres in, zoals naam@organisatie.nl.' });
      return this.pages.show(visit, 'web/pages/sign-in', { ...this.askView(email, ownPath(returnTo)), problem });
    }
    const requestId = await this.signIn.ask(email, returnTo);
    return this.pages.goOn(visit, `/aanmelden/code?aanvraag=${requestId}`);
  }

  @Get('aanmelden/code')
  @ForEveryone()
  askCode(@CurrentVisit() visit: Visit, @Query('aanvraag') requestId?: unknown): string {
    if (typeof requestId !== 'string' || !ID.test(requestId)) return this.pages.goOn(visit, '/aanmelden');
    return this.pages.show(visit, 'web/pages/sign-in-code', { ...CODE_VIEW, requestId });
  }

  @Post('aanmelden/code')
  @HttpCode(200)
  @ForEveryone()
  async enterCode(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string> {
    this.mustBeOurs(visit);
    const { requestId = '', code = '' } = fieldsOf(body);
    if (!ID.test(requestId)) return this.pages.goOn(visit, '/aanmelden');
    const signedIn = await this.signIn.withCode(requestId, code, this.browserOf(visit));
    if (signedIn) return this.enter(visit, signedIn);
    const problem = problemWith({
      code: 'Deze code klopt niet, of hij werkt niet meer. Na vijf keer vraagt u een nieuwe mail.',
    });
    return this.pages.show(visit, 'web/pages/sign-in-code', { ...CODE_VIEW, requestId, problem });
  }

  /** Mail scanners follow links: looking signs nobody in. */
  @Get('aanmelden/:token')
  @ForEveryone()
  async look(@CurrentVisit() visit: Visit, @Param('token') token: string): Promise<string> {
    const isOpen = await this.signIn.isOpen(token);
    const title = isOpen ? 'Aanmelden' : 'Deze link werkt niet meer';
    return this.pages.show(visit, 'web/pages/sign-in-link', { title, isOpen }, isOpen ? 200 : 410);
  }

  @Post('aanmelden/:token')
  @HttpCode(200)
  @ForEveryone()
  async enterByLink(@CurrentVisit() visit: Visit, @Param('token') token: string): Promise<string> {
    this.mustBeOurs(visit);
    const signedIn = await this.signIn.withLink(token, this.browserOf(visit));
    if (signedIn) return this.enter(visit, signedIn);
    const view = { title: 'Deze link werkt niet meer', isOpen: false };
    return this.pages.show(visit, 'web/pages/sign-in-link', view, 410);
  }

  @Post('afmelden')
  @HttpCode(200)
  @Requires('me.read')
  async leave(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    if (visit.request.session) await this.sessions.leave(visit.request.session.id, caller);
    writeCookie(visit.reply, this.settings.PUBLIC_URL, '');
    // What was typed and not saved stays in the browser until then.
    void visit.reply.header('Clear-Site-Data', '"storage"');
    return this.pages.goOn(visit, '/aanmelden', 'U bent afgemeld.');
  }

  private browserOf({ request }: Visit): Browser {
    return browserIn(request, this.settings.PUBLIC_URL);
  }

  private enter(visit: Visit, { secret, returnTo }: SignedIn): string {
    writeCookie(visit.reply, this.settings.PUBLIC_URL, secret);
    return this.pages.goOn(visit, returnTo);
  }

  /** Nobody is signed in by a form on another site. */
  private mustBeOurs({ request }: Visit): void {
    if (!isSameSite(request, this.settings.PUBLIC_URL))
      throw new ForbiddenException('This did not come from a form of ours.', { errorCode: 'FOREIGN_FORM' });
  }

  private askView(email: string, returnTo: string) {
    return {
      title: 'Aanmelden',
      email,
      returnTo,
      hasMail: this.settings.SMTP_URL !== '',
      openIdHref: this.openId.hrefFor(returnTo),
      scripts: PASSKEY_SCRIPTS,
    };
  }
}

const FIRST_RUN_VIEW = { title: 'Wijkagenda is klaar voor gebruik' };
const CODE_VIEW = { title: 'Kijk in uw mail' };

import { Inject, Param } from '@nestjs/common';
import { OpenIdConnect } from '../../identity/openid-connect.service.js';
import { browserIn, mustBeSameSite, writeCookie } from '../../identity/session-cookie.js';
import { ownPath } from '../../identity/sign-in.rules.js';
import { SignIn, type SignedIn } from '../../identity/sign-in.service.js';
import { type Browser, WebSessions } from '../../identity/web-sessions.service.js';
import { isId } from '../../platform/common/ids.js';
import { isMailAddress } from '../../platform/common/input.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { FirstSteps } from '../first-steps.service.js';
import { problemWith } from '../forms.js';
import { PageContext, SubmittedForm } from '../page-context.js';
import { CurrentPage, FormPost, Page, PageController, Submitted } from '../page-kit.js';

export const PASSKEY_SCRIPTS = ['webauthn.js', 'passkeys.js'];

/** Signing in by a mailed link or its code, and out. The pages never reveal whether an address is known. */
@PageController()
export class SignInController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly signIn: SignIn,
    private readonly openId: OpenIdConnect,
    private readonly firstSteps: FirstSteps,
    private readonly sessions: WebSessions,
  ) {}

  @Page('aanmelden', 'everyone')
  async ask(@CurrentPage() page: PageContext): Promise<string> {
    if (await this.firstSteps.isNobodyThere()) return page.show('web/pages/first-run', FIRST_RUN_VIEW);
    return page.show('web/pages/sign-in', this.askView('', ownPath(page.query.terug)));
  }

  @FormPost('aanmelden', 'everyone')
  async send(@Submitted() form: SubmittedForm): Promise<string> {
    mustBeSameSite(form.request, this.settings.PUBLIC_URL);
    const { email = '', returnTo = '' } = form.fields;
    if (!isMailAddress(email)) {
      const problem = problemWith({ email: 'Vul een e-mailadres in, zoals naam@organisatie.nl.' });
      return form.show('web/pages/sign-in', { ...this.askView(email, ownPath(returnTo)), problem });
    }
    const requestId = await this.signIn.ask(email, returnTo);
    return form.goOn(`/aanmelden/code?aanvraag=${requestId}`);
  }

  @Page('aanmelden/code', 'everyone')
  askCode(@CurrentPage() page: PageContext): string {
    const { aanvraag: requestId = '' } = page.query;
    if (!isId(requestId)) return page.goOn('/aanmelden');
    return page.show('web/pages/sign-in-code', { ...CODE_VIEW, requestId });
  }

  @FormPost('aanmelden/code', 'everyone')
  async enterCode(@Submitted() form: SubmittedForm): Promise<string> {
    mustBeSameSite(form.request, this.settings.PUBLIC_URL);
    const { requestId = '', code = '' } = form.fields;
    if (!isId(requestId)) return form.goOn('/aanmelden');
    const signedIn = await this.signIn.withCode(requestId, code, this.browserOf(form));
    if (signedIn) return this.enter(form, signedIn);
    const problem = problemWith({
      code: 'Deze code klopt niet, of hij werkt niet meer. Na vijf keer vraagt u een nieuwe mail.',
    });
    return form.show('web/pages/sign-in-code', { ...CODE_VIEW, requestId, problem });
  }

  /** Mail scanners follow links, so a GET signs nobody in. */
  @Page('aanmelden/:token', 'everyone')
  async look(@CurrentPage() page: PageContext, @Param('token') token: string): Promise<string> {
    const isOpen = await this.signIn.isOpen(token);
    const title = isOpen ? 'Aanmelden' : 'Deze link werkt niet meer';
    return page.show('web/pages/sign-in-link', { title, isOpen }, isOpen ? 200 : 410);
  }

  @FormPost('aanmelden/:token', 'everyone')
  async enterByLink(@Submitted() form: SubmittedForm, @Param('token') token: string): Promise<string> {
    mustBeSameSite(form.request, this.settings.PUBLIC_URL);
    const signedIn = await this.signIn.withLink(token, this.browserOf(form));
    if (signedIn) return this.enter(form, signedIn);
    const view = { title: 'Deze link werkt niet meer', isOpen: false };
    return form.show('web/pages/sign-in-link', view, 410);
  }

  @FormPost('afmelden', 'me.read')
  async leave(@Submitted() form: SubmittedForm): Promise<string> {
    if (form.request.session) await this.sessions.leave(form.request.session.id, form.caller);
    writeCookie(form.reply, this.settings.PUBLIC_URL, '');
    // Until sign-out, the browser keeps unsaved input.
    void form.reply.header('Clear-Site-Data', '"storage"');
    return form.goOn('/aanmelden', 'U bent afgemeld.');
  }

  private browserOf({ request }: PageContext): Browser {
    return browserIn(request, this.settings.PUBLIC_URL);
  }

  private enter(page: PageContext, { secret, returnTo }: SignedIn): string {
    writeCookie(page.reply, this.settings.PUBLIC_URL, secret);
    return page.goOn(returnTo);
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

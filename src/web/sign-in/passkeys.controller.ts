import { Body, Inject } from '@nestjs/common';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { OpenIdConnect } from '../../identity/openid-connect.service.js';
import { Passkeys } from '../../identity/passkeys.service.js';
import { browserIn, mustBeSameSite, writeCookie } from '../../identity/session-cookie.js';
import { ownPath } from '../../identity/sign-in.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { PASSKEY_SCRIPTS } from './sign-in.controller.js';
import { PageContext, SubmittedForm } from '../page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../page-kit.js';

/** The endpoints of the passkey script; without it, people sign in by mail. */
@PageController()
export class PasskeysController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly passkeys: Passkeys,
    private readonly openId: OpenIdConnect,
  ) {}

  /** People who must present a passkey are sent here first. */
  @Page('account/passkey', 'me.read')
  async ask(@CurrentPage() page: PageContext): Promise<string> {
    const returnTo = ownPath(page.query.terug);
    if (!page.request.session?.needsPasskey) return page.goOn(returnTo);
    return page.show('web/pages/passkey-needed', {
      title: 'Nog een stap: uw passkey',
      scripts: PASSKEY_SCRIPTS,
      hasPasskey: (await this.passkeys.list(page.caller.personId)).length > 0,
      returnTo,
      openIdHref: this.openId.hrefFor(returnTo),
    });
  }

  @FormPost('account/passkeys/opties', 'me.write')
  offer(@Submitted() form: SubmittedForm) {
    return this.passkeys.offerRegistration(form.caller);
  }

  @FormPost('account/passkeys', 'me.write')
  async register(@Submitted() form: SubmittedForm, @Body() body: unknown) {
    const { headers, session } = form.request;
    const { answer, returnTo } = (body ?? {}) as { answer: RegistrationResponseJSON; returnTo?: unknown };
    await this.passkeys.register(answer, headers['user-agent'], form.caller, session);
    const goTo = ownPath(returnTo);
    if (goTo === '/account') form.sayNext('De passkey is gemaakt. U kunt u hieronder overal anders afmelden.');
    return { goTo };
  }

  @FormPost('account/passkeys/:id/einde', 'me.write')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    await this.passkeys.remove(id, form.caller, form.request.session);
    return form.goOn(
      '/account',
      'De passkey is verwijderd. Is het apparaat kwijt? Meld u dan hieronder overal anders af.',
    );
  }

  @FormPost('aanmelden/passkey/opties', 'everyone')
  offerSignIn(@Submitted() form: SubmittedForm) {
    mustBeSameSite(form.request, this.settings.PUBLIC_URL);
    return this.passkeys.offerSignIn();
  }

  @FormPost('aanmelden/passkey', 'everyone')
  async signIn(@Submitted() form: SubmittedForm, @Body() body: unknown) {
    mustBeSameSite(form.request, this.settings.PUBLIC_URL);
    const { answer, returnTo } = (body ?? {}) as { answer: AuthenticationResponseJSON; returnTo?: unknown };
    const secret = await this.passkeys.signIn(answer, browserIn(form.request, this.settings.PUBLIC_URL));
    writeCookie(form.reply, this.settings.PUBLIC_URL, secret);
    return { goTo: ownPath(returnTo) };
  }
}

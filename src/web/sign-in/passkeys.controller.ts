import { Body, Controller, ForbiddenException, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { ForEveryone, Requires } from '../../platform/access/requires.js';
import { OpenIdConnect } from '../../identity/openid-connect.service.js';
import { Passkeys } from '../../identity/passkeys.service.js';
import { browserIn, isSameSite, writeCookie } from '../../identity/session-cookie.js';
import { ownPath } from '../../identity/sign-in.rules.js';
import { IdPipe } from '../../platform/common/ids.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Pages } from '../pages.service.js';
import { PASSKEY_SCRIPTS } from './sign-in.controller.js';
import { CurrentVisit, type Visit } from '../visit.js';

/** What the script of the passkeys asks and sends; a page without that script signs in by mail. */
@NotInDocument()
@Controller()
export class PasskeysController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly passkeys: Passkeys,
    private readonly openId: OpenIdConnect,
    private readonly pages: Pages,
  ) {}

  /** Where who has to show a passkey is sent before anything else. */
  @Get('account/passkey')
  @Requires('me.read')
  async ask(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Query('terug') wanted?: unknown,
  ): Promise<string> {
    const returnTo = ownPath(wanted);
    if (!visit.request.session?.needsPasskey) return this.pages.goOn(visit, returnTo);
    return this.pages.show(visit, 'web/pages/passkey-needed', {
      title: 'Nog een stap: uw passkey',
      scripts: PASSKEY_SCRIPTS,
      hasPasskey: (await this.passkeys.list(caller.personId)).length > 0,
      returnTo,
      openIdHref: this.openId.hrefFor(returnTo),
    });
  }

  @Post('account/passkeys/opties')
  @HttpCode(200)
  @Requires('me.write')
  offer(@CurrentCaller() caller: Caller) {
    return this.passkeys.offerRegistration(caller);
  }

  @Post('account/passkeys')
  @HttpCode(200)
  @Requires('me.write')
  async register(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown) {
    const { headers, session } = visit.request;
    const { answer, returnTo } = (body ?? {}) as { answer: RegistrationResponseJSON; returnTo?: unknown };
    await this.passkeys.register(answer, headers['user-agent'], caller, session);
    const goTo = ownPath(returnTo);
    if (goTo === '/account')
      this.pages.sayNext(visit, 'De passkey is gemaakt. U kunt u hieronder overal anders afmelden.');
    return { goTo };
  }

  @Post('account/passkeys/:id/einde')
  @HttpCode(200)
  @Requires('me.write')
  async remove(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    await this.passkeys.remove(id, caller, visit.request.session);
    return this.pages.goOn(
      visit,
      '/account',
      'De passkey is verwijderd. Is het apparaat kwijt? Meld u dan hieronder overal anders af.',
    );
  }

  @Post('aanmelden/passkey/opties')
  @HttpCode(200)
  @ForEveryone()
  offerSignIn(@CurrentVisit() visit: Visit) {
    this.mustBeOurs(visit);
    return this.passkeys.offerSignIn();
  }

  @Post('aanmelden/passkey')
  @HttpCode(200)
  @ForEveryone()
  async signIn(@CurrentVisit() visit: Visit, @Body() body: unknown) {
    this.mustBeOurs(visit);
    const { answer, returnTo } = (body ?? {}) as { answer: AuthenticationResponseJSON; returnTo?: unknown };
    const secret = await this.passkeys.signIn(answer, browserIn(visit.request, this.settings.PUBLIC_URL));
    writeCookie(visit.reply, this.settings.PUBLIC_URL, secret);
    return { goTo: ownPath(returnTo) };
  }

  private mustBeOurs({ request }: Visit): void {
    if (!isSameSite(request, this.settings.PUBLIC_URL))
      throw new ForbiddenException('This did not come from a form of ours.', { errorCode: 'FOREIGN_FORM' });
  }
}

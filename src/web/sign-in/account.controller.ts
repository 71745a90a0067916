import { hasJustSignedIn, MINUTES_RECENT } from '../../platform/access/recent-sign-in.js';
import { Passkeys } from '../../identity/passkeys.service.js';
import { WebSessions } from '../../identity/web-sessions.service.js';
import { Clock } from '../../platform/common/clock.js';
import { momentWords } from '../moments.rules.js';
import { PageContext, SubmittedForm } from '../page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../page-kit.js';
import { PASSKEY_SCRIPTS } from './sign-in.controller.js';
import { SIGN_IN_WORDS } from '../words.js';

/** The caller's account with its sessions, which can be ended there. */
@PageController()
export class AccountController {
  constructor(
    private readonly sessions: WebSessions,
    private readonly passkeys: Passkeys,
    private readonly clock: Clock,
  ) {}

  @Page('account', 'me.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    if (page.request.session?.needsPasskey) return page.goOn('/account/passkey');
    const current = page.request.session?.id;
    const sessions = (await this.sessions.list(page.caller)).map(
      ({ id, userAgent, signedInBy, createdAt, lastUsedAt }) => ({
        id,
        userAgent,
        way: SIGN_IN_WORDS[signedInBy],
        since: momentWords(createdAt),
        lastUsed: momentWords(lastUsedAt),
        isCurrent: id === current,
      }),
    );
    const passkeys = (await this.passkeys.list(page.caller.personId)).map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      since: momentWords(createdAt),
      lastUsed: lastUsedAt ? momentWords(lastUsedAt) : '',
    }));
    const view = {
      title: 'Mijn account',
      exportHref: `/v1/people/${page.caller.personId}/export`,
      scripts: PASSKEY_SCRIPTS,
      isRecent: hasJustSignedIn(page.caller, this.clock.now()),
      minutes: MINUTES_RECENT,
      passkeys,
      sessions,
      hasOthers: sessions.some(({ isCurrent }) => !isCurrent),
    };
    return page.show('web/pages/account', view);
  }

  @FormPost('account/sessies/:id/einde', 'me.read')
  async end(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    await this.sessions.end(id, form.caller);
    return form.goOn('/account', 'U bent op dat apparaat afgemeld.');
  }

  @FormPost('account/andere-sessies/einde', 'me.read')
  async endOthers(@Submitted() form: SubmittedForm): Promise<string> {
    await this.sessions.endOthers(form.request.session?.id ?? NONE, form.caller);
    return form.goOn('/account', 'U bent op alle andere apparaten afgemeld.');
  }
}

const NONE = '00000000-0000-0000-0000-000000000000';

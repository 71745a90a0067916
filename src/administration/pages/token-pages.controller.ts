import { hasJustSignedIn, MINUTES_RECENT } from '../../platform/access/recent-sign-in.js';
import { CreateTokenDto } from '../../identity/tokens.controller.js';
import { Tokens } from '../../identity/tokens.service.js';
import { Clock } from '../../platform/common/clock.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { type RejectedForm, toInput, wholeNumber } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { momentWords } from '../../web/moments.rules.js';
import { BACK, recordForm } from '../../web/records.rules.js';
import { TOKEN_WORDS } from './forms.words.js';

const PATH = '/beheer/tokens';
const SPECS: FieldSpec[] = [
  { name: 'name', label: 'Naam', type: 'line', maximum: 100, isRequired: true, hint: 'Waarvoor is de koppeling?' },
  { name: 'days', label: 'Geldig in dagen', type: 'number', maximum: 3, isRequired: true, hint: 'Hoogstens 366.' },
];
/** The user's API tokens. The secret is shown once, in the response to the form: it is never in a cookie or a URL. */
@PageController('beheer/tokens')
export class TokenPagesController {
  constructor(
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  @Page('', 'tokens.own')
  async list(
    @CurrentPage() page: PageContext,
    rejected?: RejectedForm,
    made?: { name: string; token: string },
  ): Promise<string> {
    const { items } = await this.tokens.list({ page: 1, pageSize: 200 }, page.caller);
    const tokens = items.map(({ id, name, expiresAt, lastUsedAt, version }) => ({
      id,
      name,
      version,
      until: momentWords(expiresAt),
      lastUsed: lastUsedAt ? momentWords(lastUsedAt) : null,
    }));
    return page.show('administration/pages/tokens', {
      ...{ title: 'Koppelingen', back: BACK, made, tokens, problem: rejected?.problem },
      form: recordForm(PATH, 'Koppeling maken', SPECS, { days: 90 }, rejected),
      isRecent: hasJustSignedIn(page.caller, this.clock.now()),
      minutes: MINUTES_RECENT,
    });
  }

  @FormPost('', 'tokens.own')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(TOKEN_WORDS, (rejected) => this.list(form, rejected));
    const { name, days } = toInput(CreateTokenDto, { ...form.fields, days: wholeNumber(form.fields.days) }, ['days']);
    const { token } = await this.tokens.issue(form.caller.personId, name, days, form.caller);
    return this.list(form, undefined, { name, token });
  }

  @FormPost(':id/einde', 'tokens.own')
  async revoke(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    await this.tokens.revoke(id, form.version, form.caller);
    return form.goOn(PATH, 'De koppeling werkt niet meer.');
  }
}

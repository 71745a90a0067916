import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { hasJustSignedIn, MINUTES_RECENT } from '../../platform/access/recent-sign-in.js';
import { Requires } from '../../platform/access/requires.js';
import { CreateTokenDto } from '../../identity/tokens.controller.js';
import { Tokens } from '../../identity/tokens.service.js';
import { Clock } from '../../platform/common/clock.js';
import { IdPipe } from '../../platform/common/ids.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, type FormWords, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { momentWords } from '../../web/moments.rules.js';
import { BACK, versionIn } from '../../web/records.rules.js';

const PATH = '/beheer/tokens';
const SPECS: FieldSpec[] = [
  { name: 'name', label: 'Naam', type: 'line', maximum: 100, isRequired: true, hint: 'Waarvoor is het token?' },
  { name: 'days', label: 'Geldig in dagen', type: 'number', maximum: 3, isRequired: true, hint: 'Hoogstens 366.' },
];
const WORDS: FormWords = {
  fields: { name: 'Vul een naam in, van hoogstens 100 tekens.', days: 'Vul een aantal dagen in van 1 tot en met 366.' },
};

/** The own API tokens. The secret is shown once, on the answer to the form itself: no cookie or address ever holds it. */
@NotInDocument()
@Controller('beheer/tokens')
export class TokenPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('tokens.own')
  list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    return this.show(visit, caller, { days: '90' });
  }

  @Post()
  @HttpCode(200)
  @Requires('tokens.own')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const wanted = { ...fields, days: /^\d+$/.test(fields.days ?? '') ? Number(fields.days) : -1 };
        const { name, days } = toInput(CreateTokenDto, wanted);
        const { token } = await this.tokens.issue(caller.personId, name, days, caller);
        return await this.show(visit, caller, { days: '90' }, undefined, { name, token });
      },
      (problem) => this.show(visit, caller, fields, problem),
    );
  }

  @Post(':id/einde')
  @HttpCode(200)
  @Requires('tokens.own')
  async revoke(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    await this.tokens.revoke(id, versionIn(fieldsOf(body)), caller);
    return this.pages.goOn(visit, PATH, 'Het token werkt niet meer.');
  }

  private async show(
    visit: Visit,
    caller: Caller,
    values: Fields,
    problem?: FormProblem,
    made?: { name: string; token: string },
  ): Promise<string> {
    const { items } = await this.tokens.list({ page: 1, pageSize: 200 }, caller);
    const tokens = items.map(({ id, name, expiresAt, lastUsedAt, version }) => ({
      id,
      name,
      version,
      until: momentWords(expiresAt),
      lastUsed: lastUsedAt ? momentWords(lastUsedAt) : null,
    }));
    const form = formOf(PATH, 'Token maken', filled(SPECS, values, problem));
    const isRecent = hasJustSignedIn(caller, this.clock.now());
    const view = { title: 'Tokens', back: BACK, made, tokens, form, problem, isRecent, minutes: MINUTES_RECENT };
    return this.pages.show(visit, 'administration/pages/tokens', view);
  }
}

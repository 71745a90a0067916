import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { ActionJudgements } from '../judgements/action-judgements.service.js';
import { Actions } from '../actions.service.js';
import type { ActionView } from '../actions.views.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { forbidden } from '../../platform/common/problems.js';
import { CreateEscalationDto } from '../escalations/escalations.dto.js';
import { Escalations } from '../escalations/escalations.service.js';
import { JudgeDto } from '../judgements/judgements.dto.js';
import { type Fields, fieldsOf, toInput } from '../../web/forms.js';
import { ALONE, savedWords, standingFieldId, toUpdate } from './standing.rules.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { PAGE_WORDS, toAgreement, toChange } from './action-page-forms.rules.js';
import { ActionPages, type Part } from './action-page.service.js';

/** One action: how it stands, who and when, its public line, an escalation, and the opinion of another party. */
@NotInDocument()
@Controller('acties/:id')
export class ActionPageController {
  constructor(
    private readonly pages: Pages,
    private readonly actionPages: ActionPages,
    private readonly actions: Actions,
    private readonly judgements: ActionJudgements,
    private readonly escalations: Escalations,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('actions.read')
  async show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    return this.pages.show(visit, 'actions/pages/action', await this.actionPages.view(id, caller));
  }

  @Post('stand')
  @HttpCode(200)
  @Requires('actions.answer')
  answer(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'stand', body, async (fields) => {
      const { number, status } = (await this.actions.update(id, toUpdate(fields, ALONE), caller)).action;
      return savedWords(number, status, fields.status);
    });
  }

  @Post('afspraak')
  @HttpCode(200)
  @Requires('actions.write')
  agree(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'afspraak', body, async (fields) => {
      const update = toAgreement(fields, await this.whole(id, caller));
      if (update === null) return 'Er is niets veranderd.';
      const { number } = (await this.actions.update(id, update, caller)).action;
      return `Opgeslagen: ${number}.`;
    });
  }

  @Post('gegevens')
  @HttpCode(200)
  @Requires('actions.write')
  change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'gegevens', body, async (fields) => {
      const { number } = await this.actions.change(id, toChange(fields), versionIn(fields), caller);
      return `Opgeslagen: ${number}.`;
    });
  }

  @Post('bel')
  @HttpCode(200)
  @Requires('actions.write')
  escalate(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'bel', body, async ({ personId = '', text = '' }) => {
      const person = (await this.choices.personIdOf(personId, caller)) || '-';
      const { personName } = await this.escalations.ask(
        id,
        toInput(CreateEscalationDto, { personId: person, text: text || ' ' }),
        caller,
      );
      return `Gevraagd: ${personName}. De actiehouder krijgt dezelfde tekst.`;
    });
  }

  @Post('oordeel')
  @HttpCode(200)
  @Requires('actions.judge')
  judge(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'oordeel', body, async ({ judgement = '', comment = '' }) => {
      const [organisationId] = caller.memberOfIds;
      const input = toInput(JudgeDto, { judgement: judgement || '-', comment, organisationId });
      const { organisationName } = await this.judgements.judge(id, input, caller);
      return `Opgeslagen: het oordeel van ${organisationName}.`;
    });
  }

  private async whole(id: string, caller: Caller): Promise<ActionView> {
    const action = await this.actions.read(id, caller);
    if (!('allowed' in action)) throw forbidden();
    return action;
  }

  private take(
    visit: Visit,
    caller: Caller,
    id: string,
    part: Part,
    body: unknown,
    work: (fields: Fields) => Promise<string>,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PAGE_WORDS,
      async () => ({ path: `/acties/${id}`, notice: await work(fields) }),
      async (problem) => {
        const view = await this.actionPages.view(id, caller, { part, fields, problem });
        return this.pages.show(visit, 'actions/pages/action', view);
      },
      (field) => (part === 'stand' ? standingFieldId(id, field) : `${part}-${field}`),
    );
  }
}

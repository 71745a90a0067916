import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { CreateUpdateDto } from '../../actions/action-updates.dto.js';
import { CreateSessionActionDto, WithdrawActionDto } from '../../actions/actions.dto.js';
import { Actions } from '../../actions/actions.service.js';
import { IdPipe } from '../../platform/common/ids.js';
import { InterpretLineDto } from '../../actions/quick-line/interpretation.dto.js';
import { Interpretation } from '../../actions/quick-line/interpretation.service.js';
import { type Fields, fieldsOf, formProblemOf, toInput, valuesOf } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { SESSION_WORDS } from './minuting.words.js';
import { NEW_ORGANISATION, newOrganisationIn, together } from './new-organisation.js';
import { Newcomers } from './newcomers.service.js';
import { fieldsRead, QUICK_FORM, toUnderstood } from './quick-line.rules.js';
import { SessionForms } from './session-forms.service.js';
import { SessionScreen } from './session-screen.service.js';
import { versionOf } from './tried.js';

/** New actions: one line that is read, shown, and saved with the next Enter; and who and when of one that lacks them. */
@NotInDocument()
@Controller('vergaderingen/:id/acties')
export class ActionFormsController {
  constructor(
    private readonly pages: Pages,
    private readonly screen: SessionScreen,
    private readonly forms: SessionForms,
    private readonly interpretation: Interpretation,
    private readonly actions: Actions,
    private readonly newcomers: Newcomers,
  ) {}

  /** Saves nothing: shows what was understood. */
  @Post('lezen')
  @HttpCode(200)
  @Requires('actions.write')
  async read(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    try {
      const input = toInput(InterpretLineDto, { line: fields.line || '-', sessionId: id });
      const read = await this.interpretation.read(input, caller);
      const filled = fieldsRead(input.line, fields.agendaItemId ?? '', read);
      const quick = toUnderstood(filled, read, await this.screen.choices());
      return this.pages.show(
        visit,
        'sessions/pages/session',
        await this.screen.view(id, caller, { quick, line: input.line }),
      );
    } catch (error) {
      const problem = formProblemOf(error, SESSION_WORDS, (field) => `actieregel-${field}`);
      const tried = { form: 'actieregel', fields, problem };
      return this.pages.show(visit, 'sessions/pages/session', await this.screen.view(id, caller, { tried }));
    }
  }

  @Post()
  @HttpCode(200)
  @Requires('actions.write')
  async record(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    const fields: Fields = { ...fieldsOf(body), coOwnerIds: valuesOf(body, 'coOwnerIds').join(',') };
    try {
      const [input, owner] = together(
        () => toAction(fields, valuesOf(body, 'coOwnerIds')),
        () => newOrganisationIn(fields.ownerId, fields),
      );
      const { number, title } = await this.newcomers.assign(id, input, owner, caller);
      return this.pages.goOn(visit, `/vergaderingen/${id}#nieuwe-actie`, `Opgeslagen: ${number} ${title}.`);
    } catch (error) {
      const problem = formProblemOf(error, SESSION_WORDS, (field) => `${QUICK_FORM}-${field}`);
      const tried = { form: QUICK_FORM, fields, problem };
      const quick = toUnderstood(fields, null, await this.screen.choices(), tried);
      return this.pages.show(
        visit,
        'sessions/pages/session',
        await this.screen.view(id, caller, { quick, tried, line: fields.line }),
      );
    }
  }

  /** Owner and deadline of an action, filled in or changed at the table. */
  @Post(':actionId')
  @HttpCode(200)
  @Requires('actions.write')
  complete(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('actionId', IdPipe) actionId: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    const filled = { form: 'wie-en-wanneer', at: 'nieuwe-actie', fields, look: { actionId } };
    return this.forms.take(visit, caller, id, filled, async () => {
      const { ownerId = '', dueKind = '', dueOn = '', reason = '' } = fields;
      const when = dueKind === 'date' ? { dueKind, dueOn } : { dueKind };
      const input = toInput(CreateUpdateDto, { ownerId, ...when, reason, sessionId: id });
      const { action } = await this.actions.update(actionId, input, caller);
      return { notice: `Opgeslagen: ${action.number}.` };
    });
  }

  @Post(':actionId/intrekken')
  @HttpCode(200)
  @Requires('actions.write')
  withdraw(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('actionId', IdPipe) actionId: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    const filled = { form: 'intrekken', at: 'nieuwe-actie', fields, look: { actionId } };
    return this.forms.take(visit, caller, id, filled, async () => {
      const { reason } = toInput(WithdrawActionDto, { reason: fields.reason ?? '' });
      const { number } = await this.actions.withdraw(actionId, reason, versionOf(fields), caller);
      return { notice: `Ingetrokken: ${number}. Het nummer wordt niet opnieuw gebruikt.` };
    });
  }
}

function toAction(fields: Fields, coOwnerIds: string[]): CreateSessionActionDto {
  const { title = '', ownerId = '', dueKind = '', dueOn = '', agendaItemId = '' } = fields;
  return toInput(CreateSessionActionDto, {
    title: title || '\n',
    ownerId: ownerId === NEW_ORGANISATION ? '' : ownerId,
    agendaItemId,
    dueKind,
    ...(dueKind === 'date' && { dueOn: dueOn || '-' }),
    ...(coOwnerIds.length > 0 && { coOwnerIds }),
  });
}

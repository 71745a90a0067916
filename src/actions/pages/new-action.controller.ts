import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { CreateActionDto } from '../actions.dto.js';
import { Actions } from '../actions.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Choices } from '../../web/choices.service.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { forbidden } from '../../platform/common/problems.js';
import { filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { aboutFields, ownerAndDay, PAGE_WORDS } from './action-page-forms.rules.js';
import { ActionPages } from './action-page.service.js';

/** An action between sessions: its owner hears of it the same day. */
@NotInDocument()
@Controller('gebieden/:areaId/acties/nieuw')
export class NewActionController {
  constructor(
    private readonly pages: Pages,
    private readonly actionPages: ActionPages,
    private readonly actions: Actions,
    private readonly areas: Areas,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('actions.write')
  async ask(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('areaId', IdPipe) areaId: string,
  ): Promise<string> {
    return this.show(visit, caller, areaId, { dueKind: 'date' });
  }

  @Post()
  @HttpCode(200)
  @Requires('actions.write')
  async record(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('areaId', IdPipe) areaId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PAGE_WORDS,
      async () => {
        const { number, id } = await this.actions.record(toAction(fields, areaId), caller);
        return { path: `/acties/${id}`, notice: `Opgeslagen: ${number}. De actiehouder krijgt vandaag bericht.` };
      },
      (problem) => this.show(visit, caller, areaId, fields, problem),
    );
  }

  private async show(visit: Visit, caller: Caller, areaId: string, values: Fields, problem?: FormProblem) {
    const { name } = await this.areas.read(areaId);
    if (!isPermittedIn(caller, 'actions.write', areaId)) throw forbidden();
    const [what, ...about] = aboutFields(this.actionPages.themes);
    const agreed = ownerAndDay(await this.choices.organisations('Kies een organisatie'));
    return this.pages.show(visit, 'web/pages/record', {
      title: 'Actie toevoegen',
      back: { href: `/gebieden/${areaId}/acties`, label: `Acties ${name}` },
      problem,
      texts: ['Dit is een actie tussen twee vergaderingen. Zij komt vanzelf op de actielijst van het overleg.'],
      form: formOf(
        `/gebieden/${areaId}/acties/nieuw`,
        'Actie opslaan',
        filled([what, ...agreed, ...about], values, problem),
      ),
    });
  }
}

function toAction(fields: Fields, areaId: string): CreateActionDto {
  const { title = '', ownerId = '', dueKind = '', dueOn = '', details, theme, reference } = fields;
  const when = dueKind === 'date' ? { dueKind, dueOn: dueOn || '-' } : { dueKind };
  const given = { title: title || '\n', ownerId: ownerId || '-', ...when };
  return toInput(CreateActionDto, { ...given, details, theme, reference, areaId });
}

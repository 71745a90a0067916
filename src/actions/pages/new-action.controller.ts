import { isPermittedIn } from '../../platform/access/access.rules.js';
import { CreateActionDto } from '../actions.dto.js';
import { Actions } from '../actions.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { forbidden } from '../../platform/common/problems.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { type Fields, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { aboutFields, ownerAndDay } from './action-page-forms.rules.js';
import { LIST } from './action-filters.rules.js';
import { PAGE_WORDS } from '../words.js';
import { ActionPages } from './action-page.service.js';

/** Records an action between sessions: its owner is notified the same day. */
@PageController('gebieden/:areaId/acties/nieuw')
export class NewActionController {
  constructor(
    private readonly actionPages: ActionPages,
    private readonly actions: Actions,
    private readonly areas: Areas,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'actions.write')
  async ask(
    @CurrentPage() page: PageContext,
    @PathId('areaId') areaId: string,
    rejected?: RejectedForm,
  ): Promise<string> {
    const { name } = await this.areas.read(areaId);
    if (!isPermittedIn(page.caller, 'actions.write', areaId)) throw forbidden();
    const [what, ...about] = aboutFields(this.actionPages.themes);
    const agreed = ownerAndDay(await this.selectOptions.organisations('Kies een organisatie'));
    const specs = [what, ...agreed, ...about];
    const view: RecordView = {
      title: 'Actie toevoegen',
      back: { href: `${LIST}?gebied=${areaId}`, label: `Acties ${name}` },
      texts: ['Dit is een actie tussen twee vergaderingen. Zij komt vanzelf op de actielijst van het overleg.'],
      form: recordForm(`/gebieden/${areaId}/acties/nieuw`, 'Actie opslaan', specs, { dueKind: 'date' }, rejected),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost('', 'actions.write')
  async record(@Submitted() form: SubmittedForm, @PathId('areaId') areaId: string): Promise<string> {
    form.ifRejected(PAGE_WORDS, (rejected) => this.ask(form, areaId, rejected));
    const { number, id } = await this.actions.record(toAction(form.fields, areaId), form.caller);
    return form.goOn(`/acties/${id}`, `Opgeslagen: ${number}. De actiehouder krijgt vandaag bericht.`);
  }
}

function toAction(fields: Fields, areaId: string): CreateActionDto {
  const { title, ownerId, dueKind, dueOn, details, theme, reference } = fields;
  const when = dueKind === 'date' ? { dueKind, dueOn } : { dueKind };
  const required = dueKind === 'date' ? ['ownerId', 'dueOn'] : ['ownerId'];
  return toInput(CreateActionDto, { title, ownerId, ...when, details, theme, reference, areaId }, required);
}

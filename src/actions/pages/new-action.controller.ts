import { isPermittedIn } from '../../platform/access/access.rules.js';
import { Actions } from '../actions.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { forbidden } from '../../platform/common/problems.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { aboutFields, ownerAndDay, toAction } from './action-page-forms.rules.js';
import { LIST } from './action-filters.rules.js';
import { PAGE_WORDS } from '../words.js';
import { MORE, SERVING, ServingFields } from './serving-fields.service.js';
import { withMore } from '../../web/fields.rules.js';

/** Records an action between sessions: its owner is notified the same day. */
@PageController('gebieden/:areaId/acties/nieuw')
export class NewActionController {
  constructor(
    private readonly actions: Actions,
    private readonly areas: Areas,
    private readonly selectOptions: SelectOptions,
    private readonly serving: ServingFields,
  ) {}

  @Page('', 'actions.write')
  async ask(
    @CurrentPage() page: PageContext,
    @PathId('areaId') areaId: string,
    rejected?: RejectedForm,
  ): Promise<string> {
    const { name } = await this.areas.read(areaId);
    if (!isPermittedIn(page.caller, 'actions.write', areaId)) throw forbidden();
    const [what, ...about] = aboutFields(this.serving.themes);
    const agreed = ownerAndDay(await this.selectOptions.organisations('Kies een organisatie'));
    const specs = [what, ...agreed, ...(await this.serving.fields(areaId, page.caller)), ...about];
    const { goalId = '' } = page.query;
    const stored = { dueKind: 'date', goalId };
    const form = recordForm(`/gebieden/${areaId}/acties/nieuw`, 'Actie opslaan', specs, stored, rejected);
    const view: RecordView = {
      title: 'Actie toevoegen',
      back: { href: `${LIST}?gebied=${areaId}`, label: `Acties ${name}` },
      texts: ['Dit is een actie tussen twee vergaderingen. Zij komt vanzelf op de actielijst van het overleg.'],
      form: withMore(form, MORE, ({ name }) => SERVING.has(name)),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost('', 'actions.write')
  async record(@Submitted() form: SubmittedForm, @PathId('areaId') areaId: string): Promise<string> {
    form.ifRejected(PAGE_WORDS, (rejected) => this.ask(form, areaId, rejected));
    const { coOwnerIds, followsOnId } = await this.serving.idsIn(form.fields, form.caller);
    const input = toAction(form.fields, areaId, { coOwnerIds, ...(followsOnId && { followsOnId }) });
    const { number, id } = await this.actions.record(input, form.caller);
    return form.goOn(`/acties/${id}`, `Opgeslagen: ${number}. De actiehouder krijgt vandaag bericht.`);
  }
}

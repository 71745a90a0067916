import type { Caller } from '../../platform/access/caller.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { ChangeOpgaveDto, CreateOpgaveDto, type OpgaveView } from '../../goals/opgaven/opgaven.dto.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { type FieldSpec, type FormBlock, withMore } from '../../web/fields.rules.js';
import { type Fields, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import {
  besideDepartments,
  inOrder,
  OPGAVE_REQUIRED,
  OPGAVE_WORDS,
  opgaveFields,
  opgaveValues,
  toOpgave,
  isFurther,
} from './opgave-form.rules.js';
import { OPGAVEN } from './opgave-pages.service.js';

/** Entering and changing an opgave of the college. */
@PageController('opgaven')
export class OpgaveSetupController {
  constructor(
    private readonly opgaven: Opgaven,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('nieuw', 'opgaven.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const areas = await this.selectOptions.areasToChoose(page.caller, 'opgaven.write');
    const area: FieldSpec = {
      ...{ name: 'areaId', label: 'Gebied, met alles wat eronder valt', type: 'choice' },
      ...{ isRequired: true, options: areas },
    };
    const specs = [area, ...(await this.specs(page.caller))];
    const form = recordForm(`${OPGAVEN}/nieuw`, 'Opgave opslaan', specs, page.query, besideDepartments(rejected));
    const view = { title: 'Opgave toevoegen', back: { href: OPGAVEN, label: 'Alle opgaven' }, form: short(form) };
    return page.showRecord(view, rejected);
  }

  @FormPost('nieuw', 'opgaven.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    const fields = inOrder(form.fields);
    form.ifRejected(OPGAVE_WORDS, (rejected) => this.fresh(form, { ...rejected, fields }));
    const wanted = { ...toOpgave(fields, await this.peopleIn(fields, form.caller)), areaId: fields.areaId };
    const { id, title } = await this.opgaven.create(toInput(CreateOpgaveDto, wanted), form.caller);
    return form.goOn(`${OPGAVEN}/${id}`, `Opgeslagen: ${title}. De afdelingen bevestigen nu elk hun deel.`);
  }

  @Page(':id/wijzigen', 'opgaven.write')
  async edit(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const opgave = await this.opgaven.read(id);
    const specs = await this.specs(page.caller, opgave);
    const stored = {
      ...opgaveValues(opgave),
      bestuurderId: await this.selectOptions.addressOf(opgave.bestuurder.id, page.caller),
      procesregisseurId: await this.selectOptions.addressOf(opgave.procesregisseur.id, page.caller),
      version: opgave.version,
    };
    const form = recordForm(`${OPGAVEN}/${id}/wijzigen`, 'Opslaan', specs, stored, besideDepartments(rejected));
    const view: RecordView = {
      title: `${opgave.title} wijzigen`,
      back: { href: `${OPGAVEN}/${id}`, label: opgave.title },
      texts: ['Verandert het deel van een afdeling, dan bevestigt die afdeling het opnieuw.'],
      form: short(form),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':id/wijzigen', 'opgaven.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const fields = inOrder(form.fields);
    form.ifRejected(OPGAVE_WORDS, (rejected) => this.edit(form, id, { ...rejected, fields }));
    const { bestuurder, procesregisseur } = await this.opgaven.read(id);
    const people = await this.peopleIn(fields, form.caller);
    // Whose name was erased has no address, and stays named until another is.
    const wanted = toOpgave(fields, {
      bestuurderId: people.bestuurderId || (bestuurder.isActive ? '' : bestuurder.id),
      procesregisseurId: people.procesregisseurId || (procesregisseur.isActive ? '' : procesregisseur.id),
    });
    const input = toInput(ChangeOpgaveDto, wanted, OPGAVE_REQUIRED);
    const { title } = await this.opgaven.change(id, input, form.version, form.caller);
    return form.goOn(`${OPGAVEN}/${id}`, `Opgeslagen: ${title}.`);
  }

  private async peopleIn({ bestuurderId, procesregisseurId }: Fields, caller: Caller) {
    return {
      bestuurderId: await this.selectOptions.personIdOf(bestuurderId, caller),
      procesregisseurId: await this.selectOptions.personIdOf(procesregisseurId, caller),
    };
  }

  private async specs(caller: Caller, named?: OpgaveView): Promise<FieldSpec[]> {
    const departments = await this.selectOptions.departments('Kies een afdeling');
    return opgaveFields(departments, await this.selectOptions.addresses(caller), named);
  }
}

/** Two departments are required; the fields for more are collapsed. */
const short = (form: FormBlock): FormBlock => withMore(form, 'Meer afdelingen', ({ name }) => isFurther(name));

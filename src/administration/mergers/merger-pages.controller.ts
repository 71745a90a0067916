import { SelectOptions } from '../../web/select-options.service.js';
import { ORGANISATIONS } from '../pages/organisation-pages.controller.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { MergeOrganisationDto } from './mergers.dto.js';
import { Mergers } from './mergers.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { previewFacts, previewTexts, MERGER_WORDS } from './merger.words.js';

const HIDDEN = ['intoId', 'version', 'confirmed'].map((name): FieldSpec => ({ name, label: '', type: 'hidden' }));
/** Merging an organisation into another: choosing it, previewing the effects, confirming. */
@PageController('beheer/organisaties/:id/samenvoegen')
export class MergerPagesController {
  constructor(
    private readonly organisations: Organisations,
    private readonly mergers: Mergers,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'organisations.merge')
  async choose(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { name, mergedIntoId, version } = await this.organisations.read(id);
    if (mergedIntoId !== null) return page.goOn(`${ORGANISATIONS}/${id}`);
    const options = (await this.selectOptions.organisations('Kies een organisatie')).filter(
      ({ value }) => value !== id,
    );
    const specs: FieldSpec[] = [
      { name: 'intoId', label: 'Samenvoegen met', type: 'choice', isRequired: true, options },
    ];
    const view: RecordView = {
      title: `${name} samenvoegen`,
      back: { href: `${ORGANISATIONS}/${id}`, label: name },
      texts: [`Kies de organisatie waarin ${name} verder gaat. U ziet daarna eerst wat er gebeurt.`],
      form: recordForm(`${ORGANISATIONS}/${id}/samenvoegen`, 'Verder', specs, { version }, rejected),
    };
    return page.showRecord(view, rejected);
  }

  /** Previews the effects first; merges once confirmed. */
  @FormPost('', 'organisations.merge')
  async merge(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(MERGER_WORDS, (rejected) => this.choose(form, id, rejected));
    const input = toInput(MergeOrganisationDto, { intoId: form.fields.intoId });
    if (form.fields.confirmed !== 'ja') return this.preview(form, id, input.intoId);
    const { name } = await this.mergers.merge(id, input, form.version, form.caller);
    const into = await this.organisations.read(input.intoId);
    return form.goOn(`${ORGANISATIONS}/${into.id}`, `${name} is samengevoegd met ${into.name}.`);
  }

  private async preview(form: SubmittedForm, id: string, intoId: string): Promise<string> {
    const { name } = await this.organisations.read(id);
    const into = await this.organisations.read(intoId);
    const confirming = filled(HIDDEN, { ...form.fields, confirmed: 'ja' });
    return form.showRecord({
      title: `${name} samenvoegen met ${into.name}`,
      back: { href: `${ORGANISATIONS}/${id}/samenvoegen`, label: 'Een andere organisatie kiezen' },
      texts: previewTexts(name, into.name),
      facts: previewFacts(await this.mergers.preview(id, form.caller)),
      form: formOf(`${ORGANISATIONS}/${id}/samenvoegen`, 'Voorgoed samenvoegen', confirming, true),
    });
  }
}

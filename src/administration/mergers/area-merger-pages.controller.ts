import { SelectOptions } from '../../web/select-options.service.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { AreaMergers } from './area-mergers.service.js';
import { MergeAreaDto } from './mergers.dto.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { AREA_MERGER_WORDS } from './merger.words.js';

const HIDDEN = ['intoId', 'version', 'confirmed'].map((name): FieldSpec => ({ name, label: '', type: 'hidden' }));

const countOf = (actions: number): string => (actions === 1 ? '1 actie' : `${actions} acties`);

/** Merging an area into another: choosing it, previewing the effects, confirming. */
@PageController('beheer/gebieden/:id/samenvoegen')
export class AreaMergerPagesController {
  constructor(
    private readonly areas: Areas,
    private readonly mergers: AreaMergers,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'areas.write')
  async ask(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { name } = await this.areas.read(id);
    const options = (await this.selectOptions.areas('Kies een gebied')).filter(({ value }) => value !== id);
    const specs: FieldSpec[] = [
      { name: 'intoId', label: 'Samenvoegen met', type: 'choice', isRequired: true, options },
    ];
    const view: RecordView = {
      title: `${name} samenvoegen`,
      back: { href: `/beheer/gebieden/${id}`, label: name },
      texts: [
        `Kies het gebied dat verdergaat. ${name} blijft te vinden, met de acties en verslagen van toen. Nieuwe acties en overleggen komen in het andere gebied.`,
      ],
      form: recordForm(`/beheer/gebieden/${id}/samenvoegen`, 'Bekijk wat er gebeurt', specs, {}, rejected),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost('', 'areas.write')
  async merge(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(AREA_MERGER_WORDS, (rejected) => this.ask(form, id, rejected));
    const { intoId } = toInput(MergeAreaDto, { intoId: form.fields.intoId });
    if (form.fields.confirmed !== 'yes') return this.showPlan(form, id, intoId);
    const { name } = await this.mergers.merge(id, intoId, form.version, form.caller);
    const into = await this.areas.read(intoId);
    return form.goOn(`/beheer/gebieden/${id}`, `${name} is samengevoegd met ${into.name}.`);
  }

  private async showPlan(page: PageContext, id: string, intoId: string): Promise<string> {
    const [area, into] = await Promise.all([this.areas.read(id), this.areas.read(intoId)]);
    const ending = await this.mergers.successions(id, intoId, page.caller.today);
    const fields = filled(HIDDEN, { version: String(area.version), intoId, confirmed: 'yes' });
    return page.showRecord({
      title: `${area.name} samenvoegen met ${into.name}`,
      back: { href: `/beheer/gebieden/${id}/samenvoegen`, label: 'Een ander gebied kiezen' },
      texts: [
        `${area.name} valt vanaf vandaag onder ${into.name}. Wie voorzitter is van ${into.name}, ziet en wijzigt dan ook de acties van ${area.name}. Wat onder ${area.name} viel, komt rechtstreeks onder ${into.name}.`,
        'Oude verslagen, actienummers en jaarevaluaties blijven zoals ze zijn.',
        ...ending.map(
          ({ name, successorName, openActions }) =>
            `Het overleg “${name}” stopt. Wat daarvan nog open staat, komt op de lijst van “${successorName}”: ${countOf(openActions)}.`,
        ),
        'Dit kan niet ongedaan worden gemaakt.',
      ],
      form: formOf(`/beheer/gebieden/${id}/samenvoegen`, 'Samenvoegen', fields, true),
    });
  }
}

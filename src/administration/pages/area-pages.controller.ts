import { AREA_KIND_WORDS } from '../../directory/words.js';
import { AreaListDto, ChangeAreaDto, CreateAreaDto } from '../../directory/areas/areas.dto.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { optionsOf } from '../../web/fields.rules.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { areaFields, areaValues, newAreaFields, toAreaChange, toNewArea } from './area-form.rules.js';
import { AREA_WORDS } from './forms.words.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { BACK, fillingLink, recordForm, type RecordView } from '../../web/records.rules.js';

const PATH = '/beheer/gebieden';
const mergingOf = (id: string) => ({
  title: 'Samenvoegen',
  text: 'Gaat dit gebied op in een ander gebied, dan kunt u de twee samenvoegen.',
  links: [{ href: `${PATH}/${id}/samenvoegen`, label: 'Samenvoegen met een ander gebied' }],
});
const LIST = { href: PATH, label: 'Alle gebieden' };

@PageController('beheer/gebieden')
export class AreaPagesController {
  constructor(
    private readonly areas: Areas,
    private readonly selectOptions: SelectOptions,
    private readonly firstSteps: FirstSteps,
  ) {}

  @Page('', 'areas.write')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.areas.list(toInput(AreaListDto, listQuery(page.query)));
    const names = new Map((await this.selectOptions.areas('')).map(({ value, label }) => [value, label]));
    return page.showRegister(found, {
      title: 'Gebieden',
      back: BACK,
      add: { href: `${PATH}/nieuw`, label: 'Gebied toevoegen' },
      links: [fillingLink('gebieden')],
      search: [
        { name: 'q', label: 'Naam of code', type: 'line' },
        { name: 'kind', label: 'Soort', type: 'choice', options: optionsOf(AREA_KIND_WORDS, 'alle soorten') },
      ],
      columns: {
        Naam: ({ id, name }) => cell(name, `${PATH}/${id}`),
        Code: ({ code }) => code,
        Soort: ({ kind }) => AREA_KIND_WORDS[kind],
        'Valt onder': ({ parentId }) => parentId && names.get(parentId),
        'Heette eerder': ({ formerNames }) => formerNames.map((former) => former.name).join(', '),
      },
      isShort: true,
      empty: 'Er zijn nog geen gebieden.',
      emptyHint: 'Voeg eerst de gemeente toe, en dan elk gebied met een eigen overleg.',
      nothingFound: 'Geen gebied gevonden.',
    });
  }

  @Page('nieuw', 'areas.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const { items } = await this.areas.list({ kind: 'municipality', page: 1, pageSize: 1 });
    const specs = newAreaFields(await this.selectOptions.areas('nergens onder'));
    const form = recordForm(`${PATH}/nieuw`, 'Gebied toevoegen', specs, { parentId: items[0]?.id }, rejected);
    return page.showRecord({ title: 'Gebied toevoegen', back: LIST, form }, rejected);
  }

  @FormPost('nieuw', 'areas.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(AREA_WORDS, (rejected) => this.fresh(form, rejected));
    const { id, name } = await this.areas.create(toInput(CreateAreaDto, toNewArea(form.fields)), form.caller);
    return form.goOn(`${PATH}/${id}`, `Opgeslagen: ${name}.`);
  }

  @Page(':id', 'areas.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const area = await this.areas.read(id);
    const into = area.mergedIntoId ? await this.areas.read(area.mergedIntoId) : null;
    const specs = areaFields((await this.selectOptions.areas('nergens onder')).filter(({ value }) => value !== id));
    const stored = { ...areaValues(area), version: area.version };
    const formerly = area.formerNames.map(({ name, untilOn }) => `${name}, tot en met ${inDutch(untilOn)}`);
    const view: RecordView = {
      title: area.name,
      back: LIST,
      offered: [{ href: `${PATH}/nieuw`, label: 'Nog een gebied toevoegen' }],
      next: await this.firstSteps.next(page),
      facts: [
        { term: 'Code', text: area.code },
        { term: 'Soort', text: AREA_KIND_WORDS[area.kind] },
        ...(into ? [{ term: 'Samengevoegd met', text: into.name }] : []),
        ...formerly.map((text) => ({ term: 'Heette', text })),
      ],
      form: into ? null : recordForm(`${PATH}/${id}`, 'Opslaan', specs, stored, rejected),
      sections: area.kind === 'municipality' || into ? [] : [mergingOf(id)],
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':id', 'areas.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(AREA_WORDS, (rejected) => this.show(form, id, rejected));
    const input = toInput(ChangeAreaDto, toAreaChange(form.fields, await this.areas.read(id)), ['name']);
    const { name } = await this.areas.change(id, input, form.version, form.caller);
    return form.goOn(`${PATH}/${id}`, `Opgeslagen: ${name}.`);
  }
}

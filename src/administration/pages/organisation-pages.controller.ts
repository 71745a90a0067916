import { isPermitted } from '../../platform/access/access.rules.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import {
  ChangeOrganisationDto,
  CreateOrganisationDto,
  OrganisationListDto,
} from '../../directory/organisations/organisations.dto.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type FieldSpec, optionsOf } from '../../web/fields.rules.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import { type Fields, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { BACK, fillingLink, recordForm, type RecordView } from '../../web/records.rules.js';
import { ORGANISATION_WORDS } from './forms.words.js';

export const ORGANISATIONS = '/beheer/organisaties';
const LIST = { href: ORGANISATIONS, label: 'Alle organisaties' };
const SPECS: FieldSpec[] = [
  { name: 'name', label: 'Naam', type: 'line', isRequired: true },
  {
    name: 'kind',
    label: 'Soort',
    type: 'choice',
    isRequired: true,
    options: optionsOf(ORGANISATION_KIND_WORDS, 'Kies een soort'),
    hint: 'Een afdeling van de gemeente is een eigen organisatie, van de soort gemeente.',
  },
  {
    name: 'aliases',
    label: 'Andere namen',
    type: 'prose',
    maximum: 4000,
    hint: 'Elke naam op een eigen regel. Wie zo’n naam typt, vindt deze organisatie.',
  },
];
const toOrganisation = ({ name, kind, aliases = '' }: Fields) => ({
  name,
  kind,
  aliases: aliases
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
});

@PageController('beheer/organisaties')
export class OrganisationPagesController {
  constructor(
    private readonly organisations: Organisations,
    private readonly firstSteps: FirstSteps,
  ) {}

  @Page('', 'organisations.write')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.organisations.list(toInput(OrganisationListDto, listQuery(page.query)));
    const kinds = optionsOf(ORGANISATION_KIND_WORDS, 'alle soorten');
    return page.showRegister(found, {
      title: 'Organisaties',
      back: BACK,
      add: { href: `${ORGANISATIONS}/nieuw`, label: 'Organisatie toevoegen' },
      links: [fillingLink('organisaties')],
      search: [
        { name: 'q', label: 'Naam', type: 'line' },
        { name: 'kind', label: 'Soort', type: 'choice', options: kinds },
      ],
      columns: {
        Naam: ({ id, name, mergedIntoId }) =>
          cell(mergedIntoId === null ? name : `${name} (samengevoegd)`, `${ORGANISATIONS}/${id}`),
        Soort: ({ kind }) => ORGANISATION_KIND_WORDS[kind],
        'Andere namen': ({ aliases }) => aliases.join(', '),
      },
      isShort: true,
      empty: 'Er zijn nog geen organisaties.',
      emptyHint: 'Voeg partners en afdelingen toe, of vul ze in één keer uit een bestand.',
      nothingFound: 'Geen organisatie gevonden.',
    });
  }

  @Page('nieuw', 'organisations.write')
  fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): string {
    const form = recordForm(`${ORGANISATIONS}/nieuw`, 'Organisatie toevoegen', SPECS, {}, rejected);
    return page.showRecord({ title: 'Organisatie toevoegen', back: LIST, form }, rejected);
  }

  @FormPost('nieuw', 'organisations.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(ORGANISATION_WORDS, (rejected) => this.fresh(form, rejected));
    const input = toInput(CreateOrganisationDto, toOrganisation(form.fields));
    const { id, name } = await this.organisations.create(input, form.caller);
    return form.goOn(`${ORGANISATIONS}/${id}`, `Opgeslagen: ${name}.`);
  }

  @Page(':id', 'organisations.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const organisation = await this.organisations.read(id);
    const { name, mergedIntoId } = organisation;
    if (mergedIntoId !== null) return this.showMerged(page, name, mergedIntoId, rejected);
    const stored = { ...organisation, aliases: organisation.aliases.join('\n') };
    const links = [
      { href: `/beheer/mensen?organisation=${id}`, label: 'Mensen van deze organisatie' },
      { href: `/beheer/contacten?organisation=${id}`, label: 'Contactpersonen van deze organisatie' },
    ];
    const view: RecordView = {
      title: name,
      back: LIST,
      offered: [{ href: `${ORGANISATIONS}/nieuw`, label: 'Nog een organisatie toevoegen' }],
      next: await this.firstSteps.next(page),
      form: recordForm(`${ORGANISATIONS}/${id}`, 'Opslaan', SPECS, stored, rejected),
      sections: [
        { title: 'Wie erbij hoort', links },
        ...(isPermitted(page.caller, 'organisations.merge') ? [mergingSection(id)] : []),
      ],
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':id', 'organisations.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(ORGANISATION_WORDS, (rejected) => this.show(form, id, rejected));
    const input = toInput(ChangeOrganisationDto, toOrganisation(form.fields), ['name', 'kind']);
    const { name } = await this.organisations.change(id, input, form.version, form.caller);
    return form.goOn(`${ORGANISATIONS}/${id}`, `Opgeslagen: ${name}.`);
  }

  private async showMerged(page: PageContext, name: string, intoId: string, rejected?: RejectedForm): Promise<string> {
    const into = await this.organisations.read(intoId);
    const section = {
      title: 'Samengevoegd',
      text: 'Deze organisatie bestaat niet meer apart. Zij gaat verder bij een andere.',
      links: [{ href: `${ORGANISATIONS}/${into.id}`, label: `Samengevoegd met ${into.name}` }],
    };
    return page.showRecord({ title: name, back: LIST, sections: [section] }, rejected);
  }
}

const mergingSection = (id: string) => ({
  title: 'Samenvoegen met een andere organisatie',
  text: 'Voor een fusie, of als een organisatie er twee keer in staat.',
  links: [{ href: `${ORGANISATIONS}/${id}/samenvoegen`, label: 'Samenvoegen' }],
});

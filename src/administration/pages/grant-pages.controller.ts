import { ChangeGrantDto, CreateGrantDto, GrantListDto, type GrantView } from '../../directory/people/grants.dto.js';
import type { Caller } from '../../platform/access/caller.js';
import { Grants } from '../../directory/people/grants.service.js';
import { ROLE_WORDS } from '../../directory/words.js';
import { type FieldSpec, optionsOf } from '../../web/fields.rules.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import { orNull, type RejectedForm, toInput } from '../../web/forms.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { BACK, fillingLink, FROM, recordForm, type RecordView, UNTIL } from '../../web/records.rules.js';
import { periodWords } from '../../web/words.js';
import { GRANT_WORDS } from './forms.words.js';

const PATH = '/beheer/rollen';
const LIST = { href: PATH, label: 'Alle rollen' };
@PageController('beheer/rollen')
export class GrantPagesController {
  constructor(
    private readonly grants: Grants,
    private readonly selectOptions: SelectOptions,
    private readonly firstSteps: FirstSteps,
  ) {}

  @Page('', 'grants.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.grants.list(toInput(GrantListDto, listQuery(page.query)));
    return page.showRegister(found, {
      title: 'Rollen',
      intro:
        'Een rol geldt voor een gebied en alles wat daaronder valt. Partners hebben geen rol nodig: zij doen mee door een overleg of als contactpersoon.',
      back: BACK,
      next: await this.firstSteps.next(page),
      add: { href: `${PATH}/nieuw`, label: 'Rol geven' },
      links: [{ href: '/beheer/voorzitter-wisselen', label: 'Voorzitter wisselen' }, fillingLink('rollen')],
      search: [
        { name: 'role', label: 'Rol', type: 'choice', options: optionsOf(ROLE_WORDS, 'alle rollen') },
        { name: 'area', label: 'Gebied', type: 'choice', options: await this.selectOptions.areas('alle gebieden') },
      ],
      columns: {
        Wie: ({ id, personName }) => cell(personName, `${PATH}/${id}`),
        Rol: ({ role }) => ROLE_WORDS[role],
        Gebied: ({ areaName }) => areaName,
        Wanneer: ({ fromOn, untilOn }) => periodWords(fromOn, untilOn, page.caller.today),
      },
      isShort: true,
      empty: 'Er zijn nog geen rollen.',
      emptyHint: 'Kies Rol geven om iemand voorzitter, lezer of beheerder te maken.',
    });
  }

  @Page('nieuw', 'grants.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const addresses = await this.selectOptions.addresses(page.caller);
    const areas = await this.selectOptions.areas('Kies een gebied');
    const specs: FieldSpec[] = [
      { name: 'personId', label: 'E-mailadres van de persoon', type: 'email', isRequired: true, options: addresses },
      { name: 'role', label: 'Rol', type: 'choice', isRequired: true, options: optionsOf(ROLE_WORDS, 'Kies een rol') },
      {
        ...{ name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
        hint: 'Met alles wat eronder valt.',
      },
      FROM,
      UNTIL,
    ];
    const stored = { areaId: await this.selectOptions.onlyAreaBelow(), ...page.query };
    const form = recordForm(`${PATH}/nieuw`, 'Rol geven', specs, stored, rejected);
    return page.showRecord({ title: 'Rol geven', back: LIST, form }, rejected);
  }

  @FormPost('nieuw', 'grants.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(GRANT_WORDS, (rejected) => this.fresh(form, rejected));
    const personId = await this.selectOptions.personIdOf(form.fields.personId, form.caller);
    const input = toInput(CreateGrantDto, { ...form.fields, personId });
    const { personName, role } = await this.grants.create(input, form.caller);
    return form.goOn(PATH, `Opgeslagen: ${personName} is ${ROLE_WORDS[role]}.`);
  }

  @Page(':id', 'grants.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const grant = await this.grants.read(id);
    const until = { ...UNTIL, hint: 'Leeg: zonder einde. Met de dag van gisteren eindigt de rol meteen.' };
    const view: RecordView = {
      title: `${grant.personName}, ${ROLE_WORDS[grant.role]}`,
      back: LIST,
      facts: [
        { term: 'Gebied', text: grant.areaName },
        { term: 'Wanneer', text: periodWords(grant.fromOn, grant.untilOn, page.caller.today) },
      ],
      form: recordForm(`${PATH}/${id}`, 'Opslaan', [until], grant, rejected),
      sections: grant.role === 'chair' ? [await this.succession(grant, page.caller)] : [],
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':id', 'grants.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(GRANT_WORDS, (rejected) => this.show(form, id, rejected));
    const input = toInput(ChangeGrantDto, orNull(form.fields, 'untilOn'));
    const { personName } = await this.grants.change(id, input, form.version, form.caller);
    return form.goOn(PATH, `Opgeslagen: ${personName}.`);
  }

  /** Leads to the change of chair, filled in as far as this grant says. */
  private async succession({ personId, areaId }: GrantView, caller: Caller) {
    const known = { areaId, fromPersonId: await this.selectOptions.addressOf(personId, caller) };
    const href = `/beheer/voorzitter-wisselen?${new URLSearchParams(known)}`;
    const text = 'Dan gaan ook de overleggen, de geplande vergaderingen en de open acties over.';
    return { title: 'Neemt iemand anders het over?', text, links: [{ href, label: 'Voorzitter wisselen' }] };
  }
}

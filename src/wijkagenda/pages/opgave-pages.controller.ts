import { isPermitted } from '../../platform/access/access.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { AddLineDto } from '../../goals/party-lines.dto.js';
import { OpgaveListDto } from '../../goals/opgaven/opgaven.dto.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { OpgavePages, OPGAVEN } from './opgave-pages.service.js';
import { LINE_WORDS } from '../words.js';

@PageController('opgaven')
export class OpgavePagesController {
  constructor(
    private readonly opgaven: Opgaven,
    private readonly opgave: OpgavePages,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'opgaven.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.opgaven.list(toInput(OpgaveListDto, listQuery(page.query)));
    const departments = await this.selectOptions.organisations('alle afdelingen');
    const mayAdd = isPermitted(page.caller, 'opgaven.write');
    return page.showRegister(found, {
      title: 'Opgaven',
      intro: 'Wat het college belangrijk vindt en wat meer afdelingen samen doen, in alle gebieden.',
      add: mayAdd ? { href: `${OPGAVEN}/nieuw`, label: 'Opgave toevoegen' } : null,
      search: [
        { name: 'q', label: 'Titel', type: 'line' },
        { name: 'organisation', label: 'Afdeling', type: 'choice', options: departments },
      ],
      columns: {
        Opgave: ({ id, title }) => cell(title, `${OPGAVEN}/${id}`),
        Trekker: (one) => one.departments.find(({ isLead }) => isLead)?.organisationName,
        Bestuurder: ({ bestuurder }) => bestuurder.name,
        'Bevestigd door': ({ isConfirmed }) => (isConfirmed ? 'alle afdelingen' : 'nog niet alle afdelingen'),
      },
      empty: 'Er zijn nog geen opgaven.',
      nothingFound: 'Geen opgave gevonden.',
      emptyHint:
        'Een opgave stelt het college vast. Een voorzitter voegt haar hier toe, met de afdelingen die eraan werken.',
    });
  }

  @Page(':id', 'opgaven.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    return page.show('wijkagenda/pages/opgave', await this.opgave.view(id, page.caller, rejected));
  }

  @FormPost(':id/afdelingen/:organisationId', 'opgaven.answer')
  async confirm(
    @Submitted() form: SubmittedForm,
    @PathId() id: string,
    @PathId('organisationId') organisationId: string,
  ): Promise<string> {
    form.ifRejected({}, (rejected) => this.show(form, id, rejected));
    await this.opgaven.confirm(id, organisationId, form.version, form.caller);
    return form.goOn(`${OPGAVEN}/${id}`, 'Uw deel is bevestigd.');
  }

  @FormPost(':id/regel', 'opgaven.answer')
  async addLine(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(LINE_WORDS, (rejected) => this.show(form, id, rejected));
    await this.opgaven.addLine(id, toInput(AddLineDto, form.fields), form.caller);
    return form.goOn(`${OPGAVEN}/${id}`, 'Uw regel is toegevoegd.');
  }
}

import { ClientTokens } from '../../identity/clients/client-tokens.service.js';
import {
  ChangeClientDto,
  ClientListDto,
  CreateClientDto,
  CreateClientTokenDto,
} from '../../identity/clients/clients.dto.js';
import { Clients } from '../../identity/clients/clients.service.js';
import { toInput, wholeNumber, orNull, type RejectedForm } from '../../web/forms.js';
import { momentWords } from '../../web/moments.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { BACK } from '../../web/records.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { ClientPage, CLIENTS, NEW_CLIENT_FIELDS } from './client-page.service.js';
import { CLIENT_WORDS } from './client.words.js';

/** External systems: their permissions and tokens. A secret is shown once, in the response to the form. */
@PageController('beheer/systemen')
export class ClientPagesController {
  constructor(
    private readonly clients: Clients,
    private readonly tokens: ClientTokens,
    private readonly record: ClientPage,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'clients.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.clients.list(toInput(ClientListDto, listQuery(page.query)));
    return page.showRegister(found, {
      title: 'Systemen van anderen',
      intro:
        'Een zaaksysteem of een ander programma kan met deze dienst werken zonder dat er een persoon achter zit. Het krijgt een eigen naam, een gebied en alleen de rechten die u aankruist. Vertrouwelijke dingen ziet het nooit.',
      back: BACK,
      add: { href: `${CLIENTS}/nieuw`, label: 'Systeem toevoegen' },
      columns: {
        Systeem: ({ id, name }) => cell(name, `${CLIENTS}/${id}`),
        Gebied: ({ areaName }) => areaName,
        'Laatst gebruikt': ({ lastUsedAt }) => (lastUsedAt ? momentWords(lastUsedAt) : 'nog niet'),
        'Werkt tot': ({ endedAt, tokensExpireAt }) =>
          endedAt
            ? cell('beëindigd', null, 'neutral')
            : tokensExpireAt
              ? momentWords(tokensExpireAt)
              : cell('geen token', null, 'warning'),
      },
      empty: 'Er zijn nog geen systemen.',
      emptyHint: 'Het hoeft niet. Voeg er een toe als een ander programma gegevens moet ophalen of bijwerken.',
    });
  }

  @Page('nieuw', 'clients.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const areas = await this.selectOptions.areas('Kies een gebied');
    return this.record.showNew(page, areas, rejected);
  }

  @FormPost('nieuw', 'clients.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(CLIENT_WORDS, (rejected) => this.fresh(form, rejected));
    const input = { ...form.fields, permissions: form.values('permissions') };
    const { id, name } = await this.clients.create(toInput(CreateClientDto, input, NEW_CLIENT_FIELDS), form.caller);
    return form.goOn(`${CLIENTS}/${id}`, `${name} is toegevoegd. Maak nu een token.`);
  }

  @Page(':id', 'clients.read')
  show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return this.record.show(page, id);
  }

  @FormPost(':id', 'clients.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(CLIENT_WORDS, (rejected) => this.record.show(form, id, { rejected }));
    const { name } = form.fields;
    const input = { name, ...orNull(form.fields, 'contact'), permissions: form.values('permissions') };
    await this.clients.change(id, toInput(ChangeClientDto, input, ['name', 'permissions']), form.version, form.caller);
    return form.goOn(`${CLIENTS}/${id}`, 'Opgeslagen.');
  }

  @FormPost(':id/tokens', 'clients.write')
  async issue(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(CLIENT_WORDS, (rejected) => this.record.show(form, id, { rejected }));
    const { days } = toInput(CreateClientTokenDto, { days: wholeNumber(form.fields.days) }, ['days']);
    const { token } = await this.tokens.issue(id, days, form.caller);
    return this.record.show(form, id, { token });
  }

  @FormPost(':id/tokens/:tokenId/einde', 'clients.write')
  async revoke(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('tokenId') tokenId: string) {
    await this.tokens.revoke(id, tokenId, form.version, form.caller);
    return form.goOn(`${CLIENTS}/${id}`, 'Dit token werkt niet meer.');
  }

  @FormPost(':id/einde', 'clients.write')
  async end(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(CLIENT_WORDS, (rejected) => this.record.show(form, id, { rejected }));
    const { name } = await this.clients.end(id, form.version, form.caller);
    return form.goOn(CLIENTS, `${name} is beëindigd. Geen van de tokens werkt nog.`);
  }
}

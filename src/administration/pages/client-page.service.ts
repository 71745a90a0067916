import { Injectable } from '@nestjs/common';
import { ClientTokens } from '../../identity/clients/client-tokens.service.js';
import { OVERLAP_HOURS } from '../../identity/clients/client-tokens.rules.js';
import { Clients } from '../../identity/clients/clients.service.js';
import { CLIENT_PERMISSIONS } from '../../platform/access/permissions.js';
import { hasJustSignedIn, MINUTES_RECENT } from '../../platform/access/recent-sign-in.js';
import { Clock } from '../../platform/common/clock.js';
import type { FieldSpec, FormBlock, Option } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { momentWords } from '../../web/moments.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { recordForm } from '../../web/records.rules.js';
import { CLIENT_PERMISSION_WORDS } from './client.words.js';

export const CLIENTS = '/beheer/systemen';
const ALL = { href: CLIENTS, label: 'Alle systemen' };
export const NEW_CLIENT_FIELDS = ['name', 'areaId', 'permissions'];

const NAME: FieldSpec = {
  ...{ name: 'name', label: 'Naam', type: 'line', maximum: 100, isRequired: true },
  hint: 'Zo staat het systeem in het logboek en bij acties, zoals “zaaksysteem”.',
};
const CONTACT: FieldSpec = {
  ...{ name: 'contact', label: 'Wie erover gaat', type: 'line', maximum: 200 },
  hint: 'Een functie of een afdeling, zoals “functioneel beheer zaaksysteem”.',
};
const DAYS: FieldSpec = {
  ...{ name: 'days', label: 'Geldig in dagen', type: 'number', maximum: 3, isRequired: true },
  hint: 'Hoogstens 366. Het systeem kan zijn token zelf op tijd vervangen.',
};

/** The result of the form on the page: a rejection, or a new token. */
interface Outcome {
  rejected?: RejectedForm;
  token?: string;
}

/** The page of one client with its tokens, and the page to add one. */
@Injectable()
export class ClientPage {
  constructor(
    private readonly clients: Clients,
    private readonly tokens: ClientTokens,
    private readonly clock: Clock,
  ) {}

  showNew(page: PageContext, areas: readonly Option[], rejected?: RejectedForm): string {
    const area: FieldSpec = {
      ...{ name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
      hint: 'Met alles wat eronder valt.',
    };
    const form = recordForm(`${CLIENTS}/nieuw`, 'Toevoegen', [NAME, CONTACT, area], {}, rejected);
    return page.show('administration/pages/new-client', {
      ...{ title: 'Systeem toevoegen', back: ALL, problem: rejected?.problem },
      form: withPermissions(form, ticked(page, []), rejected),
    });
  }

  async show(page: PageContext, id: string, { rejected, token }: Outcome = {}): Promise<string> {
    const client = await this.clients.read(id);
    const { items } = await this.tokens.list(id, { page: 1, pageSize: 200 });
    const path = `${CLIENTS}/${id}`;
    // With several forms on a page, each keeps only what was typed in it.
    const inForm = (name: string) => (rejected && name in rejected.fields ? rejected : undefined);
    const form = recordForm(path, 'Opslaan', [NAME, CONTACT], client, inForm('name'));
    return page.show('administration/pages/client', {
      ...{ title: client.name, back: ALL, problem: rejected?.problem, made: token, path },
      isChanging: inForm('name') !== undefined,
      ...{ version: client.version, isEnded: client.endedAt !== null },
      facts: [
        { term: 'Gebied', text: client.areaName },
        { term: 'Wie erover gaat', text: client.contact ?? 'niet ingevuld' },
        { term: 'Mag', text: client.permissions.map((one) => CLIENT_PERMISSION_WORDS[one]).join('; ') },
        { term: 'Laatst gebruikt', text: client.lastUsedAt ? momentWords(client.lastUsedAt) : 'nog niet' },
        ...(client.endedAt ? [{ term: 'Beëindigd', text: momentWords(client.endedAt) }] : []),
      ],
      tokens: items.map((one) => ({
        ...{ id: one.id, version: one.version, until: momentWords(one.expiresAt) },
        made: momentWords(one.createdAt),
        lastUsed: one.lastUsedAt ? momentWords(one.lastUsedAt) : null,
        isRotated: one.replacesId !== null,
      })),
      hours: OVERLAP_HOURS,
      tokenForm: recordForm(`${path}/tokens`, 'Token maken', [DAYS], { days: 90 }, inForm('days')),
      form: withPermissions(form, ticked(inForm('name') ? page : undefined, client.permissions), rejected),
      isRecent: hasJustSignedIn(page.caller, this.clock.now()),
      minutes: MINUTES_RECENT,
    });
  }
}

/** What was ticked in the submitted form, otherwise what is stored. */
const ticked = (page: PageContext | undefined, stored: readonly string[]): readonly string[] =>
  page instanceof SubmittedForm ? page.values('permissions') : stored;

const withPermissions = (form: FormBlock, chosen: readonly string[], rejected?: RejectedForm) => ({
  ...form,
  permissionError: rejected?.problem.byField.permissions ?? null,
  permissions: CLIENT_PERMISSIONS.map((value) => ({
    ...{ value, label: CLIENT_PERMISSION_WORDS[value], isChosen: chosen.includes(value) },
  })),
});

import { Injectable } from '@nestjs/common';
import { hasReach, isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inOneLine } from '../../platform/rendering/text.js';
import { Actions } from '../../actions/actions.service.js';
import type { ActionLine } from '../../actions/actions.views.js';
import type { ContactView } from '../../directory/people/contacts.dto.js';
import { Contacts } from '../../directory/people/contacts.service.js';
import type { GrantView } from '../../directory/people/grants.dto.js';
import { Grants } from '../../directory/people/grants.service.js';
import { People } from '../../directory/people/people.service.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { PEOPLE } from './person-pages.service.js';

/** Saying goodbye to a person: what ends, and who takes over. */
@Injectable()
export class LeavingPages {
  constructor(
    private readonly people: People,
    private readonly contacts: Contacts,
    private readonly grants: Grants,
    private readonly actions: Actions,
    private readonly selectOptions: SelectOptions,
  ) {}

  async view(id: string, caller: Caller, rejected?: RejectedForm): Promise<RecordView> {
    const person = await this.people.read(id, caller);
    const count = person.openActions ?? 0;
    const mayHandOver = count > 0 && isPermitted(caller, 'actions.write');
    const contacts = person.active ? await this.contactsOf(id, caller) : [];
    const chaired = person.active ? await this.grants.chairedBy(id) : [];
    const mayChange = hasReach(caller, 'grants.write', 'all');
    const taker: FieldSpec = {
      name: 'takerId',
      label: 'Wie neemt het over?',
      type: 'email',
      options: await this.selectOptions.addresses(caller, person.memberships[0]?.organisationId),
      hint: hintOf(mayHandOver, contacts.length > 0),
    };
    const specs = mayHandOver || contacts.length > 0 ? [taker] : [];
    const { version } = person;
    const submit = 'Ja, deze persoon doet niet meer mee';
    const form = recordForm(`${PEOPLE}/${id}/afscheid`, submit, specs, { version }, rejected);
    return {
      title: `Afscheid van ${person.name}`,
      back: { href: `${PEOPLE}/${id}`, label: person.name },
      texts: [
        'Daarna kan deze persoon niet meer aanmelden, werken de links in eerdere mails niet meer, en gaat er geen mail meer heen.',
        'In verslagen en in het logboek van toen blijft de naam staan.',
        leavingWords(count, mayHandOver),
        ...(chaired.length > 0 ? [chairingWords(chaired, mayChange)] : []),
        ...(contacts.length > 0
          ? [
              `Deze persoon is contactpersoon van ${contactWords(contacts)}: daarheen gaan de mails over acties van die organisatie.`,
            ]
          : []),
      ],
      form: { ...form, isDanger: true },
      sections: chaired.length > 0 && mayChange ? [chairChangesOf(person.email ?? '', chaired)] : [],
    };
  }

  /** Transfers a person's open actions to a colleague, or to the organisation itself; returns what to say of it. */
  async handOver(personId: string, takerId: string | null, caller: Caller): Promise<string> {
    const query = { person: personId, open: true, page: 1, pageSize: 200 };
    const { items } = await this.actions.list(query, caller);
    const own = (items as ActionLine[]).filter((line) => line.ownerPersonId === personId);
    const done = await inTurn(own, ({ id }) => this.actions.update(id, { ownerPersonId: takerId }, caller));
    const left = own.length - done.length;
    const went = done.length > 0 ? ` ${done.length} ${done.length === 1 ? 'actie' : 'acties'} overgedragen.` : '';
    return left > 0 ? `${went} ${left} niet: die horen bij een andere organisatie of een ander gebied.` : went;
  }

  /** Appoints the colleague wherever the person was contact, as far as the caller may; returns what to say of it. */
  async appoint(contacts: readonly ContactView[], takerId: string | null, caller: Caller): Promise<string> {
    const done =
      takerId === null
        ? []
        : await inTurn(contacts, ({ organisationId, areaId }) =>
            this.contacts.create({ organisationId, areaId, personId: takerId }, caller),
          );
    const left = contacts.filter((contact) => !done.includes(contact));
    const taker = takerId && done.length > 0 ? (await this.people.read(takerId, caller)).name : '';
    const went = done.length > 0 ? ` ${taker} is nu contactpersoon van ${contactWords(done)}.` : '';
    return left.length === 0
      ? went
      : `${went} Let op: ${contactWords(left)} heeft geen contactpersoon meer. Wijs er een aan, of vraag het de beheerder.`;
  }

  /** Where a person is contact, today or later. */
  async contactsOf(personId: string, caller: Caller): Promise<ContactView[]> {
    const { items } = await this.contacts.list({ person: personId, page: 1, pageSize: 200 }, caller);
    return items.filter(({ untilOn }) => untilOn === null || untilOn >= caller.today);
  }
}

/** A chair who leaves passes that on first: the role ends with neither the person nor the meeting. */
function chairingWords(chaired: readonly GrantView[], mayChange: boolean): string {
  const areas = inOneLine(chaired.map(({ areaName }) => areaName));
  const how = mayChange ? 'Wissel eerst van voorzitter' : 'Vraag de beheerder om eerst van voorzitter te wisselen';
  return `Deze persoon is voorzitter van ${areas}. ${how}, als een ander dat overneemt.`;
}

const chairChangesOf = (email: string, chaired: readonly GrantView[]) => ({
  title: 'Voorzitter wisselen',
  links: chaired.map(({ areaId, areaName }) => ({
    href: `/beheer/voorzitter-wisselen?${new URLSearchParams({ areaId, fromPersonId: email })}`,
    label: `Een andere voorzitter voor ${areaName}`,
  })),
});

/** Those for which it went well, one after the other. */
async function inTurn<T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<T[]> {
  const done: T[] = [];
  for (const one of all) {
    const went = await act(one).then(
      () => true,
      () => false,
    );
    if (went) done.push(one);
  }
  return done;
}

/** "Trifolium (alle gebieden, Boskoop) en WonenCentraal (Boskoop)". */
function contactWords(contacts: readonly ContactView[]): string {
  const places = new Map<string, string[]>();
  const inOrder = contacts.toSorted((one, other) => Number(one.areaId !== null) - Number(other.areaId !== null));
  for (const { organisationName, areaName } of inOrder)
    places.set(organisationName, [...(places.get(organisationName) ?? []), areaName ?? 'alle gebieden']);
  return inOneLine([...places].map(([name, areas]) => `${name} (${areas.join(', ')})`));
}

function leavingWords(count: number, mayHandOver: boolean): string {
  if (count === 0) return 'Er staan geen open acties op deze naam.';
  const actions = count === 1 ? 'Er staat 1 open actie' : `Er staan ${count} open acties`;
  return mayHandOver
    ? `${actions} op deze naam.`
    : `${actions} op deze naam. De voorzitters van die gebieden kunnen ze overdragen; tot dan gaan de mails naar de contactpersoon van de organisatie.`;
}

function hintOf(hasActions: boolean, isContact: boolean): string {
  const left = [
    hasActions && 'de acties blijven bij de organisatie, zonder vaste persoon',
    isContact && 'de organisatie heeft geen contactpersoon meer',
  ].filter((part) => part !== false);
  return `Het e-mailadres van een collega van dezelfde organisatie. Een nieuwe collega voegt u eerst toe, bij Mensen. Leeg: ${left.join(', en ')}.`;
}

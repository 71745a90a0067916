import { Injectable } from '@nestjs/common';
import { hasReach, isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import type { PersonDetailView } from '../../directory/people/people.dto.js';
import { Grants } from '../../directory/people/grants.service.js';
import { People } from '../../directory/people/people.service.js';
import { ROLE_WORDS } from '../../directory/words.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import { filled, folded, formOf } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import type { PageContext } from '../../web/page-context.js';
import { type RejectedPart, recordForm, type RecordView } from '../../web/records.rules.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { MailState } from './mail-state.service.js';
import { membershipFields, PERSON_FIELDS, personValues, replacementFields } from './person-form.rules.js';
import { periodWords } from '../../web/words.js';

export const PEOPLE = '/beheer/mensen';
const LIST = { href: PEOPLE, label: 'Alle mensen' };

/** The forms on the page of a person. */
type PersonPart = 'gegevens' | 'vervanger' | 'lidmaatschap';
export type RejectedPerson = RejectedPart<PersonPart>;

/** A person with everything that can be done with them. */
@Injectable()
export class PersonPages {
  constructor(
    private readonly people: People,
    private readonly grants: Grants,
    private readonly selectOptions: SelectOptions,
    private readonly firstSteps: FirstSteps,
    private readonly mail: MailState,
  ) {}

  async view(id: string, page: PageContext, rejected?: RejectedPerson): Promise<RecordView> {
    const { caller } = page;
    const person = await this.people.read(id, caller);
    const of = (part: PersonPart) => (rejected?.part === part ? rejected : undefined);
    const at = `${PEOPLE}/${id}`;
    if (person.email === null)
      return erased(person, isPermitted(caller, 'erasure.read') ? [dataLinks(at, id, caller)] : []);
    const seesRoles = hasReach(caller, 'grants.write', 'all');
    const givesRoles = seesRoles && person.active;
    return {
      title: person.name,
      back: LIST,
      offered: [
        { href: `${PEOPLE}/nieuw`, label: 'Nog een persoon toevoegen' },
        ...(givesRoles ? [{ href: roleFor(person), label: 'Deze persoon een rol geven' }] : []),
      ],
      next: await this.firstSteps.next(page),
      texts: person.active ? [] : ['Deze persoon doet niet meer mee: kan niet aanmelden en krijgt geen mail.'],
      facts: factsOf(person, await this.mail.refusedAt(person, caller.today)),
      form: {
        ...recordForm(at, 'Opslaan', PERSON_FIELDS, personValues(person), of('gegevens')),
        isAside: !person.active,
      },
      sections: [
        await this.memberships(person, caller.today, of('lidmaatschap')),
        await this.replacement(person, caller, of('vervanger')),
        ...(seesRoles ? [await this.roles(person, caller.today)] : []),
        ...(isPermitted(caller, 'erasure.read') ? [dataLinks(at, id, caller)] : []),
        person.active
          ? {
              title: 'Doet niet meer mee',
              links: [{ href: `${at}/afscheid`, label: 'Uit dienst of gestopt: afscheid regelen' }],
            }
          : {
              title: 'Doet weer mee',
              text: 'De rollen en organisaties hierboven die nog lopen, gelden dan meteen weer.',
              form: recordForm(`${at}/terug`, 'Weer laten meedoen', [], { version: person.version }),
            },
      ],
    };
  }

  private async roles(person: PersonDetailView, today: string) {
    const { id, name } = person;
    const { items } = await this.grants.list({ person: id, page: 1, pageSize: 100 });
    return {
      title: 'Rollen en aanmelden',
      table: tableOf(`Rollen van ${name}`, items, {
        Rol: (grant) => cell(ROLE_WORDS[grant.role], `/beheer/rollen/${grant.id}`),
        Gebied: ({ areaName }) => areaName,
        Wanneer: ({ fromOn, untilOn }) => periodWords(fromOn, untilOn, today),
      }),
      links: [
        ...(person.active ? [{ href: roleFor(person), label: 'Rol geven' }] : []),
        { href: `${PEOPLE}/${id}/passkeys`, label: 'Passkeys: is een apparaat kwijt?' },
      ],
    };
  }

  private async memberships(person: PersonDetailView, today: string, rejected?: RejectedForm) {
    const specs = membershipFields(await this.selectOptions.organisations('Kies een organisatie'));
    const fields = filled(specs, rejected?.fields ?? {}, rejected?.problem, 'lid-');
    const form = formOf(`${PEOPLE}/${person.id}/lidmaatschappen`, 'Organisatie toevoegen', fields);
    return {
      title: 'Organisaties',
      table: membershipsOf(person, today),
      form: folded(form, 'Nog een organisatie', rejected !== undefined),
    };
  }

  /** Chairs keep their role: a replacement only receives the mail. */
  private async aboutChairing({ id, active }: PersonDetailView, caller: Caller): Promise<string> {
    if (!active || (await this.grants.chairedBy(id)).length === 0) return '';
    const how = hasReach(caller, 'grants.write', 'all') ? 'geef de vervanger' : 'vraag de beheerder om';
    return ` Voorzitter zijn gaat niet vanzelf over: kies bij een vergadering wie voorzit, of ${how} de rol tot die dag.`;
  }

  private async replacement(person: PersonDetailView, caller: Caller, rejected?: RejectedForm) {
    const { version } = person;
    // What has ended is history.
    const isAway = person.replacementUntilOn !== null && person.replacementUntilOn >= caller.today;
    const replacementUntilOn = isAway ? person.replacementUntilOn : null;
    const replacement =
      isAway && person.replacementId
        ? await this.people.read(person.replacementId, caller).catch(() => undefined)
        : undefined;
    const stored = { replacementId: replacement?.email, replacementUntilOn, version };
    const specs = replacementFields(await this.selectOptions.addresses(caller));
    const form = recordForm(`${PEOPLE}/${person.id}/vervanger`, 'Vervanger opslaan', specs, stored, rejected);
    const until = replacementUntilOn ? `, tot en met ${inDutch(replacementUntilOn)}` : '';
    return {
      id: 'vervanger',
      title: 'Vervanger',
      text: `${replacement ? `${replacement.name}${until}.` : 'Er is geen vervanger.'}${await this.aboutChairing(person, caller)}`,
      form: folded(form, 'Vervanger kiezen of wijzigen', rejected !== undefined),
    };
  }
}

/** Of a person whose name was erased nothing can be changed any more. */
const erased = ({ name }: PersonDetailView, sections: RecordView['sections']): RecordView => ({
  title: name,
  back: LIST,
  texts: ['De naam van deze persoon is verwijderd. Er is niets meer te wijzigen.'],
  sections,
});

/** The form that gives this person a role. */
const roleFor = ({ email }: PersonDetailView): string =>
  `/beheer/rollen/nieuw?personId=${encodeURIComponent(email ?? '')}`;

/** Links to the data held about a person, and to the texts that contain their name. */
function dataLinks(at: string, id: string, caller: Caller) {
  const erases = isPermitted(caller, 'erasure.write') ? ', en de naam verwijderen' : '';
  const links = [{ href: `${at}/naam`, label: `In welke teksten staat de naam${erases}` }];
  if (hasReach(caller, 'people.export', 'all'))
    links.unshift({ href: `/v1/people/${id}/export`, label: 'Alles wat van deze persoon bewaard wordt, als bestand' });
  return { title: 'Gegevens', links };
}

function factsOf(person: PersonDetailView, refusedAt: string | null) {
  const facts = [];
  if (refusedAt)
    facts.push({ term: 'Mail', text: `geweigerd op ${inDutch(dayOf(refusedAt))}: kijk of het e-mailadres klopt` });
  if (person.openActions) facts.push({ term: 'Open acties', text: String(person.openActions) });
  if (person.isDigestStopped) facts.push({ term: 'Weekbericht', text: 'afgemeld' });
  else if (person.digestPausedUntilOn)
    facts.push({ term: 'Weekbericht', text: `stil tot en met ${inDutch(person.digestPausedUntilOn)}` });
  return facts;
}

const membershipsOf = ({ id, memberships }: PersonDetailView, today: string) =>
  tableOf('Organisaties van deze persoon', memberships, {
    Organisatie: (one) => cell(one.organisationName, `${PEOPLE}/${id}/lidmaatschappen/${one.id}`),
    Functie: (one) => one.function,
    Wanneer: ({ fromOn, untilOn }) => periodWords(fromOn, untilOn, today),
  });

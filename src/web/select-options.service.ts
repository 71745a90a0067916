import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Permission } from '../platform/access/permissions.js';
import { AREA_KIND_WORDS } from '../directory/words.js';
import { Areas } from '../directory/areas/areas.service.js';
import type { Page, PagingDto } from '../platform/common/paging.js';
import { Organisations } from '../directory/organisations/organisations.service.js';
import { People } from '../directory/people/people.service.js';
import type { Option } from './fields.rules.js';

const MOST_PAGES = 10;

/** An area by name and kind, and its name alone. */
interface AreaOption extends Option {
  name: string;
}

/** The options of select fields. */
@Injectable()
export class SelectOptions {
  constructor(
    private readonly allAreas: Areas,
    private readonly allOrganisations: Organisations,
    private readonly people: People,
  ) {}

  /** Areas that have not been merged, by name; with a permission, only those where the caller has it. */
  async areas(empty: string, within?: { caller: Caller; permission: Permission }): Promise<AreaOption[]> {
    const found = await all((paging) => this.allAreas.list(paging));
    const options = found
      .filter(({ mergedIntoId }) => mergedIntoId === null)
      .filter(({ id }) => !within || isPermittedIn(within.caller, within.permission, id))
      .map(({ id, name, kind }) => ({ value: id, label: `${name} (${AREA_KIND_WORDS[kind]})`, name }));
    return [{ value: '', label: empty, name: '' }, ...options];
  }

  /** The areas where the caller has this permission, to choose one of; the only one is chosen already. */
  async areasToChoose(caller: Caller, permission: Permission): Promise<AreaOption[]> {
    const [empty, ...areas] = await this.areas('Kies een gebied', { caller, permission });
    return areas.length === 1 ? areas : [empty, ...areas];
  }

  /** The area below the municipality, if there is only one; else empty. */
  async onlyAreaBelow(): Promise<string> {
    const found = await all((paging) => this.allAreas.list(paging));
    const below = found.filter(({ kind, mergedIntoId }) => kind !== 'municipality' && mergedIntoId === null);
    return below.length === 1 ? below[0].id : '';
  }

  /** Organisations that have not been merged, by name. */
  async organisations(empty: string): Promise<Option[]> {
    return namesOf(empty, await this.allOrganisations.names());
  }

  /** The departments: organisations of the municipality. */
  async departments(empty: string): Promise<Option[]> {
    const found = await all((paging) => this.allOrganisations.list({ ...paging, kind: 'municipality' }));
    return namesOf(
      empty,
      found.filter(({ mergedIntoId }) => mergedIntoId === null),
    );
  }

  /** The address of a person, if the caller may know it. */
  async addressOf(personId: string, caller: Caller): Promise<string> {
    const person = await this.people.read(personId, caller).catch(() => undefined);
    return person?.email ?? '';
  }

  /** Active people by address, for the suggestions of a text field. */
  async addresses(caller: Caller, organisation?: string): Promise<Option[]> {
    const { items } = await this.people.list({ active: true, organisation, page: 1, pageSize: 200 }, caller);
    return items.flatMap(({ name, email }) => (email ? [{ value: email, label: name }] : []));
  }

  /** The id of the person with this address, if the caller may know them; otherwise the input, which is not an id. */
  async personIdOf(address = '', caller: Caller): Promise<string> {
    if (address === '') return '';
    const wanted = address.toLowerCase().slice(0, 200);
    const { items } = await this.people.list({ q: wanted, page: 1, pageSize: 200 }, caller);
    return items.find(({ email }) => email === wanted)?.id ?? address;
  }
}

const namesOf = (empty: string, found: readonly { id: string; name: string }[]): Option[] => [
  { value: '', label: empty },
  ...found.map(({ id, name }) => ({ value: id, label: name })),
];

async function all<T>(list: (paging: PagingDto) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { items, total } = await list({ page, pageSize: 200 });
    found.push(...items);
    if (found.length >= total) break;
  }
  return found;
}

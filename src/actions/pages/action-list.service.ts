import { Inject, Injectable } from '@nestjs/common';
import { isPermitted, isPermittedIn, permittedAreas } from '../../platform/access/access.rules.js';
import { type Caller, ROLES_WITH_AREAS } from '../../platform/access/caller.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import type { Option } from '../../web/fields.rules.js';
import { Database } from '../../platform/database/database.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { domainsOf, namesOf } from '../tables/domains.rules.js';
import { Actions } from '../actions.service.js';
import {
  type ActionFilter,
  addressOf,
  chosenOf,
  type FilterNames,
  headsOf,
  isFiltered,
  keptOf,
  LIST,
  NOBODY,
  OWN,
  pagesFor,
  STANDINGS,
  toQuery,
  viewsOf,
} from './action-filters.rules.js';
import { returnersOf } from '../history/returned.js';
import { toRow } from './action-list.rules.js';
import { ServedChoices } from '../references/served-choices.service.js';

/** The one list of actions: in all areas of its reader, or narrowed by the filters in its URL. */
@Injectable()
export class ActionListPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly organisations: Organisations,
    private readonly actions: Actions,
    private readonly selectOptions: SelectOptions,
    private readonly served: ServedChoices,
  ) {}

  /** 404 if the area of the filter does not exist. */
  async view(asked: ActionFilter, caller: Caller) {
    const party = await this.partyIn(asked);
    const wish = { ...asked, organisatie: party?.id ?? asked.organisatie };
    const [area, { items, total }, names, areas, organisations] = await Promise.all([
      wish.gebied ? this.areas.read(wish.gebied) : null,
      this.actions.list(toQuery(wish, caller.today), caller),
      this.names(wish, party?.name, caller),
      this.ownAreas(wish, caller),
      this.selectOptions.organisations('Alle organisaties'),
    ]);
    const selects = this.selects(wish, caller, areas, organisations);
    const returned = items.filter((line) => 'version' in line && line.isHandedBack).map(({ id }) => id);
    const returners = await returnersOf(this.database.reader, returned);
    const hasOrganisation = caller.organisationIds.length > 0;
    const mayWriteIn = areas.filter(({ value }) => value && isPermittedIn(caller, 'actions.write', value));
    const addingTo = mayWriteIn.find(({ value }) => value === area?.id || (!area && mayWriteIn.length === 1));
    return {
      title: area ? `Acties ${area.name}` : 'Acties',
      area: area && { id: area.id, name: area.name },
      wish,
      selects,
      views: viewsOf(wish, hasOrganisation),
      chosen: chosenOf(wish, { ...names, ...(area && { gebied: area.name }) }),
      kept: keptOf(
        wish,
        selects.map(({ name }) => name),
      ),
      heads: headsOf(wish),
      rows: items.map((line) => toRow(line, returners)),
      today: caller.today,
      pages: pagesFor(wish, total),
      isFiltered: isFiltered(wish),
      isOnlyArea: !isFiltered({ ...wish, gebied: '' }),
      isInArea: area !== null,
      everything: addressOf(wish, { stand: 'alles', pagina: 1 }),
      countsElsewhere: countsElsewhere(caller, area?.id),
      path: LIST,
      csv: addressOf(wish, { pagina: 1 }, `${LIST}/lijst.csv`),
      xlsx: addressOf(wish, { pagina: 1 }, `${LIST}/lijst.xlsx`),
      adding: addingTo ? `/gebieden/${addingTo.value}/acties` : null,
      mayWrite: isPermitted(caller, 'actions.write'),
    };
  }

  /** The organisation that the list is of: what the one in the URL was merged into, if it was. Null if there is none. */
  private async partyIn({ organisatie }: ActionFilter): Promise<{ id: string; name: string } | null> {
    if (organisatie === '' || [OWN, NOBODY].includes(organisatie)) return null;
    const read = (id: string) => this.organisations.read(id).catch(() => undefined);
    const found = await read(organisatie);
    const into = found?.mergedIntoId ? await read(found.mergedIntoId) : found;
    return into ?? { id: organisatie, name: 'onbekende organisatie' };
  }

  private async names(wish: ActionFilter, organisatie: string | undefined, caller: Caller): Promise<FilterNames> {
    const titleIn = (found: readonly { id: string; title: string }[], id: string) =>
      found.find((one) => one.id === id)?.title ?? 'onbekend';
    return {
      ...(organisatie && { organisatie }),
      ...(wish.doel && { doel: titleIn(await this.served.goals(caller), wish.doel) }),
      ...(wish.opgave && { opgave: titleIn(await this.served.opgaven(), wish.opgave) }),
    };
  }

  /** The select fields of the form; those with nothing to choose are left out. */
  private selects(wish: ActionFilter, caller: Caller, areas: readonly Option[], organisations: readonly Option[]) {
    const select = (
      name: 'stand' | 'gebied' | 'organisatie' | 'thema' | 'domein',
      label: string,
      options: readonly Option[],
    ) => ({
      name,
      label,
      options: options.map((option) => ({ ...option, isChosen: option.value === wish[name] })),
    });
    const themes = [...new Set([...this.settings.WIJKAGENDA_THEMES.split(';'), wish.thema])].filter(Boolean);
    const domains = namesOf(domainsOf(this.settings.THEME_DOMAINS));
    const special: Option[] = [
      ...(caller.organisationIds.length > 0 ? [{ value: OWN, label: 'Mijn organisatie' }] : []),
      { value: NOBODY, label: 'Zonder actiehouder' },
    ];
    const all = [
      select('stand', 'Stand', STANDINGS),
      select('gebied', 'Gebied', areas),
      select('organisatie', 'Wie', [organisations[0], ...special, ...organisations.slice(1)]),
      select('thema', 'Thema', [
        { value: '', label: 'Alle thema’s' },
        ...themes.map((theme) => ({ value: theme, label: theme })),
      ]),
      select('domein', 'Domein', [
        { value: '', label: 'Alle domeinen' },
        ...domains.map((domain) => ({ value: domain, label: domain })),
      ]),
    ];
    return all.filter(({ options }) => options.length > 2);
  }

  /** The areas the caller is involved in; all areas if they may read all actions everywhere. */
  private async ownAreas(wish: ActionFilter, caller: Caller): Promise<Option[]> {
    const [empty, ...areas] = await this.selectOptions.areas('Alle gebieden');
    if (permittedAreas(caller, 'actions.read') === 'all') return [empty, ...areas];
    const mine = new Set(ROLES_WITH_AREAS.flatMap((role) => caller.areaIds[role]));
    return [empty, ...areas.filter(({ value }) => mine.has(value) || value === wish.gebied)];
  }
}

/** Whether the caller may know how many actions there are in this area, or in all of theirs, but not read each of them. */
function countsElsewhere(caller: Caller, areaId?: string): boolean {
  const counted = permittedAreas(caller, 'koersoverzicht.read');
  if (counted === 'all' || permittedAreas(caller, 'actions.read') === 'all') return false;
  return (areaId ? [areaId] : counted).some((id) => counted.includes(id) && !isPermittedIn(caller, 'actions.read', id));
}

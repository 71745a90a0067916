import type { GrantedRole } from '../platform/access/permissions.js';
import type { AreaKind } from './areas/area.entity.js';
import type { OrganisationKind } from './organisations/organisation.entity.js';

/** Names of the kinds of area, on pages and in tables. */
export const AREA_KIND_WORDS: Record<AreaKind, string> = {
  municipality: 'gemeente',
  team: 'team',
  wijk: 'wijk',
  kern: 'kern',
  buurt: 'buurt',
};
/** Names of the kinds of organisation, in the singular and the plural: on pages, in reviews and in tables. */
export const ORGANISATION_KIND_WORDS: Record<OrganisationKind, string> = {
  municipality: 'gemeente',
  police: 'politie',
  housing: 'woningcorporatie',
  welfare: 'welzijn en zorg',
  residents: 'bewoners',
  volunteers: 'vrijwilligers',
  education: 'onderwijs',
  business: 'ondernemers',
  other: 'overig',
};
/** Other names that an imported table may use. */
export const ORGANISATION_KIND_SYNONYMS: Record<string, OrganisationKind> = {
  'gemeente (afdeling)': 'municipality',
  afdeling: 'municipality',
  wonen: 'housing',
  woningcorporaties: 'housing',
  welzijn: 'welfare',
  zorg: 'welfare',
  'zorg en welzijn': 'welfare',
  bewonersorganisatie: 'residents',
  bewonersorganisaties: 'residents',
  anders: 'other',
  'overige organisaties': 'other',
};
export const ROLE_WORDS: Record<GrantedRole, string> = { admin: 'beheerder', chair: 'voorzitter', reader: 'lezer' };

import type { GrantedRole } from '../../platform/access/permissions.js';
import type { OrganisationKind } from './organisation.entity.js';

/** What the kinds of organisation are called, on pages and in tables. */
export const ORGANISATION_KIND_WORDS: Record<OrganisationKind, string> = {
  municipality: 'gemeente (afdeling)',
  police: 'politie',
  housing: 'woningcorporatie',
  welfare: 'welzijn',
  residents: 'bewoners',
  volunteers: 'vrijwilligers',
  education: 'onderwijs',
  business: 'ondernemers',
  other: 'anders',
};
export const ROLE_WORDS: Record<GrantedRole, string> = { admin: 'beheerder', chair: 'voorzitter', reader: 'lezer' };

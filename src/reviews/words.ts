import type { OrganisationKind } from '../directory/organisations/organisation.entity.js';
import { ORGANISATION_KIND_WORDS } from '../directory/words.js';
import { capital } from '../platform/rendering/text.js';
import type { Side } from '../wijkagenda/figures/figures.rules.js';

/** Who owns the actions of a row: the municipality beside its partners. */
export const SIDE_WORDS: Record<Side, string> = {
  municipality: 'Gemeente',
  partners: 'Partners',
  unowned: 'Zonder actiehouder',
};

/** A kind of organisation as the head of a row. */
export const kindName = (kind: string): string => capital(ORGANISATION_KIND_WORDS[kind as OrganisationKind] ?? kind);

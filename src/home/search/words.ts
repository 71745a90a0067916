import { STATUS_WORDS } from '../../actions/words.js';
import { AREA_KIND_WORDS, ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import { MINUTES_STATE_WORDS } from '../../minutes/words.js';
import type { HitKind } from './search.dto.js';

/** The headings of the groups, and their number in a sentence. */
export const KIND_WORDS: Record<HitKind, { one: string; more: string; heading: string }> = {
  action: { one: 'actie', more: 'acties', heading: 'Acties' },
  decision: { one: 'besluit', more: 'besluiten', heading: 'Besluiten' },
  minutes: { one: 'verslag', more: 'verslagen', heading: 'Verslagen' },
  goal: { one: 'doel', more: 'doelen', heading: 'Doelen' },
  opgave: { one: 'opgave', more: 'opgaven', heading: 'Opgaven' },
  person: { one: 'persoon', more: 'mensen', heading: 'Mensen' },
  organisation: { one: 'organisatie', more: 'organisaties', heading: 'Organisaties' },
  area: { one: 'gebied', more: 'gebieden', heading: 'Gebieden' },
};
/** Other names, where one of them is why something was found. */
export const alsoKnownAs = (names: readonly string[]): string => `ook bekend als ${names.join(', ')}`;

const GOAL_STATE_WORDS: Record<string, string> = { draft: 'concept', active: '' };
const PERSON_STATE_WORDS: Record<string, string> = { active: '', inactive: 'doet niet meer mee' };

/** The states of a hit in words, by kind; empty if there is nothing to say. */
export const HIT_STATE_WORDS: Partial<Record<HitKind, Record<string, string>>> = {
  action: STATUS_WORDS,
  minutes: MINUTES_STATE_WORDS,
  goal: GOAL_STATE_WORDS,
  person: PERSON_STATE_WORDS,
  organisation: ORGANISATION_KIND_WORDS,
  area: AREA_KIND_WORDS,
};

import type { FieldSpec } from './fields.rules.js';
import type { Fields } from './forms.js';

export const BACK = { href: '/beheer', label: 'Beheer' };

/** To where a register is filled from a file, beside its list. */
export const fillingLink = (slug: string) => ({ href: `/beheer/vullen/${slug}`, label: 'Vullen uit een CSV-bestand' });

/** The version a form was made of; 0, which no row has, when it says none. */
export const versionIn = ({ version = '' }: Fields): number => (/^\d{1,9}$/.test(version) ? Number(version) : 0);

export const VERSION: FieldSpec = { name: 'version', label: '', type: 'hidden' };
export const UNTIL: FieldSpec = {
  name: 'untilOn',
  label: 'Laatste dag',
  type: 'date',
  hint: 'Leeg: zonder einde.',
};
export const FROM: FieldSpec = { name: 'fromOn', label: 'Eerste dag', type: 'date', hint: 'Leeg: vandaag.' };

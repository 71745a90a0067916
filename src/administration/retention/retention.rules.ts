import { addDays } from '../../platform/common/calendar-date.js';
import type { Settings } from '../../platform/settings.js';

/** How long a class of data is kept: whole years after its own, or days after its end. */
export type Term = { years: number } | { days: number };

type TermName = Extract<keyof Settings, `${string}_RETENTION_YEARS` | `${string}_RETENTION_DAYS`>;

export const termOf = (settings: Pick<Settings, TermName>, name: TermName): Term =>
  name.endsWith('_YEARS') ? { years: settings[name] } : { days: settings[name] };

/**
 * The first day that is kept: anything that ended before it is destroyed. A period in years runs from the end of the
 * year.
 */
export const keptFrom = (term: Term, today: string): string =>
  'years' in term ? `${Number(today.slice(0, 4)) - term.years}-01-01` : addDays(today, -term.days);

export const inWords = (term: Term): string => ('years' in term ? `${term.years} years` : `${term.days} days`);

import { addDays } from '../../platform/common/calendar-date.js';
import { Params, row, type Source } from '../../platform/database/rows.js';
import type { Settings } from '../../platform/settings.js';
import { OLD_MINUTES, tableClasses } from './classes.js';
import { keptFrom, type Term, termOf } from './retention.rules.js';

/** Nobody has to destroy data on the day itself. */
const PATIENCE_DAYS = 31;

/**
 * The classes of data that have been past their retention period for over a month, by name. One statement, which looks
 * for one row of each class and counts none.
 */
export async function longDue(source: Source, settings: Settings, today: string): Promise<string[]> {
  const params = new Params();
  const day = addDays(today, -PATIENCE_DAYS);
  const isThere = (name: string, term: Term, from: string): string =>
    `EXISTS (SELECT 1 ${inPlace(from, params.add(keptFrom(term, day)))}) AS "${name}"`;
  const classes = [
    isThere('minutes', termOf(settings, 'MINUTES_RETENTION_YEARS'), OLD_MINUTES),
    ...tableClasses(settings).map(({ name, term, steps }) => {
      const { table, where } = steps.at(-1)!;
      return isThere(name, term, `FROM "${table}" WHERE ${where}`);
    }),
    isThere('audit', termOf(settings, 'AUDIT_RETENTION_YEARS'), OLDEST_ENTRY),
  ];
  const found = (await row<Record<string, unknown>>(source, `SELECT ${classes.join(', ')}`, params.values))!;
  return Object.keys(found).filter((name) => Boolean(found[name]));
}

const inPlace = (sql: string, parameter: string): string => sql.replaceAll('$1', () => parameter);

/** The trail is in the order of its moments. */
const OLDEST_ENTRY = `FROM "audit_entries" e WHERE e."at" < $1 AND e."sequence" = (SELECT min(x."sequence") FROM "audit_entries" x)`;

import { Inject, Injectable } from '@nestjs/common';
import { addDays } from '../../platform/common/calendar-date.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params } from '../../platform/database/rows.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { OLD_MINUTES, tableClasses } from './classes.js';
import { keptFrom, type Term, termOf } from './retention.rules.js';

/** Nobody has to destroy data on the day itself. */
const PATIENCE_DAYS = 31;

interface Searched {
  name: string;
  term: Term;
  /** The part from `FROM`, over `$1`, the first day that is kept. */
  from: string;
}

/** Finds out which data should have been destroyed. */
@Injectable()
export class LongDue {
  /** Where nothing was found, nothing is looked for again that day: it means reading the whole of a table. */
  private nothing = { day: '', names: new Set<string>() };

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly reads: BackgroundReader,
  ) {}

  /** The classes of data that have been past their retention period for over a month, by name. */
  async names(today: string): Promise<string[]> {
    if (this.nothing.day !== today) this.nothing = { day: today, names: new Set() };
    const { names: without } = this.nothing;
    const searched = classesOf(this.settings).filter(({ name }) => !without.has(name));
    if (searched.length === 0) return [];
    const params = new Params();
    const day = addDays(today, -PATIENCE_DAYS);
    const columns = searched.map(({ name, term, from }) => {
      const first = params.add(keptFrom(term, day));
      return `EXISTS (SELECT 1 ${from.replaceAll('$1', () => first)}) AS "${name}"`;
    });
    const [found] = await this.reads.rows<Record<string, unknown>>(`SELECT ${columns.join(', ')}`, params.values);
    for (const { name } of searched) if (!found[name]) without.add(name);
    return searched.map(({ name }) => name).filter((name) => found[name]);
  }
}

/** The audit trail is in the order of its moments. */
const OLDEST_ENTRY = `FROM "audit_entries" e WHERE e."at" < $1 AND e."sequence" = (SELECT min(x."sequence") FROM "audit_entries" x)`;

const classesOf = (settings: Settings): Searched[] => [
  { name: 'minutes', term: termOf(settings, 'MINUTES_RETENTION_YEARS'), from: OLD_MINUTES },
  ...tableClasses(settings).map(({ name, term, steps }) => {
    const { table, where } = steps.at(-1)!;
    return { name, term, from: `FROM "${table}" WHERE ${where}` };
  }),
  { name: 'audit', term: termOf(settings, 'AUDIT_RETENTION_YEARS'), from: OLDEST_ENTRY },
];

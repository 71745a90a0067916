import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nearness, WhoPerson } from '../../src/actions/quick-line/who-candidates.rules.js';
import { ORGANISATIONS } from './quick-line-table.js';

/** A line as it is typed, and what it means: "Politie (Randy Zijde) + BOR | title | date, asap, ongoing, next or -". */
export interface TypedLine {
  line: string;
  who: string;
  what: string;
  when: string;
}

const NEAR: Record<string, Nearness> = {
  Politie: 'table',
  'BOA’s': 'table',
  BOR: 'table',
  'Habeko Wonen': 'table',
  'Tom in de buurt': 'table',
  'Dorpsraad Boskoop': 'table',
  'Wijken en Kernen': 'table',
  Participe: 'area',
  WonenCentraal: 'area',
};

const person = (name: string, organisationId: string, task: string): WhoPerson => ({
  ...{ id: name, name, organisationId, function: task },
  ...{ place: NEAR[organisationId] ?? 'other', isPreferred: true },
});

/** Those at the table of a meeting, from the area around it, and others: first names with the name of a street. */
export const TABLE = {
  organisations: ORGANISATIONS.map(({ id, name, aliases }) => ({
    ...{ id, name },
    aliases: aliases.filter((alias) => alias !== 'wijkagent'),
    place: NEAR[name] ?? ('other' as const),
  })),
  people: [
    person('Randy Zijde', 'Politie', 'wijkagent'),
    person('Karin Hoflaan', 'BOR', 'wijkbeheerder'),
    person('Fatima Gouwe', 'Tom in de buurt', 'wijkcoach'),
    person('Peter Emmalaan', 'Habeko Wonen', 'woonconsulent'),
    person('Henk Snijdel', 'BOA’s', 'handhaver'),
    person('Lilia Reijerskoop', 'Dorpsraad Boskoop', 'voorzitter'),
    person('Sanne Rijn', 'Wijken en Kernen', 'gebiedsadviseur'),
    person('Joyce Paradijs', 'Participe', 'ouderenadviseur'),
    person('Ellen Edelsteen', 'WonenCentraal', 'wijkbeheerder'),
    person('Randy Biezen', 'Trifolium', 'wijkbeheerder'),
  ],
};

/**
 * Two hundred lines, written before the rules that read them. The rules were improved on every other line; the rest
 * were the check: 95 of them were read correctly when their failures were first inspected.
 */
const ALL = linesOf('typed-lines');
export const TUNED = ALL.filter((_, at) => at % 2 === 0);
export const KEPT_ASIDE = ALL.filter((_, at) => at % 2 === 1);
/** Forty more, written afterwards. */
export const UNSEEN = linesOf('unseen-lines');

function linesOf(name: string): TypedLine[] {
  return readFileSync(join(process.cwd(), `test/rules/lines/${name}.txt`), 'utf8')
    .trim()
    .split('\n')
    .map((row) => {
      const [line, who, what, when] = row.split(' | ');
      return { line, who, what, when };
    });
}

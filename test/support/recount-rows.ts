import type { TestApp } from './app.js';

type Value = string | number | boolean | null;
export type Raw = Record<string, Value>;

const TABLES = [
  ...['areas', 'area_parents', 'organisations', 'people', 'contacts', 'actions', 'action_updates', 'action_co_owners'],
  ...['meetings', 'invitations', 'sessions', 'attendances', 'minutes', 'judgements', 'goals', 'goal_courses'],
  ...[
    'goal_measurements',
    'action_escalations',
    'outgoing_messages',
    'action_parties',
    'memberships',
    'grants',
    'mail_links',
    'rating_rounds',
    'ratings',
  ],
] as const;
export type Tables = Record<(typeof TABLES)[number], Raw[]>;

const two = (part: number): string => String(part).padStart(2, '0');

/** The PostgreSQL driver returns a date as local midnight of that day. */
function plain(value: unknown): Value {
  if (!(value instanceof Date)) return value as Value;
  return `${value.getFullYear()}-${two(value.getMonth() + 1)}-${two(value.getDate())}`;
}

/** Every row of the tables that figures come from, as they are. */
export async function rawRows({ database }: TestApp): Promise<Tables> {
  const found: [string, Raw[]][] = [];
  for (const table of TABLES) {
    const rows = (await database.reader.query(`SELECT * FROM "${table}"`)) as Record<string, unknown>[];
    const toRaw = (row: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
    found.push([table, rows.map(toRaw)]);
  }
  return Object.fromEntries(found) as Tables;
}

export const isYes = (value: Value): boolean => value === true || value === 1;
export const text = (value: Value): string => value as string;

/** Whole days between two dates. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The day of an instant in Amsterdam. */
export const amsterdam = (moment: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date(moment));

export const holdsOn = ({ fromOn, untilOn }: Raw, day: string): boolean =>
  text(fromOn) <= day && (untilOn === null || text(untilOn) >= day);

/** An area and everything below it on a day. */
export function withBelow(tables: Tables, areaId: string, day: string): string[] {
  const below = tables.area_parents.filter((row) => row.parentId === areaId && holdsOn(row, day));
  return [areaId, ...below.flatMap((row) => withBelow(tables, text(row.areaId), day))];
}

/** A percentage, rounded half up; null if the whole is 0. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part / whole) * 100 + 0.5 + 1e-9);

export function middle(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((one, other) => one - other);
  if (sorted.length === 0) return null;
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Everything that differs, and how many figures were compared. */
export class Comparison {
  compared = 0;
  readonly differences: string[] = [];

  number(what: string, shown: unknown, counted: number | null): void {
    this.compared += 1;
    if (shown !== counted) this.differences.push(`${what}: shown ${String(shown)}, counted ${String(counted)}`);
  }

  all(what: string, shown: object, counted: Readonly<Record<string, number | null>>): void {
    for (const [name, value] of Object.entries(counted))
      this.number(`${what} ${name}`, (shown as Record<string, unknown>)[name], value);
  }

  /** Every group shown and every group counted, by name; a missing one is a difference. */
  groups(
    what: string,
    shown: readonly object[],
    nameOf: string,
    counted: ReadonlyMap<string | null, Readonly<Record<string, number | null>>>,
  ): void {
    const byName = new Map(shown.map((one) => [(one as Record<string, string | null>)[nameOf], one]));
    this.number(`${what}: groups`, byName.size, counted.size);
    for (const [name, figures] of counted) this.all(`${what} ${name}`, byName.get(name) ?? {}, figures);
  }
}

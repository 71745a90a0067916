import type { Dialect } from './dialect.js';

/** Rows and the history of their changes, ordered by `effectiveOn` and within a day by `sequence`. */
interface LastStates {
  /** The table of the rows, `k` in SQL. */
  table: string;
  /** The columns to read from the rows. */
  columns: readonly string[];
  history: string;
  /** The columns to read from the last state of each row. */
  state: readonly string[];
  /** The history columns that identify the row, in index order, each with the matching column of the row. */
  ties: Record<string, string>;
  /** SQL for "this state counts", given these two columns of it. */
  counts: (effectiveOn: string, recordedAt: string) => string;
  /** SQL condition on the rows `k`. */
  where: string;
  /** The columns of `k` in the order of an index. */
  groupBy: string;
  /**
   * SQL for the range of an index that holds these rows, and of one of the history that holds their states; null when
   * only a few rows qualify. Most rows within it do, and most columns that are not ties are null.
   */
  stretch: ((row: string) => string) | null;
  /** A column with the number of states that count and meet a condition; null where that would take longer. */
  times?: { column: string; holds: (effectiveOn: string, state: string) => string };
}

/** Orders the states of a row, of which no two are equal. */
const LAST = `max(u."effectiveOn" || (1000000000 + u."sequence"))`;

/**
 * SQL for rows with the last state of each: the latest day, and within a day the last entry. Each database has a fast
 * path: SQLite takes the bare columns next to a maximum from the row of that maximum; PostgreSQL scans a range of the
 * index backwards and keeps the first state of each row, or looks up row by row when only a few qualify. OFFSET 0 stops
 * PostgreSQL from pulling later conditions on the state into this subquery, whose selectivity it badly underestimates.
 */
export function withLastState(dialect: Dialect, question: LastStates): string {
  if (!dialect.isPostgres) return question.stretch ? lastInStretch(dialect, question) : lastByRow(dialect, question);
  const { columns, state, table, times } = question;
  const read = [
    ...all('k', columns),
    ...all('u', state),
    ...(times ? [`CAST(NULL AS integer) AS "${times.column}"`] : []),
  ];
  return `(SELECT ${read.join(', ')} FROM "${table}" k ${lastOnPostgres(dialect, question, all('h', state).join(', '))}
    WHERE ${whole(question)} OFFSET 0)`;
}

const all = (alias: string, names: readonly string[]): string[] => names.map((name) => `${alias}."${name}"`);
const whole = ({ stretch, where }: LastStates): string => (stretch ? `${stretch('k')} AND ${where}` : where);

/** The columns of the last state on SQLite, next to its maximum. */
function lastState(dialect: Dialect, { state, times }: LastStates): string {
  const stored = (name: string): string => dialect.asStored(`u."${name}"`);
  const holds = times?.holds(stored('effectiveOn'), 'u');
  return [
    ...state.map((name) => `${stored(name)} AS "${name}"`),
    ...(times ? [`count(*) FILTER (WHERE ${holds}) AS "${times.column}"`] : []),
    `${LAST} AS "last"`,
  ].join(', ');
}

/** On SQLite, row by row. */
function lastByRow(dialect: Dialect, question: LastStates): string {
  const { table, columns, history, ties, counts, groupBy } = question;
  const own = columns.map((name) => `${dialect.asStored(`k."${name}"`)} AS "${name}"`);
  return `SELECT ${own.join(', ')}, ${lastState(dialect, question)} FROM "${table}" k CROSS JOIN "${history}" u
    WHERE ${tied('u', ties)} AND ${counts('u."effectiveOn"', 'u."recordedAt"')} AND ${whole(question)} GROUP BY ${groupBy}`;
}

/**
 * On SQLite, from the history alone, instead of looking up each row in it. It is read backwards, so that the other
 * columns of earlier states are never read. Rows that do not qualify, or with more to tell than their ties, are set
 * beside it. LIMIT -1 keeps both parts as they are.
 */
function lastInStretch(dialect: Dialect, question: LastStates): string {
  const { table, columns, history, ties, counts, where, state, times } = question;
  const stretch = question.stretch!;
  const own = Object.entries(ties);
  const key = own.map(([column]) => `u."${column}"`);
  const [, id] = own.at(-1)!;
  const tiedTo = (name: string) => own.some(([, column]) => column === name);
  const beside = columns.filter((name) => !tiedTo(name));
  const isUnusual = [...beside.map((name) => `k."${name}" IS NOT NULL`), `NOT (${where})`].join(' OR ');
  const read = columns.map((name) => `${tiedTo(name) ? 's' : 'x'}."${name}"`);
  return `SELECT ${[...read, ...all('s', [...state, ...(times ? [times.column] : []), 'last'])].join(', ')}
    FROM (SELECT ${own.map(([column, name]) => `${dialect.asStored(`u."${column}"`)} AS "${name}"`).join(', ')}, ${lastState(dialect, question)}
      FROM "${history}" u WHERE ${stretch('u')} AND ${counts(dialect.asStored('u."effectiveOn"'), 'u."recordedAt"')}
      GROUP BY ${key.join(', ')} ORDER BY ${key.map((column) => `${column} DESC`).join(', ')} LIMIT -1) s
    LEFT JOIN (SELECT ${all('k', [id, ...beside]).join(', ')}, ${where} AS "qualifies" FROM "${table}" k
      WHERE ${stretch('k')} AND (${isUnusual}) LIMIT -1) x ON x."${id}" = s."${id}"
    WHERE x."qualifies" IS NOT FALSE`;
}

function lastOnPostgres(dialect: Dialect, { history, ties, counts, stretch }: LastStates, state: string): string {
  const newest = 'h."effectiveOn" DESC, h."sequence" DESC';
  if (!stretch) {
    const known = counts('h."effectiveOn"', dialect.unindexed('h."recordedAt"'));
    return `CROSS JOIN LATERAL (SELECT ${state} FROM "${history}" h WHERE ${tied('h', ties)} AND ${known}
      ORDER BY ${newest} LIMIT 1) u`;
  }
  const key = Object.keys(ties).map((column) => `h."${column}"`);
  const [own, id] = Object.entries(ties).at(-1)!;
  return `JOIN (SELECT DISTINCT ON (${key.join(', ')}) h."${own}", ${state} FROM "${history}" h
      WHERE ${stretch('h')} AND ${counts('h."effectiveOn"', 'h."recordedAt"')}
      ORDER BY ${key.map((column) => `${column} DESC`).join(', ')}, ${newest}) u
    ON u."${own}" = k."${id}"`;
}

const tied = (state: string, ties: Record<string, string>): string =>
  Object.entries(ties)
    .map(([own, column]) => `${state}."${own}" = k."${column}"`)
    .join(' AND ');

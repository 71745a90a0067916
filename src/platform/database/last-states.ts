import type { Dialect } from './dialect.js';

/** Rows and the history of their changes, ordered by `effectiveOn` and within a day by `sequence`. */
export interface LastStates {
  /** The table of the rows, `k` in SQL. */
  table: string;
  /** The columns to read from the rows. */
  columns: readonly string[];
  history: string;
  /** The columns to read from the last state of each row. */
  state: readonly string[];
  /** The history columns that identify the row, in index order, each with the matching column of the row. */
  ties: Record<string, string>;
  /** SQL for "this state counts"; `recordedAt` replaces its column of that name. */
  counts: (state: string, recordedAt?: string) => string;
  /** SQL condition on the rows `k`. */
  where: string;
  /** The columns of `k` in the order of an index. */
  groupBy: string;
  /** SQL for the range of the history that holds the states of all these rows; null when only a few rows qualify. */
  stretch: ((state: string) => string) | null;
}

/**
 * SQL for rows with the last state of each: the latest day, and within a day the last entry. Each database has a fast
 * path: SQLite takes the bare columns next to a maximum from the row of that maximum; PostgreSQL scans a range of the
 * index backwards and keeps the first state of each row, or looks up row by row when only a few qualify. OFFSET 0 stops
 * PostgreSQL from pulling later conditions on the state into this subquery, whose selectivity it badly underestimates.
 */
export function withLastState(dialect: Dialect, question: LastStates): string {
  const { table, history, ties, counts, where, groupBy } = question;
  const all = (alias: string, names: readonly string[]) => names.map((name) => `${alias}."${name}"`);
  const columns = [...all('k', question.columns), ...all('u', question.state)].join(', ');
  if (!dialect.isPostgres) {
    return `SELECT ${columns}, max(u."effectiveOn" || printf('%09d', u."sequence"))
      FROM "${table}" k CROSS JOIN "${history}" u WHERE ${tied('u', ties)} AND ${counts('u')} AND ${where} GROUP BY ${groupBy}`;
  }
  return `(SELECT ${columns} FROM "${table}" k ${lastOnPostgres(dialect, question, all('h', question.state).join(', '))} WHERE ${where} OFFSET 0)`;
}

function lastOnPostgres(dialect: Dialect, { history, ties, counts, stretch }: LastStates, state: string): string {
  const newest = 'h."effectiveOn" DESC, h."sequence" DESC';
  if (!stretch) {
    const known = counts('h', dialect.unindexed('h."recordedAt"'));
    return `CROSS JOIN LATERAL (SELECT ${state} FROM "${history}" h WHERE ${tied('h', ties)} AND ${known}
      ORDER BY ${newest} LIMIT 1) u`;
  }
  const key = Object.keys(ties).map((column) => `h."${column}"`);
  const [own, id] = Object.entries(ties).at(-1)!;
  return `JOIN (SELECT DISTINCT ON (${key.join(', ')}) h."${own}", ${state} FROM "${history}" h
      WHERE ${stretch('h')} AND ${counts('h')} ORDER BY ${key.map((column) => `${column} DESC`).join(', ')}, ${newest}) u
    ON u."${own}" = k."${id}"`;
}

const tied = (state: string, ties: Record<string, string>): string =>
  Object.entries(ties)
    .map(([own, column]) => `${state}."${own}" = k."${column}"`)
    .join(' AND ');

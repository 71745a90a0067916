import type { Dialect } from './dialect.js';

/** Rows and the history of their changes, which counts by `effectiveOn` and within a day by `sequence`. */
export interface LastStates {
  /** The rows, `k` in SQL. */
  table: string;
  /** What is read of them. */
  columns: readonly string[];
  history: string;
  /** What is read of the last state of each. */
  state: readonly string[];
  /** The columns of the history that say of which row it is, in the order of its index, each with that of the row. */
  ties: Record<string, string>;
  /** SQL for "this state counts". */
  counts: (state: string) => string;
  /** SQL over the rows `k`. */
  where: string;
  /** The columns of `k` in the order in which an index finds them. */
  groupBy: string;
  /** SQL for the stretch of the history in which the states of all these rows lie together; null where few rows count. */
  stretch: ((state: string) => string) | null;
}

/**
 * SQL for rows with the last state of each: the newest day, and of one day the last entry. The databases have a short way
 * of their own: SQLite takes the columns beside a maximum from the row of that maximum, PostgreSQL reads a whole stretch
 * of the index backwards and keeps the first of each row, or asks row by row where few count. OFFSET 0 keeps what is asked
 * of the states afterwards out of this, of which it would guess that next to nothing passes.
 */
export function withLastState(dialect: Dialect, question: LastStates): string {
  const { table, history, ties, counts, where, groupBy } = question;
  const all = (alias: string, names: readonly string[]) => names.map((name) => `${alias}."${name}"`);
  const columns = [...all('k', question.columns), ...all('u', question.state)].join(', ');
  if (!dialect.isPostgres) {
    return `SELECT ${columns}, max(u."effectiveOn" || printf('%09d', u."sequence"))
      FROM "${table}" k CROSS JOIN "${history}" u WHERE ${tied('u', ties)} AND ${counts('u')} AND ${where} GROUP BY ${groupBy}`;
  }
  return `(SELECT ${columns} FROM "${table}" k ${lastOnPostgres(question, all('h', question.state).join(', '))} WHERE ${where} OFFSET 0)`;
}

function lastOnPostgres({ history, ties, counts, stretch }: LastStates, state: string): string {
  const newest = 'h."effectiveOn" DESC, h."sequence" DESC';
  if (!stretch) {
    return `CROSS JOIN LATERAL (SELECT ${state} FROM "${history}" h WHERE ${tied('h', ties)} AND ${counts('h')}
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

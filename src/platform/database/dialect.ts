import { DataSource, type EntityManager } from 'typeorm';
import type { Params } from './rows.js';

/**
 * Everything in which the SQL of the two databases differs, each difference under one name: whoever writes a query asks
 * here for the piece, and never which database it is.
 */
export class Dialect {
  constructor(readonly isPostgres: boolean) {}

  get name(): 'postgresql' | 'sqlite' {
    return this.on('postgresql', 'sqlite');
  }

  /** After a SELECT: holds its rows until the end of the transaction. On SQLite transactions run one by one anyway. */
  get forUpdate(): string {
    return this.on(' FOR UPDATE', '');
  }

  /** The same, without the rows that somebody else holds. */
  get forUpdateSkipLocked(): string {
    return this.on(' FOR UPDATE SKIP LOCKED', '');
  }

  /** The rows of one table of a join stay as they are; others may hold them so too. */
  forShareOf(alias: string): string {
    return this.on(` FOR SHARE OF ${alias}`, '');
  }

  /** What references look at in these rows stays as it is. */
  get forKeyShare(): string {
    return this.on(' FOR KEY SHARE', '');
  }

  /** Until the end of the transaction nobody else gets past this line with the same name. */
  async holdName(manager: EntityManager, name: string): Promise<void> {
    if (this.isPostgres) await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  /** A text without its capitals. */
  folded(column: string): string {
    return this.on(`lower(${column})`, `fold(${column})`);
  }

  /** "One of these columns contains the text", whatever the capitals; `%` and `_` in it mean themselves. */
  contains(columns: readonly string[], text: string, params: Params): string {
    const part = params.add(`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
    return `(${columns.map((column) => `${this.folded(column)} LIKE ${part} ESCAPE '\\'`).join(' OR ')})`;
  }

  /** "The column contains this placeholder's text", to the letter. */
  holds(column: string, text: string): string {
    return `${this.on('strpos', 'instr')}(${column}, CAST(${text} AS text)) > 0`;
  }

  /** A day as text, `YYYY-MM-DD`. */
  dayText(day: string): string {
    return this.on(`to_char(${day}, 'YYYY-MM-DD')`, day);
  }

  /** The whole days from one date to another. */
  days(from: string, to: string): string {
    return this.on(`(${to} - ${from})`, `CAST(julianday(${to}) - julianday(${from}) AS integer)`);
  }

  /** The database's own time in so many seconds, in the form of `…At` columns. */
  momentIn(seconds: number): string {
    return this.on(
      `to_char((clock_timestamp() + interval '${seconds} seconds') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+${seconds} seconds')`,
    );
  }

  /** A placeholder that stands for an id, where the database cannot tell so from what is beside it. */
  asId(placeholder: string): string {
    return `CAST(${placeholder} AS ${this.on('uuid', 'varchar')})`;
  }

  /** An aggregate over rows: their values as a JSON list in order. Read it with shape `json`. */
  jsonList(value: string, orderBy = value): string {
    const all = `${value} ORDER BY ${orderBy}`;
    return this.on(`coalesce(json_agg(${all}), '[]')`, `json_group_array(${all})`);
  }

  /** The same of objects: `{ name: 'n."name"' }`. */
  jsonObjects(fields: Record<string, string>, orderBy: string): string {
    const pairs = Object.entries(fields).map(([name, column]) => `'${name}', ${column}`);
    return this.jsonList(`${this.on('json_build_object', 'json_object')}(${pairs.join(', ')})`, orderBy);
  }

  /** The texts of a JSON list, as a table to read from with the one column `value`. */
  textsOf(column: string, alias: string): string {
    return this.on(
      `json_array_elements_text(CAST(${column} AS json)) AS ${alias}("value")`,
      `json_each(${column}) ${alias}`,
    );
  }

  /** "Is one of what this query finds", such that PostgreSQL too finds each by its key, and does not try all there are. */
  isOneOf(column: string, query: string): string {
    return this.on(`${column} = ANY (ARRAY(${query}))`, `${column} IN (${query})`);
  }

  private on<T>(postgres: T, sqlite: T): T {
    return this.isPostgres ? postgres : sqlite;
  }
}

const POSTGRES = new Dialect(true);
const SQLITE = new Dialect(false);

/** How the database of this connection or transaction is spoken to. */
export function dialectOf(source: DataSource | EntityManager): Dialect {
  const { options } = source instanceof DataSource ? source : source.dataSource;
  return options.type === 'postgres' ? POSTGRES : SQLITE;
}

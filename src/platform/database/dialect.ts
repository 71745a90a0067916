import { DataSource, type EntityManager } from 'typeorm';
import { REPLACED, REPLACEMENTS, type SearchedWord } from '../spelling/plain-words.js';
import type { Params, Shape } from './rows.js';
import { ALIKE, asSpelled, BLANKS, UNSEEN } from '../spelling/spelled-words.js';

/** A string literal in SQL. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const PLACE = `(SELECT "system_identifier" FROM pg_control_system()) || '/'
  || (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()) || '/'`;

/**
 * In SQL, `natural_key(x)` sorts by name or number as `compareNaturally` does: `ORDER BY natural_key(o."name"),
 * o."id"`. On PostgreSQL a migration creates it; on SQLite each connection registers it.
 */
export const NATURAL_KEY_FUNCTION = 'natural_key(text)';

/** The channel on which PostgreSQL announces commits; the payload is the schema. */
export const COMMITS = 'wijkagenda_commits';

/**
 * Every difference between the SQL of the two databases, each under its own name: a query takes the fragment it needs
 * from here and never checks which database it runs on.
 */
export class Dialect {
  constructor(readonly isPostgres: boolean) {}

  get name(): 'postgresql' | 'sqlite' {
    return this.on('postgresql', 'sqlite');
  }

  /** Appended to a SELECT: locks its rows until the transaction ends. SQLite transactions run one by one anyway. */
  get forUpdate(): string {
    return this.on(' FOR UPDATE', '');
  }

  /** Whether what reads rows to change them may wait for others: what they committed is then read by a later statement. */
  get waitsForRows(): boolean {
    return this.isPostgres;
  }

  /** `FOR UPDATE`, skipping rows locked by others. */
  get forUpdateSkipLocked(): string {
    return this.on(' FOR UPDATE SKIP LOCKED', '');
  }

  /**
   * Locks the rows of one joined table against changes; only one transaction at a time can hold it. With a shared lock, a
   * steady stream of holders would block every change to the row.
   */
  forNoKeyUpdateOf(alias: string): string {
    return this.on(` FOR NO KEY UPDATE OF ${alias}`, '');
  }

  /** Locks these rows against changes of the columns that foreign keys refer to. */
  get forKeyShare(): string {
    return this.on(' FOR KEY SHARE', '');
  }

  /** Until the end of the transaction, blocks everyone else who makes this call with the same name. */
  async holdName(manager: EntityManager, name: string): Promise<void> {
    if (this.isPostgres) await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  /**
   * Appended to an UPDATE of the audit trail: notifies all processes of the change once it is committed, in the same
   * round trip. Rolled-back changes are not announced. SQLite serves one process, which knows of its own commits.
   */
  get tellingAll(): string {
    return this.on(` RETURNING pg_notify('${COMMITS}', current_schema())`, '');
  }

  /**
   * The cluster, the database and the transaction that wrote a row of this table; null on SQLite. Kept in the row itself,
   * it shows that the row was copied here: by pg_restore, in a clone of the database, or by hand.
   */
  writtenAt(alias: string): string {
    return this.on(`${PLACE} || ${alias}.xmin::text`, 'NULL');
  }

  /** What `writtenAt` will return for rows that this transaction writes. */
  get writingAt(): string {
    return this.on(`${PLACE} || pg_current_xact_id()::xid::text`, 'NULL');
  }

  /**
   * A text that no index is read by. Where it follows other columns in an index, PostgreSQL expects skipping through them
   * to cost more than reading the rows, even if a row is looked up by its id.
   */
  unindexed(column: string): string {
    return this.on(`(${column} || '')`, column);
  }

  /**
   * A column that is compared as it is stored. SQLite takes a `date` for a number, and tries to read both sides of each
   * comparison as one. No index is read by it either.
   */
  asStored(column: string): string {
    return this.on(column, `+${column}`);
  }

  /** The column in lower case. */
  folded(column: string): string {
    return this.on(`lower(${column})`, `fold(${column})`);
  }

  /** "One of these columns contains the text", ignoring case; `%` and `_` are taken literally. */
  contains(columns: readonly string[], text: string, params: Params): string {
    const part = params.add(`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
    return `(${columns.map((column) => `${this.folded(column)} LIKE ${part} ESCAPE '\\'`).join(' OR ')})`;
  }

  /** "One of these columns contains the words", however they are spelled there, in any case; also in JSON. */
  spells(columns: readonly string[], words: string, params: Params): string {
    const part = params.add(
      `%${asSpelled(words)
        .trim()
        .replace(/[\\%_]/g, '\\$&')}%`,
    );
    const spelled = columns.map((column) => this.on(postgresSpelled(column), `as_spelled(${column})`));
    return `(${spelled.map((text) => `${text} LIKE ${part} ESCAPE '\\'`).join(' OR ')})`;
  }

  /** `plainWords` of a column. */
  plainWords(column: string): string {
    return this.on(
      `translate(lower(${column}), ${literal(REPLACED)}, ${literal(REPLACEMENTS)})`,
      `plain_words(${column})`,
    );
  }

  /**
   * "This text has these words", each at the beginning of a word, without case, accents and punctuation; for registers of a
   * few thousand rows, which are read whole. Words written together may be apart, unless by an apostrophe.
   */
  hasWords(column: string, searched: readonly SearchedWord[], params: Params): string {
    if (searched.length === 0) return 'FALSE';
    const text = `(' ' || ${this.plainWords(column)} || ' ')`;
    const has = (words: string) => `${text} LIKE ${params.add(`% ${words}%`)}`;
    const conditions = searched.map(([first, ...others]) => {
      if (others.length === 0) return first.words.map(has).join(' AND ');
      const ways = [first, ...others].map(({ words, isWhole }) => has(`${words.join(' ')}${isWhole ? ' ' : ''}`));
      return `(${ways.join(' OR ')})`;
    });
    return `(${conditions.join(' AND ')})`;
  }

  /** Whether the word index collects every text with a word before it looks at the other words. */
  get collectsWords(): boolean {
    return this.isPostgres;
  }

  /** "The column contains the text of this placeholder", case-sensitive. */
  holds(column: string, text: string): string {
    return `${this.on('strpos', 'instr')}(${column}, CAST(${text} AS text)) > 0`;
  }

  /** A date as text, `YYYY-MM-DD`. */
  dayText(day: string): string {
    return this.on(`to_char(${day}, 'YYYY-MM-DD')`, day);
  }

  /** The number of whole days between two dates. */
  days(from: string, to: string): string {
    return this.on(`(${to} - ${from})`, `CAST(julianday(${to}) - julianday(${from}) AS integer)`);
  }

  /** The database's own clock plus this many seconds, in the format of `…At` columns. */
  momentIn(seconds: number): string {
    return this.on(
      `to_char((clock_timestamp() + interval '${seconds} seconds') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+${seconds} seconds')`,
    );
  }

  /**
   * Joins the row with this id of a table: each is looked up, in the order of the rows before it. PostgreSQL would
   * otherwise read the whole table where it expects many.
   */
  lookUp(table: string, alias: string, id: string): string {
    return this.on(
      `CROSS JOIN LATERAL (SELECT y.* FROM "${table}" y WHERE y."id" = ${id} OFFSET 0) ${alias}`,
      `CROSS JOIN "${table}" ${alias} ON ${alias}."id" = ${id}`,
    );
  }

  /**
   * Joins one row of a table with an `id` to each row: the first in this order of those for which the condition holds.
   * The condition and the order are over `n`. PostgreSQL would otherwise scan the whole table where SQLite looks up row
   * by row.
   */
  joinFirst(table: string, alias: string, where: string, orderBy: string): string {
    const first = (columns: string) =>
      `(SELECT ${columns} FROM "${table}" n WHERE ${where} ORDER BY ${orderBy} LIMIT 1)`;
    return this.on(
      `CROSS JOIN LATERAL ${first('n.*')} ${alias}`,
      `JOIN "${table}" ${alias} ON ${alias}."id" = ${first('n."id"')}`,
    );
  }

  /** A placeholder for an id, where the database cannot infer its type from the context. */
  asId(placeholder: string): string {
    return `CAST(${placeholder} AS ${this.on('uuid', 'varchar')})`;
  }

  /** An aggregate: the values of all rows as a sorted JSON list. Read it with shape `json`. */
  jsonList(value: string, orderBy = value): string {
    const all = `${value} ORDER BY ${orderBy}`;
    return this.on(`coalesce(json_agg(${all}), '[]')`, `json_group_array(${all})`);
  }

  /** The same for objects: `{ name: 'n."name"' }`. */
  jsonObjects(fields: Record<string, string>, orderBy: string): string {
    const pairs = Object.entries(fields).map(([name, column]) => `'${name}', ${column}`);
    return this.jsonList(`${this.on('json_build_object', 'json_object')}(${pairs.join(', ')})`, orderBy);
  }

  /** An object as JSON text. `shape` names the fields that are flags, where null is false, or JSON themselves. */
  jsonText(fields: Record<string, string>, shape: Shape): string {
    const pairs = Object.entries(fields).map(([name, value]) => {
      if (shape[name] === 'boolean')
        value = this.on(`coalesce(${value}, FALSE)`, `iif(${value}, json('true'), json('false'))`);
      if (shape[name] === 'json') value = this.on(value, `json(${value})`);
      return `'${name}', ${value}`;
    });
    return this.on(`CAST(json_build_object(${pairs.join(', ')}) AS text)`, `json_object(${pairs.join(', ')})`);
  }

  /** The texts of a JSON list as a table with the single column `value`. */
  textsOf(column: string, alias: string): string {
    return this.on(
      `json_array_elements_text(CAST(${column} AS json)) AS ${alias}("value")`,
      `json_each(${column}) ${alias}`,
    );
  }

  /** "Is in the result of this query", so that PostgreSQL too looks each one up by key instead of scanning. */
  isOneOf(column: string, query: string): string {
    return this.on(`${column} = ANY (ARRAY(${query}))`, `${column} IN (${query})`);
  }

  private on<T>(postgres: T, sqlite: T): T {
    return this.isPostgres ? postgres : sqlite;
  }
}

/** `asSpelled` of a column. */
function postgresSpelled(column: string): string {
  const alike = `translate(${column}, ${literal(Object.keys(ALIKE).join(''))}, ${literal(Object.values(ALIKE).join(''))})`;
  const seen = `regexp_replace(normalize(${alike}, NFKD), '[${UNSEEN}]', '', 'g')`;
  return `lower(regexp_replace(${seen}, '([${BLANKS}]|\\\\[nrt])+', ' ', 'g'))`;
}

const POSTGRES = new Dialect(true);
const SQLITE = new Dialect(false);

/** The dialect of a connection or transaction. */
export function dialectOf(source: DataSource | EntityManager): Dialect {
  const { options } = source instanceof DataSource ? source : source.dataSource;
  return options.type === 'postgres' ? POSTGRES : SQLITE;
}

import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';

/** Text on one line, so that whitespace does not matter. */
const flat = (text) => text?.replace(/\s+/g, ' ').trim() ?? null;
/** Positions in a list, which mean nothing by themselves. */
const without = (place, row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== place));
const line = (...words) => words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' ');

/** The parts of `CREATE TABLE t (…)` in one order, because a column added later comes after the constraints. */
function sortedParts(sql) {
  const text = flat(sql);
  if (!text?.startsWith('CREATE TABLE')) return text;
  const parts = [''];
  let depth = 0;
  for (const letter of text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))) {
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
  }
  const trimmed = parts.map((part) => part.trim()).sort();
  return `${text.slice(0, text.indexOf('(')).trim()} (${trimmed.join(', ')})`;
}

/** The contents of a SQLite file as sorted lines: the schema, then every row. */
export function dumpSqlite(path) {
  const db = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
  try {
    const made = db.prepare('SELECT type, name, tbl_name AS "table", sql FROM sqlite_master').all();
    const lines = made.map(({ type, name, table, sql }) => line(type, name, table, sortedParts(sql)));
    for (const { name } of made.filter(({ type }) => type === 'table')) {
      const columns = db.pragma(`table_xinfo("${name}")`);
      lines.push(line('order', name, columns.map((column) => column.name).join(', ')));
      for (const column of columns) lines.push(line('column', name, without('cid', column)));
      for (const key of db.pragma(`foreign_key_list("${name}")`)) lines.push(line('key', name, without('id', key)));
      for (const index of db.pragma(`index_list("${name}")`)) {
        const terms = db
          .pragma(`index_xinfo("${index.name}")`)
          .map((term) => [term.name, term.desc, term.coll, term.key]);
        lines.push(line('index-terms', name, without('seq', index), terms));
      }
      for (const row of db.prepare(`SELECT * FROM "${name}"`).all()) lines.push(line('row', name, sorted(row)));
    }
    for (const pragma of ['user_version', 'application_id', 'journal_mode', 'encoding', 'page_size', 'auto_vacuum'])
      lines.push(line('pragma', pragma, db.pragma(pragma, { simple: true })));
    return lines.sort();
  } finally {
    db.close();
  }
}

const CATALOGUE = {
  relation: `SELECT c.relname, c.relkind, c.relpersistence, c.reloptions, c.relreplident FROM pg_class c
    WHERE c.relnamespace = $1::regnamespace`,
  column: `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, a.attidentity,
      a.attgenerated, pg_get_expr(d.adbin, d.adrelid) AS "default", l.collname
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation l ON l.oid = a.attcollation
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0 AND NOT a.attisdropped`,
  order: `SELECT c.relname, string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname`,
  constraint: `SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS definition, confdeltype,
      confupdtype, condeferrable, convalidated FROM pg_constraint WHERE connamespace = $1::regnamespace`,
  index: 'SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = $1',
  trigger: `SELECT tgrelid::regclass::text AS "table", tgname, pg_get_triggerdef(t.oid) AS definition, tgenabled
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND c.relnamespace = $1::regnamespace`,
  function: `SELECT oid::regprocedure::text AS name, pg_get_functiondef(oid) AS definition FROM pg_proc
    WHERE pronamespace = $1::regnamespace`,
  sequence:
    'SELECT sequencename, data_type, start_value, increment_by, last_value FROM pg_sequences WHERE schemaname = $1',
  type: `SELECT typname, typtype FROM pg_type WHERE typnamespace = $1::regnamespace AND typtype IN ('e', 'd', 'r')`,
  comment: `SELECT objoid::regclass::text AS object, objsubid, description FROM pg_description
    WHERE classoid = 'pg_class'::regclass AND objoid IN (SELECT oid FROM pg_class WHERE relnamespace = $1::regnamespace)`,
};

/** The contents of a PostgreSQL schema as sorted lines: the schema, then every row. */
export async function dumpPostgres(url, schema = 'public') {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  try {
    const lines = [];
    for (const [what, sql] of Object.entries(CATALOGUE)) {
      const { rows } = await client.query(sql, [schema]);
      for (const row of rows) lines.push(line(what, flat(JSON.stringify(sorted(row)).replaceAll('\\n', ' '))));
    }
    for (const { extname, extversion } of (await client.query('SELECT extname, extversion FROM pg_extension')).rows)
      lines.push(line('extension', extname, extversion));
    for (const { nspname } of (
      await client.query("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'")
    ).rows)
      lines.push(line('schema', nspname));
    const tables = await client.query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [schema]);
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query(`SELECT to_jsonb(t) AS "row" FROM "${tablename}" t`);
      for (const { row } of rows) lines.push(line('row', tablename, sorted(row)));
    }
    return lines.sort();
  } finally {
    await client.end();
  }
}

const sorted = (row) => Object.fromEntries(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));

/**
 * Ten years of a municipality, generated inside the database by one SQL text per table: the same rows on SQLite and on
 * PostgreSQL. Actions are spread evenly over the years; most are closed within some months, one in thirty never.
 */
const AREAS = 20;
const ORGANISATIONS = 200;
/** A person of a separate organisation, the last one, which has no actions. */
const SECRET_PERSON = ORGANISATIONS + 1;

/** Where the two dialects differ. */
const DIALECTS = {
  sqlite: {
    id: (table, n) => `printf('%08x-0000-7000-8000-%012x', ${table}, ${n})`,
    day: (base, days) => `date(${base}, (${days}) || ' days')`,
    series: (count) =>
      `(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${count}) SELECT n FROM s) AS s`,
    text: (value) => `CAST(${value} AS TEXT)`,
  },
  postgresql: {
    id: (table, n) => `(lpad(to_hex(${table}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`,
    day: (base, days) => `(CAST(${base} AS date) + CAST(${days} AS integer))`,
    series: (count) => `generate_series(1, ${count}) AS s(n)`,
    text: (value) => `CAST(${value} AS varchar)`,
  },
};

const SHARED =
  '"title", "areaId", "theme", "ownerId", "dueKind", "originalDueOn", "recordedOn", "isHandedBack", "isWithdrawn", "isConfidential", "isPublic"';
const STATE = '"status", "dueOn", "postponements", "realisation", "result", "resultSize", "doneOn", "closedOn"';

/** The statements in order; `years` ends on `today`, `secretHash` is of the token of a chair of everything. */
export function statementsOf(kind, { actions, years, today, secretHash, now }) {
  const { id, day, series, text } = DIALECTS[kind];
  const days = years * 365;
  const first = day(`'${today}'`, `-${days}`);
  const root = id(1, 0);
  const insert = (table, columns, select) => `INSERT INTO "${table}" (${columns}) SELECT ${select}`;
  const area = `1 + s.n % ${AREAS}`;
  const sessions = years * 10;
  const recordedOn = day(first, `CAST(s.n AS bigint) * ${days} / ${actions}`);
  // One in thirty is never finished; the others after ten days to seven months, if that day has come.
  const life = '(10 + s.n * 37 % 200)';
  const closedOn = `CASE WHEN s.n % 30 = 0 OR ${day(recordedOn, life)} > ${day(`'${today}'`, 0)} THEN NULL ELSE ${day(recordedOn, life)} END`;
  const isPostponed = 's.n % 2 = 0';
  const dueOn = day(recordedOn, `60 + CASE WHEN ${isPostponed} THEN 40 ELSE 0 END`);
  const status = `CASE WHEN a."closedOn" IS NULL THEN 'open' WHEN length(a."number") % 2 = 0 AND a."postponements" = 1 THEN 'cancelled' ELSE 'done' END`;
  const update = (sequence, kindOf, effectiveOn, state, where) =>
    insert(
      'action_updates',
      `"id", "actionId", "sequence", "kind", "effectiveOn", "recordedAt", "recordedById", "changes", "coOwnerIds", ${SHARED}, ${STATE}`,
      `${id(`${100 + sequence}`, `CAST(substr(a."number", 4) AS integer)`)}, a."id", ${sequence}, '${kindOf}', ${effectiveOn}, ${text(effectiveOn)} || 'T10:00:00.000Z', ${id(4, SECRET_PERSON)}, '{}', '[]', ${SHARED.split(
        ', ',
      )
        .map((name) => `a.${name}`)
        .join(', ')}, ${state}
       FROM "actions" a WHERE ${where}`,
    );
  const open = (dueOf, postponements) => `'open', ${dueOf}, ${postponements}, NULL, NULL, NULL, NULL, NULL`;
  return [
    insert(
      'areas',
      '"id", "name", "code", "kind", "lastActionNumber"',
      `${root}, 'Gemeente', 'GEM', 'municipality', 0`,
    ),
    insert(
      'areas',
      '"id", "name", "code", "kind", "lastActionNumber"',
      `${id(1, 's.n')}, 'Wijk ' || s.n, 'W' || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', s.n, 1), 'wijk', ${actions} FROM ${series(AREAS)}`,
    ),
    insert(
      'area_parents',
      '"id", "areaId", "parentId", "fromOn"',
      `${id(2, 's.n')}, ${id(1, 's.n')}, ${root}, ${day(`'2000-01-01'`, 0)} FROM ${series(AREAS)}`,
    ),
    insert(
      'organisations',
      '"id", "name", "kind", "aliases"',
      `${id(3, 's.n')}, 'Organisatie ' || s.n, CASE WHEN s.n % 3 = 0 THEN 'municipality' WHEN s.n % 3 = 1 THEN 'residents' ELSE 'welfare' END, '[]' FROM ${series(ORGANISATIONS + 1)}`,
    ),
    insert(
      'people',
      '"id", "name", "email"',
      `${id(4, 's.n')}, 'functionaris ' || s.n, 'functionaris' || s.n || '@organisatie.example' FROM ${series(ORGANISATIONS + 1)}`,
    ),
    insert(
      'memberships',
      '"id", "personId", "organisationId", "fromOn"',
      `${id(5, 's.n')}, ${id(4, 's.n')}, ${id(3, 's.n')}, ${day(`'2000-01-01'`, 0)} FROM ${series(ORGANISATIONS + 1)}`,
    ),
    insert(
      'grants',
      '"id", "personId", "role", "areaId", "fromOn"',
      `${id(6, 1)}, ${id(4, SECRET_PERSON)}, 'chair', ${root}, ${day(`'2000-01-01'`, 0)}`,
    ),
    insert(
      'api_tokens',
      '"id", "personId", "name", "hash", "createdAt", "expiresAt"',
      `${id(7, 1)}, ${id(4, SECRET_PERSON)}, 'bench', '${secretHash}', '${now}', '2999-01-01T00:00:00.000Z'`,
    ),
    insert(
      'meetings',
      '"id", "areaId", "kind", "name", "startTime", "durationMinutes", "minutesForm", "defaultAgenda"',
      `${id(8, 's.n')}, ${id(1, 's.n')}, 'professionals', 'Professionaloverleg Wijk ' || s.n, '10:00', 90, 'full', '[]' FROM ${series(AREAS)}`,
    ),
    insert(
      'invitations',
      '"id", "meetingId", "organisationId", "role", "fromOn"',
      `${id(9, 's.n')}, ${id(8, `1 + s.n % ${AREAS}`)}, ${id(3, 's.n')}, 'participant', ${day(`'2000-01-01'`, 0)} FROM ${series(ORGANISATIONS)}`,
    ),
    insert(
      'sessions',
      '"id", "meetingId", "heldOn", "startTime", "state", "closedAt"',
      `${id(10, 's.n')}, ${id(8, `1 + s.n % ${AREAS}`)}, ${day(first, `s.n / ${AREAS} * 36`)}, '10:00', 'closed', ${text(day(first, `s.n / ${AREAS} * 36`))} || 'T12:00:00.000Z' FROM ${series(sessions * AREAS)}`,
    ),
    insert(
      'minutes',
      '"id", "sessionId", "state", "currentNumber", "sentAt"',
      `${id(11, 's.n')}, ${id(10, 's.n')}, 'sent', 1, ${text(day(first, `s.n / ${AREAS} * 36 + s.n % 20`))} || 'T09:00:00.000Z' FROM ${series(sessions * AREAS)}`,
    ),
    insert(
      'actions',
      `"id", "number", ${SHARED}, ${STATE}`,
      `${id(12, 's.n')}, 'W' || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', ${area}, 1) || '-' || s.n, 'Actie ' || s.n || ': afspraken maken over het beheer bij de skatebaan', ${id(1, area)},
       CASE s.n % 5 WHEN 0 THEN 'voorzieningen' WHEN 1 THEN 'participatie' WHEN 2 THEN 'mobiliteit' WHEN 3 THEN 'schoon-heel-veilig' END,
       ${id(3, `1 + s.n * 7 % ${ORGANISATIONS}`)}, 'date', ${day(recordedOn, 60)}, ${recordedOn}, FALSE, FALSE, s.n % 50 = 7, FALSE,
       'open', ${dueOn}, CASE WHEN ${isPostponed} THEN 1 ELSE 0 END, NULL, NULL, NULL, NULL, ${closedOn} FROM ${series(actions)}`,
    ),
    `UPDATE "actions" AS a SET "status" = ${status}`,
    `UPDATE "actions" SET "doneOn" = "closedOn", "realisation" = CASE WHEN "postponements" = 1 THEN 'partial' ELSE 'full' END,
       "resultSize" = CASE WHEN length("title") % 7 = 0 THEN 'large' ELSE 'small' END, "result" = 'Afspraken gemaakt en nageleefd.' WHERE "status" = 'done'`,
    update(1, 'recorded', 'a."recordedOn"', open('a."originalDueOn"', 0), 'TRUE'),
    update(
      2,
      'deadline',
      day('a."recordedOn"', 9),
      open('a."dueOn"', 1),
      `a."postponements" = 1 AND ${day('a."recordedOn"', 9)} <= '${today}'`,
    ),
    update(
      3,
      'comment',
      day('a."recordedOn"', 10),
      open('a."dueOn"', 'a."postponements"'),
      `substr(a."number", length(a."number")) IN ('1', '4', '7') AND ${day('a."recordedOn"', 10)} <= '${today}'`,
    ),
    update(
      4,
      'status',
      'a."closedOn"',
      STATE.split(', ')
        .map((name) => `a.${name}`)
        .join(', '),
      'a."closedOn" IS NOT NULL',
    ),
  ];
}

/** Runs them without the indexes of the two big tables, which are created again afterwards: several times faster. */
export async function fillYears(kind, run, all, wishes) {
  const indexes =
    kind === 'sqlite'
      ? await all(
          `SELECT "name", "sql" FROM sqlite_master WHERE "type" = 'index' AND "sql" IS NOT NULL AND "tbl_name" IN ('actions', 'action_updates')`,
        )
      : await all(`SELECT indexname AS "name", indexdef AS "sql" FROM pg_indexes WHERE schemaname = current_schema() AND tablename IN ('actions', 'action_updates')
          AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = indexname)`);
  for (const { name } of indexes) await run(`DROP INDEX "${name}"`);
  for (const statement of statementsOf(kind, wishes)) await run(statement);
  for (const { sql } of indexes) await run(sql);
  // PostgreSQL would eventually do this itself.
  if (kind === 'postgresql') await run('ANALYZE');
}

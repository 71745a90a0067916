import { hasReach } from '../../platform/access/access.rules.js';
import { maySeePerson } from '../../directory/organisations/own.conditions.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import { searchedWords } from '../../platform/spelling/plain-words.js';
import type { Found } from './hits.rules.js';
import { LIMIT, type Question } from './question.js';
import type { HitKind } from './search.dto.js';

interface RegisterRow {
  id: string;
  number: string | null;
  title: string;
  areaId: string | null;
  areaName: string | null;
  organisationName: string | null;
  on: string | null;
  state: string | null;
  /** Other names by which it is known. */
  called: string | null;
  text: string | null;
}

/** SQL for one of the registers: the common columns, and the text that is searched. */
interface Register {
  from: string;
  /** SQL expressions. */
  columns: Record<keyof RegisterRow, string>;
  /** The rows that the caller may know. */
  where: (question: Question, params: Params) => string;
  /** The rows that belong to these areas (a list of placeholders); `today` adds one for the day. */
  inAreas: (areas: string, today: () => string) => string;
  searched: (question: Question) => string;
}

const NONE = { number: 'NULL', areaId: 'NULL', areaName: 'NULL', organisationName: 'NULL', on: 'NULL', state: 'NULL' };
const joined = (...columns: string[]): string => columns.map((column) => `coalesce(${column}, '')`).join(` || ' ' || `);
const IN_AREA = (areas: string): string => `x."areaId" IN (${areas})`;
const FORMER_NAMES = `(SELECT string_agg(f."name", ', ' ORDER BY f."name") FROM (
  SELECT n."name" FROM "area_names" n WHERE n."areaId" = x."id"
  UNION SELECT b."name" FROM "areas" b WHERE b."mergedIntoId" = x."id") f)`;
// Joined as a whole: PostgreSQL would otherwise read a small table again for each row.
const ORGANISATIONS = `"organisations" x LEFT JOIN (
    SELECT b."mergedIntoId", string_agg(b."name", ', ' ORDER BY b."name") AS "names" FROM "organisations" b
    WHERE b."mergedIntoId" IS NOT NULL GROUP BY b."mergedIntoId") w ON w."mergedIntoId" = x."id"`;
const PEOPLE = `"people" x LEFT JOIN (
    SELECT m."personId", m."function", o."name",
      row_number() OVER (PARTITION BY m."personId" ORDER BY m."fromOn" DESC, m."id") AS "place"
    FROM "memberships" m JOIN "organisations" o ON o."id" = m."organisationId" WHERE m."untilOn" IS NULL) e
  ON e."personId" = x."id" AND e."place" = 1`;
/** In these areas, as a contact or at a table. */
const isActive = (column: string) => (areas: string, today: () => string) => `(EXISTS (
    SELECT 1 FROM "contacts" c WHERE c.${column} = x."id" AND c."areaId" IN (${areas}) AND ${inForce('c', today())})
  OR EXISTS (SELECT 1 FROM "invitations" i JOIN "meetings" t ON t."id" = i."meetingId"
    WHERE i.${column} = x."id" AND t."areaId" IN (${areas}) AND ${inForce('i', today())}))`;

const REGISTERS: Record<Exclude<HitKind, 'action' | 'minutes' | 'decision'>, Register> = {
  goal: {
    from: '"goals" x JOIN "areas" a ON a."id" = x."areaId"',
    columns: {
      ...{ ...NONE, id: 'x."id"', title: 'x."title"', areaId: 'x."areaId"', areaName: 'a."name"' },
      ...{ on: 'x."endsOn"', state: 'x."state"', called: 'NULL' },
      text: joined('x."description"', 'x."endResult"', 'x."indicator"', 'x."theme"'),
    },
    where: ({ caller }, params) => inPermittedAreas(caller, 'goals.read', 'x."areaId"', params),
    inAreas: IN_AREA,
    searched: () => joined('x."title"', 'x."description"', 'x."endResult"', 'x."indicator"', 'x."theme"'),
  },
  opgave: {
    from: '"opgaven" x JOIN "areas" a ON a."id" = x."areaId"',
    columns: {
      ...{ ...NONE, id: 'x."id"', title: 'x."title"', areaId: 'x."areaId"', areaName: 'a."name"', on: 'x."endsOn"' },
      ...{ called: 'NULL', text: joined('x."description"', 'x."origin"') },
    },
    where: () => 'TRUE',
    inAreas: IN_AREA,
    searched: () => joined('x."title"', 'x."description"', 'x."origin"'),
  },
  person: {
    from: PEOPLE,
    columns: {
      ...{
        ...NONE,
        id: 'x."id"',
        title: 'x."name"',
        organisationName: 'e."name"',
        called: 'NULL',
        text: 'e."function"',
      },
      state: `CASE WHEN x."active" THEN 'active' ELSE 'inactive' END`,
    },
    where: ({ caller }, params) => `x."email" IS NOT NULL AND ${maySeePerson(caller, 'x."id"', params)}`,
    inAreas: isActive('"personId"'),
    // Addresses are found only if typed in full, and only by those who may know everybody's.
    searched: ({ caller, text }) =>
      joined('x."name"', text.includes('@') && hasReach(caller, 'people.read', 'all') ? 'x."email"' : 'e."function"'),
  },
  organisation: {
    from: ORGANISATIONS,
    columns: {
      ...{ ...NONE, id: 'x."id"', title: 'x."name"', state: 'x."kind"', called: 'w."names"' },
      text: `CASE WHEN x."aliases" = '[]' THEN NULL ELSE x."aliases" END`,
    },
    where: () => 'x."mergedIntoId" IS NULL',
    inAreas: isActive('"organisationId"'),
    searched: () => joined('x."name"', 'x."aliases"', 'w."names"'),
  },
  area: {
    from: '"areas" x',
    columns: {
      ...{ ...NONE, id: 'x."id"', number: 'x."code"', title: 'x."name"', areaId: 'x."id"', areaName: 'x."name"' },
      ...{ state: 'x."kind"', called: FORMER_NAMES, text: 'NULL' },
    },
    where: () => 'x."mergedIntoId" IS NULL',
    inAreas: (areas) => `x."id" IN (${areas})`,
    searched: () => joined('x."name"', 'x."code"', FORMER_NAMES),
  },
};

/** Hits in a register of at most some thousand rows, by its own words; newest first. */
export async function findInRegister(kind: keyof typeof REGISTERS, question: Question): Promise<Found[]> {
  const { source, caller, text, areas } = question;
  const register = REGISTERS[kind];
  const params = new Params();
  const conditions = [
    register.where(question, params),
    dialectOf(source).hasWords(register.searched(question), searchedWords(text), params),
  ];
  if (areas) conditions.push(register.inAreas(params.list(areas), () => params.add(caller.today)));
  const columns = Object.entries(register.columns).map(([name, column]) => `${column} AS "${name}"`);
  const found = await rows<RegisterRow>(
    source,
    `SELECT ${columns.join(', ')} FROM ${register.from} WHERE ${conditions.join(' AND ')} ORDER BY x."id" DESC ${LIMIT}`,
    params.values,
  );
  return found.map(({ called, text: said, ...row }) => ({
    ...row,
    kind,
    texts: said === null || kind === 'organisation' ? [] : [said],
    alsoCalled: [
      ...(kind === 'organisation' ? (JSON.parse(said ?? '[]') as string[]) : []),
      ...(called === null ? [] : called.split(', ')),
    ],
    sessionId: null,
    isConfidential: false,
  }));
}

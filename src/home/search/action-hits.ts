import { NO_DOMAINS } from '../../actions/tables/domains.rules.js';
import { fullyVisible, knownActions, LISTED, publiclyVisible } from '../../actions/action-conditions.js';
import {
  type ActionLine,
  coOwnersOf,
  LINE_COLUMNS,
  LINE_SHAPE,
  type LineRow,
  toLine,
} from '../../actions/actions.views.js';
import { Params, rows } from '../../platform/database/rows.js';
import { ACTION_WORDS, textsWithWords, type WordMatches } from '../../platform/database/word-search.js';
import type { Found } from './hits.rules.js';
import { LIMIT, type Question } from './question.js';

type Row = LineRow & { details: string | null };
const NUMBER = /^[a-z]{2,5}-v?\d{1,9}$/i;

/** Actions by number and words: all words of those the caller may read in full, and the public text of public ones. */
export async function findActions(question: Question): Promise<Found[]> {
  const { source, caller, text } = question;
  const found: Row[] = [];
  for (const column of ['whole', 'public'] as const) {
    const params = new Params();
    const matches = textsWithWords(source, ACTION_WORDS[column], text, params);
    if (!matches) return [];
    const where = column === 'whole' ? fullyReadable(question, params) : publiclyVisible(caller, params);
    if (where === undefined || where.startsWith('FALSE')) continue;
    found.push(...(await read(question, column, { matches, where }, params)));
    if (NUMBER.test(text)) found.push(...(await numbered(question, column)));
  }
  const unique = new Map(found.toReversed().map((row) => [row.id, row]));
  return [...new Set(found.map(({ id }) => id))].map((id) => toFound(unique.get(id)!, caller.today));
}

/** The one with exactly this number, which may be older than many with a number that begins the same. */
function numbered(question: Question, column: 'whole' | 'public'): Promise<Row[]> {
  const params = new Params();
  const where = column === 'whole' ? fullyReadable(question, params) : publiclyVisible(question.caller, params)!;
  const isIt = `a."number" = ${params.add(question.text.toUpperCase())}`;
  return read(question, column, { where: `${isIt} AND ${where}` }, params);
}

function fullyReadable({ source, caller, areas }: Question, params: Params): string {
  const visible = fullyVisible(source, caller, areas, false, params);
  return visible === 'FALSE' ? visible : `${visible} AND ${knownActions(caller, params)}`;
}

function read(
  { source, areas }: Question,
  column: 'whole' | 'public',
  { matches, where }: { matches?: WordMatches; where: string },
  params: Params,
): Promise<Row[]> {
  const from = matches ? `${matches.from} CROSS JOIN "actions" a` : '"actions" a';
  const conditions = matches ? [matches.where, `a."id" = ${matches.id}`] : [];
  if (areas) conditions.push(`a."areaId" IN (${params.list(areas)})`);
  const isFull = column === 'whole' ? 'TRUE' : 'FALSE';
  return rows<Row>(
    source,
    `SELECT ${LINE_COLUMNS}, ${coOwnersOf(source)} AS "coOwners", a."details", ${isFull} AS "isFull" FROM ${from}
     WHERE ${[...conditions, LISTED, where].join(' AND ')} ORDER BY ${matches?.newestFirst ?? 'a."id"'} ${LIMIT}`,
    params.values,
    LINE_SHAPE,
  );
}

function toFound(row: Row, today: string): Found {
  const { details, isConfidential, isFull, publicText } = row;
  const line = toLine(row, today, NO_DOMAINS) as ActionLine;
  const together =
    isFull && line.coOwners.length > 0 ? `samen met ${line.coOwners.map(({ name }) => name).join(', ')}` : null;
  const texts = isFull ? [publicText, details, line.result, line.statusReason, line.theme, together] : [line.result];
  return {
    kind: 'action',
    id: line.id,
    number: line.number,
    title: line.title,
    texts: texts.filter((one) => one !== null),
    organisationName: line.ownerName,
    areaId: line.areaId,
    areaName: line.areaName,
    on: line.dueOn,
    state: line.status,
    sessionId: null,
    isConfidential,
  };
}

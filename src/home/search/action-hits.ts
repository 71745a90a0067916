import { NO_DOMAINS } from '../../actions/tables/domains.rules.js';
import { fullyVisible, knownActions, LISTED, publiclyVisible } from '../../actions/action-conditions.js';
import { coOwnersOf, LINE_COLUMNS, LINE_SHAPE } from '../../actions/action-columns.js';
import { type ActionLine, type LineRow, toLine } from '../../actions/actions.views.js';
import { permittedAreas } from '../../platform/access/access.rules.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import type { WordPlan } from '../../platform/database/word-search.js';
import { type Found, isUnexplained, matchesIn } from './hits.rules.js';
import { newestActionsWithWords } from './newest-actions.js';
import { LIMIT, MOST_HITS, type Question } from './question.js';
import { alsoKnownAs } from './words.js';

type Row = LineRow & { details: string | null; reference: string | null };
const NUMBER = /^[a-z]{2,5}-v?\d{1,9}$/i;

/** Actions by number and words: all words of those the caller may read in full, and the public text of public ones. */
export async function findActions(question: Question): Promise<Found[]> {
  const { caller, text } = question;
  const found: Row[] = [];
  for (const column of ['whole', 'public'] as const) {
    const where = visible(question, column, 'index', new Params());
    if (where === undefined || where.startsWith('FALSE')) continue;
    found.push(...(await worded(question, column)));
    if (NUMBER.test(text)) found.push(...(await numbered(question, column)));
  }
  const unique = new Map(found.toReversed().map((row) => [row.id, row]));
  return [...new Set(found.map(({ id }) => id))].map((id) => toFound(unique.get(id)!, caller.today));
}

function worded(question: Question, column: 'whole' | 'public'): Promise<Row[]> {
  const { source, caller, text } = question;
  const actions = (id: string) => dialectOf(source).lookUp('actions', 'a', id);
  const isNarrow =
    column === 'whole' && permittedAreas(caller, 'actions.read').length === 0 && !caller.meetingIds.length;
  return newestActionsWithWords(source, column, text, { isNarrow, enough: MOST_HITS + 1 }, (plan, matches, params) => {
    const { from, id, newestFirst } = matches;
    const where = `${matches.where} AND ${visible(question, column, plan, params)}`;
    if (plan !== 'each')
      return read(question, column, { from: `${from} ${actions(id)}`, where, order: newestFirst }, params);
    const each = { from: `"actions" a CROSS JOIN ${from}`, where: `${id} = a."id" AND ${where}`, order: 'a."id" DESC' };
    return read(question, column, each, params);
  });
}

/** The one with exactly this number, which may be older than many with a number that begins the same. */
function numbered(question: Question, column: 'whole' | 'public'): Promise<Row[]> {
  const params = new Params();
  const isIt = `a."number" = ${params.add(question.text.toUpperCase())}`;
  const where = `${isIt} AND ${visible(question, column, 'index', params)!}`;
  return read(question, column, { from: '"actions" a', where, order: 'a."id"' }, params);
}

function visible(
  { source, caller, areas }: Question,
  column: 'whole' | 'public',
  plan: WordPlan,
  params: Params,
): string | undefined {
  if (column === 'public') return publiclyVisible(caller, params);
  const full = fullyVisible(source, caller, areas, false, params, plan !== 'each');
  return full === 'FALSE' ? full : `${full} AND ${knownActions(caller, params)}`;
}

function read(
  { source, areas }: Question,
  column: 'whole' | 'public',
  { from, where, order }: { from: string; where: string; order: string },
  params: Params,
): Promise<Row[]> {
  const conditions = [where, LISTED];
  if (areas) conditions.push(`a."areaId" IN (${params.list(areas)})`);
  const isFull = column === 'whole' ? 'TRUE' : 'FALSE';
  return rows<Row>(
    source,
    `SELECT ${LINE_COLUMNS}, ${coOwnersOf(source)} AS "coOwners", a."details", a."reference", ${isFull} AS "isFull" FROM ${from}
     WHERE ${conditions.join(' AND ')} ORDER BY ${order} ${LIMIT}`,
    params.values,
    LINE_SHAPE,
  );
}

/** The same hits, with the other names of their owners where the words are nowhere else. */
export async function withNamesOfOwners(
  source: Source,
  hits: readonly Found[],
  words: readonly string[],
): Promise<Found[]> {
  const unexplained = hits.filter((hit) => hit.organisationIds?.length && isUnexplained(hit, words));
  if (unexplained.length === 0) return [...hits];
  const params = new Params();
  const ids = params.list([...new Set(unexplained.flatMap(({ organisationIds }) => organisationIds!))]);
  const found = await rows<{ id: string; name: string; aliases: string[] }>(
    source,
    `SELECT o."id", o."name", o."aliases" FROM "organisations" o WHERE o."id" IN (${ids})`,
    params.values,
    { aliases: 'json' },
  );
  const said = new Map(
    found.map(({ id, name, aliases }) => {
      const others = aliases.filter((alias) => matchesIn(alias, words).length > 0);
      return [id, others.length > 0 ? [`${name}, ${alsoKnownAs(others)}`] : []];
    }),
  );
  return hits.map((hit) =>
    unexplained.includes(hit)
      ? { ...hit, texts: [...hit.texts, ...hit.organisationIds!.flatMap((id) => said.get(id) ?? [])] }
      : hit,
  );
}

function toFound(row: Row, today: string): Found {
  const { details, reference, isConfidential, isFull, publicText } = row;
  const line = toLine(row, today, NO_DOMAINS) as ActionLine;
  const together =
    isFull && line.coOwners.length > 0 ? `samen met ${line.coOwners.map(({ name }) => name).join(', ')}` : null;
  const served = reference ? `kenmerk ${reference}` : null;
  const texts = isFull
    ? [publicText, details, line.result, line.statusReason, line.theme, served, together]
    : [line.result];
  return {
    kind: 'action',
    id: line.id,
    number: line.number,
    reference: isFull ? reference : null,
    title: line.title,
    texts: texts.filter((one) => one !== null),
    organisationIds: isFull ? [line.ownerId, ...line.coOwners.map((one) => one.id)].filter((one) => one !== null) : [],
    organisationName: line.ownerName,
    areaId: line.areaId,
    areaName: line.areaName,
    on: line.dueOn,
    state: line.status,
    sessionId: null,
    isConfidential,
  };
}

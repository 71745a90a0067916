import { dialectOf } from '../platform/database/dialect.js';
import type { Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Action, UNVERSIONED_FIELDS } from './action.entity.js';
import type { ActionView, LineRow, ViewRow } from './actions.views.js';
import { isOverdueSql, isToBeCheckedSql, reasonOnSql, statusOnSql } from './overdue.rules.js';

export const LINE_SHAPE = {
  ...shapeOf(Action),
  isFull: 'boolean',
  coOwners: 'json',
} as const;
export const VIEW_SHAPE = { ...LINE_SHAPE, partyIds: 'json', discussedOn: 'json' } as const;

/**
 * SQL for a name. No join: that would be evaluated for all rows to count the total, this only for those of the page.
 */
const nameOf = (table: 'areas' | 'organisations' | 'people', key: keyof LineRow): string =>
  `(SELECT n."name" FROM "${table}" n WHERE n."id" = a."${key}")`;

/** SQL for the fields of a list row, except co-owners, over an action (or its state on a day) `a`. */
const LINE = {
  ...own('id', 'number', 'title', 'areaId'),
  areaName: nameOf('areas', 'areaId'),
  ...own('meetingId', 'sessionId', 'theme', 'status', 'resumeOn', 'statusReason', 'ownerId'),
  ownerName: nameOf('organisations', 'ownerId'),
  ...own('ownerPersonId'),
  ownerPersonName: nameOf('people', 'ownerPersonId'),
  ...own(
    'dueKind',
    'dueOn',
    'postponements',
    'checkOn',
    'isHandedBack',
    'isPublic',
    'isConfidential',
    'result',
    'doneOn',
  ),
  ...own('recordedOn', 'version'),
} satisfies Partial<Record<keyof LineRow, string>>;

function own<K extends keyof ViewRow>(...names: K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, `a."${name}"`])) as Record<K, string>;
}

/**
 * Room for what is computed from a row: fields added to an object of so many make V8 turn it into a dictionary, which takes
 * longer than reading it.
 */
export const roomFor = (...names: (keyof ActionView)[]): string => names.map((name) => `NULL AS "${name}"`).join(', ');

/** The same as columns, with the text of what was published, and room for what is computed. */
export const LINE_COLUMNS = [
  ...Object.entries(LINE).map(([name, sql]) => `${sql} AS "${name}"`),
  'a."publicText"',
  roomFor('domain', 'isOverdue', 'daysOverdue', 'isToBeChecked'),
].join(', ');

/** The columns of one action that a list row lacks. */
export const VIEW_COLUMNS = Object.values({
  ...own('originalDueOn', 'realisation', 'resultSize', 'closedOn', 'isWithdrawn'),
  ...own(...UNVERSIONED_FIELDS.filter((name) => name !== 'publicText')),
}).join(', ');

/**
 * SQL for a list row as JSON text, as `toLine` makes it for those who may read all of it; `day` is a placeholder, `domain`
 * SQL. The database writes it in a third of the time that its columns take.
 */
export function lineText(source: Source, day: string, domain: string): string {
  const key = `${dialectOf(source).name} ${day} ${domain}`;
  let text = lineTexts.get(key);
  if (!text) lineTexts.set(key, (text = newLineText(source, day, domain)));
  return text;
}

const lineTexts = new Map<string, string>();

function newLineText(source: Source, day: string, domain: string): string {
  const dialect = dialectOf(source);
  const isOverdue = isOverdueSql('a', day);
  const computed = {
    domain,
    status: statusOnSql('a', day),
    statusReason: reasonOnSql('a', day),
    coOwners: coOwnersOf(source),
    isOverdue,
    daysOverdue: `CASE WHEN ${isOverdue} THEN ${dialect.days('a."dueOn"', day)} ELSE 0 END`,
    isToBeChecked: isToBeCheckedSql('a', day),
  };
  return dialect.jsonText({ ...LINE, ...computed }, { ...LINE_SHAPE, isOverdue: 'boolean', isToBeChecked: 'boolean' });
}

/** SQL for the co-owners of `a` as a JSON list, ordered by name. */
export function coOwnersOf(source: Source): string {
  const owners = dialectOf(source).jsonObjects({ id: 'co."id"', name: 'co."name"' }, 'natural_key(co."name")');
  return `(SELECT ${owners} FROM "action_co_owners" c JOIN "organisations" co ON co."id" = c."organisationId"
    WHERE c."actionId" = a."id")`;
}

/** SQL for the organisations that a link table relates to `a`, as an ordered JSON list of ids. */
export function organisationIdsOf(
  source: Source,
  table: 'action_co_owners' | 'action_parties' | 'agenda_item_parties',
): string {
  const key = table === 'agenda_item_parties' ? 'agendaItemId' : 'actionId';
  return `(SELECT ${dialectOf(source).jsonList('l."organisationId"')} FROM "${table}" l WHERE l."${key}" = a."id")`;
}

import { type ReferenceLinks, referenceUrl } from '../platform/rendering/reference-links.rules.js';
import { dialectOf } from '../platform/database/dialect.js';
import type { Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import {
  Action,
  type ActionStatus,
  type Contribution,
  type DueKind,
  type Realisation,
  type ResultSize,
} from './action.entity.js';
import { domainOf, type Domains, domainsOf } from './tables/domains.rules.js';
import { daysOverdue, isOverdueSql, isToBeChecked, isToBeCheckedSql, statusOn, statusOnSql } from './overdue.rules.js';

export interface NamedOrganisation {
  id: string;
  name: string;
}

/** A row of a list. */
export interface ActionLine {
  id: string;
  number: string;
  title: string;
  areaId: string;
  areaName: string;
  meetingId: string | null;
  sessionId: string | null;
  theme: string | null;
  /** That of its theme, as in `THEME_DOMAINS`; null if it has none. */
  domain: string | null;
  /** The status on the day: on hold ends by itself. */
  status: ActionStatus;
  resumeOn: string | null;
  /** The reason why it is blocked, on hold or cancelled. */
  statusReason: string | null;
  ownerId: string | null;
  ownerName: string | null;
  ownerPersonId: string | null;
  ownerPersonName: string | null;
  coOwners: NamedOrganisation[];
  dueKind: DueKind | null;
  dueOn: string | null;
  isOverdue: boolean;
  daysOverdue: number;
  postponements: number;
  checkOn: string | null;
  /** Past its check date: "graag een stand van zaken". */
  isToBeChecked: boolean;
  isHandedBack: boolean;
  isPublic: boolean;
  isConfidential: boolean;
  result: string | null;
  doneOn: string | null;
  recordedOn: string;
  version: number;
}

/** The fields of a public action that everyone may know: no persons, details, comments or history. */
export interface PublicActionLine {
  id: string;
  number: string;
  title: string;
  areaId: string;
  areaName: string;
  ownerId: string | null;
  ownerName: string | null;
  dueKind: DueKind | null;
  dueOn: string | null;
  status: ActionStatus;
  result: string | null;
  isPublic: boolean;
}

/** @schema ActionPermission */
export type Allowed = 'change' | 'answer' | 'hand_over' | 'hand_back' | 'withdraw';

export interface ActionView extends ActionLine {
  details: string | null;
  meetingName: string | null;
  sessionHeldOn: string | null;
  /** The days of the sessions that discussed it since, or heard that it was finished, in order. */
  discussedOn: string[];
  agendaItemId: string | null;
  agendaItemTitle: string | null;
  originalDueOn: string | null;
  realisation: Realisation | null;
  resultSize: ResultSize | null;
  closedOn: string | null;
  isWithdrawn: boolean;
  goalId: string | null;
  opgaveId: string | null;
  requestedById: string | null;
  requestedByName: string | null;
  reference: string | null;
  /** The URL of the zaak or melding with that number, as configured for the service. */
  referenceUrl: string | null;
  followsOnId: string | null;
  followsOnNumber: string | null;
  contribution: Contribution | null;
  publicText: string | null;
  expectedResult: string | null;
  /** The organisations that may know it; empty if it is not confidential. */
  partyIds: string[];
  /** What the caller may currently do with it. */
  allowed: Allowed[];
}

type Computed = 'domain' | 'isOverdue' | 'daysOverdue' | 'isToBeChecked';
export type LineRow = Omit<ActionLine, Computed> & { publicText: string | null; isFull: boolean };
export type ViewRow = Omit<ActionView, Computed | 'allowed' | 'referenceUrl'>;

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

function own<K extends keyof LineRow>(...names: K[]): Record<K, string> {
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

/** A list row on a day. Mutates the row itself, because copying it takes a tenth of the time of a list. */
export function toLine(row: LineRow, day: string, domains: Domains): ActionLine | PublicActionLine {
  if (!row.isFull) return toPublicLine(row, day);
  return Object.assign(row, computed(row, day, domains), { isFull: undefined, publicText: undefined });
}

export function toPublicLine(row: Omit<LineRow, 'isFull'>, day: string): PublicActionLine {
  const { id, number, areaId, areaName, ownerId, ownerName, dueKind, dueOn, result, isPublic } = row;
  const title = row.publicText ?? row.title;
  return {
    id,
    number,
    title,
    areaId,
    areaName,
    ownerId,
    ownerName,
    dueKind,
    dueOn,
    status: statusOn(row, day),
    result,
    isPublic,
  };
}

/** A whole action on a day, made from its row like a list row. */
export function toView(
  row: ViewRow,
  allowed: Allowed[],
  day: string,
  settings: ReferenceLinks & { THEME_DOMAINS: string },
): ActionView {
  return Object.assign(row, computed(row, day, domainsOf(settings.THEME_DOMAINS)), {
    allowed,
    referenceUrl: referenceUrl(row.reference, settings),
  });
}

function computed(
  row: Pick<ActionLine, 'status' | 'resumeOn' | 'dueOn' | 'checkOn' | 'theme'>,
  day: string,
  domains: Domains,
) {
  const days = daysOverdue(row, day);
  return {
    domain: domainOf(domains, row.theme),
    status: statusOn(row, day),
    isOverdue: days > 0,
    daysOverdue: days,
    isToBeChecked: isToBeChecked(row, day),
  };
}

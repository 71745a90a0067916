import type { FormProblem } from '../platform/rendering/form-problem.js';
import type { Page } from '../platform/common/paging.js';
import { folded, type FieldSpec, filled, type FormBlock, formOf } from './fields.rules.js';
import type { Fields, RejectedForm } from './forms.js';
import { type Columns, pagerOf, type Table, tableOf } from './tables.rules.js';

export interface Link {
  href: string;
  label: string;
}

/** A step of setting up. */
export interface NextStep {
  label: string;
  text: string;
  /** The page where it is done; null if it is not done on a page. */
  href: string | null;
}

/** The page of one record. */
export interface RecordView {
  title: string;
  back: Link;
  /** What can be done next, offered once this one is saved: such as adding another. */
  offered?: Link[];
  /** The next of the first steps of an administrator, said once something is saved. */
  next?: NextStep | null;
  texts?: string[];
  facts?: { term: string; text: string }[];
  form?: FormBlock | null;
  sections?: { id?: string; title: string; text?: string | null; table?: Table; links?: Link[]; form?: FormBlock }[];
}

/** The page of a list of records. */
export interface RegisterView<T> {
  title: string;
  intro?: string | null;
  back?: Link;
  /** The button above the list. */
  add?: Link | null;
  links?: Link[];
  next?: NextStep | null;
  /** The search fields, and the label of their button. */
  search?: readonly FieldSpec[];
  submit?: string;
  /** The content of each column, by its heading. */
  columns: Columns<T>;
  /** On a phone a record is its name and below it the rest as running words: its cells are clear without their names. */
  isShort?: boolean;
  /** What a list says that has nothing at all, and what to do about it. */
  empty: string;
  emptyHint?: string;
  /** What it says if only a search finds nothing, if not the usual words. */
  nothingFound?: string;
  /** Sections below the list. Links elsewhere can point to one by its id. */
  forms?: { id?: string; title: string; text: string; form: FormBlock }[];
  problem?: FormProblem;
}

/** A register as input of its template; `path` and `query` are those of the page. */
export function toRegister<T>(found: Page<T>, view: RegisterView<T>, path: string, query: Fields) {
  const { columns, search, submit, nothingFound = 'Niets gevonden.', ...shown } = view;
  const isSearched = search?.some(({ name }) => query[name]) ?? false;
  return {
    ...shown,
    searched: isSearched ? { nothingFound, all: path } : null,
    // In a list that has nothing there is nothing to search.
    search: search && (isSearched || found.total > 0) && { action: path, fields: filled(search, query), submit },
    table: tableOf(view.title, found.items, columns),
    pager: pagerOf(found, path, query),
  };
}

export const ADMINISTRATION = '/beheer';
export const MANUAL = '/handleiding';
/** The manual of those who keep the service running, where a page names it. */
export const OPERATORS_MANUAL = `${MANUAL}/beheer`;
/** The label is that of the caller's menu. */
export const BACK: Link = { href: ADMINISTRATION, label: 'Beheer' };

/** The link beside the list of a register to the page that imports it from a file. */
export const fillingLink = (slug: string): Link => ({
  href: `/beheer/vullen/${slug}`,
  label: 'Vullen uit een bestand',
});

/** The version on which a form is based; 0, which no row has, if missing or malformed. */
export const versionIn = ({ version = '' }: Fields): number => (/^\d{1,9}$/.test(version) ? Number(version) : 0);

export const VERSION: FieldSpec = { name: 'version', label: '', type: 'hidden' };
export const UNTIL: FieldSpec = {
  name: 'untilOn',
  label: 'Laatste dag',
  type: 'date',
  hint: 'Leeg: zonder einde.',
};
export const FROM: FieldSpec = { name: 'fromOn', label: 'Eerste dag', type: 'date', hint: 'Leeg: vandaag.' };

/**
 * The form of a record: stored values, overridden by what was typed if that was rejected. It carries the current
 * version of the record, if there is one.
 */
export function recordForm(
  action: string,
  submit: string,
  specs: readonly FieldSpec[],
  record: object,
  rejected?: RejectedForm,
): FormBlock {
  const stored = storedIn(record);
  const hasVersion = 'version' in record && typeof record.version === 'number';
  // Unticked checkboxes are not submitted at all.
  const unticked = Object.fromEntries(specs.filter(({ type }) => type === 'check').map(({ name }) => [name, '']));
  const typed = rejected && { ...unticked, ...rejected.fields, version: stored.version ?? '' };
  const values = { ...stored, ...typed };
  return formOf(action, submit, filled(hasVersion ? [...specs, VERSION] : specs, values, rejected?.problem));
}

/** A rejected form of a page that has several; null for one that is not among its parts. */
export interface RejectedPart<Part extends string> extends RejectedForm {
  part: Part | null;
}

/**
 * One of several forms of a page, collapsed behind a label and open if it was rejected: as typed, otherwise as stored, in
 * either case with the current version. It posts below the page, and its ids begin with its name.
 */
export function partForm<Part extends string>(
  page: string,
  part: Part,
  { fold, submit }: { fold: string; submit: string },
  specs: readonly FieldSpec[],
  stored: Fields,
  rejected?: RejectedPart<Part>,
): FormBlock {
  const own = rejected?.part === part ? rejected : undefined;
  const values = { ...(own?.fields ?? stored), version: stored.version ?? '' };
  const fields = filled(specs, values, own?.problem, `${part}-`);
  return folded(formOf(`${page}/${part}`, submit, fields), fold, own !== undefined);
}

/** The values of a record that a form can show; others stay empty. */
const storedIn = (record: object): Fields =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );

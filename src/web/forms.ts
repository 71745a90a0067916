import { HttpException } from '@nestjs/common';
import type { FieldError } from '../platform/common/problems.js';
import type { FormProblem } from '../platform/rendering/form-problem.js';
import { REFUSAL_WORDS, REFUSAL_CODE_WORDS } from './words.js';

export { toInput } from '../platform/common/to-input.js';
export { type FormProblem, problemWith } from '../platform/rendering/form-problem.js';

export type Fields = Record<string, string>;

/** The submitted fields of a form, trimmed, with normalised line ends; values that are not text count as empty. */
export function fieldsOf(body: unknown): Fields {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    entries
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()]),
  );
}

/** These fields for a change: emptied ones become null. */
export const orNull = (fields: Fields, ...names: string[]): Record<string, string | null> =>
  Object.fromEntries(names.map((name) => [name, fields[name] || null]));

/** These fields of a record for a form: what is null is empty. */
export const orEmpty = <Name extends string>(record: Record<Name, string | null>, ...names: Name[]): Fields =>
  Object.fromEntries(names.map((name) => [name, record[name] ?? '']));

/** A typed whole number; anything else is passed on as typed, for the API to reject. */
export const wholeNumber = (typed = ''): number | string => (/^\d{1,9}$/.test(typed) ? Number(typed) : typed);

/** All values of a field that may occur several times: checkboxes. */
export function valuesOf(body: unknown, name: string): string[] {
  const value = (body as Record<string, unknown> | null)?.[name];
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
}

/** A rejected form: what was typed, and the violations. */
export interface RejectedForm {
  fields: Fields;
  problem: FormProblem;
}

/** The messages of a form: by field, by violation code, and by the error code of a rejection. */
export interface FormWords {
  fields?: Record<string, string | ((message: string) => string)>;
  violations?: Record<string, string>;
  codes?: Record<string, string>;
  /** The id of a field's input, if it differs from the field's name. */
  idOf?: (field: string) => string;
}

/**
 * Translates an API exception into a Dutch form problem. Rethrows exceptions that are not about the input: they get a
 * page of their own.
 */
export function formProblemOf(error: unknown, words: FormWords): FormProblem {
  const { idOf = (field) => field } = words;
  if (!(error instanceof HttpException) || REFUSAL_WORDS[error.getStatus()] === undefined) throw error;
  if (error.errorCode === 'SIGN_IN_AGAIN') throw error;
  const status = error.getStatus();
  const { errors = [] } = error.getResponse() as { errors?: FieldError[] };
  const byField: Record<string, string> = {};
  for (const { field, code, message } of errors) {
    const text = words.violations?.[code ?? ''] ?? words.fields?.[field];
    if (text) byField[field] = typeof text === 'string' ? text : text(message);
  }
  const summary = Object.entries(byField).map(([field, text]) => ({ text, href: `#${idOf(field)}` as string | null }));
  const own = words.codes?.[error.errorCode ?? ''] ?? REFUSAL_CODE_WORDS[error.errorCode ?? ''];
  if (own || summary.length === 0) summary.unshift({ text: own ?? REFUSAL_WORDS[status], href: null });
  return { status, summary, byField };
}

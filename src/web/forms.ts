import { HttpException } from '@nestjs/common';
import type { FieldError } from '../platform/common/problems.js';
import type { FormProblem } from '../platform/rendering/form-problem.js';

export { toInput } from '../platform/common/to-input.js';
export { type FormProblem, problemWith } from '../platform/rendering/form-problem.js';

export type Fields = Record<string, string>;

/** The fields of a form as it was posted, trimmed; whatever is no text counts as left empty. Line ends as we keep them. */
export function fieldsOf(body: unknown): Fields {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    entries
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()]),
  );
}

/** These fields for a change: what was emptied is taken away. */
export const orNull = (fields: Fields, ...names: string[]): Record<string, string | null> =>
  Object.fromEntries(names.map((name) => [name, fields[name] || null]));

/** What was typed as a whole number; anything else stays as it was typed, for the API to refuse. */
export const wholeNumber = (typed = ''): number | string => (/^\d{1,9}$/.test(typed) ? Number(typed) : typed);

/** All values of a field that may stand in a form more than once: checkboxes. */
export function valuesOf(body: unknown, name: string): string[] {
  const value = (body as Record<string, unknown> | null)?.[name];
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
}

/** A form that was refused: what was typed, and what is wrong with it. */
export interface RejectedForm {
  fields: Fields;
  problem: FormProblem;
}

/** The words of a form for what can be wrong: by field, by what is wrong with a field, and by the code of a refusal. */
export interface FormWords {
  fields?: Record<string, string | ((message: string) => string)>;
  violations?: Record<string, string>;
  codes?: Record<string, string>;
  /** The id of the input of a field, where it is not its name. */
  idOf?: (field: string) => string;
}

const REFUSALS: Record<number, string> = {
  400: 'Dit kan zo niet worden opgeslagen. Kijk na wat u hebt ingevuld.',
  403: 'U mag dit niet wijzigen.',
  409: 'Dit kan nu niet. Misschien heeft iemand anders intussen iets gewijzigd.',
  412: 'Iemand anders heeft dit intussen gewijzigd. Kijk naar de nieuwe gegevens en probeer het opnieuw.',
  503: 'Opslaan lukt nu even niet. Er is niets veranderd. Probeer het zo nog eens.',
};

/** Refusals that any form can meet which sends something. */
const CODES: Record<string, string> = {
  MAIL_NOT_CONFIGURED: 'Er is nog geen mailserver ingesteld. Vraag de beheerder. Er is niets verstuurd.',
};

/**
 * What an exception of the API means on a form, in Dutch. Anything that is not about what was filled in is thrown again:
 * it becomes a page of its own.
 */
export function formProblemOf(
  error: unknown,
  words: FormWords,
  idOf: (field: string) => string = words.idOf ?? ((field) => field),
): FormProblem {
  if (!(error instanceof HttpException) || REFUSALS[error.getStatus()] === undefined) throw error;
  if (error.errorCode === 'SIGN_IN_AGAIN') throw error;
  const status = error.getStatus();
  const { errors = [] } = error.getResponse() as { errors?: FieldError[] };
  const byField: Record<string, string> = {};
  for (const { field, code, message } of errors) {
    const text = words.violations?.[code ?? ''] ?? words.fields?.[field];
    if (text) byField[field] = typeof text === 'string' ? text : text(message);
  }
  const summary = Object.entries(byField).map(([field, text]) => ({ text, href: `#${idOf(field)}` as string | null }));
  const own = words.codes?.[error.errorCode ?? ''] ?? CODES[error.errorCode ?? ''];
  if (own || summary.length === 0) summary.unshift({ text: own ?? REFUSALS[status], href: null });
  return { status, summary, byField };
}

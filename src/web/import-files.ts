import { BadRequestException } from '@nestjs/common';
import type { FieldError } from '../platform/common/problems.js';
import { type FormProblem, formProblemOf, type FormWords, problemWith } from './forms.js';

/** What a page shows of a long file; all of it is in the file itself. */
const MOST_SHOWN = 500;

/** A file sent along with a form, or what is wrong with sending none. */
export function fileIn(body: unknown): { file: Buffer } | { problem: FormProblem } {
  const file = (body as { bestand?: unknown } | null)?.bestand;
  return Buffer.isBuffer(file) && file.length > 0
    ? { file }
    : { problem: problemWith({ bestand: 'Kies een bestand: CSV of Excel (xlsx).' }) };
}

/** What is wrong with a file is said in Dutch already, by who read it. */
export function problemOfFile(error: unknown, words: FormWords, advice: string): FormProblem {
  const { errors = [] } =
    error instanceof BadRequestException ? (error.getResponse() as { errors?: FieldError[] }) : {};
  const [wrong] = errors.filter(({ field }) => field === 'file');
  if (!wrong) return formProblemOf(error, words, () => 'bestand');
  return problemWith({ bestand: `${wrong.message} ${advice}` });
}

/** What is shown of the rows and how many are left; of a file too long for a page what needs care stands first. */
export function shownOf<R extends { outcome: string }>(rows: readonly R[]): { rows: R[]; more: number } {
  const inOrder =
    rows.length <= MOST_SHOWN
      ? [...rows]
      : rows.toSorted((one, other) => Number(other.outcome === 'cannot') - Number(one.outcome === 'cannot'));
  return { rows: inOrder.slice(0, MOST_SHOWN), more: Math.max(0, rows.length - MOST_SHOWN) };
}

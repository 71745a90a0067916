import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { type FieldError, invalid, toFieldErrors } from './problems.js';

/**
 * Turns submitted form fields into API input: empty fields are omitted. Throws the same 400 as the API, also for fields
 * that only the form requires.
 */
export function toInput<T extends object>(dto: new () => T, filledIn: object, required: readonly string[] = []): T {
  const given = Object.fromEntries(Object.entries(filledIn).filter(([, value]) => value !== '' && value !== undefined));
  const input = plainToInstance(dto, given);
  const errors = toFieldErrors(validateSync(input, { whitelist: true, forbidNonWhitelisted: true }));
  const missing = required.filter((name) => !(name in given) && errors.every(({ field }) => field !== name));
  if (missing.length > 0) throw invalid(withMissing(errors, missing, Object.keys(filledIn)));
  if (errors.length > 0) throw invalid(errors);
  return input;
}

/** Merges the missing fields into the violations, in the order of the form. */
function withMissing(errors: FieldError[], missing: readonly string[], order: readonly string[]): FieldError[] {
  const all = [...errors, ...missing.map((field) => ({ field, message: `${field} is required` }))];
  const placeOf = ({ field }: FieldError): number => order.indexOf(field.split('.', 1)[0]);
  return all.toSorted((one, other) => placeOf(one) - placeOf(other));
}

import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { type FieldError, invalid, toFieldErrors } from './problems.js';

/**
 * Turns submitted form fields into API input: empty fields are omitted. Throws the same 400 as the API, also for fields
 * that only the form requires, with the violations `found` in them beforehand.
 */
export function toInput<T extends object>(
  dto: new () => T,
  filledIn: object,
  required: readonly string[] = [],
  found: readonly FieldError[] = [],
): T {
  const given = Object.fromEntries(Object.entries(filledIn).filter(([, value]) => value !== '' && value !== undefined));
  const input = plainToInstance(dto, given);
  const errors = toFieldErrors(validateSync(input, { whitelist: true, forbidNonWhitelisted: true }));
  const missing = required.filter((name) => !(name in given) && errors.every(({ field }) => field !== name));
  const more = [
    ...missing.map((field) => ({ field, message: `${field} is required` })),
    ...found.filter(({ field }) => field in given && errors.every((one) => one.field !== field)),
  ];
  if (more.length > 0) throw invalid(inOrder([...errors, ...more], Object.keys(filledIn)));
  if (errors.length > 0) throw invalid(errors);
  return input;
}

/** The violations in the order of the form. */
function inOrder(errors: FieldError[], order: readonly string[]): FieldError[] {
  const placeOf = ({ field }: FieldError): number => order.indexOf(field.split('.', 1)[0]);
  return errors.toSorted((one, other) => placeOf(one) - placeOf(other));
}

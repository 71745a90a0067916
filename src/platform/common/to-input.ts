import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { invalid, toFieldErrors } from './problems.js';

/** Turns submitted form fields into API input: empty fields are omitted. Throws the same 400 as the API. */
export function toInput<T extends object>(dto: new () => T, filledIn: object): T {
  const given = Object.entries(filledIn).filter(([, value]) => value !== '' && value !== undefined);
  const input = plainToInstance(dto, Object.fromEntries(given));
  const errors = validateSync(input, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) throw invalid(toFieldErrors(errors));
  return input;
}

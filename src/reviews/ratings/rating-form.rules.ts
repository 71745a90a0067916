import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { type FormProblem, problemWith } from '../../platform/rendering/form-problem.js';
import type { Fields } from '../../web/forms.js';
import { GiveRatingDto } from './ratings.dto.js';
import { RATING_PROBLEMS } from '../words.js';

/** The values of the form on the page, as text. */
export type RatingForm = Record<keyof GiveRatingDto, string>;

const FIELDS = Object.keys(RATING_PROBLEMS) as (keyof GiveRatingDto)[];

export const toRatingForm = (fields: Fields): RatingForm =>
  Object.fromEntries(FIELDS.map((field) => [field, fields[field] ?? ''])) as RatingForm;

/** The rating in a form, or all its violations. */
export function ratingOf(form: RatingForm): { rating: GiveRatingDto } | { problem: FormProblem } {
  const rating = plainToInstance(GiveRatingDto, {
    ...form,
    mark: /^\d{1,2}$/.test(form.mark) ? Number(form.mark) : undefined,
    wentWell: form.wentWell || undefined,
    canBeBetter: form.canBeBetter || undefined,
  });
  const wrong = new Set(validateSync(rating).map(({ property }) => property));
  if (wrong.size === 0) return { rating };
  return {
    problem: problemWith(Object.fromEntries(Object.entries(RATING_PROBLEMS).filter(([field]) => wrong.has(field)))),
  };
}

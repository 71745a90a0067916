import type { Params } from '../platform/database/rows.js';

/** The goals to steer on: active, and not ended in an earlier year than the day; those are for the review of their year. */
export const steeredOn = (goal: string, day: string, params: Params): string =>
  `${goal}."state" = 'active' AND (${goal}."endsOn" IS NULL OR ${goal}."endsOn" >= ${params.add(`${day.slice(0, 4)}-01-01`)})`;

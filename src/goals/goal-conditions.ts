import type { Params } from '../platform/database/rows.js';

/**
 * SQL for "the goal is still steered on that day", given its alias: active, and not ended in an earlier year, which is for
 * the review of that year.
 */
export const steeredOn = (goal: string, day: string, params: Params): string =>
  `${goal}."state" = 'active' AND (${goal}."endsOn" IS NULL OR ${goal}."endsOn" >= ${params.add(`${day.slice(0, 4)}-01-01`)})`;

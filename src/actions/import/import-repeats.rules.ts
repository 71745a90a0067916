import { isClosed } from '../statuses.rules.js';
import type { Action } from '../action.entity.js';
import type { PlannedRow } from './import-rows.rules.js';

/** An action of the area, as far as it shows that a row was taken in before. */
export type ListedBefore = Pick<
  Action,
  'id' | 'number' | 'title' | 'ownerId' | 'dueKind' | 'dueOn' | 'originalDueOn' | 'status'
>;

/**
 * Recognises new rows that were taken in before, because the same list is sent again: what, who and when are the same, and
 * the action is not finished unless the row says so too. As many rows as there are such actions, less those found for the
 * rows of the list that are not read again; the rest is new.
 */
export function repeatFinder(
  known: readonly ListedBefore[],
  besides: readonly PlannedRow[],
): (row: PlannedRow) => PlannedRow {
  const taken = new Set(besides.map(({ before }) => before));
  const byTitle = new Map<string, ListedBefore[]>();
  for (const one of known.filter(({ id }) => !taken.has(id))) {
    const same = byTitle.get(one.title);
    if (same) same.push(one);
    else byTitle.set(one.title, [one]);
  }
  return (row) => {
    const { record, update } = row;
    if (row.outcome !== 'new' || !record) return row;
    const { title, ownerId, dueKind, dueOn } = record.input;
    const isSame = (one: ListedBefore): boolean =>
      one.ownerId === ownerId &&
      one.dueKind === dueKind &&
      (!dueOn || one.dueOn === dueOn || one.originalDueOn === dueOn) &&
      (!isClosed(one.status) || (!!update?.status && isClosed(update.status)));
    const left = byTitle.get(title) ?? [];
    const at = left.findIndex(isSame);
    if (at < 0) return row;
    const [before] = left.splice(at, 1);
    return {
      row: row.row,
      ...(row.numberThere ? { numberThere: row.numberThere } : {}),
      before: before.id,
      number: before.number,
      title: row.title,
      outcome: 'unchanged',
      changes: [],
      questions: [],
      remarks: [{ column: 'actie', message: `Staat al in de lijst als ${before.number}.` }],
    };
  };
}

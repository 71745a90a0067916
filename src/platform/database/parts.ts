import type { PagingDto } from '../common/paging.js';
import { invalid } from '../common/problems.js';
import { pageOf, Params, row, type Shape, type Source } from './rows.js';

/** Child rows of one parent, such as the measurements of a goal, and how to read them. */
export interface Part {
  /** The table as `x`, with its joins. */
  from: string;
  columns: string;
  orderBy: string;
  shape: Shape;
}

/** A page of the child rows of one parent, `{ goalId: … }`, in their fixed order. */
export function pageOfParts<T>(source: Source, part: Part, parent: Record<string, string>, query: PagingDto) {
  if (query.sort !== undefined) throw invalid([{ field: 'sort', message: 'this list cannot be sorted' }]);
  const params = new Params();
  const [[column, id]] = Object.entries(parent);
  const where = `x."${column}" = ${params.add(id)}`;
  const { columns: select, from, orderBy, shape } = part;
  return pageOf<T>(source, { select, from, where, orderBy, params, shape }, query);
}

/** One child row that is known to exist. */
export async function partOf<T>(source: Source, { columns, from, shape }: Part, id: string): Promise<T> {
  return (await row<T>(source, `SELECT ${columns} FROM ${from} WHERE x."id" = $1`, [id], shape))!;
}

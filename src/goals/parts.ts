import type { PagingDto } from '../platform/common/paging.js';
import { invalid } from '../platform/common/problems.js';
import { pageOf, Params, row, type Shape, type Source } from '../platform/database/rows.js';

/** What hangs below a goal or an opgave, each with the organisation or person it is of. */
export interface Part {
  table: 'goal_agreements' | 'goal_measurements' | 'goal_courses' | 'judgements' | 'party_lines';
  /** Over the part `x` and the organisation `o`. */
  columns: string;
  orderBy: string;
  shape: Shape;
}

type Parent = { goalId: string } | { opgaveId: string } | { actionId: string };

const from = ({ table }: Part): string =>
  table === 'goal_measurements' || table === 'goal_courses'
    ? `"${table}" x`
    : `"${table}" x JOIN "organisations" o ON o."id" = x."organisationId"`;

/** A page of the parts of one parent, in their own order. */
export function pageOfParts<T>(source: Source, part: Part, parent: Parent, query: PagingDto) {
  if (query.sort !== undefined) throw invalid([{ field: 'sort', message: 'this list has one order' }]);
  const params = new Params();
  const [[column, id]] = Object.entries(parent) as [string, string][];
  const where = `x."${column}" = ${params.add(id)}`;
  const { columns: select, orderBy, shape } = part;
  return pageOf<T>(source, { select, from: from(part), where, orderBy, params, shape }, query);
}

/** One part that is certainly there. */
export async function partOf<T>(source: Source, part: Part, id: string): Promise<T> {
  return (await row<T>(source, `SELECT ${part.columns} FROM ${from(part)} WHERE x."id" = $1`, [id], part.shape))!;
}

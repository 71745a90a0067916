import { BadRequestException } from '@nestjs/common';
import { Omittable, IsLine, IsNumberInQuery } from './input.js';

/** The query parameters of a list in one order: a page of at most 200 items. */
export class PageDto {
  /** The number of the page, from 1. */
  @Omittable()
  @IsNumberInQuery(1, 1_000_000)
  page: number = 1;
  /** The number of items per page, at most 200. */
  @Omittable()
  @IsNumberInQuery(1, 200)
  pageSize: number = 50;
}

/** The query parameters of every other list: also one of a fixed set of sort keys. */
export class PagingDto extends PageDto {
  /** The field to sort by; prefixed with `-` for descending order. */
  @Omittable()
  @IsLine(50)
  sort?: string;
}

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}

/** The same page with each item mapped. */
export function mapPage<A, B>(page: Page<A>, toView: (item: A) => B): Page<B> {
  return { ...page, items: page.items.map(toView) };
}

/** The maximum number of rows of a list that is downloaded as a file. */
export const MOST_TABLE_ROWS = 10_000;

/** Every item of a list, for a table; 400 if there are more than a table may have. */
export async function wholeList<T>(list: (paging: Pick<PagingDto, 'page' | 'pageSize'>) => Promise<Page<T>>) {
  const { items, total } = await list({ page: 1, pageSize: MOST_TABLE_ROWS });
  if (total <= MOST_TABLE_ROWS) return items;
  throw tooManyRows(total);
}

/** 400 for a list of so many rows, which is more than a table may have. */
export const tooManyRows = (total: number): BadRequestException =>
  new BadRequestException(
    `A table is limited to ${MOST_TABLE_ROWS} rows; this list has ${total}. Narrow the filters.`,
    { errorCode: 'TOO_MANY_ROWS' },
  );

import { Omittable, IsLine, IsNumberInQuery } from './input.js';

/** The query parameters of every list: a page of at most 200 items and one of a fixed set of sort keys. */
export class PagingDto {
  /** The number of the page, from 1. */
  @Omittable()
  @IsNumberInQuery(1, 1_000_000)
  page: number = 1;
  /** The number of items per page, at most 200. */
  @Omittable()
  @IsNumberInQuery(1, 200)
  pageSize: number = 50;
  /** The field to sort by; with `-` before it, the other way round. */
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

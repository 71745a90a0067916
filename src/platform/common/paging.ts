import { Omittable, IsLine, IsNumberInQuery } from './input.js';

/** The query parameters of every list: a page of at most 200 items and one of a fixed set of sort keys. */
export class PagingDto {
  @Omittable()
  @IsNumberInQuery(1, 1_000_000)
  page: number = 1;
  @Omittable()
  @IsNumberInQuery(1, 200)
  pageSize: number = 50;
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

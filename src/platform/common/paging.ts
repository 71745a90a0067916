import { Omittable, IsLine, IsNumberInQuery } from './input.js';

/** What every list takes: a page of at most 200 and a sort key out of a fixed map. */
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

/** The same page with each item translated. */
export function mapPage<A, B>(page: Page<A>, toView: (item: A) => B): Page<B> {
  return { ...page, items: page.items.map(toView) };
}

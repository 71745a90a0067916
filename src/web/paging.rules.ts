/** The position in a long list, and the links to its pages. */
export interface Pages {
  total: number;
  page: number;
  last: number;
  hasMore: boolean;
  previous: string | null;
  next: string | null;
}

/** The page asked for in a URL, counted from 1; the first if it is not a number. */
export const pageIn = (pagina: string | undefined): number =>
  /^[1-9]\d{0,3}$/.test(pagina ?? '') ? Number(pagina) : 1;

/** `to` returns the URL of a page. Beyond the last page, the link back leads to the last. */
export function pagesOf(total: number, page: number, size: number, to: (page: number) => string): Pages {
  const last = Math.max(1, Math.ceil(total / size));
  return {
    total,
    page,
    last,
    hasMore: last > 1,
    previous: page > 1 ? to(Math.min(page - 1, last)) : null,
    next: page < last ? to(page + 1) : null,
  };
}

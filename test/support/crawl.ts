import type { Answered, Client } from './client.js';

const ROOTS = [
  '/',
  '/mijn-acties',
  '/overleggen',
  '/gebieden',
  '/beheer',
  '/koersoverzicht',
  '/jaarevaluatie',
  '/openbaar',
];
/** Paths not followed: assets, the API, and those that end the crawler's session. */
const LEFT_ALONE = /^\/(assets|v1|aanmelden)\b/;
const DOCUMENT = /\.(pdf|docx|xlsx)\b/;

interface Reach {
  /** Paths to start from, besides the front pages; or others in their place. */
  from?: readonly string[];
  roots?: readonly string[];
  /** The maximum number of paths in total, and of those that differ only in ids and query. */
  most?: number;
  mostAlike?: number;
  /** The maximum number of queries of one path. */
  mostQueries?: number;
  /** The same for documents, which take up to a hundred times as long as a page to make. */
  mostDocuments?: number;
}

/** Follows every link on every page from the front page as one visitor, and returns the response of each path. */
export async function crawl(client: Client, cookie: string, reach: Reach = {}): Promise<Map<string, Answered>> {
  const { from = [], roots = ROOTS, most = 400, mostAlike = Infinity, mostQueries = 2 } = reach;
  const { mostDocuments = mostAlike } = reach;
  const found = new Map<string, Answered>();
  const alike = new Map<string, number>();
  const waiting = [...from, ...roots];
  for (let path = waiting.shift(); path !== undefined && found.size < most; path = waiting.shift()) {
    if (found.has(path)) continue;
    const [plain, query] = shapeOf(path).split('?');
    const shapes = query ? [shapeOf(path), `${plain}?`] : [plain];
    const before = (shape: string) => alike.get(shape) ?? 0;
    if (
      before(shapes[0]) >= (DOCUMENT.test(path) ? mostDocuments : mostAlike) ||
      (query && before(shapes[1]) >= mostQueries)
    )
      continue;
    for (const shape of shapes) alike.set(shape, before(shape) + 1);
    const answer = await client({ method: 'GET', path, headers: { cookie, accept: 'text/html' } });
    found.set(path, answer);
    for (const link of linksOn(answer)) if (!found.has(link)) waiting.push(link);
  }
  return found;
}

/** A path without its ids and the values of its query. */
export const shapeOf = (path: string): string => path.replaceAll(/[0-9a-f-]{36}/g, ':id').replaceAll(/=[^&]*/g, '=');

function linksOn({ type, text, headers }: Answered): string[] {
  const hrefs = type === 'text/html' ? [...text.matchAll(/ href="(\/[^"]*)/g)].map(([, href]) => href) : [];
  return [...hrefs, headers.location ?? '']
    .map((href) => href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').split('#')[0])
    .filter((href) => href.startsWith('/') && !LEFT_ALONE.test(href));
}

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
/** Ends the session of who asks. */
const LEFT_ALONE = /^\/(assets|v1|aanmelden)\b/;

/** Follows every link on every page from the front page on, as one visitor, and answers what came at each address. */
export async function crawl(client: Client, cookie: string, most = 400): Promise<Map<string, Answered>> {
  const found = new Map<string, Answered>();
  const waiting = [...ROOTS];
  for (let path = waiting.shift(); path !== undefined && found.size < most; path = waiting.shift()) {
    if (found.has(path)) continue;
    const answer = await client({ method: 'GET', path, headers: { cookie, accept: 'text/html' } });
    found.set(path, answer);
    for (const link of linksOn(answer)) if (!found.has(link)) waiting.push(link);
  }
  return found;
}

function linksOn({ type, text, headers }: Answered): string[] {
  const hrefs = type === 'text/html' ? [...text.matchAll(/ href="(\/[^"#]*)/g)].map(([, href]) => href) : [];
  return [...hrefs, headers.location ?? '']
    .map((href) => href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').split('#')[0])
    .filter((href) => href.startsWith('/') && !LEFT_ALONE.test(href));
}

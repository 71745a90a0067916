import { expect } from '@jest/globals';
import { comparable, SECRET, type World } from './world.js';

/** Whose pages are compared: people from organisations that are party to nothing confidential, and somebody not signed in. */
const VIEWERS = ['person-gemeente', 'person-politie', 'person-boa', 'nobody'] as const;

const LISTS = [
  ...['/', '/acties', '/mijn-acties', '/mijn-acties/tabel', '/overleggen', '/vragen', '/budgetten', '/jaarevaluatie'],
  ...[
    '/koersoverzicht',
    '/besluiten',
    '/zoeken?q=afspraak',
    `/zoeken?q=${SECRET}`,
    '/gebieden/$area0',
    '/gebieden/$area1',
  ],
  ...['/gebieden/$area0/acties', '/overleggen/$meeting0', '/overleggen/$meeting1'],
];
const PUBLIC = ['/openbaar', '/openbaar/gebied/$area0', '/openbaar/gebied/$area1'];
/** The latest of these have pages of their own. */
const ALONE: readonly [string, number, readonly string[]][] = [
  ['session', 2, ['/vergaderingen/*', '/vergaderingen/*/voorbeeld', '/verslagen/*']],
  ['action', 3, ['/acties/*']],
  ['question', 1, ['/vragen/*']],
  ['initiative', 1, ['/initiatieven/*']],
  ['goal', 1, ['/doelen/*']],
  ['review', 1, ['/jaarevaluatie/*']],
];

/** Meaningless differences between two responses of one page. */
const PASSING = [
  /(?<=name="(?:_csrf|idempotencyKey|key)" value=")[^"]*/g,
  /(?<=data-version="|nonce-)[\w+/=-]+/g,
  /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}/g,
];

/**
 * No page of a viewer without confidential knowledge fails, and each is identical to that of a service that never had
 * anything confidential: no count, page number or empty row reveals it.
 */
export async function looksTheSame(worlds: readonly World[], twin: World, turn: number): Promise<void> {
  const viewer = VIEWERS[turn % VIEWERS.length];
  const paths = viewer === 'nobody' ? PUBLIC : pathsOf(twin);
  const cookieOf = async ({ t, ids }: World) => (viewer === 'nobody' ? '' : t.make.cookie(ids.get(viewer)!));
  const all = [twin, ...worlds];
  const cookies = await Promise.all(all.map(cookieOf));
  for (const path of paths) {
    const texts: string[] = [];
    for (const [n, world] of all.entries()) texts.push(await page(world, path, cookies[n]));
    const [there, ...here] = texts.map(inTags);
    for (const text of here) expect([viewer, path, text]).toEqual([viewer, path, there]);
  }
}

/** Splits long lines, because differences are shown by line. */
const inTags = (text: string): string[] => text.replaceAll('><', '>\n<').split('\n');

function pathsOf(twin: World): string[] {
  const latest = ALONE.flatMap(([noun, most, pages]) =>
    [...twin.ids.keys()]
      .filter((as) => new RegExp(`^${noun}\\d`).test(as))
      .slice(-most)
      .flatMap((as) => pages.map((path) => path.replace('*', `$${as}`))),
  );
  return [...LISTS, ...latest];
}

async function page(world: World, path: string, cookie: string): Promise<string> {
  const named = path.replaceAll(/\$([a-z]+\d+)/g, (_, one: string) => world.ids.get(one)!);
  const { status, text, headers } = await world.client({
    method: 'GET',
    path: named,
    headers: { cookie, accept: 'text/html' },
  });
  expect([path, status]).toEqual([path, expect.any(Number)]);
  expect(status).toBeLessThan(500);
  return readablePage(world, { status, text, location: headers.location });
}

/** A page in a form that can be compared with that of the other world. */
export function readablePage(
  world: World,
  { status, text, location }: { status: number; text: string; location?: string },
): string {
  const plain = PASSING.reduce((left, passing) => left.replaceAll(passing, ''), text);
  return comparable(world, { status, body: { text: plain, location } }).replaceAll('\\n', '\n');
}

import { readDocument } from './documents.mjs';
import { linesOfPage, readPage } from './page.mjs';

/** Signing out would end the crawler's session; assets are recorded separately. */
const LEFT_ALONE = /^\/(assets|afmelden)\b/;
/** Pages about earlier requests, so they are read after everything else. */
const LAST = /^\/beheer\/(logboek|toestand|mail)\b/;
const MOST = 6000;
/** A list whose filters combine has thousands of addresses: from a page, links narrow that page down to this many filters. */
const MOST_FILTERS = 2;

/**
 * Follows every link and every GET form, as one visitor, in the order of the pages. Passes each response to
 * `keep` with its address; returns the addresses.
 */
export async function crawl(visitor, from, keep) {
  const seen = new Set();
  const waiting = [...from];
  const later = [];
  while ((waiting.length > 0 || later.length > 0) && seen.size < MOST) {
    const address = waiting.shift() ?? later.shift();
    if (seen.has(address)) continue;
    if (LAST.test(address) && waiting.length > 0) {
      later.push(address);
      continue;
    }
    seen.add(address);
    const answer = await visitor.get(address);
    const { lines, addresses, page } = readAnswer(answer, visitor.base, address);
    await keep(address, answer, lines, page);
    for (const next of addresses) {
      if (!seen.has(next) && !LEFT_ALONE.test(next) && !combinesTooMuch(next, address)) waiting.push(next);
    }
  }
  if (waiting.length + later.length > 0) throw new Error(`More than ${MOST} addresses: following links does not end.`);
  return seen;
}

function combinesTooMuch(next, address) {
  const { pathname, searchParams } = new URL(next, 'http://localhost');
  const list = address.split('?')[0];
  const isSameList = pathname === list || pathname.startsWith(`${list}/`);
  return isSameList && [...searchParams.values()].filter((value) => value !== '').length > MOST_FILTERS;
}

/** A response as lines of text, and the addresses of this service that it links to. */
export function readAnswer(answer, base, address) {
  const page = answer.type === 'text/html' ? readPage(answer.text) : undefined;
  const head = headOf(answer);
  const body = page ? linesOfPage(page) : readDocument(answer);
  const hrefs = page
    ? [...page.links.map(({ href }) => href), ...page.forms.flatMap((form) => asked(form, address))]
    : [];
  if (answer.headers.location) hrefs.unshift(answer.headers.location);
  const addresses = hrefs
    .filter((href) => URL.canParse(href, base + address))
    .map((href) => new URL(href, base + address))
    .filter(({ origin }) => origin === base)
    .map(({ pathname, search }) => pathname + search);
  return { head, lines: [...head, '', ...body], addresses: [...new Set(addresses)], page };
}

const HEADERS = ['content-type', 'location', 'content-disposition', 'content-language', 'link', 'allow', 'retry-after'];

export function headOf({ status, headers }) {
  const cookies = (headers['set-cookie'] ?? []).map((line) => `set-cookie: ${line.replace(/=[^;]*/, '=…')}`);
  return [
    `status: ${status}`,
    ...HEADERS.filter((name) => headers[name] !== undefined).map((name) => `${name}: ${headers[name]}`),
    ...cookies,
  ];
}

/** The address of a GET form submitted without changes. */
function asked({ action, method, controls }, address) {
  if (method !== 'get') return [];
  const query = new URLSearchParams();
  for (const { kind, name, value, checked, options } of controls) {
    if (!name || kind.startsWith('button')) continue;
    if ((kind === 'checkbox' || kind === 'radio') && !checked) continue;
    query.append(
      name,
      kind === 'select' ? ((options.find(({ isChosen }) => isChosen) ?? options[0])?.value ?? '') : value,
    );
  }
  return [`${action ?? address.split('?')[0]}?${query}`];
}

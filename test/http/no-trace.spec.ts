import { beforeAll, expect, it } from '@jest/globals';
import type { Answered } from '../support/client.js';
import { crawl, shapeOf } from '../support/crawl.js';
import { operationsOf } from '../support/operations.js';
import { liveWithSecrets, OUTSIDERS, pathOf, type Secrets, VISITORS } from '../support/secret-meeting.js';
import { wordsIn } from '../support/words.js';

/** What an administrator is told on purpose: that something happened, and that a mail had so many lines. */
const TOLD: Record<string, RegExp> = { admin: /\/(audit-entries|digests|export|logboek|weekberichten|mail|toestand)/ };
/** Numbers everybody's operations in one series. */
const LOG = /^\/beheer\/logboek/;
const SECRET = /[\w-]{43,}|[0-9a-f]{64}/g;

/** The content of a response without its ids, secrets and seconds. */
async function meaningOf(answer: Answered): Promise<string> {
  const { etag, link, 'content-disposition': file, 'content-length': _, ...rest } = answer.headers;
  const seen = new Map<string, number>();
  const numbered = (id: string) => {
    if (!seen.has(id)) seen.set(id, seen.size);
    return `<${seen.get(id)}>`;
  };
  const words = await wordsIn(answer);
  const meaning = [answer.status, etag, link, file, Object.keys(rest).sort().join(), words]
    .join('\n')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, numbered)
    // A hash of what the reader may know, ids included.
    .replaceAll(/data-version="[\w-]+"/g, 'data-version="<version>"')
    .replaceAll(SECRET, '<secret>')
    .replaceAll(/T\d\d:\d\d:\d\d\.\d{3}Z/g, 'T<time>')
    // The same operation may happen in different minutes in the two worlds.
    .replaceAll(/om \d\d:\d\d uur/g, 'om <time> uur')
    .replaceAll(/"sequence":\d+/g, '"sequence":<n>')
    // A name with a longer number may be one that a list cuts.
    .replaceAll(/<span class="line">([^<]*)<\/span>/g, '$1')
    .replaceAll(' class="line"', '')
    .replaceAll(/(functionaris|Functionaris|organisatie|Organisatie|overleg)( ?)\d+/g, '$1$2<n>');
  // The rows of a register are sorted by address, which contains a number.
  return answer.type === 'text/csv' ? meaning.split('\n').sort().join('\n') : meaning;
}

/** The first difference between two texts. */
function difference(one: string, other: string): string {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const from = Math.max(0, at - 80);
  return `${JSON.stringify(one.slice(from, at + 80))} against ${JSON.stringify(other.slice(from, at + 80))}`;
}

let secret: Secrets;
let plain: Secrets;
beforeAll(async () => {
  secret = await liveWithSecrets('sqlite');
  plain = await liveWithSecrets('sqlite', false);
}, 60_000);

it('answers others as if nothing confidential ever was: every operation, every format, headers and counts', async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const operation of (await operationsOf(secret.t)).filter(({ method }) => method === 'get')) {
    for (const role of OUTSIDERS) {
      if (TOLD[role]?.test(operation.path)) continue;
      for (const accept of operation.types) {
        const [one, other] = await Promise.all(
          [secret, plain].map(async ({ client, ids, tokens }) => {
            const headers = { authorization: tokens[role], accept };
            return meaningOf(await client({ method: 'GET', path: pathOf(operation, ids), headers }));
          }),
        );
        compared += one.startsWith('200') ? 1 : 0;
        if (one !== other) wrong.push(`${operation.name} as ${accept} to ${role}: ${difference(one, other)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(150);
}, 60_000);

it('shows others the same pages as if nothing confidential ever was', async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const role of VISITORS) {
    const [one, other] = await Promise.all(
      [secret, plain].map(async ({ client, cookies }) => [...(await crawl(client, await cookies[role]()))]),
    );
    const open = (pages: typeof one) => pages.filter(([path]) => !TOLD[role]?.test(path) && !LOG.test(path));
    const [these, those] = [open(one), open(other)];
    expect([role, these.map(([path]) => shapeOf(path))]).toEqual([role, those.map(([path]) => shapeOf(path))]);
    for (const [index, [path, answer]] of these.entries()) {
      const [mine, theirs] = [await meaningOf(answer), await meaningOf(those[index][1])];
      compared += 1;
      if (mine !== theirs) wrong.push(`${path} to ${role}: ${difference(mine, theirs)}`);
    }
  }
  console.log(`${compared} pages compared with those of a world without secrets`);
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(150);
}, 60_000);

import { expect } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import { inForce, row } from '../../src/platform/database/rows.js';
import { isCopy, traceOf } from './copies.js';
import { readablePage } from './pages.js';
import { SECRET, type World } from './world.js';

/** What somebody submits through the link in one of their mails. */
export interface MailAnswer {
  /** The name of the organisation whose contact answers. */
  by: string;
  /** Which mail: 0 is the first, 1 the latest. */
  place: number;
  /** Index of the action on the page, in the order of their names. */
  nth: number;
  fields: Record<string, string>;
}

/** A link of one of somebody's mails, old or new, that is opened. */
export interface Opening {
  opens: string;
  place: number;
  /** Index of the link in the mail. */
  nth: number;
}

/** Memberships of a contact of that organisation, or of one merged into it. */
const MEMBER = `FROM "memberships" n WHERE n."personId" = c."personId" AND n."organisationId" IN (
  SELECT t."id" FROM "organisations" t WHERE c."organisationId" IN (t."id", t."mergedIntoId"))`;

const DAY_MS = 86_400_000;
const DAYS_OPEN = 14;
const CLOSED = [404, 410];

/** Answers through a mail link, as a browser without JavaScript does; 0 if there is no such mail, or nothing to answer. */
export async function answerByMail(world: World, { by, place, nth, fields }: MailAnswer): Promise<number> {
  const { api, clock } = world.t;
  const mails = mailsWithLinks(world, by);
  if (mails.length === 0) return 0;
  const { link, sentAt } = mails[Math.min(mails.length - 1, Math.floor(place * mails.length))];
  const opened = await api.get(link);
  const isOver = clock.now().getTime() - sentAt.getTime() > DAYS_OPEN * DAY_MS || !(await isActive(world, by));
  if (isOver) expect([by, sentAt, CLOSED.includes(opened.status)]).toEqual([by, sentAt, true]);
  if (opened.status !== 303) return opened.status;
  const cookie = opened.headers['set-cookie'][0].split(';')[0];
  const page = await api.get(opened.headers.location).set('Cookie', cookie);
  const shown = [...page.text.matchAll(/name="status-([0-9a-f-]{36})"/g)].map(([, one]) => world.names.get(one)!);
  const names = [...new Set(shown)].sort();
  if (names.length === 0) return 0;
  const action = names[nth % names.length];
  const id = world.ids.get(action)!;
  const [isTheirs, before] = [await isUpTo(world, id, by), await answersOf(world, id, by)];
  const typed = Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${field}-${id}`, value]));
  const answer = await api.post(opened.headers.location).set('Cookie', cookie).type('form').send(typed);
  if ((await answersOf(world, id, by)) > before) expect([by, action, isTheirs]).toEqual([by, action, true]);
  return answer.status;
}

/**
 * Opens a link from a mail in each world, without signing in: it changes nothing, reveals nothing confidential, and
 * shows the same everywhere, also in the twin. Returns what it is and the status.
 */
export async function openFromMail(worlds: readonly World[], step: Opening): Promise<string> {
  const shown: string[] = [];
  const outcomes: string[] = [];
  for (const world of worlds) {
    const before = await traceOf(world);
    const found = await opened(world, step);
    expect([step, await traceOf(world)]).toEqual([step, before]);
    expect([step, found?.text.includes(SECRET) ?? false]).toEqual([step, false]);
    outcomes.push(found ? `opened ${found.kind} ${found.status}` : 'no such mail');
    shown.push(found ? readablePage(world, found) : '');
  }
  expect([step, outcomes]).toEqual([step, outcomes.map(() => outcomes[0])]);
  for (const page of shown) expect([step, page.split('\n')]).toEqual([step, shown[0].split('\n')]);
  return outcomes[0];
}

async function opened(world: World, { opens, place, nth }: Opening) {
  const { t } = world;
  const mails = mailsTo(world, opens)
    .map(({ raw, mail }) => ({ raw, text: mail.text ?? '', key: keyOf(mail) }))
    .sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
  const mail = mails[Math.floor(place * mails.length)];
  const oneClick = /^List-Unsubscribe: <([^>]+)>/m.exec(mail?.raw ?? '');
  const links = [...(mail?.text.match(/https?:\/\/[^\s<>)"]+/g) ?? []), ...(oneClick ? [oneClick[1]] : [])];
  if (links.length === 0) return undefined;
  const { pathname, search } = new URL(links[nth % links.length]);
  let [path, cookie] = [pathname + search, ''];
  for (let hops = 0; ; hops += 1) {
    const { status, text, headers } = await t.api.get(path).set('Cookie', cookie).set('Accept', 'text/html');
    expect([path, status < 500]).toEqual([path, true]);
    const location = headers.location as string | undefined;
    if (location === undefined || hops === 3)
      return { kind: pathname.split('/')[1], status, text: text ?? '', location };
    cookie = ((headers['set-cookie'] ?? []) as unknown as string[])[0]?.split(';')[0] ?? cookie;
    path = location;
  }
}

const keyOf = ({ date, subject, text }: ParsedMail): string =>
  `${date!.toISOString().slice(0, 13)} ${subject} ${(text ?? '').replaceAll(/http\S+/g, '')}`;

/** Without copies: which of two mails of one moment comes again because an answer was lost differs between worlds. */
const mailsTo = (world: World, name: string) =>
  world.mailbox.to(`${name}@${name}.example`).filter((one) => !isCopy(world, one));

/** In the order of their hour and text, because mails of one moment may arrive in any order. */
function mailsWithLinks(world: World, by: string) {
  const found = mailsTo(world, by).flatMap(({ mail }) => {
    const text = mail.text ?? '';
    const link = /\/antwoord\/[\w-]+/.exec(text)?.[0];
    return link ? [{ link, sentAt: mail.date!, key: keyOf(mail) }] : [];
  });
  return found.sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
}

async function isActive({ t, ids }: World, by: string): Promise<boolean> {
  const sql = 'SELECT 1 AS "one" FROM "people" WHERE "id" = $1 AND "active"';
  return (await row(t.database.reader, sql, [ids.get(`person-${by}`)!])) !== undefined;
}

/**
 * Whether they are its named owner, or a contact of an organisation that does it or of the one it was merged into, and have
 * not left it.
 */
export async function isUpTo({ t, ids }: World, actionId: string, by: string): Promise<boolean> {
  const found = await row(
    t.database.reader,
    `SELECT 1 AS "one" FROM "actions" a WHERE a."id" = $1 AND (a."ownerPersonId" = $2 OR EXISTS (
       SELECT 1 FROM "contacts" c JOIN "organisations" o ON c."organisationId" IN (o."id", o."mergedIntoId")
       WHERE c."personId" = $2 AND ${inForce('c', '$3')} AND (EXISTS (SELECT 1 ${MEMBER} AND ${inForce('n', '$3')})
         OR NOT EXISTS (SELECT 1 ${MEMBER} AND n."untilOn" < $3)) AND (o."id" = a."ownerId"
         OR o."id" IN (SELECT w."organisationId" FROM "action_co_owners" w WHERE w."actionId" = a."id"))))`,
    [actionId, ids.get(`person-${by}`)!, t.clock.today()],
  );
  return found !== undefined;
}

async function answersOf({ t, ids }: World, actionId: string, by: string): Promise<number> {
  const sql = 'SELECT count(*) AS "count" FROM "action_updates" WHERE "actionId" = $1 AND "recordedById" = $2';
  const found = await row<{ count: number }>(t.database.reader, sql, [actionId, ids.get(`person-${by}`)!]);
  return Number(found!.count);
}

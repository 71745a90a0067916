import { expect } from '@jest/globals';
import { inForce, row } from '../../src/platform/database/rows.js';
import type { World } from './world.js';

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

/** In the order of their hour and text, because mails of one moment may arrive in any order. */
function mailsWithLinks({ mailbox }: World, by: string) {
  const found = mailbox.to(`${by}@${by}.example`).flatMap(({ mail }) => {
    const text = mail.text ?? '';
    const link = /\/antwoord\/[\w-]+/.exec(text)?.[0];
    const key = `${mail.date!.toISOString().slice(0, 13)} ${mail.subject} ${text.replaceAll(/http\S+/g, '')}`;
    return link ? [{ link, sentAt: mail.date!, key }] : [];
  });
  return found.sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
}

async function isActive({ t, ids }: World, by: string): Promise<boolean> {
  const sql = 'SELECT 1 AS "one" FROM "people" WHERE "id" = $1 AND "active"';
  return (await row(t.database.reader, sql, [ids.get(`person-${by}`)!])) !== undefined;
}

/** Whether the action is named theirs, or they are a contact of who does it, or of whom that was merged into. */
async function isUpTo({ t, ids }: World, actionId: string, by: string): Promise<boolean> {
  const found = await row(
    t.database.reader,
    `SELECT 1 AS "one" FROM "actions" a WHERE a."id" = $1 AND (a."ownerPersonId" = $2 OR EXISTS (
       SELECT 1 FROM "contacts" c JOIN "organisations" o ON c."organisationId" IN (o."id", o."mergedIntoId")
       WHERE c."personId" = $2 AND ${inForce('c', '$3')} AND (o."id" = a."ownerId"
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

import { expect } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { rows } from '../../src/platform/database/rows.js';
import type { ReceivedMail } from '../support/mailbox.js';
import { type Actor, ask, inWorld, plain, SECRET, type World } from './world.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Listed {
  number: string;
  title: string;
}

/** An action list is the same as JSON, CSV and workbook, for each caller; and outsiders get that of the twin. */
export async function exportsWhatItLists(world: World, twin: World, who: Actor): Promise<void> {
  for (const query of ['', '?overdue=true', '?area=$area0', '?q=afspraak']) {
    const path = `/v1/actions${query}`;
    const listed: string[] = [];
    let total = 0;
    for (let page = 1; page === 1 || listed.length < total; page += 1) {
      const paged = `${path}${query ? '&' : '?'}pageSize=200&page=${page}`;
      const { status, body } = await ask(world, { who, method: 'get', path: paged });
      if (status !== 200) return;
      total = body.total as number;
      const items = body.items as Listed[];
      listed.push(...items.map(({ number, title }) => `${number} ${title}`));
      if (items.length === 0) break;
    }
    expect([path, listed.length]).toEqual([path, total]);
    const file = async (of: World, accept: string) =>
      (await of.client({ method: 'GET', path: inWorld(of, path), headers: { authorization: of.tokens[who], accept } }))
        .bytes;
    const csv = await file(world, 'text/csv');
    const text = csv.toString().replace(/^\ufeff/, '');
    const records = parse(text, { columns: true, delimiter: ';' }) as Record<string, string>[];
    expect([path, records.map((one) => `${one.nr} ${one.actie}`)]).toEqual([path, listed]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await file(world, XLSX)) as never);
    expect([path, workbook.worksheets[0].rowCount - 1]).toEqual([path, listed.length]);
    if (who === 'care') continue;
    expect(text).not.toContain(SECRET);
    expect(text.split('\n')).toEqual(
      (await file(twin, 'text/csv'))
        .toString()
        .replace(/^\ufeff/, '')
        .split('\n'),
    );
  }
}

/** Calendar feeds of outsiders say nothing that those of the twin do not say. */
export async function keepsCalendarsClean(world: World, twin: World, who: Actor): Promise<void> {
  const feed = async (of: World) => {
    const { status, text } = await of.client({ method: 'GET', path: of.feeds[who] });
    return `${status}\n${plain(of, text.replaceAll(/\r\n /g, '')).replaceAll(/\d{8}T\d{6}Z/g, '<moment>')}`.split('\n');
  };
  const there = await feed(twin);
  const here = await feed(world);
  expect(here.filter((line) => line.includes(SECRET))).toEqual([]);
  expect([who, here]).toEqual([who, there]);
}

/** A mail that was accepted before, byte for byte: it comes again when the answer of the mail server was lost. */
export const isCopy = ({ mailbox }: World, one: ReceivedMail): boolean =>
  mailbox.messages.find(({ to, raw }) => to === one.to && raw === one.raw) !== one;

/** No message is mailed twice, except the same bytes again for an answer that was lost. */
export function mailsNothingTwice(world: World): void {
  const { mailbox, lost } = world;
  const copies = mailbox.messages.filter((one) => isCopy(world, one));
  const ids = mailbox.messages.filter((one) => !copies.includes(one)).map(({ to, mail }) => `${to} ${mail.messageId}`);
  expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
  const tooMany = copies.filter(({ to }) => copies.filter((one) => one.to === to).length > (lost.get(to) ?? 0));
  expect(tooMany.map(({ to, mail }) => `${to} ${mail.subject}`)).toEqual([]);
}

/** The mail server will accept the next mail to this address without being heard. */
export function loseAnswer({ mailbox, lost }: World, address: string): void {
  mailbox.behave(address, 'accept-and-drop');
  lost.set(address, (lost.get(address) ?? 0) + 1);
}

const STATE = [
  'status',
  'ownerId',
  'ownerPersonId',
  'dueKind',
  'dueOn',
  'resumeOn',
  'postponements',
  'doneOn',
  'isHandedBack',
];

/** Each action is as its history says: the last update by the day on which it happened. */
export async function isAsItsHistory({ t }: World): Promise<void> {
  const differs = STATE.map(
    (column) => `coalesce(CAST(a."${column}" AS varchar), '-') <> coalesce(CAST(u."${column}" AS varchar), '-')`,
  );
  const found = await rows<{ number: string }>(
    t.database.reader,
    `SELECT a."number" FROM "actions" a JOIN "action_updates" u ON u."id" = (SELECT l."id" FROM "action_updates" l
       WHERE l."actionId" = a."id" ORDER BY l."effectiveOn" DESC, l."sequence" DESC LIMIT 1)
     WHERE ${differs.join(' OR ')}`,
  );
  expect(found).toEqual([]);
}

/** What a request that is refused may not change; the times at which tokens were used are left out. */
export async function traceOf({ t }: World): Promise<string> {
  const sums = ['actions', 'sessions', 'agenda_items', 'people', 'organisations', 'questions', 'initiatives'].map(
    (table) => `(SELECT coalesce(sum("version"), 0) FROM "${table}") AS "${table}"`,
  );
  const counts = [
    'action_updates',
    'outgoing_messages',
    'idempotency_keys',
    'minutes_versions',
    'mail_links',
    'action_parties',
  ].map((table) => `(SELECT count(*) FROM "${table}") AS "${table}"`);
  const hash = `(SELECT "hash" FROM "audit_head") AS "hash"`;
  return JSON.stringify(await rows(t.database.reader, `SELECT ${[...sums, ...counts, hash].join(', ')}`));
}

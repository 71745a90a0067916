/**
 * The least a server can do for the same responses: node:http and prepared statements of better-sqlite3, one transaction per
 * write, synchronous FULL. No authentication, validation, audit or logging. Arguments: database, person, port file.
 */
import BetterSqlite3 from 'better-sqlite3';
import { createServer } from 'node:http';
import { v7 } from 'uuid';

const [, , path, personId] = process.argv;
const TODAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format();
const db = new BetterSqlite3(path);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');

/** The fields of the responses that are not columns of the table; dates are compared as in the service. */
const JOINED = {
  areaName: '(SELECT "name" FROM "areas" WHERE "id" = a."areaId")',
  ownerName: '(SELECT "name" FROM "organisations" WHERE "id" = a."ownerId")',
  ownerPersonName: '(SELECT "name" FROM "people" WHERE "id" = a."ownerPersonId")',
  coOwners:
    `(SELECT json_group_array(json_object('id', o."id", 'name', o."name")) FROM "action_co_owners" c ` +
    'JOIN "organisations" o ON o."id" = c."organisationId" WHERE c."actionId" = a."id")',
  meetingName: '(SELECT "name" FROM "meetings" WHERE "id" = a."meetingId")',
  sessionHeldOn: '(SELECT "heldOn" FROM "sessions" WHERE "id" = a."sessionId")',
  agendaItemTitle: '(SELECT "title" FROM "agenda_items" WHERE "id" = a."agendaItemId")',
  requestedByName: '(SELECT "name" FROM "organisations" WHERE "id" = a."requestedById")',
  followsOnNumber: '(SELECT "number" FROM "actions" WHERE "id" = a."followsOnId")',
  discussedOn:
    '(SELECT json_group_array(s."heldOn") FROM "discussions" d JOIN "sessions" s ON s."id" = d."sessionId" WHERE d."actionId" = a."id")',
  partyIds: '(SELECT json_group_array("organisationId") FROM "action_parties" WHERE "actionId" = a."id")',
};
/** What the caller may do with it: the same for every action in the benchmark. */
const ALLOWED = JSON.parse(process.env.BENCH_ALLOWED);
const FLAGS = ['isHandedBack', 'isPublic', 'isConfidential', 'isWithdrawn'];
const sqlOf = (name) => `${JOINED[name] ?? `a."${name}"`} AS "${name}"`;
const columnsFor = (names) => names.split(',').map(sqlOf).join(', ');
const OPEN = 'a."areaId" = @area AND a."closedOn" IS NULL AND NOT a."isConfidential" AND NOT a."isWithdrawn"';
const list = db.prepare(
  `SELECT ${columnsFor(process.env.BENCH_LIST)}, (SELECT count(*) FROM "actions" a WHERE ${OPEN}) AS "total"
   FROM "actions" a WHERE ${OPEN} ORDER BY a."dueOn", a."id" LIMIT 50`,
);
const single = db.prepare(`SELECT ${columnsFor(process.env.BENCH_ONE)} FROM "actions" a WHERE a."id" = ?`);

function view(item) {
  const isOverdue = item.dueOn !== null && item.dueOn < TODAY && item.status !== 'done';
  const daysOverdue = isOverdue ? Math.round((Date.parse(TODAY) - Date.parse(item.dueOn)) / 86_400_000) : 0;
  for (const flag of FLAGS) if (flag in item) item[flag] = Boolean(item[flag]);
  if ('partyIds' in item)
    Object.assign(item, {
      partyIds: JSON.parse(item.partyIds),
      discussedOn: JSON.parse(item.discussedOn),
      allowed: ALLOWED,
    });
  return {
    ...item,
    coOwners: JSON.parse(item.coOwners),
    isOverdue,
    daysOverdue,
    isToBeChecked: false,
    domain: null,
    referenceUrl: null,
  };
}

const one = (id) => view(single.get(id));
const whole = db.prepare('SELECT * FROM "actions" WHERE "id" = ?');
const last = db.prepare('SELECT max("sequence") FROM "action_updates" WHERE "actionId" = ?').pluck();
const raise = db.prepare(
  'UPDATE "areas" SET "lastActionNumber" = "lastActionNumber" + 1 WHERE "id" = ? RETURNING "code", "lastActionNumber"',
);
const setStatus = db.prepare(`UPDATE "actions" SET "status" = ?, "version" = "version" + 1 WHERE "id" = ?`);

const STATE = [
  'title', 'areaId', 'theme', 'isPublic', 'isConfidential', 'status', 'statusReason', 'resumeOn', 'ownerId',
  'ownerPersonId', 'dueKind', 'dueOn', 'originalDueOn', 'postponements', 'checkOn', 'realisation', 'result',
  'resultSize', 'doneOn', 'closedOn', 'isHandedBack', 'isWithdrawn', 'recordedOn',
]; // prettier-ignore
const FIXED = [
  'id',
  'actionId',
  'sequence',
  'kind',
  'effectiveOn',
  'recordedAt',
  'recordedById',
  'changes',
  'coOwnerIds',
];
const NEW = ['id', 'number', 'title', 'areaId', 'status', 'ownerId', 'dueKind', 'dueOn', 'originalDueOn', 'recordedOn'];
const insert = (table, columns) =>
  db.prepare(
    `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`)}) VALUES (${columns.map((name) => `@${name}`)})`,
  );
const addAction = insert('actions', NEW);
const addUpdate = insert('action_updates', [...FIXED, ...STATE]);

function keep(action, kind, sequence, changes) {
  const recordedAt = new Date().toISOString();
  const fixed = { id: v7(), actionId: action.id, sequence, kind, effectiveOn: recordedAt.slice(0, 10), recordedAt };
  addUpdate.run({ ...action, ...fixed, recordedById: personId, changes: JSON.stringify(changes), coOwnerIds: '[]' });
}

const create = db.transaction((input) => {
  const { code, lastActionNumber } = raise.get(input.areaId);
  const fixed = { id: v7(), number: `${code}-${lastActionNumber}`, status: 'open', originalDueOn: input.dueOn };
  addAction.run({ ...input, ...fixed, recordedOn: TODAY });
  keep(whole.get(fixed.id), 'recorded', 1, {});
  return one(fixed.id);
});
const update = db.transaction((id, { status }) => {
  setStatus.run(status, id);
  keep(whole.get(id), 'status', last.get(id) + 1, { status });
  return one(id);
});

function answer(method, url, body) {
  if (method === 'GET' && url.pathname === '/v1/actions') {
    const items = list.all({ area: url.searchParams.get('area') });
    const total = items[0]?.total ?? 0;
    for (const item of items) delete item.total;
    return { items: items.map(view), total, page: 1, pageSize: 50 };
  }
  const id = url.pathname.split('/')[3];
  if (method === 'GET') return one(id);
  return id ? update(id, JSON.parse(body)) : create(JSON.parse(body));
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const text = JSON.stringify(
      answer(request.method, new URL(request.url, 'http://x'), Buffer.concat(chunks).toString()),
    );
    const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(text) };
    response.writeHead(request.method === 'POST' ? 201 : 200, headers);
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => db.close());
});

import { expect, it } from '@jest/globals';
import { PERMISSIONS, type Permission, type Role, type Scope } from '../../src/platform/access/permissions.js';
import { FileStore } from '../../src/files/file-store.js';
import { databasesNow, startApp } from '../support/app.js';
import { bodiedOperations, bodyOf } from '../support/bodies.js';
import { type Client, clientOf } from '../support/client.js';
import { type Operation, operationsOf, UNKNOWN_ID } from '../support/operations.js';
import { undoWrites } from '../support/undone.js';
import type { Objects } from '../support/place-contents.js';
import { layPlaces, type Place, PLACES, ROLES, type TestRole, type Places } from '../support/places.js';

/** What the table and the place of a thing make of a request: refused with a status, or let in. */
type Expected = 401 | 403 | 404 | 'refused' | 'told nothing' | 'let in';
const COLUMNS = [...PLACES, 'unknown', 'ended', 'deactivated'] as const;
type Column = (typeof COLUMNS)[number];

/** Which permission makes that something is known to be there: by the longest beginning of the path. */
const KNOWN_BY: [string, Permission][] = [
  ['/areas', 'areas.read'],
  ['/organisations', 'organisations.read'],
  ['/people', 'people.read'],
  ['/memberships', 'people.read'],
  ['/contacts', 'contacts.read'],
  ['/grants', 'grants.read'],
  ['/meetings', 'meetings.read'],
  ['/invitations', 'meetings.read'],
  ['/sessions', 'sessions.read'],
  ['/sessions/{id}/actions', 'sessions.read'],
  ['/sessions/{id}/minutes', 'minutes.read'],
  ['/sessions/{id}/minutes/destruction', 'minutes.destroy'],
  ['/agenda-items', 'sessions.read'],
  ['/discussions', 'sessions.read'],
  ['/attendances', 'sessions.read'],
  ['/guests', 'erasure.read'],
  ['/actions', 'actions.read'],
  ['/budgets', 'budgets.read'],
  ['/initiatives', 'budgets.read'],
  ['/questions', 'questions.read'],
  ['/goals', 'goals.read'],
  ['/opgaven', 'opgaven.read'],
  ['/wijkagendas', 'wijkagendas.read'],
  ['/reviews', 'reviews.read'],
  // A draft, as here, is its chair's alone; what was sent is read as a review is.
  ['/quarterly-results', 'reviews.write'],
  ['/rating-rounds', 'ratings.read'],
  ['/digests', 'digests.read'],
  ['/tokens', 'tokens.own'],
  ['/clients', 'clients.read'],
  ['/webhooks', 'webhooks.read'],
  ['/calendar-feeds', 'calendars.own'],
  ['/publication-requests', 'me.read'],
  ['/action-imports', 'me.read'],
  ['/register-imports', 'me.read'],
];
/** Where another permission says how far a request without an id reaches; null where what is sent has no place. */
const PLACED_BY: Record<string, Permission | null> = {
  'POST /calendar-feeds': 'meetings.read',
  'POST /tokens': null,
  'POST /token-rotations': null,
  'POST /organisations': null,
  'POST /register-imports': null,
  // A chair can add a new person of whatever organisation, and asks for the koersoverzicht of what the chair may see.
  'POST /people': null,
  'POST /koersoverzicht/mail': null,
  'PATCH /me/preferences': null,
  // The weeks without digest are of the whole municipality.
  'PUT /digests/skipped-weeks': null,
};
/** Rules beside the table: for whom something that is known is not open after all. */
const BESIDE: { path: RegExp; role: TestRole; places?: Place[]; expected: Expected }[] = [
  // An organisation speaks for its own questions.
  { path: /questions\/\{id\}\/consent$/, role: 'partner', places: ['otherOrganisation'], expected: 403 },
  // Readers read adopted minutes, not what goes on around them.
  { path: /minutes\/(dispatch|remarks)$/, role: 'reader', expected: 403 },
  { path: /minutes-to-adopt$/, role: 'reader', expected: 404 },
  // A chair can make a person of whatever area a member, and a party of the area can add its line to each opgave of it.
  { path: /POST .*people\/\{id\}\/memberships$/, role: 'chair', places: ['otherArea'], expected: 'let in' },
  { path: /POST .*opgaven\/\{id\}\/lines$/, role: 'partner', places: ['otherOrganisation'], expected: 'let in' },
  // The weeks of the digest are of the whole municipality; a chair sees the messages of the own areas in them.
  { path: /digests\/\{id\}\/messages$/, role: 'chair', places: ['otherArea'], expected: 'told nothing' },
  // Reacting to a review is for whom its draft was sent to: here that of the own organisation.
  { path: /POST .*reviews\/\{id\}\/reactions$/, role: 'chair', places: ['otherOrganisation'], expected: 403 },
  { path: /POST .*reviews\/\{id\}\/reactions$/, role: 'partner', places: ['otherOrganisation'], expected: 403 },
  // Everything about a person is for that person; where a name stands, a chair sees of whoever it is in the own areas.
  { path: /people\/\{id\}\/export$/, role: 'chair', expected: 403 },
  { path: /people\/\{id\}\/export$/, role: 'partner', expected: 403 },
  { path: /GET .*people\/\{id\}\/erasure$/, role: 'chair', places: ['otherArea'], expected: 'let in' },
  // A file may be removed by its uploader and by those who may write its owner; a partner adds papers only to its own items.
  { path: /(DELETE|POST) .*agenda-items\/\{id\}\/files/, role: 'partner', expected: 403 },
  { path: /DELETE .*actions\/\{id\}\/files/, role: 'partner', expected: 403 },
  // Who was invited, and with what answer, is for the table.
  { path: /sessions\/\{id\}\/invitation$/, role: 'admin', expected: 403 },
  { path: /sessions\/\{id\}\/invitation$/, role: 'client', expected: 403 },
  // Clients read what readers read of minutes: adopted ones.
  { path: /(minutes\/(dispatch|remarks)|minutes-to-adopt)$/, role: 'client', expected: 403 },
];
/** What is sent where a file is read. */
const LISTS: Record<string, string> = {
  '/v1/action-imports': 'wat;wie;wanneer\nZwerfvuil;Politie;6-7-2026\n',
  '/v1/register-imports': 'naam;e-mailadres;organisatie\nwijkagent;nieuw@politie.example;Politie\n',
};
const CONFIDENTIAL = ['agenda-items', 'actions', 'discussions'];

const nounOf = ({ path }: Operation): string => path.split('/')[2];
const hasId = ({ path }: Operation): boolean => path.includes('{id}');

/**
 * How far the roles of a caller carry a permission. A chair is a member of an organisation too, and so a partner; the
 * organisation of the partner leads an opgave.
 */
function reachesOf(permission: Permission, role: TestRole): Scope[] {
  const table = PERMISSIONS[permission] as Partial<Record<Role, Scope>>;
  const isPartner = role === 'chair' && (table.chair === undefined || table.partner === 'organisation');
  const more: Role[] = role === 'client' ? [] : role === 'partner' ? ['lead', 'person'] : ['person'];
  const roles: Role[] = isPartner ? [role, 'partner', ...more] : [role, ...more];
  return roles.flatMap((one) => table[one] ?? []);
}

/** Whether a right that reaches this far covers a thing that stands there. */
function covers(reach: Scope, place: Place): boolean {
  if (reach === 'all') return true;
  if (reach === 'areas') return place !== 'otherArea';
  return reach !== 'public' && (place === 'own' || place === 'confidential');
}

const holds = (permission: Permission, role: TestRole, place: Place): boolean =>
  reachesOf(permission, role).some((reach) => covers(reach, place));

function expectedOf(operation: Operation, role: TestRole, column: Column): Expected {
  if (column === 'deactivated' || (role === 'client' && column === 'ended')) return 401;
  const standing = column === 'ended' ? 'person' : role;
  const place = column === 'ended' || column === 'unknown' ? 'own' : column;
  if (reachesOf(operation.permission, standing).length === 0) return 403;
  if (!hasId(operation)) {
    const permission = operation.name in PLACED_BY ? PLACED_BY[operation.name] : operation.permission;
    if (permission === null || column === 'ended') return 'told nothing';
    if (column !== 'unknown' && holds(permission, standing, place)) return 'let in';
    return operation.method === 'get' || Object.keys(operation.fields).length === 0 ? 'told nothing' : 'refused';
  }
  if (column === 'unknown') return 404;
  if (column === 'confidential' && CONFIDENTIAL.includes(nounOf(operation))) return 404;
  const known = KNOWN_BY.filter(([path]) => operation.path.startsWith(`/v1${path}`)).at(-1)![1];
  const beside = BESIDE.find(
    ({ path, role: one, places }) => one === standing && path.test(operation.name) && (places?.includes(place) ?? true),
  );
  if (beside?.places) return beside.expected;
  if (!holds(known, standing, place)) return 404;
  if (beside) return beside.expected;
  return holds(operation.permission, standing, place) ? 'let in' : 403;
}

/** Words that must not stand in an answer to this caller, whatever was asked. */
function hiddenWords(role: TestRole, column: Column, { places }: Places): string[] {
  const standing = column === 'ended' || column === 'deactivated' ? 'person' : role;
  const hidden: string[] = Object.values(places.confidential.words).filter((word) => word.endsWith('table'));
  for (const place of PLACES) {
    const { words } = places[place];
    hidden.push(words.private);
    if (!holds('meetings.read', standing, place) && !holds('minutes.read', standing, place)) hidden.push(words.table);
    if (!holds('goals.read', standing, place)) hidden.push(words.area);
    if (!holds('people.read', standing, place)) hidden.push(words.address);
  }
  return hidden;
}

interface Answer {
  status: number;
  text: string;
}

/** So many questions at a time: PostgreSQL answers each in its own time, and waits for the network between. */
const AT_ONCE = 6;

it.each(databasesNow())(
  'holds for every role, operation and place on %s',
  async (kind) => {
    const t = await startApp(kind, { today: '2026-06-02' });
    const laid = await layPlaces(t);
    const operations = await operationsOf(t);
    undoWrites(t);
    // A removal that is undone in the database keeps its bytes.
    await t.app.get(FileStore).hold();
    const client = await clientOf(t);
    const wrong: string[] = [];
    let cells = 0;
    const waiting = operations.flatMap((operation) => ROLES.map((role) => ({ operation, role })));
    const askOn = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { operation, role } = next;
        const unknown = await ask(client, operation, role, 'unknown', laid);
        for (const column of COLUMNS) {
          const answer = column === 'unknown' ? unknown : await ask(client, operation, role, column, laid);
          cells += 1;
          const expected = expectedOf(operation, role, column);
          const flaw =
            flawIn(answer, expected, unknown) ??
            undescribedIn(answer, operation) ??
            leakIn(answer, hiddenWords(role, column, laid));
          if (flaw) wrong.push(`${operation.name} by ${role}, ${column}: ${flaw}`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askOn));
    console.log(`${cells} cells of the permission matrix on ${kind}`);
    expect(wrong).toEqual([]);
    expect(cells).toBe(operations.length * ROLES.length * COLUMNS.length);
    expect(cells).toBeGreaterThan(1500);
  },
  240_000,
);

function flawIn({ status, text }: Answer, expected: Expected, unknown: Answer): string | undefined {
  if (status >= 500) return `${status} ${text}`;
  if (expected === 404 && text !== unknown.text) return `not the answer for an unknown id: ${status} ${text}`;
  if (expected === 'let in') return [401, 403, 404].includes(status) ? `not let in: ${status} ${text}` : undefined;
  if (expected === 'told nothing') return undefined;
  if (expected === 'refused') return status < 400 ? `let in: ${status}` : undefined;
  return status === expected ? undefined : `${status} in the place of ${expected}: ${text.slice(0, 200)}`;
}

const undescribedIn = ({ status }: Answer, { statuses }: Operation): string | undefined =>
  statuses.includes(status) ? undefined : `${status} is not in the OpenAPI document`;

function leakIn({ text }: Answer, hidden: string[]): string | undefined {
  const found = hidden.filter((word) => text.includes(word));
  return found.length > 0 ? `tells ${found.join(', ')}` : undefined;
}

async function ask(
  client: Client,
  operation: Operation,
  role: TestRole,
  column: Column,
  { places, callers }: Places,
): Promise<Answer> {
  const caller = callers[role][column === 'ended' || column === 'deactivated' ? column : 'today'];
  const place = (PLACES as readonly string[]).includes(column) ? (column as Place) : 'own';
  const mine = caller.own.mine;
  const isOwn = place === 'own' || place === 'confidential';
  const own: Record<string, string> = isOwn ? { ...caller.own, departments: mine } : { mine };
  const objects: Objects = { ...places[place], ids: { ...places[place].ids, ...own } };
  const list = operation.method === 'post' ? LISTS[operation.path] : undefined;
  const { status, text } = await client({
    method: operation.method.toUpperCase(),
    path: pathOf(operation, column === 'unknown' ? {} : objects.ids),
    headers: {
      authorization: caller.token,
      ...(operation.method === 'get' || operation.method === 'post' ? {} : { 'if-match': '"1"' }),
      ...(list ? { 'content-type': 'text/csv' } : {}),
    },
    body: list ?? bodyOf(operation, column === 'unknown' ? unknownOf(objects) : objects),
  });
  return { status, text };
}

/** The same nouns with ids that nothing has. */
const unknownOf = ({ ids, words }: Objects): Objects => ({
  ids: Object.fromEntries(Object.keys(ids).map((noun) => [noun, UNKNOWN_ID])),
  words,
});

const FILES_OF: Record<string, string> = {
  ...{ actions: 'action-files', 'agenda-items': 'item-files', initiatives: 'initiative-files' },
};

/** The path about the things with these ids, unknown ones otherwise, asked for their area where it can be. */
function pathOf({ path, queries, method }: Operation, ids: Record<string, string>): string {
  const noun = path.split('/')[2];
  const filled = path
    .replace('{id}', ids[noun] ?? UNKNOWN_ID)
    .replace('{fileId}', ids[FILES_OF[noun]] ?? UNKNOWN_ID)
    .replace('{organisationId}', ids.departments ?? UNKNOWN_ID)
    .replace('{personId}', ids.people ?? UNKNOWN_ID)
    .replace('{messageId}', ids.messages ?? UNKNOWN_ID)
    .replace('{deliveryId}', ids['webhook-deliveries'] ?? UNKNOWN_ID)
    .replace('{tokenId}', ids['client-tokens'] ?? UNKNOWN_ID)
    .replace('{name}', 'agreed')
    .replace('{register}', 'people')
    .replace('{number}', '1');
  const query = new URLSearchParams();
  if (queries.includes('area') && method === 'get') query.set('area', ids.areas ?? UNKNOWN_ID);
  if (path.endsWith('/proposal')) query.set('year', '2030');
  // The beginning of every word laid anywhere.
  if (path.endsWith('/search')) query.set('q', 'word');
  if (queries.includes('register')) query.set('register', 'people');
  if (queries.includes('object')) query.set('object', ids.actions ?? UNKNOWN_ID);
  return query.size > 0 ? `${filled}?${query}` : filled;
}

it('knows a body for each operation that asks for one', async () => {
  const t = await startApp('sqlite');
  const names = (await operationsOf(t)).map(({ name }) => name);
  expect(bodiedOperations.filter((name) => !names.includes(name))).toEqual([]);
});

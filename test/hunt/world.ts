import { expect } from '@jest/globals';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { type Answered, type Client, clientOf } from '../support/client.js';
import { Mailbox } from '../support/mailbox.js';
import { Receiver } from '../support/receiver.js';
import { rows } from '../../src/platform/database/rows.js';
import { UNKNOWN_ID } from '../support/operations.js';

/** A word that occurs in everything confidential and nowhere else. */
export const SECRET = 'kanarie';
export const START = '2026-06-02T08:00:00.000Z';

/** Who acts. Care is party to what is confidential; everyone else is an outsider to it. */
const ACTORS = ['admin', 'chair', 'care', 'police', 'boa', 'reader'] as const;
export type Actor = (typeof ACTORS)[number];
export const OUTSIDERS: readonly Actor[] = ['admin', 'chair', 'police', 'boa', 'reader'];

/** One service on one database, with a name for each id, so that two of them can be sent the same request. */
export interface World {
  kind: DatabaseKind;
  t: TestApp;
  /** All processes of the service: on PostgreSQL a second one, which takes turns with the first. */
  processes: TestApp[];
  client: Client;
  mailbox: Mailbox;
  receiver: Receiver;
  /** The secrets of each webhook, oldest first. */
  secrets: Map<string, string[]>;
  /** Which events were delivered where. */
  delivered: Set<string>;
  /** What each of those said. */
  bodies: Map<string, string>;
  /** The events delivered since they were last compared. */
  events: string[];
  /** Stops each service on its database, and removes what they left. */
  stops: (() => Promise<void>)[];
  /** When mail was last released after a restore. */
  releasedAt: string;
  /** The number of mails at the start of each day; no entries for days before mail was released. */
  mailsOn: Map<string, number>;
  /** How many answers of the mail server were to be lost, per address. */
  lost: Map<string, number>;
  /** Who got the digest of which week. */
  digests: Set<string>;
  tokens: Record<Actor, string>;
  /** The path of a calendar feed of each. */
  feeds: Record<Actor, string>;
  ids: Map<string, string>;
  names: Map<string, string>;
}

/** Gives an id a name in this world. */
function name(world: World, as: string, id: string): void {
  world.ids.set(as, id);
  world.names.set(id, as);
}

/** The shortest retention period of minutes, so that the walk outlasts it. */
const environmentOf = ({ url }: Mailbox) => ({
  SMTP_URL: url,
  WEBHOOK_PRIVATE_ADDRESSES: 'on',
  MINUTES_RETENTION_YEARS: '1',
  ACTIONS_RETENTION_YEARS: '1',
});

/** Sets the clock of each process. */
export function setClock({ processes }: World, moment: string): void {
  for (const { clock } of processes) clock.set(moment);
}

/** Every process at the same moment. */
export const inEach = (world: World, work: (process: TestApp) => Promise<unknown>): Promise<unknown> =>
  Promise.all(world.processes.map(work));

/** Starts the processes beside the first, and a client whose requests go to each in turn. */
async function startBeside(world: World, now: string): Promise<void> {
  const { DATABASE_URL } = world.t.settings;
  world.processes = [world.t];
  if (DATABASE_URL) {
    const environment = { ...environmentOf(world.mailbox), DATABASE_URL };
    const other = await startApp('sqlite', { now, isStory: true, environment });
    world.processes.push(other);
    world.stops.push(other.stop);
  }
  const clients = await Promise.all(world.processes.map(clientOf));
  let turn = 0;
  world.client = (asked) => clients[turn++ % clients.length](asked);
}

/** Stops the service, does something to its database and starts it again. Its clock never goes back. */
export async function startAgain(world: World, from: string, work: () => Promise<unknown>): Promise<void> {
  const { settings } = world.t;
  const until = world.t.clock.moment();
  const now = until > from ? until : from;
  for (const { app } of world.processes) await app.close();
  await work();
  const { DATABASE_PATH, DATABASE_URL } = settings;
  const place: Record<string, string> = DATABASE_URL ? { DATABASE_URL } : { DATABASE_PATH };
  world.t = await startApp('sqlite', {
    now,
    isStory: true,
    environment: { ...environmentOf(world.mailbox), ...place },
  });
  world.stops.push(world.t.stop);
  await startBeside(world, now);
}

/** Two areas with a meeting each, four organisations at the table, one of them without anybody to mail. */
export async function startWorld(kind: DatabaseKind): Promise<World> {
  const mailbox = await Mailbox.start();
  const receiver = await Receiver.start();
  const t = await startApp(kind, { now: START, isStory: true, environment: environmentOf(mailbox) });
  const { make } = t;
  const world = {
    kind,
    t,
    mailbox,
    receiver,
    secrets: new Map(),
    delivered: new Set(),
    bodies: new Map(),
    events: [],
    releasedAt: '',
    mailsOn: new Map(),
    lost: new Map(),
    digests: new Set(),
    stops: [t.stop],
    ids: new Map(),
    names: new Map(),
  } as unknown as World;
  await startBeside(world, START);
  name(world, 'receiver', receiver.url);
  const areas = [
    await make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' }),
    await make.area({ kind: 'kern', name: 'Zwammerdam', code: 'ZWA' }),
  ];
  areas.forEach(({ id }, n) => name(world, `area${n}`, id));
  const people: Record<string, string> = {};
  for (const [key, title] of Object.entries({ gemeente: 'Gemeente', zorg: 'Zorg', politie: 'Politie', boa: "BOA's" })) {
    const organisation = await make.organisation({ name: title });
    name(world, key, organisation.id);
    const person = await make.person({
      name: `functionaris ${key}`,
      email: `${key}@${key}.example`,
      organisationId: organisation.id,
    });
    people[key] = person.id;
    name(world, `person-${key}`, person.id);
    await make.contact(organisation.id, person.id);
    const members = await rows<{ id: string }>(
      t.database.reader,
      'SELECT "id" FROM "memberships" WHERE "personId" = $1',
      [person.id],
    );
    name(world, `membership-${key}`, members[0].id);
  }
  name(world, 'extern', (await make.organisation({ name: 'Externe organisatie' })).id);
  name(world, 'stil', (await make.organisation({ name: 'Stille organisatie' })).id);
  for (const { id } of areas) {
    await make.grant(people.gemeente, 'chair', id);
    await make.grant(people.zorg, 'chair', id);
  }
  for (const [n, { id }] of areas.entries()) {
    const meeting = await make.meeting(id, { name: `Professionaloverleg ${n}` });
    name(world, `meeting${n}`, meeting.id);
    for (const key of ['gemeente', 'zorg'])
      await make.invitation(meeting.id, { organisationId: world.ids.get(key)!, personId: people[key], role: 'chair' });
    await make.invitation(meeting.id, { organisationId: world.ids.get('politie')!, personId: people.politie });
  }
  world.tokens = {
    admin: await make.signedIn('admin', undefined, { name: 'beheerder', email: 'beheerder@gemeente.example' }),
    chair: await make.token(people.gemeente),
    care: await make.token(people.zorg),
    police: await make.token(people.politie),
    boa: await make.token(people.boa),
    reader: await make.signedIn('reader', areas[0].id, { name: 'lezer', email: 'lezer@gemeente.example' }),
  };
  world.feeds = {} as World['feeds'];
  for (const who of ACTORS) {
    const { body } = await ask(world, { who, method: 'post', path: '/v1/calendar-feeds', body: {} });
    world.feeds[who] = body.url ? new URL(String(body.url)).pathname : '/agenda/none.ics';
  }
  return world;
}

/** The path, with names instead of ids: `/v1/actions/$action3`. */
export interface Ask {
  who: Actor;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  body?: object;
  /** A table instead of a body, as CSV. */
  table?: string;
  /** Where the same actor reads its ETag. */
  tagOf?: string;
  /** The version that was read, if it is known. */
  version?: number;
  /** The name of what it creates. */
  creates?: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const NAMED = /\$([a-z]+-?[a-z]*\d*)/g;
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Times of the test's clock, which continues while the service responds. */
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const SIGNING = /whsec_[\w+/=-]+/g;
const HASH = /\b[0-9a-f]{64}\b/g;

/** An id that nothing has, another one for each name. */
const unknownId = (one: string): string =>
  UNKNOWN_ID.slice(0, -12) + Buffer.from(one).toString('hex').slice(-12).padStart(12, '0');

export const inWorld = (world: World, text: string): string =>
  text.replaceAll(NAMED, (_, one: string) => world.ids.get(one) ?? unknownId(one));

/** Sends the request to one world. */
export async function ask(
  world: World,
  { who, method, path, body, table, tagOf, version, creates }: Ask,
): Promise<Answer> {
  const headers: Record<string, string> = { authorization: world.tokens[who] };
  if (tagOf) {
    const read = await world.client({ method: 'GET', path: inWorld(world, tagOf), headers });
    if (read.status !== 200) return { status: read.status, body: bodyOf(read) };
    headers['if-match'] = read.headers.etag!;
  }
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  const typed = body && (JSON.parse(inWorld(world, JSON.stringify(body))) as object);
  if (table) headers['content-type'] = 'text/csv';
  const answer = await world.client({
    method: method.toUpperCase(),
    path: inWorld(world, path),
    headers,
    body: table ?? typed,
  });
  const found = bodyOf(answer);
  if (creates && answer.status === 201) name(world, creates, String(found.id));
  if (typeof found.secret === 'string') keepSecret(world, String(found.id), found.secret);
  return { status: answer.status, body: found };
}

function keepSecret({ secrets }: World, id: string, secret: string): void {
  secrets.set(id, [...(secrets.get(id) ?? []), secret]);
}

const bodyOf = ({ text }: Answered) => (text ? JSON.parse(text) : {}) as Record<string, unknown>;

/** A response in a form that can be compared with that of the other world. */
export const comparable = (world: World, { status, body }: Answer): string =>
  plain(world, `${status} ${JSON.stringify(body)}`);

/** With names instead of ids, and without what differs between two worlds. */
export const plain = (world: World, text: string): string =>
  text
    .replaceAll(ID, (id) => world.names.get(id) ?? '<id>')
    .replaceAll(world.receiver.url, '<receiver>')
    .replaceAll(SIGNING, '<secret>')
    .replaceAll(MOMENT, '<moment>')
    .replaceAll(HASH, '<hash>');

/** Sends the request to each world; their responses must be equal, and none may be a failure. */
export async function askAll(worlds: readonly World[], one: Ask): Promise<Answer> {
  const answers = [];
  for (const world of worlds) answers.push(await ask(world, one));
  const [first, ...others] = answers.map((answer, n) => comparable(worlds[n], answer));
  for (const other of others) expect(other).toBe(first);
  expect(answers[0].status).toBeLessThan(500);
  return answers[0];
}

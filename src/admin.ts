import { type EntityManager, In } from 'typeorm';
import { Area } from './directory/areas/area.entity.js';
import { checkFiles, filesLine } from './files/file-check.js';
import type { FileStore } from './files/file-store.js';
import { Audit } from './platform/audit/audit.service.js';
import { verifyAudit } from './platform/audit/verify.js';
import { forgetPasskeys } from './identity/passkeys.service.js';
import { insertLink, signInUrl } from './identity/sign-in-links.js';
import { Tokens } from './identity/tokens.service.js';
import { Clock } from './platform/common/clock.js';
import { newId } from './platform/common/ids.js';
import { hasDatabase, openDatabase } from './platform/database/data-source.js';
import type { Database } from './platform/database/database.js';
import { row, type Source } from './platform/database/rows.js';
import { Transactions } from './platform/database/transactions.js';
import { verifyBinding } from './minutes/binding.js';
import { atFile } from './platform/sqlite/sqlite-options.js';
import { removedFromMinutes, verifyMinutes } from './minutes/verification.service.js';
import { Grant } from './directory/people/grant.entity.js';
import { Membership } from './directory/people/membership.entity.js';
import { Organisation } from './directory/organisations/organisation.entity.js';
import { Person } from './directory/people/person.entity.js';
import { COMMAND } from './maintenance.js';
import { SCHEMA } from './schema.js';
import type { Settings } from './platform/settings.js';

const TOKEN_DAYS = 90;
/** The municipality, while the settings do not name it. */
const UNNAMED = 'Gemeente';
const LINK_MINUTES = 24 * 60;

/** An integrity check. Describes the first flaw; null if there is none. */
interface Check {
  name: string;
  flaw(source: Source): Promise<string | null>;
}

/** The checks of `admin verify`, in order. */
const CHECKS: Check[] = [
  { name: 'audit trail', flaw: (source) => verifyAudit(source) },
  { name: 'minutes', flaw: async (source) => (await verifyMinutes(source)).join(' ') || null },
  { name: 'minutes in the audit trail', flaw: async (source) => (await verifyBinding(source)).join(' ') || null },
];

/**
 * Opens the configured database, does the work and closes it; a service may be running at the same time. Throws if
 * there is none, unless it may be created: the checks would report an empty one as intact.
 */
export async function onDatabase<T>(
  settings: Settings,
  work: (database: Database) => Promise<T>,
  { makesIt = false } = {},
): Promise<T> {
  if (!makesIt && !(await hasDatabase(settings))) {
    const place = settings.DATABASE_URL
      ? `in schema ${settings.DATABASE_SCHEMA} of DATABASE_URL`
      : `at ${settings.DATABASE_PATH} (DATABASE_PATH)`;
    throw new Error(
      `There is no database of Wijkagenda ${place}; nothing was created. Are these the settings of the service?`,
    );
  }
  const database = await openDatabase(settings, SCHEMA, false);
  try {
    return await work(database);
  } catch (error) {
    throw settings.DATABASE_URL ? error : atFile(error, settings.DATABASE_PATH);
  } finally {
    await database.onApplicationShutdown();
  }
}

/**
 * Creates an administrator of the whole municipality; returns an API token valid for 90 days. Creates the municipality as
 * organisation and as root area if they do not exist. Throws if the address is already in use.
 */
export async function createAdministrator(
  database: Database,
  clock: Clock,
  { email, name, municipality = UNNAMED }: { email: string; name: string; municipality?: string },
): Promise<string> {
  const transactions = new Transactions(database);
  const audit = new Audit(clock);
  const personId = newId();
  await transactions.run(async (manager) => {
    if (await manager.existsBy(Person, { email: email.toLowerCase() })) {
      throw new Error(`There is already a person with the address ${email}; use "admin token" to create a new token.`);
    }
    const fromOn = clock.today();
    const areaId = await rootOf(manager, municipality);
    const organisationId = await municipalityOf(manager, municipality);
    await manager.insert(Person, { id: personId, name, email: email.toLowerCase(), active: true });
    await manager.insert(Membership, { id: newId(), personId, organisationId, function: 'beheerder', fromOn });
    await manager.insert(Grant, { id: newId(), personId, role: 'admin', areaId, fromOn });
    await audit.record(manager, COMMAND, 'administrator.created', { type: 'person', id: personId, areaId });
  });
  return tokenOf(database, clock, personId);
}

/** A link for signing in on the pages as an active person, valid once within a day. Throws like `createToken`. */
export async function createSignInLink(
  database: Database,
  clock: Clock,
  settings: Pick<Settings, 'PUBLIC_URL'>,
  email: string,
): Promise<string> {
  const personId = await personWith(database, email);
  const audit = new Audit(clock);
  const token = await new Transactions(database).run(async (manager) => {
    await audit.record(manager, COMMAND, 'sign_in_link.issued', { type: 'person', id: personId });
    return insertLink(manager, { personId, minutes: LINK_MINUTES, isOnce: true }, clock.now());
  });
  return signInUrl(settings.PUBLIC_URL, token);
}

/** Removes a person's passkeys and ends their sessions, for a lost device. Throws like `createToken`. */
export async function removePasskeys(database: Database, clock: Clock, email: string): Promise<void> {
  const personId = await personWith(database, email);
  const audit = new Audit(clock);
  await new Transactions(database).run((manager) => forgetPasskeys(manager, audit, clock.moment(), personId, COMMAND));
}

/** A new API token, valid for 90 days, for an active person. Throws if there is none with that address. */
export async function createToken(database: Database, clock: Clock, email: string): Promise<string> {
  return tokenOf(database, clock, await personWith(database, email));
}

async function personWith(database: Database, email: string): Promise<string> {
  const sql = 'SELECT "id" FROM "people" WHERE "email" = $1 AND "active"';
  const person = await row<{ id: string }>(database.reader, sql, [email.toLowerCase()]);
  if (!person) throw new Error(`There is no active person with the address ${email}.`);
  return person.id;
}

/** The result of `verify`. `flaw` describes everything that is wrong; null if all checks pass. */
interface Verified {
  isWhole: boolean;
  flaw: string | null;
  lines: string[];
}

/** One line per check, one for the files in `store` if there are any, and one for each text of minutes that was removed on purpose. */
export async function verify(database: Database, store?: FileStore): Promise<Verified> {
  const lines: string[] = [];
  const flaws: string[] = [];
  for (const { name, flaw } of CHECKS) {
    const found = await flaw(database.reader);
    lines.push(`${name}: ${found ?? 'intact'}`);
    if (found !== null) flaws.push(lines.at(-1)!);
  }
  const files = store && filesLine(await checkFiles(database.reader, store));
  if (files) lines.push(files.line);
  if (files && !files.isWhole) flaws.push(files.line);
  lines.push(...(await removedFromMinutes(database.reader)));
  return { isWhole: flaws.length === 0, flaw: flaws.join('\n') || null, lines };
}

async function tokenOf(database: Database, clock: Clock, personId: string): Promise<string> {
  const tokens = new Tokens(database, new Transactions(database), new Audit(clock), clock);
  return (await tokens.issue(personId, 'Gemaakt met npm run admin', TOKEN_DAYS, COMMAND)).token;
}

async function rootOf(manager: EntityManager, municipality: string): Promise<string> {
  const known = await manager.findOneBy(Area, { kind: 'municipality' });
  if (known) return known.id;
  const id = newId();
  await manager.insert(Area, {
    id,
    name: municipality.replace(/^gemeente (?=.)/i, ''),
    code: 'GEM',
    kind: 'municipality',
  });
  return id;
}

async function municipalityOf(manager: EntityManager, name: string): Promise<string> {
  const known = await manager.findOneBy(Organisation, { name: In([name, UNNAMED]) });
  if (known) return known.id;
  const id = newId();
  await manager.insert(Organisation, { id, name, kind: 'municipality', aliases: [] });
  return id;
}

import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { createAdministrator, createSignInLink, createToken, onDatabase, removePasskeys, verify } from './admin.js';
import { archiveYear } from './archive.js';
import { backUp, restore } from './backup.js';
import { FileStore } from './files/file-store.js';
import { Clock } from './platform/common/clock.js';
import { Transactions } from './platform/database/transactions.js';
import { isMailAddress } from './platform/common/input.js';
import { holdMail, NUMBERS_SKIPPED, releaseMail, skipNumbers } from './platform/mail/mail-hold.js';
import { retentionLines } from './maintenance.js';
import { noteUpkeep } from './administration/operations/upkeep.js';
import { readSettings } from './platform/settings.js';

const USAGE = `Usage:
  npm run admin -- create --email <address> --name <name>   create an administrator; print an API token and a sign-in link
  npm run admin -- link --email <address>                   print a one-time sign-in link for an existing person
  npm run admin -- token --email <address>                  print a new API token for an existing person
  npm run admin -- remove-passkeys --email <address>        remove the passkeys of a person who lost a device
  npm run admin -- verify                                   check that audit trail and minutes were not tampered with
  npm run admin -- backup --to <file>                       copy the SQLite database, even while the service runs
  npm run admin -- restore --from <file>                    restore a backup to an empty place, held as by hold-mail
  npm run admin -- note-backup                              record a backup made by other means, such as pg_dump
  npm run admin -- retention [--execute]                    list what is past its retention period; with --execute destroy it
  npm run admin -- archive --area <code> --year <year> --to <folder>   export a past year for the archive: PDF/A, JSON, MDTO
  npm run admin -- hold-mail                                stop this copy from sending mail and showing public pages
  npm run admin -- release-mail --waiting <send|skip> [--send-week]   let this copy do both again, with or without pending
                                                            messages; with --send-week also what began before now
  npm run demo                                              start with the demo municipality`;

const GAPS = {
  'not-closed': 'not closed, so it has no minutes',
  'not-adopted': 'its minutes are not adopted yet; included in their current state',
  destroyed: 'its text was destroyed after the retention period',
};
const RESTORED = `Its mail is held and its public pages are closed. To release them: npm run admin -- release-mail, then restart the service.
Before you start it: everything revoked, erased, redacted or withdrawn since the backup is back; what was public then is public once
you release the mail. Do it again first; docs/beheer.md has the list.`;

const SEND_WEEK = '--send-week';
const WEEK_SENT = 'The digest of this week and the monthly mail that began are sent if this copy has not sent them.';
const WEEK_SKIPPED =
  'Digest weeks and monthly mails that began before now are skipped: the original may have sent them.';

/** Besides `--help` behind any command. */
const ASKS_FOR_HELP: ReadonlySet<string> = new Set(['admin', 'help', '-h', 'admin help', 'admin -h']);

/** Invalid command-line arguments: prints the usage and exits with code 2. */
class WrongWords extends Error {}

type Command = (words: string[]) => Promise<void>;
const COMMANDS: Record<string, Command> = {
  'admin create': async (words) => {
    const { email, name } = options(words, 'email', 'name');
    const address = mailAddress(email);
    const shownName = nonBlank('name', name);
    const settings = readSettings(process.env);
    const clock = new Clock(settings.NOW);
    const { token, link } = await onDatabase(
      settings,
      async (database) => ({
        token: await createAdministrator(database, clock, {
          ...{ email: address, name: shownName, municipality: settings.MUNICIPALITY },
        }),
        link: await createSignInLink(database, clock, settings, address),
      }),
      { makesIt: true },
    );
    console.log(`${shownName} <${address}> is now an administrator. API token, shown once, valid for 90 days:`);
    console.log(token);
    console.log('Sign-in link for the pages, valid once within a day:');
    console.log(link);
  },
  'admin link': async (words) => {
    const email = mailAddress(options(words, 'email').email);
    const settings = readSettings(process.env);
    const clock = new Clock(settings.NOW);
    const link = await onDatabase(settings, (database) => createSignInLink(database, clock, settings, email));
    console.log(`Sign-in link for ${email}, valid once within a day:`);
    console.log(link);
  },
  'admin token': async (words) => {
    const email = mailAddress(options(words, 'email').email);
    const settings = readSettings(process.env);
    const token = await onDatabase(settings, (database) => createToken(database, new Clock(settings.NOW), email));
    console.log(`New API token for ${email}, shown once, valid for 90 days:`);
    console.log(token);
  },
  'admin remove-passkeys': async (words) => {
    const email = mailAddress(options(words, 'email').email);
    const settings = readSettings(process.env);
    await onDatabase(settings, (database) => removePasskeys(database, new Clock(settings.NOW), email));
    console.log(`${email} has no more passkeys and is signed out everywhere.`);
  },
  'admin verify': async (words) => {
    options(words);
    const settings = readSettings(process.env);
    const { isWhole, lines } = await onDatabase(settings, async (database) => {
      const found = await verify(database, new FileStore(settings));
      await noteUpkeep(database, ['verify'], new Clock(settings.NOW).moment(), found.flaw);
      return found;
    });
    console.log(lines.join('\n'));
    if (!isWhole) process.exitCode = 1;
  },
  'admin backup': async (words) => {
    const settings = readSettings(process.env);
    const at = new Clock(settings.NOW).moment();
    const { path, lines } = await backUp(settings, options(words, 'to').to, at);
    console.log([`Copied to ${path}.`, ...lines].join('\n'));
    await onDatabase(settings, (database) => noteUpkeep(database, ['backup', 'verify'], at, null)).catch(
      (error: Error) => {
        throw new Error(`The copy is complete, but the database could not record it: ${error.message}`);
      },
    );
  },
  'admin note-backup': async (words) => {
    options(words);
    const settings = readSettings(process.env);
    const at = new Clock(settings.NOW).moment();
    await onDatabase(settings, (database) => noteUpkeep(database, ['backup'], at, null));
    console.log('Recorded that a backup was made just now.');
  },
  'admin restore': async (words) => {
    const settings = readSettings(process.env);
    const { path, lines } = await restore(settings, options(words, 'from').from, new Clock(settings.NOW).moment());
    console.log([`Restored to ${path}.`, ...lines, RESTORED].join('\n'));
  },
  'admin retention': async (words) => {
    const doesIt = words.join() === '--execute';
    options(doesIt ? [] : words);
    const settings = readSettings(process.env);
    const lines = await onDatabase(settings, (database) =>
      retentionLines(database, settings, new Clock(settings.NOW), doesIt),
    );
    console.log(lines.join('\n'));
  },
  'admin archive': async (words) => {
    const { area, year, to } = options(words, 'area', 'year', 'to');
    if (!/^\d{4}$/.test(year)) throw new WrongWords('--year must be a year, such as 2025.');
    const settings = readSettings(process.env);
    const found = await onDatabase(settings, (database) =>
      archiveYear(database, settings, new Clock(settings.NOW), { areaCode: area, year: Number(year), to }),
    );
    console.log(`Written to ${found.path}: ${found.files} files. It contains nothing confidential.`);
    for (const { heldOn, why } of found.gaps) console.log(`The session of ${heldOn}: ${GAPS[why]}.`);
  },
  'admin hold-mail': async (words) => {
    options(words);
    const settings = readSettings(process.env);
    await onDatabase(settings, async (database) => {
      await holdMail(database, new Clock(settings.NOW).moment());
      await new Transactions(database).run((manager) => skipNumbers(manager));
    });
    console.log(
      'From now on no mail is planned or sent from this copy, and nothing public shown, not even by a service that is running.',
    );
    console.log(NUMBERS_SKIPPED);
  },
  'admin release-mail': async (words) => {
    const sendsWeek = words.includes(SEND_WEEK);
    const { waiting } = options(
      words.filter((word) => word !== SEND_WEEK),
      'waiting',
    );
    if (waiting !== 'send' && waiting !== 'skip') throw new WrongWords('--waiting must be send or skip.');
    const settings = readSettings(process.env);
    const moment = new Clock(settings.NOW).moment();
    const skipped = await onDatabase(settings, (database) => releaseMail(database, { waiting, sendsWeek, moment }));
    console.log(
      `The public pages are open again, and from its next start the service sends mail again. Pending messages skipped: ${skipped}.`,
    );
    console.log(sendsWeek ? WEEK_SENT : WEEK_SKIPPED);
  },
  demo: async (words) => {
    options(words);
    // Loaded for the demo only: no other command needs the whole service with its seeds.
    const { startDemo } = await import('./demo/demo.js');
    await startDemo(process.env);
  },
};

const words = process.argv.slice(2);
try {
  if (ASKS_FOR_HELP.has(words.join(' ')) || words.at(-1) === '--help') console.log(USAGE);
  else await execute(words);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (error instanceof WrongWords) console.error(`\n${USAGE}`);
  process.exitCode = error instanceof WrongWords ? 2 : 1;
}

async function execute(given: string[]): Promise<void> {
  const name = Object.keys(COMMANDS).find((command) => command === given.slice(0, command.split(' ').length).join(' '));
  if (!name) throw new WrongWords(given.length === 0 ? 'No command given.' : `Unknown command: ${given.join(' ')}.`);
  await COMMANDS[name](given.slice(name.split(' ').length));
}

/** The text options by name; each is required, and no others are allowed. */
function options<Name extends string>(words: string[], ...names: Name[]): Record<Name, string> {
  const values = parsed(words, names);
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new WrongWords(`Missing: ${missing.map((name) => `--${name}`).join(', ')}.`);
  return values as Record<Name, string>;
}

function parsed(words: string[], names: string[]): Record<string, string | undefined> {
  try {
    const known = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    return parseArgs({ args: words, options: known, strict: true }).values as Record<string, string | undefined>;
  } catch (error) {
    throw new WrongWords((error as Error).message);
  }
}

function mailAddress(text: string): string {
  if (!isMailAddress(text)) throw new WrongWords('--email must be one e-mail address.');
  return text;
}

function nonBlank(option: string, text: string): string {
  if (text.trim() === '' || text.length > 200 || /[\u0000-\u001f\u007f]/.test(text)) {
    throw new WrongWords(`--${option} must be one line of 1 to 200 characters.`);
  }
  return text.trim();
}

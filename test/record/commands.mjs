import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './demo.mjs';
import { readDocument } from './documents.mjs';
import { filesBelow } from './statics.mjs';

const CLI = 'dist/src/cli.js';
const MAIL = 'wijkagent.boskoop@politie.example';
/** One real use of each command; commands without arguments are run as they are. */
const USES = {
  create: ['--email', 'nieuw.beheer@alphenaandenrijn.example', '--name', 'tweede beheerder'],
  link: ['--email', MAIL],
  token: ['--email', MAIL],
  'remove-passkeys': ['--email', MAIL],
  backup: ['--to', 'record-backup.sqlite'],
  restore: ['--from', 'record-backup.sqlite'],
  archive: ['--area', 'BOS', '--year', '2025', '--to', 'record-archive'],
  'release-mail': ['--waiting', 'skip'],
};
const NOBODY = ['--email', 'niemand@nergens.example'];
const MORE = {
  create: [
    ['--email', MAIL, '--name', 'wijkagent'],
    ['--email', 'geen adres', '--name', 'x'],
  ],
  link: [NOBODY],
  token: [NOBODY],
  'remove-passkeys': [NOBODY],
  archive: [
    ['--area', 'XXX', '--year', '2025', '--to', 'record-archive-2'],
    ['--area', 'BOS', '--year', 'x', '--to', 'y'],
  ],
  retention: [['--execute']],
  'release-mail': [['--waiting', 'maybe']],
};
const TYPES = { pdf: 'application/pdf', json: 'application/json', xml: 'text/xml' };

/** The usage of the command line, and the output of each command, used incorrectly and correctly, on the database of the demo. */
export async function recordCommands(folder, keep) {
  const database = { DATABASE_PATH: 'data/demo.sqlite' };
  const lines = [];
  let usage = '';
  const say = (words, more = database) => {
    const { status, stdout, stderr } = run(folder, [CLI, ...words], more);
    const complaint = usage ? stderr.replace(usage, '(the usage)') : stderr;
    lines.push(
      `$ ${words.join(' ')}`,
      ...linesOf(stdout),
      ...linesOf(complaint).map((line) => `! ${line}`),
      `exit code ${status}`,
      '',
    );
    return stderr;
  };
  const first = say([]);
  usage = first.slice(first.indexOf('Usage:'));
  for (const words of [['--help'], ['admin', 'nonsense'], ['demo', '--nonsense'], ['admin', 'verify', 'superfluous']])
    say(words);
  await keep('usage', lines.splice(0));
  const names = [...new Set([...usage.matchAll(/admin -- ([a-z-]+)/g)].map(([, name]) => name))];
  for (const name of names) {
    if (USES[name]) say(['admin', name]);
    for (const words of MORE[name] ?? []) if (words.join() !== '--execute') say(['admin', name, ...words]);
    const place = name === 'restore' ? { DATABASE_PATH: 'data/record-restored.sqlite' } : database;
    say(['admin', name, ...(USES[name] ?? [])], place);
    if (name === 'restore') say(['admin', name, ...USES[name]], place);
    if (name === 'retention') say(['admin', name, '--execute']);
    await keep(name, lines.splice(0));
  }
  await recordArchive(join(folder, 'record-archive'), keep);
  mkdirSync(join(folder, 'empty'), { recursive: true });
  for (const more of [{ PORT: 'x' }, { NODE_ENV: 'production' }, { SECRET_KEY: 'short', MAIL_FROM: 'nobody' }]) {
    const { status, stdout, stderr } = run(folder, ['dist/src/main.js'], {
      DATABASE_PATH: 'empty/service.sqlite',
      PORT: '0',
      ...more,
    });
    lines.push(
      `$ main with ${JSON.stringify(more)}`,
      ...linesOf(stdout),
      ...linesOf(stderr).map((line) => `! ${line}`),
      `exit code ${status}`,
      '',
    );
  }
  await keep('main', lines);
}

const linesOf = (text) =>
  text
    .trimEnd()
    .split('\n')
    .filter((line, index, all) => line !== '' || all.length > 1);

/** Every file in the archive of a year. */
async function recordArchive(folder, keep) {
  if (!existsSync(folder)) return;
  const files = filesBelow(folder, '').filter((path) => /\.\w+$/.test(path));
  for (const path of files) {
    const bytes = readFileSync(path);
    const type = TYPES[path.split('.').at(-1)] ?? 'text/plain';
    await keep(`archive--${path.slice(folder.length + 1)}`, readDocument({ type, bytes, text: bytes.toString() }));
  }
}

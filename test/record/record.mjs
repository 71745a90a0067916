/**
 * Records what users and clients get from the built service, as text that can be compared:
 *
 *   node test/record/record.mjs <folder> [--no-tests | --only-tests]
 *
 * from the root of a built checkout (`npm run build`). The service is run as the demo, at a fixed time, after a
 * scenario that adds what the demo lacks. Two recordings of the same checkout are equal; compare.mjs prints what
 * differs between two. With --no-tests the two specs that count cells and pages are not run; with --only-tests
 * only these are run, and the rest of an earlier recording stays.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { recordAnswers } from './answers.mjs';
import { ask, signIn, Visitor } from './client.mjs';
import { recordCommands } from './commands.mjs';
import { linesOfCounts } from './counts.mjs';
import { crawl } from './crawl.mjs';
import { stage, startDemo } from './demo.mjs';
import { recordAssets, recordHeaders } from './headers.mjs';
import { nameEverything } from './labels.mjs';
import { recordMails, readMailbox, runJobs } from './mails.mjs';
import { Plain } from './plain.mjs';
import { Forms, recordPresses } from './presses.mjs';
import { recordRefusals } from './refusals.mjs';
import { linesOfJobs, linesOfSettings, linesOfTitles } from './statics.mjs';
import { playScenario } from './story.mjs';

const root = process.cwd();
const [out, ...options] = process.argv.slice(2);
if (!out || out.startsWith('-')) {
  console.error('Usage: node test/record/record.mjs <folder> [--no-tests | --only-tests]');
  process.exit(2);
}
const PUBLIC = ['/', '/openbaar', '/aanmelden', '/aanmelden/code', '/toegankelijkheid', '/privacy'];
PUBLIC.push('/.well-known/security.txt', '/koersoverzicht', '/beheer', '/bestaat-niet');

/** The clock of the demo starts less than an hour before midnight. */
const LONGEST_MS = 50 * 60_000;

const begun = Date.now();
const counts = {};
if (!options.includes('--only-tests')) await recordService();
const keepTests = writer('tests', new Plain({ root }));
keepTests('titles', linesOfTitles(root));
if (!options.includes('--no-tests')) keepTests('counts', linesOfCounts(root));
console.log(`Recorded in ${resolve(out)} in ${Math.round((Date.now() - begun) / 1000)} s.`);

async function recordService() {
  rmSync(out, { recursive: true, force: true });
  const staged = stage(root);
  let demo;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      void demo?.stop();
      staged.remove();
      process.exit(1);
    });
  }
  try {
    demo = await startDemo(staged.folder);
    const plain = new Plain({ base: demo.baseUrl, mailbox: demo.mailboxUrl, folder: staged.folder, root });
    await recordDemo(demo, plain, staged.folder);
    if (Date.now() - demo.startedAt > LONGEST_MS) throw new Error('It took so long that the demo came to another day.');
    await demo.stop();
    await recordCommands(staged.folder, writer('commands', plain));
    writer('.', plain)(
      'summary',
      Object.entries(counts).map(([area, count]) => `${area}: ${count}`),
    );
  } finally {
    await demo?.stop();
    staged.remove();
  }
}

async function recordDemo(demo, plain, folder) {
  const openapi = (await ask(`${demo.baseUrl}/v1/openapi.json`)).text;
  const document = JSON.parse(openapi);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'openapi.json'), `${JSON.stringify(document, null, 2).replaceAll(demo.baseUrl, '<base>')}\n`);
  const scenario = await playScenario(demo);
  await askForSignIn(demo);
  step('scenario');
  const settings = writer('settings', plain);
  settings('settings', linesOfSettings(root, folder));
  settings('jobs', linesOfJobs(root));
  step('settings');
  await runJobs(demo);
  await nameEverything(demo, document, plain);
  writer('.', plain)('scenario', scenario.lines);
  step('waiting and naming');

  const forms = new Map([['mail', new Forms()]]);
  const assets = new Set();
  for (const role of ['nobody', ...demo.roles]) {
    const visitor = role === 'nobody' ? new Visitor(demo.baseUrl) : await signIn(demo.baseUrl, demo.signIn[role]);
    const keep = writer(join('pages', role), plain);
    forms.set(role, new Forms());
    await crawl(visitor, role === 'nobody' ? PUBLIC : ['/'], async (address, answer, lines, page) => {
      keep(plain.fileName(address), [`GET ${address}`, ...lines]);
      forms.get(role).notice(address, page);
      for (const asset of page?.assets ?? []) {
        const [, path] = / (\/assets\/.*)/.exec(asset) ?? [];
        if (path) assets.add(path);
      }
      tally(answer);
    });
    step(`pages of ${role}`);
  }
  const mails = await readMailbox(demo);
  const keepLink = writer('mail-links', plain);
  await recordMails(demo, plain, writer('mails', plain), (name, lines, { address, page, link }) => {
    keepLink(name, lines);
    forms.get('mail').notice(address, page, link);
  });
  step('mails');
  const keepAnswer = new Map();
  await recordAnswers(demo, document, scenario, (role, path, type, lines) => {
    if (!keepAnswer.has(role)) keepAnswer.set(role, writer(join('answers', role), plain));
    keepAnswer.get(role)(plain.fileName(path) + (type && ` as ${type.split(/[/.]/).at(-1)}`), [
      `GET /v1${path}`,
      ...lines,
    ]);
  });
  step('answers');
  await recordHeaders(demo, writer('.', plain));
  await recordAssets(demo, assets, writer('.', plain));
  await recordRefusals(demo, document, writer('refusals', plain));
  step('refusals');
  for (const role of ['nobody', 'mail', ...demo.roles.toReversed()]) {
    const keep = writer(join('presses', role), plain);
    await recordPresses(demo, role, forms.get(role), (shape, lines) => keep(plain.fileName(shape), lines));
    step(`presses of ${role}`);
  }
  await runJobs(demo);
  const before = new Set(mails.map(({ id }) => id));
  await recordMails(
    demo,
    plain,
    writer('mails-after-presses', plain),
    () => {},
    ({ id }) => !before.has(id),
  );
}

/** The one mail that only a page can trigger. */
async function askForSignIn(demo) {
  const visitor = new Visitor(demo.baseUrl);
  await visitor.post('/aanmelden', { email: 'wijkagent.boskoop@politie.example', returnTo: '/mijn-acties' });
}

/** Writes texts to a folder of the recording; a name that already exists gets a number. */
function writer(folder, plain) {
  const taken = new Map();
  return (name, lines) => {
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    const path = join(out, folder, `${name}${number > 1 ? `~${number}` : ''}.txt`);
    mkdirSync(join(out, folder), { recursive: true });
    writeFileSync(path, `${plain.text(lines.join('\n'))}\n`);
    counts[folder] = (counts[folder] ?? 0) + 1;
  };
}

/** Counts the responses to links by media type. */
function tally({ type }) {
  const name = `answers to links: ${type || 'nothing'}`;
  counts[name] = (counts[name] ?? 0) + 1;
}

function step(name) {
  console.log(`${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s  ${name}`);
}

import { ask, Visitor } from './client.mjs';
import { readAnswer } from './crawl.mjs';
import { readDocument } from './documents.mjs';
import { elements, parseHtml, words } from './html.mjs';
import { linesOfPage, readPage } from './page.mjs';

const MOST_STEPS = 4;
const TYPES = { pdf: 'application/pdf', csv: 'text/csv', ics: 'text/calendar', txt: 'text/plain' };
TYPES.docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
TYPES.xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const readMailbox = async (demo) => JSON.parse((await ask(`${demo.mailboxUrl}/mails.json`)).text);

const QUIET_MS = 3_000;
const LONGEST_MS = 300_000;

/** Runs the scheduled jobs until no mail is waiting and no more arrive. */
export async function runJobs(demo) {
  const begun = Date.now();
  await demo.runJobs();
  let count = -1;
  for (let since = Date.now(); Date.now() - since < QUIET_MS;) {
    if (Date.now() - begun > LONGEST_MS) throw new Error('Mail keeps waiting for its turn.');
    await new Promise((next) => setTimeout(next, 500));
    const { length } = await readMailbox(demo);
    const isWaiting = /mail_waiting [1-9]/.test((await ask(`${demo.baseUrl}/metrics`)).text);
    if (isWaiting) await demo.runJobs();
    if (length !== count || isWaiting) [count, since] = [length, Date.now()];
  }
}

/** Every mail with all its parts, sorted by subject and address; then the pages behind its links. */
export async function recordMails(demo, plain, keepMail, keepPage, isNew = () => true) {
  const mails = (await readMailbox(demo)).filter(isNew);
  const shown = mails.map((mail) => ({ mail, key: plain.text(`${mail.subject} ${mail.to} ${mail.text}`) }));
  shown.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : one.mail.id - other.mail.id));
  for (const { mail } of shown) {
    const name = plain.fileName(`${mail.subject.replace(/^Gemeente [^:]*: /, '')}--${mail.to.join()}`);
    await keepMail(name, await linesOfMail(demo, mail));
    const visited = new Set();
    for (const url of linksIn(mail)) {
      if (!url.startsWith(demo.baseUrl) || visited.has(url)) continue;
      visited.add(url);
      await follow(demo, url.slice(demo.baseUrl.length).split('#')[0], (...step) => keepPage(name, ...step));
    }
  }
  return mails;
}

const linksIn = ({ text, html }) => [
  ...(text.match(/https?:\/\/[^\s<>"]+/g) ?? []),
  ...elements(parseHtml(html ?? ''), 'a').map(({ attributes }) => attributes.href ?? ''),
];

async function linesOfMail(demo, mail) {
  const page = parseHtml((await ask(`${demo.mailboxUrl}/mails/${mail.id}`)).text);
  const headers = elements(page, 'pre').at(-1).children.join('');
  const attachments = elements(page, 'a').filter(({ attributes }) => /\/attachments\//.test(attributes.href ?? ''));
  const lines = [`subject: ${mail.subject}`, `from: ${mail.from}`, `to: ${mail.to.join(', ')}`, ''];
  lines.push('== headers', ...headers.split(/\r?\n/), '', '== text', ...mail.text.split('\n'), '');
  if (mail.html) lines.push('== html', ...linesOfPage(readPage(mail.html)));
  for (const attachment of attachments) {
    const { bytes, text } = await ask(demo.mailboxUrl + attachment.attributes.href);
    const type = TYPES[words(attachment).split('.').at(-1)] ?? 'text/plain';
    lines.push('', `== attachment ${words(attachment)}`, ...readDocument({ type, bytes, text }));
  }
  return lines;
}

/** The page behind a link in a mail, opened without being signed in. */
async function follow(demo, path, keep) {
  const visitor = new Visitor(demo.baseUrl);
  for (let step = 0, next = path; next && step < MOST_STEPS; step += 1) {
    const answer = await visitor.get(next);
    const { lines, page } = readAnswer(answer, demo.baseUrl, next);
    await keep([`GET ${next}`, ...lines], { address: next, page, link: path });
    const { location } = answer.headers;
    next = location?.startsWith('/') ? location : undefined;
  }
}

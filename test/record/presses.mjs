import { signIn, Visitor } from './client.mjs';
import { readAnswer } from './crawl.mjs';
import { linesOfPage, readPage } from './page.mjs';

/** These end the browser session. */
const LEFT_ALONE = /^\/afmelden\b/;
const BLANKED = new Set(['text', 'search', 'email', 'date', 'time', 'number', 'tel', 'url', 'textarea', 'password']);

/** The number of buttons to click on forms that only differ in the text of their button. */
const MOST_ALIKE = 3;

/** Remembers the first form of each kind in a crawl. */
export class Forms {
  found = new Map();
  alike = new Map();

  notice(address, page, link) {
    for (const [index, form] of (page?.forms ?? []).entries()) {
      if (form.method !== 'post' || LEFT_ALONE.test(form.action ?? '')) continue;
      const controls = form.controls.filter(({ kind }) => kind !== 'hidden' && kind !== 'legend');
      const shape = shapeOf(form.action ?? '', address);
      const kind = [shape, ...controls.map(({ kind, name }) => `${kind} ${name?.replace(ID, '_')}`)].join();
      const words = controls.filter(({ kind, label }) => kind.startsWith('button') && !/\d/.test(label));
      const key = [kind, ...words.map(({ label }) => label)].join();
      const before = this.alike.get(kind) ?? 0;
      if (this.found.has(key) || before === MOST_ALIKE) continue;
      this.alike.set(kind, before + 1);
      this.found.set(key, { address, index, shape, link });
    }
  }
}

const ID = /[0-9a-f-]{36}/g;
/** The path a form is submitted to, without ids. */
const shapeOf = (action, address) =>
  new URL(action, `http://own.invalid${address}`).pathname.replaceAll(
    /[0-9a-f-]{36}(?=\/|$)|([a-z]{2,4}_)?[\w-]{43}(?=\/|$)/g,
    '_',
  );

/** Submits each kind of form once with empty fields, and records the response: a message, or a redirect. */
export async function recordPresses(demo, role, forms, keep) {
  const enter = async () => (demo.signIn[role] ? signIn(demo.baseUrl, demo.signIn[role]) : new Visitor(demo.baseUrl));
  let visitor = await enter();
  for (const { address, index, shape, link } of forms.found.values()) {
    if (link) {
      visitor = await enter();
      await visitor.get(link);
    }
    let answer = await visitor.get(address);
    if (demo.signIn[role] && answer.headers.location?.startsWith('/aanmelden')) {
      visitor = await enter();
      answer = await visitor.get(address);
    }
    const page = answer.type === 'text/html' ? readPage(answer.text) : { forms: [] };
    const isSame = (one) => one.method === 'post' && shapeOf(one.action ?? '', address) === shape;
    const form = page.forms[index] && isSame(page.forms[index]) ? page.forms[index] : page.forms.find(isSame);
    if (!form) {
      await keep(shape, [`on ${address}: ${answer.status}, and the form is not there any more`]);
      continue;
    }
    const to = new URL(form.action ?? '', demo.baseUrl + address);
    const sent = await visitor.post(to.pathname + to.search, ...blank(form));
    const { head, lines, page: after } = readAnswer(sent, demo.baseUrl, address);
    await keep(shape, [
      `POST ${to.pathname}${to.search} from ${address}`,
      ...(after ? [...head, '', ...toldOn(after)] : lines),
    ]);
  }
}

/** The returned page, without what is on every page. */
const toldOn = (page) =>
  linesOfPage({ ...page, assets: [], links: page.links.filter(({ href }) => href.startsWith('#')) });

/** The fields as a browser sends them if nothing was typed, and their media type. */
function blank({ controls, enctype }) {
  const fields = [];
  let hasButton = false;
  for (const { kind, name, value, checked, options, disabled } of controls) {
    if (!name || disabled) continue;
    if (kind.startsWith('button')) {
      if (!hasButton) fields.push([name, value]);
      hasButton = true;
    } else if (kind === 'checkbox' || kind === 'radio') {
      if (checked) fields.push([name, value || 'on']);
    } else if (kind === 'select') {
      fields.push([name, (options.find(({ isChosen }) => isChosen) ?? options[0])?.value ?? '']);
    } else if (kind !== 'file') fields.push([name, BLANKED.has(kind) ? '' : value]);
  }
  if (enctype !== 'multipart/form-data') return [fields];
  const boundary = 'wijkagenda-record-0000';
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  for (const { name } of controls.filter(({ kind }) => kind === 'file')) {
    const head = `Content-Disposition: form-data; name="${name}"; filename=""\r\nContent-Type: application/octet-stream`;
    parts.push(`--${boundary}\r\n${head}\r\n\r\n\r\n`);
  }
  return [`${parts.join('')}--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`];
}

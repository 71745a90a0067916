import { beforeAll, describe, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { type Answered, type Client, clientOf } from '../support/client.js';
import { crawl, shapeOf } from '../support/crawl.js';
import { type FullHouse, startFullHouse } from '../support/full-house.js';
import { boskoop, bring } from '../support/minutes.js';
import { UNKNOWN_ID } from '../support/operations.js';
import { plantEverywhere, rawFieldsIn, shownFieldsIn } from '../support/planting.js';

/** Everything that a page could misinterpret, in one text; control characters are refused, so they are sent separately. */
const TYPED =
  '<script>alert(1)</script><img src=x onerror=alert(1)> "><b>\' {{constructor}} ${7*7} \u202eom\u200bgekeerd 👩‍👧 =1+1';
const REFUSED = 'nul\u0000 en bel\u0007\r\nSet-Cookie: x=1';
/** Forms that would remove the tester or end the browser session. */
const LEFT_ALONE = /afmelden|afscheid|\/naam$|\/terug$|einde|passkey|annuleren|verwijder|sluiting|sessies/;
const ROLES = ['admin', 'chair', 'partner', 'reader'] as const;
const LINKS = ['antwoord', 'aanwezigheid', 'besluit', 'afmelden', 'waardering', 'jaarevaluatie-concept'] as const;

interface Form {
  action: string;
  fields: Record<string, string>;
  texts: string[];
}

/** The forms of a page that post text, with their values and which of their fields take text. */
function formsOn(path: string, html: string): Form[] {
  const found: Form[] = [];
  for (const [, attributes, inside] of html.matchAll(/<form([^>]*)>([^]*?)<\/form>/g)) {
    if (!/method="post"/i.test(attributes) || /multipart/.test(attributes)) continue;
    const action = / action="([^"]*)"/.exec(attributes)?.[1] ?? path;
    const form: Form = { action: action.replaceAll('&amp;', '&'), fields: {}, texts: [] };
    for (const [tag] of inside.matchAll(/<(?:input|textarea|select|button)\b[^>]*>/g)) {
      const name = / name="([^"]*)"/.exec(tag)?.[1];
      const type = / type="([^"]*)"/.exec(tag)?.[1] ?? 'text';
      if (!name || type === 'file') continue;
      const value = / value="([^"]*)"/.exec(tag)?.[1] ?? '';
      if (tag.startsWith('<textarea') || (tag.startsWith('<input') && ['text', 'search'].includes(type)))
        form.texts.push(name);
      else if (tag.startsWith('<select'))
        form.fields[name] = new RegExp(`name="${name}"[^]*?<option value="([^"]+)"`).exec(inside)?.[1] ?? '';
      else if (type === 'date') form.fields[name] = value || '2026-06-30';
      else form.fields[name] ??= value || (type === 'email' ? 'iemand@organisatie.example' : '1');
    }
    if (form.texts.length > 0 && !LEFT_ALONE.test(form.action)) found.push(form);
  }
  return found;
}

/** Why a response does not show text as text; undefined if it does. */
function flawIn({ status, type, text, headers }: Answered): string | undefined {
  if (status >= 500) return `${status}`;
  // Nothing in a downloaded table is a page; the headers tell the browser so.
  if (type !== 'text/csv' && /<script>alert|<img src=x|"><b>/.test(text)) return 'shown as a page';
  if (/alert\(1\)|x=1/.test(JSON.stringify(headers))) return 'stands in a header';
  return undefined;
}

/** Submits the hostile text in each form of these pages, once per kind of form. */
class Typing {
  readonly tried = new Set<string>();
  readonly wrong: string[] = [];
  kept = 0;

  constructor(
    private readonly t: Pick<TestApp, 'settings'>,
    private readonly client: Client,
  ) {}

  async on(pages: Map<string, Answered>, cookie: string, who = ''): Promise<void> {
    for (const [path, page] of pages) {
      for (const { action, fields, texts } of formsOn(path, page.text)) {
        const name = `${who} ${shapeOf(action)} ${texts.join()}`;
        if (this.tried.has(name)) continue;
        this.tried.add(name);
        for (const typed of [REFUSED, TYPED]) {
          const body = new URLSearchParams({ ...fields, ...Object.fromEntries(texts.map((one) => [one, typed])) });
          const headers = { cookie, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
          const origin = this.t.settings.PUBLIC_URL;
          const sent = { method: 'POST', path: action, headers: { ...headers, origin }, body: `${body}` };
          const answer = await this.client(sent);
          const flaw = flawIn(answer);
          if (flaw) this.wrong.push(`${name}: ${flaw}`);
          this.kept += answer.status === 303 ? 1 : 0;
        }
      }
    }
  }

  /** What is wrong on these pages, and how many of them show the typed text. */
  look(pages: Map<string, Answered>): number {
    let shown = 0;
    for (const [path, page] of pages) {
      const flaw = flawIn(page);
      if (flaw) this.wrong.push(`${path}: ${flaw}`);
      shown += page.text.includes('&lt;script&gt;alert(1)') ? 1 : 0;
    }
    return shown;
  }
}

describe('in a municipality that has worked with it for a year', () => {
  let h: FullHouse;
  let client: Client;
  let planted: string[];
  const cookies: Record<string, string> = { everybody: '' };
  const pages: Record<string, Map<string, Answered>> = {};

  /** The pages that a role can reach from any front page, a few of each kind. */
  const seenBy = (role: string, mostAlike = 4) => {
    const id = (path: string): string => path.split('/').pop()!;
    const ownDocuments = [
      `/openbaar/wijkagenda/${id(h.paths.wijkagenda)}`,
      `/jaarevaluaties/${id(h.paths.review)}`,
      `/openbaar/gelukt/${id(h.paths.sentQuarter)}`,
      `/aanmelden/code?aanvraag=${UNKNOWN_ID}`,
      ...[`/verslagen/${h.lastSession}`, `/vergaderingen/${h.lastSession}`, `/vergaderingen/${h.comingSession}`],
      ...[h.meeting, `/acties/${h.lateAction}`, `/acties/${h.partnerAction}`],
    ];
    return crawl(client, cookies[role], {
      from: [...Object.values(h.paths), ...ownDocuments],
      ...{ most: 600, mostAlike, mostDocuments: role === 'chair' ? 1 : 0 },
    });
  };

  /** The page behind a link in a mail, with the cookie that opens it. */
  const behind = async (link: string) => {
    const { headers } = await client({ method: 'GET', path: link, headers: { accept: 'text/html' } });
    const cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
    const path = headers.location ?? link;
    const page = await client({ method: 'GET', path, headers: { cookie, accept: 'text/html' } });
    expect([link, page.status]).toEqual([link, 200]);
    return { cookie, pages: new Map([[path, page]]) };
  };

  beforeAll(async () => {
    h = await startFullHouse();
    client = await clientOf(h);
    planted = await plantEverywhere(h);
    for (const role of ROLES) cookies[role] = await h.make.cookie(h.people[role]);
    for (const role of [...ROLES, 'everybody']) pages[role] = await seenBy(role);
    for (const link of LINKS) pages[link] = (await behind(h.linkIn(link))).pages;
  }, 180_000);

  it('shows the contents of any field as plain text: to each role, to the public, and behind mail links', () => {
    const wrong: string[] = [];
    const shown = new Set<string>();
    let read = 0;
    for (const [who, seen] of Object.entries(pages)) {
      for (const [path, page] of seen) {
        if (page.status >= 500) wrong.push(`${path} to ${who}: ${page.status}`);
        if (!/html|xml/.test(page.type)) continue;
        read += page.status === 200 ? 1 : 0;
        for (const field of rawFieldsIn(page.text)) wrong.push(`${path} to ${who}: ${field} raw`);
        for (const field of shownFieldsIn(page.text)) shown.add(field);
      }
    }
    console.log(`${shown.size} of ${planted.length} fields shown as words on ${read} pages`);
    console.log(planted.filter((field) => !shown.has(field)).join(', '));
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(300);
    expect(shown.size).toBeGreaterThan(45);
  });

  it('mails it as words', async () => {
    const before = h.mailbox.messages.length;
    h.clock.set('2026-11-30T08:30:00+01:00');
    const ringing = { authorization: await h.make.token(h.people.admin) };
    await client({ method: 'POST', path: '/v1/digests', headers: ringing });
    await h.app.get(Delivery).deliverDue();
    const mails = h.mailbox.messages.slice(before).map(({ mail }) => String(mail.html || ''));
    expect(mails.length).toBeGreaterThan(5);
    expect(mails.flatMap(rawFieldsIn)).toEqual([]);
    expect(new Set(mails.flatMap(shownFieldsIn)).size).toBeGreaterThan(3);
  });

  it('takes whatever is typed in any form as words or refuses it, and shows it as words', async () => {
    const typing = new Typing(h, client);
    for (const link of LINKS) {
      const { cookie, pages: found } = await behind(h.linkIn(link));
      await typing.on(found, cookie, link);
    }
    for (const role of [...ROLES, 'everybody']) await typing.on(pages[role], cookies[role], role);
    const perRole = (role: string) => [...typing.tried].filter((name) => name.startsWith(`${role} `)).length;
    const counts = [...ROLES, 'everybody', ...LINKS].map((role) => `${role} ${perRole(role)}`).join(', ');
    let shown = 0;
    for (const role of [...ROLES, 'everybody']) shown += typing.look(await seenBy(role, 2));
    console.log(`forms tried: ${counts}; ${typing.kept} posts kept, shown on ${shown} pages`);
    expect(typing.wrong).toEqual([]);
    expect(typing.kept).toBeGreaterThan(20);
    expect(shown).toBeGreaterThan(20);
  }, 180_000);
});

it('takes whatever is typed on PostgreSQL too', async () => {
  const t = await startApp('postgresql', { today: '2026-06-02' });
  const b = await boskoop(t);
  const closed = await t.make.session(b.meeting.id, { heldOn: '2026-05-05', state: 'open' });
  await bring(t, closed.id, 'closed');
  await t.make.grant(b.chair.id, 'admin', await t.make.root());
  const client = await clientOf(t);
  const cookie = await t.make.cookie(b.chair.id);
  const seen = () => crawl(client, cookie, { most: 80, mostDocuments: 0 });
  const typing = new Typing(t, client);
  await typing.on(await seen(), cookie);
  const shown = typing.look(await seen());
  console.log(`${typing.tried.size} forms tried, ${typing.kept} posts kept, shown on ${shown} pages on postgresql`);
  expect(typing.wrong).toEqual([]);
  expect(typing.tried.size).toBeGreaterThan(20);
  expect(typing.kept).toBeGreaterThan(5);
  expect(shown).toBeGreaterThan(5);
}, 120_000);

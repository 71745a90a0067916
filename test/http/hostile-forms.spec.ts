import { expect, it } from '@jest/globals';
import { DATABASES, startApp } from '../support/app.js';
import { type Answered, clientOf } from '../support/client.js';
import { crawl } from '../support/crawl.js';
import { boskoop, bring } from '../support/minutes.js';

/** Everything at once that a page could mistake for something else; controls are refused, so they come apart. */
const TYPED =
  '<script>alert(1)</script><img src=x onerror=alert(1)> "><b>\' {{constructor}} ${7*7} \u202eom\u200bgekeerd 👩‍👧 =1+1';
const REFUSED = 'nul\u0000 en bel\u0007\r\nSet-Cookie: x=1';
/** What takes away who is trying, or the session itself. */
const LEFT_ALONE = /afmelden|afscheid|\/naam$|\/terug$|einde|passkey|annuleren|verwijder|sluiting|sessies/;

interface Form {
  action: string;
  fields: Record<string, string>;
  texts: string[];
}

/** The forms of a page that post words, with what stands in them and which fields take text. */
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

it.each(DATABASES)(
  'takes whatever is typed in any form as words or refuses it, and shows it as words: %s',
  async (kind) => {
    const t = await startApp(kind, { today: '2026-06-02' });
    const b = await boskoop(t);
    const closed = await t.make.session(b.meeting.id, { heldOn: '2026-05-05', state: 'open' });
    await bring(t, closed.id, 'closed');
    await t.make.grant(b.chair.id, 'admin', await t.make.root());
    const client = await clientOf(t);
    const cookie = await t.make.cookie(b.chair.id);
    const pages = await crawl(client, cookie, kind === 'sqlite' ? 250 : 80);
    const wrong: string[] = [];
    const tried = new Set<string>();
    let kept = 0;
    const flaw = ({ status, text, headers }: Answered): string | undefined => {
      if (status >= 500) return `${status}`;
      if (/<script>alert|<img src=x|"><b>/.test(text)) return 'shown as a page';
      if (/alert\(1\)|x=1/.test(JSON.stringify(headers))) return 'stands in a header';
      return undefined;
    };
    for (const [path, page] of pages) {
      for (const { action, fields, texts } of formsOn(path, page.text)) {
        const name = `${action.replaceAll(/[0-9a-f-]{36}/g, ':id')} ${texts.join()}`;
        if (tried.has(name)) continue;
        tried.add(name);
        for (const typed of [REFUSED, TYPED]) {
          const body = new URLSearchParams({ ...fields, ...Object.fromEntries(texts.map((one) => [one, typed])) });
          const headers = { cookie, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
          const origin = t.settings.PUBLIC_URL;
          const answer = await client({
            method: 'POST',
            path: action,
            headers: { ...headers, origin },
            body: `${body}`,
          });
          const found = flaw(answer);
          if (found) wrong.push(`${name}: ${found}`);
          kept += answer.status === 303 ? 1 : 0;
        }
      }
    }
    let shown = 0;
    for (const [path, page] of await crawl(client, cookie, kind === 'sqlite' ? 250 : 80)) {
      const found = flaw(page);
      shown += page.text.includes('&lt;script&gt;alert(1)') ? 1 : 0;
      if (found) wrong.push(`${path}: ${found}`);
    }
    console.log(`${tried.size} forms tried, ${kept} posts kept, shown on ${shown} pages on ${kind}`);
    expect(wrong).toEqual([]);
    expect(tried.size).toBeGreaterThan(20);
    expect(kept).toBeGreaterThan(5);
    expect(shown).toBeGreaterThan(5);
  },
  120_000,
);

import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SignIn } from '../../src/identity/sign-in.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

const PAGE = '/beheer/organisaties/nieuw';
const TYPED = 'Bewoners "Zuid" & <b>Noord</b>\n¤ tweede regel';

onBothDatabases((kind) => {
  let t: TestApp;
  let personId: string;
  let visitor: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  beforeEach(async () => {
    personId = await admin();
    visitor = await Visitor.of(t, personId);
  });
  const admin = async () => {
    const { id } = await t.make.person();
    await t.make.grant(id, 'admin', await t.make.root());
    return id;
  };
  /** Posts a form thirteen hours after it was opened; returns where it redirects to. */
  const postLate = async (path: string, fields: Record<string, string>, from: string) => {
    const csrf = /name="_csrf" value="([^"]+)"/.exec(await visitor.see(from))![1];
    t.clock.set('2026-06-03T01:00:00Z');
    const referer = { referer: t.settings.PUBLIC_URL + from };
    return visitor.postRaw(path, { ...fields, _csrf: csrf }, referer);
  };
  const signIn = async (id = personId) => {
    const link = new URL(await t.app.get(SignIn).issueLink(id, 10)).pathname;
    return visitor.postRaw(link, {});
  };

  it('gives what was typed back on the form, once, after signing in again', async () => {
    const typed = { name: 'Dorpsraad "Boskoop" & co', kind: 'residents', aliases: 'DRB' };
    const { status, headers } = await postLate(PAGE, typed, PAGE);
    expect([status, headers.location]).toEqual([303, `/aanmelden?terug=${encodeURIComponent(PAGE)}`]);
    expect(await visitor.see('/aanmelden')).toMatch(/alert--warning[^>]*>[^<]*er is niets opgeslagen[^<]*wat u typte/);
    await signIn();
    const html = await visitor.see(PAGE);
    expect(html).toMatch(/alert--warning[^>]*>[^<]*nog niet opgeslagen/);
    expect(html).toContain('value="Dorpsraad &quot;Boskoop&quot; &amp; co"');
    expect(html).toMatch(/<option value="residents" selected/);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1];
    const saved = await visitor.postRaw(PAGE, { ...typed, _csrf: csrf });
    expect(saved.status).toBe(303);
    expect(await visitor.see(PAGE)).not.toContain('value="Dorpsraad');
    expect(
      await rows(t.database.reader, `SELECT 1 AS "one" FROM "organisations" WHERE "name" LIKE 'Dorpsraad%'`),
    ).toHaveLength(1);
  });

  it('keeps it unreadable for everybody but this browser, and for this person only', async () => {
    await postLate(PAGE, { name: 'Geheim in de tabel', kind: 'other' }, PAGE);
    const kept = JSON.stringify(await rows(t.database.reader, 'SELECT * FROM "kept_forms"'));
    expect(kept).toContain(personId);
    expect(kept).not.toContain('Geheim');
    await signIn(await admin());
    expect(await visitor.see(PAGE)).not.toContain('Geheim in de tabel');
    const elsewhere = await Visitor.of(t, personId);
    expect(await elsewhere.see(PAGE)).not.toContain('Geheim in de tabel');
  });

  it.each([
    ['comes from another site', { origin: 'https://kwaad.example' }, {}],
    ['has not the token of its session', {}, { _csrf: 'x' }],
  ])('keeps nothing that %s', async (_, headers, extra) => {
    await visitor.see(PAGE);
    t.clock.set('2026-06-03T01:00:00Z');
    await visitor.postRaw(PAGE, { name: 'Vreemd', kind: 'other', ...extra }, headers);
    await signIn();
    expect(await visitor.see(PAGE)).not.toContain('Vreemd');
  });

  it('shows the page as it is when what was kept cannot be opened', async () => {
    await postLate(PAGE, { name: 'Onleesbaar', kind: 'other' }, PAGE);
    await t.app
      .get(Transactions)
      .run((manager) => manager.query(`UPDATE "kept_forms" SET "sealed" = '${'A'.repeat(80)}'`));
    await signIn();
    expect(await visitor.see(PAGE)).not.toContain('Onleesbaar');
  });

  it('forgets it after an hour', async () => {
    await postLate(PAGE, { name: 'Te lang gewacht', kind: 'other' }, PAGE);
    t.clock.set('2026-06-03T02:01:00Z');
    await signIn();
    expect(await visitor.see(PAGE)).not.toContain('Te lang gewacht');
  });

  describe('in a second tab', () => {
    const OTHER = '/beheer/gebieden/nieuw';
    const csrfOn = async (path: string) => /name="_csrf" value="([^"]+)"/.exec(await visitor.see(path))![1];
    const send = (path: string, fields: Record<string, string>) =>
      visitor.postRaw(path, fields, { referer: t.settings.PUBLIC_URL + path });

    it('gives back each form on its own page when both were submitted too late', async () => {
      const [first, second] = [await csrfOn(PAGE), await csrfOn(OTHER)];
      t.clock.set('2026-06-03T01:00:00Z');
      await send(PAGE, { name: 'Eerste tab', kind: 'other', _csrf: first });
      await send(OTHER, { name: 'Tweede tab', code: 'TWE', _csrf: second });
      await signIn();
      expect(await visitor.see(PAGE)).toContain('value="Eerste tab"');
      expect(await visitor.see(OTHER)).toContain('value="Tweede tab"');
      expect(await visitor.see(PAGE)).not.toContain('value="Eerste tab"');
      expect(await visitor.see(OTHER)).not.toContain('value="Tweede tab"');
      const left = `SELECT 1 AS "one" FROM "kept_forms" WHERE "personId" = '${personId}'`;
      expect(await rows(t.database.reader, left)).toEqual([]);
    });

    it('gives back at once what it still showed when the first one had signed in again', async () => {
      const csrf = await csrfOn(PAGE);
      t.clock.set('2026-06-03T01:00:00Z');
      await signIn();
      const { status, headers } = await send(PAGE, { name: 'Oude tab', kind: 'other', _csrf: csrf });
      expect([status, headers.location]).toEqual([303, PAGE]);
      const html = await visitor.see(PAGE);
      expect(html).toContain('value="Oude tab"');
      expect(html).toContain('nog niet opgeslagen');
    });

    it('but not to somebody else who signed in there, nor without the token of an own session', async () => {
      const csrf = await csrfOn(PAGE);
      t.clock.set('2026-06-03T01:00:00Z');
      await signIn(await admin());
      const foreign = { name: 'Van een ander', kind: 'other' };
      expect((await send(PAGE, { ...foreign, _csrf: csrf })).status).toBe(403);
      expect((await send(PAGE, { ...foreign, _csrf: 'x' })).status).toBe(403);
      expect((await send(PAGE, foreign)).status).toBe(403);
      expect(await visitor.see(PAGE)).not.toContain('Van een ander');
      expect(
        await rows(t.database.reader, 'SELECT 1 AS "one" FROM "organisations" WHERE "name" = \'Van een ander\''),
      ).toEqual([]);
    });
  });

  it('does so for texts of many lines, in the form among others on a page that was used', async () => {
    const area = await t.make.area();
    const action = await t.make.action({ areaId: area.id });
    await t.make.grant(personId, 'chair', area.id);
    const page = `/acties/${action.id}`;
    const name = /<textarea name="([^"]+)" id="regel-/.exec(await visitor.see(page))![1];
    await postLate(`${page}/stand`, { status: 'in_progress', [name]: TYPED }, page);
    await signIn();
    const html = await visitor.see(page);
    const form = new RegExp(`<form[^>]*action="${page}/stand"[^]*?</form>`).exec(html)![0];
    expect(form).toContain('Bewoners &quot;Zuid&quot; &amp; &lt;b&gt;Noord&lt;/b&gt;\n¤ tweede regel</textarea>');
    expect(html.split('Bewoners &quot;Zuid').length).toBe(2);
  });

  it('does so for a form that had been rejected before, which stands at the address it posts to', async () => {
    const area = await t.make.area();
    const action = await t.make.action({ areaId: area.id });
    await t.make.grant(personId, 'chair', area.id);
    const page = `/acties/${action.id}`;
    const html = await visitor.see(page);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1];
    t.clock.set('2026-06-03T01:00:00Z');
    const referer = { referer: `${t.settings.PUBLIC_URL}${page}/stand` };
    const sent = await visitor.postRaw(`${page}/stand`, { status: 'in_progress', line: TYPED, _csrf: csrf }, referer);
    await signIn();
    const back = decodeURIComponent(/terug=(.*)$/.exec(sent.headers.location)![1]);
    expect(await visitor.see(await visitor.sentTo(back))).toContain('Bewoners &quot;Zuid&quot; &amp;');
  });
});

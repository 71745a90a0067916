import { beforeAll, expect, it } from '@jest/globals';
import { row, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { follow, visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';

const MONDAY = '2026-06-01T06:00:00.000Z';
const AGENT = 'wijkagent@politie.example';

onBothDatabases((kind) => {
  let t: TestApp;
  let agent: string;
  let welfare: string;
  let answer: string;
  let stop: string;
  let handedOver: string;

  beforeAll(async () => {
    const mailbox = await Mailbox.start();
    t = await startApp(kind, { now: MONDAY, environment: { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' } });
    const boskoop = (await t.make.area({ name: 'Boskoop' })).id;
    const police = (await t.make.organisation({ name: 'Politie' })).id;
    welfare = (await t.make.organisation({ name: 'Participe' })).id;
    agent = (await t.make.person({ name: 'wijkagent Boskoop', email: AGENT, organisationId: police })).id;
    await t.make.contact(police, agent);
    const action = (number: string, fields = {}) =>
      t.make.action({
        number,
        title: `Titel <b>van</b> ${number}`,
        areaId: boskoop,
        ownerId: police,
        recordedOn: '2026-04-01',
        dueOn: '2026-05-20',
        ...fields,
      });
    await action('BOS-1');
    handedOver = (await action('BOS-2')).id;
    await action('BOS-V3', { isConfidential: true, partyIds: [police] });
    await t.app.get(DigestScheduler).planAndDeliver();
    const { text } = mailbox.to(AGENT)[0].mail;
    answer = /https:\/\/w\.example(\/antwoord\/[\w-]+)/.exec(text!)![1];
    stop = /https:\/\/w\.example(\/afmelden\/[\w-]+)/.exec(text!)![1];
  });
  const change = (sql: string) => t.app.get(Transactions).run((manager) => manager.query(sql));
  const state = async () => ({
    actions: await rows(t.database.reader, 'SELECT "id", "status", "version" FROM "actions" ORDER BY "id"'),
    links: await rows(t.database.reader, 'SELECT "id", "usedAt" FROM "mail_links" ORDER BY "id"'),
    people: await rows(t.database.reader, 'SELECT "id", "isDigestStopped", "version" FROM "people" ORDER BY "id"'),
    trail: await row(t.database.reader, 'SELECT max("sequence") AS "last" FROM "audit_entries"'),
  });

  it('shows the actions of that mail in one form, in Dutch and without signing in', async () => {
    const { text, headers } = await visit(t, answer);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(text).toContain('lang="nl"');
    expect(text).toContain('id="BOS-1"');
    expect(text).toContain('Titel &lt;b&gt;van&lt;/b&gt; BOS-1');
    expect(text.match(/<form /g)).toHaveLength(1);
    expect(text.match(/<legend>Hoe staat het ermee/g)).toHaveLength(2);
    expect(text).toContain('BOS-V3');
    expect(text).not.toMatch(/BOS-V3 ·|Titel[^<]*BOS-V3|<script>/);
  });

  it('changes nothing on GET and HEAD, however often a scanner follows the link', async () => {
    const before = await state();
    for (const path of [answer, stop]) {
      await visit(t, path);
      await t.api.head(path).expect(303);
      await t.api.head((await follow(t, path)).path).expect(403);
    }
    expect(await state()).toEqual(before);
  });

  it('keeps only the hash of a token', async () => {
    const token = answer.split('/').at(-1)!;
    const links = await rows(t.database.reader, 'SELECT * FROM "mail_links"');
    expect(links.length).toBeGreaterThan(0);
    expect(JSON.stringify(links)).not.toContain(token);
  });

  it('moves the token out of the address at the first GET, into a cookie for that page alone', async () => {
    const token = answer.split('/').at(-1)!;
    const first = await t.api.get(answer).expect(303);
    const { location } = first.headers;
    expect(location).toMatch(/^\/antwoord\/[0-9a-f-]{36}$/);
    expect(first.headers['set-cookie']).toEqual([
      `__Secure-link=${token}; Path=${location}; HttpOnly; Secure; SameSite=Lax`,
    ]);
    expect(first.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(first.text).toBe('');
    const page = await t.api.get(location).set('Cookie', `__Secure-link=${token}`).expect(200);
    expect(page.text).not.toContain(token);
  });

  it('says what to do without the cookie, and then shows and takes nothing', async () => {
    const { path } = await follow(t, answer);
    const before = await state();
    const shown = await t.api.get(path).expect(403);
    expect(shown.text).toContain('Open de link opnieuw vanuit die mail');
    expect(shown.text).not.toContain('BOS-1');
    await t.api.post(path).type('form').send({ x: 'y' }).expect(403);
    const elsewhere = await follow(t, stop);
    await t.api.get(path).set('Cookie', elsewhere.cookie).expect(403);
    await t.api.get(path).set('Cookie', '__Secure-link=x').expect(403);
    expect(await state()).toEqual(before);
  });

  it('keeps two mails opened side by side apart', async () => {
    const [one, other] = [await follow(t, answer), await follow(t, stop)];
    expect((await one.get().expect(200)).text).toContain('BOS-1');
    expect((await other.get().expect(200)).text).toContain('Weekbericht stoppen');
  });

  it('does not take an answer for an action that is not of that mail', async () => {
    const other = await t.make.action({ ownerPersonId: agent });
    const page = await follow(t, answer);
    await page.post({ [`status-${other.id}`]: 'done' }).expect(400);
    expect(await row(t.database.reader, 'SELECT "status" FROM "actions" WHERE "id" = $1', [other.id])).toEqual({
      status: 'open',
    });
  });

  it('shows an action that was handed over as such, without a form', async () => {
    await change(`UPDATE "actions" SET "ownerId" = '${welfare}' WHERE "id" = '${handedOver}'`);
    const { text } = await visit(t, answer);
    expect(text).toContain('Deze actie is overgedragen');
    expect(text.match(/<legend>Hoe staat het ermee/g)).toHaveLength(1);
  });

  it('tells nothing more of an action to someone who no longer answers for it, and all that was done with it to who does', async () => {
    await change(`UPDATE "actions" SET "title" = 'Nieuwe titel', "statusReason" = 'Gesprek met de huurder', "status" = 'blocked'
      WHERE "number" IN ('BOS-1', 'BOS-2')`);
    const { text } = await visit(t, answer);
    const card = (number: string) => new RegExp(`id="${number}"[^]*?</section>`).exec(text)![0];
    expect(card('BOS-1')).toContain('Gesprek met de huurder');
    expect(card('BOS-2')).not.toMatch(/Nieuwe titel|Gesprek met de huurder|Nu:/);
    await change(
      `UPDATE "actions" SET "status" = 'done', "closedOn" = '2026-06-01' WHERE "number" IN ('BOS-1', 'BOS-2')`,
    );
    const closed = (await visit(t, answer)).text;
    expect(closed).toMatch(/Nieuwe titel[^]*Deze actie is gereed gemeld/);
    expect(closed).toContain('Deze actie is overgedragen');
    await change(`UPDATE "actions" SET "title" = 'Titel <b>van</b> BOS-1', "status" = 'open', "statusReason" = NULL, "closedOn" = NULL
      WHERE "number" IN ('BOS-1', 'BOS-2')`);
  });

  it('stops the digest with one click from a mail program, twice if it must', async () => {
    const click = () => t.api.post(stop).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200);
    expect((await click()).text).toContain('niet meer');
    await click();
    const person = await row(t.database.reader, 'SELECT "isDigestStopped" FROM "people" WHERE "id" = $1', [agent], {
      isDigestStopped: 'boolean',
    });
    expect(person).toEqual({ isDigestStopped: true });
    expect(
      await row(
        t.database.reader,
        `SELECT "how", "actorId" FROM "audit_entries" WHERE "operation" = 'person.digest_stopped'`,
      ),
    ).toEqual({ how: 'link', actorId: agent });
  });

  it('pauses the digest until a day', async () => {
    expect((await t.api.post(stop).type('form').send({ until: '2026-05-31' }).expect(400)).text).toContain(
      'vanaf vandaag',
    );
    await t.api.post(stop).type('form').send({ until: '2026-08-31' }).expect(200);
    expect(await row(t.database.reader, 'SELECT "digestPausedUntilOn" FROM "people" WHERE "id" = $1', [agent])).toEqual(
      {
        digestPausedUntilOn: '2026-08-31',
      },
    );
  });

  it('knows no other token, and does not take one kind of link for the other', async () => {
    const token = (path: string) => path.split('/').at(-1);
    for (const path of ['/antwoord/x', '/afmelden/x', `/antwoord/${token(stop)}`, `/afmelden/${token(answer)}`]) {
      expect((await t.api.get(path).expect(404)).text).toMatch(/kennen wij niet[^]*href="\/aanmelden"/);
      await t.api.post(path).type('form').send({}).expect(404);
    }
  });

  it('is gone after 14 days, and at once for a person who was deactivated', async () => {
    t.clock.set('2026-06-15T05:59:00.000Z');
    const opened = await follow(t, answer);
    t.clock.set('2026-06-15T06:01:00.000Z');
    expect((await t.api.get(answer).expect(410)).text).toContain('werkt niet meer');
    await opened.get().expect(410);
    await opened.post({}).expect(410);
    t.clock.set(MONDAY);
    await opened.get().expect(200);
    await change(`UPDATE "people" SET "active" = false WHERE "id" = '${agent}'`);
    await visit(t, answer, 410);
    await opened.post({}).expect(410);
    await visit(t, stop, 410);
  });
});

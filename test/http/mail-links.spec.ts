import { beforeAll, expect, it } from '@jest/globals';
import { row, rows } from '../../src/database/rows.js';
import { Transactions } from '../../src/database/transactions.js';
import { DigestPlanner } from '../../src/digests/digest-planner.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
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
    await t.app.get(DigestPlanner).planAndDeliver();
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

  it('shows the actions of that mail with a form each, in Dutch and without signing in', async () => {
    const { text, headers } = await t.api.get(answer).expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(text).toContain('lang="nl"');
    expect(text).toContain('id="BOS-1"');
    expect(text).toContain('Titel &lt;b&gt;van&lt;/b&gt; BOS-1');
    expect(text.match(/<form method="post">/g)).toHaveLength(2);
    expect(text).not.toMatch(/BOS-V3|<script/);
  });

  it('changes nothing on GET and HEAD, however often a scanner follows the link', async () => {
    const before = await state();
    for (const path of [answer, stop]) {
      await t.api.get(path).expect(200);
      await t.api.head(path).expect(200);
    }
    expect(await state()).toEqual(before);
  });

  it('keeps only the hash of a token', async () => {
    const token = answer.split('/').at(-1)!;
    const links = await rows(t.database.reader, 'SELECT * FROM "mail_links"');
    expect(JSON.stringify(links)).not.toContain(token);
  });

  it('asks for what is missing and changes nothing', async () => {
    const before = await state();
    const id = (await row<{ id: string }>(t.database.reader, `SELECT "id" FROM "actions" WHERE "number" = 'BOS-1'`))!
      .id;
    const post = (fields: Record<string, string>) =>
      t.api
        .post(answer)
        .type('form')
        .send({ action: id, ...fields });
    expect((await post({ status: 'blocked' }).expect(400)).text).toContain('Schrijf erbij waarom');
    expect((await post({ dueOn: '2026-06-31', line: 'later' }).expect(400)).text).toContain('geen bestaande datum');
    expect((await post({ status: 'constructor' }).expect(400)).text).toContain('Kies een van de mogelijkheden');
    expect((await post({}).expect(400)).text).toContain('Kies hoe het staat');
    const kept = await post({ status: 'cancelled', dueOn: '2026-07-01', line: 'bewaar "dit" <b>' }).expect(400);
    expect(kept.text).toContain('bewaar &quot;dit&quot; &lt;b&gt;</textarea>');
    expect(await state()).toEqual(before);
  });

  it('does not take an answer for an action that is not of that mail', async () => {
    const other = await t.make.action({ ownerPersonId: agent });
    const post = (action: string) => t.api.post(answer).type('form').send({ action, status: 'done' });
    for (const id of [other.id, 'x', ''])
      expect((await post(id).expect(400)).text).toContain('niet (meer) beantwoorden');
    expect(await row(t.database.reader, 'SELECT "status" FROM "actions" WHERE "id" = $1', [other.id])).toEqual({
      status: 'open',
    });
  });

  it('shows an action that was handed over as such, without a form', async () => {
    await change(`UPDATE "actions" SET "ownerId" = '${welfare}' WHERE "id" = '${handedOver}'`);
    const { text } = await t.api.get(answer).expect(200);
    expect(text).toContain('Deze actie is overgedragen');
    expect(text.match(/<form method="post">/g)).toHaveLength(1);
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
        `SELECT "how", "actorId" FROM "audit_entries" WHERE "operation" = 'person.digest-stopped'`,
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
      expect((await t.api.get(path).expect(404)).text).toContain('kennen wij niet');
      await t.api.post(path).type('form').send({}).expect(404);
    }
  });

  it('is gone after 14 days, and at once for a person who was deactivated', async () => {
    t.clock.set('2026-06-15T05:59:00.000Z');
    await t.api.get(answer).expect(200);
    t.clock.set('2026-06-15T06:01:00.000Z');
    expect((await t.api.get(answer).expect(410)).text).toContain('werkt niet meer');
    await t.api.post(answer).type('form').send({ status: 'done' }).expect(410);
    t.clock.set(MONDAY);
    await t.api.get(answer).expect(200);
    await change(`UPDATE "people" SET "active" = false WHERE "id" = '${agent}'`);
    await t.api.get(answer).expect(410);
    await t.api.get(stop).expect(410);
  });
});

import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { row, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { inDutch } from '../../src/platform/common/calendar-date.js';
import { MailLinks } from '../../src/platform/mail/mail-links.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { photo } from '../support/files.js';
import { follow, visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';

const NUMBERS = ['BOS-1', 'BOS-2', 'BOS-3', 'BOS-4'];
/** So that each test starts with the same numbers. */
const FREE_NUMBERS = `UPDATE "actions" SET "number" = 'X' || substr(CAST("id" AS varchar(36)), 25)`;
const COLUMNS = `"status", "statusReason", "result", "realisation", "doneOn", "dueOn", "postponements", "isHandedBack", "ownerId"`;

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let boskoop: string;
  let police: string;
  let agent: string;
  let ids: Record<string, string>;
  let link: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, {
      now: '2026-06-01T06:00:00.000Z',
      environment: { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' },
    });
    boskoop = (await t.make.area({ name: 'Boskoop' })).id;
    police = (await t.make.organisation({ name: 'Politie' })).id;
    agent = (await t.make.person({ email: 'wijkagent@politie.example' })).id;
    await t.make.contact(police, agent);
  });
  const make = (number: string, fields = {}) =>
    t.make.action({
      number,
      areaId: boskoop,
      ownerId: police,
      recordedOn: '2026-04-01',
      dueOn: '2026-05-20',
      ...fields,
    });
  const issue = async (subjectIds: string[]) => {
    const wanted = { purpose: 'digest', personId: agent, messageId: null, subjectIds, days: 14 };
    const token = await t.app.get(Transactions).run((manager) => t.app.get(MailLinks).issue(manager, wanted));
    return `/antwoord/${String(token)}`;
  };
  beforeEach(async () => {
    await t.app.get(Transactions).run((manager) => manager.query(FREE_NUMBERS));
    ids = {};
    for (const number of NUMBERS) ids[number] = (await make(number)).id;
    link = await issue(Object.values(ids));
  });
  const action = (number: string) =>
    row<Record<string, unknown>>(t.database.reader, `SELECT ${COLUMNS} FROM "actions" WHERE "id" = $1`, [ids[number]], {
      isHandedBack: 'boolean',
    });
  const filledIn = (answers: Record<string, { status?: string; line?: string; day?: string; when?: string }>) =>
    Object.fromEntries(
      Object.entries(answers).flatMap(([number, fields]) =>
        Object.entries(fields).map(([name, value]) => [`${name}-${ids[number]}`, value]),
      ),
    );
  const orderOf = (text: string) =>
    [...text.matchAll(/<section class="card action[^"]*" id="([^"]+)"/g)].map(([, number]) => number);

  it('takes a status, a result, a later date and handing back together, of a contact without an account', async () => {
    const page = await follow(t, link);
    const answer = await page
      .post(
        filledIn({
          'BOS-1': { status: 'done', line: 'Het bankje staat er.' },
          'BOS-2': { status: 'blocked', line: 'Wacht op de provincie' },
          'BOS-3': { day: '2026-07-01', line: 'Vakantie' },
          'BOS-4': { status: 'not_ours', line: 'Is van BOR' },
        }),
      )
      .expect(303);
    expect(await action('BOS-1')).toMatchObject({
      status: 'done',
      result: 'Het bankje staat er.',
      realisation: 'full',
      doneOn: '2026-06-01',
    });
    expect(await action('BOS-2')).toMatchObject({ status: 'blocked', statusReason: 'Wacht op de provincie' });
    expect(await action('BOS-3')).toMatchObject({ dueOn: '2026-07-01', postponements: 1 });
    expect(await action('BOS-4')).toMatchObject({ isHandedBack: true, ownerId: null });
    expect(answer.headers.location).toMatch(/^\/antwoord\/[0-9a-f-]{36}\?klaar=/);
    const { text } = await page.get(answer.headers.location).expect(200);
    expect(text).toContain('Opgeslagen: BOS-1, BOS-2, BOS-4, BOS-3.');
    expect(text).toContain('Deze actie is gereed gemeld');
    expect(text).toContain('teruggegeven aan de voorzitter');
    const used = await rows(t.database.reader, 'SELECT "usedAt" FROM "mail_links" WHERE "usedAt" IS NOT NULL');
    expect(used).toHaveLength(1);
  });

  it('takes a photo with an answer, without an account; one that is no photo loses the photo alone', async () => {
    const page = await follow(t, link);
    // A phone then offers its camera and its photos, and converts its own picture format to JPEG.
    expect((await page.get().expect(200)).text).toContain('accept="image/jpeg,image/png" aria');
    const post = t.api.post(page.path).set('Cookie', page.cookie);
    const [done, going] = [ids['BOS-1'], ids['BOS-2']];
    post.field(`status-${done}`, 'done').field(`line-${done}`, 'De bank staat weer.');
    post.attach(`foto-${done}`, await photo(), 'IMG_1.jpg');
    // Fields after a file in the form count as well.
    post.field(`status-${going}`, 'in_progress').field(`line-${going}`, 'Volgende week.');
    const { text } = await post.attach(`foto-${going}`, Buffer.from('geen foto'), 'IMG_2.jpg').expect(400);
    expect(text).toContain('Opgeslagen: BOS-1, BOS-2');
    expect(text).toContain('BOS-2: Dit bestand kan niet.');
    expect(await action('BOS-1')).toMatchObject({ status: 'done', result: 'De bank staat weer.' });
    expect(await action('BOS-2')).toMatchObject({ status: 'in_progress' });
    const stored = await rows(t.database.reader, 'SELECT "thingId", "state", "addedById" FROM "files"');
    expect(stored).toEqual([{ thingId: done, state: 'stored', addedById: agent }]);
    const other = t.api.post(page.path).set('Cookie', page.cookie);
    const stranger = await make('BOS-9', { ownerId: (await t.make.organisation({ name: 'Zorg' })).id });
    await other.attach(`foto-${stranger.id}`, await photo(), 'IMG_3.jpg').expect(400);
    expect(await rows(t.database.reader, 'SELECT "id" FROM "files"')).toHaveLength(1);
  });

  it('leaves alone what was left empty', async () => {
    const page = await follow(t, link);
    await page.post(filledIn({ 'BOS-1': { status: 'in_progress' }, 'BOS-2': { status: '', line: ' ' } })).expect(303);
    expect(await action('BOS-1')).toMatchObject({ status: 'in_progress' });
    const history = await rows(t.database.reader, 'SELECT "id" FROM "action_updates" WHERE "actionId" = $1', [
      ids['BOS-2'],
    ]);
    expect(history).toHaveLength(1);
    const { text } = await page.post({}).expect(400);
    expect(text).toContain('U hebt nog niets ingevuld');
  });

  it('saves what is complete and keeps what was typed for the rest, with what is missing beside it', async () => {
    const page = await follow(t, link);
    const { text } = await page
      .post(
        filledIn({
          'BOS-1': { status: 'done' },
          'BOS-2': { status: 'cancelled', day: '2026-07-01', line: 'bewaar <b>' },
        }),
      )
      .expect(400);
    expect(await action('BOS-1')).toMatchObject({ status: 'done' });
    expect(await action('BOS-2')).toMatchObject({ status: 'open', dueOn: '2026-05-20' });
    expect(text).toContain('Opgeslagen: BOS-1.');
    expect(text).toContain('De rest is nog niet opgeslagen');
    const two = ids['BOS-2'];
    expect(text).toContain(`<a href="#dag-${two}">BOS-2: Een latere datum kan alleen`);
    expect(text).toMatch(new RegExp(`id="dag-${two}" value="2026-07-01"[^>]* aria-invalid="true"`));
    expect(text).toContain('bewaar &lt;b&gt;</textarea>');
    expect(text).toContain(`value="cancelled" id="stand-${two}-cancelled" checked`);
    await page.post(filledIn({ 'BOS-2': { status: 'cancelled', line: 'Dubbel' } })).expect(303);
  });

  it.each([
    ['before the deadline', '2026-06-20', '2026-06-12', 'Deze datum is niet later dan wat nu is afgesproken.'],
    ['that has passed', '2026-05-20', '2026-05-31', 'Deze datum is al voorbij.'],
  ])('refuses a later date %s, beside the date', async (_, dueOn, day, words) => {
    const { id } = await make('BOS-5', { dueOn });
    ids['BOS-5'] = id;
    const page = await follow(t, await issue([id]));
    const asked = filledIn({ 'BOS-5': { status: 'later', line: 'Vakantie', day } });
    const { text } = await page.post(asked).expect(400);
    expect(text).toMatch(new RegExp(`id="dag-fout-${id}">(?:<span class="hidden">BOS-5: </span>)?${words}`));
    expect(text).toContain(`value="${day}"`);
    expect(await action('BOS-5')).toMatchObject({ status: 'open', postponements: 0 });
  });

  it('shows the action whose link was followed first, and the rest in order', async () => {
    const page = await follow(t, `${link}?actie=BOS-3`);
    expect(page.path).toMatch(/\?actie=BOS-3$/);
    expect(orderOf((await page.get()).text)).toEqual(['BOS-3', 'BOS-1', 'BOS-2', 'BOS-4']);
    expect(orderOf((await visit(t, link)).text)).toEqual(NUMBERS);
  });

  it('opens with the answer of the button that was followed, saves nothing by that, and asks by when with "loopt"', async () => {
    const meeting = await t.make.meeting(boskoop);
    await t.make.session(meeting.id, { heldOn: '2026-06-16', state: 'planned' });
    const { id } = await make('BOS-6', { meetingId: meeting.id });
    ids['BOS-6'] = id;
    const page = await follow(t, `${await issue([id, ids['BOS-1']])}?actie=BOS-6&antwoord=in_progress`);
    const { text } = await page.get().expect(200);
    expect(text).toContain('<h1>2 acties zijn te laat</h1>');
    expect(text).toContain(`value="in_progress" id="stand-${id}-in_progress" checked`);
    expect(text).toMatch(
      /<details class="other-answer"><summary><span><strong>Loopt<\/strong>, of kies een ander antwoord/,
    );
    expect(text.match(/other-answer/g)).toHaveLength(1);
    expect(text).toContain(`id="stand-${ids['BOS-1']}" checked`);
    expect(text).toContain('volgend overleg, dinsdag 16 juni 2026');
    expect(await action('BOS-6')).toMatchObject({ status: 'open' });
    await page.post(filledIn({ 'BOS-6': { status: 'in_progress', when: 'next_session' } })).expect(303);
    const saved = { status: 'in_progress', dueOn: '2026-06-16', postponements: 1 };
    expect(await action('BOS-6')).toMatchObject(saved);
    expect((await page.get()).text).toContain('<h1>1 actie is te laat</h1>');
  });

  it('names the session of today as the next one while it has not begun, because that is the deadline it sets', async () => {
    const meeting = await t.make.meeting(boskoop);
    for (const heldOn of [t.clock.today(), '2026-06-16']) await t.make.session(meeting.id, { heldOn });
    const { id } = await make('BOS-7', { meetingId: meeting.id });
    ids['BOS-7'] = id;
    const page = await follow(t, `${await issue([id])}?actie=BOS-7&antwoord=in_progress`);
    expect((await page.get()).text).toContain(`volgend overleg, ${inDutch(t.clock.today())}`);
    await page.post(filledIn({ 'BOS-7': { status: 'in_progress', when: 'next_session' } })).expect(303);
    expect(await action('BOS-7')).toMatchObject({ dueOn: t.clock.today() });
  });

  it('says in the next mail that they said it was running, when they did not know by when', async () => {
    const page = await follow(t, await issue([ids['BOS-1']]));
    await page.post(filledIn({ 'BOS-1': { status: 'in_progress', when: 'unknown' } })).expect(303);
    mailbox.clear();
    t.clock.set('2026-06-08T06:00:00.000Z');
    await t.app.get(DigestScheduler).planAndDeliver();
    const { text, html } = mailbox.to('wijkagent@politie.example')[0].mail;
    expect(text).toMatch(/BOS-1:.*\n.*te laat\n {2}U meldde op maandag 1 juni 2026: loopt nog\./);
    expect(text).not.toMatch(/BOS-2:.*\n.*te laat\n {2}U meldde/);
    expect(html).toContain('U meldde op maandag 1 juni 2026: loopt nog.');
  });

  it('says in the next mail that they said it is stuck, and what was decided since it was asked', async () => {
    const page = await follow(t, await issue([ids['BOS-1']]));
    await page.post(filledIn({ 'BOS-1': { status: 'blocked', line: 'Er is geen besluit.' } })).expect(303);
    const director = await t.make.person({ name: 'directeur', email: 'directeur@stad.example' });
    const asked = { id: newId(), actionId: ids['BOS-2'], step: 1, personId: director.id, askedById: director.id };
    await t.make.row(Escalation, {
      ...{ ...asked, text: 'Wilt u beslissen?', askedOn: '2026-05-28', askedAt: '2026-05-28T08:00:00.000Z' },
      ...{ decision: 'De camera komt er.', decidedFor: '2026-07-01', answeredAt: '2026-05-29T08:00:00.000Z' },
    });
    mailbox.clear();
    t.clock.set('2026-06-15T06:00:00.000Z');
    await t.app.get(DigestScheduler).planAndDeliver();
    const { text, html } = mailbox.to('wijkagent@politie.example')[0].mail;
    expect(text).toMatch(/BOS-1:.*\n.*te laat\n {2}U meldde op maandag 1 juni 2026: stokt\./);
    const decided = 'directeur besloot op vrijdag 29 mei 2026, uiterlijk woensdag 1 juli 2026: De camera komt er.';
    expect(text).toMatch(new RegExp(`BOS-2:.*\n.*te laat\n {2}${decided.replaceAll(/[().]/g, '\\$&')}`));
    expect(html).toContain(decided);
  });

  it('does not take an answer twice, nor for an action that was handed over meanwhile', async () => {
    const page = await follow(t, link);
    const answers = filledIn({ 'BOS-1': { status: 'done' }, 'BOS-2': { status: 'done' } });
    const other = (await t.make.organisation()).id;
    await t.app
      .get(Transactions)
      .run((manager) => manager.query(`UPDATE "actions" SET "ownerId" = '${other}' WHERE "id" = '${ids['BOS-2']}'`));
    expect((await page.post(answers).expect(400)).text).toContain('Deze actie is overgedragen');
    const { text } = await page.post(answers).expect(400);
    expect(text).toContain('Er is nog niets opgeslagen');
    expect(await action('BOS-2')).toMatchObject({ status: 'open' });
    const updates = await rows(t.database.reader, 'SELECT "id" FROM "action_updates" WHERE "actionId" = $1', [
      ids['BOS-1'],
    ]);
    expect(updates).toHaveLength(2);
  });

  it('shows of a confidential action its number, area and deadline, and asks to sign in', async () => {
    await t.make.member(agent, police);
    const fields = { title: 'Huisbezoek', isConfidential: true, partyIds: [police] };
    const known = (await make('BOS-V1', fields)).id;
    const unknown = (await make('BOS-V2', { ...fields, ownerId: (await t.make.organisation()).id })).id;
    const page = await follow(t, await issue([known, unknown]));
    const { text } = await page.get().expect(200);
    expect(text).toContain('BOS-V1');
    expect(text).toContain('woensdag 20 mei 2026');
    expect(text).toContain('href="/aanmelden?terug=%2Fmijn-acties"');
    expect(text).not.toMatch(/Huisbezoek|BOS-V2|<button/);
    ids['BOS-V1'] = known;
    expect((await page.post(filledIn({ 'BOS-V1': { status: 'done' } })).expect(400)).text).toContain('niet (meer)');
    expect(await action('BOS-V1')).toMatchObject({ status: 'open' });
  });

  it('is what the links of the digest open', async () => {
    mailbox.clear();
    await t.app.get(DigestScheduler).planAndDeliver();
    const { text } = mailbox.to('wijkagent@politie.example')[0].mail;
    const [, path] = /https:\/\/w\.example(\/antwoord\/\S+)#BOS-2\s/.exec(text!)!;
    const page = await visit(t, path);
    expect(orderOf(page.text)[0]).toBe('BOS-2');
    expect(page.text.match(/<form /g)).toHaveLength(1);
  });
});

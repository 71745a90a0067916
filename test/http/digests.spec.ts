import { beforeEach, describe, expect, it } from '@jest/globals';
import { createApp } from '../../src/configure.js';
import { Clock } from '../../src/platform/common/clock.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { DigestPlanner } from '../../src/digests/digest-planner.service.js';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

const MONDAY = '2026-06-01T06:00:00.000Z';

/** Takes whatever earlier claims made out of the way. */
const forget = ({ app }: TestApp) =>
  app.get(Transactions).run(async (manager) => {
    await manager.query('DELETE FROM "mail_links"');
    await manager.query('DELETE FROM "outgoing_messages"');
    await manager.query('DELETE FROM "digest_runs"');
    await manager.query(`UPDATE "actions" SET "isWithdrawn" = true, "number" = substr(CAST("id" AS varchar), 17)`);
    await manager.query('UPDATE "organisations" SET "name" = CAST("id" AS varchar)');
    await manager.query('UPDATE "people" SET "active" = false, "email" = NULL');
  });

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let admin: string;
  let boskoop: string;
  let zwammerdam: string;
  let police: string;
  let agent: string;
  const AGENT = 'wijkagent@politie.example';

  let plain: { t: TestApp; mailbox: Mailbox } | undefined;

  /** The service with an empty register; one database for all claims that need no settings of their own. */
  const start = async (now = MONDAY, environment?: Record<string, string>) => {
    if (plain && !environment) {
      ({ t, mailbox } = plain);
      await forget(t);
      mailbox.clear();
      t.clock.set(now);
    } else {
      mailbox = await Mailbox.start();
      t = await startApp(kind, {
        now,
        environment: {
          SMTP_URL: mailbox.url,
          MUNICIPALITY: 'Gemeente Alphen aan den Rijn',
          PUBLIC_URL: 'https://wijkagenda.example',
          ...environment,
        },
      });
      if (!environment) plain = { t, mailbox };
    }
    admin = await t.make.signedIn('admin');
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop' })).id;
    zwammerdam = (await t.make.area({ kind: 'kern', name: 'Zwammerdam' })).id;
    police = (await t.make.organisation({ name: 'Politie', kind: 'police' })).id;
    agent = (await t.make.person({ name: 'wijkagent Boskoop', email: AGENT, organisationId: police })).id;
    await t.make.contact(police, agent);
  };
  const ring = () => t.app.get(DigestPlanner).planAndDeliver();
  const overdue = (fields: Parameters<TestApp['make']['action']>[0] = {}) =>
    t.make.action({ areaId: boskoop, ownerId: police, recordedOn: '2026-04-01', dueOn: '2026-05-20', ...fields });
  const mails = () => mailbox.to(AGENT);
  const change = (sql: string) => t.app.get(Transactions).run((manager) => manager.query(sql));
  const states = async () =>
    (
      await rows<{ state: string }>(t.database.reader, 'SELECT "state" FROM "outgoing_messages" ORDER BY "address"')
    ).map(({ state }) => state);

  describe('a plain Monday', () => {
    beforeEach(() => start());

    it('mails one digest per person with number, what, area, deadline, days overdue, session of origin and a link', async () => {
      const meeting = await t.make.meeting(boskoop);
      const session = await t.make.session(meeting.id, { heldOn: '2026-04-14', state: 'closed' });
      await overdue({ number: 'BOS-12', title: 'Extra surveillance skatebaan', sessionId: session.id });
      await overdue({ number: 'ZWA-3', title: 'Aanpak ’t Zand & de kade', areaId: zwammerdam, dueOn: '2026-05-31' });
      await overdue({ number: 'BOS-9', title: 'Buurtpreventie starten', dueOn: '2026-05-01' });
      await ring();
      expect(mails()).toHaveLength(1);
      const { mail, raw } = mails()[0];
      expect(mail.subject).toBe('Gemeente Alphen aan den Rijn: 3 acties te laat in Boskoop en Zwammerdam');
      expect(mail.text).toContain('BOS-12: Extra surveillance skatebaan');
      expect(mail.text).toContain('Boskoop, uiterlijk woensdag 20 mei 2026: 12 dagen te laat');
      expect(mail.text).toContain('Afgesproken in het overleg van dinsdag 14 april 2026');
      expect(mail.text).toContain('Zwammerdam, uiterlijk zondag 31 mei 2026: 1 dag te laat');
      expect(mail.text).toContain('ZWA-3: Aanpak ’t Zand & de kade');
      expect(mail.text).toMatch(/https:\/\/wijkagenda\.example\/antwoord\/[\w-]{43}\?actie=BOS-12#BOS-12/);
      const order = ['BOS-9', 'BOS-12', 'ZWA-3'].map((number) => mail.text!.indexOf(number));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(mail.html).toContain('Extra surveillance skatebaan');
      expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/wijkagenda\.example\/afmelden\/[\w-]{43}>\r$/m);
    });

    it('mails nobody when nothing is overdue, whatever would ride along', async () => {
      await overdue({ dueOn: '2026-06-01' });
      await overdue({ dueOn: null, checkOn: '2026-05-01' });
      await ring();
      expect(mailbox.messages).toHaveLength(0);
    });

    it('lets what is due soon and what has no date ride along with something overdue', async () => {
      await overdue({ number: 'BOS-1', title: 'Te late actie' });
      await overdue({ number: 'BOS-2', title: 'Volgende week klaar', dueOn: '2026-06-08' });
      await overdue({ number: 'BOS-3', title: 'Zonder datum', dueOn: null, checkOn: '2026-05-31' });
      await overdue({ number: 'BOS-4', title: 'Over een maand', dueOn: '2026-07-01' });
      await ring();
      const { text, subject } = mails()[0].mail;
      expect(subject).toContain('1 actie te laat in Boskoop');
      expect(text).toMatch(/GRAAG EEN STAND VAN ZAKEN\s+BOS-3: Zonder datum/);
      expect(text).toMatch(/KOMT ERAAN\s+BOS-2: Volgende week klaar/);
      expect(text).not.toContain('BOS-4');
    });

    it('never mails what is done, cancelled, on hold, withdrawn, handed back or incomplete', async () => {
      await overdue({ status: 'done', doneOn: '2026-05-30' });
      await overdue({ status: 'cancelled', closedOn: '2026-05-30' });
      await overdue({ status: 'on_hold', resumeOn: '2026-06-02' });
      await overdue({ isWithdrawn: true });
      await overdue({ ownerId: null, isHandedBack: true });
      await overdue({ dueKind: null });
      await ring();
      expect(mailbox.messages).toHaveLength(0);
    });

    it('mails an action on hold again from its resume date', async () => {
      await overdue({ status: 'on_hold', resumeOn: '2026-06-01' });
      await ring();
      expect(mails()).toHaveLength(1);
    });

    it('mails the person of the owner, else the contact for the area, and co-owners likewise', async () => {
      const housing = (await t.make.organisation({ name: 'Habeko Wonen', kind: 'housing' })).id;
      const local = await t.make.person({ email: 'boskoop@habeko.example' });
      const general = await t.make.person({ email: 'algemeen@habeko.example' });
      await t.make.contact(housing, general.id);
      await t.make.contact(housing, local.id, boskoop);
      const named = await t.make.person({ email: 'projectleider@habeko.example', organisationId: housing });
      await overdue({ number: 'BOS-1', title: 'Samen schouwen', coOwnerIds: [housing] });
      await overdue({ number: 'BOS-2', title: 'Lampen', ownerId: housing, ownerPersonId: named.id });
      await overdue({ number: 'ZWA-1', title: 'Groen', ownerId: housing, areaId: zwammerdam });
      await ring();
      const lines = (address: string) => mailbox.to(address).map(({ mail }) => mail.text!.match(/[A-Z]{3}-\d(?=:)/g));
      expect(lines(AGENT)).toEqual([['BOS-1']]);
      expect(lines('boskoop@habeko.example')).toEqual([['BOS-1']]);
      expect(lines('projectleider@habeko.example')).toEqual([['BOS-2']]);
      expect(lines('algemeen@habeko.example')).toEqual([['ZWA-1']]);
    });

    it('mails the replacement too, until its date, and nobody who is not active, stopped or paused', async () => {
      const stand = await t.make.person({ email: 'vervanger@politie.example' });
      await change(
        `UPDATE "people" SET "replacementId" = '${stand.id}', "replacementUntilOn" = '2026-06-01' WHERE "id" = '${agent}'`,
      );
      for (const fields of [{ active: false }, { isDigestStopped: true }, { digestPausedUntilOn: '2026-06-01' }]) {
        const person = await t.make.person(fields);
        await overdue({ ownerPersonId: person.id, ownerId: (await t.make.organisation()).id });
      }
      await overdue();
      await ring();
      expect(mailbox.messages.map(({ to }) => to).sort()).toEqual(['vervanger@politie.example', AGENT]);
      t.clock.set('2026-06-08T06:00:00.000Z');
      await change(`UPDATE "people" SET "replacementUntilOn" = '2026-06-07' WHERE "id" = '${agent}'`);
      await ring();
      expect(mailbox.to('vervanger@politie.example')).toHaveLength(1);
      expect(mails()).toHaveLength(2);
    });

    it('mails the contact of the moment of sending, not the one it was planned for, nor who was deactivated meanwhile', async () => {
      const left = await t.make.person({ email: 'vertrokken@politie.example' });
      await overdue({ ownerPersonId: left.id, number: 'BOS-1' });
      await overdue({ number: 'ZWA-1', areaId: zwammerdam });
      await t.app.get(DigestPlanner).planDue();
      const next = await t.make.person({ email: 'opvolger@politie.example' });
      await change(`UPDATE "people" SET "active" = false WHERE "id" = '${left.id}'`);
      await change(`UPDATE "contacts" SET "personId" = '${next.id}' WHERE "personId" = '${agent}'`);
      await t.app.get(Delivery).deliverDue();
      expect(mailbox.messages).toHaveLength(0);
      expect(await states()).toEqual(['not_needed', 'not_needed']);
      t.clock.set('2026-06-08T06:00:00.000Z');
      await ring();
      expect(mailbox.messages.map(({ to }) => to)).toEqual(['opvolger@politie.example']);
      expect(mailbox.messages[0].mail.text).toMatch(/BOS-1:[\s\S]*ZWA-1:/);
    });

    it('does not repeat a mail that waited for another try when all in it was done meanwhile', async () => {
      const action = await overdue();
      mailbox.behave(AGENT, 'try-later');
      await ring();
      await change(
        `UPDATE "actions" SET "status" = 'done', "doneOn" = '2026-06-01', "closedOn" = '2026-06-01' WHERE "id" = '${action.id}'`,
      );
      t.clock.set('2026-06-01T06:05:00.000Z');
      await ring();
      expect(mailbox.messages).toHaveLength(0);
      expect(await states()).toEqual(['not_needed']);
    });

    it('gives the contact the actions of a person who was deactivated', async () => {
      const left = await t.make.person({ active: false, organisationId: police });
      await overdue({ number: 'BOS-7', ownerPersonId: left.id });
      await ring();
      expect(mails()[0].mail.text).toContain('BOS-7');
    });

    it('shows of more than 25 the 25 longest overdue, and how many more there are', async () => {
      for (let n = 1; n <= 27; n += 1) {
        await overdue({ number: `BOS-${100 + n}`, dueOn: `2026-04-${String(n).padStart(2, '0')}` });
      }
      await ring();
      const { text, subject } = mails()[0].mail;
      expect(subject).toContain('27 acties te laat');
      expect(text!.match(/^BOS-\d+:/gm)).toHaveLength(25);
      expect(text).not.toContain('BOS-127:');
      expect(text).toContain('en nog 2');
    });

    it('tells what is confidential only to who may know it: number, area and deadline, and nothing to a shared mailbox', async () => {
      const housing = (await t.make.organisation({ name: 'Habeko Wonen' })).id;
      const shared = await t.make.person({ email: 'secretariaat@habeko.example', isShared: true });
      await t.make.contact(housing, shared.id);
      const secret = { title: 'Zorgen om een gezin', isConfidential: true, partyIds: [police, housing] };
      await overdue({ number: 'BOS-V3', ...secret });
      await overdue({ number: 'BOS-V4', ...secret, ownerId: housing });
      await overdue({ number: 'BOS-V5', ...secret, partyIds: [housing] });
      // Who answers for an organisation, or is named as its person, knows nothing of it without being a member.
      const welfare = (await t.make.organisation({ name: 'Participe' })).id;
      const outsider = await t.make.person({ email: 'buur@elders.example' });
      await t.make.contact(welfare, outsider.id);
      await overdue({ number: 'BOS-V6', ...secret, ownerId: welfare, partyIds: [welfare] });
      await overdue({ number: 'BOS-V7', ...secret, ownerPersonId: outsider.id });
      await ring();
      expect(mailbox.messages.map(({ to }) => to)).toEqual([AGENT]);
      const { raw, mail } = mails()[0];
      expect(mail.subject).toBe('Gemeente Alphen aan den Rijn: uw weekbericht');
      expect(mail.text).toContain('BOS-V3: vertrouwelijke actie');
      expect(mail.text).toContain('Boskoop, uiterlijk woensdag 20 mei 2026: 12 dagen te laat');
      expect(mail.text).not.toMatch(/BOS-V[4567]|actie=BOS-V/);
      expect(raw + mail.html + mail.text).not.toContain('gezin');
    });

    it('does not mail who completed everything between planning and sending', async () => {
      const action = await overdue();
      await t.app.get(DigestPlanner).planDue();
      await change(
        `UPDATE "actions" SET "status" = 'done', "doneOn" = '2026-06-01', "closedOn" = '2026-06-01' WHERE "id" = '${action.id}'`,
      );
      await t.app.get(Delivery).deliverDue();
      expect(mailbox.messages).toHaveLength(0);
      expect(await states()).toEqual(['not_needed']);
    });

    it('mails neither the old nor this week the new owner of an action handed over between planning and sending', async () => {
      const action = await overdue();
      const welfare = (await t.make.organisation({ name: 'Participe' })).id;
      await t.make.contact(welfare, (await t.make.person({ email: 'wijkcoach@participe.example' })).id);
      await t.app.get(DigestPlanner).planDue();
      await change(`UPDATE "actions" SET "ownerId" = '${welfare}' WHERE "id" = '${action.id}'`);
      await t.app.get(Delivery).deliverDue();
      await ring();
      expect(mailbox.messages).toHaveLength(0);
      t.clock.set('2026-06-08T06:00:00.000Z');
      await ring();
      expect(mailbox.messages.map(({ to }) => to)).toEqual(['wijkcoach@participe.example']);
    });

    it('tells the asker what became of the question, and shows at most three results first', async () => {
      const council = (await t.make.organisation({ name: 'Dorpsraad Boskoop' })).id;
      const secretary = await t.make.person({ email: 'secretaris@dorpsraad.example', organisationId: council });
      await t.make.contact(council, secretary.id);
      const welfare = (await t.make.organisation({ name: 'Participe' })).id;
      await t.make.contact(welfare, secretary.id);
      const meeting = (await t.make.meeting(boskoop)).id;
      await t.make.invitation(meeting, { organisationId: council });
      await overdue({ ownerId: council, number: 'BOS-1' });
      const finish = async (number: string, fields: Parameters<TestApp['make']['action']>[0] = {}) => {
        const action = await overdue({ number, meetingId: meeting, ...fields });
        const end = { ...action, status: 'done', doneOn: '2026-05-28', closedOn: '2026-05-28' } as typeof action;
        await t.make.update(end, { recordedAt: '2026-05-28T10:00:00.000Z' });
        await change(
          `UPDATE "actions" SET "status" = 'done', "doneOn" = '2026-05-28', "closedOn" = '2026-05-28' WHERE "id" = '${action.id}'`,
        );
      };
      await finish('BOS-20', { title: 'Bankje bij de kerk', requestedById: council, result: 'Het bankje staat er.' });
      for (const number of ['BOS-21', 'BOS-22', 'BOS-23']) await finish(number, { result: `Resultaat ${number}` });
      await finish('BOS-24', { isConfidential: true, partyIds: [police], result: 'Geheim resultaat' });
      // She answers for the asker without being a member of it.
      const asked = { requestedById: welfare, partyIds: [welfare, police] };
      await finish('BOS-V8', { isConfidential: true, ...asked, result: 'Geheim antwoord' });
      await ring();
      const { text } = mailbox.to('secretaris@dorpsraad.example')[0].mail;
      expect(text).toMatch(/WAT IS ER MET UW VRAAG GEBEURD\s+BOS-20: Bankje bij de kerk \(Boskoop, Politie\): gereed/);
      const results = text!.slice(text!.indexOf('GELUKT'), text!.indexOf('TE LAAT'));
      expect(results.match(/^- /gm)).toHaveLength(3);
      expect(text).not.toMatch(/Geheim|BOS-V8/);
    });

    it('says with a 200 what it did, and changes nothing when asked twice', async () => {
      await overdue();
      const post = () => t.api.post('/v1/digests').set('Authorization', admin).expect(200);
      const first = (await post()).body;
      expect(first).toMatchObject({
        isNew: true,
        run: { year: 2026, week: 23, state: 'planned', messages: { sent: 1, planned: 0 } },
      });
      const second = (await post()).body;
      expect(second).toEqual({ isNew: false, run: first.run });
      expect(mailbox.messages).toHaveLength(1);
      const { body } = await t.api.get('/v1/digests').set('Authorization', admin).expect(200);
      expect(body).toMatchObject({ total: 1, items: [first.run] });
    });

    it('lists the messages with what the server said, and nothing of what is in them', async () => {
      await overdue();
      mailbox.behave(AGENT, 'refuse');
      const { body } = await t.api.post('/v1/digests').set('Authorization', admin).expect(200);
      const list = await t.api.get(`/v1/digests/${body.run.id}/messages`).set('Authorization', admin).expect(200);
      expect(list.body).toMatchObject({
        total: 1,
        items: [
          { address: AGENT, state: 'failed', attempts: 1, lines: 1, serverWords: expect.stringContaining('550') },
        ],
      });
      expect(Object.keys(list.body.items[0]).sort()).toEqual(
        [
          'address',
          'attempts',
          'id',
          'lines',
          'nextAttemptAt',
          'personId',
          'sentAt',
          'serverWords',
          'state',
          'refusedAt',
        ].sort(),
      );
      await t.api.get(`/v1/digests/${agent}/messages`).set('Authorization', admin).expect(404);
    });

    it('shows a chair only the messages of people tied to the own areas', async () => {
      const chair = await t.make.signedIn('chair', zwammerdam);
      const welfare = (await t.make.organisation({ name: 'Participe' })).id;
      await t.make.contact(welfare, (await t.make.person({ email: 'coach@participe.example' })).id, zwammerdam);
      await overdue();
      await overdue({ ownerId: welfare, areaId: zwammerdam });
      await ring();
      const { body } = await t.api.get('/v1/digests').set('Authorization', chair).expect(200);
      const mine = await t.api.get(`/v1/digests/${body.items[0].id}/messages`).set('Authorization', chair).expect(200);
      const addresses = mine.body.items.map(({ address }: { address: string }) => address);
      expect(addresses).toContain('coach@participe.example');
      expect(addresses).not.toContain(AGENT);
      expect(body.items[0].messages.sent).toBe(addresses.length);
      await t.api.post('/v1/digests').set('Authorization', chair).expect(403);
      await t.api
        .get('/v1/digests')
        .set('Authorization', await t.make.token(agent))
        .expect(403);
      await t.api.get('/v1/digests').expect(401);
    });

    it('gives both chairs of an area the overview in their one mail, with own lines beside it', async () => {
      const duo = [
        await t.make.person({ email: 'gebiedsadviseur1@gemeente.example' }),
        await t.make.person({ email: 'gebiedsadviseur2@gemeente.example' }),
      ];
      for (const { id } of duo) await t.make.grant(id, 'chair', boskoop);
      const orphan = (await t.make.organisation({ name: 'Tom in de buurt' })).id;
      const hand = { number: 'BOS-30', title: 'Niet voor ons' };
      await overdue({ ...hand, ownerId: null, isHandedBack: true });
      await overdue({ number: 'BOS-31', title: 'Niemand te mailen', ownerId: orphan });
      await overdue({ number: 'BOS-32', title: 'Heel lang te laat', dueOn: '2026-04-05', ownerPersonId: duo[0].id });
      await overdue({ number: 'BOS-33', title: 'Stokt al even', status: 'blocked', dueOn: '2026-07-01' });
      const asked = await overdue({
        number: 'BOS-35',
        title: 'Gevraagd',
        dueOn: '2026-04-01',
        ownerPersonId: duo[0].id,
      });
      const waiting = await overdue({
        number: 'BOS-36',
        title: 'Pas gevraagd',
        status: 'blocked',
        dueOn: '2026-07-01',
      });
      for (const [actionId, askedOn] of [
        [asked.id, '2026-05-18'],
        [waiting.id, '2026-05-19'],
      ]) {
        await t.make.row(Escalation, {
          id: newId(),
          actionId,
          step: 1,
          personId: duo[1].id,
          text: 'Wilt u beslissen?',
          askedById: duo[0].id,
          askedOn,
          askedAt: `${askedOn}T09:00:00.000Z`,
          decision: null,
          decidedFor: null,
          answeredAt: null,
        });
      }
      await overdue({ number: 'BOS-34', title: 'Geheim', isConfidential: true, partyIds: [police] });
      await overdue({ number: 'ZWA-9', title: 'Elders', areaId: zwammerdam });
      await ring();
      const [first] = mailbox.to('gebiedsadviseur1@gemeente.example');
      const [second] = mailbox.to('gebiedsadviseur2@gemeente.example');
      expect(mailbox.messages).toHaveLength(3);
      expect(first.mail.text).toContain('BOS-32: Heel lang te laat');
      for (const { mail } of [first, second]) {
        const overview = mail.text!.slice(mail.text!.indexOf('VOOR U ALS VOORZITTER'));
        expect(overview).toMatch(/- Politie: 2 acties, de langste 61 dagen/);
        expect(overview).toMatch(/- Tom in de buurt: 1 actie/);
        expect(overview).toContain(`: ${t.settings.PUBLIC_URL}/gebieden\n`);
        expect(overview).toMatch(
          /Aan de bel trekken\?\s+- BOS-32[^\n]*\n\s+Aan de bel getrokken, maar na 14 dagen geen antwoord\s+- BOS-35/,
        );
        expect(overview).toMatch(/zonder actiehouder\s+- BOS-30: Niet voor ons/);
        expect(overview).toMatch(/Geen contactadres\s+- BOS-31/);
        expect(overview).toMatch(/Stokt\s+- BOS-33/);
        expect(overview).not.toMatch(/Geheim|BOS-34|ZWA-9/);
      }
      expect(second.mail.subject).toBe('Gemeente Alphen aan den Rijn: overzicht van uw gebieden');
      expect(second.mail.text).toContain('U hebt zelf geen acties die te laat zijn');
    });
  });

  describe('over the weeks', () => {
    it.each([
      ['20 October 2025', '2025-10-20T05:59:59.000Z', '2025-10-20T06:00:00.000Z'],
      ['23 March 2026', '2026-03-23T06:59:59.000Z', '2026-03-23T07:00:00.000Z'],
      ['27 October 2025', '2025-10-27T06:59:59.000Z', '2025-10-27T07:00:00.000Z'],
      ['26 October 2026', '2026-10-26T06:59:59.000Z', '2026-10-26T07:00:00.000Z'],
      ['30 March 2026', '2026-03-30T05:59:59.000Z', '2026-03-30T06:00:00.000Z'],
    ])('goes out at 08:00 on Monday %s, not a second before', async (_, before, at) => {
      await start(before);
      await overdue({ recordedOn: '2025-01-01', dueOn: '2025-02-01' });
      t.clock.set(before);
      await ring();
      expect(mails()).toHaveLength(0);
      t.clock.set(at);
      await ring();
      expect(mails()).toHaveLength(1);
    });

    it('sends one mail a week on three Mondays with nothing changed, and goes from week 53 to week 1', async () => {
      await start('2026-12-21T07:00:00.000Z');
      await overdue();
      for (const now of ['2026-12-21', '2026-12-22', '2026-12-28', '2027-01-03', '2027-01-04', '2027-01-05']) {
        t.clock.set(`${now}T07:00:00.000Z`);
        await ring();
        await ring();
      }
      expect(mails()).toHaveLength(3);
      expect(new Set(mails().map(({ mail }) => mail.messageId)).size).toBe(3);
      const { body } = await t.api.get('/v1/digests').set('Authorization', admin).expect(200);
      expect(body.items.map(({ year, week }: { year: number; week: number }) => `${year}-${week}`)).toEqual([
        '2027-1',
        '2026-53',
        '2026-52',
      ]);
    });

    it('catches an outage up within the week, and marks a missed week as skipped, visibly', async () => {
      await start('2026-06-02T09:00:00.000Z');
      await overdue();
      await ring();
      expect(mails()).toHaveLength(1);
      t.clock.set('2026-06-15T05:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(1);
      t.clock.set('2026-06-15T06:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(2);
      const { body } = await t.api.get('/v1/digests').set('Authorization', admin).expect(200);
      expect(body.items.map(({ week, state }: { week: number; state: string }) => [week, state])).toEqual([
        [25, 'planned'],
        [24, 'skipped'],
        [23, 'planned'],
      ]);
      expect(body.items[1].reason).toBe('The service did not run in this week.');
    });

    it('tells the chair after four digests without an answer to call, and no longer once something was heard', async () => {
      await start();
      const action = await overdue();
      const chair = await t.make.person({ email: 'gebiedsadviseur@gemeente.example' });
      await t.make.grant(chair.id, 'chair', boskoop);
      const texts = async (now: string) => {
        t.clock.set(now);
        await ring();
        return mailbox.to('gebiedsadviseur@gemeente.example').at(-1)!.mail.text!;
      };
      for (const day of ['2026-06-01', '2026-06-08', '2026-06-15', '2026-06-22'])
        expect(await texts(`${day}T06:10:00.000Z`)).not.toContain('Reageert niet');
      expect(await texts('2026-06-29T06:10:00.000Z')).toMatch(
        /Reageert niet, bel even\s+- wijkagent Boskoop gaf op vier/,
      );
      await t.make.update(action, { recordedAt: '2026-06-30T10:00:00.000Z' });
      expect(await texts('2026-07-06T06:00:00.000Z')).not.toContain('Reageert niet');
      expect(mails()).toHaveLength(6);
    });

    it('catches an outage from Sunday to Tuesday up on Tuesday, once, also for the mails that were planned before', async () => {
      await start();
      await overdue();
      await ring();
      t.clock.set('2026-06-09T09:30:00.000Z');
      await ring();
      await ring();
      expect(mails()).toHaveLength(2);
      const { body } = await t.api.get('/v1/digests').set('Authorization', admin).expect(200);
      expect(body.items).toMatchObject([
        { week: 24, state: 'planned', dueAt: '2026-06-08T06:00:00.000Z', messages: { sent: 1 } },
        { week: 23, state: 'planned' },
      ]);
      t.clock.set('2026-06-15T06:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(3);
    });

    it('sends one mail after a clock that jumped a month, marks the weeks between as skipped, and none after going back', async () => {
      await start();
      await overdue();
      await ring();
      t.clock.set('2026-07-01T06:00:00.000Z');
      await ring();
      await ring();
      expect(mails()).toHaveLength(2);
      const { body } = await t.api.get('/v1/digests').set('Authorization', admin).expect(200);
      const weeks = body.items.map(({ week, state }: { week: number; state: string }) => `${week} ${state}`);
      expect(weeks).toEqual(['27 planned', '26 skipped', '25 skipped', '24 skipped', '23 planned']);
      for (const now of ['2026-06-01T07:00:00.000Z', '2026-06-08T06:00:00.000Z', '2026-07-01T06:00:01.000Z']) {
        t.clock.set(now);
        await ring();
      }
      expect(mails()).toHaveLength(2);
    });

    it('sends what waited for a later attempt once when the clock is set back two hours in between', async () => {
      await start();
      await overdue();
      mailbox.behave(AGENT, 'accept-and-drop');
      await ring();
      t.clock.set('2026-06-01T04:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(1);
      t.clock.set('2026-06-01T06:02:00.000Z');
      await ring();
      await ring();
      expect(mails()).toHaveLength(2);
      expect(mails()[1].raw).toBe(mails()[0].raw);
      expect(await states()).toEqual(['sent']);
    });

    it('sends nothing twice when the clock is set back', async () => {
      await start();
      await overdue();
      await ring();
      t.clock.set('2026-06-01T04:00:00.000Z');
      await ring();
      t.clock.set('2026-06-01T06:00:01.000Z');
      await ring();
      expect(mails()).toHaveLength(1);
    });

    it('adds nobody to a week that was planned', async () => {
      await start();
      await ring();
      await overdue();
      t.clock.set('2026-06-03T06:00:00.000Z');
      await ring();
      expect(mailbox.messages).toHaveLength(0);
    });

    it('logs a week that is set as one without digest as skipped', async () => {
      await start(MONDAY, { DIGEST_SKIPPED_WEEKS: '2026-W23' });
      await overdue();
      await ring();
      expect(mailbox.messages).toHaveLength(0);
      const { body } = await t.api.get('/v1/digests').set('Authorization', admin).expect(200);
      expect(body.items).toMatchObject([
        { week: 23, state: 'skipped', reason: expect.stringContaining('without digest') },
      ]);
    });

    it('plans nothing before its hour, and nothing without a mail server', async () => {
      await start(MONDAY, { SMTP_URL: '' });
      await overdue();
      const { body } = await t.api.post('/v1/digests').set('Authorization', admin).expect(200);
      expect(body).toEqual({ isNew: false, run: null });
    });

    it('keeps the same bytes from a deferral on Monday to Tuesday, and gives up when the week is over', async () => {
      await start();
      await overdue();
      mailbox.behave(AGENT, 'try-later', 'try-later');
      await ring();
      t.clock.set('2026-06-02T06:00:00.000Z');
      await ring();
      t.clock.set('2026-06-08T05:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(0);
      expect(await states()).toEqual(['failed']);
    });
  });

  it('sends one mail per address and week from two instances on one database', async () => {
    await start();
    for (let n = 0; n < 12; n += 1) {
      const person = await t.make.person({ email: `agent${n}@politie.example` });
      await overdue({ ownerPersonId: person.id });
    }
    if (kind === 'sqlite') {
      await Promise.all([ring(), ring(), ring()]);
    } else {
      const other = await createApp(t.settings, new Clock(MONDAY));
      await other.init();
      await Promise.all([ring(), other.get(DigestPlanner).planAndDeliver(), ring()]);
      await other.close();
    }
    expect(mailbox.messages.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: 12 }, (_, n) => `agent${n}@politie.example`).sort(),
    );
  });
});

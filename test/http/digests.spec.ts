import { beforeEach, describe, expect, it } from '@jest/globals';
import { DigestPlanner } from '../../src/digests/digest-planner.service.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases } from '../support/app.js';
import { setUpDigests } from './digests.setup.js';

onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  const { AGENT, start, ring, overdue, mails, change, states } = d;

  describe('a plain Monday', () => {
    beforeEach(() => start());

    it('mails one digest per person with number, what, area, deadline, days overdue, session of origin and a link', async () => {
      const meeting = await d.t.make.meeting(d.boskoop);
      const session = await d.t.make.session(meeting.id, { heldOn: '2026-04-14', state: 'closed' });
      await overdue({ number: 'BOS-12', title: 'Extra surveillance skatebaan', sessionId: session.id });
      await overdue({ number: 'ZWA-3', title: 'Aanpak ’t Zand & de kade', areaId: d.zwammerdam, dueOn: '2026-05-31' });
      await overdue({ number: 'BOS-9', title: 'Buurtpreventie starten', dueOn: '2026-05-01' });
      await ring();
      expect(mails()).toHaveLength(1);
      const { mail, raw } = mails()[0];
      expect(mail.subject).toBe('3 acties te laat in Boskoop en Zwammerdam - Gemeente Alphen aan den Rijn');
      expect(mail.text).toContain('BOS-12: Extra surveillance skatebaan');
      expect(mail.text).toContain('Boskoop, uiterlijk woensdag 20 mei 2026: 12 dagen te laat');
      expect(mail.text).toContain('Afgesproken in het overleg van dinsdag 14 april 2026');
      expect(mail.text).toContain('Zwammerdam, uiterlijk zondag 31 mei 2026: 1 dag te laat');
      expect(mail.text).toContain('ZWA-3: Aanpak ’t Zand & de kade');
      expect(mail.text).toMatch(
        /BOS-12[^-]*Gereed: https:\/\/wijkagenda\.example\/antwoord\/[\w-]{43}\?actie=BOS-12&antwoord=done#BOS-12/,
      );
      const answers = ['done', 'in_progress', 'later', 'not_ours'];
      for (const form of [mail.text!, (mail.html as string).replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')])
        expect([...form.matchAll(/actie=BOS-9&antwoord=(\w+)#BOS-9/g)].map(([, answer]) => answer)).toEqual(answers);
      expect(mail.html).toContain('3 acties zijn te laat');
      const order = ['BOS-9', 'BOS-12', 'ZWA-3'].map((number) => mail.text!.indexOf(number));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(mail.html).toContain('Extra surveillance skatebaan');
      expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/wijkagenda\.example\/afmelden\/[\w-]{43}>\r$/m);
    });

    it('mails nobody when nothing is overdue, whatever else the mail would list', async () => {
      await overdue({ dueOn: '2026-06-01' });
      await overdue({ dueOn: null, checkOn: '2026-05-01' });
      await ring();
      expect(d.mailbox.messages).toHaveLength(0);
    });

    it('also lists what is due soon and what has no date if something is overdue', async () => {
      await overdue({ number: 'BOS-1', title: 'Te late actie' });
      await overdue({ number: 'BOS-2', title: 'Volgende week klaar', dueOn: '2026-06-08' });
      await overdue({ number: 'BOS-3', title: 'Zonder datum', dueOn: null, checkOn: '2026-05-31' });
      await overdue({ number: 'BOS-4', title: 'Over een maand', dueOn: '2026-07-01' });
      await ring();
      const { text, subject } = mails()[0].mail;
      expect(subject).toContain('1 actie te laat in Boskoop');
      expect(text).toMatch(
        /TE LAAT[^]*GRAAG EEN STAND VAN ZAKEN\s+Hiervoor is geen vaste datum afgesproken\. Hoe staat het ermee\?\s+BOS-3: Zonder datum/,
      );
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
      expect(d.mailbox.messages).toHaveLength(0);
    });

    it('mails an action on hold again from its resume date', async () => {
      await overdue({ status: 'on_hold', resumeOn: '2026-06-01' });
      await ring();
      expect(mails()).toHaveLength(1);
    });

    it('mails the person of the owner, else the contact for the area, and co-owners likewise', async () => {
      const housing = (await d.t.make.organisation({ name: 'Habeko Wonen', kind: 'housing' })).id;
      const local = await d.t.make.person({ email: 'boskoop@habeko.example' });
      const general = await d.t.make.person({ email: 'algemeen@habeko.example' });
      await d.t.make.contact(housing, general.id);
      await d.t.make.contact(housing, local.id, d.boskoop);
      const named = await d.t.make.person({ email: 'projectleider@habeko.example', organisationId: housing });
      await overdue({ number: 'BOS-1', title: 'Samen schouwen', coOwnerIds: [housing] });
      await overdue({ number: 'BOS-2', title: 'Lampen', ownerId: housing, ownerPersonId: named.id });
      await overdue({ number: 'ZWA-1', title: 'Groen', ownerId: housing, areaId: d.zwammerdam });
      await ring();
      const lines = (address: string) => d.mailbox.to(address).map(({ mail }) => mail.text!.match(/[A-Z]{3}-\d(?=:)/g));
      expect(lines(AGENT)).toEqual([['BOS-1']]);
      expect(lines('boskoop@habeko.example')).toEqual([['BOS-1']]);
      expect(lines('projectleider@habeko.example')).toEqual([['BOS-2']]);
      expect(lines('algemeen@habeko.example')).toEqual([['ZWA-1']]);
    });

    it('also mails the replacement until its end date, and nobody who is inactive, unsubscribed or paused', async () => {
      const stand = await d.t.make.person({ email: 'vervanger@politie.example' });
      await change(
        `UPDATE "people" SET "replacementId" = '${stand.id}', "replacementUntilOn" = '2026-06-01' WHERE "id" = '${d.agent}'`,
      );
      for (const fields of [{ active: false }, { isDigestStopped: true }, { digestPausedUntilOn: '2026-06-01' }]) {
        const person = await d.t.make.person(fields);
        await overdue({ ownerPersonId: person.id, ownerId: (await d.t.make.organisation()).id });
      }
      await overdue();
      await ring();
      expect(d.mailbox.messages.map(({ to }) => to).sort()).toEqual(['vervanger@politie.example', AGENT]);
      const admin = await d.t.make.signedIn('admin');
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', admin).expect(200);
      expect(body.items[0].messages).toMatchObject({ sent: 2, not_needed: 0 });
      d.t.clock.set('2026-06-08T06:00:00.000Z');
      await change(`UPDATE "people" SET "replacementUntilOn" = '2026-06-07' WHERE "id" = '${d.agent}'`);
      await ring();
      expect(d.mailbox.to('vervanger@politie.example')).toHaveLength(1);
      expect(mails()).toHaveLength(2);
    });

    it('mails the contact at the moment of sending, not the one it was planned for, nor one deactivated meanwhile', async () => {
      const left = await d.t.make.person({ email: 'vertrokken@politie.example' });
      await overdue({ ownerPersonId: left.id, number: 'BOS-1' });
      await overdue({ number: 'ZWA-1', areaId: d.zwammerdam });
      await d.t.app.get(DigestPlanner).planDue();
      const next = await d.t.make.person({ email: 'opvolger@politie.example' });
      await change(`UPDATE "people" SET "active" = false WHERE "id" = '${left.id}'`);
      await change(`UPDATE "contacts" SET "personId" = '${next.id}' WHERE "personId" = '${d.agent}'`);
      await d.t.app.get(Delivery).deliverDue();
      expect(d.mailbox.messages).toHaveLength(0);
      expect(await states()).toEqual(['not_needed', 'not_needed']);
      d.t.clock.set('2026-06-08T06:00:00.000Z');
      await ring();
      expect(d.mailbox.messages.map(({ to }) => to)).toEqual(['opvolger@politie.example']);
      expect(d.mailbox.messages[0].mail.text).toMatch(/BOS-1:[\s\S]*ZWA-1:/);
    });

    it('does not repeat a mail that waited for another try when all in it was done meanwhile', async () => {
      const action = await overdue();
      d.mailbox.behave(AGENT, 'try-later');
      await ring();
      await change(
        `UPDATE "actions" SET "status" = 'done', "doneOn" = '2026-06-01', "closedOn" = '2026-06-01' WHERE "id" = '${action.id}'`,
      );
      d.t.clock.set('2026-06-01T06:05:00.000Z');
      await ring();
      expect(d.mailbox.messages).toHaveLength(0);
      expect(await states()).toEqual(['not_needed']);
    });

    it('gives the contact the actions of a person who was deactivated', async () => {
      const left = await d.t.make.person({ active: false, organisationId: d.police });
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

    it('names a confidential action only to those who may know it: number, area and deadline, and never in a shared mailbox', async () => {
      const housing = (await d.t.make.organisation({ name: 'Habeko Wonen' })).id;
      const shared = await d.t.make.person({ email: 'secretariaat@habeko.example', isShared: true });
      await d.t.make.contact(housing, shared.id);
      const secret = { title: 'Zorgen om een gezin', isConfidential: true, partyIds: [d.police, housing] };
      await overdue({ number: 'BOS-V3', ...secret });
      await overdue({ number: 'BOS-V4', ...secret, ownerId: housing });
      await overdue({ number: 'BOS-V5', ...secret, partyIds: [housing] });
      // The contact of an organisation, or the person named for it, may know nothing of it without being a member.
      const welfare = (await d.t.make.organisation({ name: 'Participe' })).id;
      const outsider = await d.t.make.person({ email: 'buur@elders.example' });
      await d.t.make.contact(welfare, outsider.id);
      await overdue({ number: 'BOS-V6', ...secret, ownerId: welfare, partyIds: [welfare] });
      await overdue({ number: 'BOS-V7', ...secret, ownerPersonId: outsider.id });
      await ring();
      expect(d.mailbox.messages.map(({ to }) => to)).toEqual([AGENT]);
      const { raw, mail } = mails()[0];
      expect(mail.subject).toBe('1 actie te laat - Gemeente Alphen aan den Rijn');
      expect(mail.text).toContain('BOS-V3: vertrouwelijke actie');
      expect(mail.text).toContain('Boskoop, uiterlijk woensdag 20 mei 2026: 12 dagen te laat');
      expect(mail.text).not.toMatch(/BOS-V[4567]|actie=BOS-V/);
      expect(raw + mail.html + mail.text).not.toContain('gezin');
    });

    it('does not mail who completed everything between planning and sending', async () => {
      const action = await overdue();
      await d.t.app.get(DigestPlanner).planDue();
      await change(
        `UPDATE "actions" SET "status" = 'done', "doneOn" = '2026-06-01', "closedOn" = '2026-06-01' WHERE "id" = '${action.id}'`,
      );
      await d.t.app.get(Delivery).deliverDue();
      expect(d.mailbox.messages).toHaveLength(0);
      expect(await states()).toEqual(['not_needed']);
    });
  });
});

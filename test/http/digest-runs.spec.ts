import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { DigestPlanner } from '../../src/digests/digest-planner.service.js';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, type TestApp } from '../support/app.js';
import { setUpDigests } from './digests.setup.js';

onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  const { AGENT, start, ring, overdue, change } = d;

  describe('a plain Monday', () => {
    beforeEach(() => start());

    it('mails neither the old nor this week the new owner of an action handed over between planning and sending', async () => {
      const action = await overdue();
      const welfare = (await d.t.make.organisation({ name: 'Participe' })).id;
      await d.t.make.contact(welfare, (await d.t.make.person({ email: 'wijkcoach@participe.example' })).id);
      await d.t.app.get(DigestPlanner).planDue();
      await change(`UPDATE "actions" SET "ownerId" = '${welfare}' WHERE "id" = '${action.id}'`);
      await d.t.app.get(Delivery).deliverDue();
      await ring();
      expect(d.mailbox.messages).toHaveLength(0);
      d.t.clock.set('2026-06-08T06:00:00.000Z');
      await ring();
      expect(d.mailbox.messages.map(({ to }) => to)).toEqual(['wijkcoach@participe.example']);
    });

    it('tells the asker what became of the question, and at the end at most three results of what they answer for in that area', async () => {
      const council = (await d.t.make.organisation({ name: 'Dorpsraad Boskoop' })).id;
      const secretary = await d.t.make.person({ email: 'secretaris@dorpsraad.example', organisationId: council });
      await d.t.make.contact(council, secretary.id);
      const welfare = (await d.t.make.organisation({ name: 'Participe' })).id;
      await d.t.make.contact(welfare, secretary.id);
      const meeting = (await d.t.make.meeting(d.boskoop)).id;
      await d.t.make.invitation(meeting, { organisationId: council });
      await overdue({ ownerId: council, number: 'BOS-1' });
      const other = await d.t.make.person({ email: 'zwammerdam@dorpsraad.example', organisationId: council });
      await d.t.make.contact(council, other.id, d.zwammerdam);
      await overdue({ ownerId: council, number: 'ZWA-1', areaId: d.zwammerdam });
      const finish = async (number: string, fields: Parameters<TestApp['make']['action']>[0] = {}) => {
        const action = await overdue({ number, meetingId: meeting, ...fields });
        const end = { ...action, status: 'done', doneOn: '2026-05-28', closedOn: '2026-05-28' } as typeof action;
        await d.t.make.update(end, { recordedAt: '2026-05-28T10:00:00.000Z' });
        await change(
          `UPDATE "actions" SET "status" = 'done', "doneOn" = '2026-05-28', "closedOn" = '2026-05-28' WHERE "id" = '${action.id}'`,
        );
      };
      await finish('BOS-20', { title: 'Bankje bij de kerk', requestedById: council, result: 'Het bankje staat er.' });
      await finish('BOS-19', { ownerId: council, requestedById: council });
      for (const number of ['BOS-21', 'BOS-22', 'BOS-23']) await finish(number, { result: `Resultaat ${number}` });
      // It would come first.
      const secret = { isConfidential: true, partyIds: [d.police] };
      await finish('BOS-24', { ...secret, result: 'Geheim resultaat', resultSize: 'large' });
      // She answers for the organisation that asked without being a member of it.
      const asked = { requestedById: welfare, partyIds: [welfare, d.police] };
      await finish('BOS-V8', { isConfidential: true, ...asked, result: 'Geheim antwoord' });
      await ring();
      const { text } = d.mailbox.to('secretaris@dorpsraad.example')[0].mail;
      expect(text).toMatch(/WAT IS ER MET UW VRAAG GEBEURD\s+BOS-20: Bankje bij de kerk \(Boskoop, Politie\): gereed/);
      const results = text!.slice(text!.indexOf('GELUKT IN UW OVERLEG'));
      expect(results.match(/^- /gm)).toHaveLength(3);
      // What became of their own question is said once, and not at all of what they asked of themselves.
      expect(results).not.toContain('Bankje bij de kerk');
      expect(text!.slice(0, text!.indexOf('GELUKT'))).not.toContain('BOS-19');
      expect(text).not.toMatch(/Geheim|BOS-V8/);
      // The council participates in Boskoop, but its contact elsewhere is not told about other areas.
      const elsewhere = d.mailbox.to('zwammerdam@dorpsraad.example')[0].mail.text;
      expect(elsewhere).toContain('ZWA-1');
      expect(elsewhere).not.toMatch(/GELUKT|Bankje/);
    });

    it('says with a 200 what it did, and changes nothing when asked twice', async () => {
      await overdue();
      const post = () => d.t.api.post('/v1/digests').set('Authorization', d.admin).expect(200);
      const first = (await post()).body;
      expect(first).toMatchObject({
        isNew: true,
        run: { year: 2026, week: 23, state: 'planned', messages: { sent: 1, planned: 0 } },
      });
      const second = (await post()).body;
      expect(second).toEqual({ isNew: false, run: first.run });
      expect(d.mailbox.messages).toHaveLength(1);
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', d.admin).expect(200);
      expect(body).toMatchObject({ total: 1, items: [first.run] });
    });

    it('lists the messages with what the server said, and nothing of what is in them', async () => {
      await overdue();
      d.mailbox.behave(AGENT, 'refuse');
      const { body } = await d.t.api.post('/v1/digests').set('Authorization', d.admin).expect(200);
      const list = await d.t.api.get(`/v1/digests/${body.run.id}/messages`).set('Authorization', d.admin).expect(200);
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
      await d.t.api.get(`/v1/digests/${d.agent}/messages`).set('Authorization', d.admin).expect(404);
    });

    it('shows a chair only the messages of people tied to the own areas', async () => {
      const chair = await d.t.make.signedIn('chair', d.zwammerdam);
      const welfare = (await d.t.make.organisation({ name: 'Participe' })).id;
      await d.t.make.contact(welfare, (await d.t.make.person({ email: 'coach@participe.example' })).id, d.zwammerdam);
      await overdue();
      await overdue({ ownerId: welfare, areaId: d.zwammerdam });
      await ring();
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', chair).expect(200);
      const mine = await d.t.api
        .get(`/v1/digests/${body.items[0].id}/messages`)
        .set('Authorization', chair)
        .expect(200);
      const addresses = mine.body.items.map(({ address }: { address: string }) => address);
      expect(addresses).toContain('coach@participe.example');
      expect(addresses).not.toContain(AGENT);
      expect(body.items[0].messages.sent).toBe(addresses.length);
      await d.t.api.post('/v1/digests').set('Authorization', chair).expect(403);
      await d.t.api
        .get('/v1/digests')
        .set('Authorization', await d.t.make.token(d.agent))
        .expect(403);
      await d.t.api.get('/v1/digests').expect(401);
    });

    it('shows a chair how the overview of the other chair fares', async () => {
      const addresses = ['gebiedsadviseur1@gemeente.example', 'gebiedsadviseur2@gemeente.example'];
      const duo = [];
      for (const email of addresses) duo.push(await d.t.make.person({ email }));
      for (const { id } of duo) await d.t.make.grant(id, 'chair', d.boskoop);
      await overdue({ ownerId: null, isHandedBack: true });
      await ring();
      const chair = await d.t.make.token(duo[0].id);
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', chair).expect(200);
      const path = `/v1/digests/${body.items[0].id}/messages`;
      const mine = await d.t.api.get(path).set('Authorization', chair).expect(200);
      expect(mine.body.items.map(({ address }: { address: string }) => address).sort()).toEqual(addresses);
    });

    it('gives both chairs of an area, and the replacement of either, the overview in their one mail, each line with its link', async () => {
      const duo = [
        await d.t.make.person({ email: 'gebiedsadviseur1@gemeente.example' }),
        await d.t.make.person({ email: 'gebiedsadviseur2@gemeente.example' }),
      ];
      for (const { id } of duo) await d.t.make.grant(id, 'chair', d.boskoop);
      const stand = await d.t.make.person({ email: 'vervanger@gemeente.example' });
      const away = `"replacementId" = '${stand.id}', "replacementUntilOn" = '2026-06-01'`;
      await change(`UPDATE "people" SET ${away} WHERE "id" = '${duo[1].id}'`);
      const orphan = (await d.t.make.organisation({ name: 'Tom in de buurt' })).id;
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
      const decided = [];
      for (const number of ['BOS-37', 'BOS-38'])
        decided.push(await overdue({ number, title: 'Besloten', dueOn: '2026-04-02', ownerPersonId: duo[0].id }));
      for (const [actionId, askedOn, decidedFor] of [
        [asked.id, '2026-05-18', null],
        [waiting.id, '2026-05-19', null],
        [decided[0].id, '2026-05-04', '2026-06-01'],
        [decided[1].id, '2026-05-04', '2026-05-31'],
      ] as const) {
        await d.t.make.row(Escalation, {
          id: newId(),
          actionId,
          step: 1,
          personId: duo[1].id,
          text: 'Wilt u beslissen?',
          askedById: duo[0].id,
          askedOn,
          askedAt: `${askedOn}T09:00:00.000Z`,
          decision: decidedFor && 'De afdeling doet het.',
          decidedFor,
          answeredAt: decidedFor && '2026-05-06T09:00:00.000Z',
        });
      }
      await overdue({ number: 'BOS-34', title: 'Geheim', isConfidential: true, partyIds: [d.police] });
      await overdue({ number: 'ZWA-9', title: 'Elders', areaId: d.zwammerdam });
      await ring();
      const [first] = d.mailbox.to('gebiedsadviseur1@gemeente.example');
      const [second] = d.mailbox.to('gebiedsadviseur2@gemeente.example');
      const [third] = d.mailbox.to('vervanger@gemeente.example');
      expect(d.mailbox.messages).toHaveLength(4);
      expect(first.mail.text).toContain('BOS-32: Heel lang te laat');
      const said = /VOOR U ALS VERVANGER\s+U vervangt [^.]+ als voorzitter\./;
      expect([first, second, third].map(({ mail }) => said.test(mail.text!))).toEqual([false, false, true]);
      expect(third.mail.html).toMatch(/Voor u als vervanger.*U vervangt [^.]+ als voorzitter\./s);
      for (const { mail } of [first, second, third]) {
        const overview = mail.text!.slice(mail.text!.search(/VOOR U ALS (VOORZITTER|VERVANGER)/));
        expect(overview).toMatch(/- Politie: 4 acties, de langste 61 dagen/);
        // Below each organisation a link per action, the longest overdue first.
        const ofPolice = overview.split('- Politie: ')[1].split('\n- ')[0];
        const each = [...ofPolice.matchAll(/^ {2}BOS-\d+: .*, (\d+) dagen\): \S+\/acties\/[\w-]{36}$/gm)];
        expect(each.map(([, days]) => Number(days))[0]).toBe(61);
        expect(each).toHaveLength(4);
        expect(overview).toMatch(/- Tom in de buurt: 1 actie/);
        const links = overview.match(/^- BOS-.*: https:\/\/wijkagenda\.example\/acties\/[\w-]{36}$/gm);
        expect(links).toHaveLength(overview.match(/^- BOS-/gm)!.length);
        expect(mail.html).toMatch(/<a href="https:\/\/wijkagenda\.example\/acties\/[\w-]{36}"[^>]*>BOS-30<\/a>/);
        expect(overview).toContain(`: ${d.t.settings.PUBLIC_URL}/gebieden\n`);
        expect(overview).toMatch(
          /Aan de bel trekken\? \(2\)\s+- BOS-38[^\n]*\n- BOS-32[^\n]*\n\s+Aan de bel getrokken, maar na 14 dagen geen antwoord \(1\)\s+- BOS-35/,
        );
        expect(overview).toMatch(/zonder actiehouder \(1\)\s+- BOS-30: Niet voor ons/);
        expect(overview).toMatch(/Geen contactadres \(1\)\s+- BOS-31/);
        expect(overview).toMatch(/Stokt \(2\)\s+- BOS-33/);
        expect(overview).not.toMatch(/Geheim|BOS-34|ZWA-9/);
      }
      expect(second.mail.subject).toBe('Overzicht van uw gebieden - Gemeente Alphen aan den Rijn');
      expect(second.mail.text).toContain('Er is geen actie te laat waarvoor u zelf actiehouder of contactpersoon bent');
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { holdMail } from '../../src/platform/mail/mail-hold.js';
import { DigestAnswers } from '../../src/digests/contents/digest-answers.service.js';
import { execute } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { Outbox } from '../../src/platform/mail/outbox.service.js';
import { QuestionMail } from '../../src/questions/question-mail.service.js';
import { QuestionScheduler } from '../../src/questions/questions.scheduler.js';
import { onBothDatabases } from '../support/app.js';
import { agendaItem } from '../support/minutes.js';
import { ADDRESS, setUpQuestions } from './questions.setup.js';

onBothDatabases((kind) => {
  const q = setUpQuestions(kind);
  const { get, post, at, asked, settle, read, update, told, lastMail } = q;

  describe('a question', () => {
    it('is asked by a member of an organisation once the chair began, with the next session as its term', async () => {
      const elsewhere = (await q.t.make.area({ name: 'Reeuwijk', code: 'REE' })).id;
      await q.t.make.contact(q.board, q.village.people.board.id, elsewhere);
      const early = await post({ areaId: elsewhere, title: 'Kan dit?' }, 'board').expect(409);
      expect(early.body.code).toBe('QUESTIONS_NOT_STARTED');
      await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-23' });
      const session = await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-09' });
      const question = await asked({ requestedById: undefined }, 'board');
      expect(question).toMatchObject({
        ...{ requestedByName: 'Dorpsraad Boskoop', askedOn: '2026-07-02', dueOn: '2026-07-09', outcome: null },
        dueSessionId: session.id,
      });
      expect((await asked({ term: 'six_weeks' })).dueOn).toBe('2026-08-13');
      await q.t.api
        .patch(`/v1/sessions/${session.id}`)
        .set('Authorization', q.village.tokens.gemeente)
        .set('If-Match', '"1"')
        .send({ heldOn: '2026-07-16' })
        .expect(200);
      expect((await read(question.id)).dueOn).toBe('2026-07-16');
      const foreign = { areaId: q.village.area.id, title: 'Namens een ander', requestedById: q.board };
      expect((await post(foreign, 'politie').expect(400)).body.errors[0].field).toBe('requestedById');
      expect((await read(question.id, 'politie')).title).toBe('Kan het licht aan?');
      expect((await get('questions?own=true&state=open', 'politie').expect(200)).body.total).toBe(0);
      await at('patch', question.id, 1, { title: 'Anders' }, 'board').expect(403);
    });

    it.each([
      [{ outcome: 'answered' }, 'answer', 'ANSWER_REQUIRED'],
      [{ outcome: 'declined' }, 'answer', 'REASON_REQUIRED'],
      [{ outcome: 'passed_on' }, 'passedTo', undefined],
      [{ outcome: 'action' }, 'actionId', undefined],
      [{ outcome: 'agenda_item' }, 'onAgendaOfId', undefined],
      [{ outcome: 'answered', answer: 'Ja.', passedTo: 'Waterschap' }, 'passedTo', undefined],
      [{ outcome: 'initiative', initiativeId: '00000000-0000-7000-8000-000000000000' }, 'initiativeId', undefined],
    ])('is not settled with %j', async (body, field, code) => {
      const { id } = await asked();
      const { errors } = (await settle(id, 1, body).expect(400)).body;
      expect(errors).toEqual([{ field, message: expect.any(String), ...(code && { code }) }]);
    });

    it('names its organisation in what comes of it, and keeps everything that happened', async () => {
      const { id } = await asked();
      const session = await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-10' });
      const item = (await settle(id, 1, { outcome: 'agenda_item', onAgendaOfId: session.id }).expect(200)).body;
      expect(item).toMatchObject({ outcome: 'agenda_item', heldOn: '2026-07-10', progress: 'accepted' });
      const agenda = (await get(`agenda-items/${item.agendaItemId}`).expect(200)).body;
      expect([agenda.title, agenda.proposedById]).toEqual(['Kan het licht aan?', q.board]);
      const { id: actionId } = await q.t.make.action({
        areaId: q.village.area.id,
        title: 'Lamp vervangen',
        ownerId: q.board,
      });
      const settled = (await settle(id, 2, { outcome: 'action', actionId }).expect(200)).body;
      expect(settled).toMatchObject({ outcome: 'action', agendaItemId: null, actionTitle: 'Lamp vervangen' });
      expect((await get(`actions/${actionId}`).expect(200)).body.requestedById).toBe(q.board);
      const { politie } = q.village.organisations;
      const others = { areaId: q.village.area.id, ownerId: q.board, requestedById: politie.id };
      const theirs = await q.t.make.action(others);
      const { id: second } = await asked();
      await settle(second, 1, { outcome: 'action', actionId: theirs.id }).expect(200);
      expect((await get(`actions/${theirs.id}`).expect(200)).body.requestedById).toBe(politie.id);
      await at('delete', `${id}/outcome`, 3).expect(200);
      expect((await at('delete', `${id}/outcome`, 4).expect(409)).body.code).toBe('NOT_SETTLED');
      const { items } = (await get(`questions/${id}/changes`).expect(200)).body;
      expect(items.map(({ verb, outcome }: Record<string, string>) => [verb, outcome])).toEqual([
        ...[
          ['reopened', 'action'],
          ['settled', 'action'],
          ['settled', 'agenda_item'],
          ['recorded', null],
        ],
      ]);
    });

    it('is on the public page once its chair and its asker agree, and nobody agrees for another', async () => {
      const { id } = await asked({ agrees: true });
      expect(await read(id)).toMatchObject({ chairAgrees: true, askerAgrees: false });
      await at('put', `${id}/consent`, 1, { agrees: true }, 'politie').expect(403);
      const agreed = await at('put', `${id}/consent`, 1, { agrees: true }, 'board').expect(200);
      expect(agreed.body).toMatchObject({ chairAgrees: true, askerAgrees: true });
      await at('put', `${id}/consent`, 2, { agrees: false }).expect(200);
      expect(await read(id)).toMatchObject({ chairAgrees: false, askerAgrees: true });
      const other = await at('patch', id, 3, { requestedById: q.village.organisations.politie.id }).expect(200);
      expect(other.body.askerAgrees).toBe(false);
    });
  });

  describe('what is confidential', () => {
    it('cannot come of a question, whether one knows it or not', async () => {
      const { id } = await asked();
      const secret = { areaId: q.village.area.id, ownerId: q.board, isConfidential: true, partyIds: [q.board] };
      const own = q.village.organisations.gemeente.id;
      const known = await q.t.make.action({ ...secret, partyIds: [q.board, own] });
      const unknown = await q.t.make.action(secret);
      const session = await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-01', state: 'open' });
      const item = await agendaItem(q.t, session.id, { title: 'Casus', number: 'V1' }, [own]);
      const answers = [];
      for (const actionId of [known.id, unknown.id, q.board])
        answers.push((await settle(id, 1, { outcome: 'action', actionId }).expect(400)).body.errors);
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toEqual(answers[2]);
      await settle(id, 1, { outcome: 'agenda_item', agendaItemId: item.id }).expect(400);
    });

    it('leaves an open question when it became so later, for everybody, in lists, history and mail too', async () => {
      const { id } = await asked({ title: 'Hangjongeren' });
      const action = await q.t.make.action({ areaId: q.village.area.id, ownerId: q.board, title: 'Geheimwoord' });
      await settle(id, 1, { outcome: 'action', actionId: action.id }).expect(200);
      await told();
      const make = `UPDATE "actions" SET "isConfidential" = TRUE, "status" = 'done' WHERE "id" = $1`;
      await q.t.app.get(Transactions).run((manager) => execute(manager, make, [action.id]));
      for (const who of ['gemeente', 'board', 'politie'] as const) {
        expect(await read(id, who)).toMatchObject({ outcome: null, settledOn: null, actionId: null, progress: null });
        const open = (await get('questions?state=open&q=Hangjongeren', who).expect(200)).body;
        expect(open.total).toBe(1);
        const { items } = (await get(`questions/${id}/changes`, who).expect(200)).body;
        expect(items.map(({ verb }: { verb: string }) => verb)).toEqual(['recorded']);
      }
      expect((await at('delete', `${id}/outcome`, 2).expect(409)).body.code).toBe('NOT_SETTLED');
      expect(await told()).toEqual([]);
      await settle(id, 2, { outcome: 'answered', answer: 'Wij pakken dit op.' }).expect(200);
    });
  });

  describe('the mails', () => {
    it('tell at each turn, once, with what comes after', async () => {
      await told();
      const { id } = await asked({ requestedById: undefined }, 'board');
      expect(await told()).toEqual(['Uw vraag is vastgelegd']);
      expect(lastMail()).toContain(`/vragen/${id}`);
      const { id: actionId } = await q.t.make.action({
        areaId: q.village.area.id,
        title: 'Lamp vervangen',
        ownerId: q.board,
      });
      await settle(id, 1, { outcome: 'action', actionId }).expect(200);
      expect(await told()).toEqual(['Van uw vraag is een actie gemaakt']);
      expect(lastMail()).toContain('Wat: Lamp vervangen');
      q.t.clock.set('2026-07-03T08:00:00Z');
      await update(actionId, { status: 'done', result: 'De lamp doet het.' });
      expect(await told()).toEqual(['De actie van uw vraag is klaar']);
      expect(lastMail()).toContain('De lamp doet het.');
      expect(await told()).toEqual([]);
      const restarted = new QuestionScheduler(
        q.t.app.get(Transactions),
        q.t.app.get(Outbox),
        q.t.app.get(QuestionMail),
      );
      await restarted.planTurns();
      expect(await told()).toEqual([]);
      const { id: second } = await asked({ requestedById: undefined }, 'board');
      const own = await q.t.make.action({ areaId: q.village.area.id, ownerId: q.board });
      await settle(second, 1, { outcome: 'action', actionId: own.id }).expect(200);
      await told();
      q.t.clock.set('2026-07-04T08:00:00Z');
      await update(own.id, { status: 'done', result: 'Gelukt.' }, 'board');
      expect(await told()).toEqual([]);
    });

    it('stand in the place of the lines in the weekly mail', async () => {
      const { id } = await asked();
      const fields = { areaId: q.village.area.id, ownerId: q.village.organisations.politie.id, requestedById: q.board };
      const ofQuestion = await q.t.make.action({ ...fields, title: 'Van de vraag' });
      const other = await q.t.make.action({ ...fields, title: 'Apart gevraagd' });
      await settle(id, 1, { outcome: 'action', actionId: ofQuestion.id }).expect(200);
      q.t.clock.set('2026-07-03T08:00:00Z');
      for (const action of [ofQuestion, other]) await update(action.id, { status: 'done' });
      const personId = q.village.people.board.id;
      const titles = async (isForMail: boolean) => {
        const updates = q.t.app.get(DigestAnswers);
        const found = await updates.of(q.t.database.reader, [personId], '2026-07-03', { isForMail });
        return found.get(personId)!.map(({ title }) => title);
      };
      expect(await titles(true)).toEqual(['Apart gevraagd']);
      expect(await titles(false)).toContain('Van de vraag');
    });

    it('say nothing of what was replaced before they went, or to residents, and wait while mail is held after a restore', async () => {
      await told();
      const { id } = await asked();
      await told();
      await settle(id, 1, { outcome: 'answered', answer: 'Fout.' }).expect(200);
      await settle(id, 2, { outcome: 'answered', answer: 'Goed.' }).expect(200);
      q.mailbox.behave(ADDRESS, 'try-later', 'try-later');
      await q.t.app.get(Delivery).deliverDue();
      q.t.clock.set('2026-07-02T12:00:00Z');
      expect(await told()).toEqual(['Er is een antwoord op uw vraag']);
      expect(lastMail()).toContain('Goed.');
      q.t.clock.set('2026-07-02T16:00:00Z');
      expect(await told()).toEqual([]);
      const { id: residents } = await asked({ requestedById: null });
      await settle(residents, 1, { outcome: 'answered', answer: 'Ja.' }).expect(200);
      expect(await told()).toEqual([]);
      await holdMail(q.t.database, q.t.clock.moment());
      await settle(id, 3, { outcome: 'declined', answer: 'Toch niet.' }).expect(200);
      expect(await told()).toEqual([]);
    });
  });
});

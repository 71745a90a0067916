import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SessionMoments } from '../../src/sessions/session-moments.service.js';
import { Session } from '../../src/meetings/session.entity.js';
import { SERVICE } from '../../src/platform/access/caller.js';
import { onBothDatabases } from '../support/app.js';
import { setUpUpdates } from './action-updates.setup.js';
import { fieldsOf } from '../support/world.js';

onBothDatabases((kind) => {
  const u = setUpUpdates(kind);
  const { enter, history, make } = u;
  const now = async (id = u.action.id) => (await u.n.get(`/v1/actions/${id}`).expect(200)).body;

  describe('a status', () => {
    it('answers the update with the action after it', async () => {
      const { body, headers } = await enter(
        { status: 'done', result: 'Opgeruimd', resultSize: 'large', comment: 'mooi' },
        u.n.as.police,
      ).expect(201);
      expect(body).toMatchObject({
        actionId: u.action.id,
        sequence: 2,
        kind: 'status',
        effectiveOn: '2026-06-02',
        recordedByName: 'wijkagent Boskoop',
        comment: 'mooi',
        status: 'done',
        version: 2,
        action: {
          status: 'done',
          doneOn: '2026-06-02',
          closedOn: '2026-06-02',
          realisation: 'full',
          result: 'Opgeruimd',
          resultSize: 'large',
          isOverdue: false,
          version: 2,
        },
      });
      expect(headers.etag).toBe('"2"');
      expect(await now()).toMatchObject({ status: 'done', version: 2 });
    });

    it.each<[string, object, string[]]>([
      ['blocked without reason', { status: 'blocked' }, ['reason']],
      ['on hold without reason and date', { status: 'on_hold' }, ['reason', 'resumeOn']],
      ['a later deadline without reason', { dueOn: '2026-07-01' }, ['reason']],
      ['a person that is no id', { ownerPersonId: 1 }, ['ownerPersonId']],
      ['everything at once', { status: 'on_hold', dueKind: 'asap', result: 'x' }, ['reason', 'result', 'resumeOn']],
      ['the size of a result that is not told', { status: 'done', resultSize: 'large' }, ['resultSize']],
      ['nothing', {}, ['comment']],
      ['only a reason', { reason: 'zomaar' }, ['comment']],
      ['a day in the future', { status: 'done', effectiveOn: '2026-06-03' }, ['effectiveOn']],
      ['a day before it was agreed', { status: 'done', effectiveOn: '2026-05-04' }, ['effectiveOn']],
      ['an unknown status and field', { status: 'klaar', colour: 1 }, ['colour', 'status']],
      ['an unknown owner', { ownerId: newId() }, ['ownerId']],
      ['a date with "volgend overleg"', { dueKind: 'next_session', dueOn: '2026-06-01', reason: 'x' }, ['dueOn']],
      ['a later date before the deadline', { laterDueOn: '2026-05-31', reason: 'x' }, ['laterDueOn']],
      ['a later date that is the deadline', { laterDueOn: '2026-06-01', reason: 'x' }, ['laterDueOn']],
      ['a later date without reason', { laterDueOn: '2026-07-01' }, ['reason']],
      ['a later date beside another', { laterDueOn: '2026-07-01', dueOn: '2026-07-02', reason: 'x' }, ['laterDueOn']],
      ['a later date of what is done', { status: 'done', laterDueOn: '2026-07-01', reason: 'x' }, ['laterDueOn']],
      ['an unknown session', { status: 'done', sessionId: newId() }, ['sessionId']],
    ])('refuses %s and changes nothing', async (_, body, expected) => {
      expect(fieldsOf((await enter(body).expect(400)).body)).toEqual(expected);
      expect(await now()).toMatchObject({ status: 'open', version: 1, dueOn: '2026-06-01' });
      expect(await history()).toHaveLength(1);
    });

    it('is reopened with a reason', async () => {
      await enter({ status: 'done' }).expect(201);
      await enter({ status: 'open' }).expect(400);
      const { body } = await enter({ status: 'open', reason: 'het is terug' }).expect(201);
      expect(body).toMatchObject({
        kind: 'reopening',
        reason: 'het is terug',
        action: { status: 'open', doneOn: null, closedOn: null, isOverdue: true },
      });
    });

    it('on hold ends by itself and its deadline counts again', async () => {
      const { body } = await enter({ status: 'on_hold', reason: 'wacht op subsidie', resumeOn: '2026-06-09' }).expect(
        201,
      );
      expect(body.action).toMatchObject({ status: 'on_hold', isOverdue: false, postponements: 1 });
      u.n.clock.set('2026-06-09T10:00:00Z');
      expect(await now()).toMatchObject({ status: 'open', statusReason: null, isOverdue: true, daysOverdue: 8 });
      const { body: after } = await enter({ comment: 'gebeld' }).expect(201);
      expect(after).toMatchObject({ kind: 'comment', status: 'open', statusReason: null });
      expect((await history()).map(({ status }: { status: string }) => status)).toEqual(['open', 'on_hold', 'open']);
    });

    it('loses nothing when many answer at once', async () => {
      await Promise.all(Array.from({ length: 15 }, (_, index) => enter({ comment: `stand ${index}` }).expect(201)));
      expect((await history()).map(({ sequence }: { sequence: number }) => sequence)).toEqual(
        Array.from({ length: 16 }, (_, index) => index + 1),
      );
      expect(await now()).toMatchObject({ version: 16 });
    });

    it('answers a repeated Idempotency-Key once', async () => {
      const send = () => enter({ comment: 'gebeld' }).set('Idempotency-Key', `u-${u.action.id}`).expect(201);
      expect((await send()).body).toEqual((await send()).body);
      expect(await history()).toHaveLength(2);
    });
  });

  describe('a deadline', () => {
    it('asked for later is a postponement, and is refused by its code when it is no later', async () => {
      const { body } = await enter({ laterDueOn: '2026-06-20', reason: 'vakantie' }).expect(201);
      expect(body).toMatchObject({
        kind: 'deadline',
        action: { dueKind: 'date', dueOn: '2026-06-20', postponements: 1 },
      });
      const refused = await enter({ laterDueOn: '2026-06-10', reason: 'toch eerder' }).expect(400);
      expect(refused.body.errors).toMatchObject([{ field: 'laterDueOn', code: 'NOT_LATER' }]);
    });

    it('moved later counts as postponed and keeps the first; moved earlier does not count', async () => {
      expect((await enter({ dueOn: '2026-06-20', reason: 'vakantie' }).expect(201)).body.action).toMatchObject({
        dueOn: '2026-06-20',
        originalDueOn: '2026-06-01',
        postponements: 1,
        isOverdue: false,
      });
      expect((await enter({ dueOn: '2026-06-10' }).expect(201)).body.action).toMatchObject({
        dueOn: '2026-06-10',
        postponements: 1,
      });
    });

    it('dropped counts as postponed and gets a check date; the check moves on when someone says how it stands', async () => {
      const { body } = await enter({ dueKind: 'ongoing', reason: 'blijft nodig' }).expect(201);
      expect(body.action).toMatchObject({ dueKind: 'ongoing', dueOn: null, postponements: 1, checkOn: '2026-06-30' });
      u.n.clock.set('2026-07-01T10:00:00Z');
      expect(await now()).toMatchObject({ isToBeChecked: true });
      expect((await enter({ comment: 'loopt nog' }).expect(201)).body.action).toMatchObject({
        checkOn: '2026-07-29',
        isToBeChecked: false,
      });
    });

    it('that is the next session follows as sessions are planned, moved and cancelled, and never counts as postponed', async () => {
      const meeting = await u.n.make.meeting(u.n.boskoop.id);
      const one = await make({ meetingId: meeting.id, dueOn: null });
      const told = async (moment: 'planned' | 'moved' | 'cancelled', session: Session, fields: Partial<Session>) => {
        await u.n.app.get(Transactions).run(async (manager) => {
          await manager.update(Session, session.id, { ...fields, version: session.version + 1 });
          await u.n.app.get(SessionMoments)[moment](manager, { ...session, ...fields }, SERVICE);
        });
        return now(one.id);
      };
      expect((await enter({ dueKind: 'next_session' }, u.n.as.chair, one.id).expect(201)).body.action).toMatchObject({
        dueKind: 'next_session',
        dueOn: null,
      });
      const july = await u.n.make.session(meeting.id, { heldOn: '2026-07-07' });
      expect(await told('planned', july, {})).toMatchObject({
        dueOn: '2026-07-07',
        originalDueOn: '2026-07-07',
        postponements: 0,
      });
      expect(await told('moved', july, { heldOn: '2026-07-21' })).toMatchObject({
        dueOn: '2026-07-21',
        originalDueOn: '2026-07-07',
        postponements: 0,
      });
      expect(await told('cancelled', july, { state: 'cancelled' })).toMatchObject({ dueOn: null, postponements: 0 });
      const september = await u.n.make.session(meeting.id, { heldOn: '2026-09-01' });
      expect(await told('planned', september, {})).toMatchObject({ dueOn: '2026-09-01', version: 6 });
      expect((await history(one.id)).map(({ kind: what }: { kind: string }) => what)).toEqual([
        'recorded',
        'deadline',
        'deadline',
        'deadline',
        'deadline',
        'deadline',
      ]);
      expect(await told('moved', september, { state: 'open' })).toMatchObject({ dueOn: '2026-09-01' });
    });
  });

  describe('an owner', () => {
    it('is handed over by the chair, and the history has both', async () => {
      const { body } = await enter({
        ownerId: u.n.organisations.habeko.id,
        ownerPersonId: u.n.people.consulent.id,
      }).expect(201);
      expect(body).toMatchObject({
        kind: 'owner',
        action: { ownerName: 'Habeko Wonen', ownerPersonName: 'woonconsulent' },
      });
      expect(await history()).toMatchObject([
        { ownerName: 'Politie' },
        { ownerName: 'Habeko Wonen', effectiveOn: '2026-06-02' },
      ]);
      expect((await u.n.get(`/v1/actions/${u.action.id}`, u.n.as.habeko)).status).toBe(200);
      await enter({ comment: 'x' }, u.n.as.police).expect(403);
    });

    it('hands back with a reason, and the chair names a new one', async () => {
      expect(fieldsOf((await enter({ handBack: true }, u.n.as.police).expect(400)).body)).toEqual(['reason']);
      const { body } = await enter({ handBack: true, reason: 'niet voor ons' }, u.n.as.police).expect(201);
      expect(body).toMatchObject({
        kind: 'handing_back',
        reason: 'niet voor ons',
        action: { ownerId: null, isHandedBack: true, dueOn: '2026-06-01', number: u.action.number },
      });
      expect((await enter({ handBack: true, reason: 'x' }).expect(409)).body.code).toBe('NO_OWNER');
      expect((await u.n.get('/v1/actions?handedBack=true')).body.items.map(({ id }: { id: string }) => id)).toContain(
        u.action.id,
      );
      const named = await enter({ ownerId: u.n.organisations.boa.id }).expect(201);
      expect(named.body.action).toMatchObject({ ownerName: "BOA's", isHandedBack: false });
    });

    it('hands back only what continues, with the deadline that it has', async () => {
      const { id } = await make({});
      const back = { handBack: true, reason: 'niet voor ons' };
      const both = [
        { ...back, status: 'done' },
        { ...back, status: 'cancelled' },
        { ...back, dueOn: '2026-09-01' },
      ];
      for (const one of both)
        expect(fieldsOf((await enter(one, u.n.as.police, id).expect(400)).body)).toEqual(['handBack']);
      await enter({ status: 'done' }, u.n.as.police, id).expect(201);
      expect(fieldsOf((await enter(back, u.n.as.police, id).expect(400)).body)).toEqual(['handBack']);
    });

    it('is the only one who hands back, or the chair on its behalf', async () => {
      const joint = await make({ coOwnerIds: [u.n.organisations.boa.id] });
      await enter({ handBack: true, reason: 'x' }, u.n.as.boa, joint.id).expect(403);
      await enter({ handBack: true, reason: 'x' }, u.n.as.chair, joint.id).expect(403);
      const { body } = await enter(
        { handBack: true, reason: 'x', onBehalfOfId: u.n.organisations.politie.id },
        u.n.as.chair,
        joint.id,
      ).expect(201);
      expect(body).toMatchObject({ onBehalfOfName: 'Politie', recordedByName: 'gebiedsadviseur Boskoop' });
    });
  });

  describe('who may', () => {
    it('answer: owner and co-owner, also from outside the meeting; not the rest of the table', async () => {
      const joint = await make({ ownerId: u.n.organisations.habeko.id, coOwnerIds: [u.n.organisations.boa.id] });
      await enter({ status: 'in_progress' }, u.n.as.habeko, joint.id).expect(201);
      await enter({ dueOn: '2026-07-01', reason: 'wacht op sleutel' }, u.n.as.boa, joint.id).expect(201);
      await enter({ comment: 'x' }, u.n.as.police, joint.id).expect(403);
      await enter({ comment: 'x' }, u.n.as.admin, joint.id).expect(403);
      await enter({ comment: 'x' }, u.n.as.boa).expect(404);
      await enter({ comment: 'x' }, u.n.as.chair, newId()).expect(404);
    });

    it('not: partners hand over, speak for others or enter something in a session', async () => {
      const session = await u.n.make.session(u.n.meeting.id, { state: 'open', heldOn: '2026-06-01' });
      for (const body of [
        { ownerId: u.n.organisations.boa.id },
        { comment: 'x', onBehalfOfId: u.n.organisations.boa.id },
        { comment: 'x', sessionId: session.id },
      ]) {
        await enter(body, u.n.as.police).expect(403);
      }
      await enter({ ownerPersonId: u.n.people.wijkagent.id }, u.n.as.police).expect(201);
    });
  });

  describe('in a session', () => {
    it('happens on the day of the session, with the note of the discussion as reason', async () => {
      const session = await u.n.make.session(u.n.meeting.id, { state: 'open', heldOn: '2026-05-20' });
      await u.n.make.discussion({ sessionId: session.id, actionId: u.action.id, note: 'Besproken: later' });
      const { body } = await enter({ dueOn: '2026-07-01', sessionId: session.id }).expect(201);
      expect(body).toMatchObject({
        effectiveOn: '2026-05-20',
        sessionId: session.id,
        reason: 'Besproken: later',
        action: { postponements: 1 },
      });
    });

    it('is refused when it is closed or of another meeting', async () => {
      const closed = await u.n.make.session(u.n.meeting.id, { state: 'closed' });
      expect((await enter({ comment: 'x', sessionId: closed.id }).expect(409)).body.code).toBe('SESSION_NOT_OPEN');
      const other = await u.n.make.session((await u.n.make.meeting(u.n.boskoop.id)).id, { state: 'open' });
      expect(fieldsOf((await enter({ comment: 'x', sessionId: other.id }).expect(400)).body)).toEqual(['sessionId']);
    });
  });
});

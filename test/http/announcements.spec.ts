import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

const AGENT = 'wijkagent@politie.example';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let chair: string;
  let boskoop: string;
  let police: string;
  let agent: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, {
      now: '2026-06-02T08:00:00.000Z',
      environment: { SMTP_URL: mailbox.url, MUNICIPALITY: 'Gemeente Alphen' },
    });
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
    police = (await t.make.organisation({ name: 'Politie', kind: 'police' })).id;
    agent = (await t.make.person({ name: 'wijkagent Boskoop', email: AGENT, organisationId: police })).id;
    await t.make.contact(police, agent);
    const gemeente = await t.make.organisation({ name: 'Gemeente' });
    chair = await t.make.signedIn('chair', boskoop, { organisationId: gemeente.id });
  });
  beforeEach(async () => {
    await t.app.get(Transactions).run(async (manager) => {
      await manager.query('DELETE FROM "outgoing_messages"');
      await manager.query('UPDATE "actions" SET "isWithdrawn" = true');
    });
    mailbox.clear();
  });

  const record = async (title: string, body: object = {}) =>
    (
      await t.api
        .post('/v1/actions')
        .set('Authorization', chair)
        .send({ title, areaId: boskoop, ownerId: police, dueOn: '2026-06-16', ...body })
        .expect(201)
    ).body;
  const deliverAt = async (instant: string) => {
    t.clock.set(instant);
    return t.app.get(Delivery).deliverDue();
  };

  it('tells the owner the same day, in one mail with all of that day', async () => {
    const first = await record('Extra lantaarn');
    expect(await deliverAt('2026-06-02T14:59:00.000Z')).toEqual({});
    const second = await record('Schouw plannen', { dueKind: 'asap', dueOn: undefined });
    expect(await deliverAt('2026-06-02T15:00:01.000Z')).toEqual({ sent: 1 });
    const [{ mail }] = mailbox.to(AGENT);
    expect(mail.subject).toBe('Gemeente Alphen: 2 nieuwe acties voor u');
    for (const words of [first.number, 'Extra lantaarn', second.number, 'dinsdag 16 juni 2026', 'z.s.m.']) {
      expect(mail.text).toContain(words);
      expect(mail.html).toContain(words);
    }
    expect(await deliverAt('2026-06-02T20:00:00.000Z')).toEqual({});
  });

  it('never sends two on one day: what comes after it stands in that of the next day', async () => {
    await record('Ochtend');
    await deliverAt('2026-06-02T15:30:00.000Z');
    await record('Avond');
    expect(await deliverAt('2026-06-02T21:30:00.000Z')).toEqual({});
    await deliverAt('2026-06-03T15:00:01.000Z');
    const mails = mailbox.to(AGENT).map(({ mail }) => mail.text!);
    expect(mails).toHaveLength(2);
    expect(mails[1]).toContain('Avond');
    expect(mails[1]).not.toContain('Ochtend');
  });

  it('goes at once when the first action of the day is made after five', async () => {
    t.clock.set('2026-06-02T17:00:00.000Z');
    await record('Laat');
    expect(await deliverAt('2026-06-02T17:00:01.000Z')).toEqual({ sent: 1 });
  });

  it('tells who does it together with the owner, of a new action and of one that is shared later', async () => {
    const welfare = (await t.make.organisation({ name: 'Tom in de buurt', kind: 'welfare' })).id;
    const coach = 'wijkcoach@tom.example';
    await t.make.contact(welfare, (await t.make.person({ email: coach, organisationId: welfare })).id);
    await record('Samen lopen', { coOwnerIds: [welfare] });
    const { id, version } = await record('Eerst alleen');
    await deliverAt('2026-06-02T15:00:01.000Z');
    expect(mailbox.to(coach).map(({ mail }) => mail.text)).toEqual([expect.stringContaining('Samen lopen')]);
    expect(mailbox.to(coach)[0].mail.text).not.toContain('Eerst alleen');
    expect(mailbox.to(AGENT)).toHaveLength(1);
    mailbox.clear();
    t.clock.set('2026-06-03T08:00:00.000Z');
    await t.api
      .patch(`/v1/actions/${id}`)
      .set('Authorization', chair)
      .set('If-Match', `"${version}"`)
      .send({ coOwnerIds: [welfare] })
      .expect(200);
    await deliverAt('2026-06-03T15:00:01.000Z');
    expect(mailbox.messages.map(({ to }) => to)).toEqual([coach]);
    expect(mailbox.to(coach)[0].mail.text).toContain('Eerst alleen');
  });

  it('says nothing of what was handed over, finished or withdrawn before it went', async () => {
    const { id } = await record('Vergissing');
    await t.api
      .post(`/v1/actions/${id}/updates`)
      .set('Authorization', chair)
      .send({ status: 'cancelled', reason: 'x' })
      .expect(201);
    expect(await deliverAt('2026-06-02T15:00:01.000Z')).toEqual({ not_needed: 1 });
    expect(mailbox.messages).toEqual([]);
  });

  it('does not announce an action made in a session, one without a contact, or one to its own writer', async () => {
    const meeting = await t.make.meeting(boskoop);
    const session = await t.make.session(meeting.id, { state: 'open' });
    await t.api
      .post(`/v1/sessions/${session.id}/actions`)
      .set('Authorization', chair)
      .send({ title: 'In de vergadering', ownerId: police, dueOn: '2026-06-16' })
      .expect(201);
    await record('Niemand', { ownerId: (await t.make.organisation()).id });
    await t.make.grant(agent, 'chair', boskoop);
    await t.api
      .post('/v1/actions')
      .set('Authorization', await t.make.token(agent))
      .send({ title: 'Zelf', areaId: boskoop, ownerId: police, dueOn: '2026-06-16' })
      .expect(201);
    expect(await rows(t.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toEqual([]);
  });

  it('gives a confidential action by number only, and nothing when recording was refused', async () => {
    const own = (await t.make.organisation({ name: 'Zorg' })).id;
    const person = await t.make.person({ organisationId: own });
    await t.make.grant(person.id, 'chair', boskoop);
    const writer = await t.make.token(person.id);
    const secret = {
      title: 'Geheim gezin',
      areaId: boskoop,
      ownerId: police,
      dueOn: '2026-06-16',
      isConfidential: true,
    };
    await t.api
      .post('/v1/actions')
      .set('Authorization', writer)
      .send({ ...secret, partyIds: [police] })
      .expect(400);
    expect(await rows(t.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toEqual([]);
    await t.api
      .post('/v1/actions')
      .set('Authorization', writer)
      .send({ ...secret, partyIds: [police, own] })
      .expect(201);
    await deliverAt('2026-06-02T15:00:01.000Z');
    const [{ raw, mail }] = mailbox.to(AGENT);
    expect(mail.text).toContain('Vertrouwelijke actie');
    expect(raw).not.toContain('Geheim');
  });
});

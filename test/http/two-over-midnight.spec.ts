import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { describeOnPostgres, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';
import { callsOf, layVillage, CAST } from '../support/world.js';

/** Sunday 7 June 2026, and Monday. */
const [BEFORE, AFTER] = ['2026-06-07T21:59:50.000Z', '2026-06-07T22:00:10.000Z'];
const [MONDAY_MORNING, LAST_DAY, DAY_AFTER] = ['2026-06-08T06:00:00.000Z', '2026-06-07', '2026-06-08'];

describeOnPostgres('two processes on one PostgreSQL over midnight', () => {
  let mailbox: Mailbox;
  let one: TestApp;
  let other: TestApp;
  let v: Awaited<ReturnType<typeof layVillage>>;
  beforeEach(async () => {
    mailbox = await Mailbox.start();
    const environment = { SMTP_URL: mailbox.url };
    one = await startApp('postgresql', { now: BEFORE, environment, isOwn: true });
    const { DATABASE_URL } = one.settings;
    other = await startApp('sqlite', { now: BEFORE, environment: { ...environment, DATABASE_URL: DATABASE_URL! } });
    const { gemeente, politie } = CAST;
    v = await layVillage(one, {
      gemeente: { ...gemeente, invited: 'chair' },
      politie: { ...politie, contact: 'here' },
    });
  });
  afterEach(() => mailbox.stop());
  const both = () => [one, other];
  /** The clocks of two machines are never equal: the one passes midnight first. */
  const pass = (t: TestApp) => t.clock.set(AFTER);

  const late = (dueOn = LAST_DAY) =>
    one.make.action({
      ...{ areaId: v.area.id, meetingId: v.meeting.id, ownerId: v.organisations.politie.id },
      ...{ recordedOn: '2026-06-01', dueOn },
    });
  const statusOf = async (t: TestApp, token: string, path: string) =>
    (await t.api.get(path).set('Authorization', token)).status;
  const overdueIn = async (t: TestApp) =>
    (await callsOf(t)(v.tokens.gemeente, 'get', '/v1/actions?overdue=true').expect(200)).body.total as number;
  const lateOnPage = async (t: TestApp) =>
    /id="te-laat-per-organisatie">[^<]*<span class="count">\((\d+)\)/.exec(
      await (await Visitor.of(t, v.people.gemeente.id)).see('/'),
    )?.[1] ?? '0';

  it('ends and begins a right at midnight in each, by its own clock', async () => {
    const path = `/v1/meetings/${v.meeting.id}`;
    const chair = async (fields: { fromOn?: string; untilOn?: string }) => {
      const person = await one.make.person();
      await one.make.grant(person.id, 'chair', v.area.id, fields);
      return one.make.token(person.id);
    };
    const [ending, beginning] = [await chair({ untilOn: LAST_DAY }), await chair({ fromOn: DAY_AFTER })];
    const rights = async (t: TestApp) => [await statusOf(t, ending, path), await statusOf(t, beginning, path)];
    for (const t of both()) expect(await rights(t)).toEqual([200, 403]);
    pass(one);
    expect([await rights(one), await rights(other)]).toEqual([
      [403, 200],
      [200, 403],
    ]);
    pass(other);
    for (const t of both()) expect(await rights(t)).toEqual([403, 200]);
  });

  it('calls an action late in each, in the list and in the counts that are kept', async () => {
    await late();
    await late('2026-06-08');
    const shown = async (t: TestApp) => [await overdueIn(t), Number(await lateOnPage(t))];
    for (const t of both()) expect([await shown(t), await shown(t)]).toEqual(Array(2).fill([0, 0]));
    pass(one);
    expect([await shown(one), await shown(other), await shown(one)]).toEqual([
      [1, 1],
      [0, 0],
      [1, 1],
    ]);
    pass(other);
    for (const t of both()) expect(await shown(t)).toEqual([1, 1]);
  });

  it('shows a change of the one in the other, on whichever side of midnight that is', async () => {
    const { id } = await late();
    pass(one);
    const finish = callsOf(one)(v.tokens.politie, 'post', `/v1/actions/${id}/updates`, { status: 'done' });
    expect((await finish.expect(201)).body.effectiveOn).toBe(DAY_AFTER);
    expect([await overdueIn(one), await lateOnPage(one), await lateOnPage(other)]).toEqual([0, '0', '0']);
    const { body } = await callsOf(other)(v.tokens.gemeente, 'get', `/v1/actions/${id}`).expect(200);
    expect(body).toMatchObject({ status: 'done', doneOn: DAY_AFTER });
    // To the other it is still the day before, but what is said there comes after it all the same.
    const reopen = { status: 'in_progress', reason: 'Toch niet af.' };
    const reopened = await callsOf(other)(v.tokens.politie, 'post', `/v1/actions/${id}/updates`, reopen).expect(201);
    expect(reopened.body.action).toMatchObject({ status: 'in_progress', doneOn: null });
    const given = { ...reopen, status: 'done', effectiveOn: DAY_AFTER };
    await callsOf(other)(v.tokens.politie, 'post', `/v1/actions/${id}/updates`, given).expect(400);
    pass(other);
    for (const t of both())
      expect((await callsOf(t)(v.tokens.gemeente, 'get', `/v1/actions/${id}`)).body.status).toBe('in_progress');
  });

  it('keeps what was said last, on whichever side of midnight, also of an action that the one recorded and named anew', async () => {
    pass(one);
    const fields = {
      title: 'Lampen ophangen',
      areaId: v.area.id,
      ownerId: v.organisations.politie.id,
      dueKind: 'asap',
    };
    const { body: made } = await callsOf(one)(v.tokens.gemeente, 'post', '/v1/actions', fields).expect(201);
    const path = `/v1/actions/${made.id}`;
    const name = async (t: TestApp, title: string) => {
      const { version } = (await callsOf(t)(v.tokens.gemeente, 'get', path).expect(200)).body;
      return (await callsOf(t)(v.tokens.gemeente, 'patch', path, { title }, version).expect(200)).body.title as string;
    };
    expect([await name(one, 'Lampen halen'), await name(other, 'Lampen kopen')]).toEqual([
      'Lampen halen',
      'Lampen kopen',
    ]);
    const answered = await callsOf(other)(v.tokens.politie, 'post', `${path}/updates`, { status: 'in_progress' });
    expect([answered.status, answered.body.action?.status]).toEqual([201, 'in_progress']);
  });

  it('keeps the day of a session that was opened in the one and is recorded in through the other', async () => {
    const session = await one.make.session(v.meeting.id, { heldOn: LAST_DAY });
    await callsOf(one)(v.tokens.gemeente, 'put', `/v1/sessions/${session.id}/opening`, {}, 1).expect(200);
    pass(other);
    const action = {
      title: 'Lampen ophangen',
      ownerId: v.organisations.politie.id,
      dueKind: 'date',
      dueOn: '2026-06-20',
    };
    const path = `/v1/sessions/${session.id}/actions`;
    const { body } = await callsOf(other)(v.tokens.gemeente, 'post', path, action).expect(201);
    expect(body.recordedOn).toBe(LAST_DAY);
    const { version } = (await callsOf(one)(v.tokens.gemeente, 'get', `/v1/sessions/${session.id}`)).body;
    await callsOf(one)(v.tokens.gemeente, 'put', `/v1/sessions/${session.id}/closing`, {}, version).expect(200);
    const read = callsOf(other)(v.tokens.gemeente, 'get', `/v1/sessions/${session.id}/minutes`);
    expect((await read.expect(200)).body).toMatchObject({ heldOn: LAST_DAY, actions: [{ number: body.number }] });
  });

  it('mails the digest of Monday once, with the numbers that both show', async () => {
    await late();
    const admin = await one.make.signedIn('admin');
    const ring = (t: TestApp) => callsOf(t)(admin, 'post', '/v1/digests').expect(({ status }) => status < 300);
    const deliver = async () => {
      await Promise.all(both().map(ring));
      await Promise.all(both().map((t) => t.app.get(Delivery).deliverDue()));
    };
    await deliver();
    pass(one);
    await deliver();
    expect(mailbox.messages).toEqual([]);
    one.clock.set(MONDAY_MORNING);
    await deliver();
    other.clock.set(MONDAY_MORNING);
    await deliver();
    const to = mailbox.messages.map((message) => message.to).sort();
    expect(to).toEqual([v.people.gemeente.email, v.people.politie.email].sort());
    expect(mailbox.to(v.people.politie.email!)[0].mail.subject).toMatch(/\b1\b/);
    expect([await lateOnPage(one), await lateOnPage(other)]).toEqual(['1', '1']);
  });
});

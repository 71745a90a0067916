import { expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases } from '../support/app.js';
import { callsOf } from '../support/world.js';
import { AGENT, COACH, FIVE, setUpAnnouncements } from './announcements.setup.js';

onBothDatabases((kind) => {
  const a = setUpAnnouncements(kind);
  const { send, record, deliverAt } = a;

  it('tells the owner the same day, in one mail with all of that day', async () => {
    const first = await record('Extra lantaarn');
    expect(await deliverAt('2026-06-02T14:59:00.000Z')).toEqual({});
    const second = await record('Schouw plannen', { dueKind: 'asap', dueOn: undefined });
    expect(await deliverAt('2026-06-02T15:00:01.000Z')).toEqual({ sent: 1 });
    const [{ mail }] = a.mailbox.to(AGENT);
    expect(mail.subject).toBe('2 nieuwe acties voor u - Gemeente Alphen');
    for (const words of [first.number, 'Extra lantaarn', second.number, 'dinsdag 16 juni 2026', 'z.s.m.']) {
      expect(mail.text).toContain(words);
      expect(mail.html).toContain(words);
    }
    expect(await deliverAt('2026-06-02T20:00:00.000Z')).toEqual({});
  });

  it('never sends two on one day: anything later goes into the next day’s', async () => {
    await record('Ochtend');
    await deliverAt('2026-06-02T15:30:00.000Z');
    await record('Avond');
    expect(await deliverAt('2026-06-02T21:30:00.000Z')).toEqual({});
    await deliverAt('2026-06-03T15:00:01.000Z');
    const mails = a.mailbox.to(AGENT).map(({ mail }) => mail.text!);
    expect(mails).toHaveLength(2);
    expect(mails[1]).toContain('Avond');
    expect(mails[1]).not.toContain('Ochtend');
  });

  it('goes at once when the first action of the day is made after five', async () => {
    a.t.clock.set('2026-06-02T17:00:00.000Z');
    await record('Laat');
    expect(await deliverAt('2026-06-02T17:00:01.000Z')).toEqual({ sent: 1 });
  });

  it('tells who does it together with the owner, of a new action and of one that is shared later', async () => {
    await record('Samen lopen', { coOwnerIds: [a.welfare] });
    const { id, version } = await record('Eerst alleen');
    await deliverAt(FIVE);
    expect(a.mailbox.to(COACH).map(({ mail }) => mail.text)).toEqual([expect.stringContaining('Samen lopen')]);
    expect(a.mailbox.to(COACH)[0].mail.text).not.toContain('Eerst alleen');
    expect(a.mailbox.to(AGENT)).toHaveLength(1);
    a.mailbox.clear();
    a.t.clock.set('2026-06-03T08:00:00.000Z');
    await callsOf(a.t)(a.chair, 'patch', `/v1/actions/${id}`, { coOwnerIds: [a.welfare] }, version).expect(200);
    await deliverAt('2026-06-03T15:00:01.000Z');
    expect(a.mailbox.messages.map(({ to }) => to)).toEqual([COACH]);
    expect(a.mailbox.to(COACH)[0].mail.text).toContain('Eerst alleen');
  });

  it('says nothing of what was handed over, finished or withdrawn before it went', async () => {
    const { id } = await record('Vergissing');
    await send(`/v1/actions/${id}/updates`, { status: 'cancelled', reason: 'x' }).expect(201);
    expect(await deliverAt('2026-06-02T15:00:01.000Z')).toEqual({ not_needed: 1 });
    expect(a.mailbox.messages).toEqual([]);
  });

  it('does not announce an action made in a session, one without a contact, or one to its own writer', async () => {
    const meeting = await a.t.make.meeting(a.boskoop);
    const session = await a.t.make.session(meeting.id, { state: 'open' });
    await send(`/v1/sessions/${session.id}/actions`, {
      title: 'In de vergadering',
      ownerId: a.police,
      dueOn: '2026-06-16',
    }).expect(201);
    await record('Niemand', { ownerId: (await a.t.make.organisation()).id });
    await a.t.make.grant(a.agent, 'chair', a.boskoop);
    await send(
      '/v1/actions',
      { title: 'Zelf', areaId: a.boskoop, ownerId: a.police, dueOn: '2026-06-16' },
      await a.t.make.token(a.agent),
    ).expect(201);
    expect(await rows(a.t.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toEqual([]);
  });

  it('tells when a session closes what was handed over in it, and nothing of what was taken back by then', async () => {
    const as = callsOf(a.t);
    const meeting = await a.t.make.meeting(a.boskoop);
    const own = { meetingId: meeting.id, areaId: a.boskoop, ownerId: a.police, dueOn: '2026-12-31' };
    const [given, back, again] = [await a.t.make.action(own), await a.t.make.action(own), await a.t.make.action(own)];
    for (const change of [{ status: 'done' }, { ownerId: a.welfare }])
      await send(`/v1/actions/${again.id}/updates`, change).expect(201);
    const session = await a.t.make.session(meeting.id, { heldOn: '2026-06-02' });
    const path = `/v1/sessions/${session.id}`;
    const version = async () => (await as(a.chair, 'get', path).expect(200)).body.version;
    const close = async () => as(a.chair, 'put', `${path}/closing`, undefined, await version()).expect(200);
    await as(a.chair, 'put', `${path}/opening`, undefined, await version()).expect(200);
    a.t.clock.set('2026-06-02T17:00:00.000Z');
    for (const { id } of [given, back])
      await send(`/v1/actions/${id}/updates`, { ownerId: a.welfare, sessionId: session.id }).expect(201);
    const reopened = { status: 'open', reason: 'Toch niet af.', sessionId: session.id };
    await send(`/v1/actions/${again.id}/updates`, reopened).expect(201);
    expect(await deliverAt('2026-06-02T17:05:00.000Z')).toEqual({});
    const { body } = await as(a.chair, 'get', `${path}/discussions`).expect(200);
    const row = body.items.find(({ actionId }: { actionId: string }) => actionId === back.id);
    await as(a.chair, 'delete', `/v1/discussions/${row.id}/treatment`, undefined, row.version).expect(200);
    await close();
    expect(await deliverAt('2026-06-02T17:10:00.000Z')).toEqual({ sent: 1 });
    expect(a.mailbox.messages.map(({ to }) => to)).toEqual([COACH]);
    for (const { number } of [given, again]) expect(a.mailbox.to(COACH)[0].mail.text).toContain(number);
    expect(a.mailbox.to(COACH)[0].mail.text).not.toContain(back.number);
    await as(a.chair, 'put', `${path}/reopening`, { reason: 'Een notitie.' }, await version()).expect(200);
    await close();
    expect(await rows(a.t.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toHaveLength(1);
  });

  it('gives a confidential action by number only, and nothing when recording was refused', async () => {
    const own = (await a.t.make.organisation({ name: 'Zorg' })).id;
    const person = await a.t.make.person({ organisationId: own });
    await a.t.make.grant(person.id, 'chair', a.boskoop);
    const writer = await a.t.make.token(person.id);
    const secret = {
      title: 'Geheim gezin',
      areaId: a.boskoop,
      ownerId: a.police,
      dueOn: '2026-06-16',
      isConfidential: true,
    };
    await send('/v1/actions', { ...secret, partyIds: [a.police] }, writer).expect(400);
    expect(await rows(a.t.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toEqual([]);
    await send('/v1/actions', { ...secret, partyIds: [a.police, own] }, writer).expect(201);
    await deliverAt('2026-06-02T15:00:01.000Z');
    const [{ raw, mail }] = a.mailbox.to(AGENT);
    expect(mail.text).toContain('Vertrouwelijke actie');
    expect(raw).not.toContain('Geheim');
  });
});

import { expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { row, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { verifyMinutes } from '../../src/minutes/verification.service.js';
import { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp } from '../support/app.js';
import { setUpDispatch } from './minutes-dispatch.setup.js';
import { boskoop, type Boskoop, bring } from '../support/minutes.js';

onBothDatabases((kind) => {
  const d = setUpDispatch(kind);
  const { closed, path, put, messages, made, change } = d;
  const addresses = async (b: Boskoop) => (await messages(b)).map(({ address }) => address);

  it('marks the minutes as sent and plans one mail for everyone at the table and for every owner and co-owner', async () => {
    const b = await closed();
    const { body, headers } = await put(b).expect(200);
    expect(headers.etag).toBe('"2"');
    expect(body).toMatchObject({ number: 1, version: 2, sentAt: expect.stringMatching(/^2026-06-02T10:/) });
    const everyone = [b.chair, b.wijkagent, b.consulent, b.coach, b.beheerder].map(({ email }) => email);
    expect(await addresses(b)).toEqual(everyone.sort());
    const [message] = await messages(b);
    expect(message).toMatchObject({
      kind: 'minutes',
      state: 'planned',
      expiresAt: expect.stringMatching(/^2026-06-16T10:/),
    });
    expect(message.dedupeKey).toBe(`minutes:${String(message.payload.versionId)}:${message.address}`);
  });

  it('mails an address once, however many places its person has', async () => {
    const b = await boskoop(d.t);
    await d.t.make.invitation(b.meeting.id, { organisationId: b.police.id });
    await d.t.make.contact(b.police.id, b.wijkagent.id, b.area.id);
    await d.t.make.invitation(b.meeting.id, { organisationId: b.welfare.id, role: 'informed' });
    await bring(d.t, b.session.id, 'closed');
    await put(b).expect(200);
    expect(await addresses(b)).toHaveLength(5);
  });

  it('mails the informed organisations, those present without an invitation, and a named replacement', async () => {
    const b = await boskoop(d.t);
    const school = await d.t.make.organisation();
    const director = await d.t.make.person({ organisationId: school.id });
    await d.t.make.contact(school.id, director.id);
    await d.t.make.invitation(b.meeting.id, { organisationId: school.id, role: 'informed' });
    const visitor = await d.t.make.person();
    await d.t.make.attendance(b.session.id, { personId: visitor.id });
    const stand = await d.t.make.person();
    await change(b.beheerder, { replacementId: stand.id, replacementUntilOn: '2026-06-02' });
    const late = await d.t.make.person();
    await change(b.coach, { replacementId: late.id, replacementUntilOn: '2026-06-01' });
    await bring(d.t, b.session.id, 'closed');
    await put(b).expect(200);
    const found = await addresses(b);
    expect(found).toEqual(expect.arrayContaining([director.email, visitor.email, stand.email]));
    expect(found).not.toContain(late.email);
    expect((await made(b, stand.email))!.text).toMatch(new RegExp(`NIEUWE ACTIES[^]*${b.lamps.number}[^]*-----`));
  });

  it('mails nobody who left, was invited later, or was invited for another item only', async () => {
    const b = await boskoop(d.t);
    const invite = async (fields: object) => {
      const person = await d.t.make.person({ organisationId: b.wk.id });
      await d.t.make.invitation(b.meeting.id, { organisationId: b.wk.id, personId: person.id, ...fields });
      return person.email;
    };
    const former = await invite({ untilOn: '2026-06-01' });
    const later = await invite({ fromOn: '2026-06-03' });
    const elsewhere = await boskoop(d.t);
    const otherItem = await invite({ agendaItemId: elsewhere.skate.id });
    const forItem = await invite({ agendaItemId: b.skate.id });
    await change(b.beheerder, { active: false });
    await bring(d.t, b.session.id, 'closed');
    await put(b).expect(200);
    const found = await addresses(b);
    for (const address of [former, later, otherItem, b.beheerder.email]) expect(found).not.toContain(address);
    expect(found).toContain(forItem);
  });

  it('turns to the contact of the organisation when the invited person left', async () => {
    const b = await boskoop(d.t);
    const next = await d.t.make.person({ organisationId: b.police.id });
    await d.t.make.contact(b.police.id, next.id, b.area.id);
    await change(b.wijkagent, { active: false });
    await bring(d.t, b.session.id, 'closed');
    await put(b).expect(200);
    expect(await addresses(b)).toContain(next.email);
    expect((await made(b, next.email))!.lines).toBe(1);
  });

  it('keeps the moment of the first sending when a later version is sent, to the chairs only if nothing changed', async () => {
    const own = await startApp(kind, { today: '2026-06-02' });
    const b = await boskoop(own);
    await bring(own, b.session.id, 'closed');
    const send = (tag: string) =>
      own.api.put(path(b)).set('Authorization', b.signedIn.chair).set('If-Match', tag).expect(200);
    await send('"1"');
    own.clock.set('2026-06-05T10:00:00Z');
    await bring(own, b.session.id, 'reopened');
    await bring(own, b.session.id, 'closed');
    expect((await send('"4"')).body).toMatchObject({ number: 2, sentAt: expect.stringMatching(/^2026-06-05/) });
    const minutes = await row<{ sentAt: string }>(own.database.reader, 'SELECT "sentAt" FROM "minutes"');
    expect(minutes!.sentAt).toMatch(/^2026-06-02/);
    const twice = await rows<{ address: string }>(
      own.database.reader,
      'SELECT "address" FROM "outgoing_messages" GROUP BY "address" HAVING count(*) = 2',
    );
    expect(twice).toEqual([{ address: b.chair.email }]);
  });

  it('refuses to send twice, or while the session is open, and plans nothing then', async () => {
    const b = await closed();
    await put(b).expect(200);
    const before = (await messages(b)).length;
    expect((await put(b, b.signedIn.chair, '"2"').expect(409)).body.code).toBe('MINUTES_ALREADY_SENT');
    await bring(d.t, b.session.id, 'reopened');
    expect((await put(b, b.signedIn.chair, '"3"').expect(409)).body.code).toBe('SESSION_NOT_CLOSED');
    expect(await messages(b)).toHaveLength(before);
  });

  it('sends once when two chairs press the button together', async () => {
    const b = await closed();
    const answers = await Promise.all([put(b), put(b), put(b)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(await messages(b)).toHaveLength(5);
  });

  it.each(['adoption', 'redaction'] as const)(
    'takes one of an adoption and a second %s that is sent together',
    async (verb) => {
      const b = await closed();
      await put(b).expect(200);
      const later = await d.t.make.session(b.meeting.id, { heldOn: '2026-06-20', state: 'open' });
      const minutes = `/v1/sessions/${b.session.id}/minutes`;
      const adoption = { sessionId: later.id, kind: 'unchanged' };
      const redaction = { ground: 'Verzoek, AVG.', passages: [{ item: '3', words: 'geluid' }] };
      const send = (what: string, body: object) =>
        d.t.api.put(`${minutes}/${what}`).set('Authorization', b.signedIn.chair).set('If-Match', '"2"').send(body);
      const [one, two] = await Promise.all([
        send('adoption', adoption),
        send(verb, verb === 'adoption' ? adoption : redaction),
      ]);
      const refused = [one, two].filter(({ status }) => status !== 200);
      expect(refused).toMatchObject([{ status: verb === 'adoption' ? 409 : 412 }]);
      const { body } = await d.t.api.get(minutes).set('Authorization', b.signedIn.chair).expect(200);
      const isAdopted = one.status === 200 || verb === 'adoption';
      expect(body.state).toBe(isAdopted ? 'adopted' : 'sent');
      expect(await verifyMinutes(d.t.database.reader)).toEqual([]);
    },
  );

  it('asks for If-Match, and refuses an outdated one', async () => {
    const b = await closed();
    await d.t.api.put(path(b)).set('Authorization', b.signedIn.chair).expect(428);
    await put(b, b.signedIn.chair, '"7"').expect(412);
    expect(await messages(b)).toEqual([]);
  });

  it('lets only the chairs of the area send', async () => {
    const b = await closed();
    const elsewhere = await closed();
    await put(b, elsewhere.signedIn.chair).expect(404);
    await put(b, b.signedIn.police).expect(403);
    await put({ ...b, session: { ...b.session, id: newId() } }).expect(404);
    await d.t.api.put(path(b)).set('If-Match', '"1"').expect(401);
    await put(b).expect(200);
    // A chair of another area who participates in this meeting may read, but not send.
    await d.t.make.invitation(b.meeting.id, { organisationId: b.wk.id, personId: elsewhere.chair.id });
    await put(b, elsewhere.signedIn.chair, '"2"').expect(403);
  });

  it('waits as long as is asked, and can be held back until then', async () => {
    const b = await closed();
    const state = async () =>
      (await row<{ state: string }>(d.t.database.reader, 'SELECT "state" FROM "minutes" WHERE "sessionId" = $1', [
        b.session.id,
      ]))!.state;
    const deliverAt = (instant: string) => {
      d.t.clock.set(instant);
      return d.t.app.get(Delivery).deliverDue();
    };
    const minutes = () => d.t.api.get(`/v1/sessions/${b.session.id}/minutes`).set('Authorization', b.signedIn.police);
    const stop = () => d.t.api.delete(path(b)).set('Authorization', b.signedIn.chair).set('If-Match', '"1"');
    d.t.clock.set('2026-06-02T10:00:00.000Z');
    expect((await stop().expect(409)).body.code).toBe('MINUTES_NOT_HELD');
    const { body } = await put(b).send({ holdMinutes: 5 }).expect(200);
    expect(body).toMatchObject({
      sentAt: null,
      sendsAt: expect.stringMatching(/^2026-06-02T10:05:00/),
      number: 1,
      recipients: [],
    });
    await minutes().expect(404);
    await deliverAt('2026-06-02T10:02:00.000Z');
    expect([await state(), await messages(b)]).toMatchObject(['concept', [{ kind: 'minutes_hold' }]]);
    await stop().expect(204);
    await deliverAt('2026-06-02T10:07:00.000Z');
    expect([await state(), await messages(b)]).toEqual(['concept', []]);
    await put(b).send({ holdMinutes: 5 }).expect(200);
    await bring(d.t, b.session.id, 'reopened');
    await bring(d.t, b.session.id, 'closed');
    await deliverAt('2026-06-02T10:20:00.000Z');
    expect(await state()).toBe('concept');
    const { headers } = await d.t.api
      .get(`/v1/sessions/${b.session.id}/minutes`)
      .set('Authorization', b.signedIn.chair);
    await put(b, b.signedIn.chair, headers.etag as string)
      .send({ holdMinutes: 5 })
      .expect(200);
    await Promise.all([deliverAt('2026-06-02T10:40:00.000Z'), deliverAt('2026-06-02T10:40:00.000Z')]);
    expect(await state()).toBe('sent');
    expect((await addresses(b)).filter((address) => address === b.coach.email)).toHaveLength(1);
    await minutes().expect(200);
  });

  it('shows who got it and how that fares; addresses and the words of the server to chairs only', async () => {
    const b = await closed();
    await d.t.api.get(path(b)).set('Authorization', b.signedIn.chair).expect(404);
    await put(b).expect(200);
    await d.t.app
      .get(Transactions)
      .run((m) =>
        m.update(
          OutgoingMessage,
          { address: b.coach.email! },
          { state: 'failed', serverWords: `550 <${b.coach.email}> unknown` },
        ),
      );
    const { body } = await d.t.api.get(path(b)).set('Authorization', b.signedIn.chair).expect(200);
    expect(body.recipients).toHaveLength(5);
    expect(body.recipients).toContainEqual({
      name: 'wijkcoach Boskoop',
      address: b.coach.email,
      state: 'failed',
      sentAt: null,
      serverWords: `550 <${b.coach.email}> unknown`,
    });
    const party = await d.t.api.get(path(b)).set('Authorization', b.signedIn.police).expect(200);
    expect(party.body.recipients).toHaveLength(5);
    expect(party.text).not.toContain('@');
    await d.t.api
      .get(path(b))
      .set('Authorization', await d.t.make.signedIn('reader'))
      .expect(404);
  });

  it('writes the sending in the audit trail and in the history of the minutes', async () => {
    const b = await closed();
    await put(b).expect(200);
    const found = await row<{ actorId: string; kind: string; byId: string }>(
      d.t.database.reader,
      `SELECT a."actorId", e."kind", e."byId" FROM "minutes" m
       JOIN "audit_entries" a ON a."objectId" = m."id" AND a."operation" = 'minutes.sent'
       JOIN "minutes_events" e ON e."minutesId" = m."id" AND e."kind" = 'sent' WHERE m."sessionId" = $1`,
      [b.session.id],
    );
    expect(found).toEqual({ actorId: b.chair.id, kind: 'sent', byId: b.chair.id });
  });

  it('lets whom the minutes were mailed to read them again: owners who are not at the table, informed ones, guests who were there', async () => {
    const b = await boskoop(d.t);
    const school = await d.t.make.organisation();
    const director = await d.t.make.person({ organisationId: school.id });
    await d.t.make.invitation(b.meeting.id, { organisationId: school.id, role: 'informed' });
    const passerBy = await d.t.make.person({ organisationId: (await d.t.make.organisation()).id });
    await d.t.make.attendance(b.session.id, { personId: passerBy.id });
    const outsider = await d.t.make.person({ organisationId: (await d.t.make.organisation()).id });
    await bring(d.t, b.session.id, 'closed');
    const minutes = `/v1/sessions/${b.session.id}/minutes`;
    const read = async (person: Person, rest = '') =>
      d.t.api.get(minutes + rest).set('Authorization', await d.t.make.token(person.id));
    for (const one of [b.beheerder, director, passerBy, outsider]) expect((await read(one)).status).toBe(404);
    await put(b).expect(200);
    for (const one of [b.beheerder, director, passerBy]) {
      const { status, body, text } = await read(one);
      expect([status, body.number]).toEqual([200, 1]);
      expect(text).not.toMatch(/groene deur|\bV1\b/);
      expect((await read(one, '/versions')).body.total).toBe(1);
      expect((await read(one, '/remarks')).status).toBe(403);
    }
    expect((await read(outsider)).status).toBe(404);
    const token = await d.t.make.token(b.beheerder.id);
    await d.t.api.get(`/v1/sessions/${b.session.id}`).set('Authorization', token).expect(404);
    await d.t.app.get(Transactions).run((m) => m.update('actions', b.lamps.id, { ownerId: b.welfare.id }));
    await d.t.api.get(minutes).set('Authorization', token).expect(404);
  });
});

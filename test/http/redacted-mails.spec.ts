import { expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MessageBytes } from '../../src/platform/mail/message-bytes.entity.js';
import type { ClaimedMessage } from '../../src/platform/mail/message-bytes.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { onBothDatabases } from '../support/app.js';
import { boskoop, bring, send } from '../support/minutes.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';
import { Visitor } from '../support/visitor.js';
import { setUpRemovals, TERM } from './minutes-removals.setup.js';

onBothDatabases((kind) => {
  const r = setUpRemovals(kind);
  const { get, put, redaction, sent } = r;

  it('destroys the bytes of mails that can hold the words, and keeps their hash', async () => {
    const b = await sent();
    const mail = async (plannedAt: string, fields: Partial<OutgoingMessage> = {}) => {
      const message = await r.t.make.row(OutgoingMessage, {
        ...{ id: newId(), kind: 'digest', dedupeKey: newId(), personId: b.coach.id, batchId: null, subject: 'x' },
        ...{
          address: b.coach.email!,
          payload: {},
          state: 'sent',
          claimId: null,
          leaseUntil: null,
          attempts: 1,
          lines: 1,
        },
        ...{ nextAttemptAt: plannedAt, plannedAt, expiresAt: plannedAt, sentAt: null, messageId: null },
        ...{ hash: 'h'.repeat(64), serverWords: null, refusedAt: null },
        ...fields,
      } as OutgoingMessage);
      await r.t.make.row(MessageBytes, { messageId: message.id, bytes: 'Extra surveillance' });
      return message.id;
    };
    const next = await r.t.make.session(b.meeting.id, { heldOn: '2026-06-20' });
    const invited = await mail('2026-06-01T08:00:00.000Z', { kind: 'invitation', batchId: next.id });
    const early = await mail('2026-06-01T08:00:00.000Z');
    const digest = await mail('2026-06-08T06:00:00.000Z');
    const waiting = await mail('2026-06-08T06:00:00.000Z', { state: 'uncertain' });
    const leased = { state: 'claimed', claimId: newId(), leaseUntil: '2100-01-01T00:00:00.000Z' } as const;
    const leaving = await mail('2026-06-08T06:00:00.000Z', leased);
    const composing = await mail('2026-06-08T06:00:00.000Z', leased);
    await r.t.app.get(Transactions).run((m) => m.delete(MessageBytes, { messageId: composing }));
    const kept = async () =>
      new Map(
        (await rows<ClaimedMessage>(r.t.database.reader, `SELECT "id", "bytes", "hash" FROM ${STORED_MESSAGES}`)).map(
          ({ id, bytes, hash }) => [id, [bytes !== null, hash !== null]],
        ),
      );
    expect((await put(b, 'redaction', redaction('3', 'tot 23 uur'))).status).toBe(200);
    const once = await kept();
    expect([invited, early, digest].map((id) => once.get(id))).toEqual([
      [false, true],
      [true, true],
      [true, true],
    ]);
    expect((await put(b, 'redaction', redaction('3', 'surveillance'))).status).toBe(200);
    const twice = await kept();
    expect([early, digest, waiting, leaving].map((id) => twice.get(id))).toEqual([
      [true, true],
      [false, true],
      [false, true],
      [false, true],
    ]);
    const states = async (...ids: string[]) => {
      const sql = 'SELECT "id", "state", "claimId" FROM "outgoing_messages"';
      const all = await rows<Pick<OutgoingMessage, 'id' | 'state' | 'claimId'>>(r.t.database.reader, sql);
      return ids.map((id) => all.find((one) => one.id === id)).map((one) => [one?.state, one?.claimId]);
    };
    // What is being composed from the words loses its claim, and is composed again.
    expect(await states(waiting, leaving, composing)).toEqual([
      ['failed', null],
      ['failed', null],
      ['planned', null],
    ]);
  });

  /** A mail planned at that moment, with its bytes. */
  const mailed = async (personId: string, address: string, plannedAt: string, batchId: string | null = null) => {
    const { id } = await r.t.make.row(OutgoingMessage, {
      ...{ id: newId(), kind: 'question', dedupeKey: newId(), personId, batchId, subject: 'x', address },
      ...{ payload: {}, state: 'sent', claimId: null, leaseUntil: null, attempts: 1, lines: 1, sentAt: null },
      ...{ nextAttemptAt: plannedAt, plannedAt, expiresAt: plannedAt, messageId: null, hash: 'h'.repeat(64) },
      ...{ serverWords: null, refusedAt: null },
    } as OutgoingMessage);
    await r.t.make.row(MessageBytes, { messageId: id, bytes: 'Extra surveillance' });
    return id;
  };
  const isKept = async (id: string) =>
    (await rows(r.t.database.reader, 'SELECT 1 AS "one" FROM "message_bytes" WHERE "messageId" = $1', [id])).length > 0;

  it('destroys those since a question with the words was asked, and those since midnight of that day', async () => {
    const b = await boskoop(r.t);
    const asked = { areaId: b.area.id, title: 'Komt de draaiorgelman?', requestedById: b.welfare.id };
    const chair = r.t.api.post('/v1/questions').set('Authorization', b.signedIn.chair);
    const { id } = (await chair.send(asked).expect(201)).body;
    const visitor = await Visitor.of(r.t, b.chair.id);
    const desk = `/vergaderingen/${b.session.id}`;
    const answered = { version: '1', outcome: 'answered', answer: 'In mei.' };
    expect((await visitor.post(`${desk}/vragen/${id}`, answered, desk)).status).toBe(303);
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    const before = await mailed(b.coach.id, b.coach.email!, '2026-06-01T21:59:00.000Z');
    const after = await mailed(b.coach.id, b.coach.email!, '2026-06-01T22:00:00.000Z');
    expect((await put(b, 'redaction', redaction('3', 'draaiorgelman'))).status).toBe(200);
    expect([await isKept(before), await isKept(after)]).toEqual([true, false]);
  });

  it('destroys those with minutes that are destroyed, and no others', async () => {
    const b = await sent();
    const { body } = await get(b, b.signedIn.chair).expect(200);
    const theirs = await mailed(b.coach.id, b.coach.email!, '2026-06-03T08:00:00.000Z', body.id);
    const other = await mailed(b.coach.id, b.coach.email!, '2026-06-03T08:00:00.000Z');
    r.t.clock.set('2037-01-02T10:00:00Z');
    expect((await put(b, 'destruction', { ground: TERM })).status).toBe(200);
    expect([await isKept(theirs), await isKept(other)]).toEqual([false, true]);
  });
});

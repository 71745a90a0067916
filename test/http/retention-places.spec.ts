import { beforeAll, expect, it } from '@jest/globals';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { Judgement } from '../../src/actions/judgements/judgement.entity.js';
import { RegisterImport } from '../../src/administration/register-import/register-import.entity.js';
import { StoredFile } from '../../src/files/file.entity.js';
import { WebSession } from '../../src/identity/web-session.entity.js';
import { retentionLines } from '../../src/maintenance.js';
import { IdempotencyKey } from '../../src/platform/access/idempotency-key.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { RatingRound } from '../../src/reviews/ratings/rating-round.entity.js';
import { Rating } from '../../src/reviews/ratings/rating.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { everythingKept } from '../support/everything.js';
import { boskoop, type Boskoop } from '../support/minutes.js';

const EXECUTED_AT = '2037-01-02T10:00:00.000Z';

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let kept: Record<string, string[]>;
  /** The tables in which the word stands. */
  const saying = (word: string) => Object.keys(kept).filter((table) => kept[table].join().includes(word));

  const stored = (what: 'action' | 'agenda_item', thingId: string, name: string, day: string) =>
    t.make.row(StoredFile, {
      ...{ id: newId(), kind: what, thingId, name, state: 'stored', format: 'jpeg', isPublic: what === 'action' },
      ...{ bytes: 9, width: 1, height: 1, sha256: 'a'.repeat(64), addedById: b.chair.id },
      ...{ addedAt: `${day}T10:00:00.000Z`, removedGround: null, version: 1 },
    });
  /** An action closed that day, with the word in everything that can be told about it. */
  const closed = async (word: string, closedOn: string) => {
    const text = `Over ${word}.`;
    const facts = { areaId: b.area.id, meetingId: b.meeting.id, ownerId: b.police.id, recordedOn: '2026-05-05' };
    const told = { title: text, titleKey: text, details: text, statusReason: text, result: text, publicText: text };
    const action = await t.make.action({
      ...{ ...facts, ...told, ownerPersonId: b.wijkagent.id, status: 'done', realisation: 'full' },
      ...{ doneOn: closedOn, closedOn, isPublic: true },
    });
    await t.make.update(action, { comment: text, changes: { reason: text } });
    // Its notes are kept longer than those of the action.
    const { id: sessionId } = await t.make.session(b.meeting.id, { heldOn: '2030-01-07' });
    await t.make.discussion({ sessionId, actionId: action.id, outcome: 'discussed', note: text });
    await t.make.row(Judgement, {
      ...{ id: newId(), goalId: null, actionId: action.id, organisationId: b.welfare.id, judgement: 'partly' },
      ...{ comment: text, judgedOn: closedOn, isCurrent: true, recordedById: b.coach.id },
      recordedAt: `${closedOn}T10:00:00.000Z`,
    });
    await t.make.row(Escalation, {
      ...{ id: newId(), actionId: action.id, step: 1, personId: b.beheerder.id, askedById: b.chair.id, text },
      ...{ askedOn: closedOn, askedAt: `${closedOn}T10:00:00.000Z`, decision: text, decidedFor: null },
      answeredAt: `${closedOn}T11:00:00.000Z`,
    });
    await stored('action', action.id, `${word}.jpg`, closedOn);
    return action.id;
  };
  const TOLD = [...['action_escalations', 'action_updates', 'actions', 'discussions', 'files', 'judgements']];
  const signedIn = (userAgent: string, endedAt: string | null) =>
    t.make.row(WebSession, {
      ...{ id: newId(), personId: b.coach.id, hash: newId(), signedInBy: 'mail', userAgent, endedAt },
      ...{ createdAt: '2036-01-01T10:00:00.000Z', lastUsedAt: '2036-01-01T10:00:00.000Z' },
      expiresAt: '2036-12-30T10:00:00.000Z',
    } as WebSession);
  const imported = (word: string, createdAt: string) =>
    t.make.row(RegisterImport, {
      ...{ id: newId(), personId: b.chair.id, register: 'people', state: 'executed', createdAt, executedAt: createdAt },
      ...{ proposal: { unknownColumns: [word] } as never, version: 1 },
    });
  const answered = (word: string, recordedAt: string) =>
    t.make.row(IdempotencyKey, {
      ...{ id: newId(), personId: b.chair.id, clientId: null, key: newId(), fingerprint: 'x', answer: { title: word } },
      ...{ scope: { areaId: null, organisationIds: [], meetingIds: [], partyIds: null }, recordedAt },
    });
  const rated = async (word: string, closedAt: string | null, year: number) => {
    const { id: roundId } = await t.make.row(RatingRound, {
      ...{ id: newId(), areaId: b.area.id, year, openedAt: '2026-11-01T10:00:00.000Z', closedAt, version: 1 },
    });
    await t.make.row(Rating, {
      ...{ id: newId(), roundId, personId: b.coach.id, organisationId: b.welfare.id, mark: 8, version: 1 },
      ...{ speaksAsOne: 'yes', keptAgreements: 'yes', wentWell: null, canBeBetter: `Meer ${word}.` },
      answeredAt: '2026-11-02T10:00:00.000Z',
    });
  };
  /** A cancelled session, and one that was never closed, with the word in everything written there. */
  const unfinished = async (word: string, heldOn: string) => {
    for (const state of ['cancelled', 'open'] as const) {
      const session = await t.make.session(b.meeting.id, { heldOn, state });
      const texts = { title: word, notes: `Over ${word}.`, decision: `Geen ${word}.` };
      const item = await t.make.agendaItem(session.id, texts);
      const action = await t.make.action({ areaId: b.area.id, ownerId: b.police.id });
      await t.make.discussion({ sessionId: session.id, actionId: action.id, outcome: 'discussed', note: word });
      await t.make.attendance(session.id, { guestName: `bewoner ${word}`, status: 'present' });
      await stored('agenda_item', item.id, `${word}.pdf`, '2026-06-02');
    }
  };
  let old: string;

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    b = await boskoop(t);
    old = await closed('Oeverloper', '2026-12-31');
    await closed('Jachtvogel', '2027-01-01');
    await signedIn('Oeverbrowser', '2026-01-01T10:00:00.000Z');
    await signedIn('Jachtbrowser', '2036-12-29T10:00:00.000Z');
    await imported('Oeverlijst', '2036-12-25T10:00:00.000Z');
    await imported('Jachtlijst', '2036-12-27T10:00:00.000Z');
    await answered('Oeverantwoord', '2036-12-25T10:00:00.000Z');
    await answered('Jachtantwoord', '2036-12-27T10:00:00.000Z');
    await unfinished('Oeverpunt', '2026-12-31');
    await unfinished('Jachtpunt', '2027-01-01');
    await rated('Oeverlof', '2026-12-31T10:00:00.000Z', 2026);
    await rated('Jachtlof', null, 2025);
    for (const title of ['Oeververzoek', 'Jachtverzoek']) {
      if (title === 'Jachtverzoek') t.clock.set('2027-01-02T10:00:00Z');
      const chair = await t.make.token(b.chair.id);
      const post = t.api.post('/v1/questions').set('Authorization', chair);
      await post.send({ areaId: b.area.id, title, requestedById: b.welfare.id }).expect(201);
    }
    t.clock.set(EXECUTED_AT);
    await retentionLines(t.database, t.settings, t.clock, true);
    kept = await everythingKept(t);
  });

  it('destroys what was told about an action, wherever it was told, and unpublishes it', () => {
    expect(saying('Oeverloper')).toEqual([]);
    const [action] = kept.actions.filter((one) => one.includes(old)).map((one) => JSON.parse(one) as object);
    expect(action).toMatchObject({ title: '(vernietigd)', ownerPersonId: null, ownerId: b.police.id });
    expect(Boolean((action as { isPublic: unknown }).isPublic)).toBe(false);
  });

  it('destroys nothing of an action that was closed a day later', () => {
    expect(saying('Jachtvogel')).toEqual(expect.arrayContaining(TOLD));
  });

  it.each([
    ['sign-ins that ended, though they would have expired later', 'browser', ['web_sessions']],
    ['imported registers after a week', 'lijst', ['register_imports']],
    ['stored responses after a week', 'antwoord', ['idempotency_keys']],
    ['remarks in ratings of closed rounds', 'lof', ['ratings']],
    ['questions that nobody answered', 'verzoek', ['questions']],
    ['sessions without minutes', 'punt', ['agenda_items', 'attendances', 'discussions', 'files']],
  ])('destroys %s, and keeps younger ones', (_what, word, places) => {
    expect([saying(`Oever${word}`), saying(`Jacht${word}`)]).toEqual([[], places]);
  });
});

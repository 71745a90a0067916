import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileKind, StoredFile } from '../../src/files/file.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { DigestRun } from '../../src/digests/digest-run.entity.js';
import { ActionImport } from '../../src/actions/import/action-import.entity.js';
import { CalendarFeed } from '../../src/sessions/invitations/calendar-feed.entity.js';
import { SessionInvitation } from '../../src/sessions/invitations/session-invitation.entity.js';
import { Budget } from '../../src/budget/budget.entity.js';
import { Initiative } from '../../src/budget/initiative.entity.js';
import { Question } from '../../src/questions/question.entity.js';
import { Goal } from '../../src/goals/goal.entity.js';
import { PublicationRequest } from '../../src/wijkagenda/publications/publication-request.entity.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { MinutesEvent } from '../../src/minutes/minutes-event.entity.js';
import { MinutesVersion } from '../../src/minutes/minutes-version.entity.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { Opgave } from '../../src/goals/opgaven/opgave.entity.js';
import { OpgaveDepartment } from '../../src/goals/opgaven/opgave-department.entity.js';
import { RegisterImport } from '../../src/administration/register-import/register-import.entity.js';
import { RatingRound } from '../../src/reviews/ratings/rating-round.entity.js';
import { QuarterlyResult } from '../../src/wijkagenda/quarterly-results/quarterly-result.entity.js';
import { Review } from '../../src/reviews/review.entity.js';
import { Wijkagenda } from '../../src/wijkagenda/wijkagenda.entity.js';
import type { TestApp } from './app.js';
import { agendaItem, bring } from './minutes.js';

/** One id per noun at the start of a path, and the words in those objects. */
export interface Objects {
  ids: Record<string, string>;
  /** The words in objects of a meeting, of an area, in addresses, and in personal objects. */
  words: Record<'table' | 'area' | 'address' | 'private', string>;
}

interface Plan {
  year: number;
  areaId: string;
  organisationId: string;
  meetingId?: string;
  partyIds?: string[];
}

/** One person's token, calendar feed and import. */
export async function ownThings(t: TestApp, personId: string, word: string): Promise<Record<string, string>> {
  const createdAt = t.clock.moment();
  const tokenId = newId();
  await t.make.token(personId, { id: tokenId, name: word });
  const feed = { id: newId(), personId, meetingId: null, hash: newId(), createdAt, version: 1 };
  await t.make.row<CalendarFeed>(CalendarFeed, feed);
  const about = { format: 'csv' as const, encoding: 'utf-8', unknownColumns: [word] };
  const list = { id: newId(), personId, areaId: null, state: 'proposed' as const, proposal: about, createdAt };
  await t.make.row<ActionImport>(ActionImport, { ...list, executedAt: null, version: 1 });
  const file = {
    id: newId(),
    personId,
    register: 'people' as const,
    state: 'proposed' as const,
    proposal: { ...about, rows: [] },
    createdAt,
  };
  await t.make.row<RegisterImport>(RegisterImport, { ...file, executedAt: null, version: 1 });
  const asked = { id: newId(), personId, subject: 'reviews' as const, areaId: null, askedAt: createdAt, version: 1 };
  await t.make.row<PublicationRequest>(PublicationRequest, asked);
  return {
    ...{ tokens: tokenId, 'calendar-feeds': feed.id, 'action-imports': list.id, 'register-imports': file.id },
    'publication-requests': asked.id,
  };
}

/** One object of everything in one place. */
export async function layPlace(t: TestApp, name: string, plan: Plan): Promise<Objects> {
  const { make } = t;
  const { areaId, organisationId, year } = plan;
  const words = {
    table: `word${name}table`,
    area: `word${name}area`,
    address: `word${name}address`,
    private: `word${name}private`,
  };
  const person = await make.person({ email: `${words.address}@organisatie.example` });
  const membership = await make.member(person.id, organisationId);
  const contact = await make.contact(organisationId, person.id, areaId);
  const grant = await make.grant((await make.person()).id, 'reader', areaId);
  const table = await layTableOf(t, words.table, person.id, plan);
  const area = await layAreaOf(t, words.area, person.id, plan);
  const run = { id: newId(), isoYear: year, isoWeek: name.length, state: 'planned' as const, dueAt: t.clock.moment() };
  await make.row<DigestRun>(DigestRun, { ...run, plannedAt: run.dueAt, planned: 1, reason: null });
  const messageId = await digestMessage(t, run.id, person.id, `${words.address}@organisatie.example`);
  const client = await make.client({ areaId });
  const webhook = await make.webhook({ areaId });
  const ids = {
    ...{
      areas: areaId,
      organisations: organisationId,
      departments: organisationId,
      people: person.id,
      memberships: membership.id,
    },
    ...{ contacts: contact.id, grants: grant.id, digests: run.id, messages: messageId },
    ...table,
    ...area,
    ...(await ownThings(t, person.id, words.private)),
    clients: client.id,
    'client-tokens': client.tokenId,
    webhooks: webhook.id,
    'webhook-deliveries': (await make.delivery(webhook)).id,
  };
  return { ids, words };
}

/** A meeting with a closed session and adopted minutes, with an item, an action, a discussion and an attendance. */
async function layTableOf(t: TestApp, word: string, personId: string, plan: Plan): Promise<Record<string, string>> {
  const { make } = t;
  const { areaId, organisationId, partyIds = [] } = plan;
  const meetingId = plan.meetingId ?? (await make.meeting(areaId, { name: word, isOpenToReaders: true })).id;
  const invitation = await make.invitation(meetingId, { organisationId, personId });
  const session = await make.session(meetingId, { heldOn: '2026-05-12', state: 'open' });
  const item = await agendaItem(t, session.id, { title: word, notes: word, decision: word }, partyIds);
  const action = await make.action({
    ...{ areaId, meetingId, sessionId: session.id, agendaItemId: item.id, title: word, ownerId: organisationId },
    ...{ isConfidential: partyIds.length > 0, partyIds, recordedOn: '2026-05-12', dueOn: '2026-05-20' },
  });
  const treated = await t.make.discussion({ sessionId: session.id, actionId: action.id, note: word });
  const present = await t.make.attendance(session.id, { personId, organisationId });
  // Guests belong to the open part of the minutes.
  const guestName = partyIds.length > 0 ? null : word;
  const guest = guestName === null ? null : await t.make.attendance(session.id, { guestName });
  await bring(t, session.id, 'closed');
  await adopt(t, session.id);
  const files = [
    await layFile(t, 'action', action.id, personId, word),
    await layFile(t, 'agenda_item', item.id, personId, word),
  ];
  return {
    ...{ 'action-files': files[0], 'item-files': files[1] },
    ...{ meetings: meetingId, invitations: invitation.id, sessions: session.id, 'agenda-items': item.id },
    ...{ actions: action.id, discussions: treated.id, attendances: present.id },
    ...(guest && { guests: guest.id }),
  };
}

/** A picture with its bytes, thumbnail and name. */
async function layFile(t: TestApp, kind: FileKind, thingId: string, addedById: string, word: string): Promise<string> {
  const id = newId();
  await t.make.row(StoredFile, {
    ...{ id, kind, thingId, name: `${word}.png`, state: 'stored', format: 'png', bytes: 4, width: 1, height: 1 },
    ...{ sha256: 'x', isPublic: false, addedById, addedAt: t.clock.moment(), removedGround: null, version: 1 },
  });
  mkdirSync(t.settings.FILES_PATH, { recursive: true });
  for (const name of [id, `${id}.thumb`]) writeFileSync(join(t.settings.FILES_PATH, name), 'dots');
  return id;
}

/** Minutes that were sent and adopted, and an invitation sent before. */
async function adopt(t: TestApp, sessionId: string): Promise<void> {
  const sentAt = '2026-05-13T08:00:00.000Z';
  await t.app.get(Transactions).run(async (manager) => {
    const minutes = await manager.findOneByOrFail(Minutes, { sessionId });
    const version = await manager.findOneByOrFail(MinutesVersion, { minutesId: minutes.id });
    const adoptedAt = '2026-05-26T08:00:00.000Z';
    await manager.update(Minutes, minutes.id, { state: 'adopted', sentAt, adoptedAt });
    await manager.insert(MinutesEvent, {
      ...{ id: newId(), minutesId: minutes.id, kind: 'sent', at: sentAt, byId: null, sessionId: null },
      ...{ versionId: version.id, text: null, itemNumber: null },
    });
    await manager.insert(SessionInvitation, { sessionId, sentAt, sentById: null, version: 1 });
  });
}

/** A goal, a wijkagenda, an opgave, a review and a rating round of the area. */
async function layAreaOf(t: TestApp, word: string, personId: string, plan: Plan): Promise<Record<string, string>> {
  const { make } = t;
  const { areaId, organisationId, year } = plan;
  const goal = { id: newId(), areaId, kind: 'process', state: 'draft', title: word, courseKind: 'line', version: 1 };
  await make.row(Goal, goal as Goal);
  const wijkagenda = { id: newId(), areaId, year, state: 'draft', themes: ['wonen'], introduction: word, version: 1 };
  await make.row(Wijkagenda, wijkagenda as Wijkagenda);
  const budget = {
    id: newId(),
    areaId,
    year,
    amountCents: 100_000,
    carryOverCents: 0,
    closesOn: `${year}-12-31`,
    version: 1,
  };
  await make.row(Budget, budget as Budget);
  const initiative = { id: newId(), budgetId: budget.id, title: word, requestedCents: 45_000, version: 1 };
  await make.row(Initiative, { ...initiative, state: 'requested', requestedOn: '2026-05-01' } as Initiative);
  const question = { id: newId(), areaId, title: word, requestedById: organisationId, version: 1 };
  await make.row(Question, { ...question, askedOn: '2026-05-01', dueOn: '2026-06-12' } as Question);
  const opgave = { id: newId(), areaId, title: 'Jongeren', origin: 'Coalitieakkoord', version: 1 };
  await make.row(Opgave, { ...opgave, bestuurderId: personId, procesregisseurId: personId } as Opgave);
  const department = { opgaveId: opgave.id, organisationId, isLead: true, part: 'Jongerenwerk' };
  await make.row(OpgaveDepartment, { ...department, confirmedOn: null, confirmedById: null });
  const review = { id: newId(), areaId, fromOn: `${year - 1}-01-01`, asOf: `${year - 1}-12-31`, version: 1 };
  await make.row(Review, { ...review, state: 'draft', texts: { learned: word }, createdById: personId } as Review);
  const quarter = { id: newId(), areaId, year, quarter: 1, state: 'draft', introduction: word, lines: [], version: 1 };
  await make.row(QuarterlyResult, quarter as unknown as QuarterlyResult);
  const round = { id: newId(), areaId, year, openedAt: t.clock.moment(), closedAt: null, version: 1 };
  await make.row<RatingRound>(RatingRound, round);
  return {
    ...{ goals: goal.id, wijkagendas: wijkagenda.id, opgaven: opgave.id, reviews: review.id },
    ...{ budgets: budget.id, initiatives: initiative.id, questions: question.id },
    'initiative-files': await layFile(t, 'initiative', initiative.id, personId, word),
    'rating-rounds': round.id,
    'quarterly-results': quarter.id,
  };
}

async function digestMessage(t: TestApp, batchId: string, personId: string, address: string): Promise<string> {
  const id = newId();
  const now = t.clock.moment();
  await t.make.row(OutgoingMessage, {
    ...{ id, kind: 'digest', dedupeKey: id, personId, batchId, address, payload: {}, state: 'failed' },
    ...{ plannedAt: now, nextAttemptAt: now, expiresAt: '2026-06-07T22:00:00.000Z' },
  } as OutgoingMessage);
  return id;
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isProvisional } from '../actions/history/as-of-session.js';
import { ActionRecipients } from '../actions/recipients/action-recipients.service.js';
import type { ResolvedContact } from '../directory/people/contact-resolver.rules.js';
import { ContactResolver, questionKey } from '../directory/people/contact-resolver.service.js';
import { actsFor } from '../directory/organisations/merged.conditions.js';
import { addDays } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { inForce, Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { type Mail, type MailKind, MakesMail } from '../platform/mail/mail-kinds.js';
import { Outbox } from '../platform/mail/outbox.service.js';
import { OutgoingMessage } from '../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import type { QuestionChange } from './question-change.entity.js';
import { Question } from './question.entity.js';
import { IS_SETTLED, PLAIN_COLUMNS, QUESTION_SHAPE, QUESTION_TABLES, type QuestionView } from './questions.views.js';
import { type LaterTurn, stillHolds, type Turned, turnedSince } from './turns.js';
import { type Turn, type TurnFacts, turnWords } from './words.js';
import { hasOutcomeSql } from '../meetings/agenda/item-states.rules.js';

const QUESTION = 'question';
const DAYS_TO_DELIVER = 14;

type Asked = Pick<Question, 'requestedById' | 'askedById' | 'areaId'>;
type Happened = Pick<QuestionChange, 'id' | 'questionId' | 'recordedById'>;
interface Planned {
  questionId: string;
  /** Identifies the mail: each change is announced once. */
  key: string;
  /** The author of the change, who is not notified. */
  writerId: string | null;
  payload: Record<string, string>;
  /** Can be planned again although nothing changed: not sent to people whose last mail about the question says the same. */
  isRepeatable?: boolean;
}

/** Notifies the organisation that asked of what happens to its question: one mail per change. */
@Injectable()
@MakesMail([QUESTION])
export class QuestionMail implements MailKind {
  constructor(
    private readonly outbox: Outbox,
    private readonly recipients: ActionRecipients,
    private readonly contacts: ContactResolver,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Plans the mails about changes, in their transaction. That a question was recorded is confirmed to its writer too. */
  async plan(manager: EntityManager, changes: readonly (Happened & Pick<QuestionChange, 'verb'>)[]): Promise<void> {
    await this.tell(
      manager,
      changes.map(({ id, questionId, verb, recordedById }) => {
        const writerId = verb === 'recorded' ? null : recordedById;
        return { questionId, key: id, writerId, payload: { questionId, changeId: id } };
      }),
    );
  }

  /**
   * The same, when a session closes, for questions settled in it and not undone. A question that it put on its own
   * agenda is announced once, with the outcome of the item.
   */
  async planOf(manager: EntityManager, sessionId: string): Promise<void> {
    const settled = await rows<Happened>(
      manager,
      `SELECT c."id", c."questionId", c."recordedById" FROM "question_changes" c JOIN "questions" q ON q."id" = c."questionId"
       WHERE c."sessionId" = $1 AND c."verb" = 'settled' AND q."settledInId" = $1 AND NOT EXISTS (
         SELECT 1 FROM "question_changes" n WHERE n."questionId" = c."questionId" AND n."verb" IN ('settled', 'reopened')
           AND n."id" > c."id")
         AND NOT EXISTS (SELECT 1 FROM "agenda_items" i WHERE i."id" = q."agendaItemId" AND i."sessionId" = $1
           AND ${hasOutcomeSql('i')})
       ORDER BY c."id"`,
      [sessionId],
    );
    await this.plan(
      manager,
      settled.map((change) => ({ ...change, verb: 'settled' })),
    );
  }

  /**
   * The same for what happened to the items, actions and initiatives that questions became; planning it again adds
   * nothing. Skips the keys in `planned`, and returns those of newly announced changes.
   */
  async planTurns(manager: EntityManager, planned: ReadonlySet<string>): Promise<string[]> {
    const turned = await turnedSince(manager, this.clock.today());
    const all = turned.map(({ questionId, turn, causeId, recordedById, closedAt }: Turned) => ({
      ...{ questionId, key: [turn, causeId, closedAt ?? []].flat().join(':'), writerId: recordedById },
      ...{ payload: { questionId, turn }, isRepeatable: closedAt !== null },
    }));
    return this.tell(
      manager,
      all.filter(({ key }) => !planned.has(key)),
    );
  }

  /** Returns the keys of the changes that are announced. */
  private async tell(manager: EntityManager, all: readonly Planned[]): Promise<string[]> {
    const keys: string[] = [];
    const now = this.clock.moment();
    const expiresAt = addDays(now.slice(0, 10), DAYS_TO_DELIVER) + now.slice(10);
    for (const { questionId, key, writerId, payload, isRepeatable = false } of all) {
      const question = await manager.findOneByOrFail(Question, { id: questionId });
      const told = (await this.toldOf(manager, question)).filter(({ personId }) => personId !== writerId);
      const known = isRepeatable ? await toldAlready(manager, told, payload) : new Set();
      await this.outbox.planAll(
        manager,
        told
          .filter(({ personId }) => !known.has(personId))
          .map(({ personId, email }) => ({
            ...{ kind: QUESTION, dedupeKey: `${QUESTION}:${key}:${personId}`, address: email, personId, batchId: null },
            ...{ payload, expiresAt },
          })),
      );
      if (told.length > 0) keys.push(key);
    }
    return keys;
  }

  /** The member who asked, and their replacement; else the contact of the organisation. Residents have no address. */
  async toldOf(source: Source, { requestedById, askedById, areaId }: Asked): Promise<ResolvedContact[]> {
    if (requestedById === null) return [];
    const today = this.clock.today();
    const isMember = `SELECT 1 AS "one" FROM "memberships" m JOIN "organisations" o ON ${actsFor('m', 'o')}
      WHERE m."personId" = $1 AND o."id" = $2 AND ${inForce('m', '$3')}`;
    if (askedById && (await row(source, isMember, [askedById, requestedById, today]))) {
      const asker = await this.recipients.ofPerson(source, askedById, today);
      if (asker.length > 0) return asker;
    }
    const question = { organisationId: requestedById, areaId };
    const contact = (await this.contacts.resolve(source, [question], today)).get(questionKey(question));
    return contact ? this.recipients.ofPerson(source, contact.personId, today) : [];
  }

  /** Null if the person no longer answers for the asker, or if what the mail says was undone or replaced. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const facts = await this.facts(manager, message);
    if (!facts) return null;
    const { MUNICIPALITY: municipality, PUBLIC_URL } = this.settings;
    const { heading, lines } = turnWords(facts);
    const { name, title, areaName, id } = facts;
    const view = {
      ...{ name, title, areaName, heading, lines, municipality, unsubscribeUrl: null },
      url: `${PUBLIC_URL}/vragen/${id}`,
    };
    return {
      ...this.renderer.renderMessage('questions/mails/question', view),
      ...{ replyTo: facts.contactEmail ?? undefined, lines: 0 },
    };
  }

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    return (await this.facts(manager, message)) !== null;
  }

  private async facts(manager: EntityManager, { payload, personId, address }: OutgoingMessage) {
    const found = await row<
      Omit<TurnFacts, 'turn'> &
        Pick<QuestionView, 'progress'> &
        Asked & { verb: string | null; isLast: boolean; isSettled: boolean }
    >(
      manager,
      `SELECT ${PLAIN_COLUMNS}, q."askedById", ${IS_SETTLED} AS "isSettled", ar."contactEmail", mt."name" AS "meetingName",
         CASE WHEN NOT ${isProvisional('a')} THEN a."title" END AS "what", ow."name" AS "who", a."dueKind" AS "actionDueKind",
         a."dueOn" AS "actionDueOn", a."result", a."statusReason", n."reason", n."grantedCents", c."verb",
         NOT EXISTS (SELECT 1 FROM "question_changes" l WHERE l."questionId" = q."id" AND l."id" > c."id"
           AND l."verb" IN ('settled', 'reopened')) AS "isLast"
       FROM ${QUESTION_TABLES} LEFT JOIN "meetings" mt ON mt."id" = s."meetingId"
       LEFT JOIN "organisations" ow ON ow."id" = a."ownerId" LEFT JOIN "question_changes" c ON c."id" = $2
       WHERE q."id" = $1`,
      [String(payload.questionId), payload.changeId === undefined ? null : String(payload.changeId)],
      { ...QUESTION_SHAPE, isSettled: 'boolean', isLast: 'boolean' },
    );
    if (!found) return null;
    const person = (await this.toldOf(manager, found)).find(
      (one) => one.personId === personId && one.email === address,
    );
    const { verb, isLast, isSettled, outcome } = found;
    if (!person || (verb !== 'recorded' && !isSettled) || (verb === 'settled' && !isLast)) return null;
    if (verb === null && !stillHolds(payload.turn as LaterTurn, found.progress)) return null;
    const turn: Turn = verb === 'recorded' ? 'recorded' : verb === 'settled' ? outcome! : (payload.turn as LaterTurn);
    return { ...found, turn, name: person.name };
  }
}

/** Those whose last mail about the question says the same. Mails that turned out not to be needed do not count. */
async function toldAlready(
  source: Source,
  people: readonly ResolvedContact[],
  { questionId, turn }: Record<string, string>,
): Promise<Set<string>> {
  const params = new Params();
  const found = await rows<{ personId: string; payload: OutgoingMessage['payload'] }>(
    source,
    `SELECT m."personId", m."payload" FROM "outgoing_messages" m
     WHERE m."personId" IN (${params.list(people.map(({ personId }) => personId))}) AND m."kind" = '${QUESTION}'
       AND m."state" <> 'not_needed' ORDER BY m."id"`,
    params.values,
    shapeOf(OutgoingMessage),
  );
  const ofQuestion = found.filter(({ payload }) => payload.questionId === questionId);
  const last = new Map(ofQuestion.map(({ personId, payload }) => [personId, payload.turn]));
  return new Set([...last.keys()].filter((personId) => last.get(personId) === turn));
}

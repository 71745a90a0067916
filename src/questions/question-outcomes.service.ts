import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { dayInSession } from '../meetings/sessions.rules.js';
import { fullyVisible } from '../actions/action-conditions.js';
import { Actions } from '../actions/actions.service.js';
import { InitiativeChanges } from '../budget/initiative-changes.service.js';
import { Initiative } from '../budget/initiative.entity.js';
import { isChoosable } from '../directory/organisations/merged.conditions.js';
import { AgendaItem } from '../meetings/agenda/agenda-item.entity.js';
import { AgendaItems } from '../meetings/agenda/agenda-items.service.js';
import { readableSessions } from '../meetings/meetings.access.js';
import { isPermittedAt, isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { conflict, invalid } from '../platform/common/problems.js';
import { Params, row } from '../platform/database/rows.js';
import { updateRow } from '../platform/database/writes.js';
import { type Place, QuestionChanges } from './question-changes.service.js';
import type { Question } from './question.entity.js';
import { questionToChange } from './questions.access.js';
import type { SettleQuestionDto } from './questions.dto.js';
import { outcomeViolations, UNSETTLED } from './questions.rules.js';
import { Questions } from './questions.service.js';
import { IS_SETTLED, QUESTION_TABLES, type QuestionView } from './questions.views.js';

type Subject = Partial<Pick<Question, 'agendaItemId' | 'actionId' | 'initiativeId'>>;

/** The outcomes of questions. An organisation that asked is named as the requester of the item or action. */
@Injectable()
export class QuestionOutcomes {
  constructor(
    private readonly changes: QuestionChanges,
    private readonly questions: Questions,
    private readonly items: AgendaItems,
    private readonly actions: Actions,
    private readonly initiatives: InitiativeChanges,
  ) {}

  /** Records the outcome; a later one replaces an earlier one, which stays in the history. */
  async settle(id: string, input: SettleQuestionDto, version: number, by: Caller): Promise<QuestionView> {
    await this.enter(id, input, { version }, by);
    return this.questions.read(id, by);
  }

  /** The same, possibly during a session: then dated on its day. */
  enter(id: string, input: SettleQuestionDto, place: Place, by: Caller): Promise<Question> {
    return this.changes.make(id, place, by, async (manager) => {
      const question = await questionToChange(manager, id, by, place);
      const violations = outcomeViolations(input);
      if (violations.length > 0) throw invalid(violations);
      const { outcome, answer = null, passedTo = null, reference = null } = input;
      const subject = await this.nameAsker(manager, question, input, by);
      const settledOn = await dayOf(manager, place.sessionId, by);
      const words = { answer, passedTo, reference };
      const changed = { ...UNSETTLED, ...subject, ...words, outcome, settledOn, settledInId: place.sessionId ?? null };
      return { verb: 'settled', changed };
    });
  }

  /** Undoes an outcome; the item, action or initiative itself stays. 409 if the question is open. */
  async reopen(id: string, version: number, by: Caller): Promise<QuestionView> {
    await this.takeBack(id, { version }, by);
    return this.questions.read(id, by);
  }

  /** The same, possibly during a session. */
  takeBack(id: string, place: Place, by: Caller): Promise<Question> {
    return this.changes.make(id, place, by, async (manager) => {
      await questionToChange(manager, id, by, place);
      const settled = `SELECT 1 AS "one" FROM ${QUESTION_TABLES} WHERE q."id" = $1 AND ${IS_SETTLED}`;
      // An outcome that became confidential counts as none.
      if (!(await row(manager, settled, [id]))) throw conflict('NOT_SETTLED', 'This question has no outcome.');
      return { verb: 'reopened', changed: UNSETTLED };
    });
  }

  private async nameAsker(
    manager: EntityManager,
    question: Question,
    input: SettleQuestionDto,
    by: Caller,
  ): Promise<Subject> {
    const { requestedById } = question;
    const askerId = requestedById !== null && (await isChoosable(manager, requestedById)) ? requestedById : null;
    if (input.onAgendaOfId) return this.newItem(manager, question.title, askerId, input.onAgendaOfId, by);
    if (input.agendaItemId) return nameInItem(manager, input.agendaItemId, askerId, by);
    if (input.actionId) return this.nameInAction(manager, input.actionId, askerId, by);
    if (input.initiativeId) return this.nameInInitiative(manager, input.initiativeId, askerId, by);
    return {};
  }

  private async newItem(
    manager: EntityManager,
    title: string,
    askerId: string | null,
    sessionId: string,
    by: Caller,
  ): Promise<Subject> {
    const params = new Params();
    const sql = `SELECT 1 AS "one" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
      WHERE s."id" = ${params.add(sessionId)} AND ${readableSessions(by, params)}`;
    if (!(await row(manager, sql, params.values))) throw isNone('onAgendaOfId', 'a session');
    const item = { title, ...(askerId && { proposedById: askerId }) };
    return { agendaItemId: (await this.items.addWithin(manager, sessionId, item, by)).id };
  }

  private async nameInAction(manager: EntityManager, id: string, askerId: string | null, by: Caller): Promise<Subject> {
    const params = new Params();
    const action = await row<{ requestedById: string | null; version: number }>(
      manager,
      `SELECT a."requestedById", a."version" FROM "actions" a WHERE a."id" = ${params.add(id)} AND NOT a."isConfidential"
         AND NOT a."isWithdrawn" AND ${fullyVisible(manager, by, undefined, false, params)}`,
      params.values,
    );
    if (!action) throw isNone('actionId', 'an action that can come of a question');
    if (askerId && action.requestedById === null) {
      await this.actions.changeWithin(manager, id, { requestedById: askerId }, action.version, by);
    }
    return { actionId: id };
  }

  private async nameInInitiative(
    manager: EntityManager,
    id: string,
    askerId: string | null,
    by: Caller,
  ): Promise<Subject> {
    const params = new Params();
    const found = await row<{ areaId: string }>(
      manager,
      `SELECT b."areaId" FROM "initiatives" n JOIN "budgets" b ON b."id" = n."budgetId"
       WHERE n."id" = ${params.add(id)} AND ${inPermittedAreas(by, 'budgets.read', 'b."areaId"', params)}`,
      params.values,
    );
    if (!found) throw isNone('initiativeId', 'an initiative');
    const initiative = await manager.findOneByOrFail(Initiative, { id });
    if (askerId && initiative.requestedById === null && isPermittedIn(by, 'budgets.write', found.areaId)) {
      await updateRow(manager, Initiative, id, { requestedById: askerId });
      await this.initiatives.append(manager, { initiative, verb: 'changed', areaId: found.areaId }, by);
    }
    return { initiativeId: id };
  }
}

/** Names the asker in an agenda item, unless it was already discussed or is another organisation's. */
async function nameInItem(manager: EntityManager, id: string, askerId: string | null, by: Caller): Promise<Subject> {
  const params = new Params();
  const item = await row<{ proposedById: string | null; sessionId: string; areaId: string; state: string }>(
    manager,
    `SELECT i."proposedById", i."sessionId", m."areaId", s."state" FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId"
       JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE i."id" = ${params.add(id)} AND NOT i."isConfidential" AND i."state" <> 'declined' AND ${readableSessions(by, params)}`,
    params.values,
  );
  if (!item) throw isNone('agendaItemId', 'an agenda item that can come of a question');
  const { sessionId, areaId, state, proposedById } = item;
  const mayName = isPermittedAt(by, 'sessions.write', { id: sessionId, areaId }) && ['planned', 'open'].includes(state);
  if (askerId && proposedById === null && mayName) await updateRow(manager, AgendaItem, id, { proposedById: askerId });
  return { agendaItemId: id };
}

/** The day of the session, if it is entered in one. */
async function dayOf(manager: EntityManager, sessionId: string | undefined, { today }: Caller): Promise<string> {
  if (sessionId === undefined) return today;
  const sql = 'SELECT s."heldOn" FROM "sessions" s WHERE s."id" = $1';
  const session = await row<{ heldOn: string }>(manager, sql, [sessionId]);
  return dayInSession(session!, today);
}

const isNone = (field: string, what: string) => invalid([{ field, message: `${field} is not ${what}` }]);

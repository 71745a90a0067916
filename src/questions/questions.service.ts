import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActionSessions } from '../actions/action-sessions.service.js';
import { Areas } from '../directory/areas/areas.service.js';
import { isChoosable } from '../directory/organisations/merged.conditions.js';
import { isPermittedIn, withNameKnownTo } from '../platform/access/access.rules.js';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { newId } from '../platform/common/ids.js';
import { mapPage, type PagingDto } from '../platform/common/paging.js';
import { forbidden, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOfParts, type Part } from '../platform/database/parts.js';
import { orderOf, pageOf, Params, row, type Source } from '../platform/database/rows.js';
import { withNulls } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { QuestionChanges } from './question-changes.service.js';
import { Question } from './question.entity.js';
import { type AtTable, isAsker, mustBeAskable, questionToChange } from './questions.access.js';
import type { ChangeQuestionDto, CreateQuestionDto, QuestionListDto, Term } from './questions.dto.js';
import { dueAfter } from './questions.rules.js';
import {
  columnsFor,
  DUE_ON,
  IS_OPENLY_SETTLED,
  IS_SETTLED,
  QUESTION_SHAPE,
  QUESTION_TABLES,
  type QuestionChangeView,
  type QuestionView,
} from './questions.views.js';

const SORT = { title: 'natural_key(q."title")', askedOn: 'q."askedOn"', dueOn: DUE_ON };
const CHANGES: Part = {
  from: `"question_changes" x JOIN "people" p ON p."id" = x."recordedById"
    AND ${IS_OPENLY_SETTLED}`,
  columns: `x."id", x."verb", x."outcome", x."recordedAt", p."name" AS "recordedByName"`,
  orderBy: 'x."id" DESC',
  shape: {},
};

/** Questions of organisations and residents. */
@Injectable()
export class Questions {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly areas: Areas,
    private readonly sessions: ActionSessions,
    private readonly changes: QuestionChanges,
  ) {}

  async list(query: QuestionListDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'q."askedOn" DESC, q."id" DESC');
    const params = new Params();
    const select = columnsFor(this.database.reader, by, params);
    const conditions = [inPermittedAreas(by, 'questions.read', 'q."areaId"', params)];
    if (query.area) {
      conditions.push(`q."areaId" IN (${params.list(await this.areas.idsBelow(query.area, by.today))})`);
    }
    if (query.state) conditions.push(query.state === 'settled' ? IS_SETTLED : `NOT ${IS_SETTLED}`);
    if (query.own) conditions.push(`q."requestedById" IN (${params.list(by.organisationIds)})`);
    if (query.q) conditions.push(this.database.dialect.contains(['q."title"'], query.q, params));
    const where = conditions.join(' AND ');
    const from = { select, from: QUESTION_TABLES, where, orderBy, params, shape: QUESTION_SHAPE };
    return pageOf<QuestionView>(this.database.reader, from, query);
  }

  /** One question; 404 if the caller may not read questions of its area. */
  read(id: string, by: Caller): Promise<QuestionView> {
    return this.view(this.database.reader, id, by);
  }

  /** Records a question: a chair for anyone, a partner for its own organisation only. */
  create(input: CreateQuestionDto, by: Caller): Promise<QuestionView> {
    return this.transactions.run(async (manager) => {
      const { id } = await this.record(manager, input, by);
      return this.view(manager, id, by);
    }, by.once);
  }

  /** The same inside the caller's transaction, possibly during a session. */
  async record(manager: EntityManager, input: CreateQuestionDto, by: Caller, at: AtTable = {}): Promise<Question> {
    const isChair = await mustBeAskable(manager, input.areaId, by, at);
    const { requestedById = isChair ? null : (by.memberOfIds[0] ?? null), agrees = false, term, ...plain } = input;
    await mustBeAsker(manager, requestedById, isChair, by);
    const asks = isAsker(by, { requestedById });
    const question = withNulls(Question, {
      ...{ ...plain, id: newId() },
      ...{
        requestedById,
        askedById: asks ? asPerson(by).personId : null,
        askedOn: by.today,
        dueOn: dueAfter(by.today),
      },
      dueSessionId: await this.termOf(manager, input.areaId, term, by),
      ...{ chairAgrees: agrees && isChair, askerAgrees: agrees && asks, version: 1 },
    });
    await manager.insert(Question, { ...question });
    await this.changes.append(manager, { question, verb: 'recorded', ...at }, by);
    return question;
  }

  /** Changes the question, its asker or its deadline; chairs only. */
  change(id: string, { term, ...input }: ChangeQuestionDto, version: number, by: Caller): Promise<QuestionView> {
    return this.changes
      .make(id, { version }, by, async (manager) => {
        const question = await questionToChange(manager, id, by);
        const { requestedById = question.requestedById } = input;
        if (requestedById !== question.requestedById) await mustBeAsker(manager, requestedById, true, by);
        const isOther = requestedById !== question.requestedById;
        const due = term && { dueSessionId: await this.termOf(manager, question.areaId, term, by) };
        return {
          verb: 'changed',
          changed: { ...input, ...due, ...(isOther && { askedById: null, askerAgrees: false }) },
        };
      })
      .then(() => this.read(id, by));
  }

  /** Records, for the chair, the asker or both, whether it may be published; 403 for others. */
  consent(id: string, agrees: boolean, version: number, by: Caller): Promise<QuestionView> {
    return this.changes
      .make(id, { version }, by, async (_, question) => {
        const [isChair, asks] = [isPermittedIn(by, 'questions.write', question.areaId), isAsker(by, question)];
        if (!isChair && !asks) throw forbidden();
        return {
          verb: 'agreed',
          changed: { ...(isChair && { chairAgrees: agrees }), ...(asks && { askerAgrees: agrees }) },
        };
      })
      .then(() => this.read(id, by));
  }

  /** What happened to it, latest first. */
  async history(id: string, query: PagingDto, by: Caller) {
    await this.read(id, by);
    const page = await pageOfParts<QuestionChangeView>(this.database.reader, CHANGES, { questionId: id }, query);
    return mapPage(page, (one) => withNameKnownTo(by, one));
  }

  private async view(source: Source, id: string, by: Caller): Promise<QuestionView> {
    const params = new Params();
    const columns = columnsFor(source, by, params);
    const found = await row<QuestionView>(
      source,
      `SELECT ${columns} FROM ${QUESTION_TABLES}
       WHERE q."id" = ${params.add(id)} AND ${inPermittedAreas(by, 'questions.read', 'q."areaId"', params)}`,
      params.values,
      QUESTION_SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  /** The next planned session of the meeting of the area; null if it is due in six weeks or there is none. */
  private async termOf(manager: EntityManager, areaId: string, term: Term = 'next_session', by: Caller) {
    if (term === 'six_weeks') return null;
    const meeting = await this.sessions.areaWithMeeting(manager, areaId, by.today);
    const coming = await this.sessions.of(manager, meeting?.meetingId ?? null, by.today);
    const planned = coming.filter(({ state }) => state === 'planned');
    return planned.sort((one, other) => one.heldOn.localeCompare(other.heldOn))[0]?.id ?? null;
  }
}

/** 400 if it is not an organisation that can ask or, for anyone but a chair, not one of their own. */
async function mustBeAsker(manager: EntityManager, id: string | null, isChair: boolean, by: Caller): Promise<void> {
  const isFine = id === null ? isChair : (isChair || by.memberOfIds.includes(id)) && (await isChoosable(manager, id));
  if (isFine) return;
  const whose = isChair ? 'an' : 'your';
  throw invalid([{ field: 'requestedById', message: `requestedById is not ${whose} organisation` }]);
}

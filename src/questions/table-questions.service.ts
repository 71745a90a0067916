import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { Database } from '../platform/database/database.js';
import { Params, rows } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { QuestionOutcomes } from './question-outcomes.service.js';
import type { Question } from './question.entity.js';
import type { CreateQuestionDto, SettleQuestionDto } from './questions.dto.js';
import { Questions } from './questions.service.js';
import { DUE_ON, IS_SETTLED, QUESTION_SHAPE, QUESTION_TABLES, type QuestionView } from './questions.views.js';

export type TableQuestion = Pick<
  QuestionView,
  'id' | 'title' | 'areaName' | 'requestedByName' | 'dueOn' | 'outcome' | 'version'
>;

/** The questions on the desk of an open session, for those who take its minutes. */
@Injectable()
export class TableQuestions {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly questions: Questions,
    private readonly outcomes: QuestionOutcomes,
  ) {}

  /**
   * The open questions of these areas, and those settled in this session; null if no chair has started using questions.
   */
  async of(sessionId: string, areaIds: readonly string[]): Promise<TableQuestion[] | null> {
    const params = new Params();
    const inAreas = `q."areaId" IN (${params.list(areaIds)})`;
    const found = await rows<TableQuestion & { isHere: boolean }>(
      this.database.reader,
      `SELECT q."id", q."title", ar."name" AS "areaName", o."name" AS "requestedByName", ${DUE_ON} AS "dueOn", q."version",
         CASE WHEN ${IS_SETTLED} THEN q."outcome" END AS "outcome",
         (NOT ${IS_SETTLED} OR coalesce(q."settledInId" = ${params.add(sessionId)}, FALSE)) AS "isHere"
       FROM ${QUESTION_TABLES} WHERE ${inAreas} ORDER BY ${DUE_ON}, q."id"`,
      params.values,
      { ...QUESTION_SHAPE, isHere: 'boolean' },
    );
    return found.length === 0 ? null : found.filter(({ isHere }) => isHere).map(({ isHere: _, ...one }) => one);
  }

  record(sessionId: string, input: CreateQuestionDto, by: Caller): Promise<Question> {
    return this.transactions.run((manager) => this.questions.record(manager, input, by, { sessionId }));
  }

  /** Settles it in the session; the named notulist may do so too. */
  settle(sessionId: string, id: string, input: SettleQuestionDto, version: number, by: Caller): Promise<Question> {
    return this.outcomes.enter(id, input, { version, sessionId }, by);
  }

  /** Undoes an outcome of the session. */
  undo(sessionId: string, id: string, version: number, by: Caller): Promise<Question> {
    return this.outcomes.takeBack(id, { version, sessionId }, by);
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { Transactions } from '../platform/database/transactions.js';
import { row } from '../platform/database/rows.js';
import { updateRow } from '../platform/database/writes.js';
import { type QuestionVerb, QuestionChange } from './question-change.entity.js';
import { Question } from './question.entity.js';
import { type AtTable, lockQuestion } from './questions.access.js';
import { subjectOf } from './questions.rules.js';
import { DUE_ON, QUESTION_TABLES } from './questions.views.js';
import { QuestionMail } from './question-mail.service.js';

interface Change {
  verb: QuestionVerb;
  changed: Partial<Question>;
}

/** The version that was read, and the session in which it is entered, if any. */
export interface Place extends AtTable {
  version: number;
}

/** The single write path for questions: locks the row, appends to its history and notifies the asker. */
@Injectable()
export class QuestionChanges {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly mail: QuestionMail,
  ) {}

  /** 404 if the caller may not read the question; `work` decides whether they may change it. */
  make(
    id: string,
    { version, sessionId }: Place,
    by: Caller,
    work: (manager: EntityManager, question: Question) => Promise<Change>,
  ): Promise<Question> {
    return this.transactions.run(async (manager) => {
      const question = await lockQuestion(manager, id, by, { sessionId });
      const { verb, changed } = await work(manager, question);
      mustMatch(question, version);
      await updateRow(manager, Question, id, changed);
      const after = { ...question, ...changed };
      // The history of a reopened question keeps the outcome that was undone.
      const of = verb === 'reopened' ? question : after;
      await this.append(manager, { question: after, of, verb, sessionId }, by);
      return { ...after, version: version + 1 };
    });
  }

  /** Appends what happened, by whom and when. What happens during a session is mailed when it closes. */
  async append(
    manager: EntityManager,
    entry: { question: Question; of?: Question; verb: QuestionVerb; sessionId?: string },
    by: Caller,
  ): Promise<void> {
    const { question, of = question, verb, sessionId } = entry;
    const { id, areaId } = question;
    const hasOutcome = verb === 'settled' || verb === 'reopened';
    const change = {
      ...{ id: newId(), questionId: id, verb, sessionId: sessionId ?? null },
      ...{ outcome: hasOutcome ? of.outcome : null, subjectId: hasOutcome ? subjectOf(of) : null },
      dueOn: verb === 'settled' ? await termOf(manager, id) : null,
      ...{ recordedById: asPerson(by).personId, recordedAt: this.clock.moment() },
    };
    await manager.insert(QuestionChange, { ...change });
    await this.audit.record(manager, by, `question.${verb}`, { type: 'question', id, areaId });
    if (verb === 'recorded' || (verb === 'settled' && !sessionId)) await this.mail.plan(manager, [change]);
  }
}

/** The last day to answer it, as of now. */
async function termOf(manager: EntityManager, id: string): Promise<string> {
  const sql = `SELECT ${DUE_ON} AS "dueOn" FROM ${QUESTION_TABLES} WHERE q."id" = $1`;
  return (await row<{ dueOn: string }>(manager, sql, [id]))!.dueOn;
}

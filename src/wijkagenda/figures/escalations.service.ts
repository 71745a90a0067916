import { Injectable } from '@nestjs/common';
import type { ActionStatus } from '../../actions/action.entity.js';
import { dayOf } from '../../platform/common/calendar-date.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params } from '../../platform/database/rows.js';
import { casesAsOf, type Question } from './cases-as-of.js';

/**
 * One step of "aan de bel trekken" and its outcome; the person asked is not named.
 * @schema ReviewedEscalation
 */
export interface EscalationRow {
  actionId: string;
  number: string;
  title: string;
  organisation: string | null;
  step: number;
  askedOn: string;
  /** Null while unanswered. */
  answeredOn: string | null;
  decision: string | null;
  decidedFor: string | null;
  /** The status of the action on the day. */
  status: ActionStatus;
}

/** Reads the escalations in the period and their outcomes. */
@Injectable()
export class Escalations {
  constructor(private readonly reads: BackgroundReader) {}

  /** In the order of asking, as of the day and as known at the moment of the question. */
  async list(question: Question): Promise<EscalationRow[]> {
    const params = new Params();
    const [from, on, known] = [params.add(question.fromOn), params.add(question.asOf), params.add(question.knownAt)];
    const past = new PointInTime(question, params, this.reads);
    const asked = (alias: string): string =>
      `${alias}."askedOn" BETWEEN ${from} AND ${on} AND ${alias}."askedAt" <= ${known}`;
    const among = `k."id" IN (SELECT x."actionId" FROM "action_escalations" x WHERE ${asked('x')})`;
    const found = await this.reads.rows<Omit<EscalationRow, 'answeredOn'> & { answeredAt: string | null }>(
      `WITH ${casesAsOf(question, params, { dialect: this.reads.dialect, among })}
       SELECT c."actionId", a."number", u."title", o."name" AS "organisation", e."step", e."askedOn", e."answeredAt", e."decision",
         e."decidedFor", c."status"
       FROM "action_escalations" e JOIN "cases" c ON c."actionId" = e."actionId" JOIN "actions" a ON a."id" = e."actionId"
       JOIN "action_updates" u ON u."actionId" = c."actionId" AND u."sequence" = c."sequence"
       LEFT JOIN ${past.rows('organisations')} o ON o."id" = c."ownerId"
       WHERE ${asked('e')} ORDER BY e."askedOn", a."numberKey", e."step"`,
      params.values,
    );
    return found.map(({ answeredAt, ...escalation }) => {
      const isAnswered = answeredAt !== null && answeredAt <= question.knownAt && dayOf(answeredAt) <= question.asOf;
      if (isAnswered) return { ...escalation, answeredOn: dayOf(answeredAt) };
      return { ...escalation, answeredOn: null, decision: null, decidedFor: null };
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { ActionStatus } from '../../actions/action.entity.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { Params } from '../../platform/database/rows.js';
import { is } from './case-facts.js';
import { casesAsOf, type Question } from './cases-as-of.js';
import { doDiffer } from './figures.rules.js';
import { partyOf } from './merged-parties.js';
import type { GoalJudgement } from './year-goals.service.js';

/** An action of the period, with the last judgement of each other party, side by side. */
export interface JudgedAction {
  actionId: string;
  number: string;
  title: string;
  /** Its owner; null for readers without access to figures per organisation. */
  organisation: string | null;
  /** The status of the action on the day. */
  status: ActionStatus;
  judgements: GoalJudgement[];
  judgementsDiffer: boolean;
}

/** Nobody would read more; the counts are in the totals. */
const MOST = 200;

type Found = Omit<JudgedAction, 'judgements' | 'judgementsDiffer'> &
  Omit<GoalJudgement, 'organisation'> & { judge: string };

/** Reads how parties other than the owner judged the actions agreed in a period. */
@Injectable()
export class JudgedActions {
  constructor(private readonly reads: BackgroundReader) {}

  /** By number, as of the day and as known at the moment of the question: at most 200 actions. */
  async list(question: Question): Promise<JudgedAction[]> {
    const params = new Params();
    const [on, known] = [params.add(question.asOf), params.add(question.knownAt)];
    const past = new PointInTime(question, params, this.reads);
    const asKnown = (alias: string): string => `${alias}."judgedOn" <= ${on} AND ${alias}."recordedAt" <= ${known}`;
    const isSame = `${partyOf('n."organisationId"')} = ${partyOf('j."organisationId"')}`;
    const among = `k."id" IN (SELECT x."actionId" FROM "judgements" x WHERE x."actionId" IS NOT NULL AND ${asKnown('x')})`;
    const found = await this.reads.rows<Found>(
      `WITH ${casesAsOf(question, params, { dialect: this.reads.dialect, among })},
       "opinions" AS (
         SELECT c."actionId", c."sequence", c."status", c."ownerId", j."judgement", j."comment", j."judgedOn", j."organisationId", j."id",
           dense_rank() OVER (ORDER BY a."numberKey", a."id") AS "place"
         FROM "cases" c JOIN "actions" a ON a."id" = c."actionId" JOIN "judgements" j ON j."actionId" = c."actionId" AND ${asKnown('j')}
         WHERE ${is('isAgreed', 'c."facts"')} AND (c."ownerId" IS NULL OR ${partyOf('j."organisationId"')} <> ${partyOf('c."ownerId"')})
           AND NOT EXISTS (SELECT 1 FROM "judgements" n WHERE n."actionId" = j."actionId" AND ${isSame} AND ${asKnown('n')}
             AND (n."recordedAt" > j."recordedAt" OR (n."recordedAt" = j."recordedAt" AND n."id" > j."id"))))
       SELECT p."actionId", a."number", u."title", o."name" AS "organisation", p."status", b."name" AS "judge", p."judgement",
         p."comment", p."judgedOn"
       FROM "opinions" p JOIN "actions" a ON a."id" = p."actionId"
       JOIN "action_updates" u ON u."actionId" = p."actionId" AND u."sequence" = p."sequence"
       JOIN ${past.rows('organisations')} b ON b."id" = p."organisationId"
       LEFT JOIN ${past.rows('organisations')} o ON o."id" = p."ownerId"
       WHERE p."place" <= ${MOST} ORDER BY p."place", natural_key(b."name"), p."id"`,
      params.values,
    );
    return joined(found);
  }
}

/** Combines the rows of each action. */
function joined(found: readonly Found[]): JudgedAction[] {
  const actions = new Map<string, JudgedAction>();
  for (const { judge, judgement, comment, judgedOn, ...action } of found) {
    const one = actions.get(action.actionId) ?? { ...action, judgements: [], judgementsDiffer: false };
    one.judgements.push({ organisation: judge, judgement, comment, judgedOn });
    one.judgementsDiffer = doDiffer(one.judgements);
    actions.set(action.actionId, one);
  }
  return [...actions.values()];
}

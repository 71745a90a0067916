import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { conflict, forbidden } from '../../platform/common/problems.js';
import { isReplaced } from '../../directory/people/replaced.conditions.js';
import { Database } from '../../platform/database/database.js';
import { pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { LockedAction } from '../history/action-history.service.js';
import { ActionReading } from '../action-reading.service.js';
import type { EscalationListView, EscalationView } from './escalations.dto.js';
import { escalationViolation } from './escalations.rules.js';

const COLUMNS = `e."id", e."actionId", e."step", e."personId", p."name" AS "personName", e."text", e."askedById",
  b."name" AS "askedByName", e."askedAt", e."decision", e."decidedFor", e."answeredAt"`;
const FROM = `"action_escalations" e JOIN "people" p ON p."id" = e."personId" JOIN "people" b ON b."id" = e."askedById"`;
const REFUSALS = {
  NOT_STUCK: 'This action is neither blocked nor overdue long enough.',
  AWAITING_ANSWER: 'The person asked has 14 days to answer.',
  CONFIDENTIAL_ACTION: 'Confidential actions are never mailed; ask in person.',
  ACTION_WITHDRAWN: 'This action has been withdrawn.',
};

/** The ladder of an action: the steps taken, and whether a next one is possible. */
@Injectable()
export class EscalationSteps {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly reading: ActionReading,
  ) {}

  /** The steps with their answers, first step first, and whether a next one is possible. */
  async list(actionId: string, query: PagingDto, caller: Caller): Promise<EscalationListView> {
    const action = await this.reading.read(actionId, caller);
    if (!('allowed' in action)) throw forbidden();
    const steps = await stepsOf(this.database.reader, actionId, caller.today);
    const violation = escalationViolation(action, steps, this.settings.ESCALATION_DAYS, caller.today);
    const params = new Params();
    const where = `e."actionId" = ${params.add(actionId)}`;
    const page = { select: COLUMNS, from: FROM, where, orderBy: 'e."step"', params };
    const found = await pageOf<EscalationView>(this.database.reader, page, query);
    return { ...found, isOffered: violation === null, obstacle: violation };
  }

  /** The number of the step that asks this person; 409 if none is possible, or if they were asked before. */
  async next(manager: EntityManager, action: LockedAction, personId: string, today: string): Promise<number> {
    const steps = await stepsOf(manager, action.id, today);
    const violation = escalationViolation(action, steps, this.settings.ESCALATION_DAYS, today);
    if (violation) throw conflict(violation, REFUSALS[violation]);
    if (steps.some((step) => step.personId === personId))
      throw conflict('ALREADY_ASKED', 'This person has already been asked about this action.');
    return steps.length + 1;
  }
}

export async function stepView(source: Source, id: string): Promise<EscalationView> {
  return (await row<EscalationView>(source, `SELECT ${COLUMNS} FROM ${FROM} WHERE e."id" = $1`, [id]))!;
}

/** `isAnswerable`: whether the person asked, or a replacement on that day, can still answer. */
function stepsOf(source: Source, actionId: string, day: string) {
  return rows<{ personId: string; askedOn: string; answeredAt: string | null; isAnswerable: boolean }>(
    source,
    `SELECT e."personId", e."askedOn", e."answeredAt", p."active" OR r."id" IS NOT NULL AS "isAnswerable"
     FROM "action_escalations" e JOIN "people" p ON p."id" = e."personId"
     LEFT JOIN "people" r ON r."id" = p."replacementId" AND r."active" AND ${isReplaced('p', '$2')}
     WHERE e."actionId" = $1 ORDER BY e."step"`,
    [actionId, day],
    { isAnswerable: 'boolean' },
  );
}

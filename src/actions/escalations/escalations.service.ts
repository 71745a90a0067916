import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Actor, Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { execute, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { insertRow } from '../../platform/database/writes.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { visibilityOf } from '../action-access.rules.js';
import { Escalation } from './escalation.entity.js';
import type { CreateEscalationDto, EscalationListView, EscalationView } from './escalations.dto.js';
import { ActionHistory, type LockedAction } from '../action-history.service.js';
import { ActionReading } from '../action-reading.service.js';
import { ActionChanges } from '../changes/action-changes.service.js';
import { subjectOf } from '../changes/planned-changes.rules.js';
import { EscalationMail, mayDecide } from './escalation-mail.service.js';
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

/** Escalation ("aan de bel trekken"): a ladder of people asked to decide. Status and deadline do not change. */
@Injectable()
export class Escalations {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
    private readonly reading: ActionReading,
    private readonly mail: EscalationMail,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The steps with their answers, first step first, and whether a next one is possible. */
  async list(actionId: string, query: PagingDto, caller: Caller): Promise<EscalationListView> {
    const action = await this.reading.read(actionId, caller);
    if (!('allowed' in action)) throw forbidden();
    const steps = await this.steps(this.database.reader, actionId);
    const violation = escalationViolation(action, steps, this.settings.ESCALATION_DAYS, caller.today);
    const params = new Params();
    const where = `e."actionId" = ${params.add(actionId)}`;
    const page = { select: COLUMNS, from: FROM, where, orderBy: 'e."step"', params };
    const found = await pageOf<EscalationView>(this.database.reader, page, query);
    return { ...found, isOffered: violation === null, obstacle: violation };
  }

  /** Asks a person. The mails to that person and to the owner are sent together. 409 if no step is possible. */
  ask(actionId: string, { personId, text }: CreateEscalationDto, by: Caller): Promise<EscalationView> {
    return this.transactions.run(async (manager) => {
      const action = await this.history.lock(manager, actionId);
      if (visibilityOf(by, action) === 'none') throw notFound();
      if (!isPermittedIn(by, 'actions.write', action.areaId)) throw forbidden();
      this.outbox.mustHaveServer();
      const steps = await this.steps(manager, actionId);
      const violation = escalationViolation(action, steps, this.settings.ESCALATION_DAYS, by.today);
      if (violation) throw conflict(violation, REFUSALS[violation]);
      if (steps.some((step) => step.personId === personId))
        throw conflict('ALREADY_ASKED', 'This person has already been asked about this action.');
      const person = await row(manager, 'SELECT 1 FROM "people" WHERE "id" = $1 AND "active" AND "email" IS NOT NULL', [
        personId,
      ]);
      if (!person)
        throw invalid([{ field: 'personId', message: 'personId is not an active person with an e-mail address' }]);
      const id = newId();
      const step = steps.length + 1;
      await insertRow(manager, 'action_escalations', {
        id,
        actionId,
        step,
        personId,
        text,
        askedById: by.personId,
        askedOn: by.today,
        askedAt: this.clock.moment(),
      });
      await this.mail.plan(manager, id, action, personId);
      await this.remark(manager, action, `Aan de bel getrokken (stap ${step}): ${text}`, by);
      await this.record(manager, by, 'action.escalated', action);
      return this.view(manager, id);
    }, by.once);
  }

  /** Records the decision of the person asked, or of a replacement, and its date. An answer is final: 409 for a second one. */
  async answer(id: string, answer: { decision: string; decidedFor: string }, personId: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const found = await lockOne(manager, Escalation, id);
      const asked = `SELECT 1 FROM "action_escalations" e WHERE e."id" = $1 AND ${mayDecide('$2', '$3')}`;
      if (!(await row(manager, asked, [id, personId, this.clock.today()]))) throw notFound();
      const action = await this.history.lock(manager, found.actionId);
      const changed = await execute(
        manager,
        `UPDATE "action_escalations" SET "decision" = $1, "decidedFor" = $2, "answeredAt" = $3
         WHERE "id" = $4 AND "answeredAt" IS NULL`,
        [answer.decision, answer.decidedFor, this.clock.moment(), id],
      );
      if (changed === 0) throw conflict('ALREADY_ANSWERED', 'This has already been answered.');
      const by: Actor = { personId, how: 'link' };
      const words = `Besluit na stap ${found.step}, uiterlijk ${inDutch(answer.decidedFor)}: ${answer.decision}`;
      await this.remark(manager, action, words, by);
      await this.record(manager, by, 'action.escalation_answered', action);
    });
  }

  private steps(source: Source, actionId: string) {
    return rows<{ personId: string; askedOn: string; answeredAt: string | null }>(
      source,
      'SELECT "personId", "askedOn", "answeredAt" FROM "action_escalations" WHERE "actionId" = $1 ORDER BY "step"',
      [actionId],
    );
  }

  /** Adds a comment to the history, so that the step is shown wherever the action is read and in its next session. */
  private async remark(manager: EntityManager, action: LockedAction, comment: string, by: Actor): Promise<void> {
    const today = this.clock.today();
    const effectiveOn = action.lastEffectiveOn > today ? action.lastEffectiveOn : today;
    await this.changes.apply(manager, action, {}, effectiveOn, { by, comment });
  }

  private record(manager: EntityManager, by: Actor, operation: string, action: LockedAction): Promise<void> {
    return this.audit.record(manager, by, operation, subjectOf(action));
  }

  private async view(manager: EntityManager, id: string): Promise<EscalationView> {
    return (await row<EscalationView>(manager, `SELECT ${COLUMNS} FROM ${FROM} WHERE e."id" = $1`, [id]))!;
  }
}

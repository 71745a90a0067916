import { Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { asPerson, type Actor, type Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { execute, row } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { insertRow } from '../../platform/database/writes.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { visibilityOf } from '../action-access.rules.js';
import { Escalation } from './escalation.entity.js';
import type { CreateEscalationDto, EscalationView } from './escalations.dto.js';
import { ActionHistory } from '../history/action-history.service.js';
import { EscalationMail, mayDecide } from './escalation-mail.service.js';
import { EscalationNotes } from './escalation-notes.service.js';
import { EscalationSteps, stepView } from './escalation-steps.service.js';

/** Escalation ("aan de bel trekken"): a ladder of people asked to decide. Status and deadline do not change. */
@Injectable()
export class Escalations {
  constructor(
    private readonly transactions: Transactions,
    private readonly history: ActionHistory,
    private readonly steps: EscalationSteps,
    private readonly notes: EscalationNotes,
    private readonly mail: EscalationMail,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Asks a person. The mails to that person and to the owner are sent together. 409 if no step is possible. */
  ask(actionId: string, { personId, text }: CreateEscalationDto, by: Caller): Promise<EscalationView> {
    return this.transactions.run(async (manager) => {
      const action = await this.history.lock(manager, actionId);
      if (visibilityOf(by, action) === 'none') throw notFound();
      if (!isPermittedIn(by, 'actions.write', action.areaId)) throw forbidden();
      this.outbox.mustHaveServer();
      const step = await this.steps.next(manager, action, personId, by.today);
      const person = await row(manager, 'SELECT 1 FROM "people" WHERE "id" = $1 AND "active" AND "email" IS NOT NULL', [
        personId,
      ]);
      if (!person)
        throw invalid([{ field: 'personId', message: 'personId is not an active person with an e-mail address' }]);
      const id = newId();
      await insertRow(manager, 'action_escalations', {
        id,
        actionId,
        step,
        personId,
        text,
        askedById: asPerson(by).personId,
        askedOn: by.today,
        askedAt: this.clock.moment(),
      });
      await this.mail.plan(manager, id, action, personId);
      await this.notes.asked(manager, action, `Aan de bel getrokken (stap ${step}): ${text}`, by);
      return stepView(manager, id);
    }, by.once);
  }

  /**
   * Records the decision of the person asked, or of a replacement, and its date. An answer is final: 409 for a second one,
   * and for an action that was finished.
   */
  async answer(id: string, answer: { decision: string; decidedFor: string }, by: Actor): Promise<void> {
    const { personId } = by;
    await this.transactions.run(async (manager) => {
      const found = await lockOne(manager, Escalation, id);
      const asked = `SELECT 1 FROM "action_escalations" e WHERE e."id" = $1 AND ${mayDecide('$2', '$3')}`;
      if (!(await row(manager, asked, [id, personId, this.clock.today()]))) throw notFound();
      const action = await this.history.lock(manager, found.actionId);
      if (action.closedOn !== null && found.answeredAt === null)
        throw conflict('ACTION_FINISHED', 'This action was finished, so no decision is needed.');
      const changed = await execute(
        manager,
        `UPDATE "action_escalations" SET "decision" = $1, "decidedFor" = $2, "answeredAt" = $3
         WHERE "id" = $4 AND "answeredAt" IS NULL`,
        [answer.decision, answer.decidedFor, this.clock.moment(), id],
      );
      if (changed === 0) throw conflict('ALREADY_ANSWERED', 'This has already been answered.');
      const words = `Besluit na stap ${found.step}, uiterlijk ${inDutch(answer.decidedFor)}: ${answer.decision}`;
      await this.notes.answered(manager, action, words, by);
    });
  }
}

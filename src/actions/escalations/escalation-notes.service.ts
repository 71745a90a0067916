import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import type { LockedAction } from '../history/action-history.service.js';
import { ActionChanges } from '../changes/action-changes.service.js';
import { subjectOf } from '../changes/change-audit.rules.js';
import { presentDay } from '../history/history.rules.js';

/** Notes a step, or its answer, in the history of its action and in the audit trail. */
@Injectable()
export class EscalationNotes {
  constructor(
    private readonly changes: ActionChanges,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async asked(manager: EntityManager, action: LockedAction, comment: string, by: Actor): Promise<void> {
    await this.remark(manager, action, comment, by);
    await this.audit.record(manager, by, 'action.escalated', subjectOf(action));
  }

  async answered(manager: EntityManager, action: LockedAction, comment: string, by: Actor): Promise<void> {
    await this.remark(manager, action, comment, by);
    await this.audit.record(manager, by, 'action.escalation_answered', subjectOf(action));
  }

  /** A comment, so that the step is shown wherever the action is read and in its next session. */
  private async remark(manager: EntityManager, action: LockedAction, comment: string, by: Actor): Promise<void> {
    const today = this.clock.today();
    const effectiveOn = presentDay(action, today);
    await this.changes.apply(manager, action, {}, effectiveOn, { by, comment });
  }
}

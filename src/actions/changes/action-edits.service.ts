import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { execute } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { insertRow } from '../../platform/database/writes.js';
import { mayWrite, visibilityOf } from '../action-access.rules.js';
import { ActionHistory, type LockedAction } from '../history/action-history.service.js';
import { ActionReading } from '../action-reading.service.js';
import { ActionReferences } from '../references/action-references.service.js';
import type { ChangeActionDto } from '../actions.dto.js';
import type { ActionView } from '../actions.views.js';
import { standsInSentMinutes } from './sent-minutes.js';
import { ActionChanges } from './action-changes.service.js';
import { subjectOf } from './change-audit.rules.js';
import { editedOn, editViolations, freshlyNamed } from './edits.rules.js';

/** Editing an action, and withdrawing one recorded by mistake: for chairs, with the version that was read. */
@Injectable()
export class ActionEdits {
  constructor(
    private readonly transactions: Transactions,
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
    private readonly references: ActionReferences,
    private readonly reading: ActionReading,
    private readonly former: RowHistory,
    private readonly audit: Audit,
  ) {}

  /** Edits fields other than status, deadline and owner. */
  change(id: string, input: ChangeActionDto, version: number, by: Caller): Promise<ActionView> {
    return this.transactions.run((manager) => this.changeWithin(manager, id, input, version, by));
  }

  /** The same inside the caller's transaction. */
  async changeWithin(
    manager: EntityManager,
    id: string,
    input: ChangeActionDto,
    version: number,
    by: Caller,
  ): Promise<ActionView> {
    const action = await this.lockForChair(manager, id, version, by);
    const violations = await this.violations(manager, action, input, by);
    if (violations.length > 0) throw invalid(violations);
    if (input.partyIds) await this.keepParties(manager, action, input.partyIds);
    const { title, theme, isPublic, coOwnerIds, checkOn, partyIds = action.partyIds, ...also } = input;
    const edit = { title, theme, isPublic, coOwnerIds, checkOn, edited: true as const };
    const effectiveOn = editedOn(action, by);
    await this.former.keep(manager, 'actions', id, also, effectiveOn);
    await this.changes.apply(manager, action, edit, effectiveOn, { by }, also);
    await this.audit.record(manager, by, 'action.edited', subjectOf({ ...action, partyIds }));
    return this.reading.view(manager, id, by);
  }

  /** Withdraws an action recorded by mistake, while its session is open; the number is not reused. */
  withdraw(id: string, reason: string, version: number, by: Caller): Promise<ActionView> {
    return this.transactions.run(async (manager) => {
      const action = await this.lockForChair(manager, id, version, by);
      if (!action.isOriginOpen) {
        throw conflict(
          'SESSION_NOT_OPEN',
          'An action can only be withdrawn while the session in which it was recorded is open.',
        );
      }
      // Effective from its first day, so that it counts in no figure for an earlier day.
      await this.changes.apply(manager, action, { withdraw: true, reason }, action.recordedOn, { by });
      await this.audit.record(manager, by, 'action.withdrawn', subjectOf(action));
      return this.reading.view(manager, id, by);
    });
  }

  private async lockForChair(manager: EntityManager, id: string, version: number, by: Caller): Promise<LockedAction> {
    const action = await this.history.lock(manager, id);
    if (visibilityOf(by, action) === 'none') throw notFound();
    if (!mayWrite(by, action)) throw forbidden();
    mustMatch(action, version);
    if (action.isWithdrawn) throw conflict('ACTION_WITHDRAWN', 'This action has been withdrawn.');
    return action;
  }

  private async violations(
    manager: EntityManager,
    action: LockedAction,
    input: ChangeActionDto,
    by: Caller,
  ): Promise<FieldError[]> {
    const violations = await this.references.violations(manager, { ...input, ...freshlyNamed(action, input) }, by);
    if (input.followsOnId === action.id)
      violations.push({ field: 'followsOnId', message: 'an action cannot follow on from itself' });
    if (input.agendaItemId) {
      const item = await this.references.item(manager, input.agendaItemId, action.sessionId, by);
      if (!item || (item.isConfidential && !action.isConfidential)) {
        violations.push({ field: 'agendaItemId', message: 'agendaItemId is not an item of its session' });
      }
    }
    return [...violations, ...editViolations(action, input, by)];
  }

  /** Once minutes in which it stands were sent, parties can be added but not removed. */
  private async keepParties(manager: EntityManager, action: LockedAction, partyIds: string[]): Promise<void> {
    const gone = action.partyIds.filter((id) => !partyIds.includes(id));
    if (gone.length > 0 && (await standsInSentMinutes(manager, action.id))) {
      throw conflict('MINUTES_SENT', 'Once the minutes are sent, parties can be added but not removed.');
    }
    for (const organisationId of gone) {
      const link = [action.id, organisationId];
      await execute(manager, 'DELETE FROM "action_parties" WHERE "actionId" = $1 AND "organisationId" = $2', link);
    }
    for (const organisationId of partyIds.filter((id) => !action.partyIds.includes(id))) {
      await insertRow(manager, 'action_parties', { actionId: action.id, organisationId });
    }
  }
}

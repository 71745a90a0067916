import { Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { mayKnow } from '../../platform/access/confidentiality.js';
import { ownOrganisation } from '../../platform/access/own-organisation.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { JudgeDto, JudgementView } from './judgements.dto.js';
import { Judgements } from './judgements.service.js';
import { withMergedOf } from '../../directory/organisations/merged.conditions.js';
import { ActionHistory } from '../history/action-history.service.js';
import { visibilityOf } from '../action-access.rules.js';
import { ActionReading } from '../action-reading.service.js';

/** "Is het gelukt, volgens u?": the other party's opinion beside the owner's own status. */
@Injectable()
export class ActionJudgements {
  constructor(
    private readonly transactions: Transactions,
    private readonly reading: ActionReading,
    private readonly history: ActionHistory,
    private readonly judgements: Judgements,
  ) {}

  /** For callers who may read the action in full; seeing its title alone gives no access to the judgements. */
  async list(actionId: string, query: PagingDto, by: Caller) {
    const action = await this.reading.read(actionId, by);
    if (!('partyIds' in action)) throw forbidden();
    return this.judgements.listOf({ actionId }, query);
  }

  /**
   * Records the judgement of the caller's organisation; 409 if it owns or co-owns the action, because then it sets the
   * status.
   */
  judge(actionId: string, input: JudgeDto, by: Caller): Promise<JudgementView> {
    return this.transactions.run(async (manager) => {
      const action = await this.history.lock(manager, actionId);
      const visibility = visibilityOf(by, action);
      if (visibility === 'none' || action.isWithdrawn) throw notFound();
      const { areaId, isConfidential, partyIds, meetingId } = action;
      const isAtTable = meetingId !== null && by.meetingIds.includes(meetingId);
      if (visibility !== 'full' || !(isAtTable || isPermittedIn(by, 'actions.judge', areaId))) throw forbidden();
      const organisationId = ownOrganisation(by, input.organisationId);
      const own = await withMergedOf(manager, organisationId);
      if (!mayKnow({ organisationIds: own }, isConfidential, partyIds)) throw forbidden();
      if (own.some((id) => id === action.ownerId || action.coOwnerIds.includes(id))) {
        throw conflict('OWN_ACTION', 'Your organisation owns or co-owns this action; update its status instead.');
      }
      const subject = { type: 'action', id: actionId, areaId, isConfidential, partyIds };
      return this.judgements.record(manager, { actionId }, subject, { ...input, organisationId }, by);
    }, by.once);
  }
}

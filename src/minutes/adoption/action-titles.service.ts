import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { ActionHistory } from '../../actions/action-history.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { newId } from '../../platform/common/ids.js';
import { row } from '../../platform/database/rows.js';
import type { Session } from '../../meetings/session.entity.js';
import { changedTitles } from './corrections.rules.js';
import type { TextPart } from '../minutes-text.js';

/**
 * What minutes call an action can be put right at their adoption; then the action itself goes on under that title, with the
 * reason in its history. One that got another title since keeps it: that is of later date than the minutes.
 */
@Injectable()
export class ActionTitles {
  constructor(
    private readonly history: ActionHistory,
    private readonly audit: Audit,
  ) {}

  /** `of` is the session of the minutes, `decidedIn` the one that adopted them. */
  async carryOver(
    manager: EntityManager,
    [before, after]: [readonly TextPart[], readonly TextPart[]],
    { of, decidedIn }: Record<'of' | 'decidedIn', Pick<Session, 'id' | 'heldOn'>>,
    by: Caller,
  ): Promise<void> {
    const comment = `Verbeterd bij de vaststelling van het verslag van ${inDutch(of.heldOn)}.`;
    const effectiveOn = decidedIn.heldOn < by.today ? decidedIn.heldOn : by.today;
    for (const { number, old, title } of changedTitles(before, after)) {
      const found = await row<{ id: string }>(manager, 'SELECT a."id" FROM "actions" a WHERE a."number" = $1', [
        number,
      ]);
      if (!found) continue;
      const action = await this.history.lock(manager, found.id);
      if (action.isWithdrawn || action.title !== old) continue;
      const earlier = await this.history.before(manager, action, effectiveOn);
      const entry = { id: newId(), change: { title, edited: true as const }, effectiveOn, isAtOrigin: false };
      await this.history.append(manager, action, earlier, entry, { by, sessionId: decidedIn.id, comment });
      const { id, areaId, isConfidential, partyIds } = action;
      const subject = { type: 'action', id, areaId, isConfidential, partyIds };
      await this.audit.record(manager, by, 'action.edited', subject);
    }
  }
}

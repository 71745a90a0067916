import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { dayInSession } from '../../meetings/sessions.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { ActionHistory } from '../../actions/history/action-history.service.js';
import { ActionChanges } from '../../actions/changes/action-changes.service.js';
import { subjectOf } from '../../actions/changes/change-audit.rules.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { row } from '../../platform/database/rows.js';
import type { Session } from '../../meetings/session.entity.js';
import { changedTitles } from './corrections.rules.js';
import type { TextPart } from '../composing/minutes-text.js';

/**
 * Adoption can correct the title of an action in the minutes; the action itself is then renamed too, with the reason in
 * its history. An action that was renamed since keeps its title, because that is more recent than the minutes.
 */
@Injectable()
export class ActionTitles {
  constructor(
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
    private readonly audit: Audit,
  ) {}

  /** `of` is the session of the minutes, `decidedIn` the session that adopted them. */
  async carryOver(
    manager: EntityManager,
    [before, after]: [readonly TextPart[], readonly TextPart[]],
    { of, decidedIn }: Record<'of' | 'decidedIn', Pick<Session, 'id' | 'heldOn'>>,
    by: Caller,
  ): Promise<void> {
    const comment = `Verbeterd bij de vaststelling van het verslag van ${inDutch(of.heldOn)}.`;
    const effectiveOn = dayInSession(decidedIn, by.today);
    for (const { number, old, title } of changedTitles(before, after)) {
      const found = await row<{ id: string }>(manager, 'SELECT a."id" FROM "actions" a WHERE a."number" = $1', [
        number,
      ]);
      if (!found) continue;
      const action = await this.history.lock(manager, found.id);
      if (action.isWithdrawn || action.title !== old) continue;
      const change = { title, edited: true as const };
      await this.changes.apply(manager, action, change, effectiveOn, { by, sessionId: decidedIn.id, comment });
      await this.audit.record(manager, by, 'action.edited', subjectOf(action));
    }
  }
}

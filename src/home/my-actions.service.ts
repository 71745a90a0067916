import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import type { ActionLine } from '../actions/actions.views.js';
import { Actions } from '../actions/actions.service.js';
import { isClosed } from '../actions/statuses.rules.js';
import { isId } from '../platform/common/ids.js';
import { QuarterlyResults } from '../wijkagenda/quarterly-results/quarterly-results.service.js';
import { sectionsOf } from '../actions/pages/my-actions.rules.js';
import type { RejectedAnswer } from '../actions/pages/standing.rules.js';

const MOST_SHOWN = 200;

/** The contents of "Mijn acties": all open actions of the caller and the caller's organisations. */
@Injectable()
export class MyActions {
  constructor(
    private readonly actions: Actions,
    private readonly results: QuarterlyResults,
  ) {}

  async view(caller: Caller, rejected?: RejectedAnswer) {
    const query = { mine: true, open: true, page: 1, pageSize: MOST_SHOWN };
    const [{ items, total }, ready] = await Promise.all([this.actions.list(query, caller), this.results.ready(caller)]);
    const sections = sectionsOf(items as ActionLine[], rejected);
    return { title: 'Mijn acties', tab: 'list', ready, sections, total, isMore: total > items.length };
  }

  /** The action just closed, with its previous status; null if there is none, or it can no longer be undone. */
  async undoable(id: string, was: string, caller: Caller): Promise<{ id: string; number: string; was: string } | null> {
    if (!isId(id)) return null;
    const action = await this.actions.read(id, caller).catch(() => undefined);
    return action && isClosed(action.status) ? { id, number: action.number, was } : null;
  }
}

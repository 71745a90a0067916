import { Injectable } from '@nestjs/common';
import type { CreateUpdateDto } from '../../actions/history/action-updates.dto.js';
import { Actions } from '../../actions/actions.service.js';
import type { Caller } from '../../platform/access/caller.js';
import { Transactions } from '../../platform/database/transactions.js';

/** Corrects the title, owner and deadline of an action during the session, in one transaction. */
@Injectable()
export class CorrectionsInPlace {
  constructor(
    private readonly transactions: Transactions,
    private readonly actions: Actions,
  ) {}

  /**
   * Changes the title to `title` (unless undefined; the version is then not checked) and enters the update, unless it
   * is empty. Returns the action's number. Errors as for its parts.
   */
  correct(
    id: string,
    title: string | undefined,
    update: CreateUpdateDto,
    version: number,
    by: Caller,
  ): Promise<string> {
    return this.transactions.run(async (manager) => {
      if (title !== undefined) await this.actions.changeWithin(manager, id, { title }, version, by);
      const { action } = await this.actions.updateWithin(manager, id, update, by);
      return action.number;
    });
  }
}

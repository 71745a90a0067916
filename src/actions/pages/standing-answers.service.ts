import { HttpException, Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { formProblemOf } from '../../web/forms.js';
import { type BatchEntry, Batches } from '../bulk/batches.service.js';
import { STANDING_WORDS } from '../words.js';
import {
  AMONG_MANY,
  type FilledRow,
  notAnswerable,
  standingFieldId,
  toUpdate,
  type RejectedAnswer,
} from './standing.rules.js';

/** The outcome of a form about many actions: which were saved, and for the others why not. */
interface Entered {
  saved: string[];
  refused: Map<string, RejectedAnswer>;
}

/** Saves a form with the status of many actions. */
@Injectable()
export class StandingAnswers {
  constructor(private readonly batches: Batches) {}

  /**
   * Enters all of it in one transaction. Complete rows are saved, incomplete ones remain on the form: people who leave
   * after pressing the button do not lose the rest. `callerOf` returns the caller for an action.
   */
  async enter(rows: readonly FilledRow[], callerOf: (actionId: string) => Caller): Promise<Entered> {
    const refused = new Map<string, RejectedAnswer>();
    const refuse = ({ id, fields }: FilledRow, error: unknown): void => {
      const problem = formProblemOf(error, { ...STANDING_WORDS, idOf: (field) => standingFieldId(id, field) });
      refused.set(id, { id, fields, problem });
    };
    const entries: BatchEntry[] = [];
    for (const row of rows) {
      try {
        const version = row.version > 0 ? { version: row.version } : {};
        const change = toUpdate(row.fields, AMONG_MANY);
        entries.push({ actionId: row.id, ...version, change, by: callerOf(row.id) });
      } catch (error) {
        refuse(row, error);
      }
    }
    const { items } = entries.length > 0 ? await this.batches.enterAll(entries) : { items: [] };
    for (const { actionId, problem } of items) {
      const row = rows.find(({ id }) => id === actionId)!;
      if (problem?.status === 404) refused.set(actionId, notAnswerable(row));
      else if (problem) refuse(row, new HttpException({ ...problem }, problem.status, { errorCode: problem.code }));
    }
    return { saved: items.flatMap(({ actionId, problem }) => (problem ? [] : [actionId])), refused };
  }
}

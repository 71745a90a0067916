import type { Caller } from '../access/caller.js';

/** What a person can say about an action on the answer page. */
export interface AnswerChange {
  status?: 'in_progress' | 'blocked' | 'done' | 'cancelled';
  reason?: string;
  result?: string;
  realisation?: 'full' | 'partial';
  dueOn?: string;
  handBack?: true;
  comment?: string;
}

/** Enters an update of an action: the one verb the page needs. */
export interface AnswerActions {
  update(id: string, change: AnswerChange, by: Caller): Promise<unknown>;
}

export const ANSWER_ACTIONS = Symbol('answer actions');

import type { ActionLine } from '../actions.views.js';
import { toCard } from './my-actions.rules.js';
import { AMONG_MANY, type RejectedAnswer } from './standing.rules.js';

/** An action as a row in which its owner answers. */
export function toAnswerRow(line: ActionLine, rejected: ReadonlyMap<string, RejectedAnswer>) {
  const card = toCard(line, rejected.get(line.id), AMONG_MANY);
  const { errors, otherError } = card.standing;
  return {
    ...card,
    version: line.version,
    dueOn: line.dueOn,
    isNextSession: line.dueKind === 'next_session',
    errors: [errors.status, errors.line, errors.day, otherError].filter((text) => typeof text === 'string'),
  };
}

/** The message after a table was saved, in full or in part. */
export function savedWords(saved: number, refused: number): string {
  const some = `${saved} ${saved === 1 ? 'actie' : 'acties'} opgeslagen`;
  return refused === 0 ? `${some}.` : `${some}, ${refused} nog niet.`;
}

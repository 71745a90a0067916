import type { ActionLine } from '../actions.views.js';
import { CHOICES } from './action-form.rules.js';
import type { Fields } from '../../web/forms.js';
import { toCard, type Tried } from './my-actions.rules.js';

/** What was filled in for one action of the table. */
export interface FilledRow {
  id: string;
  version: number;
  fields: Fields;
}

const FIELD = /^(status|line|day|version)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The rows of the posted table in which something was filled in: `status-<id>`, `line-<id>`, `day-<id>`. */
export function filledRows(fields: Fields): FilledRow[] {
  const rows = new Map<string, Fields>();
  for (const [name, value] of Object.entries(fields)) {
    const [, part, id] = FIELD.exec(name) ?? [];
    if (part) rows.set(id, { ...rows.get(id), [part]: value });
  }
  return [...rows]
    .map(([id, { version = '', status = '', line = '', day = '' }]) => ({
      id,
      version: Number(version),
      fields: { status, line, day },
    }))
    .filter(({ fields: { status, line, day } }) => status !== '' || line !== '' || day !== '');
}

/** An action as its row shows it. */
export function toTableRow(line: ActionLine, tried: ReadonlyMap<string, Tried>) {
  const card = toCard(line, tried.get(line.id));
  const chosen = tried.get(line.id)?.fields.status;
  return {
    ...card,
    version: line.version,
    choices: CHOICES.map(({ value, label }) => ({ value, label, isChosen: chosen === value })),
    errors: [card.statusError, card.lineError, card.dayError, card.otherError].filter((text) => text !== null),
  };
}

/** What the page says after a table was taken, whole or in part. */
export function tableWords(saved: number, refused: number): string {
  const some = `${saved} ${saved === 1 ? 'actie' : 'acties'} opgeslagen`;
  return refused === 0 ? `${some}.` : `${some}, ${refused} nog niet.`;
}

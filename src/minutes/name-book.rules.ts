import type { NameKey } from './minutes-content.js';

export interface NameEntry {
  id: string;
  personId: string | null;
  /** Null once erased. */
  name: string | null;
  function: string | null;
}

/** Printed in minutes for a person whose name was erased. */
export const ERASED_NAME = '(naam verwijderd)';

/** Assigns every person and guest of one session's minutes a key, which is the same in every version. */
export class NameBook {
  /** The names that were new to the book. */
  readonly added: NameEntry[] = [];

  constructor(
    private readonly known: readonly NameEntry[],
    private readonly newKey: () => string,
  ) {}

  keyOf(personId: string | null, name: string, role: string | null): NameKey {
    const isSame = (entry: NameEntry): boolean =>
      personId === null ? entry.personId === null && entry.name === name : entry.personId === personId;
    let entry = this.known.find(isSame) ?? this.added.find(isSame);
    if (!entry) this.added.push((entry = { id: this.newKey(), personId, name, function: role }));
    return { nameId: entry.id };
  }
}

export interface PrintedName {
  name: string;
  function: string | null;
}

/** The printable name of a key. */
export function printedName(key: NameKey, names: ReadonlyMap<string, NameEntry>): PrintedName {
  const entry = names.get(key.nameId);
  return entry?.name ? { name: entry.name, function: entry.function } : { name: ERASED_NAME, function: null };
}

import type { Certainty } from './quick-dates.rules.js';

export interface Named {
  id: string;
  name: string;
  aliases: readonly string[];
}

/** An owner that a text may refer to: an organisation, and the person in it if one was named. */
export interface NamedOwner {
  id: string;
  name: string;
  person: { id: string; name: string } | null;
}

/** @schema RecognisedName */
export interface ReadName extends NamedOwner {
  text: string;
  certainty: Certainty;
  /** Others that the same text may refer to. */
  alternatives: NamedOwner[];
}

/** Lower case, without accents, dots and other punctuation; "'t Zand" and "W&K" keep their distinctive characters. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}&+ ]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The edit distance: the number of characters to insert, delete, replace or swap to turn one text into the other. */
export function typingErrors(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, i) => [i, ...Array<number>(other.length).fill(0)]);
  rows[0] = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
}

/**
 * Whether there are at most that many typing errors. Texts whose lengths differ more are not compared, because the
 * comparison is slow.
 */
const isAlmost = (one: string, other: string, most: number): boolean =>
  Math.abs(one.length - other.length) <= most && typingErrors(one, other) <= most;

/** Short names must match exactly; one error is allowed from five characters, two from nine. */
const allowedErrors = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2);

/**
 * The organisation a text names: by name or alias, by the first words of a name ("Habeko" for Habeko Wonen), or with a
 * few typing errors. Undefined if there is none; with alternatives if several match equally.
 */
export function readName(text: string, organisations: readonly Named[]): ReadName | undefined {
  const wanted = folded(text);
  if (wanted.length < 2) return undefined;
  const ways: [Certainty, (known: string) => boolean][] = [
    ['sure', (known) => known === wanted],
    ['likely', (known) => wanted.length >= 3 && known.startsWith(`${wanted} `)],
    ['likely', (known) => isAlmost(known, wanted, allowedErrors(Math.min(known.length, wanted.length)))],
    [
      'likely',
      (known) =>
        wanted.length >= 5 &&
        isAlmost(known.split(' ')[0], wanted, allowedErrors(wanted.length)) &&
        known.includes(' '),
    ],
  ];
  for (const [certainty, fits] of ways) {
    const [first, ...others] = organisations.filter(({ name, aliases }) =>
      [name, ...aliases].some((known) => fits(folded(known))),
    );
    if (first) {
      const alternatives = others.map(({ id, name }) => ({ id, name, person: null }));
      return {
        id: first.id,
        name: first.name,
        person: null,
        text,
        certainty: others.length > 0 ? 'doubtful' : certainty,
        alternatives,
      };
    }
  }
  return undefined;
}

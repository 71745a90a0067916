import type { Certainty } from './quick-meaning.rules.js';
import { ABBREVIATIONS, BEFORE_NAME, EVERYBODY, FUNCTION } from './reading.words.js';
import { isMistyped } from './typing-errors.rules.js';
import type { Nearness, WhoCandidates } from './who-candidates.rules.js';
import { folded } from './folded.js';

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

/** One way to be named: `exact` texts, and longer ones that a typed text may be the beginning of. */
interface Entry {
  owner: NamedOwner;
  place: Nearness;
  exact: string[];
  isPerson: boolean;
  /** The organisation for which this person is here. */
  isPreferred: boolean;
}

const NEARNESS: Nearness[] = ['table', 'area', 'other'];
/** The parts of "Randy van BOR", "Karin (BOR)", "Henk/BOA", "wijkcoach Fatima". */
const COMBINED = [
  /^(.+?)\s+(?:van|namens|vanuit)\s+(?:de\s+|het\s+)?(.+)$/i,
  /^(.+?)\s*\(([^)]+)\)$/,
  /^(.+?)\s*\/\s*(.+)$/,
  /^(\S+)\s+(.+)$/,
];

/** Everyone a line can name, prepared for looking up the same few texts in many ways. */
export class NameBook {
  private readonly entries: Entry[];
  private readonly byText = new Map<string, Entry[]>();
  private readonly privateNames: Set<string>;
  private readonly found = new Map<string, ReadName | undefined>();

  constructor({ organisations, people }: WhoCandidates) {
    const nameOf = new Map(organisations.map(({ id, name }) => [id, name]));
    const ofOrganisations = organisations.map(({ id, name, aliases, place }): Entry => {
      const exact = [...new Set([name, ...aliases].map(key).filter(Boolean))];
      return { owner: { id, name, person: null }, place, exact, isPerson: false, isPreferred: true };
    });
    const ofPeople = people.flatMap((one): Entry[] => {
      const organisation = one.organisationId && nameOf.get(one.organisationId);
      if (!organisation) return [];
      const person = one.id === null ? null : { id: one.id, name: one.name };
      const full = key(one.name);
      // First names and functions are only used for people nearby: elsewhere too many people share them.
      const short = one.place === 'other' ? [] : [...firstNames(one.name), key(one.function ?? '')];
      const exact = [...new Set([full, ...short])].filter((text) => text.length >= 2);
      const owner = { id: one.organisationId!, name: organisation, person };
      return [{ owner, place: one.place, exact, isPerson: true, isPreferred: one.isPreferred }];
    });
    this.entries = [...ofOrganisations, ...ofPeople];
    for (const entry of this.entries) {
      for (const text of entry.exact) this.byText.set(text, [...(this.byText.get(text) ?? []), entry]);
    }
    this.privateNames = new Set(
      people
        .filter(({ organisationId }) => organisationId === null)
        .flatMap(({ name }) => [key(name), key(name).split(' ')[0]]),
    );
  }

  /**
   * Who a text names: an organisation by name or alias, a person by name, or nearby by first name or function; also
   * with the organisation beside it, by the first words of a name, abbreviated, or with a few typing errors. Undefined
   * if it matches nobody; with alternatives if it matches several.
   */
  find(text: string): ReadName | undefined {
    if (!this.found.has(text)) this.found.set(text, this.look(text));
    const name = this.found.get(text);
    return name && { ...name };
  }

  /** Whether this is someone at the table without an organisation. */
  isPrivate(text: string): boolean {
    return this.privateNames.has(key(text));
  }

  private look(text: string): ReadName | undefined {
    const bare = text.trim().replace(BEFORE_NAME, '');
    const wanted = key(text);
    if (wanted.length < 2 || EVERYBODY.test(text.trim())) return undefined;
    const whole = this.exactly(wanted, text) ?? (bare === text ? undefined : this.exactly(key(bare), text));
    return whole ?? this.combined(bare, text) ?? this.nearly(key(bare), bare, text);
  }

  private exactly(wanted: string, text: string): ReadName | undefined {
    return chosen(this.byText.get(wanted) ?? [], text, 'sure');
  }

  /** A person and the organisation beside it, in either order; or an organisation with a word before it. */
  private combined(bare: string, text: string): ReadName | undefined {
    for (const form of COMBINED) {
      const [, one, other] = form.exec(bare) ?? [];
      if (!one) continue;
      for (const [who, where] of [
        [key(one), key(other)],
        [key(other), key(one)],
      ]) {
        const people = (this.byText.get(who) ?? []).filter(({ isPerson }) => isPerson);
        const within = people.filter(
          ({ owner }) =>
            this.entries.some((entry) => entry.owner.id === owner.id && isOrganisation(entry, where)) ||
            people.some((entry) => entry.owner.person?.id === owner.person?.id && entry.exact.includes(where)),
        );
        const found = chosen(within, text, 'sure');
        if (found) return found;
      }
    }
    const [task, ...others] = bare.split(' ');
    const organisation = FUNCTION.test(task) ? this.exactly(key(others.join(' ')), text) : undefined;
    return organisation && { ...organisation, certainty: worst('likely', organisation.certainty) };
  }

  private nearly(wanted: string, bare: string, text: string): ReadName | undefined {
    if (wanted.length < 2) return undefined;
    const first = (known: string) => known.split(' ')[0];
    const ways: ((known: string, entry: Entry) => boolean)[] = [
      (known, { isPerson }) => !isPerson && wanted.length >= 3 && known.startsWith(`${wanted} `),
      (known) => isAbbreviated(known, bare),
      (known, { isPerson, place }) => !isPerson && place !== 'other' && areInitials(bare, known),
      (known) => isMistyped(known, wanted),
      (known, { isPerson }) =>
        !isPerson && wanted.length >= 5 && known.includes(' ') && isMistyped(first(known), wanted),
    ];
    for (const fits of ways) {
      const found = this.entries.filter((entry) => entry.exact.some((known) => fits(known, entry)));
      const name = chosen(found, text, 'likely');
      if (name) return name;
    }
    return undefined;
  }
}

/** "Dirk-Jan van der Meulen" is called "Dirk-Jan", or "Dirk". */
const firstNames = (name: string): string[] => {
  const [given] = name.trim().split(/\s+/);
  return [key(given), key(given).split(' ')[0]];
};

const worst = (one: Certainty, other: Certainty): Certainty => (other === 'doubtful' ? other : one);

/** "Habeko" beside a person is enough for Habeko Wonen. */
const isOrganisation = ({ isPerson, exact }: Entry, text: string): boolean =>
  !isPerson && exact.some((known) => known === text || (text.length >= 3 && known.startsWith(`${text} `)));

/** A name book of organisations only, none of which is nearby. */
const books = new WeakMap<readonly Named[], NameBook>();
export function bookOf(organisations: readonly Named[]): NameBook {
  const known = books.get(organisations);
  if (known) return known;
  const others = organisations.map((one) => ({ ...one, place: 'other' as const }));
  const book = new NameBook({ organisations: others, people: [] });
  books.set(organisations, book);
  return book;
}

/** The organisation a text names, as in `NameBook.find`. */
export const readName = (text: string, organisations: readonly Named[]): ReadName | undefined =>
  bookOf(organisations).find(text);

/** The texts of a name in one form: "W&K" and "W en K", "i.d." and "in de" are the same. */
function key(text: string): string {
  const whole = ABBREVIATIONS.reduce((found, [short, long]) => found.replaceAll(short, long), text);
  return folded(whole.replaceAll('&', ' en ').replaceAll('-', ' '));
}

/** "Belangenver. Zwammerdam": each word with a full stop is the beginning of a word of the name. */
function isAbbreviated(known: string, typed: string): boolean {
  if (!/\p{L}{2}\./u.test(typed)) return false;
  const words = typed.trim().split(/\s+/);
  const names = known.split(' ');
  return (
    words.length === names.length &&
    words.every((word, at) => (word.endsWith('.') ? names[at].startsWith(key(word)) : names[at] === key(word)))
  );
}

/** "BOR" is Beheer Openbare Ruimte, "WMO" is not any word that happens to begin so: in capitals, three or more. */
const areInitials = (typed: string, known: string): boolean =>
  /^\p{Lu}{3,}$/u.test(typed) &&
  typed.toLowerCase() ===
    known
      .split(' ')
      .map(([first]) => first)
      .join('');

/**
 * The nearest of these entries; a person before the organisation itself, since the same words name both. Several that
 * are equally near make it doubtful; others further away make it likely.
 */
function chosen(entries: readonly Entry[], text: string, certainty: Certainty): ReadName | undefined {
  if (entries.length === 0) return undefined;
  const nearest = NEARNESS.find((place) => entries.some((entry) => entry.place === place))!;
  const near = entries.filter(({ place }) => place === nearest);
  const preferred = near.some(({ isPreferred }) => isPreferred) ? near.filter(({ isPreferred }) => isPreferred) : near;
  const [best] = preferred.toSorted((one, other) => Number(other.isPerson) - Number(one.isPerson));
  const isSame = ({ owner }: Entry) =>
    owner.id === best.owner.id && (owner.person === null || owner.person.id === best.owner.person?.id);
  const others = entries.filter((entry) => entry !== best && !isSame(entry));
  const isRival = (entry: Entry) => entry.place === nearest && (entry.isPreferred || !best.isPreferred);
  const alternatives = [...new Map(others.map(({ owner }) => [`${owner.id} ${owner.person?.id}`, owner])).values()];
  const sureness = others.some(isRival)
    ? 'doubtful'
    : others.length > 0 || (best.isPerson && best.place !== 'table')
      ? 'likely'
      : certainty;
  return { ...best.owner, text, certainty: sureness, alternatives };
}

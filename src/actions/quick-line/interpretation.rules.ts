import type { Certainty } from './quick-dates.rules.js';
import type { ReadDeadline } from './quick-deadline.rules.js';
import { readLine } from './quick-line.rules.js';
import type { ReadName } from './quick-names.rules.js';
import type { WhoCandidates } from './who-candidates.rules.js';

export interface InterpretationView {
  owner: ReadName | null;
  coOwners: ReadName[];
  title: { value: string; text: string; certainty: Certainty; alternatives: string[] };
  deadline: (ReadDeadline & { alternatives: { kind: 'date'; dueOn: string }[] }) | null;
  /** Text in the place of a name that is not a known organisation. */
  unknownNames: string[];
}

/**
 * Interprets one line of Dutch about an action, relative to `day`. Among names that fit equally, near ones come first;
 * a near one is likely if it is the only near one. `nextSessionOn` is the date of "volgend overleg".
 */
export function interpret(
  line: string,
  { organisations }: WhoCandidates,
  day: string,
  nextSessionOn: string | null,
): InterpretationView {
  const isNear = ({ place }: { place: string }) => place !== 'other';
  const near = new Set(organisations.filter(isNear).map(({ id }) => id));
  const nearestFirst = organisations.toSorted((one, other) => Number(isNear(other)) - Number(isNear(one)));
  const { owner, coOwners, title, deadline, unknownNames } = readLine(line, nearestFirst, day);
  const isWhole = owner !== null && deadline !== null;
  return {
    owner: owner && settled(owner, near),
    coOwners: coOwners.map((name) => settled(name, near)),
    title: {
      ...title,
      certainty: title.value === '' ? 'doubtful' : isWhole ? 'sure' : 'likely',
      alternatives: [],
    },
    deadline: deadline && resolved(deadline, day, nextSessionOn),
    unknownNames,
  };
}

function settled(name: ReadName, near: ReadonlySet<string>): ReadName {
  const isOnlyNearOne = near.has(name.id) && !name.alternatives.some(({ id }) => near.has(id));
  return name.alternatives.length > 0 && isOnlyNearOne ? { ...name, certainty: 'likely' } : name;
}

function resolved(deadline: ReadDeadline, day: string, nextSessionOn: string | null) {
  const { kind, dueOn, text, certainty } = deadline;
  // Only the fields of the deadline, not those used for parsing.
  const read = { kind, dueOn: kind === 'next_session' ? nextSessionOn : dueOn, text, certainty };
  const isPast = read.dueOn !== null && read.dueOn < day;
  const nextYear = isPast ? `${Number(day.slice(0, 4)) + 1}${read.dueOn!.slice(4)}` : '';
  const exists = isPast && new Date(nextYear).toISOString().startsWith(nextYear);
  return { ...read, alternatives: exists ? [{ kind: 'date' as const, dueOn: nextYear }] : [] };
}

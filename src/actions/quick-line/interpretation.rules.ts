import type { Certainty } from './quick-meaning.rules.js';
import type { ReadDeadline } from './quick-deadline.rules.js';
import { readLine } from './quick-line.rules.js';
import { NameBook, type NamedOwner, type ReadName } from './quick-names.rules.js';
import type { WhoCandidates } from './who-candidates.rules.js';

export interface InterpretationView {
  owner: ReadName | null;
  coOwners: ReadName[];
  /** The alternative is the title without an unknown name, for when that name becomes the owner. */
  title: { value: string; text: string; certainty: Certainty; alternatives: string[] };
  deadline: (ReadDeadline & { alternatives: { kind: 'date'; dueOn: string }[] }) | null;
  /** Text in the position of a name that is not a known organisation or person. It is also part of the title. */
  unknownNames: string[];
}

/** The context in which a line is typed. */
interface LineContext {
  day: string;
  /** The date of "volgend overleg". */
  nextSessionOn: string | null;
  /** The organisation of the typist, proposed as the owner when the line names a private person. */
  speaker: { id: string; name: string } | null;
}

/**
 * Interprets one line of Dutch about an action. Those at the table come first, then those of the area; a name that may
 * mean several is doubtful, and one that means only one at the table is likely.
 */
export function interpret(line: string, candidates: WhoCandidates, context: LineContext): InterpretationView {
  const { day, nextSessionOn, speaker } = context;
  const { owner, coOwners, title, deadline, unknownNames, ...read } = readLine(line, new NameBook(candidates), day);
  const proposed = read.isPrivate && speaker !== null ? bySpeaker(speaker) : null;
  return {
    owner: owner ?? proposed,
    coOwners,
    title: { ...title, alternatives: unknownNames.length > 0 ? [read.titleWithoutUnknown] : [] },
    deadline: deadline && resolved(deadline, day, nextSessionOn),
    unknownNames,
  };
}

/** A private person never owns an action: the organisation that talks to them does. */
function bySpeaker({ id, name }: { id: string; name: string }): ReadName {
  const alternatives: NamedOwner[] = [];
  return { id, name, person: null, text: '', certainty: 'doubtful', alternatives };
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

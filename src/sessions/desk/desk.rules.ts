import { type DeskPart, PART_WORDS } from '../words.js';
import type { Item } from './agenda-block.rules.js';

/** The parts of a session that can have their own agenda item. */
type AgendaPart = Exclude<DeskPart, 'budget' | 'vragen'>;

/** Whether the agenda has an item for this part. */
const holds = ({ kind }: Item, part: AgendaPart): boolean => kind === (part === 'acties' ? 'actions' : 'minutes');

interface Step {
  /** The id of its section of the desk. */
  key: string;
  number: string;
  title: string;
  isDone: boolean;
  /** Its progress, in words. */
  stateName: string;
  /** Confidential: its title is hidden until somebody clicks. */
  isSecret: boolean;
  /** Marked as the current item, on the room's screen too. */
  isAtHand: boolean;
  /** The first confidential one: from here on the session is private. */
  startsPrivate: boolean;
}

/** A section of the desk: an agenda item with what belongs to it, or a part without an item. */
interface DeskSection {
  key: string;
  title: string;
  item: Item | null;
  holdsMinutes: boolean;
  /** The item for earlier minutes, of which none waits to be adopted. */
  lacksMinutes: boolean;
  holdsActions: boolean;
  holdsQuestions: boolean;
  holdsBudget: boolean;
}

interface Counts {
  treated: number;
  total: number;
  /** Those reported done that nobody agreed to yet; they are not among the total. */
  waiting: number;
  /** Whether there is no action of last time at all, nor one reported done. */
  isEmpty: boolean;
  /** Minutes of earlier sessions that are waiting to be adopted. */
  adoptions: number;
  /** Budgets on the desk, and how many of their initiatives are waiting for a decision. */
  budgets: number;
  undecided: number;
  /** Questions on the desk (null if they are not used) and how many are open. */
  questions: number | null;
  openQuestions: number;
}

/** The sections in the order of the meeting; confidential items come last ("besloten deel"). */
export function toDeskSections(
  items: readonly Item[],
  { isEmpty, adoptions, budgets, questions }: Counts,
): DeskSection[] {
  const shown = items.filter(({ isProposed, isDeclined }) => !isProposed && !isDeclined);
  const open = shown.filter((one) => !one.isConfidential);
  const secret = shown.filter((one) => one.isConfidential);
  const holder = (part: AgendaPart) => [...open, ...secret].find((item) => holds(item, part));
  const [minutes, actions] = [holder('vorig-verslag'), holder('acties')];
  const bare = (key: DeskPart): DeskSection => ({
    key: `deel-${key}`,
    title: PART_WORDS[key],
    item: null,
    holdsMinutes: key === 'vorig-verslag',
    lacksMinutes: false,
    holdsActions: key === 'acties',
    holdsQuestions: key === 'vragen',
    holdsBudget: key === 'budget',
  });
  const ofItem = (item: Item): DeskSection => ({
    key: item.key,
    title: item.title,
    item,
    holdsMinutes: item === minutes && adoptions > 0,
    lacksMinutes: item === minutes && adoptions === 0,
    holdsActions: item === actions,
    holdsQuestions: false,
    holdsBudget: false,
  });
  return [
    ...(!minutes && adoptions > 0 ? [bare('vorig-verslag')] : []),
    ...(!actions && !isEmpty ? [bare('acties')] : []),
    ...open.map(ofItem),
    ...(questions !== null ? [bare('vragen')] : []),
    ...(budgets > 0 ? [bare('budget')] : []),
    ...secret.map(ofItem),
  ];
}

/** The steps beside the desk, each with its progress. */
export function toSteps(sections: readonly DeskSection[], counts: Counts, currentId: string | null): Step[] {
  const firstSecret = sections.findIndex(({ item }) => item?.isConfidential);
  return sections.map((section, index) => ({
    key: section.key,
    number: section.item?.number ?? '',
    title: section.title,
    isSecret: section.item?.isConfidential ?? false,
    isAtHand: section.item !== null && section.item.id === currentId,
    startsPrivate: index === firstSecret,
    ...progressOf(section, counts),
  }));
}

const waiting = (count: number, none: string, some: string) => ({
  isDone: count === 0,
  stateName: count === 0 ? none : `${count} ${some}`,
});

function progressOf({ item, holdsActions, holdsMinutes, holdsBudget, holdsQuestions }: DeskSection, counts: Counts) {
  if (holdsBudget) return waiting(counts.undecided, 'besloten', 'te beslissen');
  if (holdsQuestions) return waiting(counts.openQuestions, '', 'open');
  if (holdsActions && counts.total > 0)
    return { isDone: counts.treated === counts.total, stateName: `${counts.treated} van ${counts.total}` };
  if (holdsActions && !counts.isEmpty) return waiting(counts.waiting, 'akkoord', 'gereed gemeld');
  if (holdsMinutes) return { isDone: false, stateName: 'nog vast te stellen' };
  if (!item?.isTopic) return { isDone: Boolean(item?.notes), stateName: item?.notes ? 'genoteerd' : '' };
  if (item.isTreated) return { isDone: true, stateName: item.stateName };
  const isWritten = Boolean(item.notes) || Boolean(item.decision);
  return { isDone: isWritten, stateName: isWritten ? 'genoteerd' : 'nog te doen' };
}

interface Present {
  name: string | null;
  organisationId: string | null;
  organisationName: string | null;
  status: string | null;
}

/** Those present who may not hear a confidential item: they leave the room before it. */
export const mustLeave = (partyIds: readonly string[], attendances: readonly Present[]): string[] =>
  attendances
    .filter(({ status, organisationId }) => status === 'present' && !partyIds.includes(organisationId ?? ''))
    .map(({ name, organisationName }) => name ?? organisationName ?? '');

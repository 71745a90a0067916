import { mayKnow } from '../../platform/access/confidentiality.js';
import { daysBetween } from '../../platform/common/calendar-date.js';
import { ANSWER_WITHIN_DAYS } from '../../actions/escalations/escalations.rules.js';
import { inOrder, type LineFacts } from '../../actions/recipients/digest-lines.rules.js';
import { daysOverdue, isRunning } from '../../actions/overdue.rules.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';

/** An open action that may need its chair. */
export interface AttentionRow extends LineFacts {
  organisationId: string | null;
  organisationName: string | null;
  isHandedBack: boolean;
  /** Who gave it back. */
  returnedByName: string | null;
  partyIds: string[];
  /** Whether a discussion was requested that no meeting has had since. */
  isToDiscuss: boolean;
  /** When a decision on it was last asked for, if still unanswered. */
  askedOn: string | null;
  /** The day by which the last decision on it is to be carried out; null without one. */
  decidedFor: string | null;
  /** Overdue, and at least one of its owners has nobody who can be mailed. */
  hasNobodyToMail: boolean;
}

export interface RefusedAddress {
  personId: string;
  name: string;
  address: string;
  /** Null for a general contact, which is shown to every chair. */
  areaId: string | null;
}

/** Someone who did not answer their last four digests. */
export interface Silence {
  personId: string;
  name: string;
  /** When the first of those four was sent. */
  sinceAt: string;
}

/** A person mailed about an overdue action, and when anybody last said how that action is going. */
export interface Mailed {
  areaId: string;
  isConfidential: boolean;
  personIds: readonly string[];
  lastUpdateAt: string | null;
}

export interface Chair {
  areaIds: readonly string[];
  organisationIds: readonly string[];
  isShared: boolean;
}

/** An overview with the roles in which its reader gets it: as a chair, as a replacement, or as both. */
export interface ReadOverview extends Overview {
  /** Names of the chairs whom the reader replaces. */
  standsInFor: readonly string[];
  isChair: boolean;
}

/** What an organisation is late with in the areas of a chair, longest overdue first. */
interface LateOfOrganisation {
  organisationId: string | null;
  organisation: string;
  count: number;
  longest: number;
  actions: AttentionRow[];
}

interface Overview {
  overdueByOrganisation: LateOfOrganisation[];
  /** "Bespreken": the owner asked to discuss it at the table. */
  toDiscuss: AttentionRow[];
  blocked: AttentionRow[];
  statusAsked: AttentionRow[];
  handedBack: AttentionRow[];
  withoutContact: AttentionRow[];
  toEscalate: AttentionRow[];
  /** "Aan de bel getrokken" without an answer within the set number of days: the next step is possible. */
  unanswered: AttentionRow[];
  refused: Pick<RefusedAddress, 'personId' | 'name' | 'address'>[];
  /** "Nog geen antwoord, bel even". */
  silent: Pick<Silence, 'personId' | 'name'>[];
}

/**
 * The people mailed about overdue actions in these areas who did not answer four digests in a row: the link was never
 * used, and nobody has said how any of those actions is going since.
 */
function silentIn(
  areas: ReadonlySet<string>,
  mailed: readonly Mailed[],
  silences: readonly Silence[],
): Overview['silent'] {
  const theirs = (personId: string) =>
    mailed.filter((one) => areas.has(one.areaId) && !one.isConfidential && one.personIds.includes(personId));
  return silences
    .filter(({ personId, sinceAt }) => {
      const actions = theirs(personId);
      return actions.length > 0 && actions.every(({ lastUpdateAt }) => lastUpdateAt === null || lastUpdateAt < sinceAt);
    })
    .map(({ personId, name }) => ({ personId, name }))
    .sort((one, other) => compareNaturally(one.name, other.name));
}

/** What a chair has to look at in all their areas; null if there is nothing. Only what the chair may know of. */
export function overviewOf(
  all: readonly AttentionRow[],
  refused: readonly RefusedAddress[],
  unanswered: { mailed: readonly Mailed[]; silences: readonly Silence[] },
  chair: Chair,
  today: string,
  escalationDays: number,
): Overview | null {
  const areas = new Set(chair.areaIds);
  const actions = inOrder(
    all.filter((action) => areas.has(action.areaId) && mayKnow(chair, action.isConfidential, action.partyIds)),
  );
  const late = actions.filter((action) => !action.isHandedBack && daysOverdue(action, today) > 0);
  const overview: Overview = {
    overdueByOrganisation: byOrganisation(late, today),
    toDiscuss: actions.filter(({ isToDiscuss }) => isToDiscuss),
    blocked: actions.filter(({ status, isHandedBack }) => status === 'blocked' && !isHandedBack),
    statusAsked: actions.filter(
      (action) =>
        !action.isHandedBack &&
        action.dueOn === null &&
        action.checkOn !== null &&
        action.checkOn < today &&
        isRunning(action, today),
    ),
    handedBack: actions.filter(({ isHandedBack }) => isHandedBack),
    withoutContact: late.filter(({ hasNobodyToMail }) => hasNobodyToMail),
    toEscalate: late.filter(
      (action) => daysBetween(action.dueOn!, today) > escalationDays && !isBeingDecided(action, today),
    ),
    unanswered: actions.filter(({ askedOn }) => askedOn !== null && daysBetween(askedOn, today) >= ANSWER_WITHIN_DAYS),
    refused: refusedIn(areas, refused),
    silent: silentIn(areas, unanswered.mailed, unanswered.silences),
  };
  return Object.values(overview).some((list) => list.length > 0) ? overview : null;
}

/** A decision is pending, or was made and has time left to be carried out: no reason yet to ask the next person. */
function isBeingDecided({ askedOn, decidedFor }: AttentionRow, today: string): boolean {
  return askedOn !== null || (decidedFor !== null && decidedFor >= today);
}

/** Whether an overview is non-empty, given the areas with non-confidential findings and the confidential actions. */
export function hasNews(
  chair: Chair,
  areaIds: ReadonlySet<string>,
  confidential: readonly { areaId: string; partyIds: readonly string[] }[],
  refused: readonly RefusedAddress[],
): boolean {
  if (chair.areaIds.some((id) => areaIds.has(id))) return true;
  const own = new Set(chair.areaIds);
  if (confidential.some(({ areaId, partyIds }) => own.has(areaId) && mayKnow(chair, true, partyIds))) return true;
  return refusedIn(own, refused).length > 0;
}

function byOrganisation(late: readonly AttentionRow[], today: string): LateOfOrganisation[] {
  const found = new Map<string, AttentionRow[]>();
  for (const action of late) {
    const organisation = action.organisationName ?? '';
    const others = found.get(organisation);
    if (others) others.push(action);
    else found.set(organisation, [action]);
  }
  return [...found]
    .map(([organisation, of]) => {
      const actions = of.toSorted((one, other) => daysOverdue(other, today) - daysOverdue(one, today));
      const { organisationId } = of.at(-1)!;
      return { organisationId, organisation, count: of.length, longest: daysOverdue(actions[0], today), actions };
    })
    .sort((a, b) => b.count - a.count || compareNaturally(a.organisation, b.organisation));
}

function refusedIn(areas: ReadonlySet<string>, refused: readonly RefusedAddress[]): Overview['refused'] {
  const mine = refused.filter(({ areaId }) => areaId === null || areas.has(areaId));
  const byAddress = new Map(mine.map(({ personId, name, address }) => [address, { personId, name, address }]));
  return [...byAddress.values()].sort((a, b) => compareNaturally(a.address, b.address));
}

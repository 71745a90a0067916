import { briefly } from '../../platform/rendering/text.js';
import { daysBetween } from '../../platform/common/calendar-date.js';
import type { Assignment } from '../../actions/recipients/assignments.js';
import type { DigestContent } from './digest-contents.service.js';
import { longestOverdue, subjectFacts } from '../../actions/recipients/digest-lines.rules.js';
import { lateForChair } from '../../actions/pages/action-filters.rules.js';
import type { LatestDecision } from '../../actions/escalations/latest-decisions.js';
import { mayAskToDiscuss } from '../../actions/discussions/asking.rules.js';
import { returnedWords } from '../../actions/words.js';
import { BUTTON_WORDS } from '../words.js';
import type { AttentionRow, ReadOverview } from './overview.rules.js';

export interface DigestLinks {
  /** The page on which the mail's actions are answered, without the part of the URL that identifies one. */
  answer: string;
  unsubscribe: string;
  /** The page of an action, to which its id is appended; requires sign-in. */
  action: string;
  /** The areas of a chair; requires sign-in. */
  areas: string;
  /** What others do for the person's organisations; requires sign-in. */
  forUs: string;
  /** The page for a person's address, to which their id is appended; requires sign-in. */
  person: string;
}

const MOST_ANSWERED = 10;
const MOST_IN_OVERVIEW = 10;
const MOST_OF_ORGANISATION = 5;

/** The answers that have a button; each opens the page with that answer chosen, where one more click saves it. */
const BUTTONS = ['done', 'in_progress', 'later', 'not_ours'] as const;

/** The view for the templates of the weekly digest; complete links are built here. */
export function toDigestView(content: DigestContent, links: DigestLinks, municipality: string) {
  const { person, today, overdue, overview } = content;
  const { shown, more } = longestOverdue(overdue);
  const { count, places } = subjectFacts(overdue);
  const line = (action: Assignment) =>
    toLine(action, today, links, {
      saidOn: content.saidRunning.get(action.actionId),
      askedOn: content.asked.get(action.actionId)?.on,
      decided: content.decided.get(action.actionId),
    });
  return {
    municipality,
    name: person.name,
    unsubscribeUrl: links.unsubscribe,
    subjectCount: count,
    places,
    lateCount: overdue.length,
    overdue: answerableFirst(shown).map(line),
    more,
    moreUrl: links.answer,
    dueSoon: answerableFirst(content.dueSoon).map(line),
    statusAsked: answerableFirst(content.statusAsked).map(line),
    answered: content.answered.slice(0, MOST_ANSWERED).map((action) => ({
      number: action.number,
      title: action.isConfidential ? null : action.title,
      areaName: action.areaName,
      organisationName: action.organisationName,
      isDone: action.status === 'done',
      isCancelled: action.status === 'cancelled',
      dueOn: action.dueOn,
      words: action.isConfidential ? null : action.status === 'done' ? action.result : action.statusReason,
    })),
    moreAnswered: Math.max(0, content.answered.length - MOST_ANSWERED),
    forUsUrl: links.forUs,
    results: content.results,
    areasUrl: links.areas,
    overview: overview && toOverviewView(overview, today, links),
  };
}

/**
 * Those with buttons come first, within reach on a phone; a confidential one has none and can be read after signing in.
 */
const answerableFirst = (actions: readonly Assignment[]): Assignment[] => [
  ...actions.filter(({ isConfidential }) => !isConfidential),
  ...actions.filter(({ isConfidential }) => isConfidential),
];

/** What was said about an action since it was agreed. */
interface Said {
  saidOn: string | undefined;
  askedOn: string | undefined;
  decided: LatestDecision | undefined;
}

/** A confidential action shows only its number, area and deadline; its text and answer require sign-in. */
function toLine(action: Assignment, today: string, links: DigestLinks, { saidOn, askedOn, decided }: Said) {
  const { number, areaName, dueOn, checkOn, isConfidential } = action;
  const days = dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today));
  const answers = mayAskToDiscuss(days) && !askedOn ? [...BUTTONS, 'discuss' as const] : BUTTONS;
  return {
    number,
    areaName,
    dueOn,
    checkOn,
    title: isConfidential ? null : action.title,
    sessionOn: isConfidential ? null : action.sessionOn,
    days,
    signInUrl: `${links.action}/${action.actionId}`,
    saidOn: isConfidential ? null : (saidOn ?? null),
    decided: isConfidential ? null : (decided ?? null),
    isStuck: action.status === 'blocked',
    askedOn: isConfidential ? null : (askedOn ?? null),
    buttons: isConfidential
      ? []
      : answers.map((answer, index) => ({
          label: BUTTON_WORDS[answer],
          isFirst: index === 0,
          url: `${links.answer}?actie=${number}&antwoord=${answer}#${number}`,
        })),
  };
}

function toOverviewView(overview: ReadOverview, today: string, { action: actionUrl, person: personUrl }: DigestLinks) {
  const withLink = <T extends { personId: string }>(one: T) => ({ ...one, url: `${personUrl}/${one.personId}` });
  const list = (actions: readonly AttentionRow[], most = MOST_IN_OVERVIEW) => ({
    count: actions.length,
    more: Math.max(0, actions.length - most),
    rows: actions.slice(0, most).map((action) => ({
      number: action.number,
      title: action.isConfidential ? null : action.title,
      areaName: action.areaName,
      organisationName: action.returnedByName ? returnedWords(action.returnedByName) : action.organisationName,
      url: `${actionUrl}/${action.actionId}`,
      days: action.dueOn === null ? 0 : Math.max(0, daysBetween(action.dueOn, today)),
    })),
  });
  const { overdueByOrganisation, refused, silent } = overview;
  return {
    isChair: overview.isChair,
    standsInFor: briefly(overview.standsInFor, 3),
    overdueByOrganisation: overdueByOrganisation.map(({ organisationId, organisation, longest, actions }) => ({
      ...{ organisation, longest, ...list(actions, MOST_OF_ORGANISATION) },
      // A replacement need not be a chair, and would find nothing in a chair's list.
      url:
        overview.standsInFor.length > 0 ? lateFor(organisationId, actionUrl) : lateForChair(organisationId, actionUrl),
    })),
    refused: refused.map(withLink),
    silent: silent.map(withLink),
    lists: [
      { heading: 'Bespreken in het overleg', ...list(overview.toDiscuss) },
      { heading: 'Aan de bel trekken?', ...list(overview.toEscalate) },
      { heading: 'Aan de bel getrokken, maar na 14 dagen geen antwoord', ...list(overview.unanswered) },
      { heading: 'Teruggegeven, zonder actiehouder', ...list(overview.handedBack) },
      { heading: 'Geen contactadres', ...list(overview.withoutContact) },
      { heading: 'Stokt', ...list(overview.blocked) },
      { heading: 'Voorbij de datum voor een stand van zaken', ...list(overview.statusAsked) },
    ].filter(({ count }) => count > 0),
  };
}

const lateFor = (organisationId: string | null, path: string): string =>
  `${path}?stand=te-laat${organisationId ? `&organisatie=${organisationId}` : ''}`;

/** The actions the mail's link gives access to; for a confidential one the page shows no more than the mail does. */
export const answerableIds = (content: DigestContent): string[] =>
  [...content.overdue, ...content.dueSoon, ...content.statusAsked].map(({ actionId }) => actionId);

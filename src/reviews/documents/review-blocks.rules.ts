import { DateTime } from 'luxon';
import { dayOf, inDutch, periodInDutch, TIME_ZONE } from '../../platform/common/calendar-date.js';
import {
  type Block,
  factsOf,
  heading,
  listOf,
  note,
  type Photo,
  plain,
  sentence,
  subheading,
} from '../../platform/documents/blocks.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import type { ReviewView } from '../reviews.dto.js';
import { agreementBlocks } from './review-agreements.rules.js';
import { resultBlocks } from './review-results.rules.js';
import { chartsOf, DONE_PER_QUARTER, outcomeCharts } from './review-charts.rules.js';
import { questionBlocks } from './review-questions.rules.js';
import { budgetBlocks } from './review-budget.rules.js';
import { collaborationBlocks, notClosedBlocks, ratingBlocks, reactionBlocks } from './review-collaboration.rules.js';
import { FEWEST_FOR_SHARE, isEmpty, share, textsOf, titleOf } from './review-page.rules.js';
import { sentencesOf } from './review-sentences.rules.js';
import { escalationBlocks, goalBlocks, judgedBlocks } from './review-story.rules.js';

/**
 * A review as one document for screen and print. Page one can be told in five minutes: three sentences, the chair's
 * texts, five figures beside those of the year before, and one chart. Then results as a story, goals, collaboration and
 * reactions; tables last. Lists up to `mostResults` results of each size.
 */
export function toReviewBlocks(review: ReviewView, mostResults = Infinity, photos: readonly Photo[] = []): Block[] {
  const isOfNothing = isEmpty(review);
  const unless = (blocks: () => Block[]): Block[] => (isOfNothing ? [] : blocks());
  return [
    ...openingBlocks(review),
    ...wordBlocks(review),
    ...unless(() => highlightBlocks(review)),
    ...(isOfNothing ? nothingToSee(review) : outcomeCharts(review).map((chart) => ({ kind: 'chart' as const, chart }))),
    ...unless(() => [PAGE]),
    ...unless(() => resultBlocks(review.figures, mostResults)),
    ...(photos.length > 0 ? [subheading(plain('In beeld')), { kind: 'photos' as const, photos }] : []),
    ...unless(() => chartBlocks(review)),
    ...goalBlocks(review),
    ...judgedBlocks(review),
    ...escalationBlocks(review),
    ...questionBlocks(review),
    ...budgetBlocks(review),
    ...unless(() => collaborationBlocks(review)),
    ...notClosedBlocks(review),
    ...ratingBlocks(review),
    ...reactionBlocks(review),
    ...unless(() => agreementBlocks(review)),
    ...earlyBlocks(review),
  ];
}

const PAGE: Block = { kind: 'page' };

/** The subject, and the year in three sentences. */
export const openingBlocks = (review: ReviewView): Block[] => [
  ...headBlocks(review),
  ...sentencesOf(review).map((words) => sentence(plain(words))),
];

/** On two lines in print: the summary has to fit on the first page. */
function headBlocks(review: ReviewView): Block[] {
  const { frozenAt, notice, fromOn, asOf, areas, areaId } = review;
  const state = frozenAt ? `Definitief sinds ${inDutch(dayOf(frozenAt))}` : 'Concept: de cijfers kunnen nog veranderen';
  const period = periodInDutch(fromOn, asOf);
  const knownAt = momentInDutch(review.knownAt);
  const below = areas.filter(({ id }) => id !== areaId).map(({ name }) => name);
  const facts = factsOf(
    ['Periode', period],
    ['Stand op', inDutch(asOf)],
    ['Bekend op', knownAt],
    ...(below.length > 0 ? [['Telt ook mee', below.join(', ')] as const] : []),
  );
  return [
    { kind: 'title', text: titleOf(review) },
    { kind: 'aim', text: 'Wat hebben we afgesproken, wat is ervan gekomen en hoe werkten we samen?', only: 'screen' },
    { kind: 'state', text: state, only: 'screen' },
    { ...facts, only: 'screen' },
    { kind: 'mark', runs: [plain(notice)], only: 'screen' },
    { ...sentence(plain([PAPER.municipality, period].filter(Boolean).join(', '))), only: 'paper' },
    { ...note(`${state}. Stand op: ${inDutch(asOf)}. Bekend op: ${knownAt}. ${notice}`), only: 'paper' },
  ];
}

/** The year in five figures, with the year before beside each. */
function highlightBlocks({ figures: { total, collaboration }, yearBefore: before }: ReviewView): Block[] {
  const { agreed, realised, onTime, doneWithDeadline, overdue } = total;
  const { sessionsHeld, minutesSent } = collaboration;
  const earlier = before?.total;
  const figures: [string | number, string, string | number | null | undefined][] = [
    [agreed, agreed === 1 ? 'afspraak gemaakt' : 'afspraken gemaakt', earlier?.agreed],
    isFew(agreed)
      ? [realised, `daarvan ${realised === 1 ? 'is' : 'zijn'} gelukt`, earlier?.realised]
      : [
          share(total.realisedShare),
          `daarvan is gelukt (${realised})`,
          shareOf(earlier?.realisedShare, earlier?.agreed),
        ],
    isFew(doneWithDeadline)
      ? [onTime, `op tijd, van de ${doneWithDeadline} die gereed zijn en een datum hadden`, null]
      : [
          share(total.onTimeShare),
          `van wat gereed is en een datum had, was op tijd (${onTime} van ${doneWithDeadline})`,
          shareOf(earlier?.onTimeShare, earlier?.doneWithDeadline),
        ],
    [overdue, `${overdue === 1 ? 'actie' : 'acties'} te laat op de laatste dag`, earlier?.overdue],
    [sessionsHeld, `keer vergaderd, ${minutesSent} keer met een verslag`, before?.sessionsHeld],
  ];
  return [
    { ...heading('Het jaar in vijf cijfers'), only: 'screen' },
    {
      kind: 'highlights',
      figures: figures.map(([figure, words, yearAgo]) => ({
        figure: String(figure),
        words: yearAgo == null ? words : `${words}; een jaar eerder ${yearAgo}`,
      })),
    },
  ];
}

/** Some, but too few to say which part of them. */
const isFew = (count: number): boolean => count > 0 && count < FEWEST_FOR_SHARE;

const shareOf = (percentage: number | null = null, count = 0): string | null =>
  count < FEWEST_FOR_SHARE ? null : share(percentage);

/** In print only the quarters: the tables contain the rest. */
const chartBlocks = (review: ReviewView): Block[] => [
  ...chartsOf(review).map((chart): Block => ({
    kind: 'chart',
    chart,
    ...(chart.title !== DONE_PER_QUARTER && { only: 'screen' }),
  })),
  { ...note('De cijfers achter deze beelden staan hieronder in de tabellen.'), only: 'screen' },
];

/** What an empty year says; while it is a draft also what the chair may have forgotten. */
const nothingToSee = ({ state }: ReviewView): Block[] => [
  heading('Wat u hier ziet'),
  sentence(plain('Er zijn geen afspraken in deze periode. Er is ook niet vergaderd. Daarom is er niets te tellen.')),
  ...(state === 'draft' ? TO_CHECK : []),
];

const TO_CHECK: Block[] = [
  sentence(plain('Had u hier wel iets verwacht? Kijk dan het volgende na:')),
  listOf([
    [plain('Kloppen het gebied en de periode? Een afspraak telt in de periode waarin zij is gemaakt.')],
    [plain('Staan de acties van het overleg al in Wijkagenda? Een lijst van eerder kunt u in één keer inlezen.')],
    [plain('Zijn de vergaderingen afgesloten? Een vergadering die nog open staat, telt niet mee.')],
  ]),
];

function wordBlocks(review: ReviewView): Block[] {
  const texts = textsOf(review);
  return [
    ...(texts.length > 0 ? [heading('Het jaar in woorden')] : []),
    ...texts.flatMap(({ title, text }) => [subheading(plain(title)), { kind: 'typed' as const, text }]),
  ];
}

function earlyBlocks({ frozenEarlyReason }: ReviewView): Block[] {
  if (!frozenEarlyReason) return [];
  const early = 'Deze evaluatie is definitief gemaakt voordat de partijen veertien dagen konden reageren';
  return [{ kind: 'mark', runs: [plain(`${early}. De reden: ${frozenEarlyReason}`)] }];
}

const COUNTED = [
  'Zo is geteld: een afspraak telt in de periode waarin zij is gemaakt.',
  'Hoe het ermee staat, is bekeken op de dag achter "Stand op", met wat op het moment achter "Bekend op" was opgeschreven.',
  'Op tijd telt alleen voor acties die gereed zijn en een datum hadden; op de dag van de deadline is nog op tijd.',
  'Percentages zijn afgerond op hele getallen.',
  '"n.v.t." betekent dat er niets te delen viel.',
  'Dit overzicht telt geen personen.',
].join(' ');

/** How the figures were counted, and the hash of a final version. */
export const footOf = ({ hash }: ReviewView): string[] => [
  COUNTED,
  ...(hash ? [`Kenmerk van deze definitieve versie (SHA-256): ${hash}`] : []),
];

/** "dinsdag 2 juni 2026, 12:00 uur", in Amsterdam. */
function momentInDutch(moment: string): string {
  const time = DateTime.fromISO(moment, { zone: TIME_ZONE }).toFormat('HH:mm');
  return `${inDutch(dayOf(moment))}, ${time} uur`;
}

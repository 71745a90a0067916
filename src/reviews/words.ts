import type { FormWords } from '../web/forms.js';
import type { OrganisationKind } from '../directory/organisations/organisation.entity.js';
import type { ActionStatus } from '../actions/action.entity.js';
import type { Judged } from '../actions/judgements/judgement.entity.js';
import { JUDGEMENT_WORDS, STATUS_WORDS } from '../actions/words.js';
import type { Course } from '../goals/goal-course.entity.js';
import { COURSE_MEANINGS, greyReason } from '../goals/words.js';
import { ORGANISATION_KIND_WORDS } from '../directory/words.js';
import { capital } from '../platform/rendering/text.js';
import type { YearGoal } from '../wijkagenda/figures/year-goals.service.js';
import type { FigureName } from '../wijkagenda/figures/figure-names.js';
import { type Figures, type Side, STATUS_COUNTS } from '../wijkagenda/figures/figures.rules.js';
import type { GiveRatingDto } from './ratings/ratings.dto.js';
import type { RatingAnswer } from './ratings/rating.entity.js';
import type { ReviewState } from './review.entity.js';

/** The owners of the actions in a row: the municipality or its partners. */
export const SIDE_WORDS: Record<Side, string> = {
  municipality: 'Gemeente',
  partners: 'Partners',
  unowned: 'Zonder actiehouder',
};

/** A kind of organisation, as a row header. */
export const kindName = (kind: string): string => capital(ORGANISATION_KIND_WORDS[kind as OrganisationKind] ?? kind);

export const REVIEW_STATE_WORDS: Record<ReviewState, string> = { draft: 'concept', final: 'definitief' };
export const RATING_ANSWER_WORDS: Record<RatingAnswer, string> = { yes: 'ja', partly: 'deels', no: 'nee' };

const perStatus = (wordOf: (status: ActionStatus) => string) =>
  Object.fromEntries(STATUS_COUNTS.map(({ status, count }) => [count, wordOf(status)])) as Record<
    (typeof STATUS_COUNTS)[number]['count'],
    string
  >;

/** The captions of the figures on the page. */
const FIGURE_WORDS: Record<FigureName, string> = {
  agreed: 'afspraken gemaakt',
  realised: 'gelukt',
  partly: 'deels gelukt',
  notRealised: 'vervallen',
  ...perStatus((status) => STATUS_WORDS[status]),
  followUp: 'krijgt een vervolg',
  overdueAgreed: 'te laat',
  doneWithDeadline: 'gereed, met een deadline',
  onTime: 'op tijd gereed',
  doneWithOriginalDeadline: 'gereed, met een eerste deadline',
  onTimeOriginal: 'gereed voor de eerste deadline',
  postponedNever: 'niet uitgesteld',
  postponedOnce: 'één keer uitgesteld',
  postponedMore: 'vaker uitgesteld',
  judgedRealised: 'volgens anderen gelukt',
  judgedPartly: 'volgens anderen deels gelukt',
  judgedNot: 'volgens anderen niet gelukt',
  judgedDiffering: 'oordelen van anderen verschillen',
  overdue: 'te laat op de laatste dag',
  carriedOver: 'meegenomen van eerder',
  doneInPeriod: 'gereed in deze periode',
  results: 'met een resultaat',
  largeResults: 'met een groot resultaat',
  leadTimeDays: 'van afspraak tot gereed',
  sessionsHeld: 'keer vergaderd',
  minutesSent: 'keer een verslag verstuurd',
  minutesAdopted: 'keer een verslag vastgesteld',
  notClosed: 'niet afgesloten',
  'attendance.invited': 'uitgenodigd',
  'attendance.present': 'aanwezig',
  'attendance.excused': 'afgemeld',
  'attendance.absent': 'afwezig',
  'escalations.asked': 'keer aan de bel getrokken',
  'escalations.answered': 'aan de bel getrokken, met een besluit',
  'escalations.unanswered': 'aan de bel getrokken, zonder antwoord',
  'escalations.actions': 'acties waarover aan de bel is getrokken',
  'escalations.actionsDone': 'daarna gereed',
  'escalations.actionsCancelled': 'daarna vervallen',
  'escalations.actionsOpen': 'nog niet klaar',
  'goals.total': 'doelen',
  'goals.green': 'doelen op koers',
  'goals.orange': 'doelen om bij te sturen',
  'goals.red': 'doelen niet op koers',
  'goals.grey': 'doelen waarvan de koers nog niet bekend is',
};

/** The columns of a table of figures, shorter than the name of a figure on its own. */
export const FIGURE_COLUMNS: Record<keyof Figures, string> = {
  agreed: 'Afspraken',
  realised: 'Gelukt',
  partly: 'Deels gelukt',
  notRealised: 'Vervallen',
  ...perStatus((status) => capital(STATUS_WORDS[status])),
  followUp: 'Krijgt een vervolg',
  overdueAgreed: 'Te laat, van deze periode',
  judgedRealised: 'Volgens anderen gelukt',
  judgedPartly: 'Volgens anderen deels',
  judgedNot: 'Volgens anderen niet',
  judgedDiffering: 'Oordelen verschillen',
  realisedShare: '% gelukt',
  realisedShareLessCancelled: '% gelukt zonder vervallen',
  doneWithDeadline: 'Gereed met deadline',
  onTime: 'Op tijd',
  onTimeShare: '% op tijd',
  doneWithOriginalDeadline: 'Gereed met eerste deadline',
  onTimeOriginal: 'Op tijd, eerste deadline',
  onTimeOriginalShare: '% op tijd, eerste deadline',
  postponedNever: 'Niet uitgesteld',
  postponedOnce: 'Een keer uitgesteld',
  postponedMore: 'Vaker uitgesteld',
  overdue: 'Te laat op de laatste dag',
  carriedOver: 'Meegenomen van eerder',
  doneInPeriod: 'Gereed in periode',
  results: 'Resultaten',
  largeResults: 'Grote resultaten',
};

/** Used if several other parties gave the same judgement. */
export const JUDGEMENTS_DIFFER = 'de oordelen verschillen';

/** "4 ja, 1 deels, 1 nee, 2 keer verschillen de oordelen": how other parties judged a number of actions; zeros are left out. */
export function judgedWords(realised: number, partly: number, not: number, differing: number): string {
  const { yes, partly: inPart, no } = RATING_ANSWER_WORDS;
  const counts = [[realised, yes] as const, [partly, inPart] as const, [not, no] as const]
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`);
  return [...counts, ...(differing > 0 ? [`${differing} keer verschillen de oordelen`] : [])].join(', ');
}

/** "Dorpsraad Boskoop: deels gelukt (dinsdag 9 december 2025)."; without a name for readers who may not see it. */
export const judgementWords = (organisation: string | null, judgement: Judged, on: string): string =>
  `${organisation ?? 'Een andere partij'}: ${JUDGEMENT_WORDS[judgement]} (${on}).`;

export const figureWords = (name: string): string => FIGURE_WORDS[name as FigureName] ?? name;

export const RATING_ROUND_WORDS: FormWords = {
  fields: { areaId: 'Kies een gebied.', year: 'Vul een jaar in, zoals 2025.' },
  codes: {
    RATING_ROUND_EXISTS: 'Voor dit gebied en jaar is er al een ronde.',
    NOBODY_TO_ASK: 'Er is in dit gebied niemand om te vragen: nodig eerst partijen uit voor een overleg.',
    RATING_ROUND_CLOSED: 'Deze ronde is al gesloten.',
  },
};

export const RATING_PROBLEMS: Record<keyof GiveRatingDto, string> = {
  mark: 'Kies een cijfer van 1 tot en met 10.',
  speaksAsOne: 'Kies of de gemeente met één mond spreekt.',
  keptAgreements: 'Kies of afspraken zijn nagekomen.',
  wentWell: 'Schrijf bij "Wat ging goed?" hooguit 2000 tekens.',
  canBeBetter: 'Schrijf bij "Wat kan beter?" hooguit 2000 tekens.',
};

type Coursed = Pick<YearGoal, 'course' | 'lastMeasurement' | 'ownFigure'> &
  Partial<Pick<YearGoal, 'courseKind' | 'startsOn'>>;

/** "op koers", within a sentence. */
export const courseMeant = (course: Course): string => COURSE_MEANINGS[course].toLowerCase();

/** The course of a goal on the last day of a review; grey says why. Reviews frozen earlier do not know when a goal began. */
export function courseOn(
  asOf: string,
  { course, lastMeasurement, ownFigure, courseKind = 'line', startsOn = asOf }: Coursed,
) {
  if (course !== 'grey') return courseMeant(course);
  return greyReason({ lastMeasurement: lastMeasurement ?? ownFigure?.value ?? null, courseKind, startsOn }, asOf);
}

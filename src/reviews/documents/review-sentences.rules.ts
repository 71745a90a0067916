import { periodInDutch, yearOf } from '../../platform/common/calendar-date.js';
import { inOneLine } from '../../platform/rendering/text.js';
import { type Counts, percentage, stillOpen } from '../../wijkagenda/figures/figures.rules.js';
import type { ReviewView } from '../reviews.dto.js';
import { FEWEST_FOR_SHARE } from './review-page.rules.js';

type Told = Pick<
  ReviewView,
  'areaName' | 'opgave' | 'areas' | 'fromOn' | 'asOf' | 'figures' | 'yearBefore' | 'ratings'
>;

/**
 * The year in at most three sentences, for the top of page one: the outcome of the agreements; the goals, else what was
 * late, else the meetings; and the mark, else the attendance. Composed by rule from what the reader may see, so that
 * the same figures always give the same words. Never compares the municipality with its partners.
 */
export const sentencesOf = (review: Told): string[] =>
  [agreementsSentence(review), courseSentence(review), togetherSentence(review)].filter((one) => one !== null);

/** "In 2026 maakten we in Boskoop 55 afspraken: 41 zijn gelukt (75%, vorig jaar 62%), 10 lopen nog en 4 vervielen." */
function agreementsSentence(review: Told): string {
  const { total } = review.figures;
  const opening = `${periodOf(review)} maakten we ${placeOf(review)}`;
  if (total.agreed === 0) return `${opening} geen afspraken.`;
  const parts = outcomesOf(total, shareOf(total, review.yearBefore?.total));
  const outcome = total.agreed === 1 ? parts[0].replace(/^1/, 'die') : inOneLine(parts);
  return `${opening} ${total.agreed} ${total.agreed === 1 ? 'afspraak' : 'afspraken'}: ${outcome}.`;
}

/** Each agreement in one of these, so that they add up; zeros are left out. */
export function outcomesOf(counts: Counts, share = ''): string[] {
  const { realised, partly, overdueAgreed, notRealised } = counts;
  const running = stillOpen(counts) - overdueAgreed;
  const are = (count: number): string => (count === 1 ? 'is' : 'zijn');
  return [
    ...(realised > 0 ? [`${realised} ${are(realised)} gelukt${share}`] : []),
    ...(partly > 0 ? [realised > 0 ? `${partly} deels` : `${partly} ${are(partly)} deels gelukt`] : []),
    ...(running > 0 ? [`${running} ${running === 1 ? 'loopt' : 'lopen'} nog`] : []),
    ...(overdueAgreed > 0 ? [`${overdueAgreed} ${are(overdueAgreed)} te laat`] : []),
    ...(notRealised > 0 ? [`${notRealised} ${notRealised === 1 ? 'verviel' : 'vervielen'}`] : []),
  ];
}

/** " (75%, vorig jaar 62%)": from ten agreements on, and the year before only if it had ten as well. */
function shareOf(counts: Counts, before: Counts | undefined): string {
  if (counts.agreed < FEWEST_FOR_SHARE) return '';
  const of = ({ realised, agreed }: Counts): string => `${percentage(realised, agreed)}%`;
  const isComparable = before !== undefined && before.agreed >= FEWEST_FOR_SHARE;
  return ` (${of(counts)}${isComparable ? `, vorig jaar ${of(before)}` : ''})`;
}

function courseSentence({ figures: { goals, total, collaboration }, areas }: Told): string {
  if (goals.total > 0) return goalsSentence(goals);
  const done = total.realised + total.partly;
  const later = total.doneWithOriginalDeadline - total.onTimeOriginal;
  if (later > 0 && later * 3 >= done) return laterSentence(done, later);
  const times = collaboration.sessionsHeld === 0 ? 'niet' : `${collaboration.sessionsHeld} keer`;
  return areas.length > 1 ? `De overleggen kwamen ${times} bij elkaar.` : `Het overleg kwam ${times} bij elkaar.`;
}

type GoalCounts = Pick<Told['figures']['goals'], 'total' | 'green' | 'orange' | 'red' | 'grey'>;

function goalsSentence({ total, green, orange, red, grey }: GoalCounts): string {
  const off = orange + red;
  if (total === 1) {
    if (green === 1) return 'Het ene doel ligt op koers.';
    return off === 1 ? 'Het ene doel vraagt bijsturing.' : 'Van het ene doel is de koers nog niet bekend.';
  }
  if (green === total) return `Alle ${total} doelen liggen op koers.`;
  const onCourse = green === 0 ? 'ligt er geen' : green === 1 ? 'ligt er 1' : `liggen er ${green}`;
  const rest = [
    ...(off > 0 ? [`${off} ${off === 1 ? 'vraagt' : 'vragen'} bijsturing`] : []),
    ...(grey > 0 ? [`van ${grey} is de koers nog niet bekend`] : []),
  ];
  return `Van de ${total} doelen ${onCourse} op koers; ${inOneLine(rest)}.`;
}

function laterSentence(done: number, later: number): string {
  const than = 'later dan eerst afgesproken';
  if (done === 1) return `De ene die klaar is, kwam ${than}.`;
  if (later === done) return `De ${done} die klaar zijn, kwamen allemaal ${than}.`;
  return `Van de ${done} die klaar zijn, ${later === 1 ? 'kwam er 1' : `kwamen er ${later}`} ${than}.`;
}

function togetherSentence({ ratings, figures: { attendance, collaboration } }: Told): string | null {
  const mark = ratings?.results.total?.mark ?? null;
  if (mark !== null) {
    const before = ratings?.yearBefore?.total?.mark ?? null;
    return `De partners geven de samenwerking een ${decimal(mark)}${before === null ? '' : ` (vorig jaar ${decimal(before)})`}.`;
  }
  const { total } = attendance;
  const sessions = collaboration.attendanceTaken;
  if (total === null || sessions === 0 || total.present === 0) return null;
  const [present, invited] = [Math.round(total.present / sessions), Math.round(total.invited / sessions)];
  if (invited < 2) return null;
  const were = present === 1 ? 'was' : 'waren';
  // One meeting has no mean.
  if (sessions === 1)
    return present === invited
      ? `Alle ${invited} organisaties waren er.`
      : `Er ${were} ${present} van de ${invited} organisaties.`;
  if (total.present === total.invited) return `Gemiddeld waren alle ${invited} organisaties er.`;
  // A mean that rounds to all of them would deny that somebody was absent.
  const most = Math.min(present, invited - 1);
  return `Gemiddeld ${most === 1 ? 'was' : 'waren'} ${most} van de ${invited} organisaties er.`;
}

/** "In 2026" for a calendar year, else its first and last day. */
function periodOf({ fromOn, asOf }: Told): string {
  const year = yearOf(fromOn, asOf);
  return year === null ? `Van ${periodInDutch(fromOn, asOf)}` : `In ${year}`;
}

/** "in Boskoop", "in de gemeente Alphen aan den Rijn", "voor de opgave “Jeugd” in Boskoop". */
function placeOf({ areaName, opgave }: Told): string {
  const place = `in ${areaName.replace(/^Gemeente /, 'de gemeente ')}`;
  return opgave ? `voor de opgave “${opgave}” ${place}` : place;
}

/** "8,0" */
export const decimal = (mark: number): string => mark.toFixed(1).replace('.', ',');

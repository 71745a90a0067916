import { DateTime } from 'luxon';
import { STATUS_WORDS } from '../../actions/words.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { TIME_ZONE } from '../../platform/common/clock.js';
import { type Counts, type Figures, STATUS_COUNTS, stillOpen } from '../../wijkagenda/figures/figures.rules.js';
import { kindName, SIDE_WORDS } from '../words.js';
import { escalationsIn, goalsIn } from './review-story.rules.js';
import { chartsOf } from './review-charts.rules.js';
import type { ReviewView } from '../reviews.dto.js';

/** "67%", or "n.v.t." for a share of nothing. */
const share = (percentage: number | null): string => (percentage === null ? 'n.v.t.' : `${percentage}%`);
/** "3 dagen", "1 dag", "12,5 dagen", or "n.v.t." */
const days = (count: number | null): string =>
  count === null ? 'n.v.t.' : `${String(count).replace('.', ',')} ${count === 1 ? 'dag' : 'dagen'}`;

/** The parts of a bar in percentages of its width, with two decimals, so that they close up. */
export function segmentsOf(counts: Counts) {
  const parts = [
    { fill: 'realised', count: counts.realised },
    { fill: 'partly', count: counts.partly },
    { fill: 'open', count: stillOpen(counts) },
    { fill: 'cancelled', count: counts.notRealised },
  ];
  let before = 0;
  return parts.flatMap(({ fill, count }) => {
    if (count === 0) return [];
    const x = ((before / counts.agreed) * 100).toFixed(2);
    before += count;
    return [{ fill, x, width: ((count / counts.agreed) * 100).toFixed(2) }];
  });
}

/** "4 ja, 1 deels, 1 nee": what other parties say; a dash when none did. */
export function judgedIn({ judgedRealised, judgedPartly, judgedNot }: Counts): string {
  if (judgedRealised + judgedPartly + judgedNot === 0) return '–';
  return `${judgedRealised} ja, ${judgedPartly} deels, ${judgedNot} nee`;
}

const toRow = (name: string, figures: Figures) => ({
  name,
  agreed: figures.agreed,
  realised: figures.realised,
  partly: figures.partly,
  open: stillOpen(figures),
  cancelled: figures.notRealised,
  realisedShare: share(figures.realisedShare),
  onTimeShare: share(figures.onTimeShare),
  overdue: figures.overdue,
  followUp: figures.followUp,
  judged: judgedIn(figures),
  segments: segmentsOf(figures),
});

/** "Jaarevaluatie Boskoop", or of one opgave there. */
export const titleOf = ({ areaName, opgave }: Pick<ReviewView, 'areaName' | 'opgave'>): string =>
  opgave ? `Jaarevaluatie van de opgave “${opgave}”, ${areaName}` : `Jaarevaluatie ${areaName}`;

/** A review as its document prints it: every number a text, every width worked out. */
export function toReviewPage(review: ReviewView) {
  const { figures } = review;
  const { total, collaboration, attendance } = figures;
  const texts = [
    { title: 'Wat is gelukt?', text: review.succeeded },
    { title: 'Wat is niet gelukt?', text: review.notSucceeded },
    { title: 'Wat leren we ervan?', text: review.learned },
    { title: 'Wat doen we volgend jaar?', text: review.nextYear },
  ];
  return {
    title: titleOf(review),
    opgave: review.opgave ?? null,
    areaName: review.areaName,
    fromOn: review.fromOn,
    asOf: review.asOf,
    knownAt: momentInDutch(review.knownAt),
    frozenOn: review.frozenAt && dayOf(review.frozenAt),
    hash: review.hash,
    notice: review.notice,
    below: review.areas
      .filter(({ id }) => id !== review.areaId)
      .map(({ name }) => name)
      .join(', '),
    isEmpty: total.agreed + total.carriedOver + total.doneInPeriod + collaboration.sessionsHeld === 0,
    charts: chartsOf(review),
    goals: goalsIn(review),
    escalations: escalationsIn(review),
    isJudged: judgedIn(total) !== '–',
    form: null as object | null,
    frozenEarlyReason: review.frozenEarlyReason,
    reactions: review.reactions,
    areaRows: figures.areas.map(({ areaId: _, name, ...counts }) => toRow(name, counts)),
    yearBefore: beforeAfter(review),
    ratings: ratingsOf(review.ratings),
    texts: texts.filter(({ text }) => text !== null),
    total: {
      ...total,
      segments: segmentsOf(total),
      stillOpen: stillOpen(total),
      /** "1 open, 1 loopt, 0 stokt, 1 wacht". */
      standings: STATUS_COUNTS.map(({ status, count }) => `${total[count]} ${STATUS_WORDS[status]}`).join(', '),
      realisedShare: share(total.realisedShare),
      realisedShareLessCancelled: share(total.realisedShareLessCancelled),
      onTimeShare: share(total.onTimeShare),
      onTimeOriginalShare: share(total.onTimeOriginalShare),
      judged: judgedIn(total),
      leadTime: days(figures.leadTimeDays),
      overdueMedian: days(figures.overdueDays.median),
      overdueLongest: days(figures.overdueDays.longest),
    },
    themes: figures.themes.map(({ theme, ...counts }) => toRow(theme ?? 'Geen thema', counts)),
    opgaven: figures.opgaven.map(({ opgaveId: _, title, ...counts }) => toRow(title, counts)),
    sides: figures.sides.map(({ side, organisations: _, ...counts }) => toRow(SIDE_WORDS[side], counts)),
    organisations: figures.organisations?.map(({ organisationId: _, name, kind: __, ...counts }) =>
      toRow(name ?? 'Zonder actiehouder', counts),
    ),
    kinds: figures.kinds.map(({ kind, organisations: _, ...counts }) => toRow(kindName(kind), counts)),
    quarters: quartersOf(figures.quarters),
    large: resultsOf(figures.results.large),
    small: resultsOf(figures.results.small),
    sessionsHeld: collaboration.sessionsHeld,
    minutesSent: collaboration.minutesSent,
    minutesSentShare: share(collaboration.minutesSentShare),
    minutesAdopted: collaboration.minutesAdopted,
    medianToSending: days(collaboration.daysToSending.median),
    dispatches: collaboration.daysToSending.sessions.map((one) => ({
      heldOn: one.heldOn,
      meeting: withArea(one),
      days: days(one.days),
    })),
    notClosed: collaboration.notClosed.map((one) => ({ heldOn: one.heldOn, meeting: withArea(one) })),
    attendance: attendance.total && { ...attendance.total, presentShare: share(attendance.total.presentShare) },
    attendanceRows: (attendance.organisations ?? attendance.kinds).map((one) => ({
      ...one,
      name: 'name' in one ? one.name : kindName(one.kind),
      presentShare: share(one.presentShare),
    })),
  };
}

/** The year beside the year before, as one table; null when there is nothing to put beside it. */
function beforeAfter({ yearBefore, figures, fromOn, asOf }: ReviewView) {
  if (!yearBefore) return null;
  const { total, leadTimeDays, collaboration } = figures;
  const row = (name: string, before: string | number, now: string | number) => ({ name, before, now });
  return {
    before: `${yearBefore.fromOn.slice(0, 4)}${yearBefore.asOf.slice(0, 4) === yearBefore.fromOn.slice(0, 4) ? '' : `-${yearBefore.asOf.slice(0, 4)}`}`,
    now: `${fromOn.slice(0, 4)}${asOf.slice(0, 4) === fromOn.slice(0, 4) ? '' : `-${asOf.slice(0, 4)}`}`,
    rows: [
      row('Afspraken gemaakt', yearBefore.total.agreed, total.agreed),
      row('Gelukt', share(yearBefore.total.realisedShare), share(total.realisedShare)),
      row('Op tijd gereed', share(yearBefore.total.onTimeShare), share(total.onTimeShare)),
      row('Te laat op peildatum', yearBefore.total.overdue, total.overdue),
      row('Doorlooptijd', days(yearBefore.leadTimeDays), days(leadTimeDays)),
      row('Vergaderingen', yearBefore.sessionsHeld, collaboration.sessionsHeld),
      row('Verslag verstuurd', share(yearBefore.minutesSentShare), share(collaboration.minutesSentShare)),
    ],
  };
}

/** The ratings as a table per kind of organisation, with the year before beside it. */
function ratingsOf(ratings: ReviewView['ratings']) {
  if (!ratings) return null;
  const { results, yearBefore } = ratings;
  const mark = (summary: { mark: number | null } | null | undefined): string =>
    summary?.mark == null ? 'n.v.t.' : String(summary.mark).replace('.', ',');
  const counts = ({ yes, partly, no }: { yes: number; partly: number; no: number }): string =>
    `${yes} ja, ${partly} deels, ${no} nee`;
  const groups = [
    ...results.kinds.map((one) => ({ ...one, name: kindName(one.kind) })),
    ...(results.total ? [{ ...results.total, name: 'Samen', kind: null }] : []),
  ];
  return {
    rows: groups.map((one) => ({
      name: one.name,
      answered: one.answered,
      mark: mark(one),
      before: mark(one.kind === null ? yearBefore?.total : yearBefore?.kinds.find(({ kind }) => kind === one.kind)),
      speaksAsOne: counts(one.speaksAsOne),
      keptAgreements: counts(one.keptAgreements),
    })),
    wentWell: results.wentWell,
    canBeBetter: results.canBeBetter,
  };
}

/** The name of a meeting, with its area when the name does not say so. */
const withArea = ({ meeting, area }: { meeting: string; area: string }): string =>
  meeting.includes(area) ? meeting : `${meeting}, ${area}`;

function quartersOf(quarters: readonly { quarter: string; done: number }[]) {
  const most = Math.max(1, ...quarters.map(({ done }) => done));
  return quarters.map(({ quarter, done }) => ({
    name: `${quarter.slice(6)}e kwartaal ${quarter.slice(0, 4)}`,
    done,
    width: ((done / most) * 100).toFixed(2),
  }));
}

function resultsOf<T>({ total, lines }: { total: number; lines: readonly T[] }) {
  return { total, lines, more: total - lines.length };
}

/** "dinsdag 2 juni 2026, 12:00 uur", in Amsterdam. */
function momentInDutch(moment: string): string {
  const time = DateTime.fromISO(moment, { zone: TIME_ZONE }).toFormat('HH:mm');
  return `${inDutch(dayOf(moment))}, ${time} uur`;
}

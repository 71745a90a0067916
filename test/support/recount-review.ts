import { recountActions } from './recount-actions.js';
import { recountMeetings, recountMinutesGoal } from './recount-meetings.js';
import { type Comparison, type Raw, type Tables, text, withBelow } from './recount-rows.js';

interface Period {
  areaId: string;
  fromOn: string;
  asOf: string;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- The body of a response, as received. */
type Body = any;

/** Every figure of a review about actions and meetings, recounted from the rows. */
export function recountFigures(seen: Comparison, code: string, tables: Tables, period: Period, figures: Body): void {
  const { areaId, fromOn, asOf } = period;
  const actions = recountActions(tables, period);
  const met = recountMeetings(tables, withBelow(tables, areaId, asOf), fromOn, asOf);
  const of = (what: string): string => `${code} ${what}`;
  seen.all(of('total'), figures.total, actions.total);
  seen.groups(of('theme'), figures.themes, 'theme', actions.themes);
  seen.groups(of('organisation'), figures.organisations, 'organisationId', actions.organisations);
  if (figures.areas.length > 0) seen.groups(of('area'), figures.areas, 'areaId', actions.areas);
  seen.groups(of('side'), figures.sides, 'side', actions.sides);
  seen.groups(of('kind'), figures.kinds, 'kind', actions.kinds);
  seen.groups(of('quarter'), figures.quarters, 'quarter', actions.quarters);
  seen.number(of('lead time'), figures.leadTimeDays, actions.leadTimeDays);
  seen.all(of('overdue days'), figures.overdueDays, actions.overdueDays);
  const { largeResults, results } = actions.total;
  seen.number(of('large results'), figures.results.large.total, largeResults);
  seen.number(of('small results'), figures.results.small.total, results! - largeResults!);
  seen.number(of('escalations'), figures.escalations.asked, actions.escalations.length);
  seen.all(of('collaboration'), figures.collaboration, met.collaboration);
  seen.number(of('days to sending'), figures.collaboration.daysToSending.median, met.daysToSending);
  seen.number(of('sessions not closed'), figures.collaboration.notClosed.length, met.notClosed);
  seen.all(of('attendance'), figures.attendance.total, met.total);
  seen.groups(of('attendance of'), figures.attendance.organisations, 'organisationId', met.organisations);
  seen.groups(of('attendance per kind'), figures.attendance.kinds, 'kind', met.kinds);
}

/** What else a whole review contains: its goals, the year before and the marks of the parties. */
export function recountRest(seen: Comparison, code: string, tables: Tables, period: Period, review: Body): void {
  const goals = recountGoals(tables, period);
  seen.groups(`${code} goal`, review.figures.goals.items.map(plainGoal), 'goalId', goals);
  for (const course of ['green', 'orange', 'red', 'grey'])
    seen.number(
      `${code} ${course}`,
      review.figures.goals[course],
      [...goals.values()].filter((one) => one[course] === 1).length,
    );
  const before = { ...period, fromOn: yearBefore(period.fromOn), asOf: yearBefore(period.asOf) };
  const actions = recountActions(tables, before);
  const met = recountMeetings(tables, withBelow(tables, period.areaId, before.asOf), before.fromOn, before.asOf);
  if (review.yearBefore) {
    seen.all(`${code} year before`, review.yearBefore.total, actions.total);
    seen.number(`${code} lead time before`, review.yearBefore.leadTimeDays, actions.leadTimeDays);
    const { sessionsHeld, minutesSent, minutesSentShare } = met.collaboration;
    seen.all(`${code} met before`, review.yearBefore, { sessionsHeld, minutesSent, minutesSentShare });
  } else seen.number(`${code} agreed before`, 0, actions.total.agreed! + met.collaboration.sessionsHeld);
  const year = Number(period.asOf.slice(0, 4));
  seen.all(`${code} marks`, review.ratings.results.total, recountMarks(tables, period.areaId, year)!);
  const last = recountMarks(tables, period.areaId, year - 1);
  if (last) seen.all(`${code} marks before`, review.ratings.yearBefore.total, last);
  else seen.number(`${code} marks before`, review.ratings.yearBefore, null);
}

const yearBefore = (day: string): string => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

const plainGoal = ({ goalId, lastMeasurement, ownFigure, course, judgements }: Body) => ({
  goalId,
  value: lastMeasurement?.value ?? null,
  own: ownFigure?.value ?? null,
  [course]: 1,
  judgements: judgements.length,
});

/**
 * The goals that ran in a period: the last value, the goal's own figure, the course and who judged, each by the end of it, or
 * whenever that was if the goal had ended by then.
 */
function recountGoals(tables: Tables, { areaId, fromOn, asOf }: Period) {
  const areaIds = withBelow(tables, areaId, asOf);
  const counts = ({ endsOn }: Raw, day: string): boolean => day <= asOf || (endsOn !== null && text(endsOn) <= asOf);
  const lastBy = (goal: Raw, rows: Raw[], day: string) =>
    rows
      .filter((row) => counts(goal, text(row[day])))
      .sort((one, other) =>
        `${text(one[day])}${text(one.recordedAt)}`.localeCompare(`${text(other[day])}${text(other.recordedAt)}`),
      )
      .at(-1);
  const running = tables.goals.filter(
    (goal) =>
      areaIds.includes(text(goal.areaId)) &&
      goal.activatedOn !== null &&
      text(goal.activatedOn) <= asOf &&
      text(goal.startsOn) <= asOf &&
      (goal.endsOn === null || text(goal.endsOn) >= fromOn),
  );
  return new Map(
    running.map((goal) => {
      const own = (rows: Raw[]): Raw[] => rows.filter(({ goalId }) => goalId === goal.id);
      const judged = own(tables.judgements).filter(({ judgedOn }) => counts(goal, text(judgedOn)));
      const ownFigure =
        goal.metric === null
          ? null
          : recountMinutesGoal(tables, goal, withBelow(tables, text(goal.areaId), asOf), asOf).value;
      const course = text(lastBy(goal, own(tables.goal_courses), 'decidedOn')?.course ?? 'grey');
      const counted: Record<string, number | null> = {
        value: (lastBy(goal, own(tables.goal_measurements), 'measuredOn')?.value ?? null) as number | null,
        own: ownFigure,
        judgements: new Set(judged.map(({ organisationId }) => organisationId)).size,
        [course]: 1,
      };
      return [text(goal.id), counted] as const;
    }),
  );
}

/** The marks in the rating round about a year; null without one. */
function recountMarks(tables: Tables, areaId: string, year: number) {
  const round = tables.rating_rounds.find((one) => one.areaId === areaId && Number(one.year) === year);
  if (!round) return null;
  const given = tables.ratings.filter((one) => one.roundId === round.id && one.answeredAt !== null);
  const sum = given.reduce((total, { mark }) => total + Number(mark), 0);
  return { answered: given.length, mark: Number((Math.round((sum / given.length) * 10 + 1e-9) / 10).toFixed(1)) };
}

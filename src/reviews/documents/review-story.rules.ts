import { inDutch } from '../../platform/common/calendar-date.js';
import { JUDGEMENT_WORDS, STATUS_WORDS } from '../../actions/words.js';
import type { EscalationRow } from '../../wijkagenda/figures/escalations.service.js';
import type { GoalJudgement, YearGoal } from '../../wijkagenda/figures/year-goals.service.js';
import { COURSE_WORDS } from '../../goals/words.js';
import type { ReviewView } from '../reviews.dto.js';

/** "65 procent", with a decimal comma; the unit left out when there is none. */
export const amount = (value: number, unit: string | null): string =>
  `${String(value).replace('.', ',')}${unit ? ` ${unit}` : ''}`;

/** "Dorpsraad Boskoop: deels gelukt (dinsdag 9 december 2025). Het ging beter na de zomer." */
export function judgementLine({ organisation, judgement, comment, judgedOn }: GoalJudgement): string {
  const words = comment ? ` ${comment}` : '';
  return `${organisation ?? 'Een andere partij'}: ${JUDGEMENT_WORDS[judgement]} (${inDutch(judgedOn)}).${words}`;
}

const toGoalRow = (goal: YearGoal) => ({
  title: goal.title,
  area: goal.area,
  course: COURSE_WORDS[goal.course],
  target: goal.target === null ? 'niet bepaald' : amount(goal.target, goal.unit),
  /** Not measured is not 0. */
  last: goal.lastMeasurement ? amount(goal.lastMeasurement.value, goal.unit) : 'niet gemeten',
  lastOn: goal.lastMeasurement?.measuredOn ?? null,
  own:
    goal.ownFigure === null
      ? '–'
      : goal.ownFigure.value === null
        ? 'niet gemeten'
        : amount(goal.ownFigure.value, goal.unit),
  judgements: goal.judgements.map(judgementLine),
  explanation: [
    { what: 'Oorzaak', text: goal.cause },
    { what: 'Gevolg', text: goal.consequence },
    { what: 'Maatregel', text: goal.measure },
    { what: 'Wat de partijen ervan vinden', text: goal.partiesView },
  ].filter(({ text }) => text !== null) as { what: string; text: string }[],
  decidedOn: goal.decidedOn,
});

/** Goals: greens counted, all in a table, reds and oranges in full; null where nobody works with goals. */
export function goalsIn({ figures: { goals } }: ReviewView) {
  if (goals.total === 0) return null;
  const rows = goals.items.map(toGoalRow);
  return {
    ...goals,
    rows,
    judged: rows.filter(({ judgements }) => judgements.length > 0),
    offCourse: goals.items.filter(({ course }) => course === 'red' || course === 'orange').map(toGoalRow),
  };
}

/** What came of ringing the bell; null when nobody did. */
export function escalationsIn({ figures: { escalations } }: ReviewView) {
  if (escalations.asked === 0) return null;
  return { ...escalations, rows: escalations.items.map(toEscalationRow) };
}

function toEscalationRow(one: EscalationRow) {
  return {
    name: `${one.number} ${one.title}`,
    organisation: one.organisation,
    askedOn: one.askedOn,
    answeredOn: one.answeredOn,
    decision: one.decision,
    decidedFor: one.decidedFor,
    status: STATUS_WORDS[one.status],
  };
}

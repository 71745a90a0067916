import type { FieldError } from '../platform/common/problems.js';
import type { CourseKind, Direction, Metric } from './goal.entity.js';
import { GOAL_QUESTIONS } from './words.js';

export const LETTERS = ['S', 'M', 'A', 'R', 'T'] as const;
/** @schema SmartLetter */
export type Letter = (typeof LETTERS)[number];

/** The input of the SMART check. */
export interface SmartGoal {
  title: string;
  description: string | null;
  endResult: string | null;
  indicator: string | null;
  unit: string | null;
  target: number | null;
  direction: Direction | null;
  source: string | null;
  metric: Metric | null;
  baseline: number | null;
  baselineOn: string | null;
  baselinePlannedOn: string | null;
  peopleAsked: number | null;
  peopleAnswered: number | null;
  peopleInFavour: number | null;
  framework: string | null;
  budget: number | null;
  budgetCeiling: number | null;
  startsOn: string | null;
  endsOn: string | null;
  courseKind: CourseKind;
}

/** The parties' answers, counting the latest of each. */
interface PartyAnswers {
  agreed: number;
  disagreed: number;
}

/** @schema SmartLetterCheck */
export interface LetterCheck {
  letter: Letter;
  holds: boolean;
  /** Why it holds or not, in Dutch. */
  reason: string;
  /** The fields still to be filled in, with the question for each, in Dutch. */
  fillIn: { field: string; question: string }[];
}

export interface SmartFieldError extends FieldError {
  letter: Letter;
}

type FillIn = LetterCheck['fillIn'];

/** The five letters: whether each holds, why, and what to fill in. */
export function smartCheck(goal: SmartGoal, parties: PartyAnswers): LetterCheck[] {
  return [specific(goal), measurable(goal), acceptable(goal, parties), realistic(goal), timeBound(goal)];
}

export const isSmart = (checks: readonly LetterCheck[]): boolean => checks.every(({ holds }) => holds);

/** Everything that is invalid in a goal, draft or not. Empty if valid. */
export function goalViolations(goal: SmartGoal): SmartFieldError[] {
  return [...measureViolations(goal), ...peopleViolations(goal), ...moneyViolations(goal), ...timeViolations(goal)];
}

function specific(goal: SmartGoal): LetterCheck {
  const fillIn: FillIn = [];
  if (!goal.description) fillIn.push(asked('description'));
  if (!goal.endResult) fillIn.push(asked('endResult'));
  return check('S', fillIn, 'Er staat wat er gebeurt en wat het beoogde eindresultaat is.');
}

/** A baseline, or the date by which the nulmeting is to be done. */
function measurable(goal: SmartGoal): LetterCheck {
  const fillIn: FillIn = [];
  if (!goal.indicator) fillIn.push({ field: 'indicator', question: 'Waaraan meet u of het doel is bereikt?' });
  if (!goal.unit) fillIn.push({ field: 'unit', question: 'In welke eenheid: procent, aantal, rapportcijfer?' });
  if (goal.target === null) fillIn.push({ field: 'target', question: 'Welke waarde wilt u bereiken?' });
  if (!goal.direction) fillIn.push(asked('direction'));
  if (!goal.source && !goal.metric) fillIn.push(asked('source'));
  if (goal.baseline === null && !goal.baselinePlannedOn) {
    fillIn.push({ field: 'baseline', question: 'Wat is de waarde nu, of wanneer is de nulmeting gedaan?' });
  }
  const baseline = goal.baseline === null ? 'de datum van de nulmeting' : 'de nulmeting';
  return check('M', fillIn, `Er staat wat u meet, in welke eenheid, de streefwaarde, de bron en ${baseline}.`);
}

/** More than half of those who answered must be in favour: of the parties and, if people were asked, of the people. */
function acceptable(goal: SmartGoal, { agreed, disagreed }: PartyAnswers): LetterCheck {
  const fillIn: FillIn = [];
  const answered = agreed + disagreed;
  if (answered === 0) fillIn.push({ field: 'agreements', question: 'Welke partijen stemmen in met dit doel?' });
  else if (!isMajority(agreed, answered)) {
    fillIn.push({
      field: 'agreements',
      question: `${agreed} van de ${answered} ${plural(answered, 'partij', 'partijen')} die antwoordden ${plural(agreed, 'stemt', 'stemmen')} in. Dat moet meer dan de helft zijn.`,
    });
  }
  fillIn.push(...peopleAskedViolations(goal));
  const people =
    goal.peopleAsked === null
      ? ''
      : ` Van de ${goal.peopleAsked} gevraagde mensen antwoordden er ${goal.peopleAnswered}; ${goal.peopleInFavour} daarvan ${plural(goal.peopleInFavour ?? 0, 'is', 'zijn')} voor.`;
  return check(
    'A',
    fillIn,
    `${agreed} van de ${answered} ${plural(answered, 'partij', 'partijen')} die antwoordden ${plural(agreed, 'stemt', 'stemmen')} in.${people}`,
  );
}

function peopleAskedViolations({ peopleAsked, peopleAnswered, peopleInFavour }: SmartGoal): FillIn {
  if (peopleAsked === null) return [];
  if (peopleAnswered === null) return [{ field: 'peopleAnswered', question: 'Hoeveel van hen hebben geantwoord?' }];
  if (peopleInFavour === null) return [{ field: 'peopleInFavour', question: 'Hoeveel van hen zijn voor?' }];
  if (isMajority(peopleInFavour, peopleAnswered)) return [];
  const question = `${peopleInFavour} van de ${peopleAnswered} mensen die antwoordden ${plural(peopleInFavour, 'is', 'zijn')} voor (${peopleAsked} gevraagd). Dat moet meer dan de helft zijn.`;
  return [{ field: 'peopleInFavour', question }];
}

function realistic(goal: SmartGoal): LetterCheck {
  const fillIn: FillIn = [];
  if (!goal.framework) fillIn.push({ field: 'framework', question: 'In welk kader van de raad past dit doel?' });
  if (goal.budget !== null && goal.budgetCeiling === null) {
    fillIn.push({ field: 'budgetCeiling', question: 'Hoeveel geld is er ten hoogste beschikbaar?' });
  }
  const money = goal.budget === null ? 'er is geen geld mee gemoeid' : 'het budget blijft onder het plafond';
  return check('R', fillIn, `Het doel past in een kader van de raad en ${money}.`);
}

function timeBound(goal: SmartGoal): LetterCheck {
  const fillIn: FillIn = [];
  if (!goal.startsOn) fillIn.push({ field: 'startsOn', question: 'Wanneer begint u?' });
  if (!goal.endsOn) fillIn.push({ field: 'endsOn', question: 'Wanneer moet het doel zijn bereikt?' });
  return check('T', fillIn, 'Er is een begindatum en een einddatum.');
}

function check(letter: Letter, fillIn: FillIn, reason: string): LetterCheck {
  if (fillIn.length === 0) return { letter, holds: true, reason, fillIn };
  return { letter, holds: false, reason: `Nog nodig: ${fillIn.map(({ question }) => question).join(' ')}`, fillIn };
}

function measureViolations(goal: SmartGoal): SmartFieldError[] {
  const { unit, target, baseline, direction, baselineOn } = goal;
  const violations: SmartFieldError[] = [];
  const hasValue = target !== null || baseline !== null;
  if (hasValue && !unit) violations.push(violation('M', 'unit', 'unit is required with a target or baseline'));
  if (baselineOn !== null && baseline === null) {
    violations.push(
      violation('M', 'baseline', 'baseline is required with baselineOn; use baselinePlannedOn for a planned one'),
    );
  }
  if (target === null || baseline === null) return violations;
  if (target === baseline) violations.push(violation('M', 'target', 'target must differ from baseline'));
  else if (direction !== null && target > baseline !== (direction === 'up')) {
    violations.push(
      violation('M', 'direction', `direction must be ${target > baseline ? 'up' : 'down'}, from baseline to target`),
    );
  }
  return violations;
}

function peopleViolations({ peopleAsked, peopleAnswered, peopleInFavour }: SmartGoal): SmartFieldError[] {
  const violations: SmartFieldError[] = [];
  if ((peopleAnswered ?? 0) > (peopleAsked ?? 0)) {
    violations.push(violation('A', 'peopleAnswered', 'peopleAnswered must not exceed peopleAsked'));
  }
  if ((peopleInFavour ?? 0) > (peopleAnswered ?? 0)) {
    violations.push(violation('A', 'peopleInFavour', 'peopleInFavour must not exceed peopleAnswered'));
  }
  return violations;
}

function moneyViolations({ budget, budgetCeiling }: SmartGoal): SmartFieldError[] {
  if (budget === null || budgetCeiling === null || budget <= budgetCeiling) return [];
  return [violation('R', 'budget', 'budget must not exceed budgetCeiling')];
}

function timeViolations({ startsOn, endsOn, baselinePlannedOn }: SmartGoal): SmartFieldError[] {
  const violations: SmartFieldError[] = [];
  if (startsOn && endsOn && endsOn <= startsOn)
    violations.push(violation('T', 'endsOn', 'endsOn must be after startsOn'));
  if (baselinePlannedOn && endsOn && baselinePlannedOn >= endsOn) {
    violations.push(violation('T', 'baselinePlannedOn', 'baselinePlannedOn must be before endsOn'));
  }
  return violations;
}

const asked = (field: keyof typeof GOAL_QUESTIONS) => ({ field, question: GOAL_QUESTIONS[field] });
const isMajority = (count: number, of: number): boolean => count * 2 > of;
const plural = (count: number, one: string, more: string): string => (count === 1 ? one : more);

function violation(letter: Letter, field: string, message: string): SmartFieldError {
  return { letter, field, message };
}

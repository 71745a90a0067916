import { toBudgetLines } from '../budget/budget-summary.rules.js';
import type { BudgetSummary } from '../budget/budget-summaries.service.js';
import { isOverdue } from '../actions/overdue.rules.js';
import { deadlineWords, STATUS_WORDS } from '../actions/words.js';
import { inUnit } from '../goals/course.rules.js';
import { courseMeaning } from '../goals/words.js';
import { inDutch } from '../platform/common/calendar-date.js';
import { capital, inOneLine } from '../platform/rendering/text.js';
import { PAPER } from '../platform/rendering/tokens.js';
import { byTheme, type Warning, WITHOUT_THEME } from './wijkagenda.rules.js';
import type { ListedAction, PlacedGoal, WijkagendaRow } from './wijkagendas.views.js';

/**
 * An action on the poster for the parties: number, text, organisation, deadline, status and result; never anything
 * else.
 */
function toPosterAction(action: ListedAction) {
  const { number, title, publicText, organisation, dueKind, dueOn, status, result } = action;
  return { number, what: publicText ?? title, organisation, dueKind, dueOn, status, result };
}

/** The public part of a goal: no parties, judgements or explanations. */
function toPublicGoal(goal: PlacedGoal) {
  const { title, kind, theme, label, description, endResult, indicator, unit, target, startsOn, endsOn } = goal;
  const { course, progress, lastMeasurement } = goal;
  const measured = lastMeasurement && { measuredOn: lastMeasurement.measuredOn, value: lastMeasurement.value };
  const what = { title, kind, theme, label, description, endResult, indicator, unit, target, startsOn, endsOn };
  return { ...what, course, progress, lastMeasurement: measured };
}

type Head = Pick<WijkagendaRow, 'id' | 'areaName' | 'year' | 'state' | 'themes' | 'introduction' | 'adoptedOn'>;

/** The contents of the poster for the parties: the goals not held back and the actions marked public. */
export function toPosterView(
  head: Head & { publishedAt: string | null },
  label: string,
  goals: readonly PlacedGoal[],
  actions: readonly ListedAction[],
  budget: BudgetSummary | null,
) {
  const { id, areaName, year, state, introduction, adoptedOn, publishedAt, themes } = head;
  const shown = actions.filter(({ isPublic }) => isPublic);
  return {
    id,
    area: areaName,
    label,
    year,
    state,
    introduction,
    adoptedOn,
    publishedAt,
    goals: goals.filter(({ isPublic }) => isPublic).map(toPublicGoal),
    themes: byTheme(themes, shown).map(({ theme, items }) => ({ theme, actions: items.map(toPosterAction) })),
    budget,
  };
}
type PosterView = ReturnType<typeof toPosterView>;

/** The public view of a wijkagenda: the same without action numbers, which mean nothing to residents. */
export function toPublicView({ themes, ...view }: PosterView) {
  return {
    ...view,
    themes: themes.map(({ theme, actions }) => ({
      theme,
      actions: actions.map(({ number: _, ...action }) => action),
    })),
  };
}
/** @schema PublicWijkagenda */
export type PublicView = ReturnType<typeof toPublicView>;
type PublicGoal = PublicView['goals'][number];

/**
 * The view of the poster page; the public page is the same with fewer parts. That one gets `today`: it says what takes
 * longer than agreed, without naming the organisation that is late.
 */
export function toDocument(
  view: PosterView | PublicView,
  more: { parties: string[]; warnings: Warning[]; isPreview: boolean; today?: string },
) {
  return {
    title: `${view.label} ${view.area} ${view.year}`,
    state: stateInDutch(view),
    introduction: view.introduction,
    preview: more.isPreview,
    parties: inOneLine(more.parties),
    warnings: more.warnings.map(({ text }) => text),
    hasNumbers: view.themes.some(({ actions }) => actions.some((action) => 'number' in action)),
    goals: view.goals.map(toGoalLine),
    budget: view.budget && toBudgetLines(view.budget),
    themes: view.themes.map(({ theme, actions }) => ({
      // The rest of nothing has no heading.
      name: theme === WITHOUT_THEME && view.themes.length === 1 ? null : capital(theme),
      actions: actions.map(({ what, organisation, dueKind, dueOn, status, result, ...action }) => {
        const isLate = more.today !== undefined && isOverdue({ status, resumeOn: null, dueOn }, more.today);
        return {
          number: 'number' in action ? action.number : '',
          what,
          who: isLate ? '–' : (organisation ?? 'nog niet bekend'),
          when: deadlineWords({ dueKind, dueOn }),
          status,
          statusName: isLate ? 'duurt langer dan afgesproken' : STATUS_WORDS[status],
          result,
        };
      }),
    })),
  };
}

function toGoalLine(goal: PublicGoal) {
  const measured = goal.lastMeasurement;
  return {
    title: goal.title,
    text: goal.endResult ?? goal.description,
    label: goal.label,
    aim:
      goal.target === null
        ? null
        : capital(`${goal.indicator ?? ''}: ${inUnit(goal.target, goal.unit)}`.replace(/^: /, '')),
    until: goal.endsOn,
    measured: measured ? `${inUnit(measured.value, goal.unit)} op ${inDutch(measured.measuredOn)}` : 'niet gemeten',
    course: courseMeaning(goal.course, measured !== null),
    light: PAPER.lights[goal.course],
    hasProgress: goal.progress !== null,
    progress: goal.progress ?? 0,
  };
}

function stateInDutch({ state, adoptedOn }: Pick<PublicView, 'state' | 'adoptedOn'>): string {
  if (state === 'draft') return 'Concept';
  const adopted = `Vastgesteld op ${inDutch(adoptedOn!)}`;
  return state === 'closed' ? `${adopted}, afgesloten` : adopted;
}

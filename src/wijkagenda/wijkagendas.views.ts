import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import type { Course } from '../goals/goal-course.entity.js';
import type { GoalView } from '../goals/goals.views.js';
import type { Warning } from './wijkagenda.rules.js';
import type { WijkagendaState } from './wijkagenda.entity.js';

/** @schema WijkagendaSummary */
export interface WijkagendaRow {
  id: string;
  areaId: string;
  areaName: string;
  areaKind: string;
  year: number;
  state: WijkagendaState;
  themes: string[];
  introduction: string | null;
  adoptedOn: string | null;
  adoptedInId: string | null;
  closedOn: string | null;
  publishedAt: string | null;
  goalCount: number;
  adoptedBy: { organisationId: string; organisationName: string }[];
  version: number;
}

/** A goal as listed on a wijkagenda. */
export function toPlacedGoal(goal: GoalView, isPublic: boolean) {
  const { id, title, kind, theme, state, label, description, endResult, indicator, unit, target, baseline } = goal;
  const { startsOn, endsOn, course, courseKind, progress, lastMeasurement, partiesAgreed } = goal;
  return {
    goalId: id,
    title,
    kind,
    theme,
    state,
    label,
    description,
    endResult,
    indicator,
    unit,
    target,
    baseline,
    startsOn,
    endsOn,
    course: course as Course,
    courseKind,
    progress,
    lastMeasurement,
    partiesAgreed,
    isPublic,
  };
}
export type PlacedGoal = ReturnType<typeof toPlacedGoal>;

export type WijkagendaView = Omit<WijkagendaRow, 'goalCount' | 'areaKind'> & {
  label: string;
  goals: PlacedGoal[];
  warnings: Warning[];
};

/** An action as listed on a wijkagenda: who and when, nothing else. */
export interface ListedAction {
  actionId: string;
  number: string;
  title: string;
  publicText: string | null;
  isPublic: boolean;
  theme: string | null;
  goalId: string | null;
  organisation: string | null;
  dueKind: DueKind;
  dueOn: string | null;
  status: ActionStatus;
  result: string | null;
  doneOn: string | null;
}

/** @schema WijkagendaProposal */
export interface ProposalView {
  areaId: string;
  year: number;
  themes: string[];
  /** Unfinished goals, with the reason to continue them. */
  goals: { goalId: string; title: string; theme: string | null; reason: string }[];
  actions: { actionId: string; number: string; title: string; theme: string | null; dueOn: string | null }[];
}

import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import type { Course } from '../goals/goal-course.entity.js';
import type { GoalView } from '../goals/goals.views.js';
import type { Warning } from './wijkagenda.rules.js';
import type { WijkagendaState } from './wijkagenda.entity.js';

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

export const WIJKAGENDA_ROW_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000601',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  areaKind: 'kern',
  year: 2026,
  state: 'adopted',
  themes: ['voorzieningen', 'participatie'],
  introduction: 'Dit doen wij in 2026 samen in Boskoop.',
  adoptedOn: '2026-01-20',
  adoptedInId: '019300a0-0000-7000-8000-000000000701',
  closedOn: null,
  publishedAt: null,
  goalCount: 1,
  adoptedBy: [{ organisationId: '019300a0-0000-7000-8000-000000000301', organisationName: 'Politie' }],
  version: 3,
} satisfies WijkagendaRow;

/** A goal as listed on a wijkagenda. */
export function toPlacedGoal(goal: GoalView, isPublic: boolean) {
  const { id, title, kind, theme, state, label, description, endResult, indicator, unit, target, baseline } = goal;
  const { startsOn, endsOn, course, progress, lastMeasurement, partiesAgreed } = goal;
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

const PLACED_GOAL_EXAMPLE = {
  goalId: '019300a0-0000-7000-8000-000000000a01',
  title: 'Verslag binnen veertien dagen',
  kind: 'process',
  theme: 'participatie',
  state: 'active',
  label: null,
  description: 'Elk verslag van het professionaloverleg gaat binnen veertien dagen naar de deelnemers.',
  endResult: 'Iedereen weet op tijd wat er is afgesproken.',
  indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
  unit: 'procent',
  target: 90,
  baseline: 40,
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  course: 'green',
  progress: 50,
  lastMeasurement: { measuredOn: '2026-06-02', value: 65, source: 'verzenddatum' },
  partiesAgreed: 2,
  isPublic: true,
} satisfies PlacedGoal;

export const WIJKAGENDA_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000601',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  label: 'Dorpsagenda',
  year: 2026,
  state: 'adopted',
  themes: ['voorzieningen', 'participatie'],
  introduction: 'Dit doen wij in 2026 samen in Boskoop.',
  adoptedOn: '2026-01-20',
  adoptedInId: '019300a0-0000-7000-8000-000000000701',
  adoptedBy: [{ organisationId: '019300a0-0000-7000-8000-000000000301', organisationName: 'Politie' }],
  closedOn: null,
  publishedAt: null,
  goals: [PLACED_GOAL_EXAMPLE],
  warnings: [{ code: 'MORE_THAN_FOUR_GOALS', text: 'Er staan 5 doelen op de agenda.' }],
  version: 3,
} satisfies WijkagendaView;

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

export interface ProposalView {
  areaId: string;
  year: number;
  themes: string[];
  /** Unfinished goals, with the reason to continue them. */
  goals: { goalId: string; title: string; theme: string | null; reason: string }[];
  actions: { actionId: string; number: string; title: string; theme: string | null; dueOn: string | null }[];
}

export const PROPOSAL_EXAMPLE = {
  areaId: '019300a0-0000-7000-8000-000000000002',
  year: 2027,
  themes: ['voorzieningen', 'participatie'],
  goals: [
    {
      goalId: '019300a0-0000-7000-8000-000000000a01',
      title: 'Verslag binnen veertien dagen',
      theme: 'participatie',
      reason: 'Streefwaarde niet gehaald.',
    },
  ],
  actions: [
    {
      actionId: '019300a0-0000-7000-8000-000000000801',
      number: 'BOS-12',
      title: 'Skatebaan opknappen',
      theme: 'voorzieningen',
      dueOn: '2027-03-01',
    },
  ],
} satisfies ProposalView;

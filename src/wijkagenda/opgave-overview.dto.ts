import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import type { Course } from '../goals/goal-course.entity.js';
import type { GoalState } from '../goals/goal.entity.js';

export interface ServingGoal {
  goalId: string;
  areaId: string;
  areaName: string;
  title: string;
  state: GoalState;
  label: string | null;
  course: Course;
  progress: number | null;
  endsOn: string | null;
}

export interface ServingAction {
  actionId: string;
  areaId: string;
  areaName: string;
  number: string;
  title: string;
  organisation: string | null;
  dueKind: DueKind;
  dueOn: string | null;
  status: ActionStatus;
}

export interface OpgaveOverviewView {
  opgaveId: string;
  title: string;
  areas: { areaId: string; areaName: string; goals: ServingGoal[]; actions: ServingAction[] }[];
}

export const OPGAVE_OVERVIEW_EXAMPLE = {
  opgaveId: '019300a0-0000-7000-8000-000000000401',
  title: 'Jongeren met een plek',
  areas: [
    {
      areaId: '019300a0-0000-7000-8000-000000000002',
      areaName: 'Boskoop',
      goals: [
        {
          goalId: '019300a0-0000-7000-8000-000000000a01',
          areaId: '019300a0-0000-7000-8000-000000000002',
          areaName: 'Boskoop',
          title: 'Een plek voor jongeren',
          state: 'active',
          label: null,
          course: 'green',
          progress: 50,
          endsOn: '2026-12-31',
        },
      ],
      actions: [
        {
          actionId: '019300a0-0000-7000-8000-000000000801',
          areaId: '019300a0-0000-7000-8000-000000000002',
          areaName: 'Boskoop',
          number: 'BOS-12',
          title: 'Skatebaan opknappen',
          organisation: 'Beheer openbare ruimte',
          dueKind: 'date',
          dueOn: '2026-10-01',
          status: 'in_progress',
        },
      ],
    },
  ],
} satisfies OpgaveOverviewView;

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

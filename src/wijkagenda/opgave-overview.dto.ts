import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import type { NamedOrganisation } from '../actions/actions.views.js';
import type { Course } from '../goals/goal-course.entity.js';
import type { CourseKind, GoalState } from '../goals/goal.entity.js';

export interface ServingGoal {
  goalId: string;
  areaId: string;
  areaName: string;
  title: string;
  state: GoalState;
  label: string | null;
  course: Course;
  progress: number | null;
  courseKind: CourseKind;
  lastMeasurement: { measuredOn: string; value: number; source: string } | null;
  startsOn: string | null;
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
  /** The organisations that carry it out together with the owner. */
  together: NamedOrganisation[];
  daysOverdue: number;
  /** Whether the caller may open the action: departments of the opgave see all of its actions listed, even those they may not. */
  isReadable: boolean;
}

export interface OpgaveOverviewView {
  opgaveId: string;
  title: string;
  areas: { areaId: string; areaName: string; goals: ServingGoal[]; actions: ServingAction[] }[];
}

import { CONDITIONS } from './cases-as-of.js';
import { COUNTS } from './figures.rules.js';

/** Figures of actions, each by the condition under which an action counts. */
export const ACTION_FIGURES = {
  ...CONDITIONS,
  postponedNever: '"isAgreed" AND "postponements" = 0',
  leadTimeDays: `"isAgreed" AND "status" = 'done' AND "doneOn" IS NOT NULL`,
} satisfies Record<string, string>;

export const SESSION_FIGURES = ['sessionsHeld', 'minutesSent', 'minutesAdopted', 'notClosed'] as const;
export const ATTENDANCE_FIGURES = [
  'attendance.invited',
  'attendance.present',
  'attendance.excused',
  'attendance.absent',
] as const;
export const ESCALATION_FIGURES = [
  'escalations.asked',
  'escalations.answered',
  'escalations.unanswered',
  'escalations.actions',
  'escalations.actionsDone',
  'escalations.actionsCancelled',
  'escalations.actionsOpen',
] as const;
export const GOAL_FIGURES = ['goals.total', 'goals.green', 'goals.orange', 'goals.red', 'goals.grey'] as const;

export type ActionFigure = keyof typeof ACTION_FIGURES;
export type SessionFigure = (typeof SESSION_FIGURES)[number];
export type AttendanceFigure = (typeof ATTENDANCE_FIGURES)[number];
export type EscalationFigure = (typeof ESCALATION_FIGURES)[number];
export type GoalFigure = (typeof GOAL_FIGURES)[number];

/** Every figure that can be opened to the list of what it counts; a dot goes into a part of the figures. */
export const FIGURE_NAMES = [
  ...COUNTS,
  'postponedNever',
  'leadTimeDays',
  ...SESSION_FIGURES,
  ...ATTENDANCE_FIGURES,
  ...ESCALATION_FIGURES,
  ...GOAL_FIGURES,
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** Narrows a figure to one group; null is what has none. */
export interface Group {
  theme?: string | null;
  organisationId?: string | null;
  opgaveId?: string;
  areaId?: string;
  side?: 'municipality' | 'partners' | 'unowned';
  /** Of organisation. */
  kind?: string;
  /** Done in this calendar quarter: `2026-Q2`. */
  quarter?: string;
}

/** One thing that a figure counts. */
export interface FigureCase {
  type: 'action' | 'session' | 'goal';
  id: string;
  /** Null for what is no action. */
  number: string | null;
  /** What was agreed, the name of the meeting, or the goal. */
  title: string;
  area: string | null;
  theme: string | null;
  /** Who owns the action, or who was invited to the session. */
  organisation: string | null;
  /** Of the action or session; `present`, `excused`, `absent` of who was invited; the course of a goal. */
  status: string;
  /** The day of recording, of the session, of asking for a decision, or of the course of a goal. */
  on: string | null;
  dueOn: string | null;
  /** Done, sent or answered on. */
  doneOn: string | null;
  /** What another party than the owner says: `realised`, `partly`, `not`; null when none did. */
  judgement: string | null;
}

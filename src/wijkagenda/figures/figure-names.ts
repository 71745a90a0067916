import { CONDITIONS, HAS_LEAD_TIME, is } from './case-facts.js';
import { COUNTS } from './figures.rules.js';

/** Figures on actions, each with the condition under which an action counts. */
export const ACTION_FIGURES = {
  ...CONDITIONS,
  postponedNever: `${is('isAgreed')} AND NOT ${is('isPostponed')}`,
  leadTimeDays: HAS_LEAD_TIME,
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

/** Every figure that links to the list of its cases; a dot separates the levels of the figures. */
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

/** Restricts a figure to one group; null selects cases without one. */
export interface Group {
  theme?: string | null;
  /** The domain of its theme, as in `THEME_DOMAINS`; null for those without one. */
  domain?: string | null;
  organisationId?: string | null;
  opgaveId?: string;
  areaId?: string;
  side?: 'municipality' | 'partners' | 'unowned';
  /** The kind of organisation. */
  kind?: string;
  /** The calendar quarter in which it was done: `2026-Q2`. */
  quarter?: string;
}

/** One case counted by a figure. */
export interface FigureCase {
  type: 'action' | 'session' | 'goal';
  id: string;
  /** Null unless it is an action. */
  number: string | null;
  /** The text of the action or goal, or the name of the meeting. */
  title: string;
  area: string | null;
  theme: string | null;
  /** The owner of the action, or the organisation invited to the session. */
  organisation: string | null;
  /** Of the action or session; `present`, `excused`, `absent` for an invited organisation; the course of a goal. */
  status: string;
  /** The day of recording, of the session, of asking for a decision, or of the course of a goal. */
  on: string | null;
  dueOn: string | null;
  /** The day it was done, sent or answered. */
  doneOn: string | null;
  /** The last judgement of parties other than the owner: `realised`, `partly`, `not`, `differing`; null if there is none. */
  judgement: string | null;
}

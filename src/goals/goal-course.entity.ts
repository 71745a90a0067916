import { Entity, Index } from 'typeorm';
import { Day, Flag, Id, Line, Moment, Prose, Reference } from '../platform/database/columns.js';
import { Session } from '../meetings/session.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { Goal } from './goal.entity.js';

export const COURSES = ['green', 'orange', 'red', 'grey'] as const;
export type Course = (typeof COURSES)[number];

/** The chair's decision on the course of a goal, with what was proposed. All decisions are kept. */
@Entity('goal_courses')
@Index(['goalId'])
export class GoalCourse {
  @Id()
  id: string;
  @Reference(() => Goal)
  goalId: string;
  @Day()
  decidedOn: string;
  @Line(10)
  course: Course;
  /** The course proposed by the service at that moment. */
  @Line(10)
  proposed: Course;
  /** Cause, consequence and measure are required for orange and red. */
  @Prose({ nullable: true })
  cause: string | null;
  @Prose({ nullable: true })
  consequence: string | null;
  @Prose({ nullable: true })
  measure: string | null;
  /** The parties' view of it. */
  @Prose({ nullable: true })
  partiesView: string | null;
  /** The session in which it was decided. */
  @Reference(() => Session, { nullable: true })
  sessionId: string | null;
  /** Whether it is the latest decision. */
  @Flag(true)
  isCurrent: boolean;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}

import type { Course } from './goal-course.entity.js';
import type { CourseKind, Direction, GoalKind } from './goal.entity.js';

export const GOAL_KIND_WORDS: Record<GoalKind, string> = { process: 'procesdoel', result: 'resultaatdoel' };
/** The kinds of goal with an explanation, as options. */
export const GOAL_KIND_CHOICES: Record<GoalKind, string> = {
  process: `${GOAL_KIND_WORDS.process}: hoe wij samenwerken`,
  result: `${GOAL_KIND_WORDS.result}: wat er verandert`,
};
export const COURSE_KIND_WORDS: Record<CourseKind, string> = {
  line: 'in een rechte lijn naar de streefwaarde',
  milestone: 'een mijlpaal: bereikt of niet',
  at_end: 'pas aan het eind te meten, bijvoorbeeld met een enquête',
};
export const DIRECTION_WORDS: Record<Direction, string> = { up: 'omhoog', down: 'omlaag' };

export const COURSE_WORDS: Record<Course, string> = { green: 'groen', orange: 'oranje', red: 'rood', grey: 'grijs' };
/** A course with its meaning. */
export const COURSE_MEANINGS: Record<Course, string> = {
  green: `${COURSE_WORDS.green}: op koers`,
  orange: `${COURSE_WORDS.orange}: bijsturen`,
  red: `${COURSE_WORDS.red}: niet op koers`,
  grey: `${COURSE_WORDS.grey}: nog niet bekend`,
};
/** Shown inside the light, so that it does not rely on colour alone. */
const COURSE_LETTERS: Record<Course, string> = { green: 'G', orange: 'O', red: 'R', grey: '–' };

export interface Light {
  course: string;
  letter: string;
  words: string;
}

export const lightOf = (course: Course): Light => ({
  course,
  letter: COURSE_LETTERS[course],
  words: COURSE_MEANINGS[course],
});

/** "6,5" */
export const inNumbers = (value: number): string => String(value).replace('.', ',');

export const COURSE_WORDS: Record<string, string> = {
  green: 'groen: op koers',
  orange: 'oranje: bijsturen',
  red: 'rood: niet op koers',
  grey: 'grijs: nog niet bekend',
};
const LETTERS: Record<string, string> = { green: 'G', orange: 'O', red: 'R', grey: '–' };

export interface Light {
  course: string;
  /** In the light itself, so that it says more than its colour. */
  letter: string;
  words: string;
}

export const lightOf = (course: string): Light => ({
  course,
  letter: LETTERS[course] ?? '–',
  words: COURSE_WORDS[course] ?? course,
});

/** "6,5" */
export const inNumbers = (value: number): string => String(value).replace('.', ',');

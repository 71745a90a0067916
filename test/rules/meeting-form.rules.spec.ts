import { expect, it } from '@jest/globals';
import { meetingFields } from '../../src/sessions/pages/meeting-form.rules.js';

const choicesFor = (rhythm: string | null): string[] =>
  meetingFields(rhythm)
    .find(({ name }) => name === 'howOften')!
    .options!.map(({ label }) => label);

it.each([
  ['FREQ=WEEKLY;INTERVAL=13;BYDAY=MO', 'elke 13 weken op maandag, zoals nu'],
  ['FREQ=MONTHLY;INTERVAL=4;BYDAY=-1FR', 'elke 4 maanden op de laatste vrijdag, zoals nu'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'zoals nu'],
])('names the rhythm %s, which the form has no choice for, in words', (rhythm, words) => {
  expect(choicesFor(rhythm).at(-1)).toBe(words);
});

it('offers no rhythm of its own to a meeting that has one of the usual ones, or none', () => {
  for (const rhythm of ['FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU', null])
    expect(choicesFor(rhythm).at(-1)).toBe('elk kwartaal');
});

import { isStatus } from '../actions/statuses.rules.js';
import { statusSentence } from '../actions/words.js';
import type { DiscussionOutcome } from '../actions/discussions/discussion.entity.js';

/** What became of an action of last time at the meeting. */
export const DISCUSSION_OUTCOME_WORDS: Record<DiscussionOutcome, string> = {
  discussed: 'besproken',
  updated: 'bijgewerkt',
  accepted: 'akkoord',
  not_discussed: 'niet besproken',
};

/** What was done at the table with an action of last time, where that is no status. */
const TREATED: Record<string, string> = {
  move: 'heeft een nieuwe datum',
  discussed: 'is besproken',
  note: 'heeft een notitie',
};

/** "BOS-12 stokt", "BOS-12 heeft een nieuwe datum". */
export const treatedWords = (number: string, done: string = ''): string =>
  isStatus(done) ? statusSentence(number, done) : `${number} ${TREATED[done] ?? 'is bijgewerkt'}`;

/** How a meeting repeats itself. */
export const DAY_WORDS = {
  MO: 'maandag',
  TU: 'dinsdag',
  WE: 'woensdag',
  TH: 'donderdag',
  FR: 'vrijdag',
  SA: 'zaterdag',
  SU: 'zondag',
};
export const RHYTHM_WORDS = {
  'WEEKLY;INTERVAL=1': 'elke week',
  'WEEKLY;INTERVAL=2': 'elke twee weken',
  'WEEKLY;INTERVAL=4': 'elke vier weken',
  'WEEKLY;INTERVAL=6': 'elke zes weken',
  'MONTHLY;INTERVAL=1': 'elke maand',
  'MONTHLY;INTERVAL=2': 'elke twee maanden',
  'MONTHLY;INTERVAL=3': 'elk kwartaal',
};
export const WHICH_WORDS = { 1: 'de eerste', 2: 'de tweede', 3: 'de derde', 4: 'de vierde', '-1': 'de laatste' };

/** What somebody who is invited can answer. */
export const ATTENDANCE_CHOICES = [
  { value: 'ja', label: 'Ik kom' },
  { value: 'nee', label: 'Ik kom niet' },
  { value: 'vervanger', label: 'Ik kom niet, iemand anders komt in mijn plaats' },
] as const;

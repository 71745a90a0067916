import type { DiscussionOutcome } from '../actions/discussions/discussion.entity.js';

/** What became of an action of last time at the meeting. */
export const DISCUSSION_OUTCOME_WORDS: Record<DiscussionOutcome, string> = {
  discussed: 'besproken',
  updated: 'bijgewerkt',
  accepted: 'akkoord',
  not_discussed: 'niet besproken',
};

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

import type { MinutesState } from './minutes.entity.js';

export const MINUTES_STATE_WORDS: Record<MinutesState, string> = {
  concept: 'concept',
  sent: 'verstuurd',
  adopted: 'vastgesteld',
};

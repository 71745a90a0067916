import type { WijkagendaState } from './wijkagenda.entity.js';

export const WIJKAGENDA_STATE_WORDS: Record<WijkagendaState, string> = {
  draft: 'concept',
  adopted: 'vastgesteld',
  closed: 'afgesloten',
};

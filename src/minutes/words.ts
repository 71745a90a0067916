import type { FormWords } from '../web/forms.js';
import type { MinutesState } from './minutes.entity.js';

export const MINUTES_STATE_WORDS: Record<MinutesState, string> = {
  concept: 'concept',
  sent: 'verstuurd',
  adopted: 'vastgesteld',
};

/** What is wrong with a remark on minutes. */
export const REMARK_WORDS: FormWords = {
  fields: { text: 'Schrijf op wat er niet klopt.', itemNumber: 'Kies een punt van de agenda.' },
  codes: {
    MINUTES_ADOPTED: 'Het verslag is vastgesteld en verandert niet meer.',
    MINUTES_NOT_SENT: 'Het verslag is nog niet verstuurd.',
  },
};

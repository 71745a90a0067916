import type { QuestionOutcome } from '../../questions/question.entity.js';
import type { OrganisationKey } from './organisations.data.js';

export interface QuestionData {
  title: string;
  details?: string;
  /** Null for residents. */
  asker: OrganisationKey | null;
  /** How many days ago it was asked, and when it got its outcome; one that became an action got it with that action. */
  asked: number;
  settled?: number;
  outcome?: QuestionOutcome;
  /** The title of the action that it became. */
  becomes?: string;
  answer?: string;
  passedTo?: string;
  reference?: string;
  /** Whether the chair and the asker agreed to publish it. */
  isPublic?: true;
}

/** Recent questions of the Dorpsraad and residents of Boskoop. */
export const QUESTIONS: QuestionData[] = [
  {
    ...{ title: 'Wanneer wordt het pad langs de Gouwe verlicht?', asker: 'DRB', asked: 160, settled: 131 },
    ...{ outcome: 'answered', answer: 'De lampen komen er in het najaar. De aannemer is gekozen.', isPublic: true },
  },
  {
    ...{ title: 'Kan de bushalte bij het zorgcentrum blijven?', asker: 'DRB', asked: 120, settled: 96 },
    ...{ outcome: 'passed_on', passedTo: 'de provincie, die over de bus gaat', reference: 'PZH-2026-2231', isPublic: true },
  },
  {
    ...{ title: 'Mag het plein op koningsdag autovrij zijn?', asker: null, asked: 110, settled: 58 },
    ...{ outcome: 'declined', answer: 'De hulpdiensten hebben deze weg nodig. Het parkeerterrein ernaast mag wel dicht.' },
  },
  {
    ...{ title: 'Wie houdt het bij de skatebaan schoon?', asker: 'DRB', asked: 62, settled: 35 },
    ...{ outcome: 'action', becomes: 'Prullenbak bij de skatebaan vervangen', isPublic: true },
  },
  {
    ...{ title: 'Komt er een plek voor jongeren, nu het hok weg is?', asker: 'DRB', asked: 33 },
    details: 'De jongeren staan nu bij de winkels. De winkeliers vragen ook wat het plan is.',
  },
  { title: 'Kan de wachttijd bij de brug korter?', asker: null, asked: 5 },
];

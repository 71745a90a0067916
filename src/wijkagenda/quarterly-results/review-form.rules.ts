import type { FieldSpec } from '../../web/fields.rules.js';
import type { FormWords } from '../../web/forms.js';

/** What can be wrong with a review, in Dutch. */
export const REVIEW_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    opgaveId: 'Kies een opgave uit de lijst.',
    fromOn: 'Kies de eerste dag van de periode.',
    asOf: 'Kies een peildatum die niet voor de eerste dag ligt, en niet in de toekomst.',
    succeeded: 'Hoogstens 4000 tekens.',
    notSucceeded: 'Hoogstens 4000 tekens.',
    learned: 'Hoogstens 4000 tekens.',
    nextYear: 'Hoogstens 4000 tekens.',
    reason: 'Schrijf op waarom u niet wacht tot de partijen hebben kunnen reageren.',
  },
  codes: {
    REVIEW_FINAL: 'Deze jaarevaluatie is definitief en verandert niet meer.',
    REVIEW_CIRCULATED: 'Het concept is al rondgestuurd.',
    REVIEW_NOT_CIRCULATED:
      'Stuur het concept eerst rond, of schrijf op waarom u niet wacht tot de partijen hebben kunnen reageren.',
    REVIEW_CIRCULATING: 'De partijen kunnen nog reageren. Wacht tot die tijd om is, of schrijf op waarom u niet wacht.',
    REVIEW_NOT_FINAL: 'Maak de jaarevaluatie eerst definitief.',
    REVIEW_PUBLISHED: 'Deze jaarevaluatie is al openbaar.',
    REVIEW_NOT_PUBLISHED: 'Deze jaarevaluatie is niet openbaar.',
  },
};

/** The area a review or a quarter is of. */
export const ofArea = (areas: readonly { value: string; label: string }[]): FieldSpec => ({
  name: 'areaId',
  label: 'Gebied',
  type: 'choice',
  isRequired: true,
  options: areas,
  hint: 'Met alles wat eronder valt.',
});

/** For who wants to look at one opgave only. */
export const ofOpgave = (opgaven: readonly { id: string; title: string }[]): FieldSpec => ({
  name: 'opgaveId',
  label: 'Opgave',
  type: 'choice',
  options: [
    { value: '', label: 'alles in het gebied' },
    ...opgaven.map(({ id, title }) => ({ value: id, label: title })),
  ],
  hint: 'Kies een opgave als u alleen wilt tellen wat daarbij hoort.',
});

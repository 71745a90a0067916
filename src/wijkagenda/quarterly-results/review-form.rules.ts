import type { FieldSpec } from '../../web/fields.rules.js';

/** The field for the area of a review or a quarter. */
export const ofArea = (areas: readonly { value: string; label: string }[]): FieldSpec => ({
  name: 'areaId',
  label: 'Gebied',
  type: 'choice',
  isRequired: true,
  options: areas,
  hint: 'Met alles wat eronder valt.',
});

/** The field to restrict it to one opgave. */
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

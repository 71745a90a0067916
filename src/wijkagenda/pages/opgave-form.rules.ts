import type { OpgaveView } from '../../goals/opgaven/opgaven.dto.js';
import type { FieldSpec, Option } from '../../web/fields.rules.js';
import { type Fields, type FormWords, orNull, type RejectedForm } from '../../web/forms.js';

/** The number of departments the form has room for; the API accepts more. */
const MOST = 6;
const PLACES = Array.from({ length: MOST }, (_, n) => n);
const at = (n: number, part: 'organisationId' | 'part'): string => `departments.${n}.${part}`;

type Named = Pick<OpgaveView, 'bestuurder' | 'procesregisseur'>;

/** People who have left may stay named; if their name was erased, they have no address. */
const person = (name: string, label: string, options: Option[], now?: Named['bestuurder']): FieldSpec => ({
  ...{ name, label, type: 'email', isRequired: now?.isActive !== false, options },
  hint:
    now?.isActive === false
      ? `${now.name} doet niet meer mee. Vul in wie het nu is.`
      : 'Het e-mailadres van iemand die hier bekend is.',
});

/** The fields; `named` are the people of an opgave that is there already. */
export const opgaveFields = (departments: Option[], addresses: Option[], named?: Named): FieldSpec[] => [
  { name: 'title', label: 'Titel', type: 'line', isRequired: true },
  { name: 'description', label: 'Waar gaat het om?', type: 'prose' },
  {
    name: 'origin',
    label: 'Waar komt zij vandaan?',
    type: 'prose',
    maximum: 2000,
    isRequired: true,
    hint: 'Bijvoorbeeld: coalitieakkoord 2026-2030.',
  },
  person('bestuurderId', 'Bestuurder', addresses, named?.bestuurder),
  person('procesregisseurId', 'Procesregisseur', addresses, named?.procesregisseur),
  { name: 'startsOn', label: 'Begint op', type: 'date' },
  { name: 'endsOn', label: 'Klaar op', type: 'date' },
  ...PLACES.flatMap((n): FieldSpec[] => [
    {
      name: at(n, 'organisationId'),
      label: n === 0 ? 'Trekker' : `Afdeling ${n + 1}`,
      type: 'choice',
      isRequired: n < 2,
      options: departments,
    },
    {
      name: at(n, 'part'),
      label: n === 0 ? 'Wat doet de trekker?' : `Wat doet afdeling ${n + 1}?`,
      type: 'prose',
      maximum: 2000,
      isRequired: n < 2,
    },
  ]),
];

/** Whether a field belongs to a department beyond the two that every opgave has. */
export const isFurther = (name: string): boolean => Number(/^departments\.(\d)/.exec(name)?.[1] ?? 0) > 1;

/** The form with its departments moved up: rows left empty are skipped. */
export function inOrder(fields: Fields): Fields {
  const found = PLACES.map((n) => [fields[at(n, 'organisationId')] ?? '', fields[at(n, 'part')] ?? '']);
  const kept = found.filter(([organisationId, part]) => organisationId !== '' || part !== '');
  const rows = PLACES.map((n) => [
    [at(n, 'organisationId'), kept[n]?.[0] ?? ''],
    [at(n, 'part'), kept[n]?.[1] ?? ''],
  ]);
  return { ...fields, ...Object.fromEntries(rows.flat()) };
}

/** The API input from the form (in order): the first department is the lead. */
export function toOpgave(fields: Fields, people: Record<'bestuurderId' | 'procesregisseurId', string>) {
  const { title, origin } = fields;
  const departments = PLACES.map((n) => ({
    organisationId: fields[at(n, 'organisationId')] ?? '',
    isLead: n === 0,
    part: fields[at(n, 'part')] ?? '',
  })).filter(({ organisationId, part }) => organisationId !== '' || part !== '');
  return {
    ...{ title, origin, ...people },
    ...orNull(fields, 'description', 'startsOn', 'endsOn'),
    departments,
  };
}

/** The required fields of an opgave. */
export const OPGAVE_REQUIRED = ['title', 'origin', 'bestuurderId', 'procesregisseurId'];

/** The stored opgave, with the lead first. */
export function opgaveValues(opgave: OpgaveView) {
  const departments = [...opgave.departments].sort((one, other) => Number(other.isLead) - Number(one.isLead));
  return {
    ...opgave,
    ...Object.fromEntries(
      departments.flatMap(({ organisationId, part }, n) => [
        [at(n, 'organisationId'), organisationId],
        [at(n, 'part'), part],
      ]),
    ),
  };
}

const DEPARTMENT = 'Kies een afdeling van de gemeente.';
const PART = 'Schrijf op wat deze afdeling doet.';
export const OPGAVE_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    title: 'Vul een titel in, van hoogstens 200 tekens.',
    origin: 'Schrijf op waar de opgave vandaan komt.',
    bestuurderId: 'Vul het adres in van iemand die hier bekend is.',
    procesregisseurId: 'Vul het adres in van iemand die hier bekend is.',
    startsOn: 'Kies een datum die bestaat.',
    endsOn: 'Kies een datum na het begin.',
    departments: 'Een opgave is van ten minste twee afdelingen, elk één keer genoemd.',
    ...Object.fromEntries(
      PLACES.flatMap((n) => [
        [at(n, 'organisationId'), DEPARTMENT],
        [at(n, 'part'), PART],
      ]),
    ),
  },
  idOf: (field) => (field === 'departments' ? at(0, 'organisationId') : field),
};

/** Shows an error on the departments as a whole at the first of them. */
export function besideDepartments(rejected?: RejectedForm): RejectedForm | undefined {
  const { departments, ...byField } = rejected?.problem.byField ?? {};
  if (!rejected || !departments) return rejected;
  const problem = { ...rejected.problem, byField: { ...byField, [at(0, 'organisationId')]: departments } };
  return { ...rejected, problem };
}

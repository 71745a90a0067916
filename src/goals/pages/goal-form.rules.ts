import type { GoalView } from '../goals.views.js';
import { COURSE_KIND_WORDS, DIRECTION_WORDS, GOAL_KIND_CHOICES, GOAL_QUESTIONS } from '../words.js';
import {
  type FieldSpec,
  type FormBlock,
  type Option,
  optionsOf,
  requiredIn,
  withPart,
} from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { metricIn, metricValues, OWN_FIGURE_NAMES, ownFigureFields } from './own-figure.rules.js';

const line = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  label,
  type: 'line',
  ...more,
});

/** The fields of each letter; the title and kind come above them. */
const PARTS: readonly (readonly [label: string, names: readonly string[]])[] = [
  ['Specifiek: wat, waar en voor wie', ['description', 'endResult']],
  [
    'Meetbaar: waaraan u het ziet',
    [
      ...(['indicator', 'unit', 'baseline', 'baselineOn', 'baselinePlannedOn', 'target'] as const),
      ...(['direction', 'courseKind', 'source'] as const),
    ],
  ],
  ['Of: geteld uit wat hier is vastgelegd', OWN_FIGURE_NAMES],
  ['Acceptabel: wat bewoners ervan vinden', ['peopleAsked', 'peopleAnswered', 'peopleInFavour']],
  ['Realistisch: kader en geld', ['framework', 'budget', 'budgetCeiling']],
  ['Tijdgebonden: van wanneer tot wanneer', ['startsOn', 'endsOn']],
];

/** The form with a collapsible part for each letter, since a goal is written part by part. */
export const inParts = (form: FormBlock): FormBlock =>
  PARTS.reduce((parts, [label, names]) => withPart(parts, label, ({ name }) => names.includes(name)), form);

/** The fields of a goal, in the order of the letters. */
export const goalFields = (themes: readonly string[], organisations: readonly Option[] = []): FieldSpec[] => [
  line('title', 'Titel', { isRequired: true }),
  {
    name: 'kind',
    label: 'Soort',
    type: 'choice',
    isRequired: true,
    options: optionsOf(GOAL_KIND_CHOICES, 'Kies een soort'),
  },
  line('theme', 'Thema', { maximum: 100, options: themes.map((theme) => ({ value: theme, label: theme })) }),
  { name: 'description', label: GOAL_QUESTIONS.description, type: 'prose' },
  { name: 'endResult', label: GOAL_QUESTIONS.endResult, type: 'prose' },
  line('indicator', 'Waaraan meet u het?'),
  line('unit', 'In welke eenheid?', { maximum: 50, hint: 'Procent, aantal, rapportcijfer.' }),
  { name: 'baseline', label: 'De waarde nu', type: 'number', hint: 'Getal, zoals 6,5.' },
  { name: 'baselineOn', label: 'Gemeten op', type: 'date' },
  { name: 'baselinePlannedOn', label: 'Of: nulmeting klaar op', type: 'date' },
  { name: 'target', label: 'De streefwaarde', type: 'number' },
  {
    name: 'direction',
    label: GOAL_QUESTIONS.direction,
    type: 'choice',
    options: optionsOf(DIRECTION_WORDS, 'Kies een richting'),
  },
  {
    name: 'courseKind',
    label: 'Hoe verloopt het?',
    type: 'choice',
    isRequired: true,
    options: optionsOf(COURSE_KIND_WORDS),
  },
  line('source', GOAL_QUESTIONS.source),
  ...ownFigureFields(organisations),
  { name: 'peopleAsked', label: 'Hoeveel bewoners zijn gevraagd?', type: 'number' },
  { name: 'peopleAnswered', label: 'Hoeveel gaven antwoord?', type: 'number' },
  { name: 'peopleInFavour', label: 'Hoeveel waren voor?', type: 'number' },
  { name: 'framework', label: 'In welk kader van de raad past het?', type: 'prose', maximum: 2000 },
  { name: 'budget', label: 'Kosten in euro’s', type: 'number', hint: 'Leeg als er geen geld mee is gemoeid.' },
  { name: 'budgetCeiling', label: 'Hoogstens beschikbaar in euro’s', type: 'number' },
  { name: 'startsOn', label: 'Begint op', type: 'date' },
  { name: 'endsOn', label: 'Bereikt op', type: 'date' },
];

/** The fields that are those of the goal itself. */
const OWN_FIELDS = goalFields([]).filter(({ name }) => !OWN_FIGURE_NAMES.includes(name));
const OWN_NAMES = OWN_FIELDS.map(({ name }) => name);
const NUMBERS = OWN_FIELDS.filter(({ type }) => type === 'number').map(({ name }) => name);
/** What even a draft has. */
export const GOAL_REQUIRED = requiredIn(OWN_FIELDS);

/** "1.250,5" as 1250.5; NaN for anything else, which the API rejects. */
export const numberIn = (text: string): number =>
  /^-?[\d.\s]+(,\d+)?$/.test(text) && /^-?\d{1,3}([.\s]\d{3})*(,\d+)?$|^-?\d+([.,]\d+)?$/.test(text)
    ? Number(/^-?\d+\.\d{1,2}$/.test(text) ? text : text.replaceAll(/[.\s]/g, '').replace(',', '.'))
    : NaN;

/** The form as API input, without empty fields. How it is measured stays as it is if the form did not ask. */
export function toGoal(fields: Fields): Record<string, unknown> {
  const own = OWN_NAMES.map((name) => {
    const text = fields[name] ?? '';
    if (text === '') return [name, GOAL_REQUIRED.includes(name) ? undefined : null];
    return [name, NUMBERS.includes(name) ? numberIn(text) : text];
  });
  return { ...Object.fromEntries(own), ...('metricKind' in fields && { metric: metricIn(fields) }) };
}

export function goalValues(goal: GoalView): Fields {
  const own = OWN_NAMES.map((name) => {
    const value = goal[name as keyof GoalView] as string | number | null;
    return [name, value === null ? '' : String(value).replace('.', typeof value === 'number' ? ',' : '.')];
  });
  return { ...Object.fromEntries(own), ...metricValues(goal.metric) };
}

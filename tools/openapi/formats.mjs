import ts from 'typescript';

const { TypeFlags } = ts;

/** The name of a text field determines its format: a day ends in `On`, an instant in `At`, an id in `Id`. */
const FORMATS = [
  [/(^id|Id)s?$/, { format: 'uuid' }],
  [/(On|^asOf|^on)$/, { format: 'date' }],
  [/(At)$/, { format: 'date-time' }],
  [/Time$/, { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }],
  [/^hash$/, { pattern: '^[0-9a-f]{64}$' }],
  [/^email$/, { format: 'email' }],
  [/^url$/, { format: 'uri' }],
];

/** Numbers that can have a fraction; all others are counts. */
const FRACTIONS = /^(value|target|baseline|expected|mark|median|leadTimeDays|budget|budgetCeiling)$/;

/** The schema of a text or a number, from its type, the name of its field and its `@format` tag. */
export function formatOf(type, { name, tags = {} }) {
  if (type.flags & TypeFlags.NumberLike) return ofNumber(type, name);
  if (type.flags & TypeFlags.StringLiteral) return { type: 'string', enum: [type.value] };
  if (tags.format !== undefined) return { type: 'string', ...(tags.format === 'none' ? {} : { format: tags.format }) };
  const [, found] = FORMATS.find(([pattern]) => pattern.test(name)) ?? [];
  return { type: 'string', ...found };
}

function ofNumber(type, name) {
  if (type.flags & TypeFlags.NumberLiteral) return { type: 'integer', enum: [type.value] };
  return { type: FRACTIONS.test(name) ? 'number' : 'integer' };
}

type Schema = Record<string, unknown>;

const OF_FORMAT: Record<string, string> = {
  uuid: '019300a0-0000-7000-8000-000000000701',
  date: '2026-06-23',
  'date-time': '2026-06-02T09:31:00.000Z',
  email: 'wijkagent.boskoop@politie.example',
  uri: 'https://wijkagenda.example/v1/public/feed',
};
const OF_TYPE: Record<string, unknown> = { number: 1, boolean: true };

/** The value composed of the examples on the leaves of a schema, or of their formats. */
export function exampleOf(models: object, schema: unknown): unknown {
  const { $ref, example, allOf, anyOf, items, properties, nullable, ...rest } = schema as Schema;
  if ($ref) return exampleOf(models, (models as Schema)[String($ref).split('/').at(-1)!]);
  if (example !== undefined) return example;
  const [first] = ((allOf ?? anyOf) as unknown[] | undefined) ?? [];
  if (first) return exampleOf(models, first);
  if (items) return Array.from({ length: Math.max(1, Number(rest.minItems ?? 1)) }, () => exampleOf(models, items));
  if (properties) {
    const fields = Object.entries(properties as Schema).map(([name, part]) => [name, exampleOf(models, part)]);
    return Object.fromEntries(fields);
  }
  if (Array.isArray(rest.enum)) return rest.enum[0];
  if (rest.format) return OF_FORMAT[String(rest.format)];
  if (rest.type === 'integer') return Math.min(2026, Number(rest.maximum ?? Infinity));
  return OF_TYPE[String(rest.type)] ?? (nullable ? null : {});
}

/** The places where a free-form text has no example. */
export function withoutExample(schema: unknown, where: string): string[] {
  const { type, format, enum: values, example, properties, items, allOf, anyOf } = schema as Schema;
  const isText = type === 'string' && !allOf && !format && !values;
  if (isText && example === undefined) return [where];
  if (example !== undefined) return [];
  const parts = [...((allOf ?? anyOf ?? []) as unknown[]), ...(items ? [items] : [])].map((part) => [where, part]);
  const fields = Object.entries((properties ?? {}) as Schema).map(([name, part]) => [`${where}.${name}`, part]);
  return [...parts, ...fields].flatMap(([place, part]) => withoutExample(part, String(place)));
}

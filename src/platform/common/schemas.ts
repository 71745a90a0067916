import type { OpenAPIObject } from '@nestjs/swagger';

export type PathItemObject = OpenAPIObject['paths'][string];
export type OperationObject = NonNullable<PathItemObject['get']>;
type Response = OperationObject['responses'][string];
export type ResponseObject = Exclude<Response, { $ref: string } | undefined>;
export type ParameterObject = Exclude<NonNullable<OperationObject['parameters']>[number], { $ref: string }>;
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
export type SchemaObject = Exclude<Schema, { $ref: string }>;

const FORMS: [RegExp, string][] = [
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'uuid'],
  [/^\d{4}-\d{2}-\d{2}$/, 'date'],
  [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'date-time'],
];

/**
 * The schema implied by an example response, with the example values on its leaves: OpenAPI linters take a key such as
 * `postponements` or `target` in a whole example for an operation. Null in the example allows any type.
 */
export function schemaOf(example: unknown): SchemaObject {
  if (example === null || example === undefined) return {};
  if (Array.isArray(example)) return { type: 'array', items: example.length > 0 ? schemaOf(example[0]) : {} };
  if (typeof example === 'object') {
    const properties = Object.fromEntries(Object.entries(example).map(([key, value]) => [key, schemaOf(value)]));
    return { type: 'object', properties };
  }
  if (typeof example === 'number') return { type: Number.isInteger(example) ? 'integer' : 'number', example };
  if (typeof example === 'boolean') return { type: 'boolean', example };
  const format = FORMS.find(([form]) => form.test(String(example)))?.[1];
  return { type: 'string', ...(format ? { format } : {}), example };
}

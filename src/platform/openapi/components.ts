import { API_VERSION } from '../server/api-version.js';
import { withExamples } from './examples.js';
import type { Models } from './models.js';
import { problemResponses } from './problem-responses.js';
import type { Components, ParameterObject, SchemaObject, SchemaOrRef } from './types.js';

const text = { type: 'string' as const };

const HEADERS: Components['headers'] = {
  'API-Version': { description: 'The full version of this API.', schema: text, example: API_VERSION },
  ETag: { description: 'The version of this resource, for `If-Match`.', schema: text, example: '"3"' },
  Location: {
    description: 'The address of the new resource.',
    schema: text,
    example: '/v1/actions/019300a0-0000-7000-8000-000000000701',
  },
  Link: {
    description: 'The first, last, previous and next page (RFC 8288).',
    schema: text,
    example: '</v1/actions?page=1>; rel="first", </v1/actions?page=2>; rel="next"',
  },
  'Retry-After': { description: 'The seconds to wait.', schema: { type: 'integer' }, example: 60 },
  'WWW-Authenticate': { description: 'How to authenticate.', schema: text, example: 'Bearer' },
};

const PARAMETERS: Record<string, ParameterObject> = {
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag you read.',
    schema: text,
    example: '"3"',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'A repeated key returns the first response; kept for 7 days.',
    schema: { ...text, minLength: 1, maxLength: 200 },
    example: 'b7c2d1',
  },
};

/** What operations share: models, headers, parameters and problem responses. */
export function sharedComponents(models: Models): Components {
  const schemas = Object.fromEntries(
    Object.entries(models.schemas).map(([name, schema]) => [name, withExamples(schema, name)]),
  );
  schemas.Problem = withCodes(schemas.Problem, models);
  return { schemas, headers: HEADERS, parameters: PARAMETERS, responses: problemResponses() };
}

/** The meaning of every code, in the one place where codes are described. */
function withCodes(problem: SchemaOrRef, { codes }: Models): SchemaOrRef {
  const { properties, ...schema } = problem as SchemaObject;
  const lines = Object.entries(codes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, detail]) => `- \`${code}\`: ${detail}`);
  const { code, ...others } = properties!;
  const description = `A stable code for programs.\n\n${lines.join('\n')}`;
  return { ...schema, properties: { ...others, code: { ...code, description } } };
}

import type { Description } from '../common/describe.js';
import type { Models } from './models.js';
import { codesOf, saidCodes } from './problem-codes.js';
import { refToProblem } from './problem-responses.js';
import {
  type OperationObject,
  type ParameterObject,
  type ResponseObject,
  type SchemaObject,
  type SchemaOrRef,
  refTo,
} from './types.js';

interface Found {
  method: string;
  path: string;
  operation: OperationObject;
  description: Description;
  models: Models;
}

/** Completes an operation with what its route does not say: its response, its problems and the headers it accepts. */
export function complete({ method, path, operation, description, models }: Found): void {
  const model = models.operations[operation.operationId!];
  const isPublic = path.startsWith('/public/');
  const { summary, rules, takes, goes, hasPage } = description;
  operation.summary = summary;
  operation.tags = [tagOf(path)];
  if (takes.length > 0) operation.requestBody = fileBody(takes);
  if (isPublic) operation.security = [];
  if (goes) operation.deprecated = true;
  const parameters = (operation.parameters ??= []);
  describePath(path, parameters as ParameterObject[]);
  if (method === 'post') parameters.push(refTo('parameters', 'IdempotencyKey'));
  if (!['get', 'post'].includes(method)) parameters.push(refTo('parameters', 'IfMatch'));
  answer(operation, description, model.answer, models);
  const codes = codesOf({ method, path, isPublic, hasParameters: parameters.length > 0 }, description, model.problems);
  if (hasPage) operation.responses['303'] = TO_PAGE;
  for (const status of Object.keys(codes)) operation.responses[status] = refToProblem(status);
  operation.description = [rules ? `${summary}. ${rules}` : `${summary}.`, saidCodes(codes)].join('\n\n');
  operation['x-problem-codes'] = codes;
}

function answer(
  operation: OperationObject,
  { also, location, goes, summary }: Description,
  schema: SchemaOrRef | undefined,
  models: Models,
): void {
  for (const [status, response] of Object.entries(operation.responses) as [string, ResponseObject][]) {
    if (!status.startsWith('2')) continue;
    response.description ||= summary;
    const fields = schema ? fieldsOf(schema, models) : new Set<string>();
    const headers = ['API-Version'];
    if (fields.has('version')) headers.push('ETag');
    if (location) headers.push('Location');
    if (fields.has('items') && fields.has('total')) headers.push('Link');
    response.headers = Object.fromEntries(headers.map((name) => [name, refTo('headers', name)]));
    if (goes) Object.assign(response.headers, GOING);
    const files = also.map((type) => [type, { schema: { type: 'string' as const } }]);
    const json = schema ? { 'application/json': { schema } } : {};
    if (schema || files.length > 0) response.content = { ...json, ...Object.fromEntries(files) };
  }
}

const GOING = {
  Deprecation: { description: 'Since when it is deprecated (RFC 9745).', schema: { type: 'string' as const } },
  Sunset: { description: 'From when it may be removed (RFC 8594).', schema: { type: 'string' as const } },
};

const TO_PAGE: ResponseObject = {
  description: 'For a browser: the page for people.',
  headers: {
    'API-Version': refTo('headers', 'API-Version'),
    Location: { description: 'Its path.', schema: { type: 'string' } },
  },
  content: { 'text/html': { schema: { type: 'string' } } },
};

/** The fields that a response has, or may have. */
function fieldsOf(schema: SchemaOrRef, models: Models): Set<string> {
  if ('$ref' in schema) return fieldsOf(models.schemas[schema.$ref.split('/').at(-1)!], models);
  const parts = [...((schema as SchemaObject).anyOf ?? []), ...((schema as SchemaObject).allOf ?? [])];
  return new Set([
    ...Object.keys((schema as SchemaObject).properties ?? {}),
    ...parts.flatMap((part) => [...fieldsOf(part, models)]),
  ]);
}

const BYTES = { type: 'string' as const, format: 'binary' };
/** A form has the file in its field `file`; any other media type is that of the file itself. */
const fileBody = (types: string[]) => ({
  required: true,
  content: Object.fromEntries(types.map((type) => [type, { schema: type === FORM ? FILE_FORM : BYTES }])),
});
const FORM = 'multipart/form-data';
const FILE_FORM = { type: 'object' as const, required: ['file'], properties: { file: BYTES } };

/** The parameters in the path: ids, unless named otherwise. */
function describePath(path: string, parameters: ParameterObject[]): void {
  for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
    let parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    if (!parameter) parameters.unshift((parameter = { name, in: 'path', required: true }));
    const isId = /id$/i.test(name);
    parameter.description = `The ${isId ? 'id' : name} of the resource.`;
    parameter.schema = { type: 'string', ...(isId ? { format: 'uuid' } : {}) };
  }
}

/** `/sessions/{id}/closing` gets the tag "Sessions". */
function tagOf(path: string): string {
  const noun = path.split('/')[1].replace(/\..*/, '').replaceAll('-', ' ');
  return noun[0].toUpperCase() + noun.slice(1);
}

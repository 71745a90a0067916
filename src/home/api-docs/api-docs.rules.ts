import type { OpenAPIObject } from '@nestjs/swagger';
import {
  METHODS,
  type OperationObject,
  type ParameterObject,
  type ResponseObject,
  type SchemaObject,
  type SchemaOrRef,
} from '../../platform/openapi/types.js';

/** A field or parameter in one line of a table. */
interface FieldLine {
  name: string;
  /** Where a parameter goes; undefined for a field. */
  in?: string;
  type: TypePiece[];
  isRequired: boolean;
  /** Markdown. */
  meaning: string;
}
/** A part of the words for a type; a model is linked. */
interface TypePiece {
  text: string;
  model?: string;
}
interface OperationPart {
  id: string;
  method: string;
  path: string;
  summary: string;
  /** Its summary up to the first detail. */
  short: string;
  /** Markdown. */
  rules: string;
  parameters: FieldLine[];
  /** The model or media types it accepts. */
  takes: TypePiece[];
  answers: { status: string; type: TypePiece[]; headers: string[]; also: string[] }[];
  problems: { status: string; codes: string[] }[];
}
interface ModelPart {
  name: string;
  meaning: string;
  type: TypePiece[];
  fields: FieldLine[];
}
/** Everything about one kind of resource. */
export interface Resource {
  slug: string;
  name: string;
  operations: OperationPart[];
  /** The models of its operations, and the models they refer to. */
  models: ModelPart[];
}

/** The description by kind of resource, in the order of the document. */
export function resourcesOf(document: OpenAPIObject): Resource[] {
  const schemas = document.components?.schemas ?? {};
  const all = operationsOf(document);
  return [...new Set(all.map(({ tag }) => tag))].map((name) => {
    const own = all.filter(({ tag }) => tag === name);
    const used = modelsUsedBy(
      own.map(({ operation }) => operation),
      schemas,
    );
    return {
      slug: name.toLowerCase().replaceAll(' ', '-'),
      name,
      operations: own.map(({ method, path, operation }) => operationPart(method, path, operation, document)),
      models: used.map((model) => modelPart(model, schemas[model])),
    };
  });
}

function operationsOf(document: OpenAPIObject) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as OperationObject | undefined;
      return operation ? [{ method, path, operation, tag: operation.tags![0] }] : [];
    }),
  );
}

function operationPart(
  method: string,
  path: string,
  operation: OperationObject,
  document: OpenAPIObject,
): OperationPart {
  const { summary = '', description = '', parameters = [], requestBody } = operation;
  const shared = document.components?.parameters ?? {};
  const given = parameters.map((one) => ('$ref' in one ? shared[nameOf(one.$ref)] : one) as ParameterObject);
  const body = requestBody && 'content' in requestBody ? Object.entries(requestBody.content) : [];
  const [first] = body;
  return {
    ...{ id: operation.operationId!, method: method.toUpperCase(), path: `/v1${path}`, summary },
    short: summary.split(/[;:,]/)[0],
    rules: description.split('\n\nProblems: ')[0].replace(`${summary}.`, '').trim(),
    parameters: given.map((one) => ({
      ...{ name: one.name, in: one.in, isRequired: one.required === true, meaning: one.description ?? '' },
      type: typeOf(one.schema!),
    })),
    takes: !first
      ? []
      : first[0] === 'application/json'
        ? typeOf(first[1].schema!)
        : [{ text: body.map(([type]) => type).join(', ') }],
    answers: Object.entries(operation.responses).flatMap(([status, response]) =>
      status.startsWith('2') ? [answerOf(status, response as ResponseObject)] : [],
    ),
    problems: Object.entries(operation['x-problem-codes'] ?? {}).map(([status, codes]) => ({ status, codes })),
  };
}

function answerOf(status: string, { content = {}, headers = {} }: ResponseObject): OperationPart['answers'][number] {
  const schema = content['application/json']?.schema;
  const also = Object.keys(content).filter((type) => type !== 'application/json');
  return {
    ...{ status, also, type: schema ? typeOf(schema) : [] },
    headers: Object.keys(headers).filter((name) => name !== 'API-Version'),
  };
}

const nameOf = (ref: string): string => ref.split('/').at(-1)!;

/** The names of the models that these refer to, directly or indirectly; sorted. */
function modelsUsedBy(operations: readonly OperationObject[], schemas: Record<string, SchemaOrRef>): string[] {
  const found = new Set<string>();
  const ahead = operations.map(({ requestBody, responses }) => JSON.stringify([requestBody, responses]));
  for (let text = ahead.pop(); text !== undefined; text = ahead.pop()) {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      ahead.push(JSON.stringify(schemas[name]));
    }
  }
  return [...found].sort();
}

function modelPart(name: string, schema: SchemaOrRef): ModelPart {
  const { description = '', properties = {}, required = [] } = schema as SchemaObject;
  return {
    name,
    meaning: description,
    type: Object.keys(properties).length > 0 ? [] : typeOf(schema),
    fields: Object.entries(properties).map(([field, one]) => ({
      ...{ name: field, type: typeOf(one), isRequired: required.includes(field) },
      meaning: 'description' in one ? (one.description ?? '') : '',
    })),
  };
}

/** A type in words: "array of Action, at most 50 items", "text of 1 to 200 characters, or null". */
function typeOf(schema: SchemaOrRef): TypePiece[] {
  if ('$ref' in schema) return [{ text: nameOf(schema.$ref), model: nameOf(schema.$ref) }];
  const { nullable, anyOf, allOf, items, maxItems, additionalProperties } = schema;
  const orNull: TypePiece[] = nullable ? [{ text: ', or null' }] : [];
  const parts = anyOf ?? allOf;
  if (parts) return [...parts.flatMap((part, at) => [...(at ? [{ text: ' or ' }] : []), ...typeOf(part)]), ...orNull];
  if (items) {
    const most = maxItems === undefined ? [] : [{ text: `, at most ${maxItems}` }];
    return [{ text: 'list of ' }, ...typeOf(items), ...most, ...orNull];
  }
  if (typeof additionalProperties === 'object')
    return [{ text: 'object with values ' }, ...typeOf(additionalProperties), ...orNull];
  return [{ text: simpleType(schema) }, ...orNull];
}

const FORMATS: Record<string, string> = {
  date: 'day',
  'date-time': 'moment',
  uuid: 'id',
  email: 'e-mail address',
  uri: 'URL',
  binary: 'file',
};

function simpleType(schema: SchemaObject): string {
  const { type, enum: values, format, minLength, maxLength, minimum, maximum } = schema;
  if (values) return values.map((value: unknown) => JSON.stringify(value)).join(', ');
  const noun = FORMATS[format ?? ''] ?? (type === 'string' ? 'text' : (type ?? 'anything'));
  if (noun === 'text' && maxLength !== undefined) return `text of ${minLength ?? 0} to ${maxLength} characters`;
  if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${noun} from ${minimum}`;
  return noun;
}

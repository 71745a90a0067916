import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ApiProperty, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import { API_VERSION } from './api-version.js';
import { DESCRIPTION, type Description } from './describe.js';
import {
  type OperationObject,
  type ParameterObject,
  type PathItemObject,
  type ResponseObject,
  schemaOf,
} from './schemas.js';
import { describeInput } from './input-schemas.js';
import { describedProblem } from './problem-examples.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const VERSION_HEADER = {
  'API-Version': {
    description: 'The full version of this API.',
    schema: { type: 'string' as const },
    example: API_VERSION,
  },
};
/** The OpenAPI document, generated at run time from the routes, the DTOs' validation rules and the examples. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const descriptions = descriptionsOf(app);
  describeInputs();
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('Wijkagenda')
    .setDescription('Minuted neighbourhood meetings, who-does-what-when actions, weekly digest and one-year review.')
    .setVersion(API_VERSION)
    .setContact('Wijkagenda', 'https://wijkagenda.example', 'api@wijkagenda.example')
    .setLicense('EUPL-1.2', 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addServer('/v1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  document.components = { ...document.components };
  document.components.schemas = { ...document.components.schemas, Problem: problemSchema() };
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  document.paths = Object.fromEntries(paths.map(([path, item]) => [path.slice('/v1'.length), item]));
  document.paths['/openapi.json'] = openApiPath();
  for (const [path, item] of Object.entries(document.paths)) complete(path, item, descriptions);
  const used = new Set(
    Object.values(document.paths).flatMap((item) => METHODS.flatMap((method) => item[method]?.tags ?? [])),
  );
  document.tags = [...used].sort().map((name) => ({ name, description: `Everything about ${name.toLowerCase()}.` }));
  return document;
}

function complete(path: string, item: PathItemObject, descriptions: Map<string, Description>): void {
  for (const method of METHODS) {
    const operation = item[method];
    if (!operation) continue;
    const description = descriptions.get(operation.operationId!);
    operation.summary = description?.summary ?? operation.summary;
    operation.description ??= operation.summary;
    if (description?.rules) operation.description = `${description.summary}. ${description.rules}`;
    operation.tags = [tagOf(path)];
    if (description?.takes.length) operation.requestBody = fileBody(description.takes);
    const isPublic = path.startsWith('/public/');
    if (isPublic) operation.security = [];
    const isChange = method === 'put' || method === 'patch' || method === 'delete';
    const parameters = (operation.parameters ??= []) as ParameterObject[];
    if (isChange) parameters.push(header('If-Match', true, 'The ETag you read.', '"3"'));
    if (method === 'post')
      parameters.push(header('Idempotency-Key', false, 'A repeated key returns the first response.', 'b7c2d1'));
    answer(operation, description);
    const codes = isPublic ? ['503'] : ['401', '403', '503'];
    if (parameters.length > 0 || method !== 'get') codes.push('400');
    if (path.includes('{')) codes.push('404', '414');
    codes.push(...(description?.problems ?? []).map(String));
    if (description?.also.length) codes.push('406', '429');
    if (method !== 'get') codes.push('409', '413', '415', '429');
    if (isChange) codes.push('412', '428');
    for (const code of codes) operation.responses[code] ??= problem(code);
  }
}

function answer(operation: OperationObject, description: Description | undefined): void {
  for (const [code, response] of Object.entries(operation.responses) as [string, ResponseObject][]) {
    if (!code.startsWith('2')) continue;
    response.description ||= operation.summary ?? 'Done.';
    response.headers = { ...response.headers, ...VERSION_HEADER };
    if (!description?.example) continue;
    const { example, also } = description;
    response.content = {
      'application/json': { schema: schemaOf(example) },
      ...Object.fromEntries(also.map((type) => [type, { schema: { type: 'string' as const } }])),
    };
  }
}

const fileBody = (types: string[]) => ({
  required: true,
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }])),
});

const header = (name: string, required: boolean, description: string, example: string): ParameterObject => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
  example,
});

function problem(code: string): ResponseObject {
  const { description, example } = describedProblem(code);
  return {
    description,
    headers: VERSION_HEADER,
    content: { 'application/problem+json': { schema: problemSchema(), example } },
  };
}

const problemSchema = () => ({
  type: 'object' as const,
  required: ['status', 'title', 'detail'],
  properties: {
    status: { type: 'integer' as const },
    title: { type: 'string' as const },
    detail: { type: 'string' as const },
    code: { type: 'string' as const, description: 'A stable code for programs.' },
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: {
          field: { type: 'string' as const },
          message: { type: 'string' as const },
          code: { type: 'string' as const, description: 'A stable code, if the field can be invalid in several ways.' },
        },
      },
    },
  },
});

const openApiPath = (): PathItemObject => ({
  get: {
    operationId: 'OpenApi_read',
    summary: 'This document',
    security: [],
    parameters: [],
    responses: {
      200: { description: 'This document.', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  },
});

/** `/sessions/{id}/closing` gets the tag "Sessions". */
function tagOf(path: string): string {
  const noun = path.split('/')[1].replace(/\..*/, '').replaceAll('-', ' ');
  return noun[0].toUpperCase() + noun.slice(1);
}

function descriptionsOf(app: INestApplication): Map<string, Description> {
  const found = new Map<string, Description>();
  const scanner = new MetadataScanner();
  for (const { instance, name } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    for (const method of scanner.getAllMethodNames(Object.getPrototypeOf(instance))) {
      const description = Reflect.getMetadata(DESCRIPTION, instance[method]) as Description | undefined;
      if (description) found.set(`${String(name).replace(/Controller$/, '')}_${method}`, description);
    }
  }
  return found;
}

/** Gives every DTO field the schema implied by its validation rules. */
function describeInputs(): void {
  const storage = getMetadataStorage() as unknown as {
    validationMetadatas: Map<new () => object, ValidationMetadata[]>;
  };
  for (const target of storage.validationMetadatas.keys()) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(target, '', false, false);
    for (const [field, options] of describeInput(target, rules)) ApiProperty(options)(target.prototype, field);
  }
}

import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { API_VERSION } from '../server/api-version.js';
import { DESCRIPTION, type Description } from '../common/describe.js';
import { sharedComponents } from './components.js';
import { describeInputs } from './inputs.js';
import { readModels } from './models.js';
import { complete } from './operations.js';
import {
  type Components,
  METHODS,
  type OperationObject,
  type PathItemObject,
  refTo,
  type RequestBodyObject,
  type SchemaObject,
} from './types.js';

interface Route {
  description?: Description;
  /** The types of its parameters, including DTOs. */
  takes: (new () => object)[];
}

/** The OpenAPI document: routes and validation rules of the running service, models and problems from its types. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const models = readModels();
  const routes = routesOf(app);
  describeInputs(
    [...routes.values()].flatMap(({ takes }) => takes),
    models,
  );
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
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  document.paths = Object.fromEntries(paths.map(([path, item]) => [path.slice('/v1'.length), item]));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      const description = routes.get(operation?.operationId ?? '')?.description;
      if (operation && description) complete({ method, path, operation, description, models });
    }
  }
  document.paths['/openapi.json'] = openApiPath();
  const shared = sharedComponents(models);
  document.components = {
    ...document.components,
    ...shared,
    schemas: { ...document.components?.schemas, ...shared.schemas },
  };
  for (const item of Object.values(document.paths))
    for (const method of ['post', 'put'] as const) relaxBody(item[method], document.components.schemas);
  const used = new Set(
    Object.values(document.paths).flatMap((item) => METHODS.flatMap((method) => item[method]?.tags ?? [])),
  );
  document.tags = [...used].sort().map((name) => ({ name, description: `Everything about ${name.toLowerCase()}.` }));
  return document;
}

/** A body whose fields are all optional is itself optional. */
function relaxBody(operation: OperationObject | undefined, schemas: Components['schemas']): void {
  const body = operation?.requestBody as RequestBodyObject | undefined;
  const schema = body?.content['application/json']?.schema;
  const model = schema && '$ref' in schema ? schemas?.[schema.$ref.split('/').at(-1)!] : schema;
  if (body && model && !(model as SchemaObject).required?.length) body.required = false;
}

const openApiPath = (): PathItemObject => ({
  get: {
    operationId: 'OpenApi_read',
    summary: 'This document',
    description: 'This document.',
    tags: ['Openapi'],
    security: [],
    parameters: [],
    responses: {
      200: {
        description: 'This document.',
        headers: { 'API-Version': refTo('headers', 'API-Version') },
        content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } },
      },
    },
  },
});

/** The methods of all controllers, by operation id. */
function routesOf(app: INestApplication): Map<string, Route> {
  const found = new Map<string, Route>();
  const scanner = new MetadataScanner();
  for (const { instance, name } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    const prototype = Object.getPrototypeOf(instance);
    for (const method of scanner.getAllMethodNames(prototype)) {
      const description = Reflect.getMetadata(DESCRIPTION, instance[method]) as Description | undefined;
      const takes = (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as Route['takes'];
      found.set(`${String(name).replace(/Controller$/, '')}_${method}`, { description, takes });
    }
  }
  return found;
}

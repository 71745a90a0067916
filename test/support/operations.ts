import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Permission } from '../../src/platform/access/permissions.js';
import { REQUIRED } from '../../src/platform/access/requires.js';
import type { TestApp } from './app.js';

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof METHODS)[number];
export const UNKNOWN_ID = '019300a0-0000-7000-8000-00000000dead';

export interface Field {
  type?: string;
  format?: string;
  enum?: string[];
  maxLength?: number;
}

export interface Operation {
  name: string;
  method: Method;
  path: string;
  permission: Permission;
  /** The fields of its JSON body; empty without one. */
  fields: Record<string, Field>;
  queries: string[];
  /** The media types of its responses. */
  types: string[];
  /** The statuses of the answers that it describes. */
  statuses: number[];
}

/** Every operation of the OpenAPI document that requires a caller, with the permission of its route. */
export async function operationsOf(t: TestApp): Promise<Operation[]> {
  const document = (await t.api.get('/v1/openapi.json')).body as OpenAPIObject;
  const permissions = permissionsOf(t);
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation || path === '/openapi.json' || path.startsWith('/public/')) continue;
      const parameters = (operation.parameters ?? []) as { in: string; name: string }[];
      found.push({
        name: `${method.toUpperCase()} ${path}`,
        method,
        path: `/v1${path}`,
        permission: permissions.get(operation.operationId!)!,
        fields: fieldsOf(document, operation.requestBody),
        types: typesOf(operation.responses),
        statuses: Object.keys(operation.responses).map(Number),
        queries: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      });
    }
  }
  return found;
}

/** The path with an id for each parameter. */
export const withId = (path: string, id = UNKNOWN_ID): string =>
  path.replaceAll(/\{number\}/g, '1').replaceAll(/\{[^}]+\}/g, id);

function fieldsOf(document: OpenAPIObject, body: unknown): Record<string, Field> {
  const content = (body as { content?: Record<string, { schema?: { $ref?: string } }> } | undefined)?.content;
  const name = content?.['application/json']?.schema?.$ref?.split('/').at(-1);
  const schema = name
    ? (document.components?.schemas?.[name] as { properties?: Record<string, Field> } | undefined)
    : undefined;
  return schema?.properties ?? {};
}

function permissionsOf(t: TestApp): Map<string, Permission> {
  const found = new Map<string, Permission>();
  const scanner = new MetadataScanner();
  for (const { instance, name } of t.app.get(DiscoveryService, { strict: false }).getControllers()) {
    for (const method of scanner.getAllMethodNames(Object.getPrototypeOf(instance))) {
      const required = Reflect.getMetadata(REQUIRED, instance[method]) as Permission | undefined;
      if (required) found.set(`${String(name).replace(/Controller$/, '')}_${method}`, required);
    }
  }
  return found;
}

function typesOf(responses: object): string[] {
  const found = Object.entries(responses as Record<string, { content?: object }>).filter(([code]) =>
    code.startsWith('2'),
  );
  return found.flatMap(([, { content }]) => Object.keys(content ?? {}));
}

import type { OpenAPIObject } from '@nestjs/swagger';

export type PathItemObject = OpenAPIObject['paths'][string];
export type OperationObject = NonNullable<PathItemObject['get']> & { 'x-problem-codes'?: Record<string, string[]> };
type Response = OperationObject['responses'][string];
export type ResponseObject = Exclude<Response, { $ref: string } | undefined>;
export type ParameterObject = Exclude<NonNullable<OperationObject['parameters']>[number], { $ref: string }>;
export type RequestBodyObject = Exclude<NonNullable<OperationObject['requestBody']>, { $ref: string }>;
export type Components = NonNullable<OpenAPIObject['components']>;
export type SchemaOrRef = NonNullable<Components['schemas']>[string];
export type SchemaObject = Exclude<SchemaOrRef, { $ref: string }>;

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export const refTo = (kind: keyof Components, name: string) => ({ $ref: `#/components/${kind}/${name}` });

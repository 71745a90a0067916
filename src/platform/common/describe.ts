import { applyDecorators, SetMetadata } from '@nestjs/common';
import { MakesAt } from './answer-headers.js';

export const DESCRIPTION = 'describe';

export interface Description {
  summary: string;
  /** The rules of the trade that callers ask about, after the summary. */
  rules: string;
  example?: object;
  /** Media types other than JSON, available by `Accept`. */
  also: string[];
  /** The media types of a request body that is a file, if not JSON. */
  takes: string[];
  /** Statuses of problems that its method and path do not tell. */
  problems: number[];
}

interface Details {
  /** The collection in which a resource is created: `/v1/actions`, for the `Location` header. */
  location?: string;
  also?: string[];
  takes?: string[];
  rules?: string;
  problems?: number[];
}

/**
 * Describes an operation and its response for the OpenAPI document. The response schema is derived from the example,
 * which the compiler checks against the view (`satisfies ReturnType<typeof toActionView>`).
 */
export function Describe(
  summary: string,
  example?: object,
  { location, also = [], takes = [], rules = '', problems = [] }: Details = {},
): MethodDecorator {
  const description: Description = { summary, rules, example, also, takes, problems };
  const describes = SetMetadata(DESCRIPTION, description);
  return location ? applyDecorators(describes, MakesAt(location)) : describes;
}

/**
 * Leaves a controller of pages out of the OpenAPI document. Sets the metadata key directly, since the Swagger package
 * is loaded only when the document is requested.
 */
export const NotInDocument = (): ClassDecorator => SetMetadata('swagger/apiExcludeController', [true]);

/** The example of a list, made from the example of one item. */
export const listOf = <T extends object>(example: T) => ({ items: [example], total: 1, page: 1, pageSize: 50 });

import { applyDecorators, SetMetadata } from '@nestjs/common';
import { AnswersWith, type Deprecation } from './answer-headers.js';

export const DESCRIPTION = 'describe';

export interface Description {
  summary: string;
  /** The domain rules that callers ask about, shown after the summary. */
  rules: string;
  /** Media types other than JSON, available by `Accept`. */
  also: string[];
  /** Whether a browser, which asks for HTML, is sent to a page for people. */
  hasPage: boolean;
  /** The media types of a request body that is a file, if not JSON. */
  takes: string[];
  /** The collection in which it creates a resource: `/v1/actions`, for the `Location` header. */
  location?: string;
  /**
   * Problem codes that the build finds in its code but that it cannot return: for a record it has just created, or for
   * one row of many, whose problem is part of the response.
   */
  never: string[];
  /** Since when it is deprecated, and from when it may be removed. */
  goes?: Deprecation;
}

type Details = Partial<Omit<Description, 'summary'>>;

/** Describes an operation for the OpenAPI document; the schema of its response is that of the type it returns. */
export function Describe(
  summary: string,
  { location, goes, also = [], takes = [], never = [], rules = '', hasPage = false }: Details = {},
): MethodDecorator {
  const description: Description = { summary, rules, also, hasPage, takes, never, location, goes };
  const describes = SetMetadata(DESCRIPTION, description);
  return location || goes ? applyDecorators(describes, AnswersWith({ location, goes })) : describes;
}

/**
 * Leaves a controller of pages out of the OpenAPI document. Sets the metadata key directly, since the Swagger package
 * is loaded only when the document is requested.
 */
export const NotInDocument = (): ClassDecorator => SetMetadata('swagger/apiExcludeController', [true]);

import { applyDecorators, SetMetadata } from '@nestjs/common';
import { MakesAt } from './answer-headers.js';

export const DESCRIPTION = 'describe';

export interface Description {
  summary: string;
  example?: object;
  /** Other media types than JSON that can be had by `Accept`. */
  also: string[];
  /** The media types of a body that is a file, where it is not JSON. */
  takes: string[];
}

interface Details {
  /** Where what is made can be found: `/v1/actions`, for the `Location` header. */
  location?: string;
  also?: string[];
  takes?: string[];
}

/**
 * What an operation does and answers, for the OpenAPI document. The schema of the answer is read off the example, which
 * the compiler holds to the view (`satisfies ReturnType<typeof toActionView>`).
 */
export function Describe(
  summary: string,
  example?: object,
  { location, also = [], takes = [] }: Details = {},
): MethodDecorator {
  const description: Description = { summary, example, also, takes };
  const describes = SetMetadata(DESCRIPTION, description);
  return location ? applyDecorators(describes, MakesAt(location)) : describes;
}

/**
 * Leaves a controller of pages out of the OpenAPI document. By its key: the package behind that document is loaded only
 * when somebody asks for it.
 */
export const NotInDocument = (): ClassDecorator => SetMetadata('swagger/apiExcludeController', [true]);

/** The example of a list out of the example of one. */
export const listOf = <T extends object>(example: T) => ({ items: [example], total: 1, page: 1, pageSize: 50 });

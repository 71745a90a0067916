import { applyDecorators, SetMetadata } from '@nestjs/common';

export const DESCRIPTION = 'describe';
export const LOCATION = 'describe:location';

export interface Description {
  summary: string;
  example?: object;
  /** Other media types than JSON that can be had by `Accept`. */
  also: string[];
}

interface Details {
  /** Where what is made can be found: `/v1/actions`, for the `Location` header. */
  location?: string;
  also?: string[];
}

/**
 * What an operation does and answers, for the OpenAPI document. The schema of the answer is read off the example, which
 * the compiler holds to the view (`satisfies ReturnType<typeof toActionView>`).
 */
export function Describe(summary: string, example?: object, { location, also = [] }: Details = {}): MethodDecorator {
  const description: Description = { summary, example, also };
  return applyDecorators(SetMetadata(DESCRIPTION, description), SetMetadata(LOCATION, location));
}

/** The example of a list out of the example of one. */
export const listOf = <T extends object>(example: T) => ({ items: [example], total: 1, page: 1, pageSize: 50 });

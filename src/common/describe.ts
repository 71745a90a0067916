import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiOperation, ApiProduces } from '@nestjs/swagger';

export const EXAMPLE = 'describe:example';
export const LOCATION = 'describe:location';

interface Details {
  /** Where what is made can be found: `/v1/actions`, for the `Location` header. */
  location?: string;
  /** Other formats than JSON that can be had by `Accept`. */
  also?: string[];
}

/**
 * What an operation does and answers, for the OpenAPI document. The schema of the answer is read off the example, which
 * the compiler holds to the view (`satisfies ReturnType<typeof toActionView>`).
 */
export function Describe(summary: string, example?: object, { location, also }: Details = {}): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    SetMetadata(EXAMPLE, example),
    ...(location ? [SetMetadata(LOCATION, location)] : []),
    ...(also ? [ApiProduces('application/json', ...also)] : []),
  );
}

/** The example of a list out of the example of one. */
export const listOf = <T extends object>(example: T) => ({ items: [example], total: 1, page: 1, pageSize: 50 });

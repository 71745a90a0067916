import { HttpException } from '@nestjs/common';
import { EntityNotFoundError } from 'typeorm';
import type { FieldError } from '../../platform/common/problems.js';
import { type Violation, RefusedRow } from './register-cells.rules.js';
import { FIELD_WORDS, CODE_WORDS } from './register.words.js';

const OTHERWISE = 'Dit kan nu niet.';

/** The violations of a row that follow from an error of the rules; other errors are rethrown. */
export function violationsOf(error: unknown): Violation[] {
  if (error instanceof RefusedRow) return error.violations;
  if (error instanceof EntityNotFoundError) return [{ column: null, message: CODE_WORDS.NOT_FOUND[1] }];
  if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
  const { errors = [] } = error.getResponse() as { errors?: FieldError[] };
  const found = [...new Set(errors.map(({ field }) => field.split('.')[0]))].map((field) => FIELD_WORDS[field]);
  const [column, message] = CODE_WORDS[error.errorCode ?? ''] ?? [null, OTHERWISE];
  const known = found.filter((one) => one !== undefined);
  return known.length > 0 ? known.map(([at, words]) => ({ column: at, message: words })) : [{ column, message }];
}

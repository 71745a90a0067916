import {
  BadRequestException,
  ConflictException,
  ForbiddenException,
  NotFoundException,
  UnsupportedMediaTypeException,
  type ValidationError,
} from '@nestjs/common';

export interface FieldError {
  field: string;
  message: string;
  /** A fixed word for programs, where a field can be wrong in ways that are told apart. */
  code?: string;
}

/** Absent or not to be known: the answer is the same to the byte. */
export function notFound(): NotFoundException {
  return new NotFoundException('There is nothing here, or nothing you may know of.', { errorCode: 'NOT_FOUND' });
}

export function forbidden(): ForbiddenException {
  return new ForbiddenException('You may not do this.', { errorCode: 'FORBIDDEN' });
}

export function conflict(errorCode: string, detail: string, errors?: FieldError[]): ConflictException {
  return new ConflictException({ message: detail, errors }, { errorCode });
}

/** 415 for a body in another form than this address takes. */
export const notJson = (): UnsupportedMediaTypeException =>
  new UnsupportedMediaTypeException('The body must be sent as application/json.');

/** 400 with everything that is wrong at once. */
export function invalid(errors: FieldError[]): BadRequestException {
  return new BadRequestException(
    { message: 'The request has fields that are not valid.', errors },
    { errorCode: 'INVALID_INPUT' },
  );
}

/** class-validator's tree of errors as one flat list: `agenda.0.title`. */
export function toFieldErrors(errors: ValidationError[], path = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = path ? `${path}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...toFieldErrors(error.children ?? [], field)];
  });
}

import {
  BadRequestException,
  ConflictException,
  ForbiddenException,
  MethodNotAllowedException,
  NotFoundException,
  ServiceUnavailableException,
  UnauthorizedException,
  UnsupportedMediaTypeException,
  type ValidationError,
} from '@nestjs/common';

export interface FieldError {
  field: string;
  message: string;
  /** A stable code for programs, where a field can be invalid in several ways. */
  code?: string;
  /** For a goal that is not SMART: the letter that is not met. */
  letter?: string;
  /** Why that letter is not met, in Dutch. */
  reason?: string;
}

/** Absent or not visible: the response is byte for byte the same. */
export function notFound(): NotFoundException {
  return new NotFoundException('Not found, or not visible to you.', { errorCode: 'NOT_FOUND' });
}

/** 405: the URL exists, but not for this method; `Allow` lists those that are supported. */
export function methodNotAllowed(): MethodNotAllowedException {
  return new MethodNotAllowedException('This URL does not support this method.', {
    errorCode: 'METHOD_NOT_ALLOWED',
  });
}

/** 401: the caller is not authenticated. */
export function unauthenticated(): UnauthorizedException {
  return new UnauthorizedException('Send a valid API token as "Authorization: Bearer …".', {
    errorCode: 'UNAUTHENTICATED',
  });
}

/** 503 for what was published, on a restored copy that was not released yet. */
export function publicPagesClosed(): ServiceUnavailableException {
  return new ServiceUnavailableException('This copy was restored from a backup; what it publishes is being checked.', {
    errorCode: 'PUBLIC_PAGES_CLOSED',
  });
}

export function forbidden(): ForbiddenException {
  return new ForbiddenException('You are not allowed to do this.', { errorCode: 'FORBIDDEN' });
}

export function conflict(errorCode: string, detail: string, errors?: FieldError[]): ConflictException {
  return new ConflictException({ message: detail, errors }, { errorCode });
}

/** 415 for a request body that is not JSON. */
export const notJson = (): UnsupportedMediaTypeException =>
  new UnsupportedMediaTypeException('The body must be sent as application/json.', {
    errorCode: 'UNSUPPORTED_MEDIA_TYPE',
  });

/** 400 with all violations at once. */
export function invalid(errors: FieldError[]): BadRequestException {
  return new BadRequestException(
    { message: 'The request has invalid fields.', errors },
    { errorCode: 'INVALID_INPUT' },
  );
}

/** Flattens class-validator's error tree: `agenda.0.title`. */
export function toFieldErrors(errors: ValidationError[], path = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = path ? `${path}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...toFieldErrors(error.children ?? [], field)];
  });
}

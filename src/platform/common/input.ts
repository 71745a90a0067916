import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsUUID, Max, Min, ValidateBy, ValidateIf } from 'class-validator';

/** Makes a field optional; unlike `@IsOptional()`, it rejects `null`. */
export const Omittable = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Makes a field optional, and `null` clears it. */
export const Nullable = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

/** A calendar year. */
export const IsYear = (): PropertyDecorator => applyDecorators(IsInt(), Min(2000), Max(2100));

/** Characters no text may contain: controls, and what XML (a feed, Word document or sheet) cannot represent. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
const CONTROL_OR_BREAK = /[\u0000-\u001f\u007f\u2028\u2029\ufffe\uffff]/;

export const hasControls = (text: string): boolean => CONTROL.test(text);
/** Strips control characters, for forms that accept the rest of the text. */
export const withoutControls = (text: string): string => text.replaceAll(new RegExp(CONTROL, 'g'), '');
/** The same, reduced to one line. */
export const asOneLine = (text: string): string => text.replaceAll(new RegExp(CONTROL_OR_BREAK, 'g'), ' ');

function text(
  minimum: number,
  maximum: number,
  refused: RegExp,
  kind: string,
  options?: { each: boolean },
): PropertyDecorator {
  const message = `$property must be ${kind} of ${minimum} to ${maximum} characters, not blank, without control characters`;
  const rule = {
    name: 'isText',
    constraints: [minimum, maximum],
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        value.length <= maximum &&
        value.trim().length >= minimum &&
        !refused.test(value) &&
        value.isWellFormed(),
      defaultMessage: () => message,
    },
  };
  return ValidateBy(rule, options);
}

/** One line of text: not blank, within its length, no control characters or line breaks. */
export const IsLine = (maximum = 200, minimum = 1, options?: { each: boolean }): PropertyDecorator =>
  text(minimum, maximum, CONTROL_OR_BREAK, 'one line', options);

/**
 * The name by which an area or organisation is told from all others: a line in which blanks and composed characters do not
 * make another name.
 */
export const IsName = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string'
        ? value
            .normalize('NFC')
            .replaceAll(/\p{Zs}+/gu, ' ')
            .trim()
        : value,
    ),
    IsLine(),
  );

/** Text of several lines: not blank, within its length, no control characters other than line breaks and tabs. */
export const IsProse = (maximum = 10_000): PropertyDecorator => text(1, maximum, CONTROL, 'a text');

/** An id in a body or query. Converted to lower case, so that both databases find it. */
export function IsId(options?: { each: boolean }): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string'
        ? value.toLowerCase()
        : Array.isArray(value)
          ? value.map((one) => (typeof one === 'string' ? one.toLowerCase() : one))
          : value,
    ),
    IsUUID('all', options),
  );
}

/** A whole number in a query string. */
export function IsNumberInQuery(minimum: number, maximum: number): PropertyDecorator {
  return applyDecorators(
    Type(() => Number),
    IsInt(),
    Min(minimum),
    Max(maximum),
  );
}

/** `true` or `false` in a query string. */
export function IsFlagInQuery(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );
}

const MAIL_ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))+$/;

/** One plain address: one @, no quotes, spaces, controls or commas. Checked on input and again before sending. */
export function isMailAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 254 && MAIL_ADDRESS.test(value);
}

export function IsMailAddress(): PropertyDecorator {
  return ValidateBy({
    name: 'isMailAddress',
    validator: {
      validate: isMailAddress,
      defaultMessage: () => '$property must be one e-mail address without quotes, spaces, commas or control characters',
    },
  });
}

/** A local time of day, `HH:MM`. */
export const LOCAL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A local time of day, `HH:MM`. */
export function IsLocalTime(): PropertyDecorator {
  return ValidateBy({
    name: 'isLocalTime',
    validator: {
      validate: (value) => typeof value === 'string' && LOCAL_TIME.test(value),
      defaultMessage: () => '$property must be a time of day in the format HH:MM',
    },
  });
}

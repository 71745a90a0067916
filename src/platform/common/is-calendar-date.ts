import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { isCalendarDate } from './calendar-date.js';

/** Validates a calendar date; `@IsDateString` accepts times and week numbers. */
export function IsCalendarDate(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isCalendarDate',
      validator: {
        validate: isCalendarDate,
        defaultMessage: () => '$property must be an existing date in the format YYYY-MM-DD',
      },
    }),
  );
}

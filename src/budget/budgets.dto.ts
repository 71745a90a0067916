import { IsBoolean, ValidateBy } from 'class-validator';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsId, IsLine, IsNumberInQuery, IsYear, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { amountOf, centsIn, MOST_CENTS } from './money.rules.js';

/** An amount in euros, as a string: see `centsIn`. */
export const IsAmount = (leastCents = 0): PropertyDecorator =>
  ValidateBy({
    name: 'isAmount',
    validator: {
      validate: (value) => typeof value === 'string' && (centsIn(value) ?? -1) >= leastCents,
      defaultMessage: () =>
        `$property must be a string with an amount in euros from ${amountOf(leastCents)} to ${amountOf(MOST_CENTS)}, such as "450", "1250,50" or "1.250,50", without a sign`,
    },
  });

export class CreateBudgetDto {
  /** The area of the budget. */
  @IsId()
  areaId: string;
  /** The calendar year. */
  @IsYear()
  year: number;
  /** In euros; if omitted, the inhabitants in the register times `rate`. */
  @Omittable()
  @IsAmount()
  amount?: string;
  /** Euros per inhabitant; 2.00 if omitted. */
  @Omittable()
  @IsAmount()
  rate?: string;
  /** What is left from the previous year, in euros. */
  @Omittable()
  @IsAmount()
  carryOver?: string;
  /** The last day on which residents can ask; 31 December of the year if omitted. */
  @Omittable()
  @IsCalendarDate()
  closesOn?: string;
  /** Who decides, in words for residents. */
  @Nullable()
  @IsLine()
  decidedBy?: string | null;
  /** Whether it is on the public page of the area. */
  @Omittable()
  @IsBoolean()
  isPublic?: boolean;
}

export class ChangeBudgetDto extends PatchOf(CreateBudgetDto, {
  omittable: ['amount', 'rate', 'carryOver', 'closesOn', 'isPublic'],
  nullable: ['decidedBy'],
}) {}

export class BudgetListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only budgets of this year. */
  @Omittable()
  @IsNumberInQuery(2000, 2100)
  year?: number;
}

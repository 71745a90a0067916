import { applyDecorators } from '@nestjs/common';
import { IsIn, IsObject, Matches, ValidateBy } from 'class-validator';
import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, IsLine, IsMailAddress, IsName, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';
import { AREA_KINDS, type AreaKind } from './area.entity.js';

const YEAR = /^\d{4}$/;
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10_000_000;

/** Inhabitants per year: `{ "2018": 4125 }`. */
const IsCountPerYear = (): PropertyDecorator =>
  applyDecorators(
    IsObject(),
    ValidateBy({
      name: 'isCountPerYear',
      validator: {
        validate: (value) =>
          typeof value === 'object' &&
          value !== null &&
          Object.entries(value).every(([year, count]) => YEAR.test(year) && isCount(count)),
        defaultMessage: () => '$property must map years to whole numbers, such as { "2018": 4125 }',
      },
    }),
  );

export class CreateAreaDto {
  /** The name as printed. */
  @IsName()
  name: string;
  /** Two to five capital letters with which the numbers of its actions begin. */
  @Matches(/^[A-Z]{2,5}$/, { message: 'code must be two to five capital letters' })
  code: string;
  /** What kind of area it is. */
  @IsIn(AREA_KINDS)
  kind: AreaKind;
  /** Omitted for the root only. */
  @Omittable()
  @IsId()
  parentId?: string;
  /** The code of Statistics Netherlands (CBS) for the wijk or buurt. */
  @Omittable()
  @IsLine(10)
  cbsCode?: string;
  /** The number of inhabitants per calendar year. */
  @Omittable()
  @IsCountPerYear()
  inhabitants?: Record<string, number>;
  /** A functional address that residents may write to; it is printed on the public page of the area. */
  @Omittable()
  @IsMailAddress()
  contactEmail?: string;
}

/** Renaming keeps the former name. */
export class ChangeAreaDto extends PatchOf(CreateAreaDto, {
  omittable: ['name', 'parentId'],
  nullable: ['cbsCode', 'inhabitants', 'contactEmail'],
}) {
  /** The first day under the new parent; defaults to today. */
  @Omittable()
  @IsCalendarDate()
  parentFromOn?: string;
}

export class AreaListDto extends PagingDto {
  /** Part of the name, of a former name or of the code. */
  @Omittable()
  @IsLine()
  q?: string;
  /** Only areas of this kind. */
  @Omittable()
  @IsIn(AREA_KINDS)
  kind?: AreaKind;
  /** Only areas directly below this one. */
  @Omittable()
  @IsId()
  parent?: string;
}

export interface AreaView {
  id: string;
  name: string;
  code: string;
  kind: AreaKind;
  parentId: string | null;
  cbsCode: string | null;
  inhabitants: Record<string, number> | null;
  contactEmail: string | null;
  formerNames: { name: string; untilOn: string }[];
  mergedIntoId: string | null;
  version: number;
}

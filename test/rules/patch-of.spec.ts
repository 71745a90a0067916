import { describe, expect, it } from '@jest/globals';
import { plainToInstance, Type } from 'class-transformer';
import { IsBoolean, validateSync, ValidateNested } from 'class-validator';
import { IsId, IsLine, Omittable } from '../../src/platform/common/input.js';
import { PatchOf } from '../../src/platform/common/patch-of.js';
import { toFieldErrors } from '../../src/platform/common/problems.js';

const ID = '019300A0-0000-7000-8000-000000000001';

class PartDto {
  @IsLine(5)
  name: string;
}

class CreateThingDto {
  @IsLine(5)
  name: string;
  @Omittable()
  @IsId()
  ownerId?: string;
  @Omittable()
  @IsBoolean()
  isShared: boolean = false;
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  parts: PartDto[];
  @IsLine()
  kind: string;
}

class ChangeThingDto extends PatchOf(CreateThingDto, {
  omittable: ['name', 'isShared', 'parts'],
  nullable: ['ownerId'],
}) {}

function take(body: object) {
  const input = plainToInstance(ChangeThingDto, body);
  const errors = toFieldErrors(validateSync(input, { whitelist: true, forbidNonWhitelisted: true }));
  return { input: { ...input }, fields: errors.map(({ field }) => field) };
}

describe('the DTO of a PATCH made of the DTO of a POST', () => {
  it('leaves what is left out as it is: no initial value comes along', () => {
    expect(take({})).toEqual({ input: {}, fields: [] });
  });

  it.each([
    ['a field that is checked as in a POST', { name: 'too long' }, ['name']],
    ['null where nothing can be emptied', { name: null, isShared: null }, ['name', 'isShared']],
    ['null where it empties the field', { ownerId: null }, []],
    ['what is inside a list', { parts: [{ name: 'too long' }] }, ['parts.0.name']],
    ['a field that a PATCH does not take', { kind: 'new' }, ['kind']],
  ])('checks %s', (_, body, fields) => {
    expect(take(body).fields).toEqual(fields);
  });

  it('transforms a field as in a POST', () => {
    expect(take({ ownerId: ID }).input).toEqual({ ownerId: ID.toLowerCase() });
  });
});

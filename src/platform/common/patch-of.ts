import { Transform, TransformationType, Type } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { Nullable, Omittable } from './input.js';

type Patch<T, Omitted extends keyof T, Emptied extends keyof T> = Partial<Pick<T, Omitted>> & {
  [Field in Emptied]?: T[Field] | null;
};

/**
 * A base class for the DTO of a PATCH: the named fields of the POST's DTO with the same validation rules. All are
 * optional; `null` clears the nullable ones. Initial values do not apply: omitted fields keep their value.
 */
export function PatchOf<T extends object, Omitted extends keyof T & string, Emptied extends keyof T & string = never>(
  dto: new () => T,
  { omittable = [], nullable = [] }: { omittable?: readonly Omitted[]; nullable?: readonly Emptied[] },
): new () => Patch<T, Omitted, Emptied> {
  class PatchDto {}
  const validation = getMetadataStorage();
  const fields = new Set<string>([...omittable, ...nullable]);
  for (const rule of validation.getTargetValidationMetadatas(dto, '', false, false)) {
    if (fields.has(rule.propertyName)) validation.addValidationMetadata({ ...rule, target: PatchDto });
  }
  for (const field of omittable) Omittable()(PatchDto.prototype, field);
  for (const field of nullable) Nullable()(PatchDto.prototype, field);
  for (const field of fields) takeOverTransformations(dto, PatchDto, field);
  return PatchDto as new () => Patch<T, Omitted, Emptied>;
}

/** Copies what class-transformer does to the field before validation. */
function takeOverTransformations(from: new () => object, to: new () => object, field: string): void {
  const type = defaultMetadataStorage.findTypeMetadata(from, field);
  if (type) Type(type.typeFunction, type.options)(to.prototype, field);
  const kind = TransformationType.PLAIN_TO_CLASS;
  for (const { transformFn, options } of defaultMetadataStorage.findTransformMetadatas(from, field, kind)) {
    Transform(transformFn, options)(to.prototype, field);
  }
}

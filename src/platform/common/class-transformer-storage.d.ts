declare module 'class-transformer/cjs/storage.js' {
  import type { TransformationType, TransformFnParams, TransformOptions, TypeOptions } from 'class-transformer';

  type Class = new () => object;

  export const defaultMetadataStorage: {
    findTypeMetadata(target: Class, property: string): { typeFunction(): Class; options: TypeOptions } | undefined;
    findTransformMetadatas(
      target: Class,
      property: string,
      type: TransformationType,
    ): { transformFn(params: TransformFnParams): unknown; options: TransformOptions }[];
  };
}

import { ApiProperty } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import { exampleOf } from './examples.js';
import { describeInput } from './input-schemas.js';
import type { Models } from './models.js';
import type { SchemaObject } from './types.js';

type Dto = new () => object;

/** Gives every field of a DTO the schema implied by its validation rules, and the comment above it as description. */
export function describeInputs(ofRoutes: Iterable<Dto>, { inputs }: Models): void {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<Dto, ValidationMetadata[]> };
  for (const dto of new Set([...storage.validationMetadatas.keys(), ...ofRoutes])) {
    const comments = inputs[dto.name];
    if (!comments) continue;
    const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
    for (const [field, options] of describeInput(dto, rules)) {
      const { text, tags } = comments[field] ?? { text: '', tags: {} };
      const leaf = tags.example ?? exampleOf(options as SchemaObject, field, dto.name);
      const example = options.isArray && leaf !== undefined ? [leaf] : leaf;
      ApiProperty({ ...options, description: text || undefined, example } as never)(dto.prototype, field);
    }
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../common/project-root.js';
import type { SchemaOrRef } from './types.js';

/** What the build reads from the types of the sources (`tools/openapi-models.mjs`). */
export interface Models {
  /** By operation id: the schema of its JSON response, and the codes of its problems by status. */
  operations: Record<string, { answer?: SchemaOrRef; problems: Record<string, string[]> }>;
  schemas: Record<string, SchemaOrRef>;
  /** The comments above the fields of each DTO. */
  inputs: Record<string, Record<string, { text: string; tags: Record<string, string> }>>;
  /** The meaning of each problem code that has only one. */
  codes: Record<string, string>;
}

export const readModels = (): Models =>
  JSON.parse(readFileSync(join(PROJECT_ROOT, 'dist/openapi-models.json'), 'utf8')) as Models;

// Writes dist/openapi-models.json: the parts of the OpenAPI document that come from the types. Part of npm run build.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inputsOf } from './openapi/inputs.mjs';
import { Problems } from './openapi/problems.mjs';
import { operationsOf, readProgram } from './openapi/program.mjs';
import { Schemas } from './openapi/schemas.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');

const { checker, sources } = readProgram(ROOT);
const schemas = new Schemas(checker, sources);
const problems = new Problems(checker);
const operations = {};
for (const { id, method } of operationsOf(sources)) {
  const returned = checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(method));
  operations[id] = { answer: schemas.ofAnswer(returned, id), problems: problems.of(method) };
}
const violations = new Set([...schemas.violations, ...problems.violations]);
if (violations.size > 0) {
  console.error([...violations].join('\n'));
  process.exitCode = 1;
}
const models = { operations, schemas: schemas.models, inputs: inputsOf(sources, checker), codes: problems.details };
mkdirSync(join(ROOT, 'dist'), { recursive: true });
writeFileSync(join(ROOT, 'dist/openapi-models.json'), JSON.stringify(models));

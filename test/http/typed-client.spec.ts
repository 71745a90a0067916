import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { startApp, type TestApp } from '../support/app.js';
import { METHODS } from '../support/operations.js';

const run = promisify(execFile);
let t: TestApp;
let folder: string;
let client: string;
let operations: number;
beforeAll(async () => {
  t = await startApp('sqlite');
  const { body } = await t.api.get('/v1/openapi.json').expect(200);
  const items = Object.values(body.paths as object[]);
  operations = items.flatMap((item) => METHODS.filter((method) => method in item)).length;
  mkdirSync('test-output', { recursive: true });
  folder = mkdtempSync(join(process.cwd(), 'test-output/client-'));
  const [document, api] = ['openapi.json', 'api.ts'].map((name) => join(folder, name));
  writeFileSync(document, JSON.stringify(body));
  await run(process.execPath, ['node_modules/openapi-typescript/bin/cli.js', document, '-o', api]);
  client = readFileSync(api, 'utf8');
  copyFileSync('test/client/main-flow.ts', join(folder, 'main-flow.ts'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has at most 60 lines for an operation', () => {
  const lines = client.split('\n');
  const models = lines.slice(
    lines.indexOf('export interface components {'),
    lines.indexOf('export interface operations {'),
  );
  expect((lines.length - models.length) / operations).toBeLessThan(60);
});

it('compiles under strict, and takes a session from planning to its minutes', async () => {
  const { NodeNext } = ts.ModuleKind;
  const program = ts.createProgram([join(folder, 'main-flow.ts')], {
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: true },
    ...{ module: NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022 },
    ...{ lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: ['node'], rootDir: folder },
  });
  const said = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  expect(said).toEqual([]);
  program.emit();

  const { id: areaId } = await t.make.area();
  const { id: meetingId } = await t.make.meeting(areaId);
  const { id: ownerId } = await t.make.organisation();
  const chair = await t.make.signedIn('chair', areaId);
  const { port } = t.server.address() as AddressInfo;
  const given = [join(folder, 'main-flow.js'), `http://127.0.0.1:${port}/v1`, chair, meetingId, ownerId];
  const { stdout } = await run(process.execPath, given);
  expect(JSON.parse(stdout)).toEqual({
    state: 'closed',
    refused: 'VERSION_CHANGED',
    inMinutes: ['Extra surveillance bij de skatebaan'],
    realisation: 'full',
    line: { status: 'done', daysOverdue: 0 },
  });
}, 120_000);

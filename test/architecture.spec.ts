import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SRC = join(process.cwd(), 'src');
/** In the order of the story: a room imports only from the rooms before it. */
const ROOMS = [
  'platform',
  'directory',
  'identity',
  'web',
  'meetings',
  'actions',
  'minutes',
  'sessions',
  'goals',
  'wijkagenda',
  'reviews',
  'digests',
  'administration',
  'home',
  'demo',
];
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path]) => path);
const roomOf = (file: string): string => (file.includes('/') ? file.split('/')[0] : '');
const rankOf = (file: string): number => ROOMS.indexOf(roomOf(file));
/** Arrows back that are still to be turned. */
const ALLOWED = new Set([
  'actions/judgements/action-judgements.service.ts -> goals/goals.access.js',
  'actions/judgements/judgement.entity.ts -> goals/goal.entity.js',
  'actions/judgements/judgements.service.ts -> goals/goals.access.js',
  'actions/judgements/judgements.service.ts -> goals/parts.js',
  'actions/judgements/judgements.service.ts -> goals/party-line.entity.js',
]);

/** Packages that would make the start longer by a tenth or more each. */
const HEAVY = [
  '@nestjs/swagger',
  '@simplewebauthn/server',
  'docx',
  'exceljs',
  'juice',
  'mailparser',
  'openid-client',
  'pdfmake',
];

describe('the house', () => {
  it('has no folder that is not one of the rooms', () => {
    expect(files.map(({ file }) => file).filter((file) => roomOf(file) && rankOf(file) < 0)).toEqual([]);
  });

  it('loads what is heavy when it is first used, not at start', () => {
    const byFile = new Map(files.map(({ file, text }) => [file, text]));
    const seen = new Set(['configure.ts']);
    const heavy: string[] = [];
    for (const file of seen) {
      for (const [, path] of (byFile.get(file) ?? '').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)) {
        if (path.startsWith('.')) seen.add(join(dirname(file), path.replace(/\.js$/, '.ts')));
        else if (HEAVY.some((name) => path === name || path.startsWith(`${name}/`))) heavy.push(`${file} -> ${path}`);
      }
    }
    expect(seen.size).toBeGreaterThan(200);
    expect(heavy).toEqual([]);
  });

  it('imports in one direction', () => {
    const wrong: string[] = [];
    for (const { file, text } of files) {
      if (!roomOf(file) || roomOf(file) === 'demo') continue;
      for (const path of importsOf(text)) {
        const target = relative(SRC, join(SRC, dirname(file), path));
        const line = `${file} -> ${target}`;
        if (!ALLOWED.has(line) && (!roomOf(target) || rankOf(target) > rankOf(file))) wrong.push(line);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has one module a room', () => {
    const modules = files.map(({ file }) => file).filter((file) => file.endsWith('.module.ts'));
    const rooms = ROOMS.filter((room) => room !== 'demo').map((room) => `${room}/${room}.module.ts`);
    expect(modules.sort()).toEqual(['app.module.ts', ...rooms].sort());
  });

  it('keeps rules pure: no Nest, no database, no clock', () => {
    const impure = files.filter(
      ({ file, text }) =>
        file.endsWith('.rules.ts') &&
        /^import (?!type )[^;]*from '(@nestjs|typeorm|.*\.service\.js|.*database\/)/m.test(text),
    );
    expect(impure.map(({ file }) => file)).toEqual([]);
  });

  it('asks only the clock for the time', () => {
    const asking = files.filter(
      ({ file, text }) => file !== 'platform/common/clock.ts' && /new Date\(\)|Date\.now\(\)/.test(text),
    );
    expect(asking.map(({ file }) => file)).toEqual([]);
  });

  it('has one door for writes', () => {
    const beside = files.filter(({ text }) =>
      /[rR]epository(\([^)]*\))?\.(save|insert|update|delete|remove|upsert)\(|\.save\(/.test(text),
    );
    expect(beside.map(({ file }) => file)).toEqual([]);
    const opening = files.filter(
      ({ file, text }) => file !== 'platform/database/transactions.ts' && /startTransaction|\.transaction\(/.test(text),
    );
    expect(opening.map(({ file }) => file)).toEqual([]);
  });

  it('has no barrels, no circular tricks, no loose types', () => {
    expect(files.filter(({ file }) => file.endsWith('index.ts')).map(({ file }) => file)).toEqual([]);
    expect(files.filter(({ text }) => /forwardRef|: any\b|as any\b/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('is never deeper than src/room/part/file, and no folder has more than thirty files', () => {
    expect(files.filter(({ file }) => file.split('/').length > 3).map(({ file }) => file)).toEqual([]);
    const sizes = new Map<string, number>();
    for (const { file } of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
    expect([...sizes].filter(([, count]) => count > 30)).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SRC = join(process.cwd(), 'src');
/** A module imports only from modules before it, and from the folders on its own step. */
const ORDER = [
  ['common', 'database'],
  ['access'],
  ['audit'],
  ['rendering'],
  ['mail'],
  ['areas'],
  ['organisations'],
  ['meetings', 'agenda', 'attendance'],
  ['goals', 'opgaven'],
  ['actions'],
  ['batches', 'escalations', 'interpretation', 'mergers'],
  ['sessions'],
  ['minutes'],
  ['adoption', 'removals', 'documents'],
  ['dispatch'],
  ['figures'],
  [
    'wijkagenda',
    'koersoverzicht',
    'exchange',
    'registers',
    'digests',
    'reviews',
    'review-documents',
    'quarterly-results',
    'ratings',
  ],
  ['calendars'],
  ['auth'],
  ['erasure', 'retention', 'operations', 'archive'],
  ['answers'],
  ['pages'],
  ['minuting', 'area-pages', 'administration'],
  ['action-pages', 'merger-pages', 'wijkagenda-pages', 'review-pages', 'public-pages'],
  ['demo'],
];
const stepOf = (folder: string): number => ORDER.findIndex((step) => step.includes(folder));
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path]) => path);
const folderOf = (file: string): string => (file.includes('/') ? file.split('/')[0] : '');
/** Root files that every module may use. */
const SHARED_ROOT = ['settings.js'];
/** What steps above may know of a step below: tables and rules of rights, not services. */
const ALLOWED = new Set(['database/health.controller.ts -> access/requires.js']);

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
  it('has no folder without a place in the order', () => {
    const folders = new Set(files.map(({ file }) => folderOf(file)).filter(Boolean));
    expect([...folders].filter((folder) => stepOf(folder) < 0)).toEqual([]);
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
      if (!folderOf(file)) continue;
      for (const path of importsOf(text)) {
        const target = relative(SRC, join(SRC, dirname(file), path));
        const line = `${file} -> ${target}`;
        if (ALLOWED.has(line)) continue;
        if (!folderOf(target)) {
          if (!SHARED_ROOT.includes(target) && folderOf(file) !== 'demo') wrong.push(line);
        } else if (stepOf(folderOf(target)) > stepOf(folderOf(file))) wrong.push(line);
      }
    }
    expect(wrong).toEqual([]);
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
      ({ file, text }) => file !== 'common/clock.ts' && /new Date\(\)|Date\.now\(\)/.test(text),
    );
    expect(asking.map(({ file }) => file)).toEqual([]);
  });

  it('has one door for writes', () => {
    const beside = files.filter(({ text }) =>
      /[rR]epository(\([^)]*\))?\.(save|insert|update|delete|remove|upsert)\(|\.save\(/.test(text),
    );
    expect(beside.map(({ file }) => file)).toEqual([]);
    const opening = files.filter(
      ({ file, text }) => file !== 'database/transactions.ts' && /startTransaction|\.transaction\(/.test(text),
    );
    expect(opening.map(({ file }) => file)).toEqual([]);
  });

  it('has no barrels, no circular tricks, no loose types', () => {
    expect(files.filter(({ file }) => file.endsWith('index.ts')).map(({ file }) => file)).toEqual([]);
    expect(files.filter(({ text }) => /forwardRef|: any\b|as any\b/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('is never deeper than src/noun/file, and no noun has more than thirty files', () => {
    expect(files.filter(({ file }) => file.split('/').length > 2).map(({ file }) => file)).toEqual([]);
    const sizes = new Map<string, number>();
    for (const { file } of files) sizes.set(folderOf(file), (sizes.get(folderOf(file)) ?? 0) + 1);
    expect([...sizes].filter(([, count]) => count > 30)).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const { satisfies } = createRequire(import.meta.url)('semver') as {
  satisfies: (version: string, range: string) => boolean;
};
const ROOT = process.cwd();
const PAGES = [
  'README.md',
  'LEESMIJ.md',
  'CODE_OF_CONDUCT.md',
  'UPGRADING.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
];
const API_VERSION = 'src/platform/server/api-version.ts';
const AUTHOR = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@gemeente.example',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@gemeente.example',
};
/** The words after each count in the first lines of docs/asvs.md. */
const SAID: Record<string, string> = {
  yes: 'are met,',
  deployment: 'are up to the operator',
  partly: 'are met partly',
  'does not apply': 'do not apply',
};
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

describe.each(PAGES.filter((page) => page.endsWith('.md')))('%s', (page) => {
  it('refers to nothing that is not there: files, links, commands', () => {
    const text = read(page);
    const files = [...text.matchAll(/`((?:src|test|docs|migrations|templates|deploy)\/[\w./-]+\.\w+)`/g)].map(
      ([, path]) => path,
    );
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => join(dirname(page), path));
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
    expect([...files, ...links].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('README.md names every package that warns on Node.js 20.19, and none warns on 24', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { engines?: { node?: string }; optional?: boolean }>;
  };
  const warnsOn = (version: string) =>
    Object.entries(packages).flatMap(([path, { engines, optional }]) =>
      optional || satisfies(version, engines?.node ?? '*') ? [] : [path.replace(/^.*node_modules\//, '')],
    );
  const sentence = /`EBADENGINE`\) about (.*?), with all/s.exec(read('README.md'))![1];
  const named = [...sentence.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual([...new Set(warnsOn('20.19.0'))].toSorted());
  expect(warnsOn('24.22.3')).toEqual([]);
});

it('lists in docs/settings.md each setting once, and each number with its default', () => {
  const declared = [...read('src/platform/settings.ts').matchAll(/^ {2}([A-Z_]+): (.*)$/gm)];
  const rows = [...read('docs/settings.md').matchAll(/^\| (`[A-Z].*?) \|(.*?)\|/gm)];
  const unquoted = (cell: string) => cell.split(',').map((word) => word.trim().replaceAll('`', ''));
  const listed = rows.flatMap(([, names, defaults]) =>
    unquoted(names).map((name, n) => [name, unquoted(defaults)[n] ?? ''] as const),
  );
  expect(listed.map(([name]) => name).toSorted()).toEqual(declared.map(([, name]) => name).toSorted());
  const numbers = declared.flatMap(([, name, kind]) => {
    const fallback = /^whole\(.*?(\d[\d_]*)\)/.exec(kind)?.[1];
    return fallback ? [[name, fallback.replaceAll('_', '')] as const] : [];
  });
  expect(numbers.length).toBeGreaterThan(10);
  expect(listed.filter(([name]) => numbers.some(([one]) => one === name)).toSorted()).toEqual(numbers.toSorted());
});

it('names in docs/beheer.md only settings and admin commands that are there', () => {
  const settings = read('src/platform/settings.ts');
  const text = read('docs/beheer.md');
  const named = [...text.matchAll(/^([A-Z][A-Z_]{3,})=/gm), ...text.matchAll(/`([A-Z][A-Z_]+_[A-Z_]+)`/g)];
  const problems = ['STORAGE_REFUSES', 'OUTCOME_UNKNOWN', 'DATABASE_REPLACED'];
  expect(
    named.map(([, name]) => name).filter((name) => !settings.includes(`${name}:`) && !problems.includes(name)),
  ).toEqual([]);
  const commands = [...text.matchAll(/^wijkagenda ([a-z-]+)|`wijkagenda ([a-z-]+)/gm)].map(
    ([, line, word]) => `'admin ${line ?? word}'`,
  );
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.filter((name) => !read('src/cli.ts').includes(name))).toEqual([]);
});

it('says in docs/beheer.md of each class of data how long it is kept', () => {
  const folder = 'src/administration/retention';
  const code = readdirSync(join(ROOT, folder)).map((name) => read(`${folder}/${name}`));
  const classes = [...code.join('\n').matchAll(/^ +name: '([a-z-]+)',$/gm)].map(([, name]) => name);
  const told = [...read('docs/beheer.md').matchAll(/^\| `([a-z-]+)` /gm)].map(([, name]) => name);
  expect(told.toSorted()).toEqual(classes.toSorted());
});

it('answers each requirement of ASVS 5.0.0 up to level 2 once, with something to look at', () => {
  const [levels12, level3] = read('docs/asvs.md').split('## Level 3');
  const rows = [...levels12.matchAll(/^\| (V\d+\.\d+\.\d+) +\| ([a-z ]+?) +\| (.+?) +\| (.*?) *\|$/gm)];
  const ids = rows.map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // The standard has 70 requirements of level 1 and 183 of level 2.
  expect(ids).toHaveLength(70 + 183);
  const known = ['yes', 'deployment', 'partly', 'no', 'does not apply'];
  expect(rows.filter(([, , met]) => !known.includes(met))).toEqual([]);
  const unshown = rows.filter(([, , met, , by]) => ['yes', 'deployment', 'partly'].includes(met) && !by.includes('`'));
  expect(unshown.map(([, id]) => id)).toEqual([]);
  for (const met of ['yes', 'deployment', 'partly', 'does not apply'])
    expect(levels12).toContain(`${rows.filter((row) => row[2] === met).length} ${SAID[met]}`);
  const more = [...level3.matchAll(/^\| (V\d+\.\d+\.\d+) \| ([a-z]+) \| .+? \| (.*?) *\|$/gm)];
  expect(new Set([...ids, ...more.map(([, id]) => id)]).size).toBe(ids.length + more.length);
  expect(more.filter(([, , met, by]) => met !== 'no' && !by.includes('`'))).toEqual([]);
});

it('shows in the manual and the README only pictures that a test in a browser takes', () => {
  const text = ['docs/handleiding.md', 'README.md', 'LEESMIJ.md'].map(read).join('\n');
  const shown = [...text.matchAll(/handleiding\/(([\w-]+)-\d+\.png)\)/g)];
  const folder = join(ROOT, 'test', 'browser');
  const tests = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const isTaken = (name: string): boolean => tests.some((text) => text.includes(`'${name}'`));
  expect(shown.map(([, , name]) => name).filter((name) => !isTaken(name))).toEqual([]);
  const files = [...new Set(shown.map(([, file]) => file))].sort();
  expect(readdirSync(join(ROOT, 'docs', 'handleiding')).sort()).toEqual(files);
});

it('releases: the version and its day stand everywhere they are said, in one commit with a tag', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-release-'));
  const run = (program: string, ...words: string[]) =>
    spawnSync(program, words, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...AUTHOR } });
  const files = [
    'package.json',
    'package-lock.json',
    'CHANGELOG.md',
    'publiccode.yml',
    'tools/release.mjs',
    API_VERSION,
  ];
  for (const file of files) cpSync(join(ROOT, file), join(folder, file));
  for (const words of [
    ['init', '--quiet'],
    ['add', '.'],
    ['commit', '--quiet', '-m', 'Begin'],
  ])
    run('git', ...words);
  const release = (version: string) => run(process.execPath, 'tools/release.mjs', version).status;
  expect([release('next'), release('7.8.9'), release('7.8.9')]).toEqual([2, 0, 2]);
  const day = new Date().toISOString().slice(0, 10);
  expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toContain(
    `## [Unreleased]\n\n## [7.8.9] - ${day}\n\n### `,
  );
  for (const file of files.filter((one) => one !== 'tools/release.mjs'))
    expect([file, readFileSync(join(folder, file), 'utf8')]).toEqual([file, expect.stringContaining('7.8.9')]);
  expect(run('git', 'tag').stdout.trim()).toBe('v7.8.9');
  expect(run('git', 'status', '--porcelain').stdout).toBe('');
  writeFileSync(join(folder, 'package.json'), '{}');
  expect(release('8.0.0')).toBe(2);
});

import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('the tests', () => {
  const ours = readdirSync(join(process.cwd(), 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(process.cwd(), 'test', file), 'utf8') }));
  const specs = ours.filter(({ file }) => file.endsWith('.spec.ts'));

  it('are in files under three hundred lines', () => {
    expect(specs.length).toBeGreaterThan(250);
    expect(specs.filter(({ text }) => text.split('\n').length > 300).map(({ file }) => file)).toEqual([]);
  });

  it('wait in no loop without an end of its own, and sleep for a second at most', () => {
    const waits = /\b(?:sleep|delay|pause)\((\d[\d_]*)|\bsetTimeout\([^;]*?, (\d[\d_]*)\)/g;
    const longest = ours.flatMap(({ file, text }) =>
      [...text.matchAll(waits)]
        .map(([call, slept, timed]) => ({ file, call, ms: Number((slept ?? timed).replaceAll('_', '')) }))
        .filter(({ ms }) => ms > 1_000),
    );
    expect(longest).toEqual([]);
    const endless = ours.filter(({ text }) => /\bfor \(;;\)|\bwhile \(true\)/.test(text)).map(({ file }) => file);
    expect(endless.filter((file) => file !== 'specs.spec.ts')).toEqual([]);
  });

  it('measure with what the built service has: the scripts of the benchmark are not compiled', () => {
    const taken = readdirSync(join(process.cwd(), 'test/bench'))
      .filter((file) => file.endsWith('.mjs'))
      .flatMap((file) => {
        const text = readFileSync(join(process.cwd(), 'test/bench', file), 'utf8');
        const imports =
          /const (?:\{ ([^}]+) \}|\w+) = await (?:import\(join\(ROOT, 'dist\/src|built\(')\/?([\w/.-]+)\.js'/g;
        return [...text.matchAll(imports)].map(([, names = '', path]) => ({ file, names: names.split(', '), path }));
      });
    expect(taken.length).toBeGreaterThan(10);
    const missing = taken.flatMap(({ file, names, path }) => {
      const source = join(process.cwd(), 'src', `${path}.ts`);
      const text = existsSync(source) ? readFileSync(source, 'utf8') : '';
      const isThere = (name: string) => new RegExp(`^export .*\\b${name}\\b`, 'm').test(text);
      return text === ''
        ? [`${file}: ${path}`]
        : names.filter((name) => name && !isThere(name)).map((name) => `${file}: ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('have their place in tiers.json by a name that exists', () => {
    const tiers = JSON.parse(readFileSync(join(process.cwd(), 'test/tiers.json'), 'utf8')) as Record<string, string[]>;
    const names = new Set(specs.map(({ file }) => file.replace('.spec.ts', '')));
    expect(Object.values(tiers).flatMap((listed) => listed.filter((name) => !names.has(name)))).toEqual([]);
  });
});

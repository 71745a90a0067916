import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readDay, readState, readWhen, readWho } from '../../src/actions/import/import-cells.rules.js';

const ORGANISATIONS = Array.from({ length: 60 }, (_, n) => ({
  id: `${n}`,
  name: `Afdeling ${n}`,
  aliases: [`afd ${n}`],
}));
const SRC = join(process.cwd(), 'src');
/** Up to the maximum length of most fields. Exponential patterns show at the short ones, before they run forever. */
const LENGTHS = [20, 25, 30, 40, 60, 100, 300, 1000, 2000];
const MOST_MS = 250;
const MOST_MS_A_CELL = 1000;
/** Suffixes that make the whole of a long text not match after all. */
const ENDINGS = ['', '\u0000', '!', '\n'];

interface Found {
  place: string;
  pattern: RegExp;
}

/** The time it takes in ms. Retried if it seems slow, because on a busy machine other processes interfere. */
function msFor(work: () => void, most: number): number {
  let least = Infinity;
  for (let turn = 0; turn < 3 && least > most; turn += 1) {
    const { user } = process.cpuUsage();
    work();
    least = Math.min(least, process.cpuUsage({ user, system: 0 }).user / 1000);
  }
  return least;
}

/** Every regular expression in the source. */
function patternsIn(file: string): Found[] {
  const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, body, flags] = /^\/(.*)\/([a-z]*)$/s.exec(node.text)!;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ place: `${file}:${line + 1} ${node.text}`, pattern: new RegExp(body, flags) });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

/** Long texts that could cause backtracking in this pattern: runs and mixes of the characters in it. */
function textsAgainst({ source }: RegExp): string[] {
  const literals = source.replaceAll(/\\[bBdDsSwW]/g, ' ').replaceAll(/\\(.)/g, '$1');
  const signs = [...new Set([...literals, ' ', 'a', '0', '-', '.', ',', '\n', '\t', '@', '<'])].filter(
    (sign) => !'()[]{}|?*+^$'.includes(sign),
  );
  const words = [...new Set(source.match(/[a-z]{2,}/gi) ?? [])].slice(0, 8);
  const pumps = [...signs, ...words, ...words.map((word) => `${word} `), ' a', 'a ', '0 ', '1-', 'a.', '\n ', 'é '];
  return LENGTHS.flatMap((long) => [...new Set(pumps)].map((pump) => pump.repeat(Math.ceil(long / pump.length))));
}

it('has no pattern that takes long for a long text', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const found = files.flatMap(patternsIn);
  const slow: string[] = [];
  for (const { place, pattern } of found) {
    for (const text of textsAgainst(pattern)) {
      const ms = msFor(() => {
        for (const ending of ENDINGS) {
          pattern.lastIndex = 0;
          pattern.test(text + ending);
        }
      }, MOST_MS);
      if (ms > MOST_MS) {
        slow.push(`${place}: ${Math.round(ms)} ms for ${JSON.stringify(text.slice(0, 6))}…`);
        break;
      }
    }
  }
  expect(found.length).toBeGreaterThan(150);
  expect(slow).toEqual([]);
}, 60_000);

it.each([
  ['who', (cell: string) => readWho(cell, ORGANISATIONS)],
  ['when', (cell: string) => readWhen(cell, '2026-06-02')],
  ['state', (cell: string) => readState(cell)],
  ['day', (cell: string) => readDay(cell)],
])('reads a cell of an action list quickly, however long it is: %s', (_, read) => {
  const slow: string[] = [];
  for (const pump of ['x', 'a ', '1-', ' en x', '—', '(', 'vrijdag ', 'politie ', '\t', '1 jan ', 'gereed tot ']) {
    const cell = pump.repeat(200_000 / pump.length);
    const ms = msFor(() => read(`x${cell}!`), MOST_MS_A_CELL);
    if (ms > MOST_MS_A_CELL) slow.push(`${JSON.stringify(pump)}: ${Math.round(ms)} ms`);
  }
  expect(slow).toEqual([]);
});

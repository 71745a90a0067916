import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SRC = join(process.cwd(), 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('demo/'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));
const isOfWords = (file: string): boolean => /(^|[./])words\.ts$/.test(file);

/** `['open', 'blocked'] as const`: the codes of a status, a kind, an outcome. */
const LIST = /export const ([A-Z_]+) = \[((?:\s*'[^']*',?)+\s*)\] as const/g;
const codeLists = files.flatMap(({ text }) =>
  [...text.matchAll(LIST)].map(([, name, codes]) => ({
    name,
    codes: new Set([...codes.matchAll(/'([^']*)'/g)].map(([, code]) => code)),
  })),
);

const allCodes = new Set(codeLists.flatMap(({ codes }) => [...codes]));

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression =>
  ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
const valueOf = (node: ts.Node): string => node.getText().slice(1, -1);

/** What stands beside what: the properties of an object, the choices of a list (`{ value, label }`), the rows of pairs. */
function pairsIn(node: ts.Node): [string, string][] {
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((property): [string, string][] =>
      ts.isPropertyAssignment(property) && isText(property.initializer)
        ? [[property.name.getText().replaceAll(/['"]/g, ''), valueOf(property.initializer)]]
        : [],
    );
  }
  return ts.isArrayLiteralExpression(node) ? node.elements.flatMap(pairsOfRow) : [];
}

function pairsOfRow(row: ts.Node): [string, string][] {
  const [one, other] = ts.isArrayLiteralExpression(row)
    ? row.elements.filter(isText).map(valueOf)
    : ['value', 'label'].map((name) => pairsIn(row).find(([key]) => key === name)?.[1]);
  if (one === undefined || other === undefined) return [];
  return ts.isArrayLiteralExpression(row)
    ? [
        [one, other],
        [other, one],
      ]
    : [[one, other]];
}

/** Not a word that people read: SQL, a type of media, the type of a column, another code. */
const isTechnical = (word: string): boolean =>
  /["=/]/.test(word) || ['integer', 'json', 'boolean'].includes(word) || allCodes.has(word);

/** Where codes stand beside something else on purpose. */
const ON_PURPOSE = new Set([
  // English, for the API and the audit trail.
  'actions/escalations/escalations.service.ts',
  'actions/changes/planned-changes.rules.ts',
  // What a column of a list may be called.
  'actions/import/import-columns.rules.ts',
  // What a role reaches.
  'platform/access/permissions.ts',
]);
/** Answers of the API in which a field has the name of a code. */
const isExample = (file: string): boolean => /(dto|views|examples?)\.ts$/.test(file);

function tablesOfWords({ file, text }: (typeof files)[number]): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const pairs = pairsIn(node).filter(([code, word]) => allCodes.has(code) && !isTechnical(word));
    const list =
      pairs.length > 1 && codeLists.find(({ codes }) => pairs.filter(([code]) => codes.has(code)).length > 1);
    if (list) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} has words for ${list.name}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('the words people read', () => {
  it('stand beside their codes in words.ts of a room, and in no other file', () => {
    const others = files.filter(({ file }) => !isOfWords(file) && !isExample(file) && !ON_PURPOSE.has(file));
    expect(others.flatMap(tablesOfWords)).toEqual([]);
  });

  it('are found by this test where they do stand', () => {
    const words = files.filter(({ file }) => isOfWords(file)).flatMap(tablesOfWords);
    expect(words.length).toBeGreaterThan(25);
    expect(words.join('\n')).toMatch(/actions\/words\.ts:\d+ has words for ACTION_STATUSES/);
  });

  it('decide nothing: no code asks for a word', () => {
    const words = new Set(
      files
        .filter(({ file }) => file.endsWith('/words.ts'))
        .flatMap(({ text }) => [...text.matchAll(/^ {2}[\w'-]+: '([^']+)',$/gm)].map(([, word]) => word))
        .filter((word) => word.length > 2 && !isTechnical(word)),
    );
    const asked = files.flatMap(({ file, text }) =>
      [...text.matchAll(/(?:(?:===|!==|case) |(?:has|includes)\()'([^']+)'/g)]
        .filter(([, word]) => words.has(word))
        .map(([, word]) => `${file} asks for ${word}`),
    );
    expect(words.size).toBeGreaterThan(100);
    expect(asked).toEqual([]);
  });

  it('are pure: no Nest, no database', () => {
    const impure = files.filter(
      ({ file, text }) =>
        isOfWords(file) &&
        /^import (?!type )[^;]*from '(@nestjs|typeorm|.*\.service\.js|.*\.entity\.js|.*database\/)/m.test(text),
    );
    expect(impure.map(({ file }) => file)).toEqual([]);
  });
});

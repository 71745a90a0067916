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

/** Pairs of keys and values: the properties of an object, the options of a list (`{ value, label }`), rows of pairs. */
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

/** Text that users do not read: SQL, a media type, the type of a column, another code. */
const isTechnical = (word: string): boolean =>
  /["=/]/.test(word) || ['integer', 'json', 'boolean'].includes(word) || allCodes.has(word);

/** Where codes are paired with something else on purpose. */
const ON_PURPOSE = new Set([
  // English, for the API and the audit trail.
  'actions/escalations/escalations.service.ts',
  'actions/changes/change-audit.rules.ts',
  // The possible headers of a column.
  'actions/import/import-columns.rules.ts',
  // Filters in an address, some of which have the name of a column.
  'actions/pages/action-filters.rules.ts',
  // The scopes of roles.
  'platform/access/permissions.ts',
]);
/** Responses of the API in which a field has the name of a code. */
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

/** Words we avoid, what we say instead, and the files in which they are allowed. */
const NOT_SAID: { not: RegExp; but: string; except?: RegExp }[] = [
  { not: /lees deze regel/i, but: 'Nieuwe actie (wie, wat, wanneer)' },
  // Lists from elsewhere may use it; to the police it means "arrested".
  { not: /aangehouden/i, but: 'wacht tot …, doorgeschoven', except: /import-cells\.rules\.ts$/ },
  { not: /overleg beginnen|vergadering openen/i, but: 'Nieuw overleg, Vergadering beginnen' },
  { not: /(?<!af)sluiten en versturen/i, but: 'Afsluiten en versturen' },
  { not: /m\.k\./i, but: 'afgemeld', except: /^(src|templates)\/minutes\// },
  { not: /^Later$|>\s*Later\s*</, but: 'Later klaar' },
  { not: /\bopkomst\b/i, but: 'Aanwezigheid' },
  { not: /peildatum/i, but: 'Stand op' },
  { not: /doorlooptijd|de middelste/i, but: 'De helft was klaar binnen 43 dagen' },
  { not: /van de weg\b|(groen: op|oranje: bij|rood: niet)/, but: 'Op koers; 83% bereikt' },
  { not: /^Toestand$|>\s*Toestand\s*<|\*\*Toestand/, but: 'Werkt alles?' },
  { not: /^Tokens$|>\s*Tokens\s*<|\*\*Tokens/, but: 'Koppelingen' },
  { not: /reageer(t|de|den) niet|reageren niet|wie niet reageert/i, but: 'nog geen antwoord' },
  { not: /\bover tijd\b/i, but: 'te laat' },
  { not: /zonder bericht/i, but: 'afwezig' },
  // The day of the digest is a setting.
  { not: /maandagochtend/i, but: 'elke week' },
];

/** Every text that users may read, by file: templates, the manual, and the strings in the code. */
function textsRead(): { file: string; texts: string[] }[] {
  const templates = readdirSync('templates', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs') || file.endsWith('.js'))
    .map((file) => ({ file: `templates/${file}`, texts: [readFileSync(join('templates', file), 'utf8')] }));
  const strings = files.map(({ file, text }) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const texts: string[] = [];
    const visit = (node: ts.Node): void => {
      if (isText(node)) texts.push(valueOf(node));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return { file: `src/${file}`, texts };
  });
  const manual = { file: 'docs/handleiding.md', texts: [readFileSync('docs/handleiding.md', 'utf8')] };
  return [...templates, ...strings, manual];
}

describe('the words people read', () => {
  it('are ours, and not those that mean something else to a partner', () => {
    const read = textsRead();
    expect(read.length).toBeGreaterThan(500);
    const wrong = NOT_SAID.flatMap(({ not, but, except }) =>
      read
        .filter(({ file, texts }) => !except?.test(file) && texts.some((text) => not.test(text)))
        .map(({ file }) => `${file} says ${not.source} instead of "${but}"`),
    );
    expect(wrong).toEqual([]);
  });

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

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from './demo.mjs';

/** All files below a folder with this extension, sorted by path. */
export function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(ending))
    .sort();
}

/** The settings of the built program: names, defaults, and its message about an invalid value. */
const ASK_SETTINGS = `
const { readSettings } = await import(process.argv[1]);
const given = (of) => { try { return readSettings(of); } catch (error) { return error.message; } };
const defaults = given({});
const wrong = Object.fromEntries(Object.keys(defaults).map((name) => [name, '\\n']));
const files = Object.fromEntries(Object.keys(defaults).map((name) => [name + '_FILE', '/nowhere/at/all']));
const together = [{ NOW: '2026-01-01T00:00:00Z', NODE_ENV: 'production' }, { DATABASE_URL: 'postgres://x/y' }, { METRICS: 'token' },
  { OIDC_ISSUER: 'https://x.example' }, { MAIL_LEASE_SECONDS: '60' }];
console.log(JSON.stringify({ defaults, wrong: given(wrong), files: given(files), together: together.map(given) }));
`;

export function linesOfSettings(root, folder) {
  const file = filesBelow(join(folder, 'dist/src'), '.js').find((path) =>
    /^export function readSettings\b/m.test(readFileSync(path, 'utf8')),
  );
  if (!file) throw new Error('No module of the build exports readSettings.');
  const { stdout, stderr } = run(folder, ['--input-type=module', '-e', ASK_SETTINGS, file], { NOW: '' });
  if (!stdout) throw new Error(stderr);
  const { defaults, wrong, files, together } = JSON.parse(stdout);
  // An older checkout has them in its README.
  const page = [join(root, 'docs', 'settings.md'), join(root, 'README.md')].find((path) => existsSync(path));
  const rows = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => /^\| `[A-Z][A-Z_]+`/.test(line));
  return [
    '== defaults',
    ...Object.entries(defaults).map(
      ([name, value]) => `${name} = ${name === 'SECRET_KEY' ? '<made>' : JSON.stringify(value)}`,
    ),
    ...['', '== what is said of a wrong value', ...wrong.split('\n')],
    ...['', '== which can stand in a file', ...String(files.split?.('\n').join('\n'))?.split('\n')],
    ...['', '== what must go together', ...together.flatMap((said) => String(said).split('\n'))],
    ...['', '== as the documentation says', ...rows.map((row) => row.replace(/ +/g, ' '))],
  ];
}

/** The scheduled jobs: the schedule, its method and its class. */
export function linesOfJobs(root) {
  const found = filesBelow(join(root, 'src'), '.ts').flatMap((path) => {
    const source = readFileSync(path, 'utf8');
    return [...source.matchAll(/@(Interval|Cron|Timeout)\(([^\n]*)\)\s*\n\s*(?:async )?(\w+)\(/g)].map((match) => {
      const owner = [...source.slice(0, match.index).matchAll(/^export class (\w+)/gm)].at(-1)?.[1];
      return `${match[1]}(${match[2]}) ${owner}.${match[3]}`;
    });
  });
  return found.sort();
}

const IS_TEST = /^(describe|it|test|onBothDatabases)(\.\w+)*$/;

/** The titles of all tests with those of their groups, each once, with its number of occurrences; without file names. */
export function linesOfTitles(root) {
  const ts = createRequire(join(root, 'package.json'))('typescript');
  const titles = [];
  for (const path of filesBelow(join(root, 'test'), '.spec.ts')) {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const walk = (node, around) => {
      const call = ts.isCallExpression(node) ? testCall(ts, node, source) : undefined;
      if (!call) return ts.forEachChild(node, (child) => walk(child, around));
      const here = call.title === undefined ? around : [...around, call.title];
      if (call.isTest) titles.push(here.join(' > '));
      node.arguments.forEach((argument) => walk(argument, here));
    };
    walk(source, []);
  }
  const counts = new Map();
  for (const title of titles.sort()) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [`${titles.length} titles`, '', ...[...counts].map(([title, n]) => (n > 1 ? `${title} (×${n})` : title))];
}

/** The title of a group or test: its text, or the source of the expression that makes it; undefined if the call is neither. */
function testCall(ts, node, source) {
  const each =
    ts.isCallExpression(node.expression) || ts.isTaggedTemplateExpression(node.expression)
      ? node.expression
      : undefined;
  const callee = (each ? (each.expression ?? each.tag) : node.expression).getText(source);
  if (!IS_TEST.test(callee) || (each && !/\.each$/.test(callee)) || (!each && /\.each$/.test(callee))) return undefined;
  if (callee === 'onBothDatabases') return { title: 'on both databases', isTest: false };
  const [first] = node.arguments;
  if (!first) return undefined;
  const words = ts.isStringLiteralLike(first) ? first.text : first.getText(source);
  const rows = each ? ` (each of ${(each.arguments?.[0] ?? each.template).getText(source).replace(/\s+/g, ' ')})` : '';
  return { title: words.replace(/\s+/g, ' ') + rows, isTest: !callee.startsWith('describe') };
}

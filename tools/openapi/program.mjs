import ts from 'typescript';
import { join } from 'node:path';

const VERBS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);

/** The sources of the service, parsed but not yet type-checked. */
export function readProgram(root) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(messageText);
    },
  };
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, host);
  const program = ts.createProgram(fileNames, options);
  const sources = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(root, 'src/')));
  return { checker: program.getTypeChecker(), sources };
}

/** The decorator calls of a class, method or parameter, by name. */
export function decoratorsOf(node) {
  const called = (ts.getDecorators(node) ?? []).map(({ expression }) => expression).filter(ts.isCallExpression);
  return new Map(called.map((call) => [call.expression.text, call]));
}

export const classesOf = (source) => source.statements.filter((statement) => ts.isClassDeclaration(statement));

/** Every operation of the API: the methods with an HTTP verb in the controllers below `v1`. */
export function operationsOf(sources) {
  return sources.flatMap(classesOf).flatMap((owner) => {
    const path = decoratorsOf(owner).get('Controller')?.arguments[0]?.text;
    if (!path?.startsWith('v1')) return [];
    const methods = owner.members.filter(
      (member) => ts.isMethodDeclaration(member) && [...decoratorsOf(member).keys()].some((name) => VERBS.has(name)),
    );
    return methods.map((method) => ({
      id: `${owner.name.text.replace(/Controller$/, '')}_${method.name.text}`,
      method,
    }));
  });
}

/** The text and the tags of the comment above a declaration. */
export function commentOf(symbol, checker) {
  const text = ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
  const tags = symbol.getJsDocTags(checker).map(({ name, text: said }) => [name, ts.displayPartsToString(said).trim()]);
  return { text, tags: Object.fromEntries(tags) };
}

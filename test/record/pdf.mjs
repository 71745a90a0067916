import { readPdf } from '../support/pdf.mjs';

/** The structure tree of a PDF, one element per line: its type, its alternative text, its text. */
export function linesOfPdf(pdf) {
  const { title, language, isMarked, pages, root, artifacts, unmarked } = readPdf(pdf);
  return [
    `title: ${title}`,
    `language: ${language}, marked: ${isMarked}, pages: ${pages}`,
    '',
    ...linesOf(root),
    '',
    ...artifacts.split('\n').map((line) => `foot: ${line}`),
    ...(unmarked ? [`unmarked: ${unmarked}`] : []),
  ];
}

function linesOf({ type, scope, alt, text, children }, depth = 0) {
  const facts = [scope, alt && `(${alt})`, text.trim()].filter(Boolean).join(' ');
  const line = `${'  '.repeat(depth)}${type}${facts ? `: ${facts}` : ''}`;
  return [line, ...children.flatMap((child) => linesOf(child, depth + 1))];
}

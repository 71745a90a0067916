import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../platform/common/project-root.js';
import { MANUAL, OPERATORS_MANUAL } from '../../web/records.rules.js';
import { idOf, plainText, type Section, sectionsOf } from './manual.rules.js';
import { markdown, type Token } from './markdown.js';

/** The manuals by the name of their file, and where they are read. */
const MANUALS = { handleiding: MANUAL, beheer: OPERATORS_MANUAL };
type ManualName = keyof typeof MANUALS;
const PICTURES = join(PROJECT_ROOT, 'docs', 'handleiding');

export interface ManualText {
  /** What comes before its first chapter. */
  intro: string;
  html: string;
  sections: Section[];
  chapters: { id: string; title: string; parts: { id: string; title: string }[] }[];
}

/** The manuals, from the same files that are read on paper and on GitHub; rendered once, when first requested. */
@Injectable()
export class Manual {
  private readonly made = new Map<ManualName, ManualText>();
  private readonly pictures = new Map<string, { content: Buffer; etag: string }>();

  text(name: ManualName): ManualText {
    let found = this.made.get(name);
    if (!found) this.made.set(name, (found = textOf(readFileSync(join(PROJECT_ROOT, 'docs', `${name}.md`), 'utf8'))));
    return found;
  }

  /** One of its pictures; undefined if it has none of that name. */
  picture(name: string): { content: Buffer; etag: string } | undefined {
    let found = this.pictures.get(name);
    if (!found && readdirSync(PICTURES).includes(name)) {
      const content = readFileSync(join(PICTURES, name));
      found = { content, etag: `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"` };
      this.pictures.set(name, found);
    }
    return found;
  }
}

/** The text of a Markdown file as a page; `tableWord` names its tables for screen readers. */
export function textOf(file: string, tableWord = 'Tabel'): ManualText {
  const reader = markdown();
  const whole = reader.parse(file, {});
  // The page has its own title.
  const tokens = whole.slice(whole.findIndex(({ type, tag }) => type === 'heading_close' && tag === 'h1') + 1);
  const sections = sectionsOf(tokens);
  labelCells(tokens);
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'heading_open') token.attrSet('id', idOf(plainText(tokens[at + 1])));
    if (token.type === 'inline') token.children = (token.children ?? []).filter(isKept).map(toPage);
  }
  let tables = 0;
  const html = reader.renderer
    .render(tokens, reader.options, {})
    .replaceAll(
      '<table>',
      () => `<div class="table" role="region" aria-label="${tableWord} ${(tables += 1)}" tabindex="0"><table>`,
    )
    .replaceAll('</table>', '</table></div>')
    // What is wider than the page scrolls, by the keyboard too.
    .replaceAll('<pre>', '<pre tabindex="0">');
  const chapters = sections
    .filter(({ level }) => level === 2)
    .map(({ id, title }) => ({
      id,
      title,
      parts: sections.filter(({ level, chapter }) => level === 3 && chapter === title),
    }));
  const start = Math.max(0, html.indexOf('<h2'));
  return { intro: html.slice(0, start), html: html.slice(start), sections, chapters };
}

/** Gives each cell the name of its column, which stands beside it on a phone. */
function labelCells(tokens: readonly Token[]): void {
  let heads: string[] = [];
  let column = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'thead_open') heads = [];
    if (token.type === 'th_open') heads.push(plainText(tokens[at + 1]));
    if (token.type === 'tr_open') column = 0;
    if (token.type === 'td_open') token.attrSet('data-label', heads[column++]);
  }
}

/** Links to other files of the project only work in a checkout: here only their text is shown. */
const isKept = ({ type }: Token, at: number, all: readonly Token[]): boolean => {
  if (type !== 'link_open' && type !== 'link_close') return true;
  const href =
    all
      .slice(0, at + 1)
      .findLast((one) => one.type === 'link_open')
      ?.attrGet('href') ?? '';
  return /^(#|\/|[a-z]+:)/.test(href) || manualAt(href) !== null;
};

/** Where a manual is read that this links to, as `beheer.md#back-up`; null if it is not one. */
function manualAt(href: string): string | null {
  const [file, part] = href.split('#');
  const path = MANUALS[file.replace(/\.md$/, '') as ManualName] as string | undefined;
  return path === undefined || !file.endsWith('.md') ? null : part === undefined ? path : `${path}#${part}`;
}

function toPage(token: Token): Token {
  const manual = token.type === 'link_open' ? manualAt(token.attrGet('href') ?? '') : null;
  if (manual !== null) token.attrSet('href', manual);
  if (token.type !== 'image') return token;
  token.attrSet('src', `/${token.attrGet('src')}`);
  token.attrSet('loading', 'lazy');
  return token;
}

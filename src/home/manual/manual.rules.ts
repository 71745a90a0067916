import { excerptOf, piecesOf, wordsOf } from '../search/hits.rules.js';
import type { TextPiece } from '../search/search.dto.js';
import type { Token } from './markdown.js';

/** A heading with the text below it, up to the next. */
export interface Section {
  /** 2 for a chapter, 3 for a part of it. */
  level: number;
  /** The id of its heading, as used by links in the text and on GitHub. */
  id: string;
  title: string;
  chapter: string;
  texts: string[];
}

export const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(/\s/g, '-');

/** The text of a paragraph, heading or cell without its marks. */
export const plainText = (token: Token): string =>
  (token.children ?? [])
    .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : type === 'image' ? '' : content))
    .join('');

/** The sections in order; text before the first chapter belongs to none. */
export function sectionsOf(tokens: readonly Token[]): Section[] {
  const sections: Section[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'inline') continue;
    const text = plainText(token);
    const opened = tokens[at - 1];
    if (opened?.type === 'heading_open' && opened.tag !== 'h1') {
      const level = Number(opened.tag.slice(1));
      const chapter = level === 2 ? text : (sections.at(-1)?.chapter ?? text);
      sections.push({ level, id: idOf(text), title: text, chapter, texts: [] });
    } else sections.at(-1)?.texts.push(text);
  }
  return sections;
}

interface FoundSection {
  id: string;
  chapter: string | null;
  titlePieces: TextPiece[];
  excerpt: TextPiece[];
}

/** The sections that contain all these words, those with one in the title first. */
export function findSections(sections: readonly Section[], asked: string): FoundSection[] {
  const wanted = wordsOf(asked);
  if (wanted.length === 0) return [];
  const inTitle = ({ title }: Section): number => wanted.filter((one) => has(wordsOf(title), one)).length;
  return sections
    .filter(({ title, texts }) => {
      const words = wordsOf([title, ...texts].join(' '));
      return wanted.every((one) => has(words, one));
    })
    .toSorted((a, b) => inTitle(b) - inTitle(a))
    .map(({ id, title, chapter, texts }) => ({
      id,
      chapter: chapter === title ? null : chapter,
      titlePieces: piecesOf(title, wanted),
      excerpt: excerptOf(texts, wanted),
    }));
}

const has = (words: readonly string[], beginning: string): boolean => words.some((word) => word.startsWith(beginning));

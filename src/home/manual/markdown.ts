import { createRequire } from 'node:module';

/** The parts of markdown-it used here. */
export interface Token {
  type: string;
  tag: string;
  content: string;
  children: Token[] | null;
  attrSet(name: string, value: string): void;
  attrGet(name: string): string | null;
}
interface Inline {
  src: string;
  pos: number;
  push(type: string, tag: string, nesting: number): Token;
}
interface MarkdownIt {
  parse(text: string, environment: object): Token[];
  renderer: { render(tokens: Token[], options: object, environment: object): string };
  options: object;
  inline: { ruler: { before(name: string, own: string, rule: (state: Inline, isSilent: boolean) => boolean): void } };
}

const KEY = /^<kbd>([^<>]{1,12})<\/kbd>/;

/** `<kbd>` is the only HTML that is let through; everything else in angle brackets is shown as typed. */
function keyOfKeyboard(state: Inline, isSilent: boolean): boolean {
  const found = KEY.exec(state.src.slice(state.pos, state.pos + 30));
  if (!found) return false;
  if (!isSilent) {
    state.push('kbd_open', 'kbd', 1);
    state.push('text', '', 0).content = found[1];
    state.push('kbd_close', 'kbd', -1);
  }
  state.pos += found[0].length;
  return true;
}

/** Loaded when the manual is requested, not at start. */
export function markdown(): MarkdownIt {
  const load = createRequire(import.meta.url)('markdown-it') as (options: object) => MarkdownIt;
  const reader = load({ html: false, linkify: false });
  reader.inline.ruler.before('html_inline', 'kbd', keyOfKeyboard);
  return reader;
}

/** Every `--name: value;` of a style sheet; the last one wins. */
export function tokensIn(css: string): Map<string, string> {
  const plain = css.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return new Map(
    [...plain.matchAll(/(?<![\w-])(--[\w-]+)\s*:\s*([^;{}]+)[;}]/g)].map(([, name, value]) => [name, value.trim()]),
  );
}

const USED = /var\(\s*(--[\w-]+)/g;

/** One `:root` rule with the tokens a style sheet uses, also indirectly: a whole theme is ten times bigger. */
export function usedTokens(theme: ReadonlyMap<string, string>, css: string): string {
  const found = new Map<string, string>();
  const visit = (text: string): void => {
    for (const [, name] of text.matchAll(USED)) {
      const value = theme.get(name);
      if (value === undefined || found.has(name)) continue;
      found.set(name, value);
      visit(value);
    }
  };
  visit(css);
  return `:root{${[...found].map(([name, value]) => `${name}:${value}`).join(';')}}\n`;
}

/**
 * A style sheet for mail and paper, where no theme applies: replaces each of our tokens by its own value, the fallback
 * after the comma where a theme can override it. Throws for an unknown token.
 */
export function plain(css: string, own: ReadonlyMap<string, string>): string {
  return css.replaceAll(/var\(\s*(--[\w-]+)\s*\)/g, (_, name: string) => {
    const value = own.get(name);
    if (value === undefined) throw new Error(`Unknown token ${name}.`);
    return /^var\([^,]+,\s*(.+)\)$/.exec(value)?.[1] ?? value;
  });
}

/** Strips comments (except licences) and superfluous white space. */
export function tightened(css: string): string {
  return css
    .replaceAll(/\/\*(?![\s\S]{0,40}@license)[\s\S]*?\*\//g, '')
    .replaceAll(/\n\s*/g, '\n')
    .replaceAll(/\n(?=[}{])|(?<=[{;}])\n/g, '')
    .replaceAll(/\n+/g, '\n');
}

import { type AtRule, type Container, parse } from 'postcss';

/** Tokens by name (`--wa-ink`): their values in the light theme, and those that differ in the dark theme. */
export interface Tokens {
  light: ReadonlyMap<string, string>;
  /** Null if there is no dark theme: the page stays light. */
  dark: ReadonlyMap<string, string> | null;
}

const DARK = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/;
const COMMENT = /\/\*[\s\S]*?\*\//g;

const isDark = (node: AtRule): boolean => node.name === 'media' && DARK.test(node.params);

/** Splits a style sheet into its light rules and what `prefers-color-scheme: dark` adds; null if it adds nothing. */
export function schemesIn(css: string): { light: string; dark: string | null } {
  const light = parse(css);
  const dark: string[] = [];
  light.walkAtRules((rule) => {
    if (!isDark(rule)) return;
    dark.push(...(rule.nodes ?? []).map(String));
    rule.remove();
  });
  return { light: String(light), dark: dark.length === 0 ? null : dark.join('') };
}

/**
 * Every `--name: value` of a style sheet, light and dark; the last one wins. Throws, naming `file`, if it is not CSS.
 */
export function tokensIn(css: string, file?: string): Tokens {
  const sheet = parse(css, { from: file });
  let dark: Map<string, string> | null = null;
  sheet.walkAtRules((rule) => {
    if (!isDark(rule)) return;
    dark = new Map([...(dark ?? []), ...declared(rule)]);
    rule.remove();
  });
  return { light: declared(sheet), dark };
}

function declared(part: Container): Map<string, string> {
  const found = new Map<string, string>();
  part.walkDecls(/^--/, ({ prop, value }) => void found.set(prop, value.replaceAll(COMMENT, '').trim()));
  return found;
}

/** Our tokens with those of a theme over them. A theme without dark colours stays light. */
export function themed(own: Tokens, theme: Tokens | null): Tokens {
  if (!theme) return own;
  const light = new Map([...own.light, ...theme.light]);
  return { light, dark: theme.dark && new Map([...(own.dark ?? []), ...theme.dark]) };
}

const USED = /var\(\s*(--[\w-]+)/g;

/**
 * `:root` rules with the tokens a style sheet uses, also indirectly: a whole theme is ten times bigger. Paper is light, also
 * from a dark screen.
 */
export function usedTokens({ light, dark }: Tokens, css: string): string {
  const found = new Set<string>();
  const visit = (text: string): void => {
    for (const [, name] of text.matchAll(USED)) {
      if (found.has(name)) continue;
      const values = [light.get(name), dark?.get(name)].filter((value) => value !== undefined);
      if (values.length > 0) found.add(name);
      values.forEach(visit);
    }
  };
  visit(css);
  const rule = (scheme: string, values: ReadonlyMap<string, string>): string => {
    const used = [...found].filter((name) => values.has(name)).map((name) => `${name}:${values.get(name)}`);
    return `:root{${[`color-scheme:${scheme}`, ...used].join(';')}}`;
  };
  return `${rule('light', light)}\n${dark ? `@media screen and (prefers-color-scheme:dark){${rule('dark', dark)}}\n` : ''}`;
}

const REFERENCE = /var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)/;
const DEEPEST = 20;

/** A value with every `var(…)` replaced by what it stands for. Throws for an unknown token without a fallback. */
export function resolved(value: string, tokens: ReadonlyMap<string, string>): string {
  let text = value;
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (!REFERENCE.test(text)) return text;
    text = text.replaceAll(new RegExp(REFERENCE, 'g'), (_, name: string, fallback?: string) => {
      const known = tokens.get(name) ?? fallback?.trim();
      if (known === undefined) throw new Error(`Unknown token ${name}.`);
      return known;
    });
  }
  throw new Error(`Tokens refer to each other in a circle: ${value}.`);
}

const byte = (value: number): string =>
  Math.round(Math.min(255, Math.max(0, value)))
    .toString(16)
    .padStart(2, '0');
const NUMBERS = /-?[\d.]+%?/g;

function hexOfHsl([hue, saturation, lightness]: readonly number[]): string {
  const spread = (saturation / 100) * Math.min(lightness / 100, 1 - lightness / 100);
  const channel = (offset: number): string => {
    const at = (offset + hue / 30) % 12;
    return byte(255 * (lightness / 100 - spread * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

/**
 * A colour as `#rrggbb`, the only form that PDF and Word accept; undefined for notations that are not supported here.
 */
export function hexOf(colour: string): string | undefined {
  const text = colour.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(text)) return text;
  if (/^#[0-9a-f]{3}$/.test(text)) return text.replaceAll(/[0-9a-f]/g, '$&$&');
  const numbers = (text.match(NUMBERS) ?? []).slice(0, 3).map((part) => Number.parseFloat(part));
  if (numbers.length < 3) return undefined;
  if (/^rgba?\([^%]*\)$/.test(text)) return `#${numbers.map(byte).join('')}`;
  if (/^hsla?\([^a-z]*(deg)?[^a-z]*\)$/.test(text)) return hexOfHsl(numbers);
  return undefined;
}

/**
 * A style sheet for mails, which do not support custom properties: each is replaced by its value, in the dark part by
 * its dark value.
 */
export function plain(css: string, { light, dark }: Tokens): string {
  const parts = schemesIn(css);
  const day = resolved(parts.light, light);
  if (!dark || parts.dark === null) return day;
  const night = resolved(parts.dark, new Map([...light, ...dark]));
  return `${day}\n@media (prefers-color-scheme: dark) {${night}}\n`;
}

/** Strips comments (except licences) and superfluous white space. */
export function tightened(css: string): string {
  return css
    .replaceAll(/\/\*(?![\s\S]{0,40}@license)[\s\S]*?\*\//g, '')
    .replaceAll(/\n\s*/g, '\n')
    .replaceAll(/\n(?=[}{])|(?<=[{;}])\n/g, '')
    .replaceAll(/\n+/g, '\n');
}

import { describe, expect, it } from '@jest/globals';
import {
  hexOf,
  plain,
  resolved,
  schemesIn,
  themed,
  tokensIn,
  usedTokens,
} from '../../src/platform/rendering/theme.rules.js';

const OWN = tokensIn(`:root { --accent: #17598a; --link: var(--accent); --unused: 1px; }
@media (prefers-color-scheme: dark) { :root { --accent: #8fc4ee; } }`);
const GREEN = ':root { --accent: #0a5c36; }';

describe('a theme', () => {
  it('has its dark part apart, wherever it stands', () => {
    const css = 'a{b:c}@media screen and (prefers-color-scheme:dark){:root{--x:1}p{q:r}}d{e:f}';
    expect(schemesIn(css)).toEqual({ light: 'a{b:c}d{e:f}', dark: ':root{--x:1}p{q:r}' });
    expect(schemesIn('a{b:c}')).toEqual({ light: 'a{b:c}', dark: null });
  });

  it('is read as CSS: strings, comments and rules within rules mislead nobody', () => {
    const css = `:root { --quote: "}"; --x: 1px /* was 2px; --y: 3px */; a[title="{"] { --z: 3 }
      @media (prefers-color-scheme: dark) { --quote: "{"; --x: 4px } }
      /* @media (prefers-color-scheme: dark) { --x: 9px } */ p { --last: url(data:image/png;base64,AA==) }`;
    const { light, dark } = tokensIn(css);
    expect([...light]).toEqual([
      ['--quote', '"}"'],
      ['--x', '1px'],
      ['--z', '3'],
      ['--last', 'url(data:image/png;base64,AA==)'],
    ]);
    expect([...dark!]).toEqual([
      ['--quote', '"{"'],
      ['--x', '4px'],
    ]);
    expect(() => tokensIn('\n:root { --x: 1px', 'huisstijl.css')).toThrow(/huisstijl\.css:2:1: Unclosed block/);
  });

  it('without dark colours stays light', () => {
    expect(themed(OWN, tokensIn(GREEN)).dark).toBeNull();
    expect(usedTokens(themed(OWN, tokensIn(GREEN)), 'a{color:var(--link)}')).toBe(
      ':root{color-scheme:light;--link:var(--accent);--accent:#0a5c36}\n',
    );
  });

  it('with dark colours replaces ours by day and in the dark', () => {
    const both = themed(OWN, tokensIn(`${GREEN} @media (prefers-color-scheme: dark) { :root { --ink: #fff; } }`));
    expect(usedTokens(both, 'a{color:var(--link)}')).toBe(
      ':root{color-scheme:light;--link:var(--accent);--accent:#0a5c36}\n' +
        '@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--accent:#8fc4ee}}\n',
    );
  });

  it('is written out in mails, which know no tokens', () => {
    const css = 'a{color:var(--link)}@media (prefers-color-scheme: dark){a{color:var(--link)}}';
    expect(plain(css, OWN)).toBe('a{color:#17598a}\n@media (prefers-color-scheme: dark) {a{color:#8fc4ee}}\n');
    expect(plain(css, themed(OWN, tokensIn(GREEN)))).toBe('a{color:#0a5c36}');
  });
});

describe('a token', () => {
  it('stands for what it refers to, or for its fallback', () => {
    expect(resolved('1px solid var(--link)', OWN.light)).toBe('1px solid #17598a');
    expect(resolved('var(--none, rgb(1, 2, 3))', OWN.light)).toBe('rgb(1, 2, 3)');
    expect(() => resolved('var(--none)', OWN.light)).toThrow('Unknown token --none.');
    expect(() => resolved('var(--a)', new Map([['--a', 'var(--a)']]))).toThrow('in a circle');
  });

  it.each([
    ['#0a5c36', '#0a5c36'],
    ['#ABC', '#aabbcc'],
    ['rgb(10, 92, 54)', '#0a5c36'],
    ['rgb(10 92 54 / 0.5)', '#0a5c36'],
    ['hsl(0, 100%, 50%)', '#ff0000'],
    ['hsl(152deg 80% 20%)', '#0a5c36'],
    ['oklch(0.4 0.1 150)', undefined],
    ['rebeccapurple', undefined],
  ])('%s is %s on paper', (colour, hex) => {
    expect(hexOf(colour)).toBe(hex);
  });
});

import { describe, expect, it } from '@jest/globals';
import { turnOf } from '../../src/minutes/dispatch/turns.rules.js';

describe('what changed in a text', () => {
  it.each([
    ['loopt', 'gereed', 'was “loopt”, wordt “gereed”'],
    [null, 'De lamp blijft aan.', 'was nog leeg, wordt “De lamp blijft aan.”'],
    ['  ', 'De lamp blijft aan.', 'was nog leeg, wordt “De lamp blijft aan.”'],
    ['De lamp blijft aan.', null, 'was “De lamp blijft aan.”, is weggehaald'],
    [
      'Eerste regel.\n\nTweede.',
      'Eerste regel.\n\nDerde.',
      'was “Eerste regel. Tweede.”, wordt “Eerste regel. Derde.”',
    ],
  ])('says of %j and %j: %s', (was, is, words) => {
    expect(turnOf(was, is)).toBe(words);
  });

  it('shows of a long text only the passage that changed, in whole words', () => {
    const before = 'De wijkagent vertelt over de avonden bij de skatebaan en over wie er komen. ';
    const after = ' Daarna spreekt de dorpsraad over de prullenbakken en de verlichting van het pad.';
    expect(turnOf(`${before}Het gaat om tien jongeren.${after}`, `${before}Het gaat om vier jongeren.${after}`)).toBe(
      'was “… skatebaan en over wie er komen. Het gaat om tien jongeren. Daarna spreekt de dorpsraad over …”, ' +
        'wordt “… skatebaan en over wie er komen. Het gaat om vier jongeren. Daarna spreekt de dorpsraad over …”',
    );
  });

  it('cuts a passage that is long itself, between two words', () => {
    const words = turnOf('kort', `Het besluit is ${'heel '.repeat(100)}lang.`);
    expect(words.length).toBeLessThan(340);
    expect(words).toMatch(/ heel …”$/);
  });
});

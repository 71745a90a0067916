import { describe, expect, it } from '@jest/globals';
import { withTyped } from '../../src/web/filled-forms.rules.js';

const form = (fields: string, action = '/a') => `<form method="post" action="${action}">${fields}</form>`;
const filled = (fields: string, typed: Record<string, string | string[]>) =>
  withTyped(form(fields), '/a', typed)?.replace(/^<form[^>]*>|<\/form>$/g, '');

describe('a form that is filled in again', () => {
  it.each([
    ['<input type="text" name="n" value="oud">', { n: 'nieuw' }, '<input type="text" name="n" value="nieuw">'],
    [
      '<input name="n" required>',
      { n: '$& "x" <b>' },
      '<input name="n" required value="$&amp; &quot;x&quot; &lt;b&gt;">',
    ],
    ['<input name="n" value="x">', { n: '' }, '<input name="n" value="">'],
    ['<input name="n" value="x">', {}, '<input name="n" value="x">'],
    ['<input name="n"><input name="n">', { n: ['1', '2'] }, '<input name="n" value="1"><input name="n" value="2">'],
    ['<input type="checkbox" name="n" value="ja" checked>', {}, '<input type="checkbox" name="n" value="ja">'],
    ['<input type="radio" name="n" value="b">', { n: 'b' }, '<input type="radio" name="n" value="b" checked>'],
    ['<input type="hidden" name="_csrf" value="c">', { _csrf: 'd' }, '<input type="hidden" name="_csrf" value="c">'],
    [
      '<input type="hidden" name="version" value="2">',
      { version: '1' },
      '<input type="hidden" name="version" value="1">',
    ],
    ['<input type="file" name="n">', { n: 'x' }, '<input type="file" name="n">'],
    [
      '<textarea name="n">oud</textarea>',
      { n: '\nx</textarea>' },
      '<textarea name="n">\n\nx&lt;/textarea&gt;</textarea>',
    ],
    [
      '<select name="n"><option value="a" selected>A</option><option>B &amp; C</option></select>',
      { n: 'B & C' },
      '<select name="n"><option value="a">A</option><option selected>B &amp; C</option></select>',
    ],
    [
      '<select name="n"><option value="a">A</option><option value="b">B</option></select>'.repeat(2),
      { n: ['b', 'a'] },
      '<select name="n"><option value="a">A</option><option value="b" selected>B</option></select>' +
        '<select name="n"><option value="a" selected>A</option><option value="b">B</option></select>',
    ],
    [
      '<details class="x"><input name="n"></details>',
      { n: '1' },
      '<details open class="x"><input name="n" value="1"></details>',
    ],
  ])('%s with %j', (fields, typed, expected) => {
    expect(filled(fields, typed)).toBe(expected);
  });
});

describe('the form of a page', () => {
  const two = (one: string, other: string) =>
    form(`<input type="hidden" name="id" value="${one}"><input name="n">`) +
    form(`<input type="hidden" name="id" value="${other}"><input name="n">`);

  it('is the one with the same hidden fields', () => {
    const [first, second] = withTyped(two('1', '2'), '/a', { id: '2', n: 'x' })!.split('</form>');
    expect([first.includes('value="x"'), second.includes('value="x"')]).toEqual([false, true]);
  });

  it('is unfolded', () => {
    const page = `<details><p></p></details><details class="f"><summary>S</summary>${form('<input name="n">')}</details>`;
    expect(withTyped(page, '/a', { n: 'x' })).toMatch(/^<details><p><\/p><\/details><details open class="f">/);
  });

  it('may post to an address with a query, or by a button of its own', () => {
    expect(withTyped(form('<input name="n">', '/a?b&#x3D;c&amp;d'), '/a?b=c&d', {})).toBeDefined();
    expect(withTyped(form('<button formaction="/b">', '/a'), '/b', {})).toBeDefined();
  });

  it('is not there when nothing posts to that address', () => {
    expect(withTyped(form('<input name="n">', '/other'), '/a', { n: 'x' })).toBeUndefined();
    expect(withTyped('<form method="get" action="/a"><input name="n"></form>', '/a', { n: 'x' })).toBeUndefined();
  });
});

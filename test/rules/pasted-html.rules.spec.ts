import { expect, it } from '@jest/globals';
import { rowsOfHtml } from '../../src/actions/import/pasted-html.rules.js';

it.each([
  [
    '<table><tr><th>Actie<td>Wie</tr><tr><td>a<td>b</table>',
    [
      ['Actie', 'Wie'],
      ['a', 'b'],
    ],
  ],
  ['<p>Hoi</p><table><TR><TD class="x">a&nbsp;&#233;&#xe9;</TD></TR></table><table><tr><td>z</table>', [['a éé']]],
  ['<table><tr><td>a <b>b</b><br>c</td><td></td></tr></table>', [['a b c', '']]],
])('reads %s', (text, cells) => expect(rowsOfHtml(text)?.map((row) => row.cells)).toEqual(cells));

it.each(['actie;wie\nx;y', 'actie\twie\n<tr>\tb', '<!-- x -->', '<b>actie</b>;wie'])('%j is no table of HTML', (text) =>
  expect(rowsOfHtml(text)).toBeUndefined(),
);

it('reads half a megabyte of anything in no time', () => {
  for (const text of [
    '<table><tr>' + '<td '.repeat(120_000),
    '<p>' + '<tr'.repeat(160_000),
    '<table><tr><td>' + '<'.repeat(500_000),
  ])
    expect(rowsOfHtml(text)?.length ?? 0).toBeLessThan(10);
});

import { expect, it } from '@jest/globals';
import { resultBlocks } from '../../src/reviews/documents/review-results.rules.js';

const line = {
  result: 'De bankjes staan er.',
  number: null,
  title: 'Bankjes',
  organisation: null,
  doneOn: '2026-10-19',
};
const notesOf = (lines: object[], total: number) =>
  resultBlocks({ results: { large: { total: 0, lines: [] }, small: { total, lines } } } as never, 5)
    .filter(({ kind }) => kind === 'note')
    .map((block) => 'text' in block && block.text);

it('says how many results there are besides those that are named', () => {
  expect(notesOf([line], 3)).toEqual(['En nog 2 resultaten.']);
  expect(notesOf([line], 1)).toEqual([]);
});

it('does not say "en nog" when none may be named', () => {
  expect(notesOf([], 2)).toEqual(['2 resultaten, niet openbaar en daarom hier niet genoemd.']);
});

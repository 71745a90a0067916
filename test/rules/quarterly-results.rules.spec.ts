import { describe, expect, it } from '@jest/globals';
import { linesIn, quarterOptions, toQuarterPage } from '../../src/wijkagenda/quarterly-results/quarterly-form.rules.js';
import {
  lineErrors,
  linesToBeginWith,
  quarterToDraft,
  toldLines,
} from '../../src/wijkagenda/quarterly-results/quarterly-results.rules.js';

describe('the quarter of which a draft is due', () => {
  it.each([
    ['2026-01-07', '2025-3'],
    ['2026-01-08', '2025-4'],
    ['2026-04-07', '2025-4'],
    ['2026-04-08', '2026-1'],
    ['2026-12-31', '2026-3'],
  ])('is on %s %s', (today, due) => {
    const { year, quarter } = quarterToDraft(today);
    expect(`${year}-${quarter}`).toBe(due);
  });
});

it('offers two years of quarters, the newest first', () => {
  const offered = quarterOptions({ year: 2026, quarter: 2 }).map(({ value }) => value);
  expect(offered).toEqual(['2026-2', '2026-1', '2025-4', '2025-3', '2025-2', '2025-1', '2024-4', '2024-3']);
});

describe('the lines of a quarter', () => {
  const line = (number: string, isStruck = false) => ({ number, text: number, isStruck });
  const before = [line('BOS-1'), line('BOS-2')];

  it.each([
    ['may be reordered', ['BOS-2', 'BOS-1'], 0],
    ['may not be lost', ['BOS-1'], 1],
    ['may not be repeated', ['BOS-1', 'BOS-1'], 1],
    ['may not be repeated beside all of them', ['BOS-1', 'BOS-2', 'BOS-2'], 1],
    ['may not be replaced by others', ['BOS-1', 'BOS-3'], 1],
  ])('%s', (_, given, errors) => {
    expect(
      lineErrors(
        before,
        given.map((number) => line(number)),
      ),
    ).toHaveLength(errors);
  });

  it('begin with the large results, in public words where there are any', () => {
    const result = (number: string, size: 'small' | 'large') => ({ number, title: 'Wat', result: 'Klaar', size });
    const results = [result('BOS-1', 'small'), result('BOS-2', 'large')] as never;
    expect(linesToBeginWith(results, new Map([['BOS-1', 'In het openbaar']])).map(({ text }) => text)).toEqual([
      'Wat: Klaar',
      'In het openbaar: Klaar',
    ]);
  });

  it('are told unless struck or not to be told', () => {
    const lines = [...before, line('BOS-3', true)];
    expect(toldLines(lines, (number) => number !== 'BOS-2')).toEqual([line('BOS-1')]);
  });
});

describe('lines as they were posted', () => {
  const before = [
    { number: 'BOS-1', text: 'Eerst', isStruck: false },
    { number: 'BOS-2', text: 'Daarna', isStruck: false },
    { number: 'BOS-3', text: 'Dan', isStruck: false },
  ];
  const posted = (changes: Record<string, string>) =>
    Object.assign({}, ...before.map(({ number, text }, at) => fields(at + 1, number, text)), changes);
  const fields = (at: number, number: string, text: string) => ({
    [`number-${at}`]: number,
    [`text-${at}`]: text,
    [`place-${at}`]: String(at),
  });

  it('keep their order when nothing was changed', () => {
    expect(linesIn(posted({}), before)).toEqual(before);
  });

  it('go where their number says; one without a number keeps its place', () => {
    const moved = linesIn(posted({ 'place-1': '9', 'place-2': '', 'place-3': 'x' }), before);
    expect(moved.map(({ number }) => number)).toEqual(['BOS-2', 'BOS-3', 'BOS-1']);
  });

  it('are struck when they were emptied, and keep the text they had', () => {
    const [first, second] = linesIn(posted({ 'text-1': '', 'struck-2': 'ja' }), before);
    expect([first, second]).toEqual([
      { number: 'BOS-1', text: 'Eerst', isStruck: true },
      { number: 'BOS-2', text: 'Daarna', isStruck: true },
    ]);
  });

  describe('and rejected', () => {
    const result = { year: 2026, quarter: 2, state: 'draft', introduction: 'Zoals bewaard', lines: before } as never;
    const may = { mayWrite: true, asked: [], leftOut: [] };
    const problem = { byField: {} } as never;

    it('are shown again as they were typed, with the introduction', () => {
      const typed = posted({ 'text-2': 'Zoals getypt', introduction: 'Ook getypt' });
      const { lines, fields: shown } = toQuarterPage(result, may, { fields: typed, problem });
      expect(lines.map(({ text }) => text)).toEqual(['Eerst', 'Zoals getypt', 'Dan']);
      expect(shown).toMatchObject([{ value: 'Ook getypt' }]);
    });

    it('are shown as they were stored if another form of the page was rejected', () => {
      const { lines, fields: shown } = toQuarterPage(result, may, { fields: { email: 'x' }, problem });
      expect(lines.map(({ text }) => text)).toEqual(['Eerst', 'Daarna', 'Dan']);
      expect(shown).toMatchObject([{ value: 'Zoals bewaard' }]);
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { ratingOf, toRatingForm } from '../../src/reviews/ratings/rating-form.rules.js';
import { type GivenRating, meanMark, resultsOf } from '../../src/reviews/ratings/ratings.rules.js';
import { fieldsOf } from '../../src/web/forms.js';

const given = (kind: string, mark: number, fields: Partial<GivenRating> = {}): GivenRating => ({
  kind,
  mark,
  speaksAsOne: 'yes',
  keptAgreements: 'no',
  wentWell: null,
  canBeBetter: null,
  ...fields,
});

describe('the mean of marks', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[7, 8], 7.5],
    [[7, 7, 8], 7.3],
    [[6, 7, 7], 6.7],
    [[7, 7, 7, 8], 7.3],
    [[1, 10, 10, 10], 7.8],
  ])('of %j is %p: one decimal, half up', (marks, mean) => {
    expect(meanMark(marks)).toBe(mean);
  });
});

describe('the results of a round', () => {
  it('say nothing of no, one or two answers', () => {
    for (const answers of [[], [given('police', 9)], [given('police', 9), given('police', 8)]]) {
      const wentWell = answers.map((one) => ({ ...one, wentWell: 'Kort lijntje' }));
      expect(resultsOf(wentWell)).toEqual({ total: null, kinds: [], wentWell: [], canBeBetter: [] });
    }
  });

  it('count from three answers on', () => {
    const answers = [given('police', 6), given('housing', 7, { speaksAsOne: 'partly' }), given('welfare', 9)];
    expect(resultsOf(answers)).toMatchObject({
      total: {
        answered: 3,
        mark: 7.3,
        speaksAsOne: { yes: 2, partly: 1, no: 0 },
        keptAgreements: { yes: 0, partly: 0, no: 3 },
      },
      kinds: [],
    });
  });

  it('show a kind of three, and not when the rest could be found by subtracting', () => {
    const three = ['a', 'b', 'c'].map(() => given('police', 8));
    const kinds = (answers: GivenRating[]) => resultsOf(answers).kinds.map(({ kind, answered }) => [kind, answered]);
    expect(kinds(three)).toEqual([['police', 3]]);
    expect(kinds([...three, given('welfare', 1)])).toEqual([]);
    expect(kinds([...three, given('welfare', 1), given('housing', 2), given('housing', 3)])).toEqual([['police', 3]]);
  });

  it('tell texts in alphabetical order, whoever wrote them first', () => {
    const texts = ['Zo door', 'Goed', 'alles'];
    const answers = texts.map((canBeBetter) => given('police', 7, { canBeBetter }));
    expect(resultsOf(answers).canBeBetter).toEqual(['alles', 'Goed', 'Zo door']);
  });
});

describe('the form', () => {
  const good = { mark: '8', speaksAsOne: 'yes', keptAgreements: 'partly' };
  it('is a rating when the mark and both questions are answered', () => {
    expect(ratingOf(toRatingForm(fieldsOf({ ...good, wentWell: ' Kort\r\nlijntje ', canBeBetter: '' })))).toEqual({
      rating: expect.objectContaining({ ...good, mark: 8, wentWell: 'Kort\nlijntje' }),
    });
  });

  it.each([
    ['nothing', {}, 3],
    ['no form', null, 3],
    ['a mark of 0', { ...good, mark: '0' }, 1],
    ['a mark of 11', { ...good, mark: '11' }, 1],
    ['half a mark', { ...good, mark: '7.5' }, 1],
    ['another answer', { ...good, speaksAsOne: 'misschien' }, 1],
    ['a list', { ...good, keptAgreements: ['yes'] }, 1],
    ['too long a text', { ...good, wentWell: 'x'.repeat(2001) }, 1],
  ])('with %s names what is missing', (_, body, count) => {
    const result = ratingOf(toRatingForm(fieldsOf(body)));
    expect('problem' in result && result.problem.summary).toHaveLength(count);
  });
});

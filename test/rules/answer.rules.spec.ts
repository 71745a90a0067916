import { describe, expect, it } from '@jest/globals';
import { changeOf, toAnswerForm } from '../../src/answers/answer.rules.js';

const form = (fields: object) => ({ actionId: 'a', status: '', line: '', dueOn: '', ...fields });

describe('an answer from the page', () => {
  it.each([
    ['loopt', { status: 'in_progress' }, { status: 'in_progress' }],
    ['loopt, met een regel', { status: 'in_progress', line: 'Bijna' }, { status: 'in_progress', comment: 'Bijna' }],
    ['alleen een regel', { line: 'Volgt' }, { comment: 'Volgt' }],
    ['gereed', { status: 'done' }, { status: 'done', realisation: 'full' }],
    ['deels', { status: 'partly', line: 'Half' }, { status: 'done', realisation: 'partial', result: 'Half' }],
    ['stokt', { status: 'blocked', line: 'Geen geld' }, { status: 'blocked', reason: 'Geen geld' }],
    ['vervalt', { status: 'cancelled', line: 'Dubbel' }, { status: 'cancelled', reason: 'Dubbel' }],
    ['niet voor ons', { status: 'not_ours', line: 'Is van BOR' }, { handBack: true, reason: 'Is van BOR' }],
    ['later', { dueOn: '2026-07-01', line: 'Vakantie' }, { dueOn: '2026-07-01', reason: 'Vakantie' }],
    [
      'loopt, later',
      { status: 'in_progress', dueOn: '2026-07-01', line: 'Vakantie' },
      { status: 'in_progress', dueOn: '2026-07-01', reason: 'Vakantie' },
    ],
  ])('%s', (_, fields, change) => {
    expect(changeOf(form(fields))).toEqual({ change });
  });

  it.each([
    ['nothing at all', {}],
    ['a status nobody knows', { status: 'open' }],
    ['blocked without why', { status: 'blocked' }],
    ['handing back without why', { status: 'not_ours' }],
    ['a later date without why', { dueOn: '2026-07-01' }],
    ['a day that does not exist', { dueOn: '2026-02-30', line: 'x' }],
    ['done and a later date', { status: 'done', dueOn: '2026-07-01', line: 'x' }],
    ['only control characters', { status: 'blocked', line: '\u0000\u0007' }],
    ['too long a text', { line: 'x'.repeat(2001) }],
  ])('is refused with %s', (_, fields) => {
    expect(changeOf(form(fields))).toHaveProperty('problem');
  });

  it('takes nothing but text from a form', () => {
    const empty = { actionId: '', status: '', line: '', dueOn: '' };
    for (const body of [undefined, null, 'x', { action: ['a', 'b'], status: {}, line: 3 }])
      expect(toAnswerForm(body)).toEqual(empty);
    expect(toAnswerForm({ action: 'ABC', status: ' done ', line: ' Klaar ' })).toEqual({
      ...empty,
      actionId: 'abc',
      status: 'done',
      line: 'Klaar',
    });
  });
});

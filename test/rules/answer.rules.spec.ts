import { describe, expect, it } from '@jest/globals';
import { changeOf, toAnswers } from '../../src/actions/mail-answers/answer.rules.js';
import { fieldsOf } from '../../src/web/forms.js';

const form = (fields: object) => ({ actionId: 'a', status: '', line: '', dueOn: '', ...fields });
const asked = (fields: object) => changeOf(form(fields), '2026-06-02', '2026-06-10');

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
    expect(asked(fields)).toEqual({ change });
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
    ['half a character', { line: '\ud800' }],
    ['a day that is past', { dueOn: '2026-06-01', line: 'x' }],
    ['a day that is no later than agreed', { dueOn: '2026-06-10', line: 'x' }],
  ])('is refused with %s', (_, fields) => {
    expect(asked(fields)).toHaveProperty('problem');
  });

  it('is of the actions of the mail of which something was filled in, and of no other', () => {
    const body = { 'status-a': ' done ', 'line-a': ' Klaar ', 'status-b': '', 'line-b': ' ', 'status-c': 'done' };
    expect(toAnswers(fieldsOf(body), ['a', 'b'])).toEqual([
      { actionId: 'a', status: 'done', line: 'Klaar', dueOn: '' },
    ]);
  });

  it('takes nothing but text from a form', () => {
    for (const body of [undefined, null, 'x', { 'status-a': ['x', 'y'], 'line-a': 3, 'due-a': {} }])
      expect(toAnswers(fieldsOf(body), ['a', '__proto__'])).toEqual([]);
  });

  it('can give an undated action its first date', () => {
    const change = { dueOn: '2026-06-05', reason: 'x' };
    expect(changeOf(form({ dueOn: '2026-06-05', line: 'x' }), '2026-06-02', null)).toEqual({ change });
  });
});

import { HttpException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { laterDates } from '../../src/actions/pages/later-dates.rules.js';
import { toAnswers } from '../../src/actions/mail-answers/answer-page.rules.js';
import {
  ALONE,
  AMONG_MANY,
  MEETING,
  standingForm,
  toReopening,
  toUpdate,
} from '../../src/actions/pages/standing.rules.js';
import { fieldsOf } from '../../src/web/forms.js';
import type { FieldError } from '../../src/platform/common/problems.js';

const day = '2026-07-01';
const said = (fields: Record<string, string>, place = AMONG_MANY) => ({ ...toUpdate(fields, place) });
const wrongIn = (fields: Record<string, string>, place = AMONG_MANY) => {
  try {
    toUpdate(fields, place);
    return [];
  } catch (error) {
    const { errors } = (error as HttpException).getResponse() as { errors: FieldError[] };
    return errors.map(({ field }) => field);
  }
};

describe('how an action stands, as it is said on a form', () => {
  it.each([
    ['loopt', { status: 'in_progress' }, { status: 'in_progress' }],
    ['loopt, met een regel', { status: 'in_progress', line: 'Bijna' }, { status: 'in_progress', comment: 'Bijna' }],
    ['gereed', { status: 'done' }, { status: 'done', realisation: 'full' }],
    ['deels', { status: 'partly', line: 'Half' }, { status: 'done', realisation: 'partial', result: 'Half' }],
    ['stokt', { status: 'blocked', line: 'Geen geld' }, { status: 'blocked', reason: 'Geen geld' }],
    ['wacht', { status: 'on_hold', line: 'Winter', day }, { status: 'on_hold', reason: 'Winter', resumeOn: day }],
    ['vervalt', { status: 'cancelled', line: 'Dubbel' }, { status: 'cancelled', reason: 'Dubbel' }],
    ['niet voor ons', { status: 'not_ours', line: 'Is van BOR' }, { handBack: true, reason: 'Is van BOR' }],
    ['later klaar', { status: 'later', day, line: 'Vakantie' }, { laterDueOn: day, reason: 'Vakantie' }],
    [
      'loopt, later',
      { status: 'in_progress', day, line: 'Vakantie' },
      { status: 'in_progress', laterDueOn: day, reason: 'Vakantie' },
    ],
  ])('%s is the same on every form', (_, fields, update) => {
    expect(said(fields)).toEqual(update);
    expect(said(fields, ALONE)).toEqual(update);
  });

  it.each([
    ['a line alone', { line: 'Volgt' }, { comment: 'Volgt' }],
    ['a day alone', { day, line: 'Vakantie' }, { laterDueOn: day, reason: 'Vakantie' }],
  ])('takes %s of an action among many, and asks for a choice about one', (_, fields, update) => {
    expect(said(fields)).toEqual(update);
    expect(wrongIn(fields, ALONE)).toEqual(['status']);
  });

  it.each([
    ['a status nobody knows', { status: 'weg' }, ['status']],
    ['a status that is no answer', { status: 'open' }, ['status']],
    ['a later date without a date', { status: 'later', line: 'x' }, ['laterDueOn']],
    ['a later date without date and reason, both at once', { status: 'later' }, ['laterDueOn', 'reason']],
    ['a day that does not exist', { day: '2026-02-30', line: 'x' }, ['laterDueOn']],
    ['only control characters', { status: 'blocked', line: '\u0000\u0007' }, ['reason']],
    ['too long a text', { status: 'blocked', line: 'x'.repeat(2001) }, ['reason']],
    ['half a character', { line: '\ud800' }, ['comment']],
  ])('is refused with %s', (_, fields, wrong) => expect(wrongIn(fields)).toEqual(wrong));

  it('loses no day that does not go with the answer: the API refuses it', () => {
    expect(said({ status: 'done', day })).toMatchObject({ laterDueOn: day });
    expect(said({ status: 'not_ours', day, line: 'x' })).toMatchObject({ laterDueOn: day });
  });

  it('moves a date in either direction at the table, where a line is the note of the discussion', () => {
    expect(said({ status: 'move', day, line: 'Eerder' }, MEETING)).toEqual({ dueOn: day, reason: 'Eerder' });
    expect(said({ status: 'in_progress', line: 'Bijna' }, MEETING)).toEqual({ status: 'in_progress' });
    expect(wrongIn({ status: 'move' }, MEETING)).toEqual(['dueOn']);
    expect(wrongIn({ status: 'later', day }, MEETING)).toEqual(['status']);
  });

  it.each([
    ['in_progress', 'in_progress'],
    ['blocked', 'blocked'],
    ['on_hold', 'open'],
    ['cancelled', 'open'],
    ['weg', 'open'],
  ])('undoes what was %s as %s', (was, status) => expect(toReopening(was)).toMatchObject({ status }));
});

describe('the form', () => {
  it('chooses nothing for one action, and no change among many', () => {
    const chosen = (place: typeof ALONE) => standingForm('a', place).choices.filter(({ isChosen }) => isChosen);
    expect(chosen(ALONE)).toEqual([]);
    expect(chosen(AMONG_MANY)).toMatchObject([{ value: '', label: 'Geen wijziging' }]);
  });

  it('says beside which input something is wrong', () => {
    const problem = { status: 400, summary: [], byField: { reason: 'Waarom?', resumeOn: 'Tot wanneer?' } };
    const { errors, line, choices } = standingForm('a', ALONE, { fields: { status: 'on_hold', line: 'x' }, problem });
    expect([errors, line]).toEqual([{ line: 'Waarom?', day: 'Tot wanneer?' }, 'x']);
    expect(choices.filter(({ isChosen }) => isChosen)).toMatchObject([{ value: 'on_hold' }]);
  });
});

describe('"loopt" for an action that is late', () => {
  const values = (today: string, next: string | null) => laterDates(today, next).map(({ value }) => value);
  it.each([
    ['2026-11-28', '2026-12-08', ['next_session', '2026-12-12', '2026-12-31', 'unknown']],
    ['2026-11-23', null, ['2026-12-07', '2026-11-30', 'unknown']],
    ['2026-11-24', null, ['2026-12-08', '2026-12-31', 'unknown']],
    ['2028-02-15', null, ['2028-02-29', 'unknown']],
  ])('asks on %s, with the next session on %s, by when', (today, next, expected) => {
    expect(values(today, next)).toEqual(expected);
  });

  it('asks for more time until the day that was chosen, with what was written as the reason', () => {
    const asked = (fields: object) => toUpdate({ status: 'in_progress', ...fields }, AMONG_MANY);
    const more = { status: 'in_progress', reason: 'Meer tijd nodig.' };
    expect(asked({ when: '2026-12-12' })).toMatchObject({ ...more, laterDueOn: '2026-12-12' });
    expect(asked({ when: 'next_session' })).toMatchObject({ ...more, dueKind: 'next_session' });
    expect(asked({ when: '2026-12-12', line: 'Vakantie' })).toMatchObject({ reason: 'Vakantie' });
    expect(asked({ when: '2026-12-12', day: '2026-12-20', line: 'x' })).toMatchObject({ laterDueOn: '2026-12-20' });
    expect(asked({ when: 'unknown', line: 'Bijna' })).toEqual(
      expect.not.objectContaining({ laterDueOn: expect.anything() }),
    );
    expect(() => asked({ when: 'morgen' })).toThrow();
    // The date belongs to "loopt": switching to another answer does not postpone the action as well.
    expect(toUpdate({ status: 'done', when: '2026-12-12' }, AMONG_MANY)).not.toHaveProperty('laterDueOn');
  });
});

describe('the answers of a mail', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => `019300a0-0000-7000-8000-00000000000${letter}`);

  it('are of its actions of which something was filled in, and of no other', () => {
    const body = { [`status-${a}`]: ' done ', [`line-${a}`]: ' Klaar ', [`line-${b}`]: ' ', [`status-${c}`]: 'done' };
    expect(toAnswers(fieldsOf(body), [a, b])).toEqual([
      { id: a, version: 0, fields: { status: 'done', line: 'Klaar' } },
    ]);
  });

  it('are nothing but text', () => {
    for (const body of [undefined, null, 'x', { [`status-${a}`]: ['x', 'y'], [`line-${a}`]: 3, [`day-${a}`]: {} }])
      expect(toAnswers(fieldsOf(body), [a, '__proto__'])).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { applyChange, changeViolations } from '../../src/actions/actions.rules.js';
import type { ActionState, Change } from '../../src/actions/history/action-update.entity.js';
import {
  dueKindViolations,
  defaultCheckOn,
  filledIn,
  followedDueOn,
  isAtOrigin,
  isCheckAnswered,
  laterViolations,
  nextSessionOn,
  type Planned,
} from '../../src/actions/deadlines.rules.js';
import { actionState } from '../support/action-state.js';

const LATER = { effectiveOn: '2026-06-02', isAtOrigin: false };
const AT_ORIGIN = { effectiveOn: '2026-05-01', isAtOrigin: true };
const UNDATED = actionState({ dueKind: 'asap', dueOn: null, originalDueOn: null, checkOn: '2026-06-09' });
const NONE = actionState({ dueKind: null, dueOn: null, originalDueOn: null });
const HELD = actionState({ status: 'on_hold', statusReason: 'winter', resumeOn: '2026-07-01', postponements: 1 });

describe('postponement', () => {
  it.each<[string, ActionState, Change, number, boolean]>([
    ['to a later date', actionState(), { dueKind: 'date', dueOn: '2026-06-17' }, 1, true],
    ['to the same date', actionState(), { dueKind: 'date', dueOn: '2026-06-16' }, 0, false],
    ['to an earlier date', actionState(), { dueKind: 'date', dueOn: '2026-06-15' }, 0, false],
    ['from a date to no date', actionState(), { dueKind: 'asap' }, 1, true],
    ['from a date to going on', actionState(), { dueKind: 'ongoing' }, 1, true],
    ['from a date to a later session', actionState(), { dueKind: 'next_session', dueOn: '2026-06-30' }, 1, true],
    ['from a date to an earlier session', actionState(), { dueKind: 'next_session', dueOn: '2026-06-10' }, 0, false],
    ['from a date to a session not planned yet', actionState(), { dueKind: 'next_session' }, 1, true],
    ['a first date', UNDATED, { dueKind: 'date', dueOn: '2026-09-01' }, 0, false],
    ['a first deadline', NONE, { dueKind: 'date', dueOn: '2026-09-01' }, 0, false],
    [
      'along with a moved session',
      actionState({ dueKind: 'next_session' }),
      { dueKind: 'next_session', dueOn: '2026-06-30', movesAlong: true },
      0,
      false,
    ],
    ['on hold until the deadline', actionState(), { status: 'on_hold', reason: 'x', resumeOn: '2026-06-16' }, 0, false],
    [
      'on hold until after the deadline',
      actionState(),
      { status: 'on_hold', reason: 'x', resumeOn: '2026-06-17' },
      1,
      false,
    ],
    [
      'on hold until later and a later deadline at once',
      actionState(),
      { status: 'on_hold', reason: 'x', resumeOn: '2026-07-17', dueKind: 'date', dueOn: '2026-07-01' },
      1,
      false,
    ],
    ['held longer', HELD, { status: 'on_hold', reason: 'x', resumeOn: '2026-08-01' }, 2, false],
    ['held as long as before', HELD, { status: 'on_hold', reason: 'x', resumeOn: '2026-07-01' }, 1, false],
  ])('%s', (_, before, change, postponements, needsReason) => {
    expect(applyChange(before, change, LATER).state.postponements).toBe(postponements);
    expect(changeViolations(before, change, LATER).some(({ field }) => field === 'reason')).toBe(needsReason);
    if (needsReason) expect(changeViolations(before, { ...change, reason: 'vakantie' }, LATER)).toEqual([]);
  });

  it('does not count on the day of recording in the session of origin', () => {
    const change: Change = { dueKind: 'date', dueOn: '2026-07-01' };
    expect(changeViolations(actionState(), change, AT_ORIGIN)).toEqual([]);
    expect(applyChange(actionState(), change, AT_ORIGIN).state).toMatchObject({
      dueOn: '2026-07-01',
      postponements: 0,
    });
  });

  it('keeps the first date ever, also when that came later', () => {
    const first = applyChange(UNDATED, { dueKind: 'date', dueOn: '2026-09-01' }, LATER).state;
    expect(first.originalDueOn).toBe('2026-09-01');
    expect(applyChange(first, { dueKind: 'date', dueOn: '2026-10-01' }, LATER).state.originalDueOn).toBe('2026-09-01');
  });

  it('leaves a deadline alone that no longer hangs on the session', () => {
    const change: Change = { dueKind: 'next_session', dueOn: '2026-06-30', movesAlong: true };
    expect(applyChange(actionState(), change, LATER).state).toMatchObject({ dueKind: 'date', dueOn: '2026-06-16' });
  });
});

describe('a later date', () => {
  const today = '2026-06-02';
  it.each<[string, Parameters<typeof laterViolations>[0], Partial<ActionState>, string | undefined]>([
    ['is after the deadline', { laterDueOn: '2026-06-17' }, {}, undefined],
    ['is not the deadline itself', { laterDueOn: '2026-06-16' }, {}, 'NOT_LATER'],
    ['is not before it', { laterDueOn: '2026-06-15' }, {}, 'NOT_LATER'],
    ['may be today', { laterDueOn: today }, { dueOn: '2026-05-20' }, undefined],
    ['is not past, though later', { laterDueOn: '2026-06-01' }, { dueOn: '2026-05-20' }, 'DATE_PASSED'],
    ['may be the first date', { laterDueOn: '2026-06-05' }, { dueKind: 'asap', dueOn: null }, undefined],
    ['goes with "loopt"', { laterDueOn: '2026-06-17', status: 'in_progress' }, {}, undefined],
    ['does not go with "gereed"', { laterDueOn: '2026-06-17', status: 'done' }, {}, 'NOT_GOING_ON'],
    ['does not go with handing back', { laterDueOn: '2026-06-17', handBack: true }, {}, 'NOT_GOING_ON'],
    ['is none of what is finished', { laterDueOn: '2026-06-17' }, { status: 'cancelled' }, 'NOT_GOING_ON'],
    ['is none beside another', { laterDueOn: '2026-06-17', dueKind: 'asap' }, {}, 'TWO_DEADLINES'],
    ['is not asked for by a date', { dueOn: '2026-01-01' }, {}, undefined],
  ])('%s', (_, asked, before, code) => {
    expect(laterViolations(asked, actionState(before), today)[0]?.code).toBe(code);
  });
});

describe('a deadline', () => {
  it.each<[Change, string[]]>([
    [{ dueKind: 'date' }, ['dueOn']],
    [{ dueKind: 'date', dueOn: '2026-06-10' }, []],
    [{ dueKind: 'asap', dueOn: '2026-06-10' }, ['dueOn']],
  ])('%j must fit together', (change, fields) => {
    expect(dueKindViolations(change).map(({ field }) => field)).toEqual(fields);
  });

  it('with a date has no check date any more, without one it has', () => {
    expect(applyChange(UNDATED, { dueKind: 'date', dueOn: '2026-09-01' }, LATER).state.checkOn).toBeNull();
    expect(applyChange(actionState(), { dueKind: 'asap', checkOn: '2026-06-30' }, LATER).state.checkOn).toBe(
      '2026-06-30',
    );
  });

  it('is checked at the next session, else after 28 days', () => {
    expect(defaultCheckOn('2026-06-02', '2026-06-16')).toBe('2026-06-16');
    expect(defaultCheckOn('2026-06-02', null)).toBe('2026-06-30');
    const planned = ['2026-06-02', '2026-06-16'].map((heldOn) => ({ id: heldOn, heldOn, state: 'planned' as const }));
    expect(filledIn({ dueKind: 'asap' }, '2026-06-02', planned).checkOn).toBe('2026-06-16');
    expect(filledIn({ dueKind: 'asap' }, '2026-06-02', planned.slice(0, 1)).checkOn).toBe('2026-06-30');
    const dated: Change = { dueKind: 'date', dueOn: '2026-07-01' };
    expect(filledIn(dated, '2026-06-02', planned)).toEqual(dated);
  });

  it('is a date if only a date is given, and keeps its check date from one kind without to another', () => {
    expect(applyChange(UNDATED, { dueOn: '2026-09-01' }, LATER).state).toMatchObject({
      dueKind: 'date',
      dueOn: '2026-09-01',
    });
    expect(applyChange(UNDATED, { dueKind: 'ongoing' }, LATER).state.checkOn).toBe('2026-06-09');
  });

  it('of what is finished moves only together with a reopening', () => {
    const done = actionState({ status: 'done', doneOn: '2026-06-01' });
    const later: Change = { dueKind: 'date', dueOn: '2026-06-17', reason: 'Toch niet af.' };
    const isRefused = (change: Change) => changeViolations(done, change, LATER).some(({ field }) => field === 'dueOn');
    expect(isRefused(later)).toBe(true);
    expect(isRefused({ ...later, status: 'in_progress' })).toBe(false);
  });

  it.each<[string, Partial<ActionState>, Change, string, boolean]>([
    ['on its day', {}, {}, '2026-06-09', true],
    ['not before its day', {}, {}, '2026-06-08', false],
    ['not of an action with a deadline', { dueKind: 'date', dueOn: '2026-06-16' }, {}, '2026-06-09', false],
    ['of one for a session that is not planned', { dueKind: 'next_session' }, {}, '2026-06-09', true],
    ['not once it is', { dueKind: 'next_session', dueOn: '2026-06-16' }, {}, '2026-06-09', false],
    ['not by another deadline', {}, { dueKind: 'date', dueOn: '2026-06-16' }, '2026-06-09', false],
    ['not by another kind', {}, { dueKind: 'ongoing' }, '2026-06-09', false],
    ['not by what ends it', {}, { status: 'done' }, '2026-06-09', false],
    ['not if there is none', { checkOn: null }, {}, '2026-06-09', false],
  ])('has its check date answered %s', (_, action, change, on, isAnswered) => {
    expect(isCheckAnswered({ ...UNDATED, ...action }, change, on)).toBe(isAnswered);
  });

  it('is at its origin only in its own session on its own day', () => {
    const action = { sessionId: 's', recordedOn: '2026-06-02' };
    expect(isAtOrigin(action, 's', '2026-06-02')).toBe(true);
    expect(isAtOrigin(action, 's', '2026-06-03')).toBe(false);
    expect(isAtOrigin(action, 't', '2026-06-02')).toBe(false);
    expect(isAtOrigin({ ...action, sessionId: null }, null, '2026-06-02')).toBe(false);
    expect(isAtOrigin(action, 's', '2026-06-02', { isAfterClosing: true })).toBe(false);
  });
});

describe('volgend overleg', () => {
  const at = (heldOn: string, state: Planned['state'] = 'planned'): Planned => ({ id: heldOn, heldOn, state });

  it('is the first planned session from that day on', () => {
    const sessions = [at('2026-09-01'), at('2026-07-07'), at('2026-06-02', 'open'), at('2026-05-05')];
    expect(nextSessionOn(sessions, '2026-06-02')).toBe('2026-07-07');
    expect(nextSessionOn([], '2026-06-02')).toBeNull();
    expect(nextSessionOn([at('2026-06-02')], '2026-06-02')).toBe('2026-06-02');
  });

  it.each<[string, string | null, Planned[], string | null]>([
    ['gets its date when a session is planned', null, [at('2026-07-07')], '2026-07-07'],
    ['moves along', '2026-07-07', [at('2026-07-14')], '2026-07-14'],
    ['moves forward to an extra session', '2026-07-07', [at('2026-06-23'), at('2026-07-07')], '2026-06-23'],
    ['goes to the one after a cancelled session', '2026-07-07', [at('2026-09-01')], '2026-09-01'],
    ['loses its date when none is left', '2026-07-07', [], null],
    ['stays once that session was held', '2026-07-07', [at('2026-07-07', 'closed'), at('2026-09-01')], '2026-07-07'],
  ])('%s', (_, dueOn, sessions, expected) => {
    expect(followedDueOn(dueOn, '2026-06-02', sessions)).toBe(expected);
  });
});

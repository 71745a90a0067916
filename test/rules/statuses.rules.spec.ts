import { describe, expect, it } from '@jest/globals';
import { applyChange, changeViolations } from '../../src/actions/actions.rules.js';
import type { ActionState, Change } from '../../src/actions/history/action-update.entity.js';
import { statusOn } from '../../src/actions/overdue.rules.js';
import { actionState } from '../support/action-state.js';

const TODAY = { effectiveOn: '2026-06-02', isAtOrigin: false };
const DONE = actionState({
  status: 'done',
  realisation: 'partial',
  result: 'half',
  resultSize: 'small',
  doneOn: '2026-05-20',
  closedOn: '2026-05-20',
});
const gaps = (before: ActionState, change: Change) => changeViolations(before, change, TODAY).map(({ field }) => field);
const after = (before: ActionState, change: Change) => applyChange(before, change, TODAY);

describe('what a status asks for', () => {
  it.each<[string, ActionState, Change, string[]]>([
    ['blocked without a reason', actionState(), { status: 'blocked' }, ['reason']],
    ['blocked with one', actionState(), { status: 'blocked', reason: 'wacht op vergunning' }, []],
    ['cancelled without a reason', actionState(), { status: 'cancelled' }, ['reason']],
    ['on hold without reason and date', actionState(), { status: 'on_hold' }, ['reason', 'resumeOn']],
    ['on hold until today', actionState(), { status: 'on_hold', reason: 'x', resumeOn: '2026-06-02' }, ['resumeOn']],
    ['on hold until tomorrow', actionState(), { status: 'on_hold', reason: 'x', resumeOn: '2026-06-03' }, []],
    ['a resume date without on hold', actionState(), { status: 'open', resumeOn: '2026-06-03' }, ['resumeOn']],
    ['done without more', actionState(), { status: 'done' }, []],
    ['a result of what is not done', actionState(), { result: 'gelukt' }, ['result']],
    ['a result of what was done', DONE, { result: 'toch gelukt' }, []],
    ['a realisation with another status', actionState(), { status: 'open', realisation: 'full' }, ['realisation']],
    ['reopening without a reason', DONE, { status: 'open' }, ['reason']],
    ['reopening with one', DONE, { status: 'open', reason: 'x' }, []],
    ['a size without a result', actionState(), { status: 'done', resultSize: 'small' }, ['resultSize']],
    ['a size with one', actionState(), { status: 'done', result: 'x', resultSize: 'small' }, []],
    ['from done to cancelled without a reason', DONE, { status: 'cancelled' }, ['reason']],
    ['done again', DONE, { status: 'done' }, []],
    ['open again', actionState(), { status: 'in_progress' }, []],
  ])('%s', (_, before, change, expected) => expect(gaps(before, change)).toEqual(expected));
});

describe('what follows from a status', () => {
  it('done is realised in full on the day it happened, unless said otherwise', () => {
    expect(after(actionState(), { status: 'done', result: 'opgeruimd' }).state).toMatchObject({
      realisation: 'full',
      result: 'opgeruimd',
      doneOn: '2026-06-02',
      closedOn: '2026-06-02',
    });
    expect(after(actionState(), { status: 'done', realisation: 'partial' }).state.realisation).toBe('partial');
  });

  it('cancelled is closed but not done', () => {
    const { state } = after(actionState(), { status: 'cancelled', reason: 'niet meer nodig' });
    expect(state).toMatchObject({
      closedOn: '2026-06-02',
      doneOn: null,
      realisation: null,
      statusReason: 'niet meer nodig',
    });
  });

  it('reopening clears what came of it', () => {
    const { state, kind } = after(DONE, { status: 'in_progress', reason: 'het is terug' });
    expect(kind).toBe('reopening');
    expect(state).toMatchObject({ doneOn: null, closedOn: null, realisation: null, result: null, resultSize: null });
  });

  it('said done twice, it was done the first time', () => {
    expect(after(DONE, { status: 'done', result: 'meer' }).state).toMatchObject({
      doneOn: '2026-05-20',
      result: 'meer',
      resultSize: 'small',
      realisation: 'partial',
    });
    expect(after(DONE, { status: 'done', resultSize: 'large' }).state.resultSize).toBe('large');
  });

  it('a reason and a resume date go when the status goes', () => {
    const held = actionState({ status: 'on_hold', statusReason: 'winter', resumeOn: '2026-07-01' });
    expect(after(held, { status: 'in_progress' }).state).toMatchObject({ statusReason: null, resumeOn: null });
    expect(after(held, {}).state).toMatchObject({ status: 'on_hold', statusReason: 'winter', resumeOn: '2026-07-01' });
  });
});

describe('on hold ends by itself', () => {
  it.each([
    ['2026-06-01', 'on_hold'],
    ['2026-06-02', 'open'],
    ['2026-06-03', 'open'],
  ])('read on %s it is %s', (day, expected) => {
    expect(statusOn({ status: 'on_hold', resumeOn: '2026-06-02' }, day)).toBe(expected);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ACTION_STATUSES, type ActionStatus } from '../../src/actions/action.entity.js';
import { applyChange, changeViolations, isComplete } from '../../src/actions/actions.rules.js';
import { daysOverdue, isOverdue, isToBeChecked } from '../../src/actions/overdue.rules.js';
import { addDays, daysBetween } from '../../src/platform/common/calendar-date.js';
import { actionState } from '../support/action-state.js';

const days = fc.integer({ min: 0, max: 4000 }).map((count) => addDays('2020-01-01', count));
const AGENDA = { effectiveOn: '2026-06-02', isAtOrigin: false };

describe('days overdue', () => {
  it.each<[string, string | null, ActionStatus, string | null, number]>([
    ['the deadline is today', '2026-06-02', 'open', null, 0],
    ['the deadline was yesterday', '2026-06-01', 'open', null, 1],
    ['it is blocked', '2026-06-01', 'blocked', null, 1],
    ['it is in progress', '2026-05-01', 'in_progress', null, 32],
    ['there is no date', null, 'open', null, 0],
    ['it is done', '2020-01-01', 'done', null, 0],
    ['it is cancelled', '2020-01-01', 'cancelled', null, 0],
    ['it is on hold until tomorrow', '2026-06-01', 'on_hold', '2026-06-03', 0],
    ['it is on hold until today', '2026-06-01', 'on_hold', '2026-06-02', 1],
    ['it is on hold without a date', '2026-06-01', 'on_hold', null, 0],
  ])('when %s', (_, dueOn, status, resumeOn, expected) => {
    expect(daysOverdue({ dueOn, status, resumeOn }, '2026-06-02')).toBe(expected);
  });

  it.each([
    ['to summer time', '2026-03-28', '2026-03-30'],
    ['to winter time', '2026-10-24', '2026-10-26'],
  ])('counts calendar days across the change %s', (_, dueOn, today) => {
    expect(daysOverdue({ dueOn, status: 'open', resumeOn: null }, today)).toBe(2);
  });

  it('is a whole number that grows by one a day from the day after the deadline', () => {
    fc.assert(
      fc.property(
        days,
        days,
        fc.constantFrom(...ACTION_STATUSES),
        fc.option(days),
        (dueOn, today, status, resumeOn) => {
          const action = { dueOn, status, resumeOn };
          const counted = daysOverdue(action, today);
          const waits = status === 'on_hold' && !(resumeOn && resumeOn <= today);
          const isRunning = !['done', 'cancelled'].includes(status) && !waits;
          expect(counted).toBe(isRunning ? Math.max(0, daysBetween(dueOn, today)) : 0);
          expect(isOverdue(action, today)).toBe(counted > 0);
          expect(Number.isInteger(counted)).toBe(true);
        },
      ),
    );
  });
});

describe('an action', () => {
  it.each<[string | null, boolean, 'date' | 'asap' | null, boolean]>([
    ['p', false, 'date', true],
    ['p', false, null, false],
    [null, false, 'asap', false],
    [null, true, 'asap', true],
  ])('with owner %s, handed back %s and deadline %s is complete: %s', (ownerId, isHandedBack, dueKind, expected) => {
    expect(isComplete({ ownerId, isHandedBack, dueKind })).toBe(expected);
  });

  it.each<[string | null, ActionStatus, boolean]>([
    ['2026-06-01', 'open', true],
    ['2026-06-02', 'open', false],
    [null, 'open', false],
    ['2026-06-01', 'done', false],
    ['2026-06-01', 'on_hold', false],
  ])('with check date %s and status %s asks for a stand van zaken: %s', (checkOn, status, expected) => {
    expect(isToBeChecked({ checkOn, status, resumeOn: null }, '2026-06-02')).toBe(expected);
  });

  it('that is handed over has a new owner, no person of the old one, and is no longer handed back', () => {
    const before = actionState({
      ownerId: null,
      ownerPersonId: null,
      isHandedBack: true,
      coOwnerIds: ['boa', 'habeko'],
    });
    const { state, kind } = applyChange(before, { ownerId: 'boa' }, AGENDA);
    expect(kind).toBe('owner');
    expect(state).toMatchObject({ ownerId: 'boa', ownerPersonId: null, isHandedBack: false, coOwnerIds: ['habeko'] });
  });

  it('that is handed back keeps its deadline and needs a reason', () => {
    const before = actionState({ ownerId: 'politie', ownerPersonId: 'wijkagent', dueOn: '2026-06-30' });
    expect(changeViolations(before, { handBack: true }, AGENDA)).toMatchObject([{ field: 'reason' }]);
    const { state, kind } = applyChange(before, { handBack: true, reason: 'niet voor ons' }, AGENDA);
    expect(kind).toBe('handing_back');
    expect(state).toMatchObject({ ownerId: null, ownerPersonId: null, isHandedBack: true, dueOn: '2026-06-30' });
  });

  it('is not handed back and over at once', () => {
    const change = { handBack: true as const, reason: 'x', ownerId: 'boa' };
    expect(changeViolations(actionState(), change, AGENDA)).toMatchObject([{ field: 'handBack' }]);
  });
});

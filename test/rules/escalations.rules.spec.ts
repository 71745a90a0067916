import { expect, it } from '@jest/globals';
import { escalationViolation } from '../../src/actions/escalations/escalations.rules.js';

const TODAY = '2026-06-02';
const STUCK = { status: 'blocked', resumeOn: null, dueOn: null, isConfidential: false, isWithdrawn: false } as const;
const asked = (askedOn: string, answeredAt: string | null = null, isAnswerable = true) => ({
  ...{ askedOn, answeredAt, isAnswerable },
});

it.each([
  ['blocked', STUCK, [], null],
  ['56 days overdue', { ...STUCK, status: 'open', dueOn: '2026-04-07' }, [], 'NOT_STUCK'],
  ['57 days overdue', { ...STUCK, status: 'open', dueOn: '2026-04-06' }, [], null],
  ['done', { ...STUCK, status: 'done', dueOn: '2026-01-01' }, [], 'NOT_STUCK'],
  ['on hold', { ...STUCK, status: 'on_hold', resumeOn: '2026-07-01', dueOn: '2026-01-01' }, [], 'NOT_STUCK'],
  ['hold ended', { ...STUCK, status: 'on_hold', resumeOn: TODAY, dueOn: '2026-01-01' }, [], null],
  ['confidential', { ...STUCK, isConfidential: true }, [], 'CONFIDENTIAL_ACTION'],
  ['withdrawn', { ...STUCK, isWithdrawn: true }, [], 'ACTION_WITHDRAWN'],
  ['asked 13 days ago', STUCK, [asked('2026-05-20')], 'AWAITING_ANSWER'],
  ['asked 14 days ago', STUCK, [asked('2026-05-19')], null],
  ['asked yesterday of somebody who left', STUCK, [asked('2026-06-01', null, false)], null],
  ['answered today', STUCK, [asked(TODAY, '2026-06-02T08:00:00.000Z')], null],
  ['the last step counts', STUCK, [asked('2026-05-01'), asked('2026-06-01')], 'AWAITING_ANSWER'],
] as const)('%s', (_, action, steps, obstacle) => expect(escalationViolation(action, steps, 56, TODAY)).toBe(obstacle));

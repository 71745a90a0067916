import { describe, expect, it } from '@jest/globals';
import { mayPauseUntil, obstacleFor } from '../../src/actions/recipients/recipients.rules.js';

const person = { active: true, email: 'wijkagent@politie.example', isDigestStopped: false, digestPausedUntilOn: null };

describe('why somebody gets no digest on 2 June', () => {
  it.each([
    ['no reason', {}, null],
    ['deactivated', { active: false }, 'inactive'],
    ['without an address', { email: null }, 'inactive'],
    ['stopped', { isDigestStopped: true }, 'stopped'],
    ['paused until that day', { digestPausedUntilOn: '2026-06-02' }, 'paused'],
    ['paused until the day before', { digestPausedUntilOn: '2026-06-01' }, null],
    ['stopped and paused', { isDigestStopped: true, digestPausedUntilOn: '2026-06-30' }, 'stopped'],
  ])('%s', (_, fields, expected) => {
    expect(obstacleFor({ ...person, ...fields }, '2026-06-02')).toBe(expected);
  });
});

describe('the last day of a pause, on 2 June', () => {
  it.each([
    ['2026-06-02', true],
    ['2026-06-30', true],
    ['2026-06-01', false],
    ['2026-06-31', false],
    ['', false],
    [undefined, false],
  ])('may be %s: %s', (day, expected) => {
    expect(mayPauseUntil(day, '2026-06-02')).toBe(expected);
  });
});

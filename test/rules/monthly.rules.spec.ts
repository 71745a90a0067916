import { expect, it } from '@jest/globals';
import { endOf, monthDue } from '../../src/wijkagenda/koersoverzicht/monthly.rules.js';

it.each([
  ['before the hour', '2026-07-01T05:59:59.999Z', null],
  ['from the hour on, in summer', '2026-07-01T06:00:00.000Z', '2026-07'],
  ['from the hour on, in winter', '2026-12-01T07:00:00.000Z', '2026-12'],
  ['a week long', '2026-07-07T21:59:59.999Z', '2026-07'],
  ['not after a week', '2026-07-07T22:00:00.000Z', null],
  ['not in the month before by the clock of London', '2026-06-30T23:30:00.000Z', null],
])('the mail of a month is due %s', (_, now, month) => expect(monthDue(now, '08:00')).toBe(month));

it('is not sent any more from the eighth on', () => expect(endOf('2026-07')).toBe('2026-07-07T22:00:00.000Z'));

import { expect, it } from '@jest/globals';
import { feedOf } from '../../src/sessions/invitations/calendar.rules.js';

const SESSION = { id: 'x', title: 'Nachtronde', place: null, sequence: 1, isCancelled: false, description: null };

/** Start and end in UTC. */
function timesOf(heldOn: string, startTime: string, endTime: string | null, durationMinutes: number | null = null) {
  const feed = feedOf('Agenda', [{ ...SESSION, heldOn, startTime, endTime, durationMinutes }], [], new Date(0));
  return [/DTSTART:(\w+)/, /DTEND:(\w+)/].map((pattern) => pattern.exec(feed)![1].slice(9, 13));
}

it.each<[string, string, string | null, number | null, [string, string]]>([
  ['2026-03-29', '01:30', '02:30', null, ['0030', '0130']],
  ['2026-03-29', '02:30', '03:15', null, ['0130', '0215']],
  ['2026-03-29', '02:30', null, 60, ['0130', '0230']],
  ['2027-03-28', '02:30', '02:45', null, ['0130', '0145']],
  ['2026-03-29', '23:30', '00:30', null, ['2130', '2230']],
  ['2026-10-25', '02:30', '02:45', null, ['0030', '0045']],
  ['2026-10-25', '01:30', '03:30', null, ['2330', '0230']],
])(
  'a session on %s from %s to %s (%s minutes) is that long in calendars, an hour later in the hour that is skipped',
  (heldOn, start, end, minutes, expected) => {
    expect(timesOf(heldOn, start, end, minutes)).toEqual(expected);
  },
);

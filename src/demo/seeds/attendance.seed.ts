import { Attendance, type AttendanceStatus } from '../../meetings/attendance/attendance.entity.js';
import type { Session } from '../../meetings/session.entity.js';
import type { Dice } from '../dice.js';
import { CHAIRS } from '../data/meetings.data.js';
import type { Series } from './meetings.seed.js';
import type { OrganisationKey } from '../data/organisations.data.js';
import * as phrases from '../data/phrases.data.js';
import type { Registers } from './registers.seed.js';
import type { Rows } from '../rows.js';

const STATUSES: Record<AttendanceStatus, number> = { present: 80, excused: 13, absent: 7 };

/** Generates attendance: the two chairs, most partners, and occasionally a vervanger or a guest. */
export function layAttendance(rows: Rows, dice: Dice, registers: Registers, series: Series, session: Session): void {
  const { data } = series;
  const add = (fields: Partial<Attendance> & { status: AttendanceStatus }): void => {
    rows.add(Attendance, {
      id: dice.id(session.heldOn),
      sessionId: session.id,
      personId: null,
      guestName: null,
      organisationId: null,
      isReplacement: false,
      version: 1,
      ...fields,
    });
  };
  const organisationId = (key: OrganisationKey): string => registers.organisationId(key);
  for (const name of CHAIRS[data.team]) {
    add({ personId: registers.personId(name), organisationId: organisationId('W&K'), status: 'present' });
  }
  for (const key of data.participants) {
    const person = registers.contactOf(key, data.area);
    if (!person) continue;
    const status = dice.weighted(STATUSES);
    add({ personId: person.id, organisationId: organisationId(key), status });
    if (status === 'excused' && dice.chance(0.3)) {
      const guestName = `collega van de ${person.name}`;
      add({ guestName, organisationId: organisationId(key), isReplacement: true, status: 'present' });
    }
  }
  if (dice.chance(0.2)) add({ guestName: dice.pick(phrases.GUESTS), status: 'present' });
}

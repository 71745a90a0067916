import type { Attendance, AttendanceStatus } from './attendance.entity.js';
import type { Participant } from '../participants.service.js';
import type { SessionState } from '../session.entity.js';

type Recorded = Pick<Attendance, 'personId' | 'isReplacement' | 'status'>;

/**
 * Whether an organisation was there: present when at least one of its people or its vervanger was, excused when at least
 * one was and nobody came, else absent. A guest who is no vervanger does not count for it. Before the session nothing
 * recorded says nothing yet: null.
 */
export function presenceOf(recorded: readonly Recorded[], session: SessionState): AttendanceStatus | null {
  const counting = recorded.filter(({ personId, isReplacement }) => personId !== null || isReplacement);
  if (counting.some(({ status }) => status === 'present')) return 'present';
  if (counting.some(({ status }) => status === 'excused')) return 'excused';
  if (counting.length === 0 && (session === 'planned' || session === 'cancelled')) return null;
  return 'absent';
}

type Expected = Pick<Participant, 'personId' | 'organisationId' | 'role'>;

/**
 * Who was expected at the table, is not recorded, and of whose organisation nobody came or sent word: at closing they count as
 * absent, as their organisation does. Nobody, while nobody at all is recorded as present: then attendance was not taken.
 */
export function notHeardOf<T extends Expected>(
  expected: readonly T[],
  recorded: readonly (Recorded & Pick<Attendance, 'organisationId'>)[],
): (T & { personId: string })[] {
  if (!recorded.some(({ status }) => status === 'present')) return [];
  const heardOf = recorded.filter(({ personId, isReplacement }) => personId !== null || isReplacement);
  return expected.filter(
    (one): one is T & { personId: string } =>
      one.personId !== null &&
      one.role !== 'informed' &&
      !heardOf.some(
        ({ personId, organisationId }) =>
          personId === one.personId || (organisationId !== null && organisationId === one.organisationId),
      ),
  );
}

/**
 * The version of a new row. A person is put with the version of the session as long as nothing is recorded, so that a row
 * begins past it: who still has that version has not seen the row, and gets 412.
 */
export const firstVersion = (session: { version: number }, personId: string | null): number =>
  personId === null ? 1 : session.version + 1;

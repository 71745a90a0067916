import type { Attendance, AttendanceStatus } from './attendance.entity.js';
import type { Participant } from '../participants.service.js';
import type { SessionState } from '../session.entity.js';

type Recorded = Pick<Attendance, 'personId' | 'isReplacement' | 'status'>;

/**
 * Whether an organisation attended: present if at least one of its people or its vervanger was, excused if at least one
 * was and nobody was present, else absent. A guest who is not a vervanger does not count. Null before the session while
 * nothing is recorded.
 */
export function presenceOf(recorded: readonly Recorded[], session: SessionState): AttendanceStatus | null {
  const counting = recorded.filter(({ personId, isReplacement }) => personId !== null || isReplacement);
  if (counting.some(({ status }) => status === 'present')) return 'present';
  if (counting.some(({ status }) => status === 'excused')) return 'excused';
  if (counting.length === 0 && (session === 'planned' || session === 'cancelled')) return null;
  return 'absent';
}

/** The organisations somebody came for: their own, and others they represent. */
type Represented = Pick<Attendance, 'organisationId'> & { alsoFor: readonly { organisationId: string }[] };

export const isFor = ({ organisationId, alsoFor }: Represented, wanted: string): boolean =>
  organisationId === wanted || alsoFor.some((one) => one.organisationId === wanted);

type Expected = Pick<Participant, 'personId' | 'organisationId' | 'role'>;

/**
 * People expected at the table who are not recorded and whose organisation neither came nor sent word: at closing they
 * count as absent, like their organisation. Empty if nobody is recorded as present: then attendance was not taken.
 */
export function notHeardOf<T extends Expected>(
  expected: readonly T[],
  recorded: readonly (Recorded & Represented)[],
): (T & { personId: string })[] {
  if (!recorded.some(({ status }) => status === 'present')) return [];
  const heardOf = recorded.filter(({ personId, isReplacement }) => personId !== null || isReplacement);
  return expected.filter(
    (one): one is T & { personId: string } =>
      one.personId !== null &&
      one.role !== 'informed' &&
      !heardOf.some(
        (came) => came.personId === one.personId || (one.organisationId !== null && isFor(came, one.organisationId)),
      ),
  );
}

/**
 * The version of a new row. A person is recorded with the session's ETag while there is no row yet, so a new row's
 * version is higher: a client that still has the session's version has not seen the row and gets 412.
 */
export const firstVersion = (session: { version: number }, personId: string | null): number =>
  personId === null ? 1 : session.version + 1;

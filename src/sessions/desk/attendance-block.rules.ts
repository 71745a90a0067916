import type {
  AttendanceListView,
  AttendanceView,
  OrganisationPresence,
} from '../../meetings/attendance/attendances.dto.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';
import { ATTENDANCE_STATUSES, type AttendanceStatus } from '../../meetings/attendance/attendance.entity.js';
import type { Fields } from '../../web/forms.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import { briefly } from '../../platform/rendering/text.js';
import { ATTENDANCE_KEYS, ATTENDANCE_WORDS, EXPECTED_WORDS, ROLE_AT_TABLE_WORDS } from '../../meetings/words.js';

/** How many organisations without a person are named. */
const MOST_UNNAMED = 8;

interface AttendanceOptions {
  session: Pick<SessionView, 'version' | 'state'>;
  memberships: readonly Membership[];
  mayInvite: boolean;
  isAdding?: boolean;
  /** The choices of a rejected form. */
  typed?: Fields;
}

/** The block about attendance: open while somebody's is not filled in, folded to one line after that. */
export function toAttendanceBlock(list: AttendanceListView, options: AttendanceOptions) {
  const { session, memberships, mayInvite, isAdding = false, typed } = options;
  const rows = toAttendanceRows(list.items, session.version, memberships, typed);
  const hasUnfilled = list.items.some(({ status, personId }) => status === null && personId !== null);
  const unnamed = withoutPeople(list.items);
  return {
    rows,
    words: attendanceWords(list.items, session.state === 'closed'),
    hasUnfilled,
    /** As long as nobody is, closing records nobody as absent. */
    isTaken: list.items.some(({ status }) => status === 'present'),
    isOpen: hasUnfilled || typed !== undefined || isAdding,
    late: hasUnfilled ? [] : rows.filter(({ isHere }) => !isHere),
    unnamed: briefly(
      unnamed.map(({ name }) => name),
      MOST_UNNAMED,
    ),
    unreachable: mayInvite ? unnamed : [],
    missing: missingOrganisations(list.organisations),
  };
}

/** Participant is the default role, so it is not shown. */
const roleOf = ({ role }: Pick<AttendanceView, 'role'>): string | null =>
  role === null || role === 'participant' ? null : ROLE_AT_TABLE_WORDS[role];

/** The name of the radio buttons of a row; empty for an organisation without a person. */
function rowKey({ id, personId }: Pick<AttendanceView, 'id' | 'personId'>): string {
  if (personId) return `p-${personId}`;
  return id ? `g-${id}` : '';
}

export interface Membership {
  personId: string;
  organisationId: string;
  name: string;
}

/** "Politie, BOA's": everyone a person represents. */
const namesOf = ({ organisationName, alsoFor }: AttendanceView): string =>
  [organisationName, ...alsoFor.map(({ name }) => name)].filter(Boolean).join(', ');

/** The organisations a person can be present for, if there is a choice. */
function representable(one: AttendanceView, memberships: readonly Membership[]) {
  const own = memberships.filter(({ personId }) => personId === one.personId);
  if (own.length < 2) return [];
  return own.map(({ organisationId: id, name }) => ({ id, name, isChosen: representedBy(one).includes(id) }));
}

const representedBy = ({ organisationId, alsoFor }: AttendanceView): string[] => [
  ...(organisationId === null ? [] : [organisationId]),
  ...alsoFor.map((other) => other.organisationId),
];

/** The rows of the attendance list, by name; choices of a rejected form are kept. */
function toAttendanceRows(
  items: readonly AttendanceView[],
  sessionVersion: number,
  memberships: readonly Membership[],
  typed: Fields = {},
) {
  return items
    .filter((one) => rowKey(one) !== '')
    .toSorted((one, other) => compareNaturally(one.name ?? '', other.name ?? ''))
    .map((one) => {
      const key = rowKey(one);
      const chosen = typed[key] ?? one.status;
      return {
        key,
        id: one.id,
        isGuest: one.personId === null,
        name: one.name,
        about: [
          one.function === one.name ? null : one.function,
          namesOf(one),
          one.isReplacement ? 'vervanger' : null,
          roleOf(one),
        ]
          .filter(Boolean)
          .join(', '),
        version: one.version ?? sessionVersion,
        statusName: one.status ? ATTENDANCE_WORDS[one.status] : 'nog niet ingevuld',
        answer: one.status && EXPECTED_WORDS[one.status],
        isRecorded: one.status !== null,
        isClearable: one.id !== null && one.personId !== null,
        isHere: one.status === 'present',
        represents: representable(one, memberships),
        options: ATTENDANCE_STATUSES.map((value) => ({
          value,
          label: ATTENDANCE_WORDS[value],
          key: ATTENDANCE_KEYS[value],
          id: `${key}-${value}`,
          isChosen: chosen === value,
        })),
      };
    });
}

/** "6 aanwezig, 1 afgemeld, 2 nog niet ingevuld"; without "nog" once the session is over. */
function attendanceWords(
  items: readonly Pick<AttendanceView, 'status' | 'id' | 'personId'>[],
  isOver: boolean,
): string {
  const people = items.filter((one) => rowKey(one) !== '');
  const count = (status: AttendanceStatus | null) => people.filter((one) => one.status === status).length;
  const parts = [
    ...ATTENDANCE_STATUSES.map((status) => [count(status), ATTENDANCE_WORDS[status]] as const),
    [count(null), isOver ? 'niet ingevuld' : 'nog niet ingevuld'] as const,
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ');
}

/** Invited organisations without a person: they have no contact for this area. */
const withoutPeople = (items: readonly AttendanceView[]) =>
  items
    .filter((one) => rowKey(one) === '')
    .map(({ organisationId, organisationName }) => ({
      organisationId,
      name: organisationName ?? '',
      typed: NOTHING_TYPED,
    }));

const NOTHING_TYPED = { name: '', email: '', error: null };

interface AttendanceChange {
  key: string;
  status: AttendanceStatus;
  version: number;
  /** The organisations the person represents, if that changes. */
  organisationId?: string;
  alsoForIds?: string[];
}

/** The differences between a posted list and what is stored; a button marks everyone without a status as present. */
export function changesIn(
  fields: Fields,
  items: readonly AttendanceView[],
  sessionVersion: number,
  valuesOf: (name: string) => string[],
): AttendanceChange[] {
  const isStatus = (value: string | undefined): value is AttendanceStatus =>
    (ATTENDANCE_STATUSES as readonly string[]).includes(value ?? '');
  return items.flatMap((one) => {
    const key = rowKey(one);
    const wanted = fields[key] ?? (fields.rest === 'present' && one.status === null ? 'present' : undefined);
    const behalf = fields[`n-${key}`] === undefined ? {} : behalfIn(one, valuesOf(`namens-${key}`));
    const status = isStatus(wanted) ? wanted : one.status;
    if (key === '' || status === null || (status === one.status && behalf.organisationId === undefined)) return [];
    const given = fields[`v-${key}`];
    return [{ key, status, ...behalf, version: given === undefined ? (one.version ?? sessionVersion) : Number(given) }];
  });
}

/** The organisations a person represents from now on; the first one stays first. Choosing none changes nothing. */
function behalfIn(one: AttendanceView, chosen: readonly string[]) {
  const before = representedBy(one);
  const isSame = chosen.length === before.length && chosen.every((id) => before.includes(id));
  if (chosen.length === 0 || isSame) return {};
  const first = chosen.find((id) => id === one.organisationId) ?? chosen[0]!;
  return { organisationId: first, alsoForIds: chosen.filter((id) => id !== first) };
}

/** The people whose attendance is cleared, by key, each with the version that was read. */
export function clearedIn(
  { wis = '', ...fields }: Fields,
  items: readonly AttendanceView[],
): { key: string; id: string; version: number }[] {
  const keys = wis.split(' ');
  return items.flatMap((one) => {
    const key = rowKey(one);
    if (!keys.includes(key) || one.id === null || one.personId === null) return [];
    return [{ key, id: one.id, version: Number(fields[`v-${key}`] ?? one.version) }];
  });
}

const missingOrganisations = (organisations: readonly OrganisationPresence[]): string =>
  organisations
    .filter(({ status }) => status !== 'present')
    .map(({ name }) => name)
    .join(', ');

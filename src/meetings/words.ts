import type { ItemState } from './agenda/agenda-item.entity.js';
import type { AttendanceStatus } from './attendance/attendance.entity.js';
import type { InvitationRole } from './invitation.entity.js';
import type { ItemKind, MeetingKind, MinutesForm } from './meeting.entity.js';
import type { SessionState } from './session.entity.js';

export const MEETING_KIND_WORDS: Record<MeetingKind, string> = {
  professionals: 'professionaloverleg',
  residents: 'bewonersoverleg',
  board: 'bestuurstafel',
  walk_in: 'inloop',
};
export const MINUTES_FORM_WORDS: Record<MinutesForm, string> = {
  full: 'volledig: bij elk onderwerp een notitie',
  decisions_and_actions: 'kort: alleen besluiten en acties',
};
export const SESSION_STATE_WORDS: Record<SessionState, string> = {
  planned: 'gepland',
  open: 'bezig',
  closed: 'gesloten',
  cancelled: 'gaat niet door',
};
export const ROLE_AT_TABLE_WORDS: Record<InvitationRole, string> = {
  participant: 'deelnemer',
  informed: 'agendalid',
  chair: 'voorzitter',
};
/** At the table. Minutes say "afwezig m.k.". */
export const ATTENDANCE_WORDS: Record<AttendanceStatus, string> = {
  present: 'aanwezig',
  excused: 'afgemeld',
  absent: 'afwezig',
};
/** Before the meeting: what people answered to the invitation. */
export const EXPECTED_WORDS: Record<AttendanceStatus, string> = {
  present: 'komt',
  excused: ATTENDANCE_WORDS.excused,
  absent: 'komt niet',
};
/** The keyboard shortcuts for them during the meeting. */
export const ATTENDANCE_KEYS: Record<AttendanceStatus, string> = { present: 'A', excused: 'K', absent: 'X' };

export const ITEM_KIND_WORDS: Record<ItemKind, string> = {
  opening: 'opening',
  minutes: 'verslag vorige keer',
  actions: 'actielijst',
  topic: 'onderwerp',
  any_other_business: 'rondvraag',
  closing: 'sluiting',
};
/** The states of an agenda item: at the meeting, in the minutes and in mails and exports. */
export const ITEM_STATE_WORDS: Record<ItemState, string> = {
  proposed: 'voorgesteld',
  declined: 'afgewezen',
  accepted: 'op de agenda',
  discussed: 'besproken',
  not_discussed: 'niet besproken',
  adjourned: 'doorgeschoven',
};

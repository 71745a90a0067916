import type { Reply } from '../attendance/attendance-replies.service.js';
import { asOneLine } from '../../platform/common/input.js';
import { type FormProblem, problemWith } from '../../platform/rendering/form-problem.js';
import type { Fields } from '../../web/forms.js';

export interface AttendanceForm {
  choice: string;
  standIn: string;
}

const LONGEST_NAME = 200;

export const toAttendanceForm = ({ keuze = '', vervanger = '' }: Fields): AttendanceForm => ({
  choice: keuze,
  standIn: asOneLine(vervanger).trim(),
});

/** The reply given by the form, or what is missing. A name is ignored unless vervanger is chosen. */
export function replyOf({ choice, standIn }: AttendanceForm): { reply: Reply } | { problem: FormProblem } {
  if (choice === 'ja' || choice === 'nee') return { reply: { isComing: choice === 'ja', standIn: null } };
  if (choice !== 'vervanger') return { problem: problemWith({ keuze: 'Kies of u komt.' }) };
  if (standIn === '') return { problem: problemWith({ vervanger: 'Schrijf wie er in uw plaats komt.' }) };
  if (standIn.length > LONGEST_NAME)
    return { problem: problemWith({ vervanger: `De naam is te lang: hoogstens ${LONGEST_NAME} tekens.` }) };
  return { reply: { isComing: false, standIn } };
}

/** The form as it was answered before, with the answer of a button in the mail if there is one. */
export const begunWith = (choice: string | undefined, before: AttendanceForm): AttendanceForm =>
  choice ? { ...before, choice } : before;

/** The form filled in with a reply. */
export function formOf(reply: Reply | undefined): AttendanceForm {
  if (!reply) return { choice: '', standIn: '' };
  if (reply.standIn !== null) return { choice: 'vervanger', standIn: reply.standIn };
  return { choice: reply.isComing ? 'ja' : 'nee', standIn: '' };
}

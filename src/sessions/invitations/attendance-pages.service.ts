import { HttpException, Injectable } from '@nestjs/common';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { Callers } from '../../identity/callers.service.js';
import { ATTENDANCE_LINK } from './reply-links.service.js';
import { type SessionFacts, SessionFactsService } from './session-facts.service.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { type FoundLink, MailLinks } from '../../platform/mail/mail-links.service.js';
import { AttendanceReplies } from '../attendance/attendance-replies.service.js';
import { type FormProblem, problemAsAWhole } from '../../platform/rendering/form-problem.js';
import { type AttendanceForm, begunWith, formOf, replyOf } from './attendance-form.rules.js';
import { ATTENDANCE_CHOICES } from '../words.js';

/** How the page was reached: after saving, by a button of the mail with its answer, or with a form that was rejected. */
interface Visit {
  isSaved?: boolean;
  keuze?: string;
  form?: AttendanceForm;
  problem?: FormProblem;
}

interface OpenInvitation {
  link: FoundLink;
  caller: Caller;
  session: SessionFacts;
}

/** The page behind the link of an invitation, on which a person says whether they are coming. */
@Injectable()
export class AttendancePages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: MailLinks,
    private readonly callers: Callers,
    private readonly facts: SessionFactsService,
    private readonly replies: AttendanceReplies,
  ) {}

  /**
   * Resolves a token: `unknown` if it was never issued for this purpose, `gone` if it or its person is no longer valid.
   */
  async open(token: string): Promise<OpenInvitation | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || link.purpose !== ATTENDANCE_LINK) return 'unknown';
    const caller = link.isExpired ? undefined : await this.callers.byPerson(link.personId, 'link');
    const session = caller && (await this.facts.of(this.database.reader, link.subjectIds[0]!));
    return caller && session ? { link, caller, session } : 'gone';
  }

  /** The page in its current state; the answer of the button that led here is selected, and saved only by the form. */
  async view({ caller, session }: OpenInvitation, { isSaved = false, keuze, form: typed, problem }: Visit) {
    const reply = await this.replies.read(this.database.reader, session.id, asPerson(caller).personId);
    const form = typed ?? begunWith(keuze, formOf(reply));
    return {
      ...session,
      title: session.meetingName,
      name: caller.name,
      isSaved,
      isWaiting: session.state === 'planned' && session.heldOn >= this.clock.today(),
      isCancelled: session.state === 'cancelled',
      problem: problem ?? null,
      standIn: form.standIn,
      choices: ATTENDANCE_CHOICES.map((one) => ({ ...one, isChosen: one.value === form.choice })),
    };
  }

  /** Saves a reply; undefined if it was saved, else what is missing or why it was rejected. */
  async answer({ link, caller, session }: OpenInvitation, form: AttendanceForm): Promise<FormProblem | undefined> {
    const asked = replyOf(form);
    if ('problem' in asked) return asked.problem;
    try {
      await this.replies.answer(session.id, asked.reply, caller);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
      return problemAsAWhole('Uw antwoord kan niet meer worden opgeslagen. Neem contact op met de voorzitter.');
    }
    await this.links.markUsed(link.id);
    return undefined;
  }
}

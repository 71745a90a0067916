import { Injectable, PreconditionFailedException } from '@nestjs/common';
import type { SessionState } from '../../meetings/session.entity.js';
import { Clock } from '../../platform/common/clock.js';
import type { PageContext, SubmittedForm } from '../../web/page-context.js';
import { SESSION_WORDS } from '../desk/minuting.words.js';
import type { RejectedScreenForm } from '../desk/screen-form.js';
import type { ScreenOptions } from '../desk/screen-options.js';
import { Sessions } from '../planning/sessions.service.js';
import { SessionContents } from './session-contents.service.js';
import { timeOf } from './session-papers.service.js';
import { SessionScreen } from './session-screen.service.js';

/**
 * Answers the forms of the screen: a redirect, or the screen with what was typed; the page's script gets JSON instead.
 */
@Injectable()
export class SessionForms {
  constructor(
    private readonly screen: SessionScreen,
    private readonly contents: SessionContents,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Sets up the form: if it is rejected, the screen is shown with the errors at the form `key`. */
  begin(form: SubmittedForm, sessionId: string, key: string, options: ScreenOptions = {}, fields = form.fields): void {
    form.ifRejected({ ...SESSION_WORDS, idOf: (field) => `${key}-${field}` }, async ({ problem }) => {
      const rejected = { form: key, fields, problem };
      if (isOfScript(form)) return this.tellScript(form, rejected);
      return this.screen.page(form, sessionId, { isRoundTable: isRoundTable(form), ...options, rejected });
    });
  }

  /** Runs a change of state; false if somebody else was just ahead with the same one, which is no error to a person. */
  async reach(
    state: SessionState,
    { caller }: SubmittedForm,
    id: string,
    change: () => Promise<unknown>,
  ): Promise<boolean> {
    try {
      await change();
      return true;
    } catch (error) {
      const isLate = error instanceof PreconditionFailedException;
      if (!isLate || (await this.sessions.read(id, caller)).state !== state) throw error;
      return false;
    }
  }

  /** Redirects to a part of the screen; the script gets the versions of the saved rows, by field name. */
  done(form: SubmittedForm, sessionId: string, at: string, notice: string, versions: Record<string, number> = {}) {
    if (isOfScript(form)) return { saved: `Opgeslagen om ${timeOf(this.clock.moment())}`, versions };
    const order = isRoundTable(form) ? '?volgorde=tafel' : '';
    return form.goOn(`/vergaderingen/${sessionId}${order}#${at}`, notice);
  }

  /** The same after sending. Someone who was only named for the session can no longer see it and is sent to the start page. */
  async sent(form: SubmittedForm, sessionId: string, notice: string) {
    const unnamed = { ...form.caller, sessionIds: [] };
    const isSeen = await this.sessions.read(sessionId, unnamed).then(
      () => true,
      () => false,
    );
    return isSeen ? this.done(form, sessionId, 'inhoud', notice) : form.goOn('/', notice);
  }

  /** Sends the script the error to show at the form; if somebody else changed the item first, also the stored item. */
  private async tellScript(page: SubmittedForm, { form, problem: { status, summary } }: RejectedScreenForm) {
    void page.reply.status(status);
    const problem = { problem: summary.map(({ text }) => text).join(' ') };
    const itemId = /^punt-(.+)$/.exec(form)?.[1];
    if (status !== 412 || !itemId) return problem;
    return { ...problem, theirs: await this.contents.item(itemId, page.caller) };
  }
}

/** Whether the actions of last time are shown per owner, which is kept after a form. */
export const isRoundTable = ({ query }: PageContext): boolean => query.volgorde === 'tafel';

const isOfScript = ({ request }: SubmittedForm): boolean => request.headers.accept === 'application/json';

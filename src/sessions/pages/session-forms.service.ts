import { HttpException, Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Clock } from '../../platform/common/clock.js';
import { type Fields, formProblemOf } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import type { Visit } from '../../web/visit.js';
import { SESSION_WORDS } from './minuting.words.js';
import { timeOf } from './session-papers.service.js';
import { type Look, SessionScreen } from './session-screen.service.js';

/** One form of the screen: its key, where the screen goes on afterwards, and what was filled in. */
export interface Filled {
  form: string;
  /** The id of the part of the screen to come back to. */
  at: string;
  fields: Fields;
  /** What else the screen shows when the form was not taken. */
  look?: Omit<Look, 'tried'>;
}

/** What became of a form. */
export interface Taken {
  notice: string;
  /** Where to go on instead of `at`. */
  at?: string;
  /** For the script, that saves as you go: the versions of what was saved, by the name of their field. */
  versions?: Record<string, number>;
}

/** Takes the forms of the screen: saves and goes on, or shows the screen again with what was typed. */
@Injectable()
export class SessionForms {
  constructor(
    private readonly pages: Pages,
    private readonly screen: SessionScreen,
    private readonly clock: Clock,
  ) {}

  async take(
    visit: Visit,
    caller: Caller,
    sessionId: string,
    filled: Filled,
    work: () => Promise<Taken>,
  ): Promise<string | object> {
    try {
      const { notice, at = filled.at, versions = {} } = await work();
      if (isOfScript(visit)) return { saved: `Opgeslagen om ${timeOf(this.clock.moment())}`, versions };
      return this.pages.goOn(visit, `/vergaderingen/${sessionId}#${at}`, notice);
    } catch (error) {
      if (isOfScript(visit)) return this.tellScript(visit, caller, filled, error);
      return this.again(visit, caller, sessionId, filled, error);
    }
  }

  private async again(visit: Visit, caller: Caller, sessionId: string, filled: Filled, error: unknown) {
    const { form, fields, look } = filled;
    const problem = formProblemOf(error, SESSION_WORDS, (field) => `${form}-${field}`);
    const tried = { form, fields, problem };
    return this.pages.show(
      visit,
      'sessions/pages/session',
      await this.screen.view(sessionId, caller, { ...look, tried }),
    );
  }

  /** The script shows what is wrong where it is typed; when somebody was first, with what stands there now. */
  private async tellScript(visit: Visit, caller: Caller, { form }: Filled, error: unknown) {
    if (!(error instanceof HttpException)) throw error;
    const { summary, status } = formProblemOf(error, SESSION_WORDS, (field) => `${form}-${field}`);
    void visit.reply.status(status);
    const problem = { problem: summary.map(({ text }) => text).join(' ') };
    const itemId = /^punt-(.+)$/.exec(form)?.[1];
    if (status !== 412 || !itemId) return problem;
    const theirs = await this.screen.item(itemId, caller);
    return { ...problem, theirs };
  }
}

const isOfScript = ({ request }: Visit): boolean => request.headers.accept === 'application/json';

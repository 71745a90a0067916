import { AttendanceReplies } from '../../sessions/attendance/attendance-replies.service.js';
import { replyOf, toAttendanceForm } from '../../sessions/invitations/attendance-form.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { StartPage } from './start-page.service.js';

const TEMPLATE = 'home/pages/start';

/** The page after signing in, and the reply to the next invitation on it. */
@PageController()
export class StartController {
  constructor(
    private readonly start: StartPage,
    private readonly replies: AttendanceReplies,
  ) {}

  @Page('', 'me.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    return page.show(TEMPLATE, await this.start.view(page.caller));
  }

  @FormPost('komst/:id', 'sessions.read')
  async reply(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const asked = replyOf(toAttendanceForm(form.fields));
    if ('problem' in asked) return form.show(TEMPLATE, { ...(await this.start.view(form.caller)), ...asked });
    await this.replies.answer(id, asked.reply, form.caller);
    return form.goOn('/', 'Uw antwoord is opgeslagen.');
  }
}

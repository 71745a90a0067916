import { LinkContext } from '../../web/link-pages.js';
import { CurrentLink, LinkFormPost, LinkPage } from '../../web/mail-link.js';
import { PageController } from '../../web/page-kit.js';
import { toAttendanceForm } from './attendance-form.rules.js';
import { AttendancePages } from './attendance-pages.service.js';
import { ATTENDANCE_LINK } from './reply-links.service.js';

/** The page behind the link of an invitation. */
@PageController('aanwezigheid')
export class AttendanceController {
  constructor(private readonly pages: AttendancePages) {}

  @LinkPage(':key', ATTENDANCE_LINK)
  async show(@CurrentLink() link: LinkContext): Promise<string> {
    const invitation = await this.pages.open(link.token);
    if (typeof invitation === 'string') return link.closed(invitation);
    const { klaar, keuze } = link.query;
    return link.show(
      'sessions/pages/attendance',
      await this.pages.view(invitation, { isSaved: klaar === 'ja', keuze }),
    );
  }

  @LinkFormPost(':key', ATTENDANCE_LINK)
  async answer(@CurrentLink() link: LinkContext): Promise<string> {
    const invitation = await this.pages.open(link.token);
    if (typeof invitation === 'string') return link.closed(invitation);
    const form = toAttendanceForm(link.fields);
    const problem = await this.pages.answer(invitation, form);
    if (problem === undefined) return link.goBack('klaar=ja');
    const view = await this.pages.view(invitation, { form, problem });
    return link.show('sessions/pages/attendance', view);
  }
}

import { CreateSessionDto } from '../../meetings/sessions.dto.js';
import { SessionPlanning } from '../planning/session-planning.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { MeetingScreen } from './meeting-screen.service.js';
import { SESSION_WORDS } from '../desk/minuting.words.js';
import type { RejectedScreenForm } from '../desk/screen-form.js';

/** The meeting series of the caller; for one series its sessions and the next ones to plan. */
@PageController('overleggen')
export class MeetingsPagesController {
  constructor(
    private readonly screen: MeetingScreen,
    private readonly planning: SessionPlanning,
  ) {}

  @Page('', 'meetings.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    return page.show('sessions/pages/meetings', await this.screen.list(page.caller));
  }

  @Page(':id', 'meetings.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedScreenForm): Promise<string> {
    return page.show('sessions/pages/meeting', await this.screen.view(id, page.caller, rejected));
  }

  @FormPost(':id/vergaderingen', 'sessions.write')
  async plan(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected({ ...SESSION_WORDS, idOf: (field) => `plannen-${field}` }, (rejected) =>
      this.show(form, id, { form: 'plannen', ...rejected }),
    );
    const { heldOn, startTime, endTime, place, isExtra } = form.fields;
    const wanted = { heldOn, startTime, endTime, place, ...(isExtra === 'true' && { isExtra: true }) };
    const session = await this.planning.plan(id, toInput(CreateSessionDto, wanted), form.caller);
    const notice = `Gepland: ${inDutch(session.heldOn)}. Maak hieronder de agenda af.`;
    return form.goOn(`/vergaderingen/${session.id}`, notice);
  }
}

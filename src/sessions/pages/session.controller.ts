import { isId } from '../../platform/common/ids.js';
import { ChangeSessionDto, SESSION_DETAILS } from '../../meetings/sessions.dto.js';
import { SessionPlanning } from '../planning/session-planning.service.js';
import { Sessions } from '../planning/sessions.service.js';
import { type Fields, orNull, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { isRoundTable, SessionForms } from './session-forms.service.js';
import { SessionPapers } from './session-papers.service.js';
import { SessionScreen } from './session-screen.service.js';

/** The one screen of a session, from planning to sending. */
@PageController('vergaderingen/:id')
export class SessionController {
  constructor(
    private readonly screen: SessionScreen,
    private readonly forms: SessionForms,
    private readonly sessions: Sessions,
    private readonly planning: SessionPlanning,
    private readonly papers: SessionPapers,
  ) {}

  @Page('', 'sessions.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const { actie = '', open = '', toevoegen } = page.query;
    const actionId = isId(actie) ? actie : undefined;
    const options = {
      actionId,
      isAdding: toevoegen !== undefined,
      isRoundTable: isRoundTable(page),
      shownIds: open.split(','),
    };
    return this.screen.page(page, id, options);
  }

  /** The minutes as stored, or a preview of the current state. */
  @Page('voorbeeld', 'minutes.read')
  async preview(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const document = await this.papers.document(await this.sessions.read(id, page.caller), page.caller);
    void page.reply.type('text/html; charset=utf-8');
    return document;
  }

  @FormPost('gegevens', 'sessions.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'gegevens');
    await this.planning.change(id, toChange(form.fields), form.version, form.caller);
    return this.forms.done(form, id, 'gegevens', 'Opgeslagen: de gegevens van deze vergadering.');
  }
}

/** An emptied place or time is cleared; what the form does not have is left as it is. */
function toChange(fields: Fields): ChangeSessionDto {
  const details = SESSION_DETAILS.filter((name) => name in fields);
  return toInput(ChangeSessionDto, { heldOn: fields.heldOn, ...orNull(fields, ...details) }, ['heldOn']);
}

import { toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { SessionForms } from '../pages/session-forms.service.js';
import { CURRENT_WORDS } from '../words.js';
import { PutCurrentItemDto } from '../current-item/current-items.dto.js';
import { CurrentItems } from '../current-item/current-items.service.js';
import { RoomScreen } from './room-screen.service.js';

/** The second window of the desk, and the form that sets what it shows. */
@PageController('vergaderingen/:id')
export class RoomScreenController {
  constructor(
    private readonly screen: RoomScreen,
    private readonly current: CurrentItems,
    private readonly forms: SessionForms,
  ) {}

  @Page('scherm', 'sessions.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return page.show('sessions/pages/room', await this.screen.of(id, page.caller));
  }

  /** The notice names no item: it may be confidential, and the room is watching. */
  @FormPost('aan-de-orde', 'sessions.write')
  async call(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'aan-de-orde');
    const { agendaItemId, part, step } = form.fields;
    const isCleared = agendaItemId === undefined && part === undefined;
    if (isCleared) await this.current.clear(id, form.version, form.caller);
    else await this.current.put(id, toInput(PutCurrentItemDto, { agendaItemId, part }), form.version, form.caller);
    return this.forms.done(form, id, step ?? 'tafel', isCleared ? CURRENT_WORDS.cleared : CURRENT_WORDS.called);
  }
}

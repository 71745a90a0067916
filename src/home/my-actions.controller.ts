import { Actions } from '../actions/actions.service.js';
import { isClosed } from '../actions/statuses.rules.js';
import { STANDING_WORDS, STATUS_WORDS } from '../actions/words.js';
import { PageContext, SubmittedForm } from '../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../web/page-kit.js';
import { ALONE, savedWords, standingFieldId, toReopening, toUpdate } from '../actions/pages/standing.rules.js';
import { MyActions } from './my-actions.service.js';

/** The caller's actions in all areas, overdue first: a status in one click, everything else in the form below it. */
@PageController('mijn-acties')
export class MyActionsController {
  constructor(
    private readonly myActions: MyActions,
    private readonly actions: Actions,
  ) {}

  @Page('', 'actions.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    const { klaar = '', was = '' } = page.query;
    const undo = await this.myActions.undoable(klaar, was, page.caller);
    return page.show('home/pages/my-actions', { ...(await this.myActions.view(page.caller)), undo });
  }

  @FormPost(':id', 'actions.answer')
  async answer(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const { fields } = form;
    form.ifRejected({ ...STANDING_WORDS, idOf: (field) => standingFieldId(id, field) }, async (rejected) => {
      const view = await this.myActions.view(form.caller, { id, ...rejected });
      return form.show('home/pages/my-actions', { ...view, undo: null, problem: rejected.problem });
    });
    const before = await this.actions.read(id, form.caller);
    const { number, status } = (await this.actions.update(id, toUpdate(fields, ALONE), form.caller)).action;
    const undo = isClosed(status) ? `?${new URLSearchParams({ klaar: id, was: before.status })}` : '';
    return form.goOn(`/mijn-acties${undo}`, savedWords(number, status, fields.status));
  }

  /** Undoes an accidental click: the action is open as before, and its history shows both. */
  @FormPost(':id/ongedaan', 'actions.answer')
  async undo(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const { was = '' } = form.fields;
    const { number, status } = (await this.actions.update(id, toReopening(was), form.caller)).action;
    const again = status === 'open' ? 'is weer open' : `${STATUS_WORDS[status]} weer`;
    return form.goOn('/mijn-acties', `Ongedaan gemaakt: ${number} ${again}.`);
  }
}

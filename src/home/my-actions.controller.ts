import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { NotInDocument } from '../platform/common/describe.js';
import { Requires } from '../platform/access/requires.js';
import { Actions } from '../actions/actions.service.js';
import { isClosed } from '../actions/statuses.rules.js';
import { IdPipe } from '../platform/common/ids.js';
import { STANDING_WORDS, STATUS_WORDS } from '../actions/words.js';
import { fieldsOf } from '../web/forms.js';
import {
  ALONE,
  savedWords,
  standingFieldId,
  toReopening,
  toUpdate,
  type Tried,
} from '../actions/pages/standing.rules.js';
import { MyActions } from './my-actions.service.js';
import { Pages } from '../web/pages.service.js';
import { CurrentVisit, type Visit } from '../web/visit.js';

/** What is mine, overdue first, over all areas: a status in one click, everything else in the form below it. */
@NotInDocument()
@Controller('mijn-acties')
export class MyActionsController {
  constructor(
    private readonly pages: Pages,
    private readonly myActions: MyActions,
    private readonly actions: Actions,
  ) {}

  @Get()
  @Requires('actions.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<string> {
    const { klaar = '', was = '' } = fieldsOf(query);
    const undo = await this.myActions.undoable(klaar, was, caller);
    return this.pages.show(visit, 'home/pages/my-actions', { ...(await this.myActions.view(caller)), undo });
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('actions.answer')
  async answer(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      STANDING_WORDS,
      async () => {
        const before = await this.actions.read(id, caller);
        const { number, status } = (await this.actions.update(id, toUpdate(fields, ALONE), caller)).action;
        const undo = isClosed(status) ? `?${new URLSearchParams({ klaar: id, was: before.status })}` : '';
        return { path: `/mijn-acties${undo}`, notice: savedWords(number, status, fields.status) };
      },
      async (problem) => {
        const tried: Tried = { id, fields, problem };
        const view = await this.myActions.view(caller, tried);
        return this.pages.show(visit, 'home/pages/my-actions', { ...view, undo: null, problem });
      },
      (field) => standingFieldId(id, field),
    );
  }

  /** A wrong press is put right with one more: the action is as open as it was, and the history says both. */
  @Post(':id/ongedaan')
  @HttpCode(200)
  @Requires('actions.answer')
  async undo(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { was = '' } = fieldsOf(body);
    const { number, status } = (await this.actions.update(id, toReopening(was), caller)).action;
    const again = status === 'open' ? 'is weer open' : `${STATUS_WORDS[status]} weer`;
    return this.pages.goOn(visit, '/mijn-acties', `Ongedaan gemaakt: ${number} ${again}.`);
  }
}

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { NotInDocument } from '../common/describe.js';
import { Requires } from '../access/requires.js';
import { Actions } from '../actions/actions.service.js';
import { IdPipe } from '../common/ids.js';
import { ACTION_WORDS, toUpdate } from './action-form.rules.js';
import { fieldsOf } from './forms.js';
import { fieldIdOf, savedWords, type Tried } from './my-actions.rules.js';
import { MyActions } from './my-actions.service.js';
import { Pages } from './pages.service.js';
import { CurrentVisit, type Visit } from './visit.js';

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
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    return this.pages.show(visit, 'pages/my-actions', await this.myActions.view(caller));
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
      ACTION_WORDS,
      async () => {
        const { number, status } = (await this.actions.update(id, toUpdate(fields), caller)).action;
        return { path: '/mijn-acties', notice: savedWords(number, status, fields.status) };
      },
      async (problem) => {
        const tried: Tried = { id, fields, problem };
        return this.pages.show(visit, 'pages/my-actions', { ...(await this.myActions.view(caller, tried)), problem });
      },
      (field) => fieldIdOf(id, field),
    );
  }
}

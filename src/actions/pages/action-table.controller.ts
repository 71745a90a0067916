import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { Requires } from '../../platform/access/requires.js';
import type { ActionLine } from '../actions.views.js';
import { Actions } from '../actions.service.js';
import { tableWords, toTableRow } from './action-table.rules.js';
import { fieldsOf } from '../../web/forms.js';
import { toCard } from './my-actions.rules.js';
import { StandingAnswers } from './standing-answers.service.js';
import { filledRows, type Tried } from './standing.rules.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';

const MOST_SHOWN = 200;

/** My actions as a table, for who has sixty: many rows changed at once. And what others do for us. */
@NotInDocument()
@Controller('mijn-acties')
export class ActionTableController {
  constructor(
    private readonly pages: Pages,
    private readonly actions: Actions,
    private readonly answers: StandingAnswers,
  ) {}

  @Get('tabel')
  @Requires('actions.answer')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    return this.pages.show(visit, 'actions/pages/action-table', await this.view(caller));
  }

  /** Rows that are taken are saved; the others are shown again with what was filled in and why. */
  @Post('tabel')
  @HttpCode(200)
  @Requires('actions.answer')
  async save(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const rows = filledRows(fieldsOf(body)).slice(0, MOST_SHOWN);
    if (rows.length === 0) return this.pages.goOn(visit, '/mijn-acties/tabel', 'U hebt niets ingevuld.');
    const { saved, refused } = await this.answers.enter(rows, () => caller);
    const words = tableWords(saved.length, refused.size);
    if (refused.size === 0) return this.pages.goOn(visit, '/mijn-acties/tabel', words);
    const summary = [...refused.values()].flatMap(({ problem }) => problem.summary);
    const view = { ...(await this.view(caller, refused)), saved: saved.length > 0 ? words : null };
    return this.pages.show(visit, 'actions/pages/action-table', {
      ...view,
      problem: { status: 400, summary, byField: {} },
    });
  }

  @Get('voor-ons')
  @Requires('actions.answer')
  async forUs(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    const query = { asked: true, open: true, page: 1, pageSize: MOST_SHOWN };
    const { items } = await this.actions.list(query, caller);
    const cards = (items as ActionLine[]).map((line) => toCard(line));
    return this.pages.show(visit, 'actions/pages/actions-for-us', {
      title: 'Wat anderen voor ons doen',
      tab: 'for-us',
      cards,
    });
  }

  private async view(caller: Caller, tried: ReadonlyMap<string, Tried> = new Map()) {
    const query = { mine: true, open: true, page: 1, pageSize: MOST_SHOWN };
    const { items, total } = await this.actions.list(query, caller);
    const rows = (items as ActionLine[]).map((line) => toTableRow(line, tried));
    return {
      title: 'Mijn acties als tabel',
      tab: 'table',
      rows,
      total,
      isMore: total > rows.length,
      saved: null as string | null,
    };
  }
}

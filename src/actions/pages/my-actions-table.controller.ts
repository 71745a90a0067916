import type { ActionLine } from '../actions.views.js';
import type { Caller } from '../../platform/access/caller.js';
import { Actions } from '../actions.service.js';
import { savedWords, toAnswerRow } from './my-actions-table.rules.js';
import { pageIn, pagesOf } from '../../web/paging.rules.js';
import { PAGE_SIZE } from './action-filters.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, Submitted } from '../../web/page-kit.js';
import { toCard } from './my-actions.rules.js';
import { StandingAnswers } from './standing-answers.service.js';
import { filledRows, type RejectedAnswer } from './standing.rules.js';

const MOST_SHOWN = 200;
/** Of what was asked and is over, those agreed last. */
const MOST_ENDED = 50;

/**
 * My actions as a table, for users with dozens of actions: many rows changed at once. Also the list of what others do
 * for us.
 */
@PageController('mijn-acties')
export class MyActionsTableController {
  constructor(
    private readonly actions: Actions,
    private readonly answers: StandingAnswers,
  ) {}

  @Page('tabel', 'actions.answer')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    return page.show('actions/pages/my-actions-table', await this.view(page.caller));
  }

  /** Saves the valid rows; the others are shown again with their input and errors. */
  @FormPost('tabel', 'actions.answer')
  async save(@Submitted() form: SubmittedForm): Promise<string> {
    const rows = filledRows(form.fields).slice(0, MOST_SHOWN);
    if (rows.length === 0) return form.goOn('/mijn-acties/tabel', 'U hebt niets ingevuld.', true);
    const { saved, refused } = await this.answers.enter(rows, () => form.caller);
    const words = savedWords(saved.length, refused.size);
    if (refused.size === 0) return form.goOn('/mijn-acties/tabel', words);
    const summary = [...refused.values()].flatMap(({ problem }) => problem.summary);
    const view = { ...(await this.view(form.caller, refused)), saved: saved.length > 0 ? words : null };
    return form.show('actions/pages/my-actions-table', {
      ...view,
      problem: { status: 400, summary, byField: {} },
    });
  }

  @Page('voor-ons', 'actions.answer')
  async forUs(@CurrentPage() page: PageContext): Promise<string> {
    const at = pageIn(page.query.pagina);
    const running = { asked: true, open: true, page: at, pageSize: PAGE_SIZE };
    const ended = { asked: true, open: false, sort: '-recordedOn', page: 1, pageSize: MOST_ENDED };
    const [{ items, total }, { items: over, total: allOver }] = await Promise.all([
      this.actions.list(running, page.caller),
      this.actions.list(ended, page.caller),
    ]);
    const cardsOf = (lines: readonly unknown[]) => (lines as ActionLine[]).map((line) => toCard(line));
    return page.show('actions/pages/actions-for-us', {
      title: 'Wat anderen voor ons doen',
      tab: 'for-us',
      cards: cardsOf(items),
      ended: cardsOf(over),
      moreEnded: allOver - over.length,
      pages: pagesOf(total, at, PAGE_SIZE, (to) => `/mijn-acties/voor-ons?pagina=${to}`),
    });
  }

  private async view(caller: Caller, rejected: ReadonlyMap<string, RejectedAnswer> = new Map()) {
    const query = { mine: true, open: true, page: 1, pageSize: MOST_SHOWN };
    const { items, total } = await this.actions.list(query, caller);
    const rows = (items as ActionLine[]).map((line) => toAnswerRow(line, rejected));
    return {
      title: 'Mijn acties als tabel',
      tab: 'table',
      today: caller.today,
      rows,
      total,
      isMore: total > rows.length,
      saved: null as string | null,
    };
  }
}

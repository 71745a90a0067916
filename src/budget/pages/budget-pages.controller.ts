import { isPermitted } from '../../platform/access/access.rules.js';
import { type Fields, type RejectedForm, toInput, wholeNumber } from '../../web/forms.js';
import { yearOptions } from '../../web/fields.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { fillingLink, type Link, recordForm } from '../../web/records.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { BudgetListDto, ChangeBudgetDto, CreateBudgetDto } from '../budgets.dto.js';
import { Budgets } from '../budgets.service.js';
import { CreateInitiativeDto } from '../initiatives.dto.js';
import { Initiatives } from '../initiatives.service.js';
import { centsOf, euros } from '../money.rules.js';
import { BUDGET_WORDS } from '../words.js';
import { newBudgetFields, toBudget } from './budget-form.rules.js';
import { BudgetPages, BUDGETS, budgetTitle } from './budget-pages.service.js';

/** The leefbaarheidsbudgets of areas. */
@PageController('budgetten')
export class BudgetPagesController {
  constructor(
    private readonly budgets: Budgets,
    private readonly initiatives: Initiatives,
    private readonly pages: BudgetPages,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'budgets.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const { caller, query } = page;
    const found = await this.budgets.list(toInput(BudgetListDto, listQuery(query)), caller);
    const areas = await this.selectOptions.areas('alle gebieden', { caller, permission: 'budgets.read' });
    const add = { href: `${BUDGETS}/nieuw?areaId=${query.area ?? ''}`, label: 'Leefbaarheidsbudget beginnen' };
    const mayWrite = isPermitted(caller, 'budgets.write');
    const area = areas.find(({ value }) => value !== '' && value === query.area);
    const years = yearOptions(await this.budgets.years(caller));
    return page.showRegister(found, {
      title: 'Leefbaarheidsbudgetten',
      ...(area && { back: { href: `/gebieden/${area.value}`, label: area.label } }),
      add: mayWrite ? add : null,
      links: found.total > 0 || mayWrite ? linksOf(query, mayWrite) : [],
      search: [
        { name: 'area', label: 'Gebied', type: 'choice', options: areas },
        { name: 'year', label: 'Jaar', type: 'choice', options: years },
      ],
      submit: 'Tonen',
      columns: {
        'Gebied en jaar': ({ id, areaName, year }) => cell(`${areaName} ${year}`, `${BUDGETS}/${id}`),
        Totaal: ({ total }) => euros(centsOf(total)),
        Toegekend: ({ granted }) => euros(centsOf(granted)),
        Over: ({ left }) => euros(centsOf(left)),
        Uitgegeven: ({ spent }) => euros(centsOf(spent)),
      },
      empty: 'Er is nog geen leefbaarheidsbudget.',
      nothingFound: 'Hier is geen leefbaarheidsbudget.',
      emptyHint: 'Het hoeft niet. De voorzitter van een gebied begint ermee als het gebied een budget heeft.',
    });
  }

  @Page('nieuw', 'budgets.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const { caller, query } = page;
    const areas = await this.selectOptions.areasToChoose(caller, 'budgets.write');
    const stored = { year: caller.today.slice(0, 4), ...query };
    const form = recordForm(`${BUDGETS}/nieuw`, 'Budget beginnen', newBudgetFields(areas), stored, rejected);
    const back = { href: BUDGETS, label: 'Leefbaarheidsbudgetten' };
    return page.showRecord({ title: 'Leefbaarheidsbudget beginnen', back, form }, rejected);
  }

  @FormPost('nieuw', 'budgets.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(BUDGET_WORDS, (rejected) => this.fresh(form, rejected));
    const input = { ...toBudget(form.fields), year: wholeNumber(form.fields.year) };
    const budget = await this.budgets.create(toInput(CreateBudgetDto, input, ['areaId', 'year']), form.caller);
    return form.goOn(`${BUDGETS}/${budget.id}`, `${budgetTitle(budget)} is begonnen.`);
  }

  @Page(':id', 'budgets.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    return page.show('budget/pages/budget', await this.pages.view(id, page.caller, rejected));
  }

  @Page(':id/wijzigen', 'budgets.write')
  async edit(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    return page.showRecord(await this.pages.edit(id, page.caller, rejected), rejected);
  }

  @FormPost(':id/wijzigen', 'budgets.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(BUDGET_WORDS, (rejected) => this.edit(form, id, rejected));
    const { version: _, ...fields } = form.fields;
    const input = { decidedBy: null, ...toBudget(fields) };
    await this.budgets.change(id, toInput(ChangeBudgetDto, input), form.version, form.caller);
    return form.goOn(`${BUDGETS}/${id}`, 'Opgeslagen.');
  }

  @FormPost(':id/initiatieven', 'budgets.write')
  async record(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(BUDGET_WORDS, (rejected) => this.show(form, id, rejected));
    const input = { ...toBudget(form.fields), budgetId: id };
    const { title } = await this.initiatives.create(
      toInput(CreateInitiativeDto, input, ['title', 'requested']),
      form.caller,
    );
    return form.goOn(`${BUDGETS}/${id}`, `Vastgelegd: ${title}.`);
  }
}

/** Links to the same list as a file, and to its import. */
function linksOf({ area = '', year = '' }: Fields, mayWrite: boolean): Link[] {
  const search = new URLSearchParams({ ...(area && { area }), ...(year && { year }) }).toString();
  const wanted = search ? `?${search}` : '';
  return [
    { href: `${BUDGETS}/lijst.xlsx${wanted}`, label: 'Deze lijst als Excel' },
    { href: `${BUDGETS}/lijst.csv${wanted}`, label: 'Deze lijst als CSV' },
    ...(mayWrite ? [fillingLink('budgetten')] : []),
  ];
}

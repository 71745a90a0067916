import { Inject, Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { filled, folded, formOf } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { cell, dayCell, tableOf } from '../../web/tables.rules.js';
import { Budgets } from '../budgets.service.js';
import type { BudgetView } from '../budgets.views.js';
import { Initiatives } from '../initiatives.service.js';
import type { InitiativeView } from '../initiatives.views.js';
import { centsIn, centsOf, euros, typedAmount } from '../money.rules.js';
import { decidedWords, leftWords, ratedWords, RESIDENTS, shareOf, WHO_DECIDES } from '../words.js';
import { BUDGET_FIELDS, initiativeFields } from './budget-form.rules.js';

export const BUDGETS = '/budgetten';
export const INITIATIVES = '/initiatieven';
const ALL = { page: 1, pageSize: 200 };

export const budgetTitle = ({ areaName, year }: { areaName: string; year: number }): string =>
  `Leefbaarheidsbudget ${areaName} ${year}`;

/** The budget of an area and year, with its requests and their results. */
@Injectable()
export class BudgetPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly budgets: Budgets,
    private readonly initiatives: Initiatives,
    private readonly selectOptions: SelectOptions,
  ) {}

  async view(id: string, caller: Caller, rejected?: RejectedForm) {
    const budget = await this.budgets.read(id, caller);
    const mayWrite = isPermittedIn(caller, 'budgets.write', budget.areaId);
    const [found, changes] = await Promise.all([
      this.initiatives.list({ ...ALL, budget: id, sort: 'title' }, caller),
      this.budgets.changes(id, { page: 1, pageSize: 20 }, caller),
    ]);
    const of = (state: InitiativeView['state']) => found.items.filter((one) => one.state === state);
    return {
      title: budgetTitle(budget),
      id,
      area: { id: budget.areaId, name: budget.areaName },
      problem: rejected?.problem,
      bar: barOf(budget),
      facts: factsOf(budget),
      mayWrite,
      undecided: tableOf('Initiatieven waarover nog wordt beslist', of('requested'), {
        Initiatief: titleCell,
        'Gevraagd door': askerOf,
        Gevraagd: ({ requested }) => euros(centsOf(requested)),
        Op: ({ requestedOn }) => dayCell(requestedOn, caller.today),
      }),
      granted: tableOf('Toegekende initiatieven', of('granted'), {
        Initiatief: titleCell,
        'Gevraagd door': askerOf,
        Thema: ({ theme }) => theme,
        Toegekend: ({ granted }) => euros(centsOf(granted!)),
        Uitgegeven: ({ spent }) => (spent === null ? 'nog niet bekend' : euros(centsOf(spent))),
        Verantwoord: ({ isAccountedFor }) =>
          isAccountedFor ? cell('ja', null, 'success') : cell('nog niet', null, 'neutral'),
      }),
      refused: tableOf('Afgewezen initiatieven', of('refused'), {
        Initiatief: titleCell,
        'Gevraagd door': askerOf,
        Gevraagd: ({ requested }) => euros(centsOf(requested)),
        Reden: ({ reason }) => reason,
      }),
      changes: tableOf('Eerdere bedragen van dit budget', changes.items.length > 1 ? changes.items : [], {
        Wanneer: ({ recordedAt }) => dayCell(dayOf(recordedAt), caller.today),
        Bedrag: ({ amount }) => euros(centsOf(amount)),
        Meegenomen: ({ carryOver }) => euros(centsOf(carryOver)),
        Door: ({ recordedByName }) => recordedByName,
      }),
      form: mayWrite ? await this.newForm(id, rejected) : null,
    };
  }

  async edit(id: string, caller: Caller, rejected?: RejectedForm): Promise<RecordView> {
    const budget = await this.budgets.read(id, caller);
    const { closesOn, decidedBy, isPublic, version } = budget;
    const stored = {
      ...{ closesOn, decidedBy, version, isPublic: isPublic ? 'ja' : '' },
      amount: budget.rate === null ? typedAmount(centsOf(budget.amount)) : '',
      rate: budget.rate === null ? '' : typedAmount(centsOf(budget.rate)),
      carryOver: typedAmount(centsOf(budget.carryOver)),
    };
    return {
      title: `${budgetTitle(budget)} wijzigen`,
      back: { href: `${BUDGETS}/${id}`, label: budgetTitle(budget) },
      form: recordForm(`${BUDGETS}/${id}/wijzigen`, 'Opslaan', BUDGET_FIELDS, stored, rejected),
    };
  }

  /** The themes of the setting, as suggestions. */
  async fieldsOfInitiative() {
    const organisations = await this.selectOptions.organisations('');
    return initiativeFields(organisations, this.settings.WIJKAGENDA_THEMES.split(';'));
  }

  private async newForm(id: string, rejected?: RejectedForm) {
    const fields = filled(await this.fieldsOfInitiative(), rejected?.fields ?? {}, rejected?.problem);
    const form = formOf(`${BUDGETS}/${id}/initiatieven`, 'Initiatief vastleggen', fields);
    return folded(form, 'Initiatief vastleggen', rejected !== undefined);
  }
}

export const askerOf = ({ requestedByName }: { requestedByName: string | null }): string =>
  requestedByName ?? RESIDENTS;
const titleCell = ({ id, title }: InitiativeView) => cell(title, `${INITIATIVES}/${id}`);

/** The bar of a budget: what was granted of the whole. */
function barOf(budget: Pick<BudgetView, 'total' | 'granted' | 'left'>) {
  const [total, granted, left] = [budget.total, budget.granted, budget.left].map(centsOf);
  return { share: shareOf(granted, total), words: leftWords({ total, granted, left }) };
}

function factsOf(budget: BudgetView) {
  const { inhabitants, rate, grantedCount, accountedCount } = budget;
  const money = (text: string) => euros(centsOf(text));
  const rated = inhabitants !== null && rate !== null ? `, ${ratedWords(inhabitants, centsIn(rate)!)}` : '';
  return [
    { term: 'Bedrag', text: `${money(budget.amount)}${rated}` },
    ...(centsOf(budget.carryOver) === 0 ? [] : [{ term: 'Meegenomen', text: money(budget.carryOver) }]),
    {
      term: 'Toegekend',
      text:
        grantedCount === 0
          ? 'nog niets'
          : `${money(budget.granted)}, aan ${grantedCount} ${grantedCount === 1 ? 'initiatief' : 'initiatieven'}`,
    },
    { term: 'Uitgegeven', text: money(budget.spent) },
    ...(grantedCount === 0 ? [] : [{ term: 'Verantwoord', text: `${accountedCount} van ${grantedCount}` }]),
    { term: 'Aanvragen tot en met', text: inDutch(budget.closesOn) },
    { term: 'Wie beslist', text: budget.decidedBy ?? WHO_DECIDES },
    { term: 'Openbaar', text: budget.isPublic ? 'ja' : 'nee' },
  ];
}

export const decisionWords = ({ decidedOn, sessionId }: InitiativeView): string | null =>
  decidedOn === null ? null : decidedWords(decidedOn, sessionId !== null);

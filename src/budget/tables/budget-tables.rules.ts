import { dayCell } from '../../actions/tables/action-table.rules.js';
import type { SheetColumn } from '../../platform/rendering/tables.js';
import type { BudgetView } from '../budgets.views.js';
import type { InitiativeView } from '../initiatives.views.js';
import { amountOf } from '../money.rules.js';
import { INITIATIVE_STATE_WORDS, MANDATE, RESIDENTS } from '../words.js';

type Kinds<C extends string> = Record<C, SheetColumn['kind']>;

/** The columns in which budgets are exported and imported; those derived from their initiatives are exported only. */
export const BUDGET_IN = {
  gebied: 'text',
  jaar: 'number',
  bedrag: 'amount',
  'bedrag per inwoner': 'amount',
  meegenomen: 'amount',
  'aanvragen tot en met': 'day',
  'wie beslist': 'text',
  openbaar: 'text',
} as const satisfies Kinds<string>;
export const BUDGET_OUT = {
  totaal: 'amount',
  'toegekend in totaal': 'amount',
  over: 'amount',
  'uitgegeven in totaal': 'amount',
} as const satisfies Kinds<string>;

/** The same for initiatives; where it was decided and who carries it out are exported only. */
export const INITIATIVE_IN = {
  gebied: 'text',
  jaar: 'number',
  initiatief: 'text',
  'gevraagd door': 'text',
  thema: 'text',
  gevraagd: 'amount',
  'gevraagd op': 'day',
  besluit: 'text',
  toegekend: 'amount',
  reden: 'text',
  'besloten op': 'day',
  zaaknummer: 'text',
  uitgegeven: 'amount',
  verantwoord: 'text',
  resultaat: 'text',
  openbaar: 'text',
} as const satisfies Kinds<string>;
export const INITIATIVE_OUT = { 'besloten door': 'text', acties: 'text' } as const satisfies Kinds<string>;

export type BudgetColumn = keyof typeof BUDGET_IN | keyof typeof BUDGET_OUT;
export type InitiativeColumn = keyof typeof INITIATIVE_IN | keyof typeof INITIATIVE_OUT;

export const columnsOf = <C extends string>(...kinds: Partial<Kinds<C>>[]): (SheetColumn & { title: C })[] =>
  kinds.flatMap((one) => Object.entries(one) as [C, SheetColumn['kind']][]).map(([title, kind]) => ({ title, kind }));

/** The columns that are not text. */
export const valuesIn = <C extends string>(kinds: Kinds<C>): C[] =>
  (Object.keys(kinds) as C[]).filter((column) => kinds[column] !== 'text');

/** "1250.50" of a view, or whole cents, as a cell: "1250,50". */
export const amountCell = (amount: string | number | null): string =>
  amount === null ? '' : (typeof amount === 'number' ? amountOf(amount) : amount).replace('.', ',');
export const yesOrNo = (value: boolean): string => (value ? 'ja' : 'nee');

/** `areaCode` names the area. A calculated amount has its rate, so that it is recalculated on import. */
export function toBudgetRow(budget: BudgetView, areaCode: string): Record<BudgetColumn, string> {
  const { year, amount, rate, carryOver, closesOn, decidedBy, isPublic, total, granted, left, spent } = budget;
  return {
    gebied: areaCode,
    jaar: String(year),
    bedrag: rate === null ? amountCell(amount) : '',
    'bedrag per inwoner': amountCell(rate),
    meegenomen: amountCell(carryOver),
    'aanvragen tot en met': dayCell(closesOn),
    'wie beslist': decidedBy ?? '',
    openbaar: yesOrNo(isPublic),
    totaal: amountCell(total),
    'toegekend in totaal': amountCell(granted),
    over: amountCell(left),
    'uitgegeven in totaal': amountCell(spent),
  };
}

export function toInitiativeRow(initiative: InitiativeView, areaCode: string): Record<InitiativeColumn, string> {
  const { year, title, requestedByName, theme, requested, requestedOn, state, granted, reason, decidedOn } = initiative;
  const { reference, spent, isAccountedFor, result, isPublic, sessionId, actions } = initiative;
  const isDecided = state !== 'requested';
  return {
    gebied: areaCode,
    jaar: String(year),
    initiatief: title,
    'gevraagd door': requestedByName ?? RESIDENTS,
    thema: theme ?? '',
    gevraagd: amountCell(requested),
    'gevraagd op': dayCell(requestedOn),
    besluit: INITIATIVE_STATE_WORDS[state],
    toegekend: amountCell(granted),
    reden: reason ?? '',
    'besloten op': dayCell(decidedOn),
    zaaknummer: reference ?? '',
    uitgegeven: amountCell(spent),
    verantwoord: state === 'granted' ? yesOrNo(isAccountedFor) : '',
    resultaat: result ?? '',
    openbaar: yesOrNo(isPublic),
    'besloten door': isDecided ? (sessionId === null ? MANDATE : 'vergadering') : '',
    acties: actions.map(({ number }) => number).join(', '),
  };
}

import { day, flag, id, line, moment, primary, reference, text, uuid, version, whole } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

/** The leefbaarheidsbudget of areas, and the initiatives paid from it. Amounts are in whole cents. */
export class CreateBudget1765000043000 extends CreateTables {
  tables = [
    table('budgets', [
      id(),
      reference('areas', 'areaId'),
      whole('year, amountCents, inhabitants?, rateCents?, carryOverCents'),
      day('closesOn'),
      line(200, 'decidedBy?'),
      flag(false, 'isPublic'),
      version(),
      unique('areaId, year'),
    ]),
    table('budget_changes', [
      id(),
      reference('budgets', 'budgetId'),
      whole('amountCents, carryOverCents'),
      flag(false, 'isPublic'),
      reference('people', 'recordedById'),
      moment('recordedAt'),
      index('budgetId'),
    ]),
    table('initiatives', [
      id(),
      reference('budgets', 'budgetId'),
      line(200, 'title'),
      reference('organisations', 'requestedById?'),
      line(100, 'theme?'),
      whole('requestedCents'),
      day('requestedOn'),
      line(10, 'state'),
      whole('grantedCents?'),
      text('reason?'),
      day('decidedOn?'),
      reference('sessions', 'sessionId?'),
      uuid('agendaItemId?'),
      line(100, 'reference?'),
      whole('spentCents?'),
      flag(false, 'isAccountedFor'),
      text('result?'),
      flag(false, 'isPublic'),
      version(),
      index('budgetId, state'),
      index('sessionId'),
      index('requestedById'),
    ]),
    table('initiative_changes', [
      id(),
      reference('initiatives', 'initiativeId'),
      line(10, 'verb, state'),
      whole('requestedCents, grantedCents?, spentCents?'),
      flag(false, 'isAccountedFor'),
      day('decidedOn?'),
      uuid('sessionId?'),
      reference('people', 'recordedById'),
      moment('recordedAt'),
      index('initiativeId'),
      index('sessionId'),
    ]),
    table('initiative_actions', [
      primary(reference('initiatives', 'initiativeId'), reference('actions', 'actionId')),
      index('actionId'),
    ]),
  ];
}

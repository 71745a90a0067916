import { day, flag, id, line, moment, reference, text, uuid, version } from './columns.js';
import { CreateTables, index, table } from './tables.js';

/** Questions from organisations and residents, with their outcomes. */
export class CreateQuestions1765000045000 extends CreateTables {
  tables = [
    table('questions', [
      id(),
      reference('areas', 'areaId'),
      line(200, 'title'),
      text('details?'),
      reference('organisations', 'requestedById?'),
      reference('people', 'askedById?'),
      day('askedOn'),
      day('dueOn'),
      uuid('dueSessionId?'),
      line(20, 'outcome?'),
      uuid('agendaItemId?, actionId?, initiativeId?'),
      text('answer?'),
      line(200, 'passedTo?'),
      line(100, 'reference?'),
      day('settledOn?'),
      uuid('settledInId?'),
      flag(false, 'chairAgrees, askerAgrees'),
      version(),
      index('areaId, askedOn'),
      index('requestedById'),
      index('actionId'),
      index('agendaItemId'),
      index('initiativeId'),
      index('settledInId'),
    ]),
    table('question_changes', [
      id(),
      reference('questions', 'questionId'),
      line(10, 'verb'),
      line(20, 'outcome?'),
      uuid('subjectId?, sessionId?'),
      day('dueOn?'),
      reference('people', 'recordedById'),
      moment('recordedAt'),
      index('questionId'),
      index('sessionId'),
    ]),
  ];
}

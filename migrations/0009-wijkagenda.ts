import { day, flag, id, line, moment, primary, reference, text, version, whole } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

export class CreateWijkagenda1765000008000 extends CreateTables {
  tables = [
    table('wijkagendas', [
      id(),
      reference('areas', 'areaId'),
      whole('year'),
      line(10, 'state'),
      text('themes, introduction?'),
      day('adoptedOn?'),
      reference('sessions', 'adoptedInId?'),
      day('closedOn?'),
      moment('publishedAt?'),
      version(),
      unique('areaId, year'),
    ]),
    table('wijkagenda_goals', [
      primary(reference('wijkagendas', 'wijkagendaId'), reference('goals', 'goalId')),
      whole('position'),
      flag(true, 'isPublic'),
      index('goalId'),
    ]),
    table('wijkagenda_parties', [
      primary(reference('wijkagendas', 'wijkagendaId'), reference('organisations', 'organisationId')),
      index('organisationId'),
    ]),
    table('koersoverzicht_requests', [
      id(),
      reference('people', 'personId'),
      reference('areas', 'areaId?'),
      moment('askedAt'),
      version(),
      unique('personId'),
    ]),
    table('quarterly_results', [
      id(),
      reference('areas', 'areaId'),
      whole('year, quarter'),
      line(10, 'state'),
      text('introduction?, lines'),
      moment('sentAt?, publishedAt?'),
      version(),
      unique('areaId, year, quarter'),
    ]),
  ];
}

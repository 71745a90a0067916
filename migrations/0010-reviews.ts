import { day, id, line, moment, primary, reference, text, uuid, version, whole } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

export class CreateReviews1765000009000 extends CreateTables {
  tables = [
    table('reviews', [
      id(),
      reference('areas', 'areaId'),
      day('fromOn, asOf'),
      line(10, 'state'),
      moment('knownAt?'),
      text('texts, document?'),
      line(64, 'hash?'),
      reference('people', 'createdById?'),
      moment('frozenAt?'),
      version(),
      moment('circulatedAt?'),
      day('reactionsUntilOn?'),
      moment('publishedAt?'),
      // Null for a review of everything in its area.
      uuid('opgaveId?'),
      index('areaId, asOf'),
    ]),
    table('review_parties', [
      primary(reference('reviews', 'reviewId'), reference('people', 'personId')),
      reference('organisations', 'organisationId'),
      index('personId'),
    ]),
    table('review_reactions', [
      id(),
      reference('reviews', 'reviewId'),
      reference('organisations', 'organisationId'),
      reference('people', 'personId'),
      text('text'),
      moment('reactedAt'),
      index('reviewId'),
    ]),
    table('rating_rounds', [
      id(),
      reference('areas', 'areaId'),
      whole('year'),
      moment('openedAt, closedAt?'),
      version(),
      unique('areaId, year'),
    ]),
    table('ratings', [
      id(),
      reference('rating_rounds', 'roundId'),
      reference('people', 'personId'),
      reference('organisations', 'organisationId'),
      whole('mark?'),
      line(10, 'speaksAsOne?, keptAgreements?'),
      text('wentWell?, canBeBetter?'),
      moment('answeredAt?'),
      version(),
      unique('roundId, personId'),
      index('personId'),
    ]),
  ];
}

import { id, line, moment, primary, reference, text, uuid, version } from './columns.js';
import { CreateTables, index, table } from './tables.js';

export class CreateAdministration1765000011000 extends CreateTables {
  tables = [
    // Who was erased, on what ground, and where the name still occurred in texts.
    table('erasures', [
      primary(reference('people', 'personId')),
      moment('erasedAt'),
      reference('people', 'byId?'),
      text('ground'),
    ]),
    table('erasure_places', [
      id(),
      reference('people', 'personId'),
      line(30, 'kind'),
      uuid('objectId'),
      line(30, 'field'),
      line(64, 'fingerprint'),
      index('personId'),
    ]),
    // When a backup was last made and the chains last verified, for display to the administrator.
    table('upkeep', [primary(line(20, 'kind')), moment('at'), text('flaw?')]),
    // What a file would change in a register, kept between proposal and execution.
    table('register_imports', [
      id(),
      reference('people', 'personId'),
      line(20, 'register'),
      line(10, 'state'),
      text('proposal'),
      moment('createdAt, executedAt?'),
      version(),
      index('personId'),
    ]),
  ];
}

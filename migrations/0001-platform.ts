import { column, count, day, flag, id, line, moment, primary, reference, text, uuid, whole } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

const NO_HASH = '0'.repeat(64);

export class CreatePlatform1765000000000 extends CreateTables {
  tables = [
    table('outgoing_messages', [
      id(),
      line(30, 'kind'),
      line(200, 'dedupeKey'),
      uuid('personId?, batchId?'),
      line(254, 'address'),
      text('payload'),
      line(20, 'state'),
      moment('plannedAt, nextAttemptAt, expiresAt'),
      uuid('claimId?'),
      moment('leaseUntil?'),
      count('attempts'),
      line(200, 'messageId?'),
      line(500, 'subject?'),
      text('bytes?'),
      line(64, 'hash?'),
      count('lines'),
      text('serverWords?'),
      // `refusedAt`: the mail server permanently refused the address; shown to its chairs and to administrators.
      moment('sentAt?, refusedAt?'),
      unique('dedupeKey'),
      index('personId'),
      index('batchId'),
      // The earliest to expire is sent first.
      index('state, expiresAt, nextAttemptAt, id', { name: 'outgoing_messages_due' }),
      // The few messages whose address was permanently refused, among all those ever sent.
      index('refusedAt', { name: 'outgoing_messages_refused', where: '"refusedAt" IS NOT NULL' }),
    ]),
    table('mail_links', [
      id(),
      line(20, 'purpose'),
      uuid('personId'),
      reference('outgoing_messages', 'messageId?'),
      text('subjectIds'),
      line(64, 'hash'),
      moment('expiresAt, usedAt?'),
      unique('hash'),
      index('personId'),
    ]),
    table('idempotency_keys', [
      primary(uuid('personId'), line(200, 'key')),
      line(64, 'fingerprint'),
      text('answer, scope'),
      moment('recordedAt'),
      index('recordedAt'),
    ]),
    table('audit_entries', [
      primary(whole('sequence')),
      moment('at'),
      uuid('actorId?'),
      line(10, 'how'),
      line(50, 'operation'),
      line(30, 'objectType'),
      uuid('objectId?, areaId?'),
      flag(false, 'isConfidential'),
      line(10, 'result'),
      // An entry can carry the hash of its object as its digest.
      line(64, 'previousHash, hash, digest?'),
      index('actorId, sequence'),
      index('areaId, sequence'),
      index('objectId'),
    ]),
    table('audit_head', [primary(whole('id')), whole('sequence'), line(64, 'hash')]),
    // A restored copy of the data sends no mail until its mail is released.
    table('mail_hold', [primary(whole('id')), line(60, 'home?'), moment('heldAt?')]),
    // Rate limits are counted across all instances.
    table('rate_counts', [primary(line(255, 'key')), count('points'), column('bigint', 'expire?')]),
    // The trail can start after its first entry, once that is past its retention period.
    table('audit_start', [primary(whole('id')), whole('sequence'), line(64, 'hash')]),
    // Former states of rows that reviews count. A row without any was never changed.
    table('former_states', [
      id(),
      line(30, 'tableName'),
      uuid('rowId'),
      text('state?'),
      moment('untilAt'),
      day('countsFrom?'),
      index('rowId', { name: 'former_states_of_row' }),
      index('tableName, untilAt', { name: 'former_states_by_moment' }),
    ]),
  ];
  override firstRows = [
    `INSERT INTO "audit_head" ("id", "sequence", "hash") VALUES (1, 0, '${NO_HASH}')`,
    `INSERT INTO "audit_start" ("id", "sequence", "hash") VALUES (1, 0, '${NO_HASH}')`,
    'INSERT INTO "mail_hold" ("id") VALUES (1)',
  ];
}

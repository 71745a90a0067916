import { column, count, flag, id, line, moment, reference, text, uuid, version } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

export class CreateIdentity1765000002000 extends CreateTables {
  tables = [
    table('api_tokens', [
      id(),
      reference('people', 'personId'),
      line(100, 'name'),
      line(64, 'hash'),
      moment('createdAt, expiresAt, lastUsedAt?, revokedAt?'),
      version(),
      unique('hash'),
      index('personId'),
    ]),
    table('web_sessions', [
      id(),
      reference('people', 'personId'),
      line(64, 'hash'),
      line(10, 'signedInBy'),
      line(100, 'userAgent'),
      moment('createdAt, lastUsedAt, expiresAt, endedAt?'),
      unique('hash'),
      index('personId'),
    ]),
    table('sign_in_requests', [
      id(),
      uuid('personId?'),
      line(64, 'hash?, codeHash?'),
      line(500, 'returnTo'),
      count('wrongCodes'),
      flag(true, 'isOnce'),
      moment('requestedAt, expiresAt, usedAt?'),
      unique('hash'),
      index('personId, requestedAt'),
      index('requestedAt'),
    ]),
    table('passkeys', [
      id(),
      reference('people', 'personId'),
      line(500, 'credentialId'),
      text('publicKey'),
      column('double precision', 'counter', { default: '0' }),
      line(100, 'name'),
      moment('createdAt, lastUsedAt?'),
      unique('credentialId'),
      index('personId'),
    ]),
  ];
}

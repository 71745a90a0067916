import { beforeAll, expect, it } from '@jest/globals';
import { PERMISSIONS, type Reach, type Role } from '../../src/access/permissions.js';
import { startApp, type TestApp } from '../support/app.js';
import { type Operation, operationsOf, withId } from '../support/operations.js';

const ROLES: Exclude<Role, 'person'>[] = ['admin', 'chair', 'partner', 'reader'];
const reachOf = ({ permission }: Operation, role: Role) =>
  (PERMISSIONS[permission] as Partial<Record<Role, Reach>>)[role];

let t: TestApp;
let operations: Operation[];
const tokens: Record<string, string> = {};
beforeAll(async () => {
  t = await startApp('sqlite');
  for (const role of ['admin', 'chair', 'reader'] as const) tokens[role] = await t.make.signedIn(role);
  const organisation = await t.make.organisation({ kind: 'police' });
  const partner = await t.make.person({ organisationId: organisation.id });
  await t.make.contact(organisation.id, partner.id, await t.make.root());
  tokens.partner = await t.make.token(partner.id);
  const ended = await t.make.person();
  await t.make.grant(ended.id, 'admin', await t.make.root(), { untilOn: '2026-06-01' });
  tokens.ended = await t.make.token(ended.id);
  const future = await t.make.person();
  await t.make.grant(future.id, 'admin', await t.make.root(), { fromOn: '2026-06-03' });
  tokens.future = await t.make.token(future.id);
  const gone = await t.make.person({ active: false });
  await t.make.grant(gone.id, 'admin', await t.make.root());
  tokens.gone = await t.make.token(gone.id);
  tokens.expired = await t.make.token(partner.id, { expiresAt: '2026-06-02T09:59:59.000Z' });
  tokens.revoked = await t.make.token(partner.id, { revokedAt: '2026-06-01T00:00:00.000Z' });
  operations = await operationsOf(t);
});

const send = async ({ method, path }: Operation, token: string): Promise<number> => {
  const request = t.api[method](withId(path)).set('Authorization', token).set('If-Match', '"1"');
  return (await (method === 'get' ? request : request.send({}))).status;
};

it('refuses each role each operation that the table does not give it, and lets it in where it does', async () => {
  const wrong: string[] = [];
  let cells = 0;
  for (const operation of operations) {
    for (const role of ROLES) {
      const isGiven = reachOf(operation, role) !== undefined || reachOf(operation, 'person') !== undefined;
      const status = await send(operation, tokens[role]);
      cells += 1;
      // On an unknown id, whoever is let in finds nothing, or an input that is not complete.
      if (isGiven ? status === 401 || status >= 500 : status !== 403)
        wrong.push(`${role}: ${operation.name} ${status}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(cells).toBe(operations.length * 4);
});

it.each(['ended', 'future'])('gives nothing on a grant that is %s', async (who) => {
  const wrong: string[] = [];
  for (const operation of operations) {
    const isEverybodys = reachOf(operation, 'person') !== undefined;
    const status = await send(operation, tokens[who]);
    if (!isEverybodys && status !== 403) wrong.push(`${operation.name} ${status}`);
  }
  expect(wrong).toEqual([]);
});

it.each(['gone', 'expired', 'revoked'])('lets nobody in with a token whose person or time is %s', async (who) => {
  const answers = await Promise.all(operations.map((operation) => send(operation, tokens[who])));
  expect(new Set(answers)).toEqual(new Set([401]));
});

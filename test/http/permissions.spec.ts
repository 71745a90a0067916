import { beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSIONS } from '../../src/platform/access/permissions.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Grant } from '../../src/directory/people/grant.entity.js';
import { Membership } from '../../src/directory/people/membership.entity.js';
import { startApp, type TestApp } from '../support/app.js';
import { type Client, clientOf } from '../support/client.js';
import { type Operation, operationsOf, withId } from '../support/operations.js';

describe('a standing that does not count', () => {
  let client: Client;
  let operations: Operation[];
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    const t = await startApp('sqlite');
    const root = await t.make.root();
    const admin = await t.make.person();
    await t.make.grant(admin.id, 'admin', root);
    const future = await t.make.person();
    await t.make.grant(future.id, 'admin', root, { fromOn: '2026-06-03' });
    tokens.future = await t.make.token(future.id);
    tokens.expired = await t.make.token(admin.id, { expiresAt: '2026-06-02T09:59:59.000Z' });
    tokens.revoked = await t.make.token(admin.id, { revokedAt: '2026-06-01T00:00:00.000Z' });
    operations = await operationsOf(t);
    client = await clientOf(t);
  });
  const send = async ({ method, path }: Operation, token: string): Promise<number> => {
    const headers = { authorization: token, 'if-match': '"1"' };
    return (await client({ method, path: withId(path), headers, body: method === 'get' ? undefined : {} })).status;
  };

  it('gives nothing: a grant that starts tomorrow', async () => {
    const wrong: string[] = [];
    for (const operation of operations) {
      const isEverybodys = 'person' in PERMISSIONS[operation.permission];
      const status = await send(operation, tokens.future);
      if (!isEverybodys && status !== 403) wrong.push(`${operation.name} ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(['expired', 'revoked'])('lets nobody in: a token that is %s', async (who) => {
    const answers = await Promise.all(operations.map((operation) => send(operation, tokens[who])));
    expect(new Set(answers)).toEqual(new Set([401]));
  });
});

describe('what ends on one instance', () => {
  let here: TestApp;
  let there: TestApp;
  beforeAll(async () => {
    here = await startApp('postgresql');
    there = await startApp('postgresql', { environment: { DATABASE_URL: here.settings.DATABASE_URL } });
  });
  const end = (work: Parameters<Transactions['run']>[0]) => here.app.get(Transactions).run(work);
  const status = async (path: string, token: string) => (await there.api.get(path).set('Authorization', token)).status;

  it('is over on the other from the next request on: a grant, a membership, a party to a convenant, a person', async () => {
    const { make } = here;
    const police = await make.organisation({ kind: 'police' });
    const chair = await make.person({ organisationId: police.id });
    const grant = await make.grant(chair.id, 'chair', await make.root());
    const membership = await make.member(chair.id, (await make.organisation()).id);
    const token = await make.token(chair.id);
    const parties = [police.id, membership.organisationId];
    const action = await make.action({ isConfidential: true, partyIds: parties, ownerId: police.id });
    const path = `/v1/actions/${action.id}`;
    expect(await status(path, token)).toBe(200);
    await end((m) => m.delete('action_parties', { actionId: action.id, organisationId: police.id }));
    expect(await status(path, token)).toBe(200);
    await end((m) => m.update(Membership, membership.id, { untilOn: '2026-06-01' }));
    expect(await status(path, token)).toBe(404);
    expect(await status('/v1/goals', token)).toBe(200);
    expect(await status('/v1/early-warnings', token)).toBe(200);
    await end((m) => m.update(Grant, grant.id, { untilOn: '2026-06-01' }));
    expect(await status('/v1/early-warnings', token)).toBe(403);
    await end((m) => m.update('people', chair.id, { active: false }));
    expect(await status('/v1/me', token)).toBe(401);
  });
});

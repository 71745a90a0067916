import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { execute } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { noteUpkeep } from '../../src/administration/operations/upkeep.js';
import { newPlace, onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { type Client, clientOf } from '../support/client.js';
import { Visitor } from '../support/visitor.js';

const TOKEN = 'a-token-of-at-least-32-characters';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: Visitor;
  let adminId: string;
  let client: Client;
  beforeAll(async () => {
    t = await startApp(kind, {
      today: '2026-06-02',
      isStory: true,
      environment: { METRICS: 'token', METRICS_TOKEN: TOKEN },
    });
    adminId = (await t.make.person({ name: 'beheerder' })).id;
    await t.make.grant(adminId, 'admin', await t.make.root());
    admin = await Visitor.of(t, adminId);
    client = await clientOf(t);
  });
  const wait = (id: number, state: string, moments: string) =>
    t.app.get(Transactions).run((manager) =>
      execute(
        manager,
        `INSERT INTO "outgoing_messages"
           ("id", "kind", "dedupeKey", "address", "payload", "state", "plannedAt", "nextAttemptAt", "expiresAt", "attempts")
         VALUES ($1, 'digest', $3, 'a@b.example', '{}', $2, ${moments}, 1)`,
        [`019300a0-0000-7000-8000-00000000000${id}`, state, `digest ${id}`],
      ),
    );
  const metrics = (headers: Record<string, string>) => client({ method: 'GET', path: '/metrics', headers });

  it('tells the administrator in words what is not well, and that alone', async () => {
    const before = await admin.see('/beheer/toestand');
    expect(before).toContain('Er is nog geen back-up gemaakt.');
    expect(before).toContain('nog niet nagekeken');
    const chapters = [...before.matchAll(/href="\/handleiding\/beheer#([^"]+)"/g)].map(([, chapter]) => chapter);
    expect(chapters).toEqual(['back-up', 'is-alles-nog-heel']);
    const manual = await admin.see('/handleiding/beheer');
    for (const chapter of chapters) expect(manual).toContain(`<h2 id="${chapter}">`);
    await noteUpkeep(t.database, ['backup', 'verify'], '2026-06-02T01:15:00.000Z', null);
    await t.api.post('/v1/digests').set('Authorization', await t.make.signedIn('admin'));
    const well = await admin.see('/beheer/toestand');
    expect(well).toContain('De laatste back-up is van dinsdag 2 juni 2026 om 03:15 uur.');
    expect(well).toMatch(
      /Op dinsdag 2 juni 2026 om \d\d:\d\d uur hoefde niemand een weekbericht te krijgen\. Het volgende gaat op maandag 8 juni/,
    );
    expect(well).not.toMatch(/niet in orde/);
    await wait(1, 'deferred', `'2026-06-02T05:00:00.000Z', '2026-06-03T00:00:00.000Z', '2026-06-09T00:00:00.000Z'`);
    const deferred = await admin.see('/beheer/toestand');
    expect(deferred).toContain('Voor 1 mail lukt het versturen al meer dan een uur niet.');
    expect(deferred).toContain('<a href="/beheer/mail">Naar de mail</a>');
    await wait(2, 'planned', `'2026-06-02T05:00:00.000Z', '2026-06-02T05:00:00.000Z', '2026-06-09T00:00:00.000Z'`);
    expect(await admin.see('/beheer/toestand')).toContain(
      '1 mail ligt al klaar sinds dinsdag 2 juni 2026 om 07:00 uur',
    );
    await noteUpkeep(t.database, ['verify'], '2026-06-02T09:00:00.000Z', 'audit trail: Entry 3 was <changed>.');
    const broken = await admin.see('/beheer/toestand');
    expect(broken).toContain('er is iets veranderd buiten de dienst om');
    expect(broken).toContain('Entry 3 was &lt;changed&gt;.');
  });

  it('says a digest that nobody planned, once it is a quarter of an hour late', async () => {
    t.clock.set('2026-06-08T08:14:00+02:00');
    admin = await Visitor.of(t, adminId);
    expect(await admin.see('/beheer/toestand')).not.toContain('is niet klaargezet');
    t.clock.set('2026-06-08T08:16:00+02:00');
    expect(await admin.see('/beheer/toestand')).toContain(
      'Het weekbericht van maandag 8 juni 2026 om 08:00 uur is niet klaargezet.',
    );
  });

  it('keeps the page for the administrator', async () => {
    const chair = await t.make.person();
    await t.make.grant(chair.id, 'chair', await t.make.root());
    const visitor = await Visitor.of(t, chair.id);
    expect(await visitor.see('/beheer/toestand', 403)).toContain('Dat mag niet');
    expect(await visitor.see('/beheer')).not.toContain('/beheer/toestand');
  });

  it('gives the same as numbers to holders of the token, and 404 to others', async () => {
    const path = `/v1/areas/019300a0-0000-7000-8000-000000000009`;
    await client({ method: 'GET', path, headers: { authorization: await t.make.signedIn('admin') } });
    const { status, type, text } = await metrics({ authorization: `Bearer ${TOKEN}` });
    expect([status, type]).toEqual([200, 'text/plain']);
    expect(text).toContain('wijkagenda_up_state{subject="chains"} 2\n');
    expect(text).toContain('wijkagenda_mail_waiting 2\n');
    expect(text).toContain('wijkagenda_http_requests_total{method="GET",route="/v1/areas/:id",status="404"} 1\n');
    expect(text).not.toContain('019300a0');
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) wijkagenda_\w+ .+|wijkagenda_\w+(\{[^{}]+\})? -?[\d.e+-]+)$/);
    const unknown = await client({ method: 'GET', path: '/nothing' });
    for (const authorization of ['', `Bearer ${TOKEN}x`, TOKEN])
      expect(await metrics({ authorization })).toMatchObject({ status: 404, text: unknown.text });
  });
});

describe('numbers for this machine alone', () => {
  it('are not for whoever comes through a proxy on it', async () => {
    const t = await startApp('sqlite', { environment: { METRICS: 'loopback' } });
    const client = await clientOf(t);
    const ask = async (headers: Record<string, string>) =>
      (await client({ method: 'GET', path: '/metrics', headers })).status;
    expect(await ask({})).toBe(200);
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-proto'])
      expect([name, await ask({ [name]: '127.0.0.1' })]).toEqual([name, 404]);
  });

  it('are off unless somebody sets them', async () => {
    const client = await clientOf(await startApp('sqlite'));
    expect((await client({ method: 'GET', path: '/metrics' })).status).toBe(404);
  });
});

it('remembers what the commands did: verify with what it found, a back-up made in another way', async () => {
  const { environment, remove } = await newPlace('sqlite', true);
  const run = (...words: string[]) =>
    execFileSync(process.execPath, [join(process.cwd(), 'dist/src/cli.js'), 'admin', ...words], {
      env: { PATH: process.env.PATH, ...environment, NOW: '2026-06-02T03:00:00+02:00' },
      encoding: 'utf8',
    });
  expect(run('verify')).toContain('audit trail: intact');
  run('note-backup');
  const t = await startApp('sqlite', { environment });
  const read = 'SELECT "kind", substr("at", 1, 16) AS "at", "flaw" FROM "upkeep" ORDER BY "kind"';
  const at = '2026-06-02T01:00';
  expect(await t.database.reader.query(read)).toEqual([
    { kind: 'backup', at, flaw: null },
    { kind: 'verify', at, flaw: null },
  ]);
  await t.app.get(Transactions).run((manager) => execute(manager, 'UPDATE "audit_head" SET "sequence" = 7'));
  expect(() => run('verify')).toThrow();
  const [, verify] = await t.database.reader.query(read);
  expect(verify.flaw).toMatch(/^audit trail: /);
  await t.app.close();
  await remove();
});

import { beforeAll, expect, it } from '@jest/globals';
import { verify } from '../../src/admin.js';
import { newId } from '../../src/platform/common/ids.js';
import { execute, row, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { verifyBinding } from '../../src/minutes/binding.js';
import { partHash, versionHash } from '../../src/minutes/minutes-hash.rules.js';
import { MinutesEvent } from '../../src/minutes/minutes-event.entity.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { MinutesVersion } from '../../src/minutes/minutes-version.entity.js';
import { verifyMinutes } from '../../src/minutes/verification.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { boskoop, bring, startClosed } from '../support/minutes.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let get: Awaited<ReturnType<typeof startClosed>>['get'];
  beforeAll(async () => {
    ({ t, get } = await startClosed(kind));
  });

  it('keeps names by a key, so that an erased name leaves the text and its hash alone', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    const contents = await rows<{ content: string }>(t.database.reader, 'SELECT "content" FROM "minutes_parts"');
    expect(contents.map(({ content }) => content).join()).not.toContain('wijkagent Boskoop');
    await t.app
      .get(Transactions)
      .run((m) => m.update('minutes_names', { personId: other.wijkagent.id }, { name: null, function: null }));
    const { body } = await get(other.signedIn.chair, '', other.session.id).expect(200);
    expect(body.attendance.present[1]).toMatchObject({ name: '(naam verwijderd)', function: null });
    expect(body.actions[0].ownerPerson).toEqual({ name: '(naam verwijderd)', function: null });
    expect(await verifyMinutes(t.database.reader)).toEqual([]);
    await bring(t, other.session.id, 'reopened');
    await bring(t, other.session.id, 'closed');
    const again = await get(other.signedIn.chair, '', other.session.id).expect(200);
    expect(again.body.attendance.present[1].name).toBe('(naam verwijderd)');
  });

  it('is refused by the database to be changed or thrown away', async () => {
    const transactions = t.app.get(Transactions);
    const attempt = (sql: string) =>
      expect(transactions.run((m) => execute(m, sql))).rejects.toHaveProperty(
        'message',
        expect.stringMatching(/append-only/),
      );
    await attempt(`UPDATE "minutes_versions" SET "hash" = 'x'`);
    await attempt('DELETE FROM "minutes_versions"');
    await attempt(`UPDATE "minutes_parts" SET "content" = '{}'`);
    await attempt('DELETE FROM "minutes_parts"');
    // Not noticed by row-level triggers.
    for (const table of ['minutes_versions', 'minutes_parts', 'audit_entries']) {
      if (kind === 'postgresql') await attempt(`TRUNCATE "${table}" CASCADE`);
      else await attempt(`INSERT OR REPLACE INTO "${table}" SELECT * FROM "${table}"`);
    }
    expect(await verifyMinutes(t.database.reader)).toEqual([]);
  });

  it('finds tampering: a changed text, a changed reason, a version that was slipped in, a text that is gone', async () => {
    const own = await startApp(kind, { today: '2026-06-02' });
    const victim = await boskoop(own);
    await bring(own, victim.session.id, 'closed');
    expect(await verifyMinutes(own.database.reader)).toEqual([]);
    const flawsAfter = async (change: string, undo: string) => {
      for (const table of ['minutes_parts', 'minutes_versions']) await dropGuards(own, table);
      await own.app.get(Transactions).run((m) => execute(m, change));
      const flaws = await verifyMinutes(own.database.reader);
      await own.app.get(Transactions).run((m) => execute(m, undo));
      return flaws.join(' ');
    };
    const swap = (from: string, to: string) =>
      `UPDATE "minutes_parts" SET "content" = replace("content", '${from}', '${to}') WHERE "label" = 'V1'`;
    expect(await flawsAfter(swap('groene', 'rode'), swap('rode', 'groene'))).toContain(
      'Part V1 of version 1 was changed',
    );
    expect(
      await flawsAfter(
        `UPDATE "minutes_versions" SET "reason" = 'correction'`,
        `UPDATE "minutes_versions" SET "reason" = 'closing'`,
      ),
    ).toContain('Version 1 was changed');
    const minutes = (await row<Minutes>(own.database.reader, 'SELECT * FROM "minutes"'))!;
    const slipped = newId();
    await own.make.row(MinutesVersion, {
      id: slipped,
      minutesId: minutes.id,
      number: 2,
      reason: 'closing',
      composedAt: '2026-06-02T10:00:00.000Z',
      composedById: null,
      hash: 'f'.repeat(64),
    });
    const flaws = (await verifyMinutes(own.database.reader)).join(' ');
    expect(flaws).toContain('Version 2 was changed');
    expect(flaws).toContain('The last version is 2, but the minutes refer to 1');
    await own.app.get(Transactions).run((m) => m.delete(MinutesVersion, slipped));
    await own.app
      .get(Transactions)
      .run((m) => execute(m, `UPDATE "minutes_parts" SET "content" = NULL, "salt" = NULL WHERE "label" = 'V1'`));
    expect(await verifyMinutes(own.database.reader)).toEqual([
      `Minutes ${minutes.id}: The text of part V1 of version 1 is missing.`,
    ]);
    await own.make.row(MinutesEvent, {
      id: newId(),
      minutesId: minutes.id,
      kind: 'destroyed',
      at: '2026-06-02T10:00:00.000Z',
      byId: null,
      sessionId: null,
      versionId: null,
      text: 'Einde van de bewaartermijn.',
      itemNumber: null,
    });
    expect(await verifyMinutes(own.database.reader)).toEqual([]);
  });

  it('finds the last version made anew with hashes that fit, and minutes that were taken away whole', async () => {
    const own = await startApp(kind, { today: '2026-06-02' });
    const victim = await boskoop(own);
    await bring(own, victim.session.id, 'closed');
    await bring(own, victim.session.id, 'reopened');
    await bring(own, victim.session.id, 'closed');
    const { reader } = own.database;
    expect(await verifyBinding(reader)).toEqual([]);
    for (const table of ['minutes_parts', 'minutes_versions']) await dropGuards(own, table);
    const run = (sql: string, params: string[] = []) => own.app.get(Transactions).run((m) => execute(m, sql, params));
    type Kept = { id: string; label: string; salt: string; content: string; hash: string };
    const sql = `SELECT p.* FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId" WHERE v."number" = 2`;
    const parts = (await rows<Kept>(reader, sql)).map((part) => {
      const content = part.content.replace('groene', 'rode');
      return { ...part, content, hash: partHash(part.salt, content) };
    });
    for (const { id, content, hash } of parts)
      await run('UPDATE "minutes_parts" SET "content" = $1, "hash" = $2 WHERE "id" = $3', [content, hash, id]);
    const [first, last] = await rows<MinutesVersion>(reader, 'SELECT * FROM "minutes_versions" ORDER BY "number"');
    await run('UPDATE "minutes_versions" SET "hash" = $1 WHERE "id" = $2', [
      versionHash(first.hash, last, parts),
      last.id,
    ]);
    expect(await verifyMinutes(reader)).toEqual([]);
    const { isWhole, lines } = await verify(own.database);
    expect([isWhole, lines.join()]).toEqual([
      false,
      expect.stringContaining(`Minutes ${last.minutesId}: version 2 does not match the audit trail.`),
    ]);
    for (const table of [
      'minutes_part_parties',
      'minutes_parts',
      'minutes_events',
      'minutes_versions',
      'minutes_names',
    ])
      await run(`DELETE FROM "${table}"`);
    await run('DELETE FROM "minutes"');
    expect(await verifyMinutes(reader)).toEqual([]);
    expect(await verifyBinding(reader)).toHaveLength(2);
  });
});

async function dropGuards(t: TestApp, table: string): Promise<void> {
  for (const on of ['update', 'delete']) {
    const name = `"${table}_refuse_${on}"`;
    const place = t.database.dialect.isPostgres ? ` ON "${table}"` : '';
    await t.app.get(Transactions).run((m) => execute(m, `DROP TRIGGER IF EXISTS ${name}${place}`));
  }
}

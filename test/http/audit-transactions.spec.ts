import { beforeAll, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { SERVICE } from '../../src/platform/access/caller.js';
import { Audit } from '../../src/platform/audit/audit.service.js';
import { verifyAudit } from '../../src/platform/audit/verify.js';
import { newId } from '../../src/platform/common/ids.js';
import { execute, row, rows } from '../../src/platform/database/rows.js';
import { writeHeld } from '../../src/platform/common/held-writes.js';
import { dryRun, withSavepoint } from '../../src/platform/database/savepoints.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { itOnPostgres, onBothDatabases, startApp, type TestApp } from '../support/app.js';

class Refused extends Error {}

const recorder = (t: TestApp) => (manager: EntityManager, id: string) =>
  t.app.get(Audit).record(manager, SERVICE, 'goal.changed', { type: 'goal', id });
const trailOf = async (t: TestApp, ids: readonly string[]): Promise<string[]> => {
  const found = await rows<{ objectId: string }>(
    t.database.reader,
    `SELECT "objectId" FROM "audit_entries" WHERE "operation" = 'goal.changed' ORDER BY "sequence"`,
  );
  return found.map(({ objectId }) => objectId).filter((id) => ids.includes(id));
};

onBothDatabases((kind) => {
  let t: TestApp;
  let door: Transactions;
  let record: ReturnType<typeof recorder>;
  beforeAll(async () => {
    t = await startApp(kind);
    door = t.app.get(Transactions);
    record = recorder(t);
  });

  it('keeps the entries of a transaction in order, and none of what a savepoint undid', async () => {
    const ids = Array.from({ length: 7 }, newId);
    await door.run(async (manager) => {
      await record(manager, ids[0]);
      await withSavepoint(manager, () => record(manager, ids[1]));
      const undone = withSavepoint(manager, async () => {
        await record(manager, ids[2]);
        throw new Refused();
      });
      await expect(undone).rejects.toThrow(Refused);
      await dryRun(manager, () => record(manager, ids[3]));
      await record(manager, ids[4]);
      // Written and read in a part that is undone: what was recorded before it is not.
      const written = withSavepoint(manager, async () => {
        await record(manager, ids[5]);
        await writeHeld(manager);
        expect(await row(manager, 'SELECT 1 FROM "audit_entries" WHERE "objectId" = $1', [ids[5]])).toBeDefined();
        throw new Refused();
      });
      await expect(written).rejects.toThrow(Refused);
      await record(manager, ids[6]);
    });
    expect(await trailOf(t, ids)).toEqual([ids[0], ids[1], ids[4], ids[6]]);
    expect(await verifyAudit(t.database.reader)).toBeNull();
  });

  it('leaves no hole where one of many writes at once is refused', async () => {
    const ids = Array.from({ length: 40 }, newId);
    await Promise.allSettled(
      ids.map((id, n) =>
        door.run(async (manager) => {
          await record(manager, id);
          if (n % 3 === 0) throw new Refused();
        }),
      ),
    );
    const kept = ids.filter((_, n) => n % 3 !== 0);
    expect((await trailOf(t, ids)).sort()).toEqual(kept.sort());
    expect(await verifyAudit(t.database.reader)).toBeNull();
  });

  it('stores nothing of a write whose entry cannot be written, and the next one', async () => {
    const [lost, kept] = [newId(), newId()];
    const organisation = await t.make.organisation({ name: 'voor het spoor' });
    const name = async () =>
      (await row<{ name: string }>(t.database.reader, 'SELECT "name" FROM "organisations" WHERE "id" = $1', [
        organisation.id,
      ]))!.name;
    const rename = (manager: EntityManager) =>
      execute(manager, `UPDATE "organisations" SET "name" = 'na het spoor' WHERE "id" = $1`, [organisation.id]);
    const failed = door.run(async (manager) => {
      await rename(manager);
      await t.app.get(Audit).record(manager, SERVICE, 'goal.changed', { type: null as never, id: lost });
    });
    await expect(failed).rejects.toThrow(/null/i);
    expect(await name()).toBe('voor het spoor');
    await door.run((manager) => record(manager, kept));
    expect(await trailOf(t, [lost, kept])).toEqual([kept]);
    expect(await verifyAudit(t.database.reader)).toBeNull();
  });

  it('refuses to record anything outside a transaction', async () => {
    await expect(record(t.database.writer.manager, newId())).rejects.toThrow('Only inside a transaction');
  });
});

itOnPostgres('lets a transaction that has recorded something wait for another', async () => {
  const t = await startApp('postgresql');
  const door = t.app.get(Transactions);
  const record = recorder(t);
  const { id } = await t.make.organisation({ name: 'wacht' });
  const touch = (manager: EntityManager) =>
    execute(manager, 'UPDATE "organisations" SET "version" = "version" + 1 WHERE "id" = $1', [id]);
  let tries = 0;
  let recorded!: () => void;
  let touched!: () => void;
  const hasRecorded = new Promise<void>((resolve) => (recorded = resolve));
  const hasTouched = new Promise<void>((resolve) => (touched = resolve));
  const early = door.run(async (manager) => {
    tries += 1;
    await record(manager, id);
    recorded();
    await hasTouched;
    await touch(manager);
  });
  const late = door.run(async (manager) => {
    tries += 1;
    await hasRecorded;
    await touch(manager);
    touched();
    await record(manager, id);
  });
  await Promise.all([early, late]);
  // PostgreSQL breaks off one of two that wait for each other, which is then tried again.
  expect(tries).toBe(2);
  expect(await verifyAudit(t.database.reader)).toBeNull();
});

import { beforeAll, expect, it } from '@jest/globals';
import type { MigrationInterface } from 'typeorm';
import { PartImports1765000087000 } from '../../migrations/0057-import-parts.js';
import { execute as carryOut, rows } from '../../src/platform/database/rows.js';
import { onBothDatabases } from '../support/app.js';
import { setUpActionImports } from './action-imports.setup.js';

const ROWS = 601;

onBothDatabases((kind) => {
  const i = setUpActionImports(kind);
  const { propose, execute } = i;
  const linesOf = (what: string) =>
    Array.from({ length: ROWS }, (_, n) => `;;;${what} ${n} "é\\;politie;z.s.m.;${n % 7 ? '' : 'gereed: klaar'};;`);
  const read = async (id: string) => (await i.n.get(`/v1/action-imports/${id}`).expect(200)).body;
  const countOf = async (sql: string, id: string) =>
    (await rows<{ count: number }>(i.n.database.reader, sql, [id]))[0].count;
  const partsOf = (id: string) =>
    countOf('SELECT count(*) AS "count" FROM "action_import_parts" WHERE "importId" = $1', id);
  const migrate = async (step: keyof MigrationInterface & ('up' | 'down')) => {
    const runner = i.n.database.writer.createQueryRunner();
    await new PartImports1765000087000()[step](runner);
    if (kind === 'postgresql') await runner.release();
  };

  // The numbers of the known actions do not count.
  beforeAll(() =>
    i.n.database.writer.transaction((manager) =>
      carryOut(manager, 'UPDATE "areas" SET "lastActionNumber" = 2000 WHERE "id" = $1', [i.n.boskoop.id]),
    ),
  );

  it('shows all rows of a long list in the order of the file, before and after it is carried out', async () => {
    const proposed = await propose(...linesOf('Plant een boom'));
    expect(proposed.rows.map(({ row }: { row: number }) => row)).toEqual(Array.from({ length: ROWS }, (_, n) => n + 2));
    expect(await partsOf(proposed.id)).toBeGreaterThan(1);
    expect(await read(proposed.id)).toEqual(proposed);
    const { body: done } = await execute(proposed.id).expect(200);
    expect(await read(proposed.id)).toEqual(done);
    expect(new Set(done.rows.map(({ number }: { number: string }) => number)).size).toBe(ROWS);
    expect(await execute(proposed.id, 2)).toMatchObject({ status: 409, body: { code: 'IMPORT_EXECUTED' } });
  });

  it('keeps lists that were uploaded before rows were stored in parts, and can carry them out', async () => {
    const proposed = await propose(...linesOf('Snoei de heg'));
    const empty = await propose();
    await migrate('down');
    const [{ proposal }] = await rows<{ proposal: { rows: unknown[] } }>(
      i.n.database.reader,
      'SELECT "proposal" FROM "action_imports" WHERE "id" = $1',
      [proposed.id],
      { proposal: 'json' },
    );
    expect(proposal.rows).toHaveLength(ROWS);
    await migrate('up');
    expect(await read(empty.id)).toEqual(empty);
    expect(await read(proposed.id)).toEqual(proposed);
    const { body: done } = await execute(proposed.id).expect(200);
    expect(done.counts).toEqual({ new: ROWS, changed: 0, unchanged: 0, cannot: 0 });
    expect(await read(proposed.id)).toEqual(done);
  });

  it('carries out all of a long list or nothing', async () => {
    const changed = `${i.known.number};7-4-2026;voorzieningen;Lantaarn Zijde;Politie + BOA's;;loopt;;0`;
    const { id } = await propose(...linesOf('Veeg de straat'), changed);
    const before = (await i.n.get('/v1/actions?pageSize=1')).body.total;
    await i.n.api
      .patch(`/v1/actions/${i.known.id}`)
      .set({ Authorization: i.n.as.chair, 'If-Match': '"1"' })
      .send({ theme: 'wonen' })
      .expect(200);
    expect(await execute(id)).toMatchObject({ status: 409, body: { code: 'IMPORT_OUTDATED' } });
    expect((await i.n.get('/v1/actions?pageSize=1')).body.total).toBe(before);
    expect((await read(id)).state).toBe('proposed');
  });

  it('undoes what it wrote when a row far down is refused, and names that row only', async () => {
    const before = i.known;
    const other = await i.n.make.action({
      areaId: i.n.boskoop.id,
      meetingId: i.n.meeting.id,
      number: `BOS-20${i.count}`,
    });
    const lines = linesOf('Snoei de linde');
    const { id } = await propose(
      `${before.number};;;Lantaarn Zijde noord;;;;;`,
      ...[1, 2, 3, 4].flatMap((n) => lines.map((line) => line.replace('linde', `linde ${n}`))),
      `${other.number};;;Andere titel;;;;;`,
    );
    const { body: all } = await i.n.get('/v1/actions?pageSize=1');
    await i.n.post(`/v1/actions/${other.id}/updates`, { comment: 'tussendoor' }).expect(201);
    const { body: refused } = await execute(id).expect(409);
    expect(refused).toMatchObject({ code: 'IMPORT_OUTDATED', errors: [{ field: `rows.${4 * ROWS + 3}` }] });
    expect((await i.n.get('/v1/actions?pageSize=1')).body.total).toBe(all.total);
    expect((await i.n.get(`/v1/actions/${before.id}`)).body).toMatchObject({ title: before.title, version: 1 });
    expect((await i.n.get('/v1/actions?q=linde')).body.total).toBe(0);
  });

  it('answers a repeated upload with the same list, and refuses another file under its key', async () => {
    const send = (file: string) =>
      i.n.api
        .post(`/v1/action-imports?area=${i.n.boskoop.id}`)
        .set({ Authorization: i.n.as.chair, 'Content-Type': 'text/csv', 'Idempotency-Key': `lijst-${kind}` })
        .send(file);
    const file = i.csv(...linesOf('Tel de bankjes'));
    const first = await send(file).expect(201);
    const again = await send(file).expect(201);
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', first.body]);
    expect(await send(`${file}\r\n`)).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('cuts a title that is too long between two characters', async () => {
    const title = `${'a'.repeat(198)}😀${'b'.repeat(20)}`;
    const { id } = await propose(`;;;${title};politie;z.s.m.;;;`, `;;;${title} nog eens;politie;z.s.m.;;;`);
    const { body } = await execute(id).expect(200);
    expect(body.counts.new).toBe(2);
    const { body: found } = await i.n.get(`/v1/actions?q=${body.rows[1].number}`).expect(200);
    expect(found.items[0].title).toBe(`${'a'.repeat(198)}…`);
  });

  it('deletes the rows with the import', async () => {
    const { id } = await propose(...linesOf('Maai het gras'));
    await i.n.database.writer.transaction((manager) =>
      carryOut(manager, 'DELETE FROM "action_imports" WHERE "id" = $1', [id]),
    );
    expect(await partsOf(id)).toBe(0);
  });
});

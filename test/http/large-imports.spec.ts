import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Clock } from '../../src/platform/common/clock.js';
import { verifyAudit } from '../../src/platform/audit/verify.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import type { Database } from '../../src/platform/database/database.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { toXlsx } from '../../src/platform/rendering/tables.js';
import { SCHEMA } from '../../src/schema.js';
import { readSettings } from '../../src/platform/settings.js';
import { newPlace, onBothDatabases } from '../support/app.js';
import { Make } from '../support/make.js';
import { type Service, startService } from '../support/service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEADER = ['nr', 'onderwerp', 'actie', 'wie', 'wanneer', 'stand van zaken'];
const ROWS = 10_000;

interface Answer {
  status: number;
  body: {
    id: string;
    number: string;
    title: string;
    version: number;
    total: number;
    counts: object;
    errors: { message: string }[];
  };
}

onBothDatabases((kind) => {
  let service: Service;
  let database: Database;
  let remove: () => Promise<void>;
  let authorization: string;
  let areaId: string;
  const known: { id: string; number: string }[] = [];
  beforeAll(async () => {
    const place = await newPlace(kind, true);
    remove = place.remove;
    database = await openDatabase(readSettings(place.environment), SCHEMA, false);
    const make = new Make(new Transactions(database), new Clock());
    areaId = (await make.area({ name: 'Boskoop', code: 'BOS' })).id;
    const police = (await make.organisation({ name: 'Politie' })).id;
    authorization = await make.signedIn('chair', areaId);
    for (let n = 1; n <= 50; n += 1) {
      const { id, number } = await make.action({
        areaId,
        number: `OUD-${n}`,
        ownerId: police,
        recordedOn: '2026-01-05',
      });
      known.push({ id, number });
    }
    service = await startService(place.environment);
  });
  afterAll(async () => {
    await service.stop();
    await database.onApplicationShutdown();
    await remove();
  });

  const ask = async (method: string, path: string, headers = {}, body?: Buffer): Promise<Answer> => {
    const answer = await fetch(service.url + path, {
      method,
      headers: { authorization, ...headers },
      body: body && new Uint8Array(body),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  const upload = (body: Buffer, type: string) =>
    ask('POST', `/v1/action-imports?area=${areaId}`, { 'content-type': type }, body);
  /** Responses to other requests while something is running: a list and a health check, alternately. */
  const answersDuring = async <T>(work: Promise<T>): Promise<{ answer: T; others: number }> => {
    let isBusy = true;
    let others = 0;
    const asking = (async () => {
      for (; isBusy; others += 1) {
        expect((await ask('GET', `/v1/actions?area=${areaId}&pageSize=10`)).status).toBe(200);
        expect((await ask('GET', '/health/live')).status).toBe(200);
      }
    })();
    const answer = await work.finally(() => (isBusy = false));
    await asking;
    return { answer, others };
  };

  it('takes in a workbook of ten thousand rows in one go, while others are answered', async () => {
    const changed = known.map(({ number }) => [number, 'schoon', 'Nagekeken', '', '', 'loopt: nagebeld']);
    const made = Array.from({ length: ROWS - known.length }, (_, n) => [
      '',
      'wonen',
      `Actie ${n}`,
      'Politie',
      'z.s.m.',
      '',
    ]);
    const file = await toXlsx({
      name: 'Acties',
      title: 'Acties',
      columns: HEADER.map((title) => ({ title, kind: 'text' })),
      rows: [...changed, ...made],
    });
    const { answer: proposed, others: whileReading } = await answersDuring(upload(file, XLSX));
    expect(proposed.status).toBe(201);
    expect(proposed.body.counts).toEqual({ new: ROWS - 50, changed: 50, unchanged: 0, cannot: 0 });
    const path = `/v1/action-imports/${proposed.body.id}/execution`;
    const { answer: done, others: whileWriting } = await answersDuring(ask('PUT', path, { 'if-match': '"1"' }));
    expect(done.status).toBe(200);
    // If they had been blocked, they would have been answered only once, at the end.
    expect(Math.min(whileReading, whileWriting)).toBeGreaterThan(3);
    const [counted] = await rows<Record<string, number>>(
      database.reader,
      `SELECT count(*) AS "all", count(DISTINCT "number") AS "numbers", sum("version") AS "versions",
         (SELECT count(*) FROM "action_updates") AS "updates", (SELECT "lastActionNumber" FROM "areas" WHERE "id" = $1) AS "last"
       FROM "actions" WHERE "areaId" = $1`,
      [areaId],
    );
    // Each known action got two updates: its status, and its edits.
    expect(counted).toEqual({ all: ROWS, numbers: ROWS, versions: ROWS + 100, updates: ROWS + 100, last: ROWS - 50 });
    const { body } = await ask('GET', `/v1/actions/${known[7].id}`);
    expect(body).toMatchObject({ title: 'Nagekeken', status: 'in_progress', theme: 'schoon', version: 3 });
    const found = async (words: string) => (await ask('GET', `/v1/actions?area=${areaId}&q=${words}`)).body.total;
    expect([await found('nagekeken'), await found('actie%20politie')]).toEqual([50, ROWS - 50]);
    // One by its title, one by its number.
    expect(await found('actie%209876')).toBe(2);
    expect(await verifyAudit(database.reader)).toBeNull();
  }, 60_000);

  it('answers clearly to what is too large, and goes on', async () => {
    const { answer, others } = await answersDuring(upload(Buffer.alloc(30 * 1024 * 1024, 'actie;wie\n'), 'text/csv'));
    expect(answer.status).toBe(413);
    expect(others).toBeGreaterThan(0);
    const garbage = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(4 * 1024 * 1024, 7)]);
    const unreadable = await answersDuring(upload(garbage, XLSX));
    expect(unreadable.answer.body.errors[0].message).toContain('niet als Excel-werkmap te lezen');
    const old = Buffer.from(`\ufeffactie;wie;wanneer\ncafé;Politie;z.s.m.`, 'utf16le');
    expect((await upload(old, 'text/csv')).body).toMatchObject({ encoding: 'utf-16', rows: [{ title: 'café' }] });
  });
});

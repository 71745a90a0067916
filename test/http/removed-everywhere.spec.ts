import { afterAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ActionImportPart } from '../../src/actions/import/action-import-part.entity.js';
import { ActionImport } from '../../src/actions/import/action-import.entity.js';
import { Judgement } from '../../src/actions/judgements/judgement.entity.js';
import { type FileKind, StoredFile } from '../../src/files/file.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { execute, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MinutesEvent } from '../../src/minutes/minutes-event.entity.js';
import { removedFromMinutes, verifyMinutes } from '../../src/minutes/verification.service.js';
import { Review } from '../../src/reviews/review.entity.js';
import { QuarterlyResult } from '../../src/wijkagenda/quarterly-results/quarterly-result.entity.js';
import { Wijkagenda } from '../../src/wijkagenda/wijkagenda.entity.js';
import { databasesNow, onBothDatabases, startApp } from '../support/app.js';
import { distributionPostgres, startDistributionPostgres } from '../support/distribution-postgres.js';
import { everythingKept } from '../support/everything.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { setUpRemovals, TERM } from './minutes-removals.setup.js';

const DUMP = { maxBuffer: 2 ** 28 };
const AT = '2026-06-02T10:00:00.000Z';

const programs = databasesNow().includes('postgresql') ? distributionPostgres() : undefined;

onBothDatabases((kind) => {
  const isDumped = kind === 'postgresql' && programs !== undefined;
  let server: Awaited<ReturnType<typeof startDistributionPostgres>> | undefined;
  const r = setUpRemovals(kind, async () => {
    if (isDumped) server = await startDistributionPostgres(programs);
    else if (kind === 'postgresql')
      console.warn('NOT TRIED: pg_dump. No PostgreSQL of the distribution is on this machine.');
    const environment = server && { DATABASE_URL: `${server.url}/postgres` };
    return startApp(server ? 'sqlite' : kind, { today: '2026-06-02', environment });
  });
  afterAll(async () => {
    await r.t.app.close();
    server?.stop();
  });
  const { put, redaction, sent, get, held } = r;

  /** Where the word occurs: the tables that contain it, and on SQLite the files, on PostgreSQL a dump. */
  const where = async (word: string): Promise<string[]> => {
    const tables = Object.entries(await everythingKept(r.t)).filter(([, kept]) =>
      kept.join().toLowerCase().includes(word.toLowerCase()),
    );
    const path = r.t.settings.DATABASE_PATH;
    const files = kind === 'sqlite' ? [path, `${path}-wal`].filter((file) => existsSync(file)) : [];
    // An index omits the first letters that a word shares with the one before it.
    const end = word.slice(4).toLowerCase();
    const lowered = files.filter((file) => readFileSync(file, 'latin1').toLowerCase().includes(end));
    const dump = server
      ? await promisify(execFile)(join(programs!, 'pg_dump'), [`${server.url}/postgres`], DUMP)
      : null;
    const dumped = dump?.stdout.toLowerCase().includes(word.toLowerCase()) ? ['dump'] : [];
    return [...tables.map(([name]) => name), ...dumped, ...lowered.map((file) => file.replace(path, 'file'))];
  };
  const as = (b: Boskoop, method: 'get' | 'post' | 'put' | 'patch', url: string) =>
    r.t.api[method](url).set('Authorization', b.signedIn.chair);

  /** Minutes with an item whose note contains the word, and an action from it that contains the word wherever it can. */
  const told = async (word: string) => {
    const b = await boskoop(r.t);
    const notes = `Bij ${word} was het onrustig.`;
    const item = await agendaItem(r.t, b.session.id, { number: '7', position: 70, title: `Over ${word}`, notes });
    const text = { title: `Brief aan ${word}`, details: `${word} woont daar.`, publicText: `Iets met ${word}` };
    const also = { reference: `Z-14 ${word}`, expectedResult: `${word} slaapt weer.` };
    const plan = { ...text, ...also, agendaItemId: item.id, ownerId: b.police.id, dueOn: '2026-07-01', isPublic: true };
    const key = newId();
    const action = (
      await as(b, 'post', `/v1/sessions/${b.session.id}/actions`).set('Idempotency-Key', key).send(plan).expect(201)
    ).body;
    await as(b, 'post', `/v1/actions/${action.id}/updates`)
      .send({ status: 'blocked', reason: `${word} zegt nee.`, comment: `Gebeld met ${word}.` })
      .expect(201);
    await as(b, 'post', `/v1/actions/${action.id}/updates`)
      .send({ status: 'done', realisation: 'full', result: `${word} is blij.`, resultSize: 'large' })
      .expect(201);
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    await as(b, 'post', `/v1/sessions/${b.session.id}/minutes/remarks`)
      .set('Idempotency-Key', newId())
      .send({ text: `Het ging om ${word}.`, itemNumber: '7' })
      .expect(201);
    return { b, item, action: action as { id: string; number: string }, key, plan };
  };
  const quarter = (b: Boskoop, fields: Partial<QuarterlyResult>) =>
    r.t.make.row(QuarterlyResult, {
      ...{ id: newId(), areaId: b.area.id, year: 2026, quarter: 2, state: 'sent', introduction: null, lines: [] },
      ...{ sentAt: AT, publishedAt: AT, version: 1, ...fields },
    } as QuarterlyResult);
  const review = (b: Boskoop, fields: Partial<Review>) =>
    r.t.make.row(Review, {
      ...{ id: newId(), areaId: b.area.id, opgaveId: null, fromOn: '2026-01-01', asOf: '2026-06-30', state: 'final' },
      ...{ knownAt: AT, texts: {}, document: null, hash: 'a'.repeat(64), createdById: b.chair.id, frozenAt: AT },
      ...{ circulatedAt: null, reactionsUntilOn: null, publishedAt: AT, version: 1, ...fields },
    } as Review);

  it('leaves redacted words nowhere: index, stored responses, imports, published quarters and reviews, file and log', async () => {
    const word = `Zwaluwnestje${kind}`;
    const { b, action, key, plan } = await told(word);
    const line = { number: action.number, text: `${word} is blij.`, isStruck: false };
    const { id: quarterId } = await quarter(b, { lines: [line, { ...line, number: 'XYZ-1', text: 'Iets anders.' }] });
    const results = [{ number: action.number, title: `Brief aan ${word}`, result: `${word} is blij.`, size: 'large' }];
    await review(b, { document: { figures: { total: { agreed: 1 }, results } } });
    const importId = newId();
    await r.t.make.row(ActionImport, {
      ...{ id: importId, personId: b.chair.id, areaId: b.area.id, state: 'executed', createdAt: AT, executedAt: AT },
      ...{ proposal: { unknownColumns: [word] } as never, version: 1 },
    });
    const listed = [{ wat: `Brief aan ${word}` }] as never;
    await r.t.make.row(ActionImportPart, { importId, part: 0, rows: listed });
    const before = ['idempotency_keys', 'quarterly_results', 'reviews', ...(isDumped ? ['dump'] : [])];
    expect(await where(word)).toEqual(expect.arrayContaining(before));
    const { status, body } = await put(b, 'redaction', redaction('7', word));
    expect([status, body.elsewhere]).toEqual([200, []]);
    expect(await where(word)).toEqual([]);
    const page = await r.t.api.get(`/v1/quarterly-results/${quarterId}`).set('Authorization', b.signedIn.chair);
    expect(page.body.lines.map(({ text }: { text: string }) => text)).toEqual(['(weggelakt) is blij.', 'Iets anders.']);
    const again = await as(b, 'post', `/v1/sessions/${b.session.id}/actions`).set('Idempotency-Key', key).send(plan);
    expect([again.status, again.body.title]).toEqual([201, 'Brief aan (weggelakt)']);
  });

  it('redacts a reference that becomes too long by it', async () => {
    const { b, action } = await told('BOA');
    const reference = 'BOA '.repeat(25).trim();
    await as(b, 'patch', `/v1/actions/${action.id}`).set('If-Match', '"3"').send({ reference }).expect(200);
    const { status } = await put(b, 'redaction', redaction('7', 'BOA'));
    const { body } = await as(b, 'get', `/v1/actions/${action.id}`);
    expect([status, body.reference]).toEqual([200, '(weggelakt) '.repeat(9).slice(0, 100)]);
  });

  it('leaves nothing of what was edited first and redacted later, in the text or in the index of words', async () => {
    const word = `Putterdijk${kind}`;
    const { b, action } = await told(word);
    const edited = { title: 'Brief aan de buren', details: 'Zij wonen daar.', publicText: 'Iets met de buren' };
    await as(b, 'patch', `/v1/actions/${action.id}`).set('If-Match', '"3"').send(edited).expect(200);
    const { status } = await put(b, 'redaction', redaction('7', word));
    expect([status, await where(word)]).toEqual([200, []]);
  });

  it('names every other place that still says them, as far as the caller may know', async () => {
    const word = `Kwartelhof${kind}`;
    const { b, action } = await told(word);
    const said = {
      organisationId: b.welfare.id,
      judgement: 'partly' as const,
      judgedOn: '2026-06-02',
      isCurrent: true,
    };
    await r.t.make.row(Judgement, {
      ...{ id: newId(), goalId: null, actionId: action.id, comment: `${word} niet.`, ...said },
      ...{ recordedById: b.coach.id, recordedAt: AT },
    });
    const goal = await as(b, 'post', '/v1/goals')
      .send({ areaId: b.area.id, kind: 'result', title: `Rust rond ${word}` })
      .expect(201);
    const { id: wijkagendaId } = await r.t.make.row(Wijkagenda, {
      ...{ id: newId(), areaId: b.area.id, year: 2026, state: 'draft', themes: [], introduction: `${word} telt.` },
      ...{ adoptedOn: null, adoptedInId: null, closedOn: null, publishedAt: null, version: 1 },
    } as Wijkagenda);
    const { id: quarterId } = await quarter(b, { introduction: `Rond ${word} gelukt.` });
    const { id: reviewId } = await review(b, { texts: { learned: `${word} leert.` }, publishedAt: null });
    const other = await agendaItem(r.t, b.session.id, { number: '8', position: 80, title: `Weer ${word}` });
    const foreign = await r.t.make.area();
    await quarter({ ...b, area: foreign }, { introduction: `Rond ${word} gelukt.` });
    const hidden = await agendaItem(r.t, b.session.id, { number: 'V9', title: `Stil ${word}` }, [b.police.id]);
    const file = (what: FileKind, thingId: string) =>
      r.t.make.row(StoredFile, {
        ...{
          id: newId(),
          kind: what,
          thingId,
          name: `Foto bij ${word}.jpg`,
          state: 'stored',
          format: 'jpeg',
          bytes: 9,
        },
        ...{ width: 1, height: 1, sha256: 'a'.repeat(64), isPublic: false, addedById: b.chair.id, addedAt: AT },
        ...{ removedGround: null, version: 1 },
      });
    await file('action', action.id);
    for (const { id } of [other, hidden]) await file('agenda_item', id);
    const { body } = await put(b, 'redaction', redaction('7', word));
    const found = body.elsewhere.map(({ kind: what, id }: { kind: string; id: string }) => `${what} ${id}`);
    expect(found.toSorted()).toEqual(
      [
        `action_file ${action.id}`,
        `agenda_item ${other.id}`,
        `agenda_item_file ${b.session.id}`,
        `goal ${goal.body.id}`,
        `judgement ${action.id}`,
        `quarterly_result ${quarterId}`,
        `review ${reviewId}`,
        `wijkagenda ${wijkagendaId}`,
      ].toSorted(),
    );
    expect(JSON.stringify(body)).not.toContain(word);
  });

  it('leaves destroyed minutes nowhere, and names what still says the same', async () => {
    const word = `Merelstraat${kind}`;
    const { b, action } = await told(word);
    const { id: quarterId } = await quarter(b, { introduction: `Bij ${word} was het onrustig.` });
    r.t.clock.set('2037-01-02T10:00:00Z');
    const { status, body } = await put(b, 'destruction', { ground: TERM });
    r.t.clock.set('2026-06-03T10:00:00Z');
    expect(status).toBe(200);
    expect(body.elsewhere).toContainEqual(expect.objectContaining({ kind: 'quarterly_result', id: quarterId }));
    const kept = Object.entries(await everythingKept(r.t)).filter(([, found]) => found.join().includes(`Over ${word}`));
    expect(kept).toEqual([]);
    // What remains has its own retention period: the action, and the place just named.
    await r.t.app.get(Transactions).run(async (m) => {
      await execute(m, `DELETE FROM "quarterly_results" WHERE "id" = $1`, [quarterId]);
      await execute(
        m,
        `UPDATE "action_updates" SET "title" = 'x', "comment" = NULL, "statusReason" = NULL, "result" = NULL, "changes" = '{}'
         WHERE "actionId" = $1`,
        [action.id],
      );
      await execute(
        m,
        `UPDATE "actions" SET "title" = 'x', "titleKey" = 'x', "details" = NULL, "statusReason" = NULL, "result" = NULL, "publicText" = NULL,
           "reference" = NULL, "expectedResult" = NULL WHERE "id" = $1`,
        [action.id],
      );
      await execute(m, 'DELETE FROM "idempotency_keys"');
    });
    await r.t.app.get(Transactions).removeForGood(async () => {});
    expect(await where(word)).toEqual([]);
  });

  it('destroys minutes after their term, keeps hash and declaration, and lets verify say so', async () => {
    const b = await sent();
    const discussed = { sessionId: b.session.id, actionId: b.lamps.id, outcome: 'discussed' } as const;
    await r.t.make.discussion({ ...discussed, note: 'Kievit' });
    await r.t.make.row(MinutesEvent, {
      ...{ id: newId(), minutesId: (await get(b, b.signedIn.chair).expect(200)).body.id, kind: 'objection', at: AT },
      ...{ byId: b.coach.id, sessionId: null, versionId: null, text: 'Niet Kievit.', itemNumber: '3' },
    });
    await r.t.api
      .post(`/v1/sessions/${b.session.id}/minutes/remarks`)
      .set('Authorization', b.signedIn.chair)
      .set('Idempotency-Key', newId())
      .send({ text: 'Pimpelmees' })
      .expect(201);
    const { body: before, headers } = await get(b, b.signedIn.chair).expect(200);
    const early = await put(b, 'destruction', { ground: TERM });
    expect([early.status, early.body.code]).toEqual([409, 'RETENTION_NOT_OVER']);
    r.t.clock.set('2037-01-02T10:00:00Z');
    const admin = await r.t.make.signedIn('admin');
    expect((await put(b, 'destruction', { ground: TERM }, b.signedIn.police, headers.etag)).status).toBe(403);
    const { status, body } = await put(b, 'destruction', { ground: TERM }, admin, headers.etag);
    expect([status, body]).toMatchObject([200, { kind: 'destroyed', versions: [{ number: 1, hash: before.hash }] }]);
    expect(await held(b)).not.toMatch(
      /geluid|groene|verlichting bij de skatebaan blijft|Overlast bij de skatebaan|Zorgen om/,
    );
    expect(
      Object.values(await everythingKept(r.t))
        .flat()
        .join(),
    ).not.toContain('Kievit');
    const named = await rows(
      r.t.database.reader,
      `SELECT "guestName" AS "name" FROM "attendances" WHERE "sessionId" = $1 AND "guestName" IS NOT NULL
       UNION ALL SELECT "name" FROM "minutes_names" WHERE "minutesId" = $2 AND "name" IS NOT NULL`,
      [b.session.id, before.id],
    );
    expect(named).toEqual([{ name: '(naam verwijderd)' }]);
    // Too short to be searched for elsewhere, but gone from the responses stored for repeated requests.
    const kept = await rows(r.t.database.reader, 'SELECT "answer" FROM "idempotency_keys"');
    expect(JSON.stringify(kept)).not.toContain('Pimpelmees');
    await get(b, b.signedIn.chair).expect(404);
    expect((await verifyMinutes(r.t.database.reader)).filter((flaw) => flaw.includes(before.id))).toEqual([]);
    const removed = await removedFromMinutes(r.t.database.reader);
    expect(removed).toContainEqual(expect.stringMatching(new RegExp(`${before.id}: destroyed at 2037.*${TERM}`)));
    const again = await put(b, 'destruction', { ground: TERM }, admin, `"${before.version + 1}"`);
    expect([again.status, again.body.code]).toEqual([409, 'MINUTES_DESTROYED']);
  });
});

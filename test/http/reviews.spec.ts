import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { laySmallYear } from '../support/small-year.js';

const YEAR = { fromOn: '2025-01-01', asOf: '2025-12-31' };
const UNKNOWN = '019300a0-0000-7000-8000-00000000ffff';

onBothDatabases((kind) => {
  let t: TestApp;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let strangeChair: string;
  let admin: string;
  let reader: string;
  let partner: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2024-01-01' });
    year = await laySmallYear(t.make);
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
    strangeChair = await t.make.signedIn('chair', year.elsewhere.id);
    admin = await t.make.signedIn('admin');
    reader = await t.make.signedIn('reader', year.team.id);
    partner = await t.make.token(year.contact.id);
  });
  const create = (by: string, body: object) => t.api.post('/v1/reviews').set('Authorization', by).send(body);
  const draft = async () => (await create(chair, { areaId: year.boskoop.id, ...YEAR }).expect(201)).body;
  const read = (by: string, id: string) => t.api.get(`/v1/reviews/${id}`).set('Authorization', by);
  const freeze = (by: string, id: string, version = 1) =>
    t.api
      .put(`/v1/reviews/${id}/freezing`)
      .set('Authorization', by)
      .set('If-Match', `"${version}"`)
      .send({ reason: 'De partijen zijn al gehoord.' });
  const write = (by: string, id: string, body: object, version = 1) =>
    t.api.patch(`/v1/reviews/${id}`).set('Authorization', by).set('If-Match', `"${version}"`).send(body);
  const final = async () => (await freeze(chair, (await draft()).id).expect(200)).body;

  describe('a draft', () => {
    it('is made by the chair of the area and says where it is', async () => {
      const { body, headers } = await create(chair, { areaId: year.boskoop.id, ...YEAR }).expect(201);
      expect(body).toMatchObject({
        areaId: year.boskoop.id,
        areaName: 'Boskoop',
        ...YEAR,
        state: 'draft',
        hash: null,
        frozenAt: null,
        succeeded: null,
        version: 1,
      });
      expect(body.knownAt).toMatch(/^2026-01-10T10:/);
      expect(headers).toMatchObject({ etag: '"1"', location: `/v1/reviews/${body.id}` });
    });

    it('is made once for one Idempotency-Key', async () => {
      const body = { areaId: year.boskoop.id, fromOn: '2025-01-01', asOf: '2025-06-30' };
      const [one, other] = [
        await create(chair, body).set('Idempotency-Key', 'half-year-of-2025').expect(201),
        await create(chair, body).set('Idempotency-Key', 'half-year-of-2025').expect(201),
      ];
      expect(other.body).toEqual(one.body);
    });

    it('takes four texts, and lets one go again', async () => {
      const { id } = await draft();
      const texts = {
        succeeded: 'De schouw.',
        notSucceeded: 'Het fietspad.',
        learned: 'Eerst kijken.',
        nextYear: 'Door.',
      };
      expect((await write(chair, id, texts).expect(200)).body).toMatchObject({ ...texts, version: 2 });
      expect((await write(chair, id, { learned: null }, 2).expect(200)).body).toMatchObject({
        ...texts,
        learned: null,
        version: 3,
      });
    });

    it('can be thrown away by the chair of its area, and is then gone', async () => {
      const { id } = await draft();
      const remove = (by: string) => t.api.delete(`/v1/reviews/${id}`).set('Authorization', by);
      await remove(chair).expect(428);
      await remove(chair).set('If-Match', '"9"').expect(412);
      await remove(strangeChair).set('If-Match', '"1"').expect(404);
      await remove(chair).set('If-Match', '"1"').expect(204);
      await read(chair, id).expect(404);
    });

    it('is not there for anyone but its chairs', async () => {
      const { id } = await draft();
      const unknown = await read(admin, UNKNOWN).expect(404);
      for (const by of [admin, reader, partner, strangeChair]) {
        expect((await read(by, id).expect(404)).body).toEqual(unknown.body);
        const list = await t.api.get('/v1/reviews?state=draft').set('Authorization', by).expect(200);
        expect(list.body).toMatchObject({ items: [], total: 0 });
      }
    });

    it('cannot be asked for a moment to come, or for what is no moment', async () => {
      const { id } = await draft();
      const ask = (knownAt: string) => read(chair, `${id}?knownAt=${knownAt}`);
      for (const wrong of ['2026-02-01T00:00:00Z', '2026-01-01', '2025-13-01T00:00:00Z', '2025-02-30T00:00:00Z']) {
        expect((await ask(wrong).expect(400)).body.errors).toMatchObject([{ field: 'knownAt' }]);
      }
    });
  });

  describe('a period', () => {
    it.each([
      ['that is reversed', { fromOn: '2025-12-31', asOf: '2025-01-01' }, ['fromOn']],
      ['longer than five years', { fromOn: '2020-12-31', asOf: '2025-12-31' }, ['fromOn']],
      ['that is not over yet', { fromOn: '2025-01-01', asOf: '2026-01-11' }, ['asOf']],
      ['too long and not over yet', { fromOn: '2019-01-01', asOf: '2027-01-11' }, ['fromOn', 'asOf']],
      ['with a day that does not exist', { fromOn: '2025-02-30', asOf: '2025-12-31T00:00:00Z' }, ['fromOn', 'asOf']],
    ])('%s is refused', async (_, period, fields) => {
      const { body } = await create(chair, { areaId: year.boskoop.id, ...period }).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
    });

    it('of exactly five years, up to today, is taken', async () => {
      await create(chair, { areaId: year.boskoop.id, fromOn: '2021-01-11', asOf: '2026-01-10' }).expect(201);
    });
  });

  it('refuses an unknown area together with what else is wrong, and unknown fields', async () => {
    const wrong = await create(chair, { areaId: UNKNOWN, fromOn: '2025-02-01', asOf: '2025-01-01' }).expect(400);
    expect(wrong.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['areaId', 'fromOn']);
    const unknown = await create(chair, { areaId: 'Boskoop', ...YEAR, goals: true }).expect(400);
    expect(unknown.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['areaId', 'goals']);
  });

  it('changes nothing by blank, overlong or unknown texts, and names them all', async () => {
    const { id } = await draft();
    const { body } = await write(chair, id, { succeeded: '  ', learned: 'x'.repeat(4001), asOf: '2025-06-01' }).expect(
      400,
    );
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['asOf', 'learned', 'succeeded']);
    expect((await read(chair, id)).body).toMatchObject({ succeeded: null, asOf: '2025-12-31', version: 1 });
  });

  it('is made and written by chairs only, each in the own areas', async () => {
    const body = { areaId: year.boskoop.id, ...YEAR };
    await t.api.post('/v1/reviews').send(body).expect(401);
    for (const by of [admin, reader, partner, strangeChair]) await create(by, body).expect(403);
    const { id } = await final();
    for (const by of [admin, reader, partner]) {
      await write(by, id, { succeeded: 'Alles.' }).expect(403);
      await freeze(by, id).expect(403);
    }
    await freeze(strangeChair, id).expect(404);
  });

  describe('a final review', () => {
    it('is stored whole with its hash, and names the sessions that were not closed', async () => {
      const { id } = await draft();
      await write(chair, id, { succeeded: 'De schouw.' }).expect(200);
      const { body } = await freeze(chair, id, 2).expect(200);
      expect(body).toMatchObject({ state: 'final', succeeded: 'De schouw.', version: 3 });
      expect(body.figures.collaboration.notClosed).toMatchObject([
        { sessionId: year.unclosed.id, heldOn: '2025-11-11' },
      ]);
      const [row] = await t.database.writer.query(`SELECT "document", "knownAt" FROM "reviews" WHERE "id" = '${id}'`);
      expect(body.hash).toBe(createHash('sha256').update(row.document).digest('hex'));
      expect(row.knownAt).toBe(body.knownAt);
    });

    it('asks for the version that was read', async () => {
      const { id } = await draft();
      await t.api.put(`/v1/reviews/${id}/freezing`).set('Authorization', chair).expect(428);
      await freeze(chair, id, 7).expect(412);
      expect((await read(chair, id)).body.state).toBe('draft');
    });

    it('is frozen once', async () => {
      const { id } = await final();
      expect((await freeze(chair, id, 1).expect(409)).body.code).toBe('REVIEW_FINAL');
      expect((await freeze(chair, id, 2).expect(409)).body.code).toBe('REVIEW_FINAL');
    });

    it('is frozen once also when two do it at the same time', async () => {
      const { id } = await draft();
      const answers = await Promise.all([freeze(chair, id), freeze(chair, id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });

    it('never changes: not by its chair, not by what happens later', async () => {
      const before = await final();
      const html = (await read(chair, before.id).set('Accept', 'text/html').expect(200)).text;
      await write(chair, before.id, { succeeded: 'Anders.' }, 2).expect(409);
      await t.api.delete(`/v1/reviews/${before.id}`).set('Authorization', chair).set('If-Match', '"2"').expect(409);
      const day = { effectiveOn: '2025-10-01', status: 'done', doneOn: '2025-10-01', closedOn: '2025-10-01' } as const;
      const row = await t.make.update(year.stillLate, { ...day, result: 'Toch gedaan' });
      await t.database.writer.query(
        `UPDATE "organisations" SET "name" = 'Politie Eenheid' WHERE "id" = '${year.police.id}'`,
      );
      const fresh = await draft();
      expect(fresh.figures.total.doneInPeriod).toBe(before.figures.total.doneInPeriod + 1);
      expect((await read(chair, before.id).expect(200)).body).toEqual(before);
      expect((await read(chair, before.id).set('Accept', 'text/html')).text).toBe(html);
      await t.database.writer.query(`DELETE FROM "action_updates" WHERE "id" = '${row.id}'`);
      await t.database.writer.query(`UPDATE "organisations" SET "name" = 'Politie' WHERE "id" = '${year.police.id}'`);
    });

    it('cannot be counted by another moment', async () => {
      const { id, knownAt } = await final();
      await read(chair, `${id}?knownAt=${knownAt}`).expect(400);
    });

    it('is read by administrators, readers and partners of the area, not by those of another', async () => {
      const { id } = await final();
      for (const by of [chair, admin, reader, partner]) await read(by, id).expect(200);
      for (const by of [strangeChair, await t.make.signedIn('reader', year.elsewhere.id)])
        await read(by, id).expect(404);
      await read(await t.make.token((await t.make.person()).id), id).expect(403);
      await t.api.get(`/v1/reviews/${id}`).expect(401);
    });

    it('shows figures per organisation to chairs, parties and readers, and not to administrators', async () => {
      const { id } = await final();
      for (const by of [chair, reader, partner]) {
        expect((await read(by, id)).body.figures.organisations).toHaveLength(5);
      }
      const { body } = await read(admin, id).expect(200);
      expect(body.figures.organisations).toBeNull();
      expect(body.figures.attendance.organisations).toBeNull();
    });

    it('gives nobody away by a group of one or two organisations', async () => {
      const { id } = await final();
      const { body } = await read(admin, id).expect(200);
      expect(body.figures.kinds).toEqual([]);
      expect(body.figures.attendance.kinds).toEqual([]);
      for (const form of ['application/json', 'text/html']) {
        const { text } = await read(admin, id).set('Accept', form).expect(200);
        for (const name of ['Politie', 'Dorpsraad', 'Habeko']) expect(text).not.toContain(name);
      }
    });
  });

  it('lists what may be known, by area with what is below it and by state', async () => {
    const own = await t.make.area({ parentId: year.team.id });
    const owner = await t.make.signedIn('chair', own.id);
    const { body: made } = await create(owner, { areaId: own.id, ...YEAR }).expect(201);
    const list = (by: string, query: string) => t.api.get(`/v1/reviews?${query}`).set('Authorization', by);
    expect((await list(owner, `area=${own.id}`).expect(200)).body).toMatchObject({
      total: 1,
      items: [{ id: made.id }],
    });
    expect((await list(owner, `area=${own.id}&state=final`)).body.total).toBe(0);
    await freeze(owner, made.id).expect(200);
    const below = await list(reader, `area=${year.team.id}&state=final&pageSize=200`).expect(200);
    expect(below.body.items.map(({ id }: { id: string }) => id)).toContain(made.id);
    expect((await list(chair, `area=${own.id}`)).body.total).toBe(0);
    await list(reader, 'sort=hash').expect(400);
  });

  it('is a document in plain Dutch by Accept, without anything the content policy would block', async () => {
    const { id } = await draft();
    await write(chair, id, { succeeded: 'De <schouw> werkt.' }).expect(200);
    const { text, headers } = await read(chair, id).set('Accept', 'text/html').expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers.etag).toBe('"2"');
    for (const part of [
      '<h1>Jaarevaluatie Boskoop</h1>',
      '>2025<',
      'zaterdag 10 januari 2026, 11:00 uur',
      'Vertrouwelijke acties tellen in dit overzicht niet mee.',
      'De &lt;schouw&gt; werkt.',
      'Er staan tien prullenbakken',
      'Dorpsraad Boskoop',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/ style=|<style|<script|\bNaN\b|undefined|\[object/);
    await read(chair, id).set('Accept', 'image/png').expect(406);
  });

  it('is a document also when there is nothing to tell: n.v.t., not 0%', async () => {
    const empty = await t.make.area({ name: 'Zwammerdam' });
    const concern = await t.make.signedIn('chair');
    const { body } = await create(concern, { areaId: empty.id, ...YEAR }).expect(201);
    const { text } = await read(concern, body.id).set('Accept', 'text/html').expect(200);
    expect(text).toContain('n.v.t.');
    expect(text.replaceAll(/<svg.*?<\/svg>/gs, '')).not.toMatch(/\bNaN\b|\b0%/);
  });
});

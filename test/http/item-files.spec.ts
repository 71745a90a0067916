import { beforeAll, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { everythingKept } from '../support/everything.js';
import { pdf } from '../support/files.js';
import { agendaItem, bring } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { layVillage } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let village: Awaited<ReturnType<typeof world>>;
  const world = (app: TestApp) =>
    layVillage(app, {
      gemeente: { organisation: 'Gemeente', person: 'gebiedsadviseur Boskoop', chairs: true },
      politie: { organisation: 'Politie', person: 'wijkagent Boskoop', invited: 'participant', contact: 'here' },
      habeko: { organisation: 'Habeko Wonen', person: 'woonconsulent', invited: 'participant', contact: 'here' },
    });
  beforeAll(async () => {
    t = await startApp(kind);
    village = await world(t);
  });
  const planned = async (fields: Parameters<TestApp['make']['agendaItem']>[1] = {}) => {
    const session = await t.make.session(village.meeting.id, { heldOn: '2026-06-09' });
    return { session, item: await t.make.agendaItem(session.id, { title: 'Schoolplein', ...fields }) };
  };
  const upload = (id: string, token: string, name = 'kaart.pdf') =>
    t.api.post(`/v1/agenda-items/${id}/files`).set('Authorization', token).attach('file', pdf(), name);

  it('takes papers of whoever writes in the session and of whoever brought the item in, before it', async () => {
    const { session, item } = await planned({ proposedById: village.organisations.politie.id });
    const { gemeente, politie, habeko } = village.tokens;
    await upload(item.id, gemeente).expect(201);
    await upload(item.id, politie, 'nota.pdf').expect(201);
    await upload(item.id, habeko).expect(403);
    const { body } = await t.api.get(`/v1/agenda-items/${item.id}/files`).set('Authorization', habeko).expect(200);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['kaart.pdf', 'nota.pdf']);
    const path = `/v1/agenda-items/${item.id}`;
    expect((await t.api.get(path).set('Authorization', habeko).expect(200)).body.fileCount).toBe(2);
    const visitor = await Visitor.of(t, village.people.habeko.id);
    expect(await visitor.see(`/vergaderingen/${session.id}`)).toContain('Stukken (2)');
    const papers = await visitor.see(`/agendapunten/${item.id}/stukken`);
    expect(papers).toContain('nota.pdf');
    expect(papers).toMatch(/<a[^>]*aria-current[^>]*>Overleggen</);
  });

  it('fixes papers once the minutes were sent, except by weglakken, which keeps the hash', async () => {
    const session = await t.make.session(village.meeting.id, { heldOn: '2026-05-26', state: 'open' });
    const item = await agendaItem(t, session.id, { title: 'Speelplek', notes: 'Besproken.' }, []);
    const { gemeente } = village.tokens;
    const key = newId();
    const named = () => upload(item.id, gemeente, 'Brief Zilverreiger.pdf').set('Idempotency-Key', key);
    const { body: file } = await named().expect(201);
    await bring(t, session.id, 'closed');
    const minutes = `/v1/sessions/${session.id}/minutes`;
    const { headers } = await t.api.get(minutes).set('Authorization', gemeente).expect(200);
    const sending = t.api.put(`${minutes}/dispatch`).set('Authorization', gemeente).set('If-Match', headers.etag);
    await sending.expect(200);
    expect((await upload(item.id, gemeente).expect(409)).body.code).toBe('MINUTES_SENT');
    const path = `/v1/agenda-items/${item.id}/files/${file.id}`;
    const remove = t.api.delete(path).set('Authorization', gemeente).set('If-Match', '"1"');
    expect((await remove.expect(409)).body.code).toBe('MINUTES_SENT');
    expect(existsSync(join(t.settings.FILES_PATH, file.id))).toBe(true);
    const redact = t.api.put(`${path}/redaction`).set('Authorization', gemeente).set('If-Match', '"1"');
    await redact.send({ ground: 'artikel 17 AVG' }).expect(204);
    await t.api.get(path).set('Authorization', gemeente).expect(404);
    expect(existsSync(join(t.settings.FILES_PATH, file.id))).toBe(false);
    const stored = await rows(
      t.database.reader,
      'SELECT "state", "name", "sha256", "removedGround" FROM "files" WHERE "id" = $1',
      [file.id],
    );
    expect(stored).toEqual([{ state: 'redacted', name: '', sha256: file.sha256, removedGround: 'artikel 17 AVG' }]);
    const kept = Object.entries(await everythingKept(t)).filter(([, found]) => found.join().includes('Zilverreiger'));
    expect(kept).toEqual([]);
    const database = t.settings.DATABASE_PATH;
    const onDisk = kind === 'sqlite' ? [database, `${database}-wal`].filter((one) => existsSync(one)) : [];
    expect(onDisk.filter((one) => readFileSync(one, 'latin1').includes('Zilverreiger'))).toEqual([]);
  });

  it('hides the papers of a confidential item from anyone who is not a party', async () => {
    const { session, item } = await planned({
      ...{ number: 'V1', isConfidential: true, title: 'Adres', partyIds: [village.organisations.politie.id] },
      proposedById: village.organisations.politie.id,
    });
    const { body } = await upload(item.id, village.tokens.politie).expect(201);
    await t.api
      .get(`/v1/agenda-items/${item.id}/files/${body.id}`)
      .set('Authorization', village.tokens.habeko)
      .expect(404);
    await upload(item.id, village.tokens.habeko).expect(404);
    const visitor = await Visitor.of(t, village.people.habeko.id);
    expect(await visitor.see(`/vergaderingen/${session.id}`)).not.toContain('Stukken');
  });

  it('keeps the papers of an earlier confidential item from a party to the later one alone', async () => {
    const { politie, habeko } = village.organisations;
    const secret = { number: 'V1', isConfidential: true, title: 'Adres' };
    const { item: earlier } = await planned({ ...secret, partyIds: [politie.id], proposedById: politie.id });
    await upload(earlier.id, village.tokens.politie).expect(201);
    const { item } = await planned({ ...secret, carriedFromId: earlier.id, partyIds: [politie.id, habeko.id] });
    const read = async (token: string): Promise<[number, number]> => {
      const get = (path: string) => t.api.get(`/v1/agenda-items/${item.id}${path}`).set('Authorization', token);
      const { items } = (await get('/files').expect(200)).body;
      return [items.length, (await get('').expect(200)).body.fileCount];
    };
    expect(await read(village.tokens.politie)).toEqual([1, 1]);
    expect(await read(village.tokens.habeko)).toEqual([0, 0]);
  });

  it('lets whoever brought the item in remove their own papers, nobody else’s, and add none once the session began', async () => {
    const { gemeente, politie, habeko } = village.tokens;
    const proposedById = village.organisations.politie.id;
    const { item } = await planned({ proposedById });
    const [{ body: map }, { body: note }] = [await upload(item.id, gemeente), await upload(item.id, politie)];
    const remove = async (file: { id: string }, token: string) => {
      const path = `/v1/agenda-items/${item.id}/files/${file.id}`;
      return (await t.api.delete(path).set({ Authorization: token, 'If-Match': '"1"' })).status;
    };
    expect([await remove(map, politie), await remove(note, habeko), await remove(note, politie)]).toEqual([
      403, 403, 204,
    ]);
    const session = await t.make.session(village.meeting.id, { heldOn: '2026-06-02', state: 'open' });
    const begun = await t.make.agendaItem(session.id, { title: 'Speelplek', proposedById });
    await upload(begun.id, politie).expect(403);
    await upload(begun.id, gemeente).expect(201);
  });

  it('lets the papers go with an item that is taken off the agenda', async () => {
    const { item } = await planned();
    const { body } = await upload(item.id, village.tokens.gemeente).expect(201);
    const { gemeente } = village.people;
    const visitor = await Visitor.of(t, gemeente.id);
    const path = `/agendapunten/${item.id}`;
    const removing = await visitor.post(
      `${path}/bestanden/${body.id}/verwijderen`,
      { version: '1' },
      `${path}/stukken`,
    );
    expect(removing.status).toBe(303);
    expect(existsSync(join(t.settings.FILES_PATH, body.id))).toBe(false);
  });

  it('takes no more than FILES_TOTAL_MB of all things together, and again when there is room', async () => {
    const { gemeente, politie } = village.tokens;
    const { item } = await planned();
    const action = await t.make.action({ areaId: village.area.id, ownerId: village.organisations.politie.id });
    const toItem = (bytes: number) =>
      t.api
        .post(`/v1/agenda-items/${item.id}/files`)
        .set('Authorization', gemeente)
        .attach('file', pdf(bytes), 'kaart.pdf');
    const toAction = () =>
      t.api
        .post(`/v1/actions/${action.id}/files`)
        .set('Authorization', politie)
        .attach('file', pdf(200_000), 'nota.pdf');
    const stored = () =>
      rows<{ bytes: number }>(t.database.reader, 'SELECT "id", "state", "bytes" FROM "files" ORDER BY "id"');
    const most = t.settings.FILES_TOTAL_MB;
    const used = (await stored()).reduce((sum, { bytes }) => sum + Number(bytes), 0);
    t.settings.FILES_TOTAL_MB = (used + 500_000) / 1_000_000;
    try {
      const { body: first } = await toItem(400_000).expect(201);
      const before = [await stored(), readdirSync(t.settings.FILES_PATH).toSorted()];
      const { body } = await toAction().expect(409);
      expect(body).toMatchObject({ code: 'FILES_FULL', detail: expect.stringContaining('raise FILES_TOTAL_MB') });
      expect((await toItem(200_000).expect(409)).body.code).toBe('FILES_FULL');
      expect([await stored(), readdirSync(t.settings.FILES_PATH).toSorted()]).toEqual(before);
      const remove = t.api.delete(`/v1/agenda-items/${item.id}/files/${first.id}`).set('If-Match', '"1"');
      await remove.set('Authorization', gemeente).expect(204);
      await toAction().expect(201);
    } finally {
      t.settings.FILES_TOTAL_MB = most;
    }
  });
});

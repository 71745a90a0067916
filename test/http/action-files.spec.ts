import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Action } from '../../src/actions/action.entity.js';
import { StoredFile } from '../../src/files/file.entity.js';
import { checkFiles, filesLine } from '../../src/files/file-check.js';
import { FileStore } from '../../src/files/file-store.js';
import { FileSweeper } from '../../src/files/file-sweeper.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { metadataOf, noise, pdf, photo, pixelBomb, word } from '../support/files.js';
import { until } from '../support/until.js';
import { layVillage } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let own: Partial<Action>;
  let tokens: Record<'gemeente' | 'politie' | 'habeko' | 'dorpsraad', string>;
  let corporation: string;
  let municipality: string;
  let number = 0;
  beforeAll(async () => {
    t = await startApp(kind, { environment: { METRICS: 'loopback' } });
    const village = await layVillage(t, {
      gemeente: { organisation: 'Gemeente', person: 'gebiedsadviseur Boskoop', chairs: true },
      politie: { organisation: 'Politie', person: 'wijkagent Boskoop', invited: 'participant', contact: 'here' },
      habeko: { organisation: 'Habeko Wonen', person: 'woonconsulent', invited: 'participant' },
      dorpsraad: { organisation: 'Dorpsraad', person: 'secretaris' },
    });
    ({ tokens } = village);
    corporation = village.organisations.habeko.id;
    municipality = village.organisations.gemeente.id;
    own = { areaId: village.area.id, meetingId: village.meeting.id, ownerId: village.organisations.politie.id };
  });
  const fresh = (more: Parameters<TestApp['make']['action']>[0] = {}) =>
    t.make.action({ ...own, number: `BOS-${(number += 1)}`, title: 'Herstel de bank', ...more });
  const upload = (id: string, file: Buffer, name = 'foto.jpg', token = tokens.politie) =>
    t.api.post(`/v1/actions/${id}/files`).set('Authorization', token).attach('file', file, name);
  const listed = async (id: string) =>
    (await t.api.get(`/v1/actions/${id}/files`).set('Authorization', tokens.politie).expect(200)).body.items;
  const onDisk = (): string[] => {
    try {
      return readdirSync(t.settings.FILES_PATH);
    } catch {
      return [];
    }
  };
  const states = () => rows(t.database.reader, `SELECT "state" FROM "files" WHERE "state" <> 'stored'`);

  it('stores a photo upright and small, without what the phone wrote in it, with a thumbnail', async () => {
    const { id } = await fresh();
    const { body } = await upload(id, await photo(3000, 2000), 'IMG_1.JPG').expect(201);
    expect(body).toMatchObject({ name: 'IMG_1.jpg', format: 'jpeg', width: 1707, height: 2560, isPublic: false });
    expect(body.addedByName).toBe('wijkagent Boskoop');
    const read = await t.api.get(`/v1/actions/${id}/files/${body.id}`).set('Authorization', tokens.habeko).expect(200);
    expect(await metadataOf(read.body)).toMatchObject({ width: 1707, height: 2560 });
    expect((await metadataOf(read.body)).exif).toBeUndefined();
    const path = `/v1/actions/${id}/files/${body.id}/thumbnail`;
    const small = await t.api.get(path).set('Authorization', tokens.habeko).expect(200);
    expect(await metadataOf(small.body)).toMatchObject({ format: 'jpeg', width: 213, height: 320 });
  });

  it('does not know a file whose bytes were lost, and makes a lost thumbnail again', async () => {
    const { id } = await fresh();
    const { body } = await upload(id, await photo(40, 20)).expect(201);
    for (const ending of ['.thumb', '']) {
      rmSync(join(t.settings.FILES_PATH, body.id + ending));
      const path = `/v1/actions/${id}/files/${body.id}${ending && '/thumbnail'}`;
      const lost = await t.api.get(path).set('Authorization', tokens.habeko).expect(404);
      expect(lost.body).toMatchObject({ code: 'NOT_FOUND' });
      if (!ending) break;
      await t.app.get(FileSweeper).sweep();
      await t.api.get(path).set('Authorization', tokens.habeko).expect(200);
    }
    rmSync(join(t.settings.FILES_PATH, `${body.id}.thumb`));
    await t.app.get(Transactions).run((manager) => manager.query(`DELETE FROM "files" WHERE "id" = '${body.id}'`));
  });

  it('serves bytes in a sandbox: images and PDF to look at, the rest as a download', async () => {
    const { id } = await fresh();
    const { body: report } = await upload(id, pdf(), 'verslag;é.pdf').expect(201);
    const { body: letter } = await upload(id, word(), 'brief.doc').expect(201);
    const read = async (fileId: string) =>
      (await t.api.get(`/v1/actions/${id}/files/${fileId}`).set('Authorization', tokens.politie).expect(200)).headers;
    const shown = await read(report.id);
    expect(shown['content-type']).toBe('application/pdf');
    expect(shown['content-disposition']).toBe(
      `inline; filename="verslag;e.pdf"; filename*=UTF-8''verslag%3B%C3%A9.pdf`,
    );
    expect(shown['content-security-policy']).toContain('sandbox');
    expect(shown['x-content-type-options']).toBe('nosniff');
    const saved = await read(letter.id);
    expect(saved['content-disposition']).toContain('attachment; filename="brief.docx"');
    expect(saved['content-security-policy']).toMatch(/default-src 'none'.*sandbox$/);
  });

  describe('what is not taken', () => {
    const bomb = () => word({ 'word/media/zeros.bin': Buffer.alloc(110 * 1024 * 1024) });
    const cases: [string, () => Buffer | Promise<Buffer>, number, string][] = [
      ['a page that says it is a photo', () => Buffer.from('<html><script>alert(1)</script>'), 400, 'WRONG_FORMAT'],
      ['a zip that is no document', () => word({}).subarray(0, 40), 400, 'DAMAGED'],
      ['HEIC', () => Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), Buffer.alloc(50)]), 400, 'HEIC'],
      ['an image of 30,000 by 30,000 pixels', () => pixelBomb(30_000), 400, 'TOO_MANY_PIXELS'],
      ['half a photo', async () => (await photo()).subarray(0, 2000), 400, 'DAMAGED'],
      ['half a PDF', () => pdf(5000).subarray(0, 4000), 400, 'DAMAGED'],
      ['a document of 110 MB in 110 kB', bomb, 400, 'UNPACKS_TOO_LARGE'],
      ['macros', () => word({ 'word/vbaProject.bin': 'x' }), 400, 'MACROS'],
      ['nothing', () => Buffer.alloc(0), 400, 'EMPTY'],
    ];
    it.each(cases)('%s', async (_, make, status, code) => {
      const { id } = await fresh();
      const before = onDisk();
      const { body } = await upload(id, await make()).expect(status);
      expect(body.errors).toMatchObject([{ field: 'file', code }]);
      expect(onDisk()).toEqual(before);
      expect(await states()).toEqual([]);
      expect(await listed(id)).toEqual([]);
    });

    it('more than 10 MB, announced or not', async () => {
      const { id } = await fresh();
      const before = onDisk();
      const { body } = await upload(id, pdf(10 * 1024 * 1024 + 1), 'groot.pdf').expect(413);
      expect(body.code).toBe('FILE_TOO_LARGE');
      await upload(id, pdf(13 * 1024 * 1024), 'groter.pdf').expect(413);
      expect(onDisk()).toEqual(before);
    });

    it('an eleventh file', async () => {
      const { id } = await fresh();
      for (let n = 0; n < 10; n += 1) await upload(id, pdf(), `${n}.pdf`).expect(201);
      const { body } = await upload(id, pdf(), '11.pdf').expect(409);
      expect(body.code).toBe('TOO_MANY_FILES');
    });

    it('two at once, or none', async () => {
      const { id } = await fresh();
      const { body } = await upload(id, pdf()).attach('file', pdf(), 'b.pdf').expect(400);
      expect(body.errors[0].code).toBe('MORE_THAN_ONE');
      await t.api.post(`/v1/actions/${id}/files`).set('Authorization', tokens.politie).send({}).expect(415);
      expect(await listed(id)).toEqual([]);
    });
  });

  it('keeps only the last part of a name with a path, and no characters that reverse its direction', async () => {
    const { id } = await fresh();
    const name = async (given: string) => (await upload(id, pdf(), given).expect(201)).body.name;
    expect(await name('..\\..\\windows\\kaart.pdf')).toBe('kaart.pdf');
    expect(await name('kaart\u202efdp.exe')).toBe('kaartfdp.pdf');
    expect(await name('...')).toBe('bestand.pdf');
    expect(onDisk().filter((one) => !/^[0-9a-f-]{36}(\.thumb)?$/.test(one))).toEqual([]);
  });

  it('leaves nothing behind of an interrupted upload', async () => {
    const { id } = await fresh();
    const before = onDisk();
    const { port } = t.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `POST /v1/actions/${id}/files HTTP/1.1\r\nHost: x\r\nAuthorization: ${tokens.politie}\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n' +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 ',
    );
    await until('it is arriving', async () => (await states()).length === 1);
    socket.destroy();
    await until('it is gone', async () => (await states()).length === 0 && onDisk().length === before.length);
    expect(await listed(id)).toEqual([]);
  });

  it('hides the files of a confidential action from anyone who may not know it', async () => {
    const secret = { isConfidential: true, partyIds: [own.ownerId!] };
    const { id } = await fresh({ ...secret, number: 'BOS-V1' });
    const { body } = await upload(id, pdf()).expect(201);
    for (const path of ['', `/${body.id}`, `/${body.id}/thumbnail`]) {
      const hidden = await t.api.get(`/v1/actions/${id}/files${path}`).set('Authorization', tokens.habeko).expect(404);
      expect(hidden.body.detail).toBe('Not found, or not visible to you.');
    }
    await upload(id, pdf(), 'a.pdf', tokens.habeko).expect(404);
    const other = await fresh();
    await t.api.get(`/v1/actions/${other.id}/files/${body.id}`).set('Authorization', tokens.politie).expect(404);
  });

  it('lets whoever answers an action add files, and only whoever added one or writes the action remove it', async () => {
    const { id } = await fresh({ coOwnerIds: [corporation] });
    await upload(id, pdf(), 'a.pdf', tokens.dorpsraad).expect(404);
    const { body } = await upload(id, pdf()).expect(201);
    const remove = (token: string) =>
      t.api.delete(`/v1/actions/${id}/files/${body.id}`).set('Authorization', token).set('If-Match', '"1"');
    await remove(tokens.habeko).expect(403);
    const { length } = onDisk();
    await remove(tokens.gemeente).expect(204);
    expect(onDisk()).toHaveLength(length - 1);
    expect(await listed(id)).toEqual([]);
    const trail = await rows<{ operation: string; digest: string }>(
      t.database.reader,
      `SELECT "operation", "digest" FROM "audit_entries" WHERE "objectId" = $1 ORDER BY "sequence"`,
      [body.id],
    );
    expect(trail.map(({ operation }) => operation)).toEqual(['file.added', 'file.removed']);
    expect(trail.map(({ digest }) => digest)).toEqual([body.sha256, body.sha256]);
  });

  it('is made public by whoever writes the action', async () => {
    const { id } = await fresh();
    const { body } = await upload(id, pdf()).expect(201);
    const change = (token: string) =>
      t.api.patch(`/v1/actions/${id}/files/${body.id}`).set('Authorization', token).set('If-Match', '"1"');
    await change(tokens.politie).send({ isPublic: true }).expect(403);
    expect((await change(tokens.gemeente).send({ isPublic: true }).expect(200)).body.isPublic).toBe(true);
  });

  it('is not made public by the chair of another area, nor of a confidential action', async () => {
    const { id: personId } = await t.make.person({ organisationId: own.ownerId! });
    await t.make.grant(personId, 'chair', (await t.make.area()).id);
    const publish = async (id: string, fileId: string, token: string) =>
      t.api
        .patch(`/v1/actions/${id}/files/${fileId}`)
        .set({ Authorization: token, 'If-Match': '"1"' })
        .send({ isPublic: true });
    const open = await fresh();
    const { body: shown } = await upload(open.id, pdf()).expect(201);
    expect((await publish(open.id, shown.id, await t.make.token(personId))).status).toBe(403);
    const secret = await fresh({ number: 'BOS-V2', isConfidential: true, partyIds: [own.ownerId!, municipality] });
    const { body: hidden } = await upload(secret.id, pdf()).expect(201);
    expect((await publish(secret.id, hidden.id, tokens.gemeente)).body.code).toBe('ACTION_CONFIDENTIAL');
  });

  it('takes 10 MB without holding it in memory', async () => {
    const { id } = await fresh();
    const [large, image] = [pdf(10 * 1024 * 1024), await noise(1800)];
    global.gc?.();
    const before = process.memoryUsage();
    await upload(id, large, 'groot.pdf').expect(201);
    const { arrayBuffers } = process.memoryUsage();
    expect(image.length).toBeLessThanOrEqual(10 * 1024 * 1024);
    await upload(id, image, 'groot.png').expect(201);
    // The test itself keeps the form it sends in memory.
    expect(arrayBuffers - before.arrayBuffers).toBeLessThan(40 * 1024 * 1024);
  });

  it('sweeps up what a killed process left, and not what is kept', async () => {
    const { id } = await fresh();
    await upload(id, pdf()).expect(201);
    const before = onDisk();
    const [{ id: personId }] = await rows<{ id: string }>(t.database.reader, 'SELECT "id" FROM "people" LIMIT 1');
    const lost = newId();
    const none = { format: null, bytes: null, width: null, height: null, sha256: null, removedGround: null };
    await t.make.row(StoredFile, {
      ...{ id: lost, kind: 'action', thingId: id, name: '', state: 'uploading', isPublic: false, version: 1 },
      ...{ addedById: personId, addedAt: '2026-06-02T09:00:00.000Z', ...none },
    });
    writeFileSync(join(t.settings.FILES_PATH, `${lost}.part`), 'half');
    for (const ending of ['', '.thumb']) writeFileSync(join(t.settings.FILES_PATH, newId() + ending), 'lost');
    expect(onDisk()).toHaveLength(before.length + 3);
    const found = filesLine(await checkFiles(t.database.reader, t.app.get(FileStore)))!;
    expect(found).toMatchObject({ isWhole: true, line: expect.stringMatching(/2 surplus: .*; 1 unfinished: /) });
    expect(found.line).toContain(lost);
    const metrics = async () => (await t.api.get('/metrics').expect(200)).text.match(/^wijkagenda_files_.*$/gm)!.join();
    expect(await metrics()).toMatch(/files_swept_total{left="bytes"} 0/);
    await t.app.get(FileSweeper).sweep();
    expect(onDisk()).toEqual(before);
    expect(await metrics()).toMatch(/files_swept_total{left="upload"} 1.*files_swept_total{left="bytes"} 2/);
    expect(await metrics()).toMatch(/files_stored \d+,.*files_stored_bytes \d+,wijkagenda_files_unfinished 0/);
    expect(await rows(t.database.reader, 'SELECT "id" FROM "files" WHERE "id" = $1', [lost])).toEqual([]);
  });
});

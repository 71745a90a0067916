import { expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases } from '../support/app.js';
import { XLSX, setUpActionImports } from './action-imports.setup.js';

onBothDatabases((kind) => {
  const i = setUpActionImports(kind);
  const { upload, csv, propose, execute, list, workbookOf } = i;

  it('does nothing when an action was changed meanwhile, and says which', async () => {
    const body = await propose(';;;Nieuw vlak hiervoor;Politie;z.s.m.;;;', `${i.known.number};;;Andere titel;;;;;`);
    await i.n.post(`/v1/actions/${i.known.id}/updates`, { comment: 'tussendoor' }).expect(201);
    const refused = await execute(body.id).expect(409);
    expect(refused.body).toMatchObject({ code: 'IMPORT_OUTDATED', errors: [{ field: 'rows.3' }] });
    expect(JSON.stringify(await list())).not.toContain('Nieuw vlak hiervoor');
  });

  it('undoes all of it when one row is refused at the end', async () => {
    const body = await propose(';;;Halverwege;Politie;z.s.m.;;;', `${i.known.number};;;;;;loopt;;`);
    await i.n.app
      .get(Transactions)
      .run((manager) => manager.query(`UPDATE "actions" SET "isWithdrawn" = true WHERE "id" = '${i.known.id}'`));
    expect((await execute(body.id).expect(409)).body).toMatchObject({
      code: 'IMPORT_ROW_REFUSED',
      errors: [{ field: 'rows.3', message: 'This action has been withdrawn.' }],
    });
    expect(JSON.stringify(await list())).not.toContain('Halverwege');
  });

  it('gives a clear answer to garbage, a file that is no action list, one too large and another media type', async () => {
    const message = async (body: string | Buffer, type = 'text/csv') => {
      const answer = await upload(body, { type }).expect(400);
      expect(answer.body.errors).toHaveLength(1);
      return answer.body.errors[0].message as string;
    };
    expect(await message(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))).toContain('geen tabel');
    expect(await message('naam;plaats\nx;y')).toContain('"actie"');
    expect(await message('actie;actie\nx;y')).toContain('één keer');
    expect(await message('actie;wie\n"x;y')).toContain('aanhalingstekens');
    expect(await message(Buffer.from('PK\u0003\u0004rommel'), XLSX)).toContain('Excel-werkmap');
    expect(await message(`actie\n${'x\n'.repeat(10_001)}`)).toContain('10001');
    expect(await message(Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), XLSX)).toContain('.xls)');
    const openDocument = `PK\u0003\u0004${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`;
    expect(await message(Buffer.from(openDocument, 'latin1'), XLSX)).toContain('.ods');
    await upload('x'.repeat(5 * 1024 * 1024 + 1)).expect(413);
    await upload('{}', { type: 'application/json' }).expect(415);
    await i.n.api.post('/v1/actions').set('Authorization', i.n.as.chair).type('text/csv').send('actie\nx').expect(415);
    await i.n.api
      .post('/v1/areas')
      .set('Authorization', i.n.as.admin)
      .send({ name: 'x'.repeat(270_000) })
      .expect(413);
  });

  it('takes a small file that unpacks to a large one within the limits', async () => {
    const large = await workbookOf([
      ['actie'],
      ...Array.from({ length: 30 }, (_, at) => [`${at}${'x'.repeat(32_000)}`]),
    ]);
    expect(large.length).toBeLessThan(100_000);
    await upload(large, { type: XLSX }).expect(201);
  });

  it('lets a partner answer for the own actions and nothing more', async () => {
    const own = await upload(csv(`${i.known.number};;;;;;gereed: staat;1-6-2026;`), {
      who: i.n.as.boa,
      area: null,
    }).expect(201);
    expect(own.body.counts.changed).toBe(1);
    await execute(own.body.id, 1, i.n.as.boa).expect(200);
    expect((await i.n.get(`/v1/actions/${i.known.id}`)).body).toMatchObject({ status: 'done', doneOn: '2026-06-01' });
    const more = await upload(csv(`${i.known.number};;;Andere titel;;;;;`, ';;;Nieuw;Politie;z.s.m.;;;'), {
      who: i.n.as.boa,
      area: null,
    });
    expect(more.body.counts).toMatchObject({ cannot: 2 });
    const unknown = await upload(csv(`${i.known.number};;;X;;;;;`), { who: i.n.as.habeko, area: null }).expect(201);
    expect(unknown.body.rows[0].questions[0].message).toContain('geen actie die u kent');
    await upload(csv(), { who: i.n.as.boa }).expect(403);
    await upload(csv(), { who: i.n.as.admin, area: null }).expect(403);
  });

  it('keeps what it would do for its maker only, asks for the ETag, and leaves a trail', async () => {
    const { id } = await propose(';;;Nog niet;Politie;z.s.m.;;;');
    await i.n.get(`/v1/action-imports/${id}`).expect(200).expect('ETag', '"1"');
    for (const who of [i.n.as.police, await i.n.make.signedIn('chair', i.n.boskoop.id)]) {
      await i.n.get(`/v1/action-imports/${id}`, who).expect(404);
      await execute(id, 1, who).expect(404);
    }
    await i.n.api.put(`/v1/action-imports/${id}/execution`).set('Authorization', i.n.as.chair).expect(428);
    await execute(id, 5).expect(412);
    const trail = await rows<{ operation: string }>(
      i.n.database.reader,
      `SELECT "operation" FROM "audit_entries" WHERE "objectId" = $1`,
      [id],
    );
    expect(trail).toEqual([{ operation: 'action_import.proposed' }]);
  });
});

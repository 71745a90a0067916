import { beforeAll, expect, it } from '@jest/globals';
import { ActionImportPart } from '../../src/actions/import/action-import-part.entity.js';
import { ActionImport } from '../../src/actions/import/action-import.entity.js';
import { SignInRequest } from '../../src/identity/sign-in-request.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { CalendarFeed } from '../../src/sessions/invitations/calendar-feed.entity.js';
import { KeptForm } from '../../src/web/kept-form.entity.js';
import { KoersoverzichtRequest } from '../../src/wijkagenda/koersoverzicht/koersoverzicht-request.entity.js';
import { PublicationRequest } from '../../src/wijkagenda/publications/publication-request.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { everythingKept } from '../support/everything.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';

const AT = '2026-06-02T10:00:00.000Z';
const GROUND = { ground: 'Verzoek van de betrokkene, artikel 17 AVG.' };

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let b: Boskoop;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    b = await boskoop(t);
  });
  const as = (token: string, method: 'get' | 'post' | 'put' | 'patch', path: string) =>
    t.api[method](`/v1/${path}`).set('Authorization', token);
  const saying = async (word: string) =>
    Object.entries(await everythingKept(t))
      .filter(([, kept]) => kept.join().toLowerCase().includes(word.toLowerCase()))
      .map(([table]) => table)
      .sort();
  const erase = async (path: string) => {
    const { headers } = await as(admin, 'get', path).expect(200);
    await as(admin, 'put', `${path}/erasure`).set('If-Match', headers.etag).send(GROUND).expect(200);
  };

  it('leaves name and address of an erased person in no response or list that is kept for somebody else', async () => {
    const key = newId();
    const person = { name: 'Ria Pijlstaart', email: 'ria@pijlstaart.example', organisationId: b.police.id };
    const record = () => as(admin, 'post', 'people').set('Idempotency-Key', key).send(person).expect(201);
    const { id, version } = (await record()).body;
    const importId = newId();
    await t.make.row(ActionImport, {
      ...{ id: importId, personId: b.chair.id, areaId: b.area.id, state: 'executed', createdAt: AT, executedAt: AT },
      ...{ proposal: { unknownColumns: [] } as never, version: 1 },
    });
    await t.make.row(ActionImportPart, { importId, part: 0, rows: [{ wie: 'Ria Zomertaling' }] as never });
    const married = { name: 'Ria Zomertaling', email: 'ria@zomertaling.example' };
    await as(admin, 'patch', `people/${id}`).set('If-Match', `"${version}"`).send(married).expect(200);
    await as(admin, 'post', 'grants')
      .set('Idempotency-Key', newId())
      .send({ personId: id, role: 'reader', areaId: b.area.id })
      .expect(201);
    expect(await saying('Pijlstaart')).toContain('idempotency_keys');
    expect(await saying('Zomertaling')).toContain('action_import_parts');
    await erase(`people/${id}`);
    expect([...(await saying('Zomertaling')), ...(await saying('Pijlstaart'))]).toEqual([]);
    expect((await record()).body).toMatchObject({ id, name: '(naam verwijderd)', email: null });
  });

  it('deletes what an erased person asked for, began and kept', async () => {
    const { id: personId } = await t.make.person();
    await t.make.row(SignInRequest, {
      ...{ id: newId(), personId, hash: newId(), codeHash: null, returnTo: '/', wrongCodes: 0, isOnce: true },
      ...{ requestedAt: AT, expiresAt: AT, usedAt: null },
    });
    await t.make.row(CalendarFeed, {
      id: newId(),
      personId,
      meetingId: null,
      hash: newId(),
      createdAt: AT,
      version: 1,
    });
    await t.make.row(KoersoverzichtRequest, { id: newId(), personId, areaId: null, askedAt: AT, version: 1 });
    await t.make.row(PublicationRequest, {
      ...{ id: newId(), personId, subject: 'reviews', areaId: null, askedAt: AT, version: 1 },
    });
    await t.make.row(KeptForm, { personId, hash: newId(), sealed: 'x', expiresAt: AT });
    await t.make.row(ActionImport, {
      ...{ id: newId(), personId, areaId: null, state: 'proposed', createdAt: AT, executedAt: null },
      ...{ proposal: {} as never, version: 1 },
    });
    const held = async () => {
      const tables = ['sign_in_requests', 'calendar_feeds', 'koersoverzicht_requests', 'publication_requests'];
      const found: string[] = [];
      for (const table of [...tables, 'kept_forms', 'action_imports'])
        if ((await rows(t.database.reader, `SELECT 1 FROM "${table}" WHERE "personId" = $1`, [personId])).length > 0)
          found.push(table);
      return found;
    };
    expect(await held()).toHaveLength(6);
    await erase(`people/${personId}`);
    expect(await held()).toEqual([]);
  });

  it('leaves the name of an erased guest nowhere, however it was spelled in earlier minutes', async () => {
    const guest = { guestName: 'Joop Smientt', status: 'present' };
    const { body } = await as(b.signedIn.chair, 'post', `sessions/${b.session.id}/attendances`)
      .set('Idempotency-Key', newId())
      .send(guest)
      .expect(201);
    await bring(t, b.session.id, 'closed');
    await bring(t, b.session.id, 'reopened');
    await as(b.signedIn.chair, 'patch', `attendances/${body.id}`)
      .set('If-Match', `"${body.version}"`)
      .send({ guestName: 'Joop Smient' })
      .expect(200);
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    expect(await saying('Smient')).toEqual(['attendances', 'idempotency_keys', 'minutes_names']);
    await erase(`guests/${body.id}`);
    expect(await saying('Smient')).toEqual([]);
    expect(await saying('stagiair Habeko')).toEqual(['attendances', 'minutes_names']);
  });
});

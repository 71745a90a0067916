import { beforeAll, expect, it } from '@jest/globals';
import { verify } from '../../src/admin.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import type { GuestView } from '../../src/administration/erasure/guests.dto.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';

const NAME = 'Wim van de Voorbeeldpost';
const GROUND = { ground: 'Verzoek van de betrokkene, artikel 17 AVG.' };

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let admin: string;
  let id: string;
  const as = (token: string, method: 'get' | 'put' | 'patch' | 'post', path: string) =>
    t.api[method](path).set('Authorization', token);
  const erase = async (token = admin, body: object = GROUND) => {
    const { headers } = await as(admin, 'get', `/v1/people/${id}`).expect(200);
    return as(token, 'put', `/v1/people/${id}/erasure`).set('If-Match', headers.etag).send(body);
  };
  const places = async (token: string) =>
    ((await as(token, 'get', `/v1/people/${id}/erasure`).expect(200)).body.places as Record<string, unknown>[]).map(
      (place) => `${place.kind} ${place.field} ${place.isThere ? 'there' : 'gone'}`,
    );

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    b = await boskoop(t);
    id = b.wijkagent.id;
    admin = await t.make.signedIn('admin');
    await t.app.get(Transactions).run(async (m) => {
      await m.update(Person, id, { name: NAME, email: 'wim@politie.example' });
      await m.update('agenda_items', b.skate.id, { notes: `Vraag het aan ${NAME.toUpperCase()}.` });
      await m.update('agenda_items', b.adres.id, { notes: `Geheim: ${NAME} gaat er langs.` });
      await m.update('areas', b.area.id, { contactEmail: 'Wim@politie.example' });
      await m.update('meetings', b.meeting.id, { place: `Bij ${NAME}` });
      await m.update('actions', b.lamps.id, { details: `Bel wim@politie.example voor de sleutel.` });
    });
    await bring(t, b.session.id, 'closed');
    await send(t, b);
  });

  it('gives a person everything that is held, and an administrator all but what is private and confidential', async () => {
    const own = (await as(b.signedIn.police, 'get', `/v1/people/${id}/export`).expect(200)).body;
    expect(own.person).toMatchObject({ name: NAME, email: 'wim@politie.example', active: true });
    expect(own.memberships).toMatchObject([{ organisation: b.police.name, function: 'wijkagent' }]);
    expect(own.attendance).toMatchObject([{ heldOn: '2026-06-02', status: 'present' }]);
    expect(own.actions).toMatchObject([{ number: b.surveillance.number }]);
    expect(own.namesInMinutes).toMatchObject([{ name: NAME }]);
    expect(own.mails[0]).toMatchObject({ kind: 'minutes', address: expect.stringContaining('@') });
    expect(own.tokens).toHaveLength(1);
    const seen = (await as(admin, 'get', `/v1/people/${id}/export`).expect(200)).body;
    expect(seen.person.name).toBe(NAME);
    expect(
      Object.keys(own)
        .filter((name) => !(name in seen))
        .sort(),
    ).toEqual(['passkeys', 'ratings', 'tokens']);
    const chairs = (await as(b.signedIn.chair, 'get', `/v1/people/${b.chair.id}/export`).expect(200)).body;
    const named = { meeting: b.meeting.name, heldOn: '2026-06-02' };
    expect(chairs.sessionsNamedFor).toEqual(['chair', 'secretary'].map((office) => ({ ...named, office })));
    await as(b.signedIn.chair, 'get', `/v1/people/${id}/export`).expect(403);
    await as(b.signedIn.welfare, 'get', `/v1/people/${id}/export`).expect(404);
    const read = await as(admin, 'get', `/v1/audit-entries?operation=person.exported&object=${id}`).expect(200);
    expect(read.body.total).toBe(2);
  });

  it('gives an administrator nothing that the person did in confidence, except that something was done', async () => {
    const secret = { isConfidential: true, partyIds: [b.police.id], ownerId: b.police.id, ownerPersonId: id };
    const { id: actionId } = await t.make.action({ ...secret, areaId: b.area.id, title: 'Stil huisbezoek' });
    const update = t.api.post(`/v1/actions/${actionId}/updates`).set('Authorization', b.signedIn.police);
    await update.send({ status: 'in_progress', comment: 'Stil gebeld.' }).expect(201);
    const read = async (token: string) => (await as(token, 'get', `/v1/people/${id}/export`).expect(200)).text;
    const [own, seen] = [await read(b.signedIn.police), await read(admin)];
    for (const words of ['Stil huisbezoek', 'Stil gebeld.', actionId])
      expect([words, own.includes(words), seen.includes(words)]).toEqual([words, true, false]);
    expect(seen).toContain('"objectType":"vertrouwelijk"');
  });

  it('shows the chair beforehand where the name occurs in texts, and confidential texts to their parties only', async () => {
    const open = ['action details there', 'agenda_item notes there', 'meeting place there', 'minutes text there'];
    expect((await places(b.signedIn.chair)).sort()).toEqual(open);
    const party = await t.make.person({ organisationId: b.police.id });
    await t.make.grant(party.id, 'chair', b.area.id);
    expect((await places(await t.make.token(party.id))).sort()).toEqual([...open, 'agenda_item notes there'].sort());
    const elsewhere = await t.make.area();
    const stranger = await t.make.person();
    await t.make.grant(stranger.id, 'chair', elsewhere.id);
    expect(await places(await t.make.token(stranger.id))).toEqual([]);
    const more = await as(admin, 'get', `/v1/people/${id}/erasure?alsoKnownAs=verlichting`).expect(200);
    expect(more.body.places.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['decision', 'title']),
    );
  });

  it('is for an administrator, with a ground and what was read last', async () => {
    expect((await erase(b.signedIn.chair)).status).toBe(403);
    expect((await erase(admin, {})).body.errors).toMatchObject([{ field: 'ground' }]);
    await as(admin, 'put', `/v1/people/${id}/erasure`).send(GROUND).expect(428);
    await as(admin, 'put', `/v1/people/${id}/erasure`).set('If-Match', '"77"').send(GROUND).expect(412);
  });

  it('takes name, address, memberships, links and sessions away, and leaves minutes and chains whole', async () => {
    const address = 'wim@politie.example';
    for (const personId of [id, null])
      await t.make.row(OutgoingMessage, {
        ...{ id: newId(), kind: 'digest', dedupeKey: `digest:${personId}:${address}`, personId, batchId: null },
        ...{
          address,
          payload: { was: address } as OutgoingMessage['payload'],
          state: 'planned',
          plannedAt: t.clock.moment(),
        },
        ...{ nextAttemptAt: t.clock.moment(), expiresAt: '2026-07-01T00:00:00.000Z' },
        serverWords: `450 <${address}>: try again later`,
      } as OutgoingMessage);
    // A file of people imported by somebody else contains the name too.
    const file = t.api.post('/v1/register-imports?register=people').set('Authorization', admin).type('text/csv');
    await file.send('naam;e-mailadres\nWim;wim@politie.example').expect(201);
    const before = (await as(b.signedIn.chair, 'get', `/v1/sessions/${b.session.id}/minutes`).expect(200)).body;
    const { status, body } = await erase();
    expect([status, body]).toMatchObject([200, { personId: id, ...GROUND, erasedAt: expect.any(String) }]);
    await as(b.signedIn.police, 'get', '/v1/me').expect(401);
    const person = (await as(admin, 'get', `/v1/people/${id}`).expect(200)).body;
    expect(person).toMatchObject({ name: '(naam verwijderd)', email: null, active: false, memberships: [] });
    const after = (await as(b.signedIn.chair, 'get', `/v1/sessions/${b.session.id}/minutes`).expect(200)).body;
    expect(after.hash).toBe(before.hash);
    expect(after.attendance.present[1]).toMatchObject({ name: '(naam verwijderd)', organisation: b.police.name });
    expect(await verify(t.database)).toMatchObject({ isWhole: true });
    for (const table of ['memberships', 'contacts', 'grants', 'mail_links', 'web_sessions', 'api_tokens', 'passkeys'])
      expect([table, await rows(t.database.reader, `SELECT 1 FROM "${table}" WHERE "personId" = $1`, [id])]).toEqual([
        table,
        [],
      ]);
    const mails = await rows<OutgoingMessage>(
      t.database.reader,
      'SELECT * FROM "outgoing_messages" WHERE "personId" = $1',
      [id],
    );
    expect(mails.length).toBeGreaterThan(1);
    expect(mails.every(({ state, address }) => address === '' && state !== 'planned')).toBe(true);
    expect(
      await rows(t.database.reader, 'SELECT "name" FROM "people" WHERE "name" LIKE $1', ['%Voorbeeldpost%']),
    ).toEqual([]);
    expect(JSON.stringify(await rows(t.database.reader, `SELECT * FROM ${STORED_MESSAGES}`))).not.toContain(
      'wim@politie',
    );
    const forgotten = `SELECT 1 FROM ${STORED_MESSAGES} WHERE "personId" = $1 AND "bytes" IS NOT NULL`;
    expect(await rows(t.database.reader, forgotten, [id])).toEqual([]);
    for (const table of ['erasure_places', 'register_imports', 'areas'])
      expect(JSON.stringify(await rows(t.database.reader, `SELECT * FROM "${table}"`))).not.toMatch(/\bWim\b|wim@/i);
  });

  it('keeps showing the chair which texts still have the name, until somebody saw to them', async () => {
    expect((await places(b.signedIn.chair)).sort()).toEqual([
      'action details there',
      'agenda_item notes there',
      'meeting place there',
      'minutes text there',
    ]);
    const action = await as(b.signedIn.chair, 'get', `/v1/actions/${b.lamps.id}`).expect(200);
    await as(b.signedIn.chair, 'patch', `/v1/actions/${b.lamps.id}`)
      .set('If-Match', action.headers.etag)
      .send({ details: 'Bel de wijkagent voor de sleutel.' })
      .expect(200);
    const minutes = await as(b.signedIn.chair, 'get', `/v1/sessions/${b.session.id}/minutes`).expect(200);
    await as(b.signedIn.chair, 'put', `/v1/sessions/${b.session.id}/minutes/redaction`)
      .set('If-Match', minutes.headers.etag)
      .send({ ...GROUND, passages: [{ item: '3', words: NAME.toUpperCase() }] })
      .expect(200);
    expect((await places(b.signedIn.chair)).sort()).toEqual([
      'action details gone',
      'agenda_item notes gone',
      'meeting place there',
      'minutes text gone',
    ]);
    expect(await verify(t.database)).toMatchObject({ isWhole: true });
  });

  it('also removes a guest’s name from attendance and minutes, and says where it occurs in texts', async () => {
    const guests = (token: string, q = 'STAGIAIR') => as(token, 'get', `/v1/guests?q=${q}`).expect(200);
    const stranger = await t.make.signedIn('chair', (await t.make.area()).id);
    expect((await guests(stranger)).body.total).toBe(0);
    expect((await guests(admin, 'wijkagent')).body.total).toBe(0);
    const [guest] = (await guests(b.signedIn.chair)).body.items;
    expect(guest).toMatchObject({ name: 'stagiair Habeko', sessionId: b.session.id, heldOn: '2026-06-02' });
    const path = `/v1/guests/${guest.id}/erasure`;
    await as(b.signedIn.chair, 'put', path).set('If-Match', '"1"').expect(403);
    await as(admin, 'put', path).expect(428);
    await as(admin, 'put', path).set('If-Match', '"7"').expect(412);
    await t.app.get(Transactions).run((m) => m.update('actions', b.lamps.id, { details: 'Vraag stagiair Habeko.' }));
    const read = async () =>
      (await as(b.signedIn.chair, 'get', `/v1/sessions/${b.session.id}/minutes`).expect(200)).body as { hash: string };
    const before = await read();
    expect(JSON.stringify(before)).toContain('stagiair Habeko');
    const { body } = await as(admin, 'put', path).set('If-Match', '"1"').expect(200);
    expect(body.places).toMatchObject([{ kind: 'action', field: 'details' }]);
    const after = await read();
    expect(after.hash).toBe(before.hash);
    expect(JSON.stringify(after)).not.toContain('stagiair');
    for (const table of ['attendances', 'minutes_names'])
      expect(JSON.stringify(await rows(t.database.reader, `SELECT * FROM "${table}"`))).not.toContain('stagiair');
    expect(await verify(t.database)).toMatchObject({ isWhole: true });
    expect((await guests(admin)).body.total).toBe(0);
    await as(admin, 'put', path).set('If-Match', '"2"').expect(404);
    const trail = await as(admin, 'get', `/v1/audit-entries?operation=guest.erased&object=${guest.id}`).expect(200);
    expect(trail.body.total).toBe(1);
  });

  it('also removes the name of a guest whom the attendance no longer lists, and no other', async () => {
    const guests = async () => (await as(admin, 'get', '/v1/guests?sort=name').expect(200)).body.items as GuestView[];
    const people = ['Piet van Beneden', 'Anna van Boven'];
    const session = await t.make.session(b.meeting.id, { heldOn: '2026-05-26', state: 'open' });
    const [first, second] = await Promise.all(
      people.map((guestName) => t.make.attendance(session.id, { guestName, status: 'present' })),
    );
    await bring(t, session.id, 'closed');
    const { id: minutesId } = (
      await rows<{ id: string }>(t.database.reader, 'SELECT "id" FROM "minutes" WHERE "sessionId" = $1', [session.id])
    )[0];
    await t.app.get(Transactions).run((m) => m.delete('attendances', [first.id, second.id]));
    const found = (await guests()).filter(({ sessionId }) => sessionId === session.id);
    expect(found.map(({ name, isListed }) => [name, isListed])).toEqual([
      ['Anna van Boven', false],
      ['Piet van Beneden', false],
    ]);
    const { body: me } = await as(admin, 'get', '/v1/me').expect(200);
    const page = await (await Visitor.of(t, me.id)).see(`/beheer/gasten/${found[1].id}`);
    expect(page).toContain('Piet van Beneden staat niet meer op de aanwezigheid');
    const path = `/v1/guests/${found[1].id}/erasure`;
    await as(admin, 'put', path).set('If-Match', '"2"').expect(412);
    await as(admin, 'put', path).set('If-Match', '"1"').expect(200);
    await as(admin, 'put', path).set('If-Match', '"1"').expect(404);
    const left = await rows(
      t.database.reader,
      'SELECT "name" FROM "minutes_names" WHERE "minutesId" = $1 AND "personId" IS NULL',
      [minutesId],
    );
    expect(left).toEqual(expect.arrayContaining([{ name: null }, { name: 'Anna van Boven' }]));
    expect(left).toHaveLength(2);
  });

  it('is for good: no second time, no coming back, and never the last administrator', async () => {
    expect((await erase()).body.code).toBe('PERSON_ERASED');
    const { headers } = await as(admin, 'get', `/v1/people/${id}`).expect(200);
    const back = await as(admin, 'patch', `/v1/people/${id}`).set('If-Match', headers.etag).send({ active: true });
    expect([back.status, back.body.code]).toEqual([409, 'PERSON_ERASED']);
    const member = as(admin, 'post', `/v1/people/${id}/memberships`).send({ organisationId: b.police.id });
    expect((await member.expect(409)).body.code).toBe('PERSON_ERASED');
    const me = (await as(admin, 'get', '/v1/me').expect(200)).body.id as string;
    const own = await as(admin, 'get', `/v1/people/${me}`).expect(200);
    const last = await as(admin, 'put', `/v1/people/${me}/erasure`).set('If-Match', own.headers.etag).send(GROUND);
    expect([last.status, last.body.code]).toEqual([409, 'LAST_ADMINISTRATOR']);
    await as(admin, 'get', '/v1/me').expect(200);
  });
});

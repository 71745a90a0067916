import { beforeAll, expect, it } from '@jest/globals';
import { AreaName } from '../../src/directory/areas/area-name.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { verifyMinutes } from '../../src/minutes/verification.service.js';
import { onBothDatabases, type TestApp } from '../support/app.js';
import { agendaItem, boskoop, type Boskoop, bring, send, startClosed } from '../support/minutes.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let get: Awaited<ReturnType<typeof startClosed>>['get'];
  beforeAll(async () => {
    ({ t, b, get } = await startClosed(kind));
  });
  const adopt = (of: Boskoop) =>
    t.app
      .get(Transactions)
      .run((m) =>
        m.update(Minutes, { sessionId: of.session.id }, { state: 'adopted', adoptedAt: '2026-06-30T09:00:00.000Z' }),
      );

  it('composes version 1 at closing, with date, place, attendance, items, decisions and who does what when', async () => {
    const { body, headers } = await get(b.signedIn.chair).expect(200);
    expect(headers.etag).toBe('"1"');
    expect(body).toMatchObject({
      state: 'concept',
      number: 1,
      reason: 'closing',
      isInForce: true,
      sentAt: null,
      meeting: { name: 'Professionaloverleg Boskoop', kind: 'professionals' },
      area: { name: 'Boskoop' },
      heldOn: '2026-06-02',
      startTime: '10:00',
      endTime: '11:30',
      place: 'Gemeenteservicepunt Boskoop',
      chair: { name: 'gebiedsadviseur Boskoop', function: 'gebiedsadviseur' },
      attendance: {
        present: [
          { name: 'gebiedsadviseur Boskoop', isGuest: false },
          { name: 'wijkagent Boskoop', function: 'wijkagent', organisation: b.police.name },
          { name: 'wijkcoach Boskoop' },
          { name: 'stagiair Habeko', isGuest: true, isReplacement: true },
        ],
        excused: [{ name: 'woonconsulent Boskoop' }],
        absent: [],
      },
      decisions: [{ itemNumber: '3', decision: 'De verlichting bij de skatebaan blijft tot 23 uur aan.' }],
      nextSession: { heldOn: '2026-06-30', startTime: '10:00' },
    });
    expect(body.actions).toMatchObject([
      {
        number: b.surveillance.number,
        itemNumber: '3',
        owner: b.police.name,
        ownerPerson: { name: 'wijkagent Boskoop' },
        coOwners: [],
        deadline: { kind: 'date', dueOn: '2026-07-03', text: 'vrijdag 3 juli 2026' },
      },
      { number: b.lamps.number, owner: b.bor.name, coOwners: [b.welfare.name], deadline: { text: 'z.s.m.' } },
    ]);
  });

  it('prints the items in the order of treatment and lets them keep their numbers', async () => {
    const { body } = await get(b.signedIn.chair).expect(200);
    expect(body.items.map(({ number, state }: { number: string; state: string }) => [number, state])).toEqual([
      ['3', 'discussed'],
      ['2', 'adjourned'],
    ]);
    expect(body.items[0].actions).toHaveLength(2);
  });

  it('names the area as it was called on the day of the session', async () => {
    const renamed = await boskoop(t);
    await t.make.row(AreaName, {
      id: newId(),
      areaId: renamed.area.id,
      name: 'Boskoop-Dorp',
      untilOn: '2026-06-10',
    });
    await bring(t, renamed.session.id, 'closed');
    const { body } = await get(renamed.signedIn.chair, '', renamed.session.id).expect(200);
    expect(body.area.name).toBe('Boskoop-Dorp');
  });

  it('tells of earlier actions what was said, once what was reported done, and nothing of the folded ones', async () => {
    const other = await boskoop(t);
    const earlier = { areaId: other.area.id, meetingId: other.meeting.id, ownerId: other.bor.id };
    const spoken = await t.make.action({
      ...earlier,
      title: 'Snoeien',
      status: 'in_progress',
      recordedOn: '2026-05-05',
    });
    const folded = await t.make.action({ ...earlier, title: 'Plantenbakken', recordedOn: '2026-05-05' });
    const done = await t.make.action({
      ...earlier,
      title: 'Afvalbak plaatsen',
      status: 'done',
      doneOn: '2026-05-20',
      result: 'De bak staat er.',
      recordedOn: '2026-05-05',
    });
    const mistake = await t.make.action({ ...earlier, sessionId: other.session.id, isWithdrawn: true, title: 'Fout' });
    await t.make.discussion({
      sessionId: other.session.id,
      actionId: spoken.id,
      outcome: 'discussed',
      note: 'Begint na de zomer.',
    });
    await t.make.discussion({ sessionId: other.session.id, actionId: folded.id });
    await t.make.discussion({
      sessionId: other.session.id,
      actionId: done.id,
      kind: 'reported_done',
      outcome: 'accepted',
    });
    await bring(t, other.session.id, 'closed');
    const { body } = await get(other.signedIn.chair, '', other.session.id).expect(200);
    expect(body.discussed).toMatchObject([{ title: 'Snoeien', status: 'in_progress', note: 'Begint na de zomer.' }]);
    expect(body.reportedDone).toMatchObject([{ title: 'Afvalbak plaatsen', doneOn: '2026-05-20', status: 'done' }]);
    expect(JSON.stringify(body)).not.toContain(mistake.number);
  });

  it('gives the same as a page and as text, in Dutch', async () => {
    const page = await get(b.signedIn.chair).set('Accept', 'text/html').expect(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('<html lang="nl">');
    expect(page.text).toContain('dinsdag 2 juni 2026, 10:00 tot 11:30 uur, Gemeenteservicepunt Boskoop');
    const { text, headers } = await get(b.signedIn.chair).set('Accept', 'text/plain').expect(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text).toContain('Afwezig m.k.: woonconsulent Boskoop');
    expect(text).toContain(`Wie: ${b.bor.name}, samen met ${b.welfare.name}\n   Wanneer: z.s.m.`);
    // The same word as on the meeting page and the agenda.
    for (const words of [page.text, text]) expect(words).toContain('Doorgeschoven naar een volgende vergadering.');
    await get(b.signedIn.chair).set('Accept', 'image/png').expect(406);
  });

  it('escapes on the page what people typed, and not in the text', async () => {
    const other = await boskoop(t);
    await agendaItem(t, other.session.id, { number: '9', position: 90, title: `'t Zand <script>alert(1)</script>` });
    await bring(t, other.session.id, 'closed');
    const page = await get(other.signedIn.chair, '', other.session.id).set('Accept', 'text/html');
    expect(page.text).not.toContain('<script>');
    const { text } = await get(other.signedIn.chair, '', other.session.id).set('Accept', 'text/plain');
    expect(text).toContain(`9. 't Zand <script>`);
  });

  it('keeps a concept from everyone but the chairs of the area', async () => {
    const unknown = await get(b.signedIn.chair, '', newId()).expect(404);
    for (const token of [b.signedIn.police, await t.make.signedIn('reader'), (await boskoop(t)).signedIn.chair]) {
      const { body } = await get(token).expect(404);
      expect(body).toEqual(unknown.body);
    }
    await t.api.get(`/v1/sessions/${b.session.id}/minutes`).expect(401);
    await get(await t.make.signedIn('admin')).expect(403);
  });

  it('lets the parties of the meeting read what was sent, and readers only what was adopted in an open meeting', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const reader = await t.make.signedIn('reader', other.area.id);
    const { body } = await get(other.signedIn.welfare, '', other.session.id).expect(200);
    expect(body.state).toBe('sent');
    await get(b.signedIn.welfare, '', other.session.id).expect(404);
    await get(reader, '', other.session.id).expect(404);
    await adopt(other);
    await get(reader, '', other.session.id).expect(404);
    await t.app.get(Transactions).run((m) => m.update('meetings', other.meeting.id, { isOpenToReaders: true }));
    expect((await get(reader, '', other.session.id).expect(200)).body.state).toBe('adopted');
  });

  it('makes the next version at the next closing, while the parties go on reading the one that was sent', async () => {
    const other = await boskoop(t);
    const { id } = other.session;
    await bring(t, id, 'closed');
    await send(t, other);
    await bring(t, id, 'reopened');
    await agendaItem(t, id, { number: '4', position: 60, title: 'Nagekomen punt' });
    await bring(t, id, 'closed');
    const chairs = await get(other.signedIn.chair, '', id).expect(200);
    expect(chairs.body).toMatchObject({ number: 2, state: 'concept', sentAt: null });
    expect(JSON.stringify(chairs.body)).toContain('Nagekomen punt');
    const party = await get(other.signedIn.welfare, '', id).expect(200);
    expect(party.body).toMatchObject({ number: 1, state: 'sent' });
    expect(JSON.stringify(party.body)).not.toContain('Nagekomen punt');
    await get(other.signedIn.welfare, '/versions/2', id).expect(404);
    const versions = await get(other.signedIn.chair, '/versions', id).expect(200);
    expect(versions.body).toMatchObject({ total: 2, items: [{ number: 1, reason: 'closing' }, { number: 2 }] });
    expect((await get(other.signedIn.welfare, '/versions', id).expect(200)).body.total).toBe(1);
    const first = await get(other.signedIn.chair, '/versions/1', id).expect(200);
    expect(first.body).toMatchObject({ number: 1, isInForce: false });
    await get(other.signedIn.chair, '/versions/0', id).expect(404);
    await get(other.signedIn.chair, '/versions/een', id).expect(400);
    const events = await rows<{ kind: string }>(
      t.database.reader,
      'SELECT e."kind" FROM "minutes_events" e JOIN "minutes" m ON m."id" = e."minutesId" WHERE m."sessionId" = $1 ORDER BY e."id"',
      [id],
    );
    expect(events.map((event) => event.kind)).toEqual(['composed', 'sent', 'reopened', 'composed']);
    expect(await verifyMinutes(t.database.reader)).toEqual([]);
  });

  it('says in a next version what stood on the day of the session, whatever became of its actions and sessions since', async () => {
    const other = await boskoop(t);
    const { id } = other.session;
    const { chair } = other.signedIn;
    const earlier = await t.make.action({
      meetingId: other.meeting.id,
      areaId: other.area.id,
      title: 'Lantaarn maken',
    });
    await t.make.discussion({
      sessionId: id,
      actionId: earlier.id,
      outcome: 'discussed',
      note: 'Wacht op een monteur.',
    });
    await bring(t, id, 'closed');
    const first = (await get(chair, '', id).expect(200)).body;
    expect(first.nextSession).toMatchObject({ heldOn: '2026-06-30' });
    t.clock.set('2026-07-01T10:00:00Z');
    const update = (actionId: string, body: object) =>
      t.api.post(`/v1/actions/${actionId}/updates`).set('Authorization', chair).send(body).expect(201);
    await update(earlier.id, { status: 'done', realisation: 'full', result: 'Brandt weer.' });
    await update(other.surveillance.id, { dueOn: '2026-09-01', reason: 'Vakantie.' });
    await update(other.lamps.id, { ownerId: other.welfare.id });
    await t.app
      .get(Transactions)
      .run((m) => m.update('sessions', { meetingId: other.meeting.id, heldOn: '2026-06-30' }, { state: 'closed' }));
    await t.make.session(other.meeting.id, { heldOn: '2026-08-25' });
    await bring(t, id, 'reopened');
    await bring(t, id, 'closed');
    const second = (await get(chair, '', id).expect(200)).body;
    const told = ({ actions, discussed, nextSession }: Record<string, unknown>) => ({
      actions,
      discussed,
      nextSession,
    });
    expect(second.number).toBe(2);
    expect(told(second)).toEqual(told(first));
    // What the chair corrects in the session while it is open again is part of it.
    await bring(t, id, 'reopened');
    const path = `/v1/actions/${other.surveillance.id}`;
    const { headers } = await t.api.get(path).set('Authorization', chair).expect(200);
    const edit = t.api.patch(path).set('Authorization', chair).set('If-Match', headers.etag);
    await edit.send({ title: 'Surveillance in de avond' }).expect(200);
    await update(other.lamps.id, { ownerId: other.police.id, sessionId: id });
    await bring(t, id, 'closed');
    const third = (await get(chair, '', id).expect(200)).body;
    expect(third.actions).toMatchObject([
      { title: 'Surveillance in de avond', deadline: { dueOn: '2026-07-03' } },
      { owner: other.police.name },
    ]);
  });

  it('follows the session over the API: none while it is incomplete, version 1 at closing, the next after reopening', async () => {
    const other = await boskoop(t);
    const { id } = other.session;
    const extra = await agendaItem(t, id, { number: '4', position: 60, state: 'accepted', title: 'Leeg punt' });
    const put = async (state: string, body?: object) => {
      const path = `/v1/sessions/${id}`;
      const { headers } = await t.api.get(path).set('Authorization', other.signedIn.chair).expect(200);
      return t.api
        .put(`${path}/${state}`)
        .set('Authorization', other.signedIn.chair)
        .set('If-Match', headers.etag)
        .send(body);
    };
    expect((await put('closing')).status).toBe(409);
    await get(other.signedIn.chair, '', id).expect(404);
    await t.app.get(Transactions).run((m) => m.update('agenda_items', extra.id, { notes: 'Toch besproken.' }));
    expect((await put('closing')).status).toBe(200);
    const first = await get(other.signedIn.chair, '', id).expect(200);
    expect(first.body.items.at(-1)).toMatchObject({ title: 'Leeg punt', state: 'discussed', notes: 'Toch besproken.' });
    expect((await put('reopening', { reason: 'Een actie ontbrak.' })).status).toBe(200);
    expect((await put('closing')).status).toBe(200);
    expect((await get(other.signedIn.chair, '', id).expect(200)).body.number).toBe(2);
    await adopt(other);
    const refused = await put('reopening', { reason: 'Te laat.' });
    expect([refused.status, refused.body.code]).toEqual([409, 'MINUTES_ADOPTED']);
  });

  it('refuses to reopen or to compose again once adopted, and changes nothing', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await adopt(other);
    await expect(bring(t, other.session.id, 'reopened')).rejects.toMatchObject({ errorCode: 'MINUTES_ADOPTED' });
    await expect(bring(t, other.session.id, 'closed')).rejects.toMatchObject({ errorCode: 'MINUTES_ADOPTED' });
    const { body } = await get(other.signedIn.chair, '/versions', other.session.id).expect(200);
    expect(body.total).toBe(1);
  });
});

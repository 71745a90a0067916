import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { execute, row, rows } from '../../src/database/rows.js';
import { Transactions } from '../../src/database/transactions.js';
import { MinutesEvent } from '../../src/minutes/minutes-event.entity.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { MinutesVersion } from '../../src/minutes/minutes-version.entity.js';
import { verifyMinutes } from '../../src/minutes/verification.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { agendaItem, boskoop, type Boskoop, bring, discussion } from '../support/minutes.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    b = await boskoop(t);
    await bring(t, b.session.id, 'closed');
  });
  const get = (token: string, path = '', id = b.session.id) =>
    t.api.get(`/v1/sessions/${id}/minutes${path}`).set('Authorization', token);
  const send = async (of: Boskoop) => {
    const { headers } = await get(of.signedIn.chair, '', of.session.id).expect(200);
    await t.api
      .put(`/v1/sessions/${of.session.id}/minutes/dispatch`)
      .set('Authorization', of.signedIn.chair)
      .set('If-Match', headers.etag)
      .expect(200);
  };
  const adopt = async (of: Boskoop) => {
    const manager = t.app.get(Transactions);
    await manager.run((m) =>
      m.update(Minutes, { sessionId: of.session.id }, { state: 'adopted', adoptedAt: '2026-06-30T09:00:00.000Z' }),
    );
  };

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
    await t.make.row('area_names', {
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
    await discussion(t, other.session.id, spoken.id, { outcome: 'discussed', note: 'Begint na de zomer.' });
    await discussion(t, other.session.id, folded.id);
    await discussion(t, other.session.id, done.id, { kind: 'reported_done', outcome: 'accepted' });
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
    await send(other);
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
    await send(other);
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

  it('refuses to reopen or to compose again once adopted, and changes nothing', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await adopt(other);
    await expect(bring(t, other.session.id, 'reopened')).rejects.toMatchObject({ errorCode: 'MINUTES_ADOPTED' });
    await expect(bring(t, other.session.id, 'closed')).rejects.toMatchObject({ errorCode: 'MINUTES_ADOPTED' });
    const { body } = await get(other.signedIn.chair, '/versions', other.session.id).expect(200);
    expect(body.total).toBe(1);
  });

  it('shows a party of a confidential item that item and its actions, where they were treated', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(other);
    const { body } = await get(other.signedIn.police, '', other.session.id).expect(200);
    expect(body.items.map(({ number }: { number: string }) => number)).toEqual(['3', 'V1', '2']);
    expect(body.items[1]).toMatchObject({
      notes: 'Geheim: het huis met de groene deur.',
      isConfidential: true,
      actions: [{ number: other.secret.number }],
    });
    expect(body.actions).toHaveLength(3);
  });

  it('shows anyone else nothing of it: no text, no number, no gap, no count', async () => {
    const withSecret = await boskoop(t);
    await bring(t, withSecret.session.id, 'closed');
    await send(withSecret);
    for (const accept of ['application/json', 'text/html', 'text/plain']) {
      for (const token of [withSecret.signedIn.welfare, withSecret.signedIn.chair]) {
        const { text } = await get(token, '', withSecret.session.id).set('Accept', accept).expect(200);
        expect(text).not.toMatch(/V1|[Gg]eheim|groene deur|"position"|follows|parts|vertrouwelijk/);
      }
    }
    const { body } = await get(withSecret.signedIn.welfare, '', withSecret.session.id).expect(200);
    expect(body.items.map(({ number }: { number: string }) => number)).toEqual(['3', '2']);
    expect(body.actions).toHaveLength(2);
    const open = await row<{ content: string }>(
      t.database.reader,
      `SELECT p."content" FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId"
       JOIN "minutes" m ON m."id" = v."minutesId" WHERE m."sessionId" = $1 AND p."label" = 'open'`,
      [withSecret.session.id],
    );
    expect(open!.content).not.toMatch(/V1|[Gg]eheim|groene deur|position/);
  });

  it('lets a party that joins after sending read along', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(other);
    await t.make.row('agenda_item_parties', { agendaItemId: other.adres.id, organisationId: other.welfare.id });
    const { text } = await get(other.signedIn.welfare, '', other.session.id).expect(200);
    expect(text).toContain('groene deur');
  });

  it('writes down who read confidential text, one entry a request, and nothing for open text', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(other);
    const entries = () =>
      rows<{ actorId: string; isConfidential: boolean }>(
        t.database.reader,
        `SELECT a."actorId", a."isConfidential" FROM "audit_entries" a JOIN "minutes" m ON m."id" = a."objectId"
         WHERE m."sessionId" = $1 AND a."operation" = 'minutes.confidential_read'`,
        [other.session.id],
        { isConfidential: 'boolean' },
      );
    await get(other.signedIn.welfare, '', other.session.id).expect(200);
    expect(await entries()).toEqual([]);
    await get(other.signedIn.police, '', other.session.id).expect(200);
    expect(await entries()).toEqual([{ actorId: other.wijkagent.id, isConfidential: true }]);
  });

  it('keeps names by a key, so that an erased name leaves the text and its hash alone', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    const contents = await rows<{ content: string }>(t.database.reader, 'SELECT "content" FROM "minutes_parts"');
    expect(contents.map(({ content }) => content).join()).not.toContain('wijkagent Boskoop');
    await t.app
      .get(Transactions)
      .run((m) => m.update('minutes_names', { personId: other.wijkagent.id }, { name: null, function: null }));
    const { body } = await get(other.signedIn.chair, '', other.session.id).expect(200);
    expect(body.attendance.present[1]).toMatchObject({ name: '(naam verwijderd)', function: null });
    expect(body.actions[0].ownerPerson).toEqual({ name: '(naam verwijderd)', function: null });
    expect(await verifyMinutes(t.database.reader)).toEqual([]);
    await bring(t, other.session.id, 'reopened');
    await bring(t, other.session.id, 'closed');
    const again = await get(other.signedIn.chair, '', other.session.id).expect(200);
    expect(again.body.attendance.present[1].name).toBe('(naam verwijderd)');
  });

  it('is refused by the database to be changed or thrown away', async () => {
    const transactions = t.app.get(Transactions);
    const attempt = (sql: string) => expect(transactions.run((m) => execute(m, sql))).rejects.toThrow(/append-only/);
    await attempt(`UPDATE "minutes_versions" SET "hash" = 'x'`);
    await attempt('DELETE FROM "minutes_versions"');
    await attempt(`UPDATE "minutes_parts" SET "content" = '{}'`);
    await attempt('DELETE FROM "minutes_parts"');
    expect(await verifyMinutes(t.database.reader)).toEqual([]);
  });

  it('finds tampering: a changed text, a changed reason, a version that was slipped in, a text that is gone', async () => {
    const own = await startApp(kind, { today: '2026-06-02' });
    const victim = await boskoop(own);
    await bring(own, victim.session.id, 'closed');
    expect(await verifyMinutes(own.database.reader)).toEqual([]);
    const flawsAfter = async (change: string, undo: string) => {
      for (const table of ['minutes_parts', 'minutes_versions']) await dropGuards(own, table);
      await own.app.get(Transactions).run((m) => execute(m, change));
      const flaws = await verifyMinutes(own.database.reader);
      await own.app.get(Transactions).run((m) => execute(m, undo));
      return flaws.join(' ');
    };
    const swap = (from: string, to: string) =>
      `UPDATE "minutes_parts" SET "content" = replace("content", '${from}', '${to}') WHERE "label" = 'V1'`;
    expect(await flawsAfter(swap('groene', 'rode'), swap('rode', 'groene'))).toContain(
      'Part V1 of version 1 was changed',
    );
    expect(
      await flawsAfter(
        `UPDATE "minutes_versions" SET "reason" = 'correction'`,
        `UPDATE "minutes_versions" SET "reason" = 'closing'`,
      ),
    ).toContain('Version 1 was changed');
    const minutes = (await row<Minutes>(own.database.reader, 'SELECT * FROM "minutes"'))!;
    const slipped = newId();
    await own.make.row(MinutesVersion, {
      id: slipped,
      minutesId: minutes.id,
      number: 2,
      reason: 'closing',
      composedAt: '2026-06-02T10:00:00.000Z',
      composedById: null,
      hash: 'f'.repeat(64),
    });
    const flaws = (await verifyMinutes(own.database.reader)).join(' ');
    expect(flaws).toContain('Version 2 was changed');
    expect(flaws).toContain('The versions end at 2, the minutes say 1');
    await own.app.get(Transactions).run((m) => m.delete(MinutesVersion, slipped));
    await own.app
      .get(Transactions)
      .run((m) => execute(m, `UPDATE "minutes_parts" SET "content" = NULL, "salt" = NULL WHERE "label" = 'V1'`));
    expect(await verifyMinutes(own.database.reader)).toEqual([
      `Minutes ${minutes.id}: The text of part V1 of version 1 is gone.`,
    ]);
    await own.make.row(MinutesEvent, {
      id: newId(),
      minutesId: minutes.id,
      kind: 'destroyed',
      at: '2026-06-02T10:00:00.000Z',
      byId: null,
      sessionId: null,
      versionId: null,
      text: 'Einde van de bewaartermijn.',
    });
    expect(await verifyMinutes(own.database.reader)).toEqual([]);
  });
});

async function dropGuards(t: TestApp, table: string): Promise<void> {
  for (const on of ['update', 'delete']) {
    const name = `"${table}_refuse_${on}"`;
    const place = t.database.isPostgres ? ` ON "${table}"` : '';
    await t.app.get(Transactions).run((m) => execute(m, `DROP TRIGGER IF EXISTS ${name}${place}`));
  }
}

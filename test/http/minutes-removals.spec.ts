import { expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { verify } from '../../src/admin.js';
import { execute, rows } from '../../src/platform/database/rows.js';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { removedFromMinutes, verifyMinutes } from '../../src/minutes/verification.service.js';
import { onBothDatabases } from '../support/app.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { GROUND, setUpRemovals } from './minutes-removals.setup.js';

onBothDatabases((kind) => {
  const r = setUpRemovals(kind);
  const { sent, path, get, put, redaction, held } = r;

  it('puts a redacted version in the place of the readable one and destroys the old words', async () => {
    const b = await sent();
    const { body: before } = await get(b, b.signedIn.welfare).expect(200);
    const { status, body } = await put(b, 'redaction', redaction('3', 'geluid na tienen'));
    expect([status, body]).toMatchObject([
      200,
      { kind: 'redacted', ground: GROUND, by: 'gebiedsadviseur Boskoop', versions: [{ number: 1, hash: before.hash }] },
    ]);
    expect(await held(b)).not.toContain('geluid na tienen');
    const { body: after } = await get(b, b.signedIn.welfare).expect(200);
    expect(after).toMatchObject({ state: 'sent', number: 2, reason: 'redaction', sentAt: before.sentAt });
    expect(after.items[0].notes).toContain('Omwonenden melden vooral (weggelakt).');
    await get(b, b.signedIn.welfare, '/versions/1').expect(404);
    const versions = await get(b, b.signedIn.welfare, '/versions').expect(200);
    expect(versions.body.items[0].hash).toBe(before.hash);
    const html = await get(b, b.signedIn.welfare).set('Accept', 'text/html').expect(200);
    expect(html.text).toContain('met weggelakte passages');
  });

  it('takes the words out of the register of decisions and of the actions made there, their history included', async () => {
    const b = await sent();
    const as = (method: 'get' | 'post', path: string) => r.t.api[method](path).set('Authorization', b.signedIn.chair);
    await as('post', `/v1/actions/${b.surveillance.id}/updates`)
      .send({ status: 'in_progress', comment: 'Bij de skatebaan staat nu een post.' })
      .expect(201);
    const passages = [{ item: '3', words: 'skatebaan' }];
    expect((await put(b, 'redaction', { ground: GROUND, passages })).status).toBe(200);
    const decisions = (await as('get', `/v1/decisions?meeting=${b.meeting.id}`).expect(200)).body.items;
    expect(decisions).toMatchObject([{ decision: 'De verlichting bij de (weggelakt) blijft tot 23 uur aan.' }]);
    const action = (await as('get', `/v1/actions/${b.surveillance.id}`).expect(200)).body;
    expect(action).toMatchObject({ title: 'Extra surveillance bij de (weggelakt)', status: 'in_progress' });
    const history = await as('get', `/v1/actions/${b.surveillance.id}/updates`).expect(200);
    expect(history.body.items).toHaveLength(2);
    expect(history.text).toContain('Bij de (weggelakt) staat nu een post.');
    const kept = await rows(r.t.database.reader, 'SELECT * FROM "action_updates" WHERE "actionId" = $1', [
      b.surveillance.id,
    ]);
    expect(JSON.stringify(kept)).not.toContain('skatebaan');
    expect(await verifyMinutes(r.t.database.reader)).toEqual([]);
  });

  it('removes the words from the decision of a person who was asked, in the minutes and in the request', async () => {
    const b = await boskoop(r.t);
    const item = await agendaItem(r.t, b.session.id, {
      number: '1',
      position: 1,
      kind: 'actions',
      title: 'Actielijst',
    });
    const stuck = await r.t.make.action({ meetingId: b.meeting.id, areaId: b.area.id, recordedOn: '2026-05-05' });
    const note = 'Jansen belt terug.';
    await r.t.make.discussion({ sessionId: b.session.id, actionId: stuck.id, outcome: 'discussed', note });
    const text = 'Mag de schutting van Jansen weg?';
    const asked = { id: newId(), actionId: stuck.id, step: 1, personId: b.beheerder.id, askedById: b.chair.id, text };
    const at = '2026-06-01T10:00:00.000Z';
    const answered = { askedOn: '2026-06-01', askedAt: at, decision: 'Jansen krijgt een brief.', answeredAt: at };
    await r.t.make.row(Escalation, { ...asked, ...answered, decidedFor: null });
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    expect((await get(b, b.signedIn.welfare).expect(200)).text).toContain('Jansen krijgt een brief.');
    expect((await put(b, 'redaction', redaction(item.number, 'Jansen'))).status).toBe(200);
    const { body } = await get(b, b.signedIn.welfare).expect(200);
    expect(body.discussed[0].escalations).toMatchObject([{ decision: '(weggelakt) krijgt een brief.' }]);
    const noted = await as(b, 'get', `/v1/actions/${stuck.id}/notes`).expect(200);
    expect(noted.body.items).toMatchObject([{ note: '(weggelakt) belt terug.' }]);
    const kept = await rows(r.t.database.reader, 'SELECT * FROM "action_escalations" WHERE "actionId" = $1', [
      stuck.id,
    ]);
    expect(kept).toMatchObject([
      { text: 'Mag de schutting van (weggelakt) weg?', decision: '(weggelakt) krijgt een brief.' },
    ]);
  });

  it('keeps a title within its length, whatever the words are replaced by', async () => {
    const b = await boskoop(r.t);
    await r.t.app.get(Transactions).run((m) => m.update('agenda_items', b.skate.id, { title: 'e'.repeat(200) }));
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    expect((await put(b, 'redaction', redaction('3', 'e'))).status).toBe(200);
    const { body } = await r.t.api.get(`/v1/agenda-items/${b.skate.id}`).set('Authorization', b.signedIn.chair);
    expect(body.title).toHaveLength(200);
  });

  it('names what still has the words with other capitals', async () => {
    const b = await sent();
    const { body } = await put(b, 'redaction', redaction('3', 'overlast'));
    const kinds = (body.elsewhere as { kind: string; id: string }[]).filter(({ id }) =>
      [b.session.id, b.skate.id].includes(id),
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['minutes', 'agenda_item']);
  });

  const as = (b: Boskoop, method: 'get' | 'post' | 'put', url: string) =>
    r.t.api[method](url).set('Authorization', b.signedIn.chair);
  const minutesOf = (b: Boskoop, sessionId: string): Boskoop => ({ ...b, session: { ...b.session, id: sessionId } });

  it('takes the words out of a correction too, and names the minutes of the session that adopted it', async () => {
    const b = await sent();
    const next = await r.t.make.session(b.meeting.id, { heldOn: '2026-06-20', state: 'open' });
    await agendaItem(r.t, next.id, { number: '2', kind: 'minutes', title: 'Verslag vorige keer', state: 'accepted' });
    const corrections = [{ item: '3', old: 'Omwonenden', new: 'Meneer "Jansen" en omwonenden' }];
    const adopted = await put(b, 'adoption', { sessionId: next.id, kind: 'corrected', corrections });
    expect(adopted.status).toBe(200);
    await bring(r.t, next.id, 'closed');
    const later = minutesOf(b, next.id);
    r.t.clock.set('2026-06-20T10:00:00Z');
    await send(r.t, later);
    const first = await put(b, 'redaction', redaction('3', 'Meneer "Jansen"'));
    expect(first.body.elsewhere).toContainEqual({
      ...{ kind: 'minutes', id: next.id, label: 'Professionaloverleg Boskoop, 2026-06-20' },
    });
    expect(await held(b)).not.toContain('Jansen');
    expect((await get(b, b.signedIn.welfare).expect(200)).body.corrections[0].new).toBe('(weggelakt) en omwonenden');
    const second = await put(later, 'redaction', redaction('2', 'Meneer "Jansen"'));
    expect([second.status, second.body.elsewhere]).toEqual([200, []]);
    expect(await held(later)).not.toContain('Jansen');
    expect(await verifyMinutes(r.t.database.reader)).toEqual([]);
  });

  it('takes words out of what only an earlier version says, which could still be read', async () => {
    const b = await sent();
    await bring(r.t, b.session.id, 'reopened');
    await r.t.app.get(Transactions).run((m) => m.update('agenda_items', b.skate.id, { notes: 'Het is rustig.' }));
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    const read = await get(b, b.signedIn.welfare, '/versions/1').expect(200);
    expect(read.text).toContain('geluid na tienen');
    expect((await put(b, 'redaction', redaction('3', 'geluid na tienen'))).status).toBe(200);
    await get(b, b.signedIn.welfare, '/versions/1').expect(404);
    expect(await held(b)).not.toContain('geluid na tienen');
    expect((await get(b, b.signedIn.welfare).expect(200)).body.items[0].notes).toBe('Het is rustig.');
    expect(await verifyMinutes(r.t.database.reader)).toEqual([]);
  });

  it('takes the words out of the title on every agenda the item came back on, and out of remarks', async () => {
    const b = await sent();
    const next = await r.t.make.session(b.meeting.id, { heldOn: '2026-06-20' });
    const carried = await agendaItem(r.t, next.id, { title: b.green.title, carriedFromId: b.green.id });
    const other = await agendaItem(r.t, next.id, { number: '2', title: b.green.title });
    const remark = (body: object) =>
      as(b, 'post', `${path(b)}/remarks`)
        .send(body)
        .expect(201);
    await remark({ text: 'De Torenpad is breder.', itemNumber: '2' });
    await remark({ text: 'De Torenpad is lang.' });
    await remark({ text: 'Bij de Torenpad.', itemNumber: '3' });
    expect((await put(b, 'redaction', redaction('2', 'Torenpad'))).status).toBe(200);
    const titleOf = async (id: string) => (await as(b, 'get', `/v1/agenda-items/${id}`).expect(200)).body.title;
    expect(await titleOf(carried.id)).toBe('Groenparticipatie in de (weggelakt)');
    expect(await titleOf(other.id)).toBe(b.green.title);
    const remarks = (await as(b, 'get', `${path(b)}/remarks`).expect(200)).body.items;
    expect(remarks.map(({ text }: { text: string }) => text)).toEqual([
      'De (weggelakt) is breder.',
      'De (weggelakt) is lang.',
      'Bij de Torenpad.',
    ]);
  });

  if (kind === 'sqlite') {
    it('leaves nothing of the words in the file', async () => {
      const b = await sent();
      const word = 'Zwaluwnestje';
      await bring(r.t, b.session.id, 'reopened');
      const notes = `${word} ${'en verder niets bijzonders. '.repeat(500)}`;
      await r.t.app.get(Transactions).run((m) => m.update('agenda_items', b.skate.id, { notes }));
      await bring(r.t, b.session.id, 'closed');
      await send(r.t, b);
      const inFile = () => {
        const file = new BetterSqlite3(r.t.settings.DATABASE_PATH);
        file.pragma('wal_checkpoint(TRUNCATE)');
        file.close();
        return readFileSync(r.t.settings.DATABASE_PATH).includes(word);
      };
      expect(inFile()).toBe(true);
      expect((await put(b, 'redaction', redaction('3', word))).status).toBe(200);
      expect(inFile()).toBe(false);
    });
  }

  it('takes words out of a confidential part only for whoever knows it, and leaves the open part as it was', async () => {
    const b = await sent();
    const unknown = await put(b, 'redaction', redaction('V1', 'groene'));
    expect([unknown.status, unknown.body.errors[0].field]).toEqual([400, 'passages.0.words']);
    await r.t.make.member(b.chair.id, b.police.id);
    expect((await put(b, 'redaction', redaction('V1', 'groene'))).status).toBe(200);
    expect(await held(b)).not.toContain('groene');
    const { body } = await get(b, b.signedIn.welfare, '/versions/1').expect(200);
    expect(body.items).toHaveLength(2);
  });

  it('reports weglakken as such and not as tampering, and any other gap as tampering', async () => {
    const b = await sent();
    await put(b, 'redaction', redaction('3', 'geluid na tienen'));
    expect(await verifyMinutes(r.t.database.reader)).toEqual([]);
    const removed = await removedFromMinutes(r.t.database.reader);
    expect(removed.at(-1)).toMatch(/redacted in part open before version 2 at .* by .*: Verzoek van een betrokkene/);
    const { isWhole, lines } = await verify(r.t.database);
    expect([isWhole, lines]).toEqual([true, expect.arrayContaining(removed)]);
    await r.t.app.get(Transactions).run((m) =>
      execute(
        m,
        `UPDATE "minutes_parts" SET "content" = NULL, "salt" = NULL WHERE "label" = 'V1' AND "versionId" IN (
           SELECT v."id" FROM "minutes_versions" v JOIN "minutes" m ON m."id" = v."minutesId"
           WHERE m."sessionId" = $1 AND v."number" = 2)`,
        [b.session.id],
      ),
    );
    expect((await verifyMinutes(r.t.database.reader)).join()).toContain('The text of part V1 of version 2 is missing');
  });

  it('refuses words that do not occur, a missing ground, a concept, an outdated version and anyone who may not', async () => {
    const b = await sent();
    const before = await held(b);
    expect((await put(b, 'redaction', redaction('3', 'staat er niet'))).status).toBe(400);
    expect((await put(b, 'redaction', { passages: [{ item: '3', words: 'avond' }] })).status).toBe(400);
    expect((await put(b, 'redaction', { ground: GROUND, passages: [] })).status).toBe(400);
    expect((await put(b, 'redaction', redaction('3', 'avond'), b.signedIn.chair, '"1"')).status).toBe(412);
    expect((await put(b, 'redaction', redaction('3', 'avond'), b.signedIn.police)).status).toBe(403);
    await bring(r.t, b.session.id, 'reopened');
    const concept = await put(b, 'redaction', redaction('3', 'avond'));
    expect([concept.status, concept.body.code]).toEqual([409, 'MINUTES_NOT_SENT']);
    expect(await held(b)).toBe(before);
  });
});

import { expect, it } from '@jest/globals';
import { verifyMinutes } from '../../src/minutes/verification.service.js';
import { onBothDatabases } from '../support/app.js';
import { SECRET, setUpMinutesYear } from './minutes-year.setup.js';

/** A year of one meeting over the API, from the first session to the adoption of the last minutes. */
onBothDatabases((kind) => {
  const y = setUpMinutesYear(kind);
  const { id, token, read, minutesOf, offered, open, treat, closeAndSend, minutesItem } = y;

  it('January: a session with an open and a confidential item is closed and sent', async () => {
    await open('january', '2026-01-06');
    id.skate = await treat('january', 'Overlast skatebaan', 'De overlast verschuift naar de avond.');
    await treat('january', 'Zorgen om een adres', 'Het huis met de groene deur.', {
      isConfidential: true,
      partyIds: [id.wk, id.police],
    });
    expect(await offered('january')).toMatchObject({ total: 0 });
    await closeAndSend('january');
    expect(JSON.stringify(await minutesOf('january', 'police'))).toMatch(SECRET);
    expect(JSON.stringify(await minutesOf('january', 'welfare'))).not.toMatch(SECRET);
  });

  it('takes remarks of the participants, and shows the one on the confidential item to its parties only', async () => {
    const remark = (as: string, body: object) =>
      y.t.api.post(`/v1/sessions/${id.january}/minutes/remarks`).set('Authorization', token[as]).send(body);
    await remark('welfare', { text: 'Het was vooral in de nacht.', itemNumber: id.skate }).expect(201);
    await remark('police', { text: 'De deur is blauwe deur.', itemNumber: 'V1' }).expect(201);
    const refused = await remark('welfare', { text: 'Wat staat hier?', itemNumber: 'V1' }).expect(400);
    const unknown = await remark('welfare', { text: 'Wat staat hier?', itemNumber: 'V9' }).expect(400);
    expect(refused.body.errors).toEqual(unknown.body.errors);
    await remark('reader', { text: 'Ik lees mee.' }).expect(404);
    await remark('admin', { text: 'Ik beheer.' }).expect(403);
    await remark('welfare', { text: ' ' }).expect(400);
    const seen = async (as: string) => (await read(as, `/v1/sessions/${id.january}/minutes/remarks`).expect(200)).body;
    expect(await seen('police')).toMatchObject({
      total: 2,
      items: [{ by: 'wijkcoach Boskoop' }, { itemNumber: 'V1' }],
    });
    expect(await seen('welfare')).toMatchObject({ total: 1, items: [{ itemNumber: id.skate, isObjection: false }] });
  });

  it('March: the item "verslag vorige keer" offers January with the remarks on it', async () => {
    await open('march', '2026-03-03');
    const forChair = await offered('march');
    expect(forChair).toMatchObject({ total: 1, items: [{ sessionId: id.january, heldOn: '2026-01-06', number: 1 }] });
    expect(forChair.items[0].remarks).toHaveLength(2);
    expect((await offered('march', 'welfare')).items[0].remarks).toHaveLength(1);
    await read('admin', `/v1/sessions/${id.march}/minutes-to-adopt`).expect(403);
    await read('reader', `/v1/sessions/${id.march}/minutes-to-adopt`).expect(404);
  });

  it('refuses corrections that do not fit, naming all of them, and changes nothing', async () => {
    const before = await minutesOf('january');
    const refused = await y.chair.adopt(id.january, {
      sessionId: id.march,
      kind: 'corrected',
      corrections: [
        { item: '99', old: 'a', new: 'b' },
        { item: id.skate, old: 'staat er niet', new: 'b' },
        { item: id.skate, old: 'er', new: 'ir' },
        { item: id.skate, old: 'avond', new: 'avond' },
      ],
    });
    expect([refused.status, refused.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      400,
      ['corrections.0.item', 'corrections.1.old', 'corrections.2.old', 'corrections.3.new'],
    ]);
    expect((await y.chair.adopt(id.january, { sessionId: id.march, kind: 'corrected', corrections: [] })).status).toBe(
      400,
    );
    const loose = { sessionId: id.march, kind: 'unchanged', corrections: [{ item: '1', old: 'a', new: 'b' }] };
    expect((await y.chair.adopt(id.january, loose)).status).toBe(400);
    expect((await y.chair.adopt(id.january, { sessionId: id.march, kind: 'misschien' })).status).toBe(400);
    expect(await minutesOf('january')).toEqual(before);
  });

  it('adopts January in March with corrections, the confidential one for its parties', async () => {
    const corrections = [
      { item: id.skate, old: 'de avond', new: 'de nacht' },
      { item: id.skate, old: '', new: 'Omwonenden melden vooral geluid.' },
      { item: 'V1', old: 'groene deur', new: 'blauwe deur' },
    ];
    const { status, body } = await y.chair.adopt(id.january, { sessionId: id.march, kind: 'corrected', corrections });
    expect([status, body]).toMatchObject([200, { kind: 'corrected', number: 2, adoptedIn: { heldOn: '2026-03-03' } }]);
    expect(body.corrections).toHaveLength(3);
    expect(await offered('march')).toMatchObject({ total: 0 });
    const police = await minutesOf('january', 'police');
    expect(police).toMatchObject({ state: 'adopted', number: 2, reason: 'adoption', isInForce: true });
    expect(JSON.stringify(police)).toContain('blauwe deur');
    const welfare = await minutesOf('january', 'welfare');
    expect(welfare.items.find(({ number }: { number: string }) => number === id.skate).notes).toBe(
      'De overlast verschuift naar de nacht.\nOmwonenden melden vooral geluid.',
    );
    expect(welfare.corrections).toHaveLength(2);
    expect(JSON.stringify(welfare)).not.toMatch(SECRET);
    const adoption = await read('welfare', `/v1/sessions/${id.january}/minutes/adoption`).expect(200);
    expect(JSON.stringify(adoption.body)).not.toMatch(SECRET);
  });

  it('keeps the old version readable', async () => {
    const { body } = await read('police', `/v1/sessions/${id.january}/minutes/versions/1`).expect(200);
    expect(body).toMatchObject({ number: 1, isInForce: false, corrections: [] });
    expect(JSON.stringify(body)).toContain('groene deur');
    expect(JSON.stringify(body)).toContain('naar de avond');
  });

  it('lets the corrections stand in the minutes of March too', async () => {
    await treat('march', 'Groenparticipatie', 'Begint na de zomer.');
    await closeAndSend('march');
    const police = await minutesOf('march', 'police');
    expect(police.adoptions).toMatchObject([{ sessionId: id.january, kind: 'corrected', heldOn: '2026-01-06' }]);
    expect(police.adoptions[0].corrections).toHaveLength(3);
    const welfare = await minutesOf('march', 'welfare');
    expect(welfare.adoptions[0].corrections).toHaveLength(2);
    expect(JSON.stringify(welfare)).not.toMatch(SECRET);
    const html = await read('welfare', `/v1/sessions/${id.march}/minutes`).set('Accept', 'text/html').expect(200);
    expect(html.text).toContain('Het verslag van dinsdag 6 januari 2026 is vastgesteld met deze wijzigingen');
    expect(html.text).toContain('“de avond” is gewijzigd in “de nacht”');
    expect(html.text).not.toMatch(SECRET);
  });

  it('says in the document in which session it was adopted', async () => {
    const html = await read('welfare', `/v1/sessions/${id.january}/minutes`).set('Accept', 'text/html').expect(200);
    expect(html.text).toContain('Vastgesteld in de vergadering van dinsdag 3 maart 2026');
    expect(html.text).toContain('Wijzigingen bij de vaststelling');
  });

  it('refuses to adopt twice, also for those who read the minutes before', async () => {
    const wish = { sessionId: id.march, kind: 'unchanged' };
    for (const tag of [undefined, '"1"']) {
      const again = await y.chair.adopt(id.january, wish, tag);
      expect([again.status, again.body.code]).toEqual([409, 'MINUTES_ADOPTED']);
    }
  });

  it('refuses any change to adopted minutes', async () => {
    const before = await minutesOf('january');
    const codes: [number, string][] = [];
    const note = ({ status, body }: { status: number; body: { code: string } }) => codes.push([status, body.code]);
    note(await y.chair.bring(id.january, 'reopening', { reason: 'Toch nog iets.' }));
    note(await y.chair.send(id.january));
    note(
      await y.chair.adopt(id.january, {
        sessionId: id.march,
        kind: 'corrected',
        corrections: [{ item: '1', old: '', new: 'x' }],
      }),
    );
    const remark = { text: 'Te laat.' };
    note(
      await y.t.api.post(`/v1/sessions/${id.january}/minutes/remarks`).set('Authorization', token.welfare).send(remark),
    );
    expect(codes).toEqual([
      [409, 'MINUTES_ADOPTED'],
      [409, 'MINUTES_ALREADY_SENT'],
      [409, 'MINUTES_ADOPTED'],
      [409, 'MINUTES_ADOPTED'],
    ]);
    for (const as of ['police', 'reader', 'admin']) {
      const path = `/v1/sessions/${id.january}/minutes/adoption`;
      const wish = { sessionId: id.march, kind: 'unchanged' };
      await y.t.api.put(path).set('Authorization', token[as]).set('If-Match', '"3"').send(wish).expect(403);
    }
    expect(await minutesOf('january')).toEqual(before);
  });

  it('April: an extra session adopts nothing; March waits', async () => {
    await open('april', '2026-04-14', { isExtra: true });
    await treat('april', 'Jaarwisseling', 'Kort nabesproken.');
    expect(await offered('april')).toMatchObject({ total: 1 });
    await closeAndSend('april');
    expect((await minutesOf('april')).adoptions).toEqual([]);
    expect(await offered('april')).toMatchObject({ total: 0 });
  });

  it('May: offers exactly the two that wait, and adopts them in one session, the earlier one first', async () => {
    await open('may', '2026-05-05');
    const { items } = await offered('may');
    expect(items.map(({ sessionId }: { sessionId: string }) => sessionId)).toEqual([id.march, id.april]);
    const unchanged = { sessionId: id.may, kind: 'unchanged' };
    const early = await y.chair.adopt(id.april, unchanged);
    expect([early.status, early.body.code]).toEqual([409, 'EARLIER_MINUTES_FIRST']);
    expect((await minutesOf('april')).state).toBe('sent');
    const first = await y.chair.adopt(id.march, unchanged);
    expect([first.status, first.body]).toMatchObject([200, { kind: 'unchanged', number: 1, corrections: [] }]);
    expect((await y.chair.adopt(id.april, unchanged)).status).toBe(200);
    await treat('may', 'Zomer', 'Wij plannen de schouw.');
    await closeAndSend('may');
    expect((await minutesOf('may')).adoptions).toMatchObject([
      { sessionId: id.march, kind: 'unchanged' },
      { sessionId: id.april, kind: 'unchanged' },
    ]);
  });

  it('refuses a session of another meeting, an unknown one, one that is not later and one that is not open', async () => {
    const other = await y.t.make.meeting((await y.t.make.area()).id);
    const elsewhere = await y.t.make.session(other.id, { heldOn: '2026-06-02', state: 'open' });
    const planned = await y.t.make.session(id.meeting, { heldOn: '2026-12-29' });
    const cancelled = await y.t.make.session(id.meeting, { heldOn: '2026-12-30', state: 'cancelled' });
    const outcome = async (sessionId: string) => {
      const { status, body } = await y.chair.adopt(id.may, { sessionId, kind: 'unchanged' });
      return [status, body.errors?.[0].field ?? body.code];
    };
    expect(await outcome(elsewhere.id)).toEqual([400, 'sessionId']);
    expect(await outcome('019300a0-0000-7000-8000-00000000000f')).toEqual([400, 'sessionId']);
    expect(await outcome(id.may)).toEqual([409, 'NOT_A_LATER_SESSION']);
    expect(await outcome(id.march)).toEqual([409, 'NOT_A_LATER_SESSION']);
    expect(await outcome(planned.id)).toEqual([409, 'SESSION_NOT_OPEN']);
    expect(await outcome(cancelled.id)).toEqual([409, 'SESSION_NOT_OPEN']);
    expect((await minutesOf('may')).state).toBe('sent');
  });

  it('takes no bad input at the table, and nothing changes', async () => {
    await open('june', '2026-06-02');
    const item = await y.chair.post(`/v1/sessions/${id.june}/agenda-items`, { title: 'Schouw' });
    expect((await y.chair.note(item.id, item.version, { notes: 'De eerste was er eerder.' })).status).toBe(200);
    const second = await y.chair.note(item.id, item.version, { notes: 'De tweede schrijft eroverheen.' });
    expect(second.status).toBe(412);
    const action = { title: 'Schouw plannen', agendaItemId: await minutesItem('may') };
    const elsewhere = await y.t.api
      .post(`/v1/sessions/${id.june}/actions`)
      .set('Authorization', token.chair)
      .send(action);
    expect([elsewhere.status, elsewhere.body.errors?.[0].field]).toEqual([400, 'agendaItemId']);
    const unknown = await y.chair.bring(id.june, 'attendances/019300a0-0000-7000-8000-00000000000f', {
      status: 'present',
    });
    expect([400, 404]).toContain(unknown.status);
    const kept = await y.chair.get(`/v1/agenda-items/${item.id}`);
    expect(kept.notes).toBe('De eerste was er eerder.');
    expect((await y.chair.get(`/v1/sessions/${id.june}`)).counts).toMatchObject({ actions: 0, present: 0 });
    const cancelled = await y.chair.post(`/v1/meetings/${id.meeting}/sessions`, { heldOn: '2026-06-09' });
    expect((await y.chair.bring(cancelled.id, 'cancellation', { reason: 'Vakantie.' })).status).toBe(200);
    const closing = await y.chair.bring(cancelled.id, 'closing');
    expect([closing.status, closing.body.code]).toEqual([409, 'SESSION_NOT_OPEN']);
    await closeAndSend('june');
    await read('chair', `/v1/sessions/${cancelled.id}/minutes`).expect(404);
  });

  it('July: a concept is neither offered nor adopted', async () => {
    await open('july', '2026-07-07');
    expect((await y.chair.bring(id.july, 'closing')).status).toBe(200);
    await open('september', '2026-09-01');
    expect((await offered('september')).items).toMatchObject([{ sessionId: id.may }, { sessionId: id.june }]);
    const refused = await y.chair.adopt(id.july, { sessionId: id.september, kind: 'unchanged' });
    expect([refused.status, refused.body.code]).toEqual([409, 'MINUTES_NOT_SENT']);
    await y.t.api
      .put(`/v1/sessions/${id.may}/minutes/adoption`)
      .set('Authorization', token.chair)
      .send({ sessionId: id.september, kind: 'unchanged' })
      .expect(428);
    const stale = await y.chair.adopt(id.may, { sessionId: id.september, kind: 'unchanged' }, '"1"');
    expect(stale.status).toBe(412);
  });

  it('September and November: catches up, and the year ends with nothing left but November itself', async () => {
    for (const name of ['may', 'june']) {
      expect((await y.chair.adopt(id[name], { sessionId: id.september, kind: 'unchanged' })).status).toBe(200);
    }
    await closeAndSend('september');
    expect((await y.chair.send(id.july)).status).toBe(200);
    await open('november', '2026-11-03');
    for (const name of ['july', 'september']) {
      expect((await y.chair.adopt(id[name], { sessionId: id.november, kind: 'unchanged' })).status).toBe(200);
    }
    await closeAndSend('november');
    const states = await Promise.all(
      ['january', 'march', 'april', 'may', 'june', 'july', 'september', 'november'].map(
        async (name) => (await minutesOf(name)).state,
      ),
    );
    expect(states).toEqual([...Array<string>(7).fill('adopted'), 'sent']);
    expect(await verifyMinutes(y.t.database.reader)).toEqual([]);
  });
});

import { expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases } from '../support/app.js';
import { agendaItem, boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { setUpRemovals } from './minutes-removals.setup.js';

onBothDatabases((kind) => {
  const r = setUpRemovals(kind);
  const { put, redaction } = r;
  const kept = async (table: string, id: string) =>
    JSON.stringify(await rows(r.t.database.reader, `SELECT * FROM "${table}" WHERE "id" = $1`, [id]));

  it('leaves confidential actions as they are if the chair who redacts may not know them', async () => {
    const b = await boskoop(r.t);
    const list = { number: '1', position: 1, kind: 'actions', title: 'Actielijst' } as const;
    await agendaItem(r.t, b.session.id, { ...list, notes: 'Meneer Jansen belt terug.' });
    const confidential = { isConfidential: true, partyIds: [b.police.id], ownerId: b.police.id, areaId: b.area.id };
    const made = { ...confidential, sessionId: b.session.id, meetingId: b.meeting.id, agendaItemId: b.skate.id };
    const title = 'Gesprek bij de skatebaan';
    const under = await r.t.make.action({ ...made, title, titleKey: 'gesprek', details: 'Bij de skatebaan.' });
    const listed = await r.t.make.action({ ...confidential, meetingId: b.meeting.id });
    const note = 'Bij Jansen langs geweest.';
    const discussed = { sessionId: b.session.id, actionId: listed.id, outcome: 'discussed', note } as const;
    const discussion = await r.t.make.discussion(discussed);
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    expect((await put(b, 'redaction', redaction('3', 'skatebaan'))).status).toBe(200);
    expect((await put(b, 'redaction', redaction('1', 'Jansen'))).status).toBe(200);
    expect(await kept('actions', under.id)).toContain(title);
    expect(await kept('discussions', discussion.id)).toContain(note);
    const told = await rows(r.t.database.reader, 'SELECT 1 FROM "audit_entries" WHERE "objectId" = $1', [under.id]);
    expect(told).toEqual([]);
  });

  it('redacts nothing under a number that the chair may not know, though a question has the words', async () => {
    const b = await boskoop(r.t);
    const asked = { areaId: b.area.id, title: 'Wie woont achter de groene deur?', requestedById: b.welfare.id };
    const chair = r.t.api.post('/v1/questions').set('Authorization', b.signedIn.chair);
    const { id } = (await chair.send(asked).expect(201)).body;
    const visitor = await Visitor.of(r.t, b.chair.id);
    const desk = `/vergaderingen/${b.session.id}`;
    await visitor.post(`${desk}/vragen/${id}`, { version: '1', outcome: 'answered', answer: 'Niemand.' }, desk);
    await bring(r.t, b.session.id, 'closed');
    await send(r.t, b);
    const { status, body } = await put(b, 'redaction', redaction('V1', 'groene deur'));
    expect([status, body.errors]).toMatchObject([400, [{ field: 'passages.0.words' }]]);
    expect(await kept('agenda_items', b.adres.id)).toContain('het huis met de groene deur');
    // Nor does a redaction tell that confidential minutes have them too.
    const known = await put(b, 'redaction', redaction('3', 'groene deur'));
    expect([known.status, known.body.elsewhere]).toEqual([200, []]);
    expect(await kept('questions', id)).toContain('achter de (weggelakt)?');
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { readPdf, wholeText } from '../support/pdf.mjs';
import { Visitor } from '../support/visitor.js';
import { fieldsOf, layTable } from '../support/world.js';

/** What is being discussed in an open session, and the screen for everybody in the room. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });

  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, chairPerson, meeting, area, police, gemeente } = table;
    await t.make.action({
      ...{ meetingId: meeting.id, areaId: area.id, ownerId: police.id, recordedOn: '2026-05-01' },
      ...{ title: 'Oude schouw', dueOn: '2026-05-20' },
    });
    const session = await t.make.session(meeting.id, { heldOn: '2026-06-02', lastItemNumber: 2 });
    const first = await t.make.agendaItem(session.id, { number: '1', position: 1, title: 'Skatebaan' });
    const second = await t.make.agendaItem(session.id, { number: '2', position: 2, title: 'Zwerfvuil' });
    const partyIds = [gemeente.id];
    const secret = await t.make.agendaItem(session.id, { number: 'V1', position: 3, title: 'Kanarie', partyIds });
    const path = `/v1/sessions/${session.id}`;
    const version = async () => (await as(chair, 'get', path).expect(200)).body.version as number;
    await as(chair, 'put', `${path}/opening`, undefined, session.version).expect(200);
    const call = async (body: object, status = 200, who = chair) =>
      (await as(who, 'put', `${path}/current-item`, body, await version()).expect(status)).body;
    const atHand = async (who = chair) => {
      const { body } = await as(who, 'get', `${path}/current-item`).expect(200);
      return { agendaItemId: body.agendaItemId, part: body.part };
    };
    const record = (fields: object) => as(chair, 'post', `${path}/actions`, fields).expect(201);
    const visitor = await Visitor.of(t, chairPerson.id);
    const room = `/vergaderingen/${session.id}/scherm`;
    const officer = await t.make.person({ name: 'notulist' });
    await as(chair, 'patch', path, { secretaryId: officer.id }, await version()).expect(200);
    const others = { officer, officerToken: await t.make.token(officer.id) };
    return { ...table, ...others, session, first, second, secret, path, room, version, call, atHand, record, visitor };
  };
  type Laid = Awaited<ReturnType<typeof laid>>;
  const stampFor = async ({ session }: Laid, personId: string): Promise<string> => {
    const cookie = await t.make.cookie(personId);
    return (await t.api.get(`/vergaderingen/${session.id}/gebeurtenissen`).set('Cookie', cookie).expect(200)).body
      .version;
  };
  const NOTHING = { agendaItemId: null, part: null };

  it('has one item at hand: the last press counts, and changes nothing else', async () => {
    const l = await laid();
    const before = await l.version();
    expect(await l.atHand()).toEqual(NOTHING);
    await l.call({ agendaItemId: l.first.id });
    expect(await l.call({ agendaItemId: l.second.id })).toMatchObject({ agendaItemId: l.second.id, version: before });
    expect(await l.atHand()).toEqual({ agendaItemId: l.second.id, part: null });
    await l.call({ part: 'agreements' });
    expect(await l.atHand()).toEqual({ agendaItemId: null, part: 'agreements' });
    await l.as(l.chair, 'delete', `${l.path}/current-item`, undefined, before).expect(200);
    expect(await l.atHand()).toEqual(NOTHING);
    expect(await l.version()).toBe(before);
  });

  it('refuses anything but one accepted item of this session, and asks for the version of the session', async () => {
    const l = await laid();
    const other = await t.make.agendaItem((await t.make.session(l.meeting.id)).id);
    const proposed = await t.make.agendaItem(l.session.id, { number: '9', position: 9, state: 'proposed' });
    for (const wrong of [{}, { agendaItemId: other.id }, { agendaItemId: proposed.id }])
      expect(fieldsOf(await l.call(wrong, 400))).toEqual(['agendaItemId']);
    await l.call({ agendaItemId: l.first.id, part: 'agreements' }, 400);
    await l.as(l.chair, 'put', `${l.path}/current-item`, { part: 'agreements' }).expect(428);
    await l.as(l.chair, 'put', `${l.path}/current-item`, { part: 'agreements' }, 99).expect(412);
  });

  it('is for those who write in the session: chairs and the notulist', async () => {
    const l = await laid();
    await l.call({ agendaItemId: l.first.id }, 200, l.officerToken);
    expect(await l.atHand(l.officerToken)).toEqual({ agendaItemId: l.first.id, part: null });
    await l.call({ agendaItemId: l.first.id }, 403, l.partner);
    await l.as(l.partner, 'get', `${l.path}/current-item`).expect(403);
    await (await Visitor.of(t, l.officer.id)).see(l.room);
    await (await Visitor.of(t, l.partnerPerson.id)).see(l.room, 403);
    const stranger = await t.make.person();
    await t.make.grant(stranger.id, 'chair', (await t.make.area()).id);
    await (await Visitor.of(t, stranger.id)).see(l.room, 404);
  });

  it('does not reveal a confidential item to those who may not know it, nor any item to onlookers', async () => {
    const l = await laid();
    const stamps = async () =>
      Promise.all([l.partnerPerson.id, l.officer.id, l.chairPerson.id].map((id) => stampFor(l, id)));
    const before = await stamps();
    await l.call({ agendaItemId: l.secret.id }, 400, l.officerToken);
    await l.call({ agendaItemId: l.secret.id });
    expect(await l.atHand(l.officerToken)).toEqual(NOTHING);
    expect((await stamps()).map((stamp, index) => stamp === before[index])).toEqual([true, true, false]);
    await l.call({ agendaItemId: l.first.id });
    expect((await stamps()).map((stamp, index) => stamp === before[index])).toEqual([true, false, false]);
  });

  it('shows the room the agenda, what is at hand and what was agreed today, and nothing else', async () => {
    const l = await laid();
    const notes = { notes: 'Alleen voor het verslag.', decision: 'Ook dit besluit.' };
    await l.as(l.chair, 'patch', `/v1/agenda-items/${l.first.id}`, notes, l.first.version).expect(200);
    await l.record({ title: 'Bankje plaatsen', ownerId: l.police.id, dueOn: '2026-06-15' });
    await l.record({ title: 'Lamp vervangen' });
    await l.call({ agendaItemId: l.second.id });
    const page = await l.visitor.see(l.room);
    expect(page).toMatch(/Nu aan de orde<\/h2><p><span class="number">2\.<\/span> Zwerfvuil/);
    expect(page).toMatch(/Bankje plaatsen[^]*ma 15 jun/);
    expect(page).toMatch(/Lamp vervangen[^]*wie\?[^]*wanneer\?/);
    expect(page).not.toMatch(
      /verslag\.|besluit|Oude schouw|te laat|\.example|<nav|type="search"|Kanarie|V1|[Bb]esloten/,
    );
  });

  it('shows the room only that a part is private, during a confidential item', async () => {
    const l = await laid();
    await l.record({ title: 'Bankje plaatsen', ownerId: l.police.id, dueOn: '2026-06-15' });
    await l.call({ agendaItemId: l.secret.id });
    const words = (await l.visitor.see(l.room)).replace(/<head>[^]*<\/head>/, '').replace(/<[^>]*>/g, ' ');
    expect(words.split(/\s+/).join(' ').trim()).toBe('Naar de inhoud Besloten deel Vernieuw dit scherm');
  });

  it('goes through what was agreed, per organisation', async () => {
    const l = await laid();
    await l.record({ title: 'Bankje plaatsen', ownerId: l.police.id, dueOn: '2026-06-15' });
    const parties = { isConfidential: true, partyIds: [l.gemeente.id], ownerId: l.gemeente.id, dueOn: '2026-06-15' };
    await l.record({ title: 'Kanarie bellen', ...parties });
    await l.call({ part: 'agreements' });
    const page = await l.visitor.see(l.room);
    expect(page).toMatch(new RegExp(`<h2[^>]*>Afspraken doorlopen</h2>[^]*<h3>${l.police.name}</h3>[^]*Bankje`));
    expect(page).not.toMatch(/Kanarie|besloten/);
  });

  it('is said by a press on the desk, which says so, and leaves its words to the desk', async () => {
    const l = await laid();
    const desk = `/vergaderingen/${l.session.id}`;
    const press = async (fields: Record<string, string>) =>
      l.visitor.post(`${desk}/aan-de-orde`, { version: String(await l.version()), step: 'tafel', ...fields }, desk);
    expect((await press({ agendaItemId: l.second.id })).status).toBe(303);
    const room = await l.visitor.see(l.room);
    expect(room).not.toContain('role="status">Dit staat');
    const page = await l.visitor.see(desk);
    expect(page).toContain('Dit staat nu op het scherm voor de zaal.');
    expect(page).toMatch(/Zwerfvuil<\/span><span class="step-state at-hand-words">nu aan de orde/);
    expect(page).toContain(`href="${l.room}"`);
    await press({});
    expect(await l.atHand()).toEqual(NOTHING);
  });

  it('has nothing at hand once it is planned again or closed, and an item at hand can be taken off', async () => {
    const l = await laid();
    await l.call({ agendaItemId: l.first.id });
    await l.as(l.chair, 'delete', `/v1/agenda-items/${l.first.id}`, undefined, l.first.version).expect(204);
    expect(await l.atHand()).toEqual(NOTHING);
    await l.call({ agendaItemId: l.second.id });
    await l.as(l.chair, 'delete', `${l.path}/opening`, undefined, await l.version()).expect(200);
    expect(await l.visitor.see(l.room)).toContain('De vergadering begint straks.');
    await l.call({ agendaItemId: l.second.id }, 409);
    await l.as(l.chair, 'put', `${l.path}/opening`, undefined, await l.version()).expect(200);
    await l.call({ agendaItemId: l.second.id });
    for (const { id, version } of [l.second, l.secret])
      await l.as(l.chair, 'patch', `/v1/agenda-items/${id}`, { state: 'not_discussed' }, version).expect(200);
    await l.as(l.chair, 'put', `${l.path}/closing`, undefined, await l.version()).expect(200);
    expect(
      await rows(t.database.reader, 'SELECT * FROM "current_items" WHERE "sessionId" = $1', [l.session.id]),
    ).toEqual([]);
    expect(await l.visitor.see(l.room)).toContain('De vergadering is afgelopen.');
  });

  it('leaves what is told of a form to the page that follows it, whatever looks at the page beside it', async () => {
    const l = await laid();
    const page = l.room.replace('/scherm', '');
    await l.visitor.post(`${page}/acties/regel`, { line: 'politie: wacht even' }, page);
    const told = '-1 Politie: wacht even.</p>';
    const beside = await t.api
      .get(page)
      .set({ Accept: 'text/html', 'Page-Beside': 'true', Cookie: l.visitor.cookies })
      .expect(200);
    expect(beside.text).not.toContain(told);
    expect(beside.headers['set-cookie']).toBeUndefined();
    expect(await l.visitor.see(page)).toContain(told);
    expect(await l.visitor.see(page)).not.toContain(told);
  });

  it('fits two pages of paper with eight items and 24 open actions, with room to write', async () => {
    const l = await laid();
    for (let number = 3; number <= 8; number += 1)
      await t.make.agendaItem(l.session.id, { number: `${number}`, position: number + 1, title: `Punt ${number}` });
    const page = l.room.replace('/scherm', '');
    const added = { title: 'Verkeer bij de school', proposedById: l.police.id, plannedMinutes: '15' };
    expect((await l.visitor.post(`${page}/agendapunten`, added, page)).status).toBe(303);
    const secret = { isConfidential: true, partyIds: [l.gemeente.id], title: 'Kanarie bellen' };
    const own = { meetingId: l.meeting.id, areaId: l.area.id, ownerId: l.police.id, recordedOn: '2026-05-01' };
    await t.make.action({ ...own, ...secret, ownerId: l.gemeente.id, dueOn: '2026-06-10' });
    await t.make.action({ ...own, title: 'Sleutel zoeken', ownerId: null, isHandedBack: true, dueOn: '2026-06-09' });
    for (let number = 1; number <= 23; number += 1) {
      const title = `Actie ${number}: de verlichting bij het station laten nakijken en de bewoners daarover berichten`;
      await t.make.action({ ...own, title, dueOn: '2026-06-15' });
    }
    const get = (who: string) =>
      t.api.get(l.room.replace('scherm', 'tafelblad')).set('Cookie', who).set('Accept', 'text/html').buffer(true);
    const { body, headers } = await get(await t.make.cookie(l.chairPerson.id)).expect(200);
    expect(headers['content-disposition']).toContain('tafelblad-2026-06-02.pdf');
    const { root, pages } = readPdf(body as Buffer);
    const text = wholeText(root);
    expect(pages).toBe(2);
    for (const words of [
      '2. Zwerfvuil',
      '8. Punt 8',
      'Actie 23',
      `Verkeer bij de school (${l.police.name})  15 min`,
      'ma 15 jun',
      l.police.name,
      'Aantekening',
      'nog niemand',
      'Oude schouw',
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/Kanarie|V1|te laat/);
    await get(await t.make.cookie(l.partnerPerson.id)).expect(403);
    const desk = await l.visitor.see(page);
    expect(desk).toContain(`href="${l.room.replace('scherm', 'tafelblad')}"`);
  });
});

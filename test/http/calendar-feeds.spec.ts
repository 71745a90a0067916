import { beforeAll, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { rows } from '../../src/platform/database/rows.js';
import { Invitation } from '../../src/meetings/invitation.entity.js';
import { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

const PUBLIC_URL = 'https://wijkagenda.example';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02', environment: { PUBLIC_URL } });
  });
  type Table = Awaited<ReturnType<typeof layTable>>;
  const subscribe = async ({ as, partner }: Table, body = {}) => {
    const made = await as(partner, 'post', '/v1/calendar-feeds', body).expect(201);
    return { id: made.body.id as string, path: (made.body.url as string).slice(PUBLIC_URL.length), made };
  };
  /** The events of a feed as a calendar application reads them. */
  const read = async (path: string) => {
    const { text, headers } = await t.api.get(path).expect(200);
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
    const calendar = new ICAL.Component(ICAL.parse(text) as never);
    return calendar.getAllSubcomponents('vevent').map((event) => {
      expect(String(event.getFirstPropertyValue('dtstamp'))).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const value = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
      return {
        uid: value('uid'),
        title: value('summary'),
        start: value('dtstart'),
        end: value('dtend'),
        status: value('status'),
        sequence: Number(value('sequence')),
      };
    });
  };
  const titles = async (path: string) => (await read(path)).map(({ title }) => title);

  it('shows its private address once, and keeps only a hash of it', async () => {
    const table = await layTable(t);
    const { id, path, made } = await subscribe(table);
    expect(made.body).toMatchObject({ meetingId: null, version: 1 });
    expect(path).toMatch(/^\/agenda\/[\w-]{43}\.ics$/);
    const { body } = await table.as(table.partner, 'get', '/v1/calendar-feeds').expect(200);
    expect(body.items).toEqual([
      { id, meetingId: null, meetingName: null, createdAt: made.body.createdAt, version: 1 },
    ]);
    const kept = await rows(t.database.reader, 'SELECT * FROM "calendar_feeds"');
    expect(JSON.stringify(kept)).not.toContain(path.slice(8, -4));
  });

  it('keeps ten o’clock ten o’clock in summer and in winter', async () => {
    const table = await layTable(t);
    await t.make.session(table.meeting.id, { heldOn: '2026-10-20' });
    await t.make.session(table.meeting.id, { heldOn: '2026-10-27', endTime: '12:00' });
    const { path } = await subscribe(table);
    expect(await read(path)).toMatchObject([
      { title: table.meeting.name, start: '2026-10-20T08:00:00Z', end: '2026-10-20T09:30:00Z', status: 'CONFIRMED' },
      { start: '2026-10-27T09:00:00Z', end: '2026-10-27T11:00:00Z' },
    ]);
  });

  it('keeps the UID of a session that moves and is cancelled, and raises its SEQUENCE', async () => {
    const table = await layTable(t);
    const session = await t.make.session(table.meeting.id, { heldOn: '2026-06-16' });
    const { path } = await subscribe(table);
    const [before] = await read(path);
    const url = `/v1/sessions/${session.id}`;
    await table.as(table.chair, 'patch', url, { heldOn: '2026-06-23' }, 1).expect(200);
    const [moved] = await read(path);
    await table.as(table.chair, 'put', `${url}/cancellation`, { reason: 'Ziek.' }, 2).expect(200);
    const [cancelled] = await read(path);
    expect(moved).toMatchObject({ uid: before!.uid, sequence: 1, start: '2026-06-23T08:00:00Z' });
    expect(cancelled).toMatchObject({ uid: before!.uid, sequence: 2, status: 'CANCELLED' });
  });

  it('has the deadlines of the person, as whole days, and no longer when they are done', async () => {
    const table = await layTable(t);
    const { area, police, partnerPerson } = table;
    await t.make.contact(police.id, partnerPerson.id);
    const own = { areaId: area.id, ownerId: police.id };
    const action = await t.make.action({ ...own, title: 'Skatebaan, surveillance', dueOn: '2026-06-30' });
    await t.make.action({ ...own, status: 'done', doneOn: '2026-06-01', dueOn: '2026-06-30' });
    await t.make.action({ areaId: area.id, dueOn: '2026-06-30' });
    await t.make.action({ ...own, dueOn: null });
    const { path } = await subscribe(table);
    expect(await read(path)).toMatchObject([
      { title: `Uiterlijk ${action.number}: Skatebaan, surveillance`, start: '2026-06-30', end: '2026-07-01' },
    ]);
  });

  it('reveals only the number and deadline of a confidential action, and only to those who may know it', async () => {
    const table = await layTable(t);
    const { area, meeting, police, gemeente, partnerPerson, chairPerson, as, chair } = table;
    await t.make.contact(police.id, partnerPerson.id);
    await t.make.contact(gemeente.id, chairPerson.id);
    const secret = { areaId: area.id, meetingId: meeting.id, title: 'Geheim', isConfidential: true };
    const action = await t.make.action({ ...secret, ownerId: police.id, partyIds: [police.id], dueOn: '2026-06-30' });
    const { path } = await subscribe(table);
    expect(await titles(path)).toEqual([`Uiterlijk ${action.number}`]);
    const { body } = await as(chair, 'post', '/v1/calendar-feeds', {}).expect(201);
    expect(await titles(body.url.slice(PUBLIC_URL.length))).toEqual([]);
    const { path: ofMeeting } = await subscribe(table, { meetingId: meeting.id });
    expect(await titles(ofMeeting)).toEqual([]);
  });

  it('gives one meeting with the deadlines of its actions, and nothing of another', async () => {
    const table = await layTable(t);
    const { area, meeting, partnerPerson } = table;
    const other = await t.make.meeting(area.id, { name: 'Bestuurstafel' });
    await t.make.invitation(other.id, { personId: partnerPerson.id });
    await t.make.session(meeting.id, { heldOn: '2026-06-16' });
    await t.make.session(other.id, { heldOn: '2026-06-17' });
    await t.make.action({
      areaId: area.id,
      meetingId: meeting.id,
      number: `${area.code}-1`,
      title: 'Schouw',
      dueOn: '2026-06-30',
    });
    const { path, made } = await subscribe(table, { meetingId: meeting.id });
    expect(made.body.meetingName).toBe(meeting.name);
    expect(await titles(path)).toEqual([meeting.name, `Uiterlijk ${area.code}-1: Schouw`]);
    expect(await titles((await subscribe(table)).path)).toEqual([meeting.name, 'Bestuurstafel']);
  });

  it('goes on with the meeting that replaced it, for those who may know that', async () => {
    const table = await layTable(t);
    const { area, meeting, partnerPerson, as } = table;
    const into = await t.make.area();
    const successor = await t.make.meeting(into.id, { name: 'Samen verder' });
    await t.make.session(successor.id, { heldOn: '2026-06-16' });
    const action = await t.make.action({
      areaId: area.id,
      meetingId: meeting.id,
      title: 'Schouw',
      dueOn: '2026-06-30',
    });
    const { path } = await subscribe(table, { meetingId: meeting.id });
    const admin = await t.make.signedIn('admin');
    await as(admin, 'put', `/v1/areas/${area.id}/merger`, { intoId: into.id }, 1).expect(200);
    expect(await titles(path)).toEqual([]);
    await t.make.invitation(successor.id, { personId: partnerPerson.id });
    expect(await titles(path)).toEqual(['Samen verder', `Uiterlijk ${action.number}: Schouw`]);
    await t.app.get(Transactions).run((manager) => manager.delete(Invitation, { meetingId: meeting.id }));
    expect(await titles(path)).toEqual(['Samen verder', `Uiterlijk ${action.number}: Schouw`]);
  });

  it('stops with the feed, with the person, and with the seat at the meeting', async () => {
    const table = await layTable(t);
    const { as, partner, chair, meeting, partnerPerson } = table;
    const ended = await subscribe(table);
    await as(chair, 'delete', `/v1/calendar-feeds/${ended.id}`, undefined, 1).expect(404);
    await as(partner, 'delete', `/v1/calendar-feeds/${ended.id}`, undefined, 2).expect(412);
    await as(partner, 'delete', `/v1/calendar-feeds/${ended.id}`).expect(428);
    await t.api.get(ended.path).expect(200);
    await as(partner, 'delete', `/v1/calendar-feeds/${ended.id}`, undefined, 1).expect(204);
    await t.api.get(ended.path).expect(404);
    const own = await subscribe(table);
    const ofMeeting = await subscribe(table, { meetingId: meeting.id });
    const change = (work: Parameters<Transactions['run']>[0]) => t.app.get(Transactions).run(work);
    await change((manager) => manager.update(Invitation, { personId: partnerPerson.id }, { untilOn: '2026-06-01' }));
    await t.api.get(ofMeeting.path).expect(404);
    expect(await titles(own.path)).toEqual([]);
    await change((manager) => manager.update(Person, partnerPerson.id, { active: false }));
    await t.api.get(own.path).expect(404);
  });

  it('refuses unknown meetings, those of others, and addresses that were never given out', async () => {
    const { as, partner } = await layTable(t);
    const other = await layTable(t);
    for (const meetingId of [other.meeting.id, '019300a0-0000-7000-8000-000000000000', 'x']) {
      const { body } = await as(partner, 'post', '/v1/calendar-feeds', { meetingId }).expect(400);
      expect(body.errors).toMatchObject([{ field: 'meetingId' }]);
    }
    expect((await as(partner, 'get', '/v1/calendar-feeds').expect(200)).body.total).toBe(0);
    await t.api.get('/v1/calendar-feeds').expect(401);
    await t.api.get('/agenda/x.ics').expect(404);
    await t.api.get(`/agenda/${'a'.repeat(43)}.ics`).expect(404);
    await t.api.get(`/agenda/${'a'.repeat(43)}`).expect(404);
  });
});

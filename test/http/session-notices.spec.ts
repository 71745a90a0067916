import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { skipNumbers } from '../../src/platform/mail/mail-hold.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
  });
  beforeEach(() => mailbox.clear());
  const deliver = () => t.app.get(Delivery).deliverDue();
  const planned = async (fields = {}) => {
    const table = await layTable(t, { place: 'Dorpshuis' });
    const session = await t.make.session(table.meeting.id, { heldOn: '2026-06-16', place: 'Dorpshuis', ...fields });
    return { ...table, session, path: `/v1/sessions/${session.id}` };
  };
  const appointment = (to: string) => {
    const [attachment] = mailbox.to(to).at(-1)!.mail.attachments;
    const calendar = new ICAL.Component(ICAL.parse(attachment!.content.toString('utf8')) as never);
    const event = calendar.getFirstSubcomponent('vevent')!;
    const value = (name: string) => String(event.getFirstPropertyValue(name));
    return { method: String(calendar.getFirstPropertyValue('method')), type: attachment!.contentType, value };
  };

  it('tells everyone at the table that a session is moved, with an appointment their calendar takes over', async () => {
    const { as, chair, path, chairPerson, partnerPerson, meeting } = await planned();
    await as(chair, 'patch', path, { heldOn: '2026-06-23', startTime: '13:30' }, 1).expect(200);
    await deliver();
    expect(mailbox.messages.map(({ to }) => to).sort()).toEqual([chairPerson.email, partnerPerson.email].sort());
    const { mail } = mailbox.to(partnerPerson.email!)[0]!;
    expect(mail.subject).toBe(`Verplaatst: ${meeting.name} is op dinsdag 23 juni 2026`);
    expect(mail.text).toContain('Oude afspraak: dinsdag 16 juni 2026, 10:00 uur');
    expect(mail.text).toContain('Nieuwe afspraak: dinsdag 23 juni 2026, 13:30 uur');
    expect(mail.html).toContain('Dinsdag 23 juni 2026');
    expect(mail.replyTo?.text).toBe(chairPerson.email);
    const { method, type, value } = appointment(partnerPerson.email!);
    expect([method, type]).toEqual(['REQUEST', 'text/calendar']);
    expect(value('dtstart')).toBe('2026-06-23T11:30:00Z');
    expect(value('sequence')).toBe('1');
    expect(value('attendee').toLowerCase()).toBe(`mailto:${partnerPerson.email}`);
    expect(value('location')).toBe('Dorpshuis');
  });

  it('keeps the UID and raises the SEQUENCE when it is moved again and then cancelled', async () => {
    const { as, chair, path, partnerPerson } = await planned();
    const uids: string[] = [];
    const sequences: number[] = [];
    const told = async () => {
      await deliver();
      const { value } = appointment(partnerPerson.email!);
      uids.push(value('uid'));
      sequences.push(Number(value('sequence')));
    };
    await as(chair, 'patch', path, { heldOn: '2026-06-23' }, 1).expect(200);
    await told();
    await as(chair, 'patch', path, { place: 'Gemeentehuis' }, 2).expect(200);
    await told();
    await as(chair, 'put', `${path}/cancellation`, { reason: 'Te weinig punten & mensen.' }, 3).expect(200);
    await told();
    expect(new Set(uids).size).toBe(1);
    expect(sequences).toEqual([1, 2, 3]);
    const { method, value } = appointment(partnerPerson.email!);
    expect([method, value('status')]).toEqual(['CANCEL', 'CANCELLED']);
    const { mail } = mailbox.to(partnerPerson.email!).at(-1)!;
    expect(mail.subject).toMatch(/^Gaat niet door: /);
    expect(mail.text).toContain('Waarom: Te weinig punten & mensen.');
  });

  it('gives a change after a restore a later SEQUENCE than those that were sent since the backup, and sends what waited', async () => {
    const { as, chair, path, partnerPerson } = await planned();
    await as(chair, 'patch', path, { heldOn: '2026-06-23' }, 1).expect(200);
    // The original moved it again, twice, and mailed that; then this copy took its place.
    await t.app.get(Transactions).run(skipNumbers);
    await deliver();
    expect(appointment(partnerPerson.email!).value('dtstart')).toBe('2026-06-23T08:00:00Z');
    const { version } = (await as(chair, 'get', path).expect(200)).body;
    await as(chair, 'patch', path, { heldOn: '2026-06-30' }, version).expect(200);
    await deliver();
    const { value } = appointment(partnerPerson.email!);
    expect(value('dtstart')).toBe('2026-06-30T08:00:00Z');
    expect(Number(value('sequence'))).toBeGreaterThan(100);
  });

  it('tells whoever comes for one item that the session is cancelled, though the item goes to the next one', async () => {
    const { as, chair, path, meeting, session } = await planned();
    await t.make.session(meeting.id, { heldOn: '2026-07-14' });
    const guest = await t.make.person();
    const { id: agendaItemId } = await t.make.agendaItem(session.id, { state: 'accepted' });
    await t.make.invitation(meeting.id, { personId: guest.id, agendaItemId });
    await as(chair, 'put', `${path}/cancellation`, { reason: 'Ziek.' }, 1).expect(200);
    await deliver();
    expect(mailbox.to(guest.email!).map(({ mail }) => mail.subject)).toEqual([
      expect.stringMatching(/^Gaat niet door: /),
    ]);
    expect(appointment(guest.email!).value('status')).toBe('CANCELLED');
  });

  it('says that only the place changes, on the same day', async () => {
    const { as, chair, path, partnerPerson, meeting } = await planned();
    await as(chair, 'patch', path, { place: 'Gemeentehuis' }, 1).expect(200);
    await deliver();
    const { mail } = mailbox.to(partnerPerson.email!)[0]!;
    expect(mail.subject).toBe(`Andere tijd of plaats: ${meeting.name} op dinsdag 16 juni 2026`);
    expect(mail.text).toContain('Plaats: Gemeentehuis');
  });

  it('sends only the last of two changes that were made before the mail left', async () => {
    const { as, chair, path, partnerPerson } = await planned();
    await as(chair, 'patch', path, { heldOn: '2026-06-23' }, 1).expect(200);
    await as(chair, 'put', `${path}/cancellation`, { reason: 'Ziek.' }, 2).expect(200);
    await deliver();
    expect(mailbox.to(partnerPerson.email!).map(({ mail }) => mail.subject)).toEqual([
      expect.stringMatching(/^Gaat niet door/),
    ]);
  });

  it('mails the replacement too, and neither whoever has left nor whoever only gets the papers', async () => {
    const { as, chair, path, meeting, partnerPerson } = await planned();
    const stand = await t.make.person();
    const away = await t.make.person({ replacementId: stand.id, replacementUntilOn: '2026-06-30' });
    const gone = await t.make.person({ active: false });
    const informed = await t.make.person();
    for (const personId of [away.id, gone.id]) await t.make.invitation(meeting.id, { personId });
    await t.make.invitation(meeting.id, { personId: informed.id, role: 'informed' });
    await as(chair, 'put', `${path}/cancellation`, { reason: 'Ziek.' }, 1).expect(200);
    await deliver();
    const told = new Set(mailbox.messages.map(({ to }) => to));
    for (const person of [stand, away, partnerPerson]) expect(told).toContain(person.email);
    for (const person of [gone, informed]) expect(told).not.toContain(person.email);
  });

  it('tells who got the papers with the invitation as well: they have the appointment too', async () => {
    const { as, chair, path, meeting } = await planned();
    const informed = await t.make.person();
    await t.make.invitation(meeting.id, { personId: informed.id, role: 'informed' });
    await as(chair, 'put', `${path}/invitation`, undefined, 1).expect(200);
    await as(chair, 'patch', path, { heldOn: '2026-06-23' }, 1).expect(200);
    await deliver();
    expect(mailbox.to(informed.email!).at(-1)!.mail.text).not.toContain('/aanwezigheid/');
    expect(appointment(informed.email!).value('sequence')).toBe('1');
    await as(chair, 'put', `${path}/cancellation`, { reason: 'Ziek.' }, 2).expect(200);
    await deliver();
    expect(appointment(informed.email!).method).toBe('CANCEL');
  });

  it('tells nobody of a refused move, of what stays the same, or of a day that has passed', async () => {
    const { as, chair, partner, path } = await planned();
    await as(partner, 'patch', path, { heldOn: '2026-06-23' }, 1).expect(403);
    await as(chair, 'patch', path, { heldOn: '2026-06-23' }, 7).expect(412);
    await as(chair, 'patch', path, { heldOn: '2026-06-16', place: 'Dorpshuis' }, 1).expect(200);
    const past = await planned({ heldOn: '2026-05-05' });
    await as(past.chair, 'patch', past.path, { heldOn: '2026-05-06' }, 1).expect(200);
    const sql = `SELECT "id" FROM "outgoing_messages" WHERE "batchId" IN ('${path.slice(13)}', '${past.session.id}')`;
    expect(await rows(t.database.reader, sql)).toEqual([]);
  });

  it('plans nothing without a mail server', async () => {
    const without = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: '' } });
    const { as, chair, meeting } = await layTable(without);
    const session = await without.make.session(meeting.id, { heldOn: '2026-06-16' });
    await as(chair, 'patch', `/v1/sessions/${session.id}`, { heldOn: '2026-06-23' }, 1).expect(200);
    expect(await rows(without.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toEqual([]);
  });

  it('tells the voorzitter and the notulist once that they are named, and not who named themselves', async () => {
    const { as, chair, path, chairPerson, meeting } = await planned();
    const writer = await t.make.person({ name: 'notulist', email: `notulist.${meeting.id}@stad.example` });
    const named = [
      { chairId: chairPerson.id, secretaryId: writer.id },
      { secretaryId: null },
      { secretaryId: writer.id },
    ];
    for (const [index, fields] of named.entries()) await as(chair, 'patch', path, fields, index + 1).expect(200);
    await deliver();
    expect(mailbox.messages.map(({ to }) => to)).toEqual([writer.email]);
    const { mail } = mailbox.to(writer.email!)[0]!;
    expect(mail.subject).toBe(`U bent notulist van ${meeting.name} op dinsdag 16 juni 2026`);
    expect(mail.text).toContain(path.replace('/v1/sessions', '/vergaderingen'));
  });

  it('asks who is named as voorzitter to answer to a chair of the meeting, who else would be themselves', async () => {
    const { as, chair, path, chairPerson } = await planned();
    const police = await t.make.person({ name: 'wijkagent' });
    await as(chair, 'patch', path, { chairId: police.id }, 1).expect(200);
    await deliver();
    expect(mailbox.to(police.email!)[0]!.mail.replyTo?.text).toBe(chairPerson.email);
  });

  it('calls a confidential action of an invited person one, by its number', async () => {
    const { as, chair, path, meeting, police, area, partnerPerson } = await planned();
    await t.make.contact(police.id, partnerPerson.id);
    const own = { areaId: area.id, meetingId: meeting.id, ownerId: police.id, partyIds: [police.id] };
    await t.make.action({ ...own, isConfidential: true, number: 'T-V1', title: 'Huisbezoek' });
    await as(chair, 'put', `${path}/invitation`, undefined, 1).expect(200);
    await deliver();
    const { mail, raw } = mailbox.to(partnerPerson.email!)[0]!;
    expect(mail.text).toContain('T-V1  Vertrouwelijke actie');
    expect(mail.html).toContain('T-V1 · Vertrouwelijke actie');
    expect(raw).not.toContain('Huisbezoek');
  });

  it('does not tell who is no longer named when the mail leaves, but does when they are named after all', async () => {
    const { as, chair, path } = await planned();
    const writer = await t.make.person({ name: 'notulist' });
    await as(chair, 'patch', path, { secretaryId: writer.id }, 1).expect(200);
    await as(chair, 'patch', path, { secretaryId: null }, 2).expect(200);
    await deliver();
    expect(mailbox.messages).toEqual([]);
    await as(chair, 'patch', path, { secretaryId: writer.id }, 3).expect(200);
    await deliver();
    expect(mailbox.messages.map(({ to }) => to)).toEqual([writer.email]);
  });
});

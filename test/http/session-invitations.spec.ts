import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { MailLinks } from '../../src/platform/mail/mail-links.service.js';
import { Session } from '../../src/meetings/session.entity.js';
import { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { layTable } from '../support/world.js';

const PUBLIC_URL = 'https://wijkagenda.example';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url, PUBLIC_URL } });
  });
  beforeEach(() => mailbox.clear());
  const deliver = () => t.app.get(Delivery).deliverDue();
  const change = (work: Parameters<Transactions['run']>[0]) => t.app.get(Transactions).run(work);
  const planned = async (fields = {}) => {
    const table = await layTable(t, { place: 'Dorpshuis' });
    const session = await t.make.session(table.meeting.id, { heldOn: '2026-06-16', place: 'Dorpshuis', ...fields });
    const path = `/v1/sessions/${session.id}/invitation`;
    return { ...table, session, path, partnerMail: table.partnerPerson.email! };
  };
  type Planned = Awaited<ReturnType<typeof planned>>;
  const linkIn = (to: string) =>
    /https:\/\/wijkagenda\.example(\/aanwezigheid\/[\w-]+)/.exec(mailbox.to(to)[0]!.mail.text!)![1]!;
  const convened = async (fields = {}) => {
    const table = await planned(fields);
    await table.as(table.chair, 'put', table.path, undefined, 1).expect(200);
    await deliver();
    return { ...table, link: linkIn(table.partnerMail) };
  };
  const reply = (link: string, fields: object) => t.api.post(link).type('form').send(fields);
  const attendance = async ({ as, chair, session }: Planned) => {
    const { body } = await as(chair, 'get', `/v1/sessions/${session.id}/attendances`).expect(200);
    const recorded = body.items.filter(({ id }: { id: string | null }) => id !== null);
    return { recorded, organisations: body.organisations };
  };

  it('keeps the numbers that have gone, on the agenda, in the mail and in the minutes: what is added later is 1a', async () => {
    const { as, chair, path, session, partnerMail, partner } = await planned({ heldOn: '2026-06-02' });
    const at = `/v1/sessions/${session.id}`;
    const add = async (title: string, who = chair, more = {}) =>
      (await as(who, 'post', `${at}/agenda-items`, { title, ...more }).expect(201)).body;
    await t.make.agendaItem(session.id, { number: '4', position: 1, kind: 'closing', title: 'Sluiting' });
    const first = await add('Skatebaan', chair, { plannedMinutes: 10 });
    await as(chair, 'put', path, undefined, 1).expect(200);
    const [late, proposed] = [await add('Zwerfvuil'), await add('Verkeer', partner)];
    expect([first.number, late.number]).toEqual(['1', '1a']);
    const accepted = await as(chair, 'put', `/v1/agenda-items/${proposed.id}/acceptance`, { isAccepted: true }, 1);
    expect(accepted.body.number).toBe('1b');
    await as(chair, 'patch', `/v1/agenda-items/${late.id}`, { position: 1 }, 1).expect(200);
    const numbers = async () =>
      (await as(chair, 'get', `${at}/agenda-items`).expect(200)).body.items.map(
        ({ number, title }: { number: string; title: string }) => `${number} ${title}`,
      );
    expect(await numbers()).toEqual(['1a Zwerfvuil', '1 Skatebaan', '1b Verkeer', '2 Sluiting']);
    const version = async () => (await as(chair, 'get', at).expect(200)).body.version;
    await as(chair, 'put', path, undefined, await version()).expect(200);
    await deliver();
    expect(mailbox.to(partnerMail).at(-1)!.mail.text).toMatch(
      /1a {2}Zwerfvuil[^]*1 {2}Skatebaan, 10 min[^]*1b {2}Verkeer/,
    );
    await as(chair, 'put', `${at}/opening`, undefined, await version()).expect(200);
    for (const { id, version: own } of (await as(chair, 'get', `${at}/agenda-items`)).body.items.slice(0, 3))
      await as(chair, 'patch', `/v1/agenda-items/${id}`, { notes: 'Besproken.' }, own).expect(200);
    await as(chair, 'put', `${at}/closing`, undefined, await version()).expect(200);
    const { items } = (await as(chair, 'get', `${at}/minutes`).expect(200)).body;
    expect(items.map(({ number }: { number: string }) => number)).toEqual(['1a', '1', '1b', '2']);
  });

  it('mails the agenda, the own open actions and an appointment', async () => {
    const { as, chair, path, meeting, area, police, partnerPerson, session, partnerMail } = await planned();
    await t.make.contact(police.id, partnerPerson.id);
    await t.make.agendaItem(session.id, { number: '3', title: "Zwerfvuil 't Zand", proposedById: police.id });
    await t.make.agendaItem(session.id, { number: '4', title: 'Afgewezen punt', state: 'declined' });
    const own = { areaId: area.id, ownerId: police.id };
    await t.make.action({ ...own, meetingId: meeting.id, title: 'Schouw', dueOn: '2026-05-31' });
    await t.make.action({ ...own, meetingId: meeting.id, title: 'Toezicht', dueOn: null, dueKind: 'asap' });
    await t.make.action({ ...own, title: 'Van een ander overleg', dueOn: '2026-05-31' });
    await t.make.action({ areaId: area.id, title: 'Van een ander' });
    const { body } = await as(chair, 'put', path, undefined, 1).expect(200);
    expect(body).toMatchObject({ sessionId: session.id, version: 1 });
    expect(body.recipients.map(({ state }: { state: string }) => state)).toEqual(['planned', 'planned']);
    await deliver();
    const { mail } = mailbox.to(partnerMail)[0]!;
    expect(mail.subject).toBe(`Uitnodiging: ${meeting.name} op dinsdag 16 juni 2026`);
    expect(mail.text).toContain(`3  Zwerfvuil 't Zand (${police.name})`);
    expect(mail.text).toMatch(/Schouw\s+Wijk \d+, uiterlijk zondag 31 mei 2026 \(2 dagen te laat\)/);
    expect(mail.text).toMatch(/Toezicht\s+Wijk \d+, zonder vaste datum/);
    expect(mail.text).not.toMatch(/Afgewezen punt|Van een ander/);
    expect(mail.html).toContain('Iemand anders komt');
    const calendar = new ICAL.Component(ICAL.parse(mail.attachments[0]!.content.toString('utf8')) as never);
    const event = calendar.getFirstSubcomponent('vevent')!;
    expect(String(calendar.getFirstPropertyValue('method'))).toBe('REQUEST');
    expect(String(event.getFirstPropertyValue('dtstart'))).toBe('2026-06-16T08:00:00Z');
  });

  it('names a confidential item without its title, and only to its parties', async () => {
    const { as, chair, path, police, meeting, session, partnerMail, chairPerson } = await planned();
    await t.make.agendaItem(session.id, { number: 'V1', title: 'Geheim', partyIds: [police.id] });
    const former = await t.make.person({ organisationId: (await t.make.organisation()).id });
    await t.make.member(former.id, police.id, { untilOn: '2026-06-01' });
    await t.make.invitation(meeting.id, { personId: former.id, role: 'informed' });
    await as(chair, 'put', path, undefined, 1).expect(200);
    await deliver();
    expect(mailbox.to(partnerMail)[0]!.mail.text).toContain('V1  Vertrouwelijk agendapunt');
    for (const { email } of [chairPerson, former])
      expect(mailbox.to(email!)[0]!.mail.text).not.toMatch(/^V1 |ertrouwelijk/m);
    for (const { raw } of mailbox.messages) expect(raw).not.toContain('Geheim');
  });

  it('sends an agendalid the agenda without asking whether they come', async () => {
    const table = await planned();
    const informed = await t.make.person();
    await t.make.invitation(table.meeting.id, { personId: informed.id, role: 'informed' });
    await table.as(table.chair, 'put', table.path, undefined, 1).expect(200);
    await deliver();
    const { mail } = mailbox.to(informed.email!)[0]!;
    expect(mail.text).toContain('Hierbij de agenda');
    expect(mail.subject).toBe(`Agenda: ${table.meeting.name} op dinsdag 16 juni 2026`);
    expect(mail.html).not.toContain('Uitnodiging');
    expect(mail.text).not.toContain('/aanwezigheid/');
  });

  it('is sent again when the chair says so, and shows the chair how its mails fare', async () => {
    const { as, chair, partner, path, partnerMail } = await convened();
    const { body } = await as(chair, 'put', path, undefined, 1).expect(200);
    expect(body.version).toBe(2);
    await deliver();
    expect(mailbox.to(partnerMail)).toHaveLength(2);
    const seen = await as(chair, 'get', path).expect(200);
    expect(seen.body.recipients).toContainEqual(expect.objectContaining({ address: partnerMail, state: 'sent' }));
    const own = await as(partner, 'get', path).expect(200);
    expect(own.body.recipients.every(({ address }: { address: string | null }) => address === null)).toBe(true);
  });

  it('refuses others, an old version, a session that is over, and a service without mail; nothing leaves', async () => {
    const { as, chair, partner, path } = await planned();
    await as(partner, 'put', path, undefined, 1).expect(403);
    await as((await layTable(t)).chair, 'put', path, undefined, 1).expect(404);
    await as(chair, 'put', path, undefined, 2).expect(412);
    await as(chair, 'put', path).expect(428);
    await as(chair, 'get', path).expect(404);
    for (const fields of [{ state: 'open' }, { state: 'cancelled' }, { heldOn: '2026-06-01' }]) {
      const over = await planned(fields);
      await over.as(over.chair, 'put', over.path, undefined, 1).expect(409);
    }
    await deliver();
    expect(mailbox.messages).toEqual([]);
    const without = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: '' } });
    const bare = await layTable(without);
    const session = await without.make.session(bare.meeting.id, { heldOn: '2026-06-16' });
    const refused = await bare.as(bare.chair, 'put', `/v1/sessions/${session.id}/invitation`, undefined, 1).expect(409);
    expect(refused.body.code).toBe('MAIL_NOT_CONFIGURED');
  });

  it('does not mail an invitation to a session that was cancelled before it left', async () => {
    const { as, chair, path, session } = await planned();
    await as(chair, 'put', path, undefined, 1).expect(200);
    await change((manager) => manager.update(Session, session.id, { state: 'cancelled' }));
    await deliver();
    expect(mailbox.messages).toEqual([]);
  });

  it('changes nothing when the link is only opened', async () => {
    const table = await convened();
    const { text } = await visit(t, table.link);
    expect(text).toContain('wijkagent Boskoop, komt u?');
    await t.api.head(table.link).expect(303);
    expect((await attendance(table)).recorded).toEqual([]);
  });

  it('selects the answer of the button in the mail, which is saved by one more press', async () => {
    const table = await convened();
    const { html } = mailbox.to(table.partnerMail)[0]!.mail;
    const buttons = [...String(html).matchAll(/(\/aanwezigheid\/[\w-]+\?keuze=\w+)/g)].map(([url]) => url);
    expect(buttons.map((url) => url.split('=')[1])).toEqual(['ja', 'nee', 'vervanger']);
    for (const url of buttons)
      expect((await visit(t, url)).text).toMatch(new RegExp(`value="${url.split('=')[1]}"[^>]* checked`));
    expect((await visit(t, table.link)).text).not.toContain(' checked');
    expect((await attendance(table)).recorded).toEqual([]);
  });

  it('fills in the attendance beforehand: coming, and later not', async () => {
    const table = await convened();
    const { police, partnerPerson, link } = table;
    const { headers } = await reply(link, { keuze: 'ja' }).expect(303);
    expect((await visit(t, headers.location!)).text).toContain('Uw antwoord is opgeslagen');
    const who = { personId: partnerPerson.id, organisationId: police.id };
    expect((await attendance(table)).recorded).toMatchObject([{ ...who, status: 'present', version: 2 }]);
    await reply(link, { keuze: 'nee' }).expect(303);
    expect((await attendance(table)).recorded).toMatchObject([{ ...who, status: 'excused', version: 3 }]);
  });

  it('takes a vervanger, for whom the organisation counts as present, and forgets it when the person comes after all', async () => {
    const table = await convened();
    await reply(table.link, { keuze: 'vervanger', vervanger: ' collega <wijkagent> ' }).expect(303);
    const { recorded, organisations } = await attendance(table);
    expect(recorded).toHaveLength(2);
    expect(recorded).toContainEqual(
      expect.objectContaining({ guestName: 'collega <wijkagent>', isReplacement: true, status: 'present' }),
    );
    expect(recorded).toContainEqual(expect.objectContaining({ personId: table.partnerPerson.id, status: 'excused' }));
    expect(organisations).toMatchObject([{ organisationId: table.police.id, status: 'present' }]);
    const { text } = await visit(t, table.link);
    expect(text).toContain('value="collega &lt;wijkagent&gt;"');
    await reply(table.link, { keuze: 'ja', vervanger: 'collega' }).expect(303);
    expect((await attendance(table)).recorded).toMatchObject([{ status: 'present', guestName: null }]);
  });

  it('forgets the answers when the session moves to another day, and asks again for that day', async () => {
    const table = await convened();
    const { as, chair, session, partnerMail, partnerPerson, meeting } = table;
    const path = `/v1/sessions/${session.id}`;
    await reply(table.link, { keuze: 'vervanger', vervanger: 'collega' }).expect(303);
    await as(chair, 'post', `${path}/attendances`, { guestName: 'wethouder', status: 'present' }).expect(201);
    await as(chair, 'patch', path, { place: 'Gemeentehuis' }, 1).expect(200);
    expect((await attendance(table)).recorded).toHaveLength(3);
    await deliver();
    expect(mailbox.to(partnerMail).at(-1)!.mail.text).not.toContain('/aanwezigheid/');
    mailbox.clear();
    const only = await t.make.person();
    await t.make.invitation(meeting.id, { personId: only.id, untilOn: '2026-06-20' });
    await as(chair, 'patch', path, { heldOn: '2026-07-14' }, 2).expect(200);
    expect((await attendance(table)).recorded).toMatchObject([{ guestName: 'wethouder' }]);
    await deliver();
    expect(mailbox.to(only.email!)[0]!.mail.text).not.toContain('/aanwezigheid/');
    const link = linkIn(partnerMail);
    expect(mailbox.to(partnerMail)[0]!.mail.html).toContain(link);
    // The old link expires with the old day; this one works until the new day is over.
    t.clock.set('2026-07-13T10:00:00Z');
    await visit(t, table.link, 410);
    await reply(link, { keuze: 'ja' }).expect(303);
    expect((await attendance(table)).recorded).toContainEqual(
      expect.objectContaining({ personId: partnerPerson.id, status: 'present' }),
    );
  });

  it('lets the named replacement answer for the seat of whoever is away', async () => {
    const table = await planned();
    const stand = await t.make.person();
    await change((manager) =>
      manager.update(Person, table.partnerPerson.id, { replacementId: stand.id, replacementUntilOn: '2026-06-30' }),
    );
    await table.as(table.chair, 'put', table.path, undefined, 1).expect(200);
    await deliver();
    await reply(linkIn(stand.email!), { keuze: 'ja' }).expect(303);
    const { recorded, organisations } = await attendance(table);
    expect(recorded).toMatchObject([{ personId: stand.id, organisationId: table.police.id, status: 'present' }]);
    expect(organisations).toMatchObject([{ status: 'present' }]);
  });

  it('says in Dutch what is missing, and changes nothing', async () => {
    const table = await convened();
    const refused = async (fields: object, words: string) => {
      const { text } = await reply(table.link, fields).expect(400);
      expect(text).toContain(words);
    };
    await refused({}, 'Kies of u komt.');
    await refused({ keuze: 'misschien' }, 'Kies of u komt.');
    await refused({ keuze: 'vervanger', vervanger: '  ' }, 'Schrijf wie er in uw plaats komt.');
    await refused({ keuze: 'vervanger', vervanger: 'x'.repeat(201) }, 'De naam is te lang');
    expect((await attendance(table)).recorded).toEqual([]);
  });

  it('closes with the session, the day, the person, and for links that are of something else', async () => {
    const opened = await convened();
    await change((manager) => manager.update(Session, opened.session.id, { state: 'open' }));
    await reply(opened.link, { keuze: 'ja' }).expect(400);
    expect((await visit(t, opened.link)).text).toContain('niet meer antwoorden');
    expect((await attendance(opened)).recorded).toEqual([]);
    await change((manager) => manager.update(Session, opened.session.id, { state: 'cancelled' }));
    expect((await visit(t, opened.link)).text).toContain('gaat niet door');
    const left = await convened();
    await change((manager) => manager.update(Person, left.partnerPerson.id, { active: false }));
    await visit(t, left.link, 410);
    await reply(left.link, { keuze: 'ja' }).expect(410);
    const { partnerPerson: person, session } = await planned();
    const digest = { purpose: 'digest', personId: person.id, messageId: null, subjectIds: [session.id], days: 14 };
    const token = await change((manager) => t.app.get(MailLinks).issue(manager, digest));
    await t.api.get(`/aanwezigheid/${String(token)}`).expect(404);
    const late = await convened({ heldOn: '2026-06-03' });
    t.clock.set('2026-06-06T10:00:00Z');
    await visit(t, late.link, 410);
  });
});

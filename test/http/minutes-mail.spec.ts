import { expect, it } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { Session } from '../../src/meetings/session.entity.js';
import { onBothDatabases } from '../support/app.js';
import { setUpDispatch } from './minutes-dispatch.setup.js';
import { bring } from '../support/minutes.js';

onBothDatabases((kind) => {
  const d = setUpDispatch(kind);
  const { closed, put, messages, made, change } = d;

  it('mails an owner who was not at the table, with that action first', async () => {
    const b = await closed();
    await put(b).expect(200);
    const mail = (await made(b, b.beheerder.email))!;
    expect(mail.subject).toBe('Verslag Professionaloverleg Boskoop van dinsdag 2 juni 2026');
    const own = mail.text.slice(0, mail.text.indexOf('----'));
    expect(own).toContain(b.lamps.number);
    expect(own).toContain('Wanneer: z.s.m.');
    expect(own).not.toContain(b.surveillance.number);
    expect(mail.text).toContain(b.surveillance.number);
    expect(mail.lines).toBe(1);
    expect(mail.text).toContain(`https://wijkagenda.example/verslagen/${b.session.id}`);
    expect(mail.html).toContain(`href="https://wijkagenda.example/verslagen/${b.session.id}"`);
  });

  it('gives a co-owner the joint action as own, and who got none no list at all', async () => {
    const b = await closed();
    await put(b).expect(200);
    expect((await made(b, b.coach.email))!.lines).toBe(1);
    const mail = (await made(b, b.chair.email))!;
    expect(mail.lines).toBe(0);
    expect(mail.text).not.toContain('UW NIEUWE ACTIES');
  });

  it('lets answers go to the chair of the session', async () => {
    const b = await closed();
    await put(b).expect(200);
    expect((await made(b, b.coach.email))!.replyTo).toBe(b.chair.email);
    await d.t.app.get(Transactions).run((m) => m.update(Session, b.session.id, { chairId: null }));
    expect((await made(b, b.coach.email))!.replyTo).toBe(b.chair.email);
  });

  it('mails confidential text to nobody, not to its parties either', async () => {
    const b = await closed();
    await put(b).expect(200);
    for (const { address } of await messages(b)) {
      const { subject, text, html } = (await made(b, address))!;
      expect(subject + text + html).not.toMatch(/[Gg]eheim|groene deur|Zorgen om/);
      if (address !== b.consulent.email) expect(subject + text + html).not.toMatch(/\bV1\b|[Vv]ertrouwelijk/);
    }
  });

  it('names a new confidential action to its owner by number and deadline, and in no shared mailbox', async () => {
    const b = await closed();
    await put(b).expect(200);
    const mail = (await made(b, b.consulent.email))!;
    const own = mail.text.slice(0, mail.text.indexOf('----'));
    expect(own).toContain(
      `UW NIEUWE ACTIES\n\n${b.secret.number}  Vertrouwelijke actie\n   Wanneer: zaterdag 20 juni 2026`,
    );
    expect(own).toContain('Meld u aan om de tekst te lezen: https://wijkagenda.example/mijn-acties');
    expect(mail.html).toContain(`${b.secret.number} · Vertrouwelijke actie`);
    expect(mail.lines).toBe(1);
    await change(b.consulent, { isShared: true });
    expect((await made(b, b.consulent.email))!.text).not.toContain(b.secret.number);
  });

  it('opens the mail of a later version with what changed in it', async () => {
    const b = await closed();
    await put(b).expect(200);
    await bring(d.t, b.session.id, 'reopened');
    await d.t.app.get(Transactions).run(async (m) => {
      await m.update(AgendaItem, b.skate.id, { decision: 'De verlichting blijft tot 22 uur aan.' });
      await m.update(Attendance, { sessionId: b.session.id, personId: b.consulent.id }, { status: 'present' });
    });
    const own = { areaId: b.area.id, meetingId: b.meeting.id, sessionId: b.session.id, recordedOn: '2026-06-02' };
    await d.t.make.action({ ...own, number: 'BOS-99', title: 'Klok bijstellen', ownerId: b.bor.id, dueOn: null });
    await bring(d.t, b.session.id, 'closed');
    await put(b, b.signedIn.chair, '"4"').expect(200);
    const mails = (await messages(b)).filter(({ address }) => address === b.chair.email);
    mails.sort((one, other) => (one.id < other.id ? -1 : 1));
    const mail = await d.t.app
      .get(Transactions)
      .run((m) => d.t.app.get(MailKinds).get('minutes').make(m, mails.at(-1)!));
    const opening = mail!.text.slice(0, mail!.text.indexOf('Lees het verslag'));
    expect(opening).toContain('WAT IS ER VERANDERD');
    for (const words of [
      'Punt 3, Overlast bij de skatebaan, het besluit: was “De verlichting bij de skatebaan blijft tot 23 uur aan.”, ' +
        'wordt “De verlichting blijft tot 22 uur aan.”.',
      'Nieuwe actie BOS-99: Klok bijstellen (BOR',
      ', wordt aanwezig.',
    ])
      expect(opening).toContain(words);
    expect(opening).not.toMatch(/groene deur|Zorgen om/);
    expect(mail!.html).toContain('Wat is er veranderd');
  });

  it('asks nobody about an action that was finished since, and says that it was', async () => {
    const b = await closed();
    await put(b).expect(200);
    const path = `/v1/actions/${b.lamps.id}/updates`;
    await d.t.api.post(path).set('Authorization', b.signedIn.welfare).send({ status: 'done' }).expect(201);
    await bring(d.t, b.session.id, 'reopened');
    await bring(d.t, b.session.id, 'closed');
    await put(b, b.signedIn.chair, '"4"').expect(200);
    const mails = (await messages(b)).filter(({ address }) => address === b.beheerder.email);
    mails.sort((one, other) => (one.id < other.id ? -1 : 1));
    const mail = await d.t.app
      .get(Transactions)
      .run((m) => d.t.app.get(MailKinds).get('minutes').make(m, mails.at(-1)!));
    const opening = mail!.text.slice(0, mail!.text.indexOf('Lees het verslag'));
    expect(opening).toContain(`- Ook gereed gemeld: ${b.lamps.number} ${b.lamps.title}.`);
    expect(opening).not.toContain('UW NIEUWE ACTIES');
    expect(mail!.lines).toBe(0);
  });

  it('no longer makes a mail for whoever left since, or when a later version was sent', async () => {
    const b = await closed();
    await put(b).expect(200);
    await change(b.coach, { active: false });
    expect(await made(b, b.coach.email)).toBeNull();
    const [first] = (await messages(b)).filter(({ address }) => address === b.chair.email);
    await bring(d.t, b.session.id, 'reopened');
    await bring(d.t, b.session.id, 'closed');
    const make = () => d.t.app.get(Transactions).run((m) => d.t.app.get(MailKinds).get('minutes').make(m, first));
    expect(await make()).not.toBeNull();
    await put(b, b.signedIn.chair, '"4"').expect(200);
    expect(await make()).toBeNull();
    const second = (await messages(b)).find(({ id, address }) => address === b.chair.email && id !== first.id)!;
    const again = await d.t.app.get(Transactions).run((m) => d.t.app.get(MailKinds).get('minutes').make(m, second));
    expect(again!.text).not.toContain('WAT IS ER VERANDERD');
    expect(again!.subject).toBe('Gewijzigd verslag Professionaloverleg Boskoop van dinsdag 2 juni 2026');
  });
});

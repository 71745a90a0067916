import { beforeAll, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { follow } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

/** The chair is replaced, leaves, is erased or signs out during a session, while the notulist types and a partner answers by mail. */
onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let week = 0;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
  });

  const opened = async () => {
    week += 1;
    const day = `2026-06-${String(7 * week - 5).padStart(2, '0')}`;
    t.clock.set(`${day}T10:00:00Z`);
    const { make } = t;
    const admin = await make.signedIn('admin');
    const table = await layTable(t);
    const { as, chair, chairPerson, partnerPerson, meeting, gemeente, police, area } = table;
    const person = (name: string) =>
      make.person({ name, email: `${name}-${area.code}@gemeente.example`, organisationId: gemeente.id });
    const [secretary, successor] = [await person('notulist'), await person('opvolger')];
    const late = { areaId: area.id, meetingId: meeting.id, ownerId: police.id, ownerPersonId: partnerPerson.id };
    const action = await make.action({ ...late, recordedOn: '2026-05-05', dueOn: '2026-05-20' });
    await t.app.get(DigestScheduler).planAndDeliver();
    const session = { heldOn: day, chairId: chairPerson.id, secretaryId: secretary.id };
    const { id } = await make.session(meeting.id, session);
    await as(chair, 'put', `/v1/sessions/${id}/opening`, undefined, 1).expect(200);
    await make.attendance(id, { personId: chairPerson.id, organisationId: gemeente.id });
    const changed = async (method: 'patch' | 'put', what: string, body: object) => {
      const { headers } = await as(admin, 'get', `/v1/people/${chairPerson.id}`).expect(200);
      const asked = t.api[method](`/v1/people/${chairPerson.id}${what}`).set('Authorization', admin);
      await asked.set('If-Match', headers.etag).send(body).expect(200);
    };
    const desk = `/vergaderingen/${id}`;
    const chairs = await Visitor.of(t, chairPerson.id);
    const gone = {
      erased: () => changed('put', '/erasure', { ground: 'Verzoek van de betrokkene.' }),
      deactivated: () => changed('patch', '', { active: false }),
      replaced: async () => {
        const input = { areaId: area.id, fromPersonId: chairPerson.id, toPersonId: successor.id, fromOn: day };
        await as(admin, 'post', '/v1/chair-changes', input).expect(200);
      },
      'signed out': async () => {
        await chairs.post('/afmelden', {}, desk);
      },
    };
    const answer = async () => {
      const text = mailbox.to(partnerPerson.email!).at(-1)!.mail.text!;
      const link = await follow(t, new URL(/https?:\S+\/antwoord\/[\w-]+/.exec(text)![0]).pathname);
      const fields = { [`status-${action.id}`]: 'done', [`line-${action.id}`]: 'Het is geveegd.' };
      expect((await link.post(fields)).status).toBe(303);
    };
    return { ...table, ...{ successor, id, desk, gone, answer, chairs, notes: await Visitor.of(t, secretary.id) } };
  };
  const status = async (visitor: Visitor, path: string) =>
    (await t.api.get(path).set('Accept', 'text/html').set('Cookie', visitor.cookies)).status;
  const finish = async (who: Visitor, desk: string) => {
    const [, version] = new RegExp(`action="${desk}/sluiten"[^]*?name="version" value="(\\d+)"`).exec(
      await who.see(desk),
    )!;
    mailbox.clear();
    const { status: answered, headers } = await who.post(`${desk}/sluiten`, { version, how: 'send' }, desk);
    expect(answered).toBe(303);
    await t.app.get(Delivery).deliverDue();
    return { landed: await who.see(headers.location), mailed: mailbox.messages.map(({ to }) => to).sort() };
  };
  const SENT = /De vergadering is gesloten\. Het verslag gaat naar \d perso/;

  it.each([
    ['erased', 'Voorzitter</dt><dd>(naam verwijderd)<'],
    ['deactivated', 'Voorzitter</dt><dd>gebiedsadviseur Boskoop<'],
    ['signed out', 'Voorzitter</dt><dd>gebiedsadviseur Boskoop<'],
  ] as const)('goes on with the notulist when the chair is %s, and is closed and sent', async (how, named) => {
    const l = await opened();
    await l.gone[how]();
    await l.answer();
    expect(await status(l.chairs, l.desk)).toBe(303);
    expect(await l.notes.see(l.desk)).toContain('Het is geveegd.');
    const { landed, mailed } = await finish(l.notes, l.desk);
    expect(landed).toMatch(SENT);
    expect(landed).toContain('<h1');
    expect(mailed).toEqual([l.partnerPerson.email!, ...(how === 'signed out' ? [l.chairPerson.email!] : [])].sort());
    const minutes = await (await Visitor.of(t, l.partnerPerson.id)).see(`/verslagen/${l.id}`);
    expect(minutes).toContain(named);
    expect(minutes).toMatch(/Gereed gemeld[^]*Het is geveegd\./);
  });

  it('is still written, closed and sent by a chair who was replaced on its day, and their successor sees all of it', async () => {
    const l = await opened();
    await l.gone.replaced();
    await l.answer();
    const successor = await Visitor.of(t, l.successor.id);
    expect(await successor.see('/')).toContain(`href="${l.desk}"`);
    expect(await successor.see(l.desk)).toContain('Het is geveegd.');
    const { landed, mailed } = await finish(l.chairs, l.desk);
    expect(landed).toMatch(SENT);
    expect(mailed).toEqual([l.partnerPerson.email!, l.chairPerson.email!, l.successor.email!].sort());
    expect(await status(l.chairs, l.desk)).toBe(404);
    for (const who of [l.chairs, successor])
      expect(await who.see(`/verslagen/${l.id}`)).toContain('Voorzitter</dt><dd>gebiedsadviseur Boskoop<');
  });
});

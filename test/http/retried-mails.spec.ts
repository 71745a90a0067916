import { beforeAll, expect, it } from '@jest/globals';
import { row, rows } from '../../src/platform/database/rows.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';

/** A mail server that says "later" gets the same mail again, unless something made it untrue in between. */
onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let b: Boskoop;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
  });
  const lay = async () => {
    mailbox.clear();
    b = await boskoop(t);
  };
  const deliver = () => t.app.get(Delivery).deliverDue();
  const after = (minutes: number) =>
    t.clock.set(new Date(Date.parse(t.clock.moment()) + minutes * 60_000).toISOString());
  const subjectsTo = (address: string | null) => mailbox.to(address!).map(({ mail }) => mail.subject);
  const nextSession = async () => {
    const sql = `SELECT "id", "version" FROM "sessions" WHERE "meetingId" = $1 AND "state" = 'planned'`;
    return (await rows<{ id: string; version: number }>(t.database.reader, sql, [b.meeting.id]))[0];
  };
  const move = async (heldOn: string) => {
    const { id, version } = await nextSession();
    const request = t.api.patch(`/v1/sessions/${id}`).set('Authorization', b.signedIn.chair);
    await request.set('If-Match', `"${version}"`).send({ heldOn }).expect(200);
  };

  it('sends the corrected minutes once, and not after them those they replaced', async () => {
    await lay();
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    mailbox.behave(b.wijkagent.email!, 'try-later');
    await deliver();
    await bring(t, b.session.id, 'reopened');
    await agendaItem(t, b.session.id, { number: '4', position: 60, notes: 'Er komt een bank bij.' });
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    after(2);
    await deliver();
    expect(subjectsTo(b.wijkagent.email)).toEqual([expect.stringMatching(/^Gewijzigd verslag /)]);
    expect(subjectsTo(b.coach.email)).toHaveLength(2);
  });

  it('tells once to which day a session was moved, and not after that to which day it was moved before', async () => {
    await lay();
    await move('2026-07-02');
    mailbox.behave(b.wijkagent.email!, 'try-later');
    await deliver();
    await move('2026-07-03');
    after(2);
    await deliver();
    expect(subjectsTo(b.wijkagent.email)).toEqual([expect.stringContaining('3 juli')]);
    expect(subjectsTo(b.coach.email)).toHaveLength(2);
  });

  const convene = async () => {
    const { id, version } = await nextSession();
    const request = t.api.put(`/v1/sessions/${id}/invitation`).set('Authorization', b.signedIn.chair);
    await request.set('If-Match', `"${version}"`).expect(200);
  };
  const endInvitation = async (personId: string) => {
    const path = `/v1/meetings/${b.meeting.id}/invitations`;
    const { body } = await t.api.get(path).set('Authorization', b.signedIn.chair).expect(200);
    const { id, version } = body.items.find((one: { personId: string }) => one.personId === personId);
    const request = t.api.patch(`/v1/invitations/${id}`).set('Authorization', b.signedIn.chair);
    await request.set('If-Match', `"${version}"`).send({ untilOn: '2026-06-02' }).expect(200);
  };

  it.each([
    ['invitation', () => convene()],
    ['notice of another day', () => move('2026-07-02')],
  ])('sends no %s to whoever is no longer invited, whether it was tried before or not', async (_, plan) => {
    await lay();
    await plan();
    mailbox.behave(b.wijkagent.email!, 'try-later');
    await endInvitation(b.coach.id);
    await deliver();
    await endInvitation(b.wijkagent.id);
    after(2);
    await deliver();
    expect(mailbox.messages.map(({ to }) => to)).not.toEqual([]);
    for (const { email } of [b.coach, b.wijkagent]) expect(subjectsTo(email)).toEqual([]);
  });

  it('does tell whoever is no longer invited that the session in their calendar is cancelled', async () => {
    await lay();
    const { id, version } = await nextSession();
    const request = t.api.put(`/v1/sessions/${id}/cancellation`).set('Authorization', b.signedIn.chair);
    await request.set('If-Match', `"${version}"`).send({ reason: 'Ziek.' }).expect(200);
    await endInvitation(b.coach.id);
    await deliver();
    expect(subjectsTo(b.coach.email)).toEqual([expect.stringMatching(/^Gaat niet door: /)]);
  });

  it('sends once what waited for an area that was merged in between: the minutes, the agenda and a new day', async () => {
    await lay();
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    await move('2026-07-02');
    await convene();
    mailbox.behave(b.wijkagent.email!, 'try-later');
    await deliver();
    const merged = await row<{ areaId: string; version: number }>(
      t.database.reader,
      `SELECT m."areaId", a."version" FROM "meetings" m JOIN "areas" a ON a."id" = m."areaId" WHERE m."id" = $1`,
      [b.meeting.id],
    );
    const into = await t.make.area({ name: 'Boskoop en Zwammerdam' });
    const request = t.api.put(`/v1/areas/${merged!.areaId}/merger`).set('If-Match', `"${merged!.version}"`);
    await request
      .set('Authorization', await t.make.signedIn('admin'))
      .send({ intoId: into.id })
      .expect(200);
    after(2);
    await deliver();
    const kinds = subjectsTo(b.wijkagent.email).map((subject) => subject!.split(/[ :]/)[0]);
    expect(kinds.toSorted()).toEqual(['Uitnodiging', 'Verplaatst', 'Verslag']);
    expect(subjectsTo(b.chair.email)).toHaveLength(3);
  });

  it('sends nothing more to whoever was deactivated in between', async () => {
    await lay();
    await move('2026-07-02');
    mailbox.behave(b.coach.email!, 'try-later');
    await deliver();
    const admin = await t.make.signedIn('admin');
    const request = t.api.patch(`/v1/people/${b.coach.id}`).set('Authorization', admin).set('If-Match', '"1"');
    await request.send({ active: false }).expect(200);
    after(2);
    await deliver();
    expect(subjectsTo(b.coach.email)).toEqual([]);
    expect(subjectsTo(b.wijkagent.email)).toHaveLength(1);
  });
});

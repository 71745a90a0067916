import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { laySmallYear } from '../support/small-year.js';

const YEAR = { fromOn: '2025-01-01', asOf: '2025-12-31' };

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let partner: string;
  let admin: string;
  let reader: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    const environment = { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' };
    t = await startApp(kind, { today: '2024-01-01', environment });
    year = await laySmallYear(t.make);
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
    admin = await t.make.signedIn('admin');
    reader = await t.make.signedIn('reader', year.boskoop.id);
    partner = await t.make.token(year.contact.id);
  });

  let id: string;
  beforeEach(async () => {
    mailbox.clear();
    const body = { areaId: year.boskoop.id, ...YEAR };
    id = (await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201)).body.id;
  });
  const put = (what: string, version: number, body: object = {}, by = chair) =>
    t.api.put(`/v1/reviews/${id}/${what}`).set('Authorization', by).set('If-Match', `"${version}"`).send(body);
  const read = (by = chair) => t.api.get(`/v1/reviews/${id}`).set('Authorization', by);
  const react = (by: string, body: object = { text: 'Wij herkennen ons <hierin>.\nDank u.' }) =>
    t.api.post(`/v1/reviews/${id}/reactions`).set('Authorization', by).send(body);
  const reactions = (by: string) => t.api.get(`/v1/reviews/${id}/reactions`).set('Authorization', by);

  it('sends a draft to the parties, who can read it from then on', async () => {
    await read(partner).expect(404);
    const { body } = await put('circulation', 1).expect(200);
    expect(body).toMatchObject({ state: 'draft', reactionsUntilOn: '2026-01-24', version: 2 });
    expect((await read(partner).expect(200)).body.figures.organisations).toHaveLength(5);
    for (const by of [admin, reader]) await read(by).expect(404);
    await t.app.get(Delivery).deliverDue();
    const mails = mailbox.to(year.contact.email!);
    expect(mails).toHaveLength(1);
    expect(mails[0].mail.subject).toBe(
      'Concept jaarevaluatie Boskoop: reageren kan tot en met zaterdag 24 januari 2026',
    );
    expect(mails[0].mail.text).toContain('zaterdag 24 januari 2026');
  });

  it('goes to those of meetings that ended since, when none goes on, and no longer after a year', async () => {
    const end = (day: string | null) =>
      t.database.writer.query(`UPDATE "meetings" SET "endedOn" = ${day === null ? 'NULL' : `'${day}'`}`);
    await end('2024-12-31');
    expect((await put('circulation', 1).expect(409)).body.code).toBe('NOBODY_TO_ASK');
    await end('2025-12-31');
    await put('circulation', 1).expect(200);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(year.contact.email!)).toHaveLength(1);
    await end(null);
  });

  it('sends it once, of the version that was read, by its chair', async () => {
    await put('circulation', 7).expect(412);
    await put('circulation', 1, {}, partner).expect(403);
    await put('circulation', 1, {}, await t.make.signedIn('chair', year.elsewhere.id)).expect(404);
    await put('circulation', 1).expect(200);
    expect((await put('circulation', 2).expect(409)).body.code).toBe('REVIEW_CIRCULATED');
  });

  it('takes reactions of parties only, and prints them unchanged in what is frozen', async () => {
    await react(partner).expect(404);
    await put('circulation', 1).expect(200);
    const made = await react(partner).expect(201);
    expect(made.body).toMatchObject({ organisation: 'Politie', text: 'Wij herkennen ons <hierin>.\nDank u.' });
    for (const by of [chair, admin, reader]) await react(by).expect(403);
    for (const body of [{}, { text: '  ' }, { text: 'x'.repeat(4001) }, { text: 'Ja', organisationId: year.police.id }])
      await react(partner, body).expect(400);
    expect((await reactions(chair).expect(200)).body).toMatchObject({ total: 1, items: [made.body] });
    t.clock.set('2026-01-25T10:00:00Z');
    const { body } = await put('freezing', 2).expect(200);
    expect(body).toMatchObject({ state: 'final', reactions: [made.body], frozenEarlyReason: null });
    expect((await react(partner).expect(409)).body.code).toBe('REVIEW_FINAL');
    expect((await reactions(reader).expect(200)).body.items).toEqual([made.body]);
    expect((await reactions(admin).expect(200)).body.items).toMatchObject([{ organisation: null }]);
    const html = (await read().set('Accept', 'text/html')).text;
    expect(html).toContain('Wij herkennen ons &lt;hierin&gt;.\nDank u.');
  });

  it('freezes after the fourteen days, or earlier with a reason that is printed', async () => {
    expect((await put('freezing', 1).expect(409)).body.code).toBe('REVIEW_NOT_CIRCULATED');
    await put('circulation', 1).expect(200);
    t.clock.set('2026-01-24T22:00:00Z');
    expect((await put('freezing', 2).expect(409)).body.code).toBe('REVIEW_CIRCULATING');
    await put('freezing', 2, { reason: '  ' }).expect(400);
    expect((await read()).body.state).toBe('draft');
    const { body } = await put('freezing', 2, { reason: 'De raad vergadert morgen.' }).expect(200);
    expect(body).toMatchObject({ state: 'final', frozenEarlyReason: 'De raad vergadert morgen.' });
    expect((await read().set('Accept', 'text/html')).text).toContain('De reden: De raad vergadert morgen.');
  });

  it('can be read and answered by the link in the mail, which reading does not use up', async () => {
    // First deliver what earlier tests left in the outbox: those mails are about other drafts.
    t.clock.set('2026-01-10T11:00:00Z');
    await t.app.get(Delivery).deliverDue();
    mailbox.clear();
    await put('circulation', 1).expect(200);
    await t.app.get(Delivery).deliverDue();
    const mails = mailbox.to(year.contact.email!);
    expect(mails).toHaveLength(1);
    const { text } = mails[0].mail;
    const path = /https:\/\/w\.example(\/jaarevaluatie-concept\/[\w-]+)/.exec(text!)![1];
    const page = await visit(t, path);
    expect(page.text).toContain('<h1>Jaarevaluatie Boskoop</h1>');
    // The first screen of a phone has the subject, the year in three sentences, and the form; the rest follows.
    expect(page.text).toMatch(/<h1.*maakten we in.*Reactie van Politie.*<textarea.*Bekend op/s);
    expect(page.text.split('Reactie van Politie')[0]).not.toContain('<dl');
    await t.api.head(path).expect(303);
    expect((await reactions(chair)).body.total).toBe(0);
    const send = (form: object) => t.api.post(path).type('form').send(form);
    expect((await send({ text: ' ' }).expect(400)).text).toContain('Schrijf een reactie');
    expect((await send({ text: 'Goed <zo>\r\nDoor!' }).expect(200)).text).toContain('Uw reactie is opgeslagen');
    expect((await reactions(chair)).body.items).toMatchObject([{ organisation: 'Politie', text: 'Goed <zo>\nDoor!' }]);
    await put('freezing', 2, { reason: 'Klaar.' }).expect(200);
    await visit(t, path, 410);
    expect((await send({ text: 'Te laat, maar <wel>' }).expect(410)).text).toContain('Te laat, maar &lt;wel&gt;');
    const elsewhere = t.api.post('/jaarevaluatie-concept/x').type('form').send({ text: 'Van een ander' });
    expect((await elsewhere.expect(404)).text).not.toContain('Van een ander');
    await t.api.get('/jaarevaluatie-concept/x').expect(404);
  });

  it('can be thrown away with its reactions while a draft', async () => {
    await put('circulation', 1).expect(200);
    await react(partner).expect(201);
    await t.api.delete(`/v1/reviews/${id}`).set('Authorization', chair).set('If-Match', '"2"').expect(204);
    await read(partner).expect(404);
  });

  const publish = async () => {
    await put('freezing', 1, { reason: 'De partijen zijn al gehoord.' }).expect(200);
    return (await put('publication', 2).expect(200)).body;
  };
  const publicly = (accept = 'application/json') => t.api.get(`/jaarevaluaties/${id}`).set('Accept', accept);

  it('is published by its chair once final, and read by everyone', async () => {
    expect((await put('publication', 1).expect(409)).body.code).toBe('REVIEW_NOT_FINAL');
    await publicly().expect(404);
    const { publishedAt, hash } = await publish();
    expect(publishedAt).toMatch(/^2026-01-10T10:/);
    expect((await publicly().expect(200)).body).toMatchObject({ id, areaName: 'Boskoop', hash });
    expect((await publicly('text/html').expect(200)).text).toContain('<h1>Jaarevaluatie Boskoop</h1>');
    for (const format of ['pdf', 'docx', 'xlsx']) {
      const path = `/jaarevaluaties/${id}/jaarevaluatie.${format}`;
      expect((await publicly('text/html')).text).toContain(`href="${path}"`);
      const { headers } = await t.api.get(path).expect(200);
      expect(headers['content-disposition']).toContain(`jaarevaluatie-boskoop-2025-12-31.${format}`);
    }
    await t.api.get(`/jaarevaluaties/${id}/jaarevaluatie.exe`).expect(404);
    const list = await t.api.get('/jaarevaluaties').set('Accept', 'application/json').expect(200);
    expect(list.body.items.map((one: { id: string }) => one.id)).toContain(id);
    expect((await t.api.get('/jaarevaluaties').expect(200)).text).toContain(`/jaarevaluaties/${id}`);
    expect((await put('publication', 3).expect(409)).body.code).toBe('REVIEW_PUBLISHED');
    await put('publication', 3, {}, partner).expect(403);
  });

  it('names no organisation and no meeting to the public, and no result of an action that is not public', async () => {
    await put('circulation', 1).expect(200);
    await react(partner).expect(201);
    await put('freezing', 2, { reason: 'Klaar.' }).expect(200);
    await put('publication', 3).expect(200);
    for (const accept of ['application/json', 'text/html']) {
      const { text } = await publicly(accept).expect(200);
      for (const word of ['Politie', 'Dorpsraad', 'Habeko', 'Professionaloverleg', 'herkennen', 'prullenbakken', 'heg'])
        expect(text).not.toContain(word);
    }
    await t.database.writer.query(
      `UPDATE "actions" SET "isPublic" = TRUE, "publicText" = 'Prullenbakken plaatsen' WHERE "id" = '${year.inTime.id}'`,
    );
    const { body } = await publicly();
    expect(body.figures.results.large).toMatchObject({
      total: 1,
      lines: [{ title: 'Prullenbakken plaatsen', result: 'Er staan tien prullenbakken', organisation: null }],
    });
    expect(body.figures.total).toEqual((await read()).body.figures.total);
    await t.database.writer.query(`UPDATE "actions" SET "isPublic" = FALSE WHERE "id" = '${year.inTime.id}'`);
    expect((await publicly()).text).not.toContain('rullenbakken');
  });

  it('is withdrawn at once, and stays what it was', async () => {
    const before = await publish();
    const withdraw = (by = chair, version = 3) =>
      t.api.delete(`/v1/reviews/${id}/publication`).set('Authorization', by).set('If-Match', `"${version}"`);
    await withdraw(reader).expect(403);
    await withdraw(chair, 2).expect(412);
    const { body } = await withdraw().expect(200);
    expect(body).toEqual({ ...before, publishedAt: null, version: 4 });
    await publicly().expect(404);
    await t.api.get(`/jaarevaluaties/${id}/jaarevaluatie.pdf`).expect(404);
    expect((await withdraw(chair, 4).expect(409)).body.code).toBe('REVIEW_NOT_PUBLISHED');
  });

  it('is shown beside the same period a year earlier, and beside named areas', async () => {
    const { body } = await read();
    expect(body.yearBefore).toMatchObject({ fromOn: '2024-01-01', asOf: '2024-12-31', sessionsHeld: 1 });
    expect(body.yearBefore.total).toMatchObject({ agreed: 4, realised: 1, overdue: 2 });
    expect(body.figures.areas).toEqual([]);
    const concern = await t.make.signedIn('chair');
    const team = (
      await t.api
        .post('/v1/reviews')
        .set('Authorization', concern)
        .send({ areaId: year.team.id, ...YEAR })
        .expect(201)
    ).body;
    expect(team.figures.areas).toMatchObject([
      { name: 'Benthuizen', agreed: 1 },
      { name: 'Boskoop', agreed: 10 },
    ]);
    const empty = { areaId: year.boskoop.id, fromOn: '2020-01-01', asOf: '2020-12-31' };
    const first = await t.api.post('/v1/reviews').set('Authorization', concern).send(empty).expect(201);
    expect(first.body.yearBefore).toBeNull();
  });

  it('carries how the parties rated the year, once that round is closed', async () => {
    const concern = await t.make.signedIn('chair');
    const round = (
      await t.api
        .post('/v1/rating-rounds')
        .set('Authorization', concern)
        .send({ areaId: year.boskoop.id, year: 2025 })
        .expect(201)
    ).body;
    const given = { mark: 7, speaksAsOne: 'yes', keptAgreements: 'no', wentWell: 'Kort lijntje' };
    await t.api.post(`/v1/rating-rounds/${round.id}/ratings`).set('Authorization', partner).send(given).expect(201);
    expect((await read()).body.ratings).toBeNull();
    await t.api
      .put(`/v1/rating-rounds/${round.id}/closing`)
      .set('Authorization', concern)
      .set('If-Match', '"1"')
      .expect(200);
    const { body } = await read();
    expect(body.ratings).toMatchObject({ year: 2025, results: { total: null, wentWell: [] }, yearBefore: null });
    expect((await read().set('Accept', 'text/html')).text).toContain('Te weinig mensen gaven antwoord');
  });

  it('is no longer read or answered by whoever left the organisation, nor mailed to them after that', async () => {
    const { id: organisationId } = await t.make.organisation({ name: 'Woonstichting' });
    const people = [await t.make.person({ organisationId }), await t.make.person({ organisationId })];
    const meetingId = year.unclosed.meetingId;
    for (const { id: personId } of people) await t.make.invitation(meetingId, { organisationId, personId });
    await t.make.grant(people[0].id, 'reader', year.elsewhere.id);
    const [mailed, waiting] = people.map(({ email }) => email!);
    const token = await t.make.token(people[0].id);
    mailbox.behave(waiting, 'try-later');
    await put('circulation', 1).expect(200);
    await t.app.get(Delivery).deliverDue();
    const path = /https:\/\/w\.example(\/jaarevaluatie-concept\/[\w-]+)/.exec(mailbox.to(mailed)[0].mail.text!)![1];
    await visit(t, path);
    await read(token).expect(200);

    const endAll = async (list: string, one: string) => {
      const { body } = await t.api.get(list).set('Authorization', admin).expect(200);
      for (const { id: it, version, personId } of body.items)
        if (people.some((person) => person.id === personId)) {
          const request = t.api.patch(`${one}/${it}`).set('If-Match', `"${version}"`);
          const by = one.includes('invitations') ? chair : admin;
          await request.set('Authorization', by).send({ untilOn: '2026-01-09' }).expect(200);
        }
    };
    await endAll(`/v1/meetings/${meetingId}/invitations`, '/v1/invitations');
    for (const person of people) await endAll(`/v1/people/${person.id}/memberships`, '/v1/memberships');
    await visit(t, path, 410);
    await t.api.post(path).type('form').send({ text: 'Ik werk er niet meer.' }).expect(410);
    await read(token).expect(404);
    await react(token).expect(403);
    t.clock.set('2026-01-10T12:00:00Z');
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(waiting)).toEqual([]);
  });
});

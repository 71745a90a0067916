import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';

const GOOD = { mark: 8, speaksAsOne: 'yes', keptAgreements: 'partly' };

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let admin: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    const environment = { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' };
    t = await startApp(kind, { today: '2026-01-12', environment });
    admin = await t.make.signedIn('admin');
  });
  beforeEach(() => mailbox.clear());

  const village = async (members: number) => {
    const area = (await t.make.area()).id;
    const chair = await t.make.signedIn('chair', area);
    const meeting = (await t.make.meeting(area)).id;
    const people = [];
    for (let n = 0; n < members; n += 1) {
      const organisation = await t.make.organisation();
      const person = await t.make.person({ organisationId: organisation.id });
      await t.make.invitation(meeting, { organisationId: organisation.id, personId: person.id });
      people.push({ id: person.id, email: person.email!, token: await t.make.token(person.id) });
    }
    return { area, chair, meeting, people };
  };
  const leave = async (personId: string) => {
    const { body } = await t.api.get(`/v1/people/${personId}/memberships`).set('Authorization', admin).expect(200);
    const [{ id, version }] = body.items;
    await t.api
      .patch(`/v1/memberships/${id}`)
      .set({ Authorization: admin, 'If-Match': `"${version}"` })
      .send({ untilOn: '2026-01-11' })
      .expect(200);
  };
  const linkIn = (email: string, page: string, nth = 0) =>
    new RegExp(`https://w\\.example(/${page}/[\\w-]+)`).exec(mailbox.to(email)[nth].mail.text!)![1];

  it('asks no rating or reaction of someone who left the organisation they answered for: by link, by mail or signed in', async () => {
    const { area, chair, people } = await village(2);
    const open = (year: number) =>
      t.api.post('/v1/rating-rounds').set('Authorization', chair).send({ areaId: area, year }).expect(201);
    const { id } = (await open(2025)).body;
    await t.app.get(Delivery).deliverDue();
    const [gone, there] = people;
    await leave(gone.id);
    await t.make.member(gone.id, (await t.make.organisation()).id);
    const rate = ({ token }: typeof gone) =>
      t.api.post(`/v1/rating-rounds/${id}/ratings`).set('Authorization', token).send(GOOD);
    const link = linkIn(gone.email, 'waardering');
    expect((await visit(t, link, 410)).text).toContain('Vraag de voorzitter van uw overleg om raad.');
    await t.api.post(link).type('form').send(GOOD).expect(410);
    await rate(gone).expect(404);
    await t.api.get(`/v1/rating-rounds/${id}`).set('Authorization', gone.token).expect(404);
    await t.api.post(linkIn(there.email, 'waardering')).type('form').send(GOOD).expect(200);
    const { body } = await t.api.get(`/v1/rating-rounds/${id}`).set('Authorization', chair).expect(200);
    expect(body).toMatchObject({ asked: 2, answered: 1 });

    const draft = { areaId: area, fromOn: '2025-01-01', asOf: '2025-12-31' };
    const by = (method: 'post' | 'put' | 'get', path: string) =>
      t.api[method](path).set({ Authorization: chair, 'If-Match': '"1"' });
    const { body: review } = await by('post', '/v1/reviews').send(draft).expect(201);
    await by('put', `/v1/reviews/${review.id}/circulation`).expect(200);
    await t.app.get(Delivery).deliverDue();
    await leave(there.id);
    await visit(t, linkIn(there.email, 'jaarevaluatie-concept', 1), 410);

    const { body: refused } = await t.api
      .post('/v1/rating-rounds')
      .set('Authorization', chair)
      .send({ areaId: area, year: 2024 })
      .expect(409);
    expect(refused.code).toBe('NOBODY_TO_ASK');
  });

  it('asks no reaction any more of a contact from elsewhere whose appointment ended', async () => {
    const { area, chair, meeting } = await village(0);
    const organisationId = (await t.make.organisation()).id;
    const colleague = await t.make.person({ organisationId });
    const contact = await t.make.person({ organisationId: (await t.make.organisation()).id });
    const { id } = await t.make.contact(organisationId, contact.id, area);
    await t.make.invitation(meeting, { organisationId });
    const review = { areaId: area, fromOn: '2025-01-01', asOf: '2025-12-31' };
    const made = await t.api.post('/v1/reviews').set('Authorization', chair).send(review).expect(201);
    await t.api
      .put(`/v1/reviews/${made.body.id}/circulation`)
      .set({ Authorization: chair, 'If-Match': '"1"' })
      .send({})
      .expect(200);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(colleague.email!)).toEqual([]);
    const link = linkIn(contact.email!, 'jaarevaluatie-concept');
    await visit(t, link);
    await t.api
      .patch(`/v1/contacts/${id}`)
      .set({ Authorization: admin, 'If-Match': '"1"' })
      .send({ untilOn: '2026-01-11' })
      .expect(200);
    await visit(t, link, 410);
  });
});

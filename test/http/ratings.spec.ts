import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { row, rows } from '../../src/platform/database/rows.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { OrganisationKind } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';

const GOOD = { mark: 8, speaksAsOne: 'yes', keptAgreements: 'partly' };
const UNKNOWN = '019300a0-0000-7000-8000-00000000ffff';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, {
      today: '2026-01-12',
      environment: { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' },
    });
  });

  let area: string;
  let chair: string;
  let asked: { id: string; token: string; email: string }[];
  beforeEach(async () => {
    area = (await t.make.area({ name: 'Boskoop' })).id;
    chair = await t.make.signedIn('chair', area);
    const meeting = (await t.make.meeting(area)).id;
    asked = [];
    for (const organisationKind of ['police', 'police', 'police', 'housing', 'welfare', 'municipality']) {
      const organisation = await t.make.organisation({ kind: organisationKind as OrganisationKind });
      const person = await t.make.person({ organisationId: organisation.id });
      await t.make.invitation(meeting, { organisationId: organisation.id, personId: person.id });
      asked.push({ id: person.id, token: await t.make.token(person.id), email: person.email! });
    }
    const informed = await t.make.organisation();
    await t.make.invitation(meeting, {
      organisationId: informed.id,
      personId: (await t.make.person({ organisationId: informed.id })).id,
      role: 'informed',
    });
    mailbox.clear();
  });
  const open = (by = chair, body: object = {}) =>
    t.api
      .post('/v1/rating-rounds')
      .set('Authorization', by)
      .send({ areaId: area, year: 2025, ...body });
  const opened = async (): Promise<string> => (await open().expect(201)).body.id;
  const read = (id: string, by = chair) => t.api.get(`/v1/rating-rounds/${id}`).set('Authorization', by);
  const give = (id: string, by: string, body: object = GOOD) =>
    t.api.post(`/v1/rating-rounds/${id}/ratings`).set('Authorization', by).send(body);
  const close = (id: string, by = chair, version = 1) =>
    t.api.put(`/v1/rating-rounds/${id}/closing`).set('Authorization', by).set('If-Match', `"${version}"`);
  const count = async (id: string) =>
    Number(
      (await row<{ n: number }>(t.database.reader, 'SELECT count(*) AS "n" FROM "ratings" WHERE "roundId" = $1', [id]))!
        .n,
    );

  it('asks each partner and department once, and not who only gets the papers', async () => {
    const { body, headers } = await open().expect(201);
    expect(body).toMatchObject({
      areaName: 'Boskoop',
      year: 2025,
      asked: 6,
      answered: 0,
      results: null,
      closedAt: null,
    });
    expect(headers).toMatchObject({ etag: '"1"', location: `/v1/rating-rounds/${body.id}` });
    await t.app.get(Delivery).deliverDue();
    await t.app.get(Delivery).deliverDue();
    for (const { email } of asked) expect(mailbox.to(email)).toHaveLength(1);
    expect(mailbox.messages).toHaveLength(6);
    expect((await open().expect(409)).body.code).toBe('RATING_ROUND_EXISTS');
    expect(mailbox.messages).toHaveLength(6);
  });

  it('opens one round when two open it at the same time, or one twice with the same key', async () => {
    const answers = await Promise.all([open(), open()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const keyed = () => open(chair, { year: 2024 }).set('Idempotency-Key', `once-${kind}-${area}`).expect(201);
    expect((await keyed()).body).toEqual((await keyed()).body);
  });

  it('refuses an unknown area, a year to come, an area of another and one where nobody is to be asked', async () => {
    const wrong = await open(chair, { areaId: UNKNOWN, year: 2027 }).expect(400);
    expect(wrong.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['areaId', 'year']);
    await open(chair, { year: 2025.5 }).expect(400);
    await open(await t.make.signedIn('chair', (await t.make.area()).id)).expect(403);
    for (const role of ['admin', 'reader'] as const) await open(await t.make.signedIn(role)).expect(403);
    const empty = (await t.make.area()).id;
    const concern = await t.make.signedIn('chair');
    expect((await open(concern, { areaId: empty }).expect(409)).body.code).toBe('NOBODY_TO_ASK');
    await t.api.post('/v1/rating-rounds').send({}).expect(401);
  });

  it('keeps one answer per person, to be changed until the round closes', async () => {
    const id = await opened();
    await give(id, asked[0].token, { ...GOOD, wentWell: 'Kort lijntje' }).expect(201);
    const changed = await give(id, asked[0].token, { ...GOOD, mark: 4 }).expect(201);
    expect(changed.body).toMatchObject({ mark: 4, wentWell: null, version: 3 });
    expect(await count(id)).toBe(6);
    expect((await read(id, asked[0].token).expect(200)).body.own).toMatchObject({ mark: 4 });
    expect((await read(id)).body).toMatchObject({ asked: 6, answered: 1, results: null });
    await close(id).expect(200);
    expect((await give(id, asked[0].token).expect(409)).body.code).toBe('RATING_ROUND_CLOSED');
    expect((await read(id, asked[0].token)).body.own.mark).toBe(4);
  });

  it.each([
    ['a mark of 0', { mark: 0 }, 'mark'],
    ['a mark of 11', { mark: 11 }, 'mark'],
    ['a mark of 7.5', { mark: 7.5 }, 'mark'],
    ['a mark in words', { mark: '8' }, 'mark'],
    ['another answer', { speaksAsOne: 'maybe' }, 'speaksAsOne'],
    ['a blank text', { wentWell: '  ' }, 'wentWell'],
    ['the name of another', { personId: UNKNOWN }, 'personId'],
  ])('refuses %s and keeps nothing', async (_, body, field) => {
    const id = await opened();
    const { body: problem } = await give(id, asked[0].token, { ...GOOD, ...body }).expect(400);
    expect(new Set(problem.errors.map((error: { field: string }) => error.field))).toEqual(new Set([field]));
    expect((await read(id, asked[0].token)).body.own.answeredAt).toBeNull();
  });

  it('accepts no rating from anyone who was not asked: 404, or 403 if they may see the round', async () => {
    const id = await opened();
    const stranger = await t.make.token((await t.make.person()).id);
    await give(id, stranger).expect(404);
    await read(id, stranger).expect(404);
    await give(id, chair).expect(403);
    await give(UNKNOWN, asked[0].token).expect(404);
    await t.api.post(`/v1/rating-rounds/${id}/ratings`).send(GOOD).expect(401);
  });

  it('shows results only once closed, of at least three, and to chairs and readers of the area', async () => {
    const id = await opened();
    for (const [index, mark] of [9, 8, 8, 6, 5, 4].entries())
      await give(id, asked[index].token, { ...GOOD, mark, canBeBetter: `Tekst ${6 - index}` }).expect(201);
    expect((await read(id)).body.results).toBeNull();
    const { body } = await close(id).expect(200);
    expect(body.results).toMatchObject({
      total: { answered: 6, mark: 6.7, speaksAsOne: { yes: 6, partly: 0, no: 0 } },
      kinds: [{ kind: 'police', answered: 3, mark: 8.3 }],
      canBeBetter: ['Tekst 1', 'Tekst 2', 'Tekst 3', 'Tekst 4', 'Tekst 5', 'Tekst 6'],
    });
    const reader = await t.make.signedIn('reader', area);
    expect((await read(id, reader).expect(200)).body.results).toEqual(body.results);
    expect((await read(id, asked[0].token)).body).toMatchObject({ results: null, asked: null, answered: null });
    await read(id, await t.make.signedIn('admin')).expect(404);
    expect(JSON.stringify(body)).not.toMatch(/functionaris|Organisatie/);
  });

  it('shows the results to chairs and readers on their page, beside the year before', async () => {
    const before = (await open(chair, { year: 2024 }).expect(201)).body.id;
    for (const one of asked) await give(before, one.token, { ...GOOD, mark: 6 }).expect(201);
    await close(before).expect(200);
    const few = (await open(chair, { year: 2023 }).expect(201)).body.id;
    await give(few, asked[0].token, { ...GOOD, wentWell: 'Van mij alleen' }).expect(201);
    await close(few).expect(200);
    const id = await opened();
    for (const [index, mark] of [9, 8, 8, 6, 5, 4].entries())
      await give(id, asked[index].token, { ...GOOD, mark, canBeBetter: index ? undefined : 'Vaker bellen' }).expect(
        201,
      );
    const see = (by: string) => t.api.get('/waardering').set('Authorization', by).set('Accept', 'text/html');
    const pageOf = async (role: 'chair' | 'reader') => {
      const page = await see(await t.make.signedIn(role, area)).expect(200);
      return page.text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .replaceAll(' .', '.');
    };
    const open2025 = await pageOf('chair');
    expect(open2025).toMatch(/Boskoop 2025 .* 6 van 6 gaven antwoord.*Boskoop 2024/);
    expect(open2025).not.toMatch(/Vaker bellen|8,3|6,7/);
    const { text: chairs } = await see(await t.make.signedIn('chair', area));
    expect(chairs).toContain('<details class="form-fold"><summary>Ronde beginnen</summary>');
    await close(id).expect(200);
    for (const role of ['chair', 'reader'] as const) {
      const [, now, then, least] = (await pageOf(role)).split(/Boskoop 20\d\d (?=Begonnen)/);
      expect(now).toContain('Gemiddeld cijfer: 6,7 (een jaar eerder 6,0).');
      expect(now).toMatch(/Politie 3 8,3 6,0 3 ja 3 deels/);
      expect(now).toMatch(/Samen 6 6,7 6,0 6 ja 6 deels/);
      expect(now).toContain('Vaker bellen');
      expect(then).toContain('Gemiddeld cijfer: 6,0.');
      expect(least).toContain('te weinig antwoorden');
      expect([now, then].join()).not.toContain('te weinig antwoorden');
      expect(least).not.toContain('Van mij alleen');
    }
    const { text } = await see(asked[0].token).expect(200);
    expect(text).toContain('Boskoop 2025');
    expect(text).not.toMatch(/Vaker bellen|Gemiddeld cijfer|gaven antwoord\.|te weinig antwoorden/);
  });

  it('shows nothing of two answers', async () => {
    const id = await opened();
    for (const one of asked.slice(0, 2)) await give(id, one.token, { ...GOOD, wentWell: 'Ja' }).expect(201);
    const { body } = await close(id).expect(200);
    expect(body).toMatchObject({ answered: 2, results: { total: null, kinds: [], wentWell: [] } });
  });

  it('shows the year before beside it', async () => {
    const before = (await open(chair, { year: 2024 }).expect(201)).body.id;
    for (const one of asked) await give(before, one.token, { ...GOOD, mark: 6 }).expect(201);
    const id = await opened();
    expect((await close(id)).body.resultsYearBefore).toBeNull();
    await close(before).expect(200);
    expect((await read(id)).body.resultsYearBefore).toMatchObject({ total: { mark: 6, answered: 6 } });
  });

  it('closes once, by the chair of the area, with the version that was read', async () => {
    const id = await opened();
    await t.api.put(`/v1/rating-rounds/${id}/closing`).set('Authorization', chair).expect(428);
    await close(id, chair, 5).expect(412);
    await close(id, await t.make.signedIn('reader', area)).expect(403);
    await close(id, await t.make.signedIn('chair', (await t.make.area()).id)).expect(404);
    await close(id).expect(200);
    expect((await close(id, chair, 2).expect(409)).body.code).toBe('RATING_ROUND_CLOSED');
  });

  it('lists the rounds of the own areas and those in which one was asked', async () => {
    const id = await opened();
    const list = (by: string, query = '') => t.api.get(`/v1/rating-rounds?${query}`).set('Authorization', by);
    expect((await list(chair).expect(200)).body).toMatchObject({ total: 1, items: [{ id, asked: 6 }] });
    expect((await list(asked[0].token)).body).toMatchObject({ total: 1, items: [{ id, asked: null }] });
    expect((await list(chair, 'year=2024')).body.total).toBe(0);
    expect((await list(chair, `area=${area}&year=2025`)).body.total).toBe(1);
    expect((await list(await t.make.token((await t.make.person()).id))).body.total).toBe(0);
    await list(chair, 'sort=mark').expect(400);
  });

  it('can be given by the link in the mail, without signing in; reading the page changes nothing', async () => {
    const id = await opened();
    await t.app.get(Delivery).deliverDue();
    const { mail } = mailbox.to(asked[0].email)[0];
    expect(mail.subject).toBe('Hoe ging de samenwerking in Boskoop in 2025?');
    expect(mail.html).toContain('Geef uw waardering');
    const path = /https:\/\/w\.example(\/waardering\/[\w-]+)/.exec(mail.text!)![1];
    const page = await visit(t, path);
    expect(page.text).toContain('<h1>Hoe ging de samenwerking in Boskoop in 2025?</h1>');
    expect(page.text).not.toMatch(/<script>|undefined/);
    await t.api.head(path).expect(303);
    const post = (form: object) => t.api.post(path).type('form').send(form);
    const refused = await post({ ...GOOD, mark: 11, wentWell: 'bewaar <b>dit</b>' }).expect(400);
    expect(refused.text).toContain('Kies een cijfer van 1 tot en met 10.');
    expect(refused.text).toContain('bewaar &lt;b&gt;dit&lt;/b&gt;</textarea>');
    expect((await read(id)).body.answered).toBe(0);
    expect((await post({ ...GOOD, canBeBetter: '' }).expect(200)).text).toContain('Dank u wel');
    expect((await read(id, asked[0].token)).body.own).toMatchObject({ mark: 8, canBeBetter: null });
    expect((await visit(t, path)).text).toContain('U gaf al antwoord.');
    const trail = await rows(
      t.database.reader,
      `SELECT "how", "actorId" FROM "audit_entries" WHERE "operation" = 'rating.given' AND "areaId" = $1`,
      [area],
    );
    expect(trail).toEqual([{ how: 'link', actorId: asked[0].id }]);
    await close(id).expect(200);
    expect((await visit(t, path, 409)).text).toContain('Deze ronde is gesloten');
    expect((await post(GOOD).expect(409)).text).toContain('Deze ronde is gesloten');
    await t.api.get('/waardering/x').expect(404);
    await t.api.post('/waardering/x').type('form').send(GOOD).expect(404);
  });

  it('mails nobody after the round was closed, nor who answered already', async () => {
    const id = await opened();
    await give(id, asked[0].token).expect(201);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(asked[0].email)).toHaveLength(0);
    expect(mailbox.messages).toHaveLength(5);
    mailbox.clear();
    await close((await open(chair, { year: 2024 }).expect(201)).body.id).expect(200);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.messages).toHaveLength(0);
  });
});

import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { QuarterlyDrafts } from '../../src/wijkagenda/quarterly-results/quarterly-drafts.service.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { laySmallYear, settleActions } from '../support/small-year.js';
import { Visitor } from '../support/visitor.js';

const PATH = '/v1/quarterly-results';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let stranger: string;
  let partner: string;
  let reader: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2024-01-01', environment: { SMTP_URL: mailbox.url } });
    year = await laySmallYear(t.make);
    await settleActions(t);
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
    stranger = await t.make.signedIn('chair', year.elsewhere.id);
    reader = await t.make.signedIn('reader', year.boskoop.id);
    partner = await t.make.token(year.contact.id);
  });
  beforeEach(() => mailbox.clear());
  const create = (body: object, by = chair) => t.api.post(PATH).set('Authorization', by).send(body);
  const first = { quarter: 1, year: 2025 };
  const read = (id: string, by = chair) => t.api.get(`${PATH}/${id}`).set('Authorization', by);
  const write = (id: string, version: number, body: object) =>
    t.api.patch(`${PATH}/${id}`).set('Authorization', chair).set('If-Match', `"${version}"`).send(body);
  const put = (id: string, what: string, version: number, by = chair) =>
    t.api.put(`${PATH}/${id}/${what}`).set('Authorization', by).set('If-Match', `"${version}"`);
  /** The first quarter of 2025, generated again. */
  const draft = async () => {
    await t.database.writer.query('DELETE FROM "quarterly_results"');
    return (await create({ areaId: year.boskoop.id, ...first }).expect(201)).body;
  };
  const sent = async () => {
    const { id } = await draft();
    return (await put(id, 'sending', 1).expect(200)).body;
  };
  const published = (id: string) => t.api.get(`/v1/public/quarterly-results/${id}`);

  it('begins with the result lines of the quarter, large ones first, and mails nobody', async () => {
    const body = await draft();
    expect(body).toMatchObject({ areaName: 'Boskoop', ...first, state: 'draft', sentAt: null, version: 1 });
    expect(body.lines[0]).toMatchObject({ text: `${year.inTime.title}: Er staan tien prullenbakken`, isStruck: false });
    expect(body.lines[1].text).toMatch(/: De heg is gesnoeid$/);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(year.contact.email!)).toHaveLength(0);
  });

  it('is struck, told otherwise and put in order by the chair, without losing or adding a line', async () => {
    const { id, lines } = await draft();
    const told = lines.toReversed().map((line: object, index: number) => ({ ...line, isStruck: index === 0 }));
    told[1].text = 'Er staan nu <tien> prullenbakken.';
    const { body } = await write(id, 1, { introduction: 'Dank u wel.', lines: told }).expect(200);
    expect(body).toMatchObject({ introduction: 'Dank u wel.', lines: told, version: 2 });
    for (const wrong of [told.slice(1), [...told, { ...told[0], number: 'BOS-999' }], [...told.slice(1), told[1]]])
      expect((await write(id, 2, { lines: wrong }).expect(400)).body.errors).toMatchObject([{ field: 'lines' }]);
    await write(id, 2, { introduction: '  ' }).expect(400);
    await write(id, 1, { introduction: 'Te laat' }).expect(412);
    expect((await read(id)).body).toEqual(body);
  });

  it('is mailed once to the parties, without what was struck, and does not change after that', async () => {
    const { id, lines } = await draft();
    const [head, ...rest] = lines;
    await write(id, 1, { lines: [head, ...rest.map((line: object) => ({ ...line, isStruck: true }))] }).expect(200);
    const { body } = await put(id, 'sending', 2).expect(200);
    expect(body).toMatchObject({ state: 'sent', lines: [head], version: 3 });
    await t.app.get(Delivery).deliverDue();
    const [{ mail }] = mailbox.to(year.contact.email!);
    expect(mail.subject).toBe('Gelukt in het 1e kwartaal van 2025: Boskoop');
    expect(mail.html).toContain('>Gelukt in het 1e kwartaal van 2025: Boskoop</h1>');
    expect(mail.text).toMatch(/- .+: Er staan tien prullenbakken/);
    expect(mail.text).not.toContain('De heg is gesnoeid');
    expect((await put(id, 'sending', 3).expect(409)).body.code).toBe('RESULTS_SENT');
    await write(id, 3, { introduction: 'Nog iets' }).expect(409);
    await t.api.delete(`${PATH}/${id}`).set('Authorization', chair).set('If-Match', '"3"').expect(409);
  });

  it('is not sent when every line is struck', async () => {
    const { id, lines } = await draft();
    await write(id, 1, { lines: lines.map((line: object) => ({ ...line, isStruck: true })) }).expect(200);
    expect((await put(id, 'sending', 2).expect(409)).body.code).toBe('NOTHING_TO_TELL');
  });

  it('is a draft for its chairs only, and once sent for whoever reads the reviews of the area', async () => {
    const { id } = await draft();
    await read(id).expect(200);
    for (const by of [stranger, reader, partner]) await read(id, by).expect(404);
    await put(id, 'sending', 1, stranger).expect(404);
    await put(id, 'sending', 1).expect(200);
    for (const by of [reader, partner]) {
      await read(id, by).expect(200);
      await put(id, 'publication', 2, by).expect(403);
      const list = await t.api.get(`${PATH}?area=${year.boskoop.id}`).set('Authorization', by).expect(200);
      expect(list.body).toMatchObject({ total: 1, items: [{ id, state: 'sent' }] });
    }
    await read(id, stranger).expect(404);
    expect((await t.api.get(PATH).set('Authorization', stranger)).body.total).toBe(0);
    await t.api.get(`${PATH}/${id}`).expect(401);
  });

  it('calls a public action what it is called in public', async () => {
    const set = (values: string) =>
      t.database.writer.query(`UPDATE "actions" SET ${values} WHERE "id" = '${year.inTime.id}'`);
    await set(`"isPublic" = TRUE, "publicText" = 'Schone straten'`);
    expect((await draft()).lines[0].text).toBe('Schone straten: Er staan tien prullenbakken');
    await set('"publicText" = NULL');
  });

  it('shows to everyone, once published, the results of public actions only, and nothing after withdrawing', async () => {
    const { id } = await draft();
    expect((await put(id, 'publication', 1).expect(409)).body.code).toBe('RESULTS_NOT_SENT');
    await put(id, 'sending', 1).expect(200);
    await published(id).expect(404);
    await t.database.writer.query(`UPDATE "actions" SET "isPublic" = TRUE WHERE "id" = '${year.inTime.id}'`);
    expect((await put(id, 'publication', 2).expect(200)).body.publishedAt).not.toBeNull();
    expect((await published(id).expect(200)).body.lines).toMatchObject([
      { text: expect.stringMatching(/: Er staan tien prullenbakken$/) },
    ]);
    await published(id).set('Accept', 'text/html').expect(303).expect('Location', `/openbaar/gelukt/${id}`);
    const page = await t.api.get(`/openbaar/gelukt/${id}`).set('Accept', 'text/html').expect(200);
    expect(page.text).toContain('<h1>Gelukt in het 1e kwartaal van 2025: Boskoop</h1>');
    expect(page.text).toContain('Gemeente, gepubliceerd op zaterdag 10 januari 2026');
    expect(page.text).not.toMatch(/De heg is gesnoeid|Wijken en Kernen/);
    expect((await t.api.get('/v1/public/quarterly-results').expect(200)).body).toMatchObject({
      total: 1,
      items: [{ id }],
    });
    const all = await t.api.get('/openbaar/gelukt').set('Accept', 'text/html').expect(200);
    expect(all.text).toContain(`<a href="/openbaar/gelukt/${id}">Gelukt in het 1e kwartaal van 2025: Boskoop</a>`);
    const withdraw = t.api.delete(`${PATH}/${id}/publication`).set('Authorization', chair);
    await withdraw.set('If-Match', '"3"').expect(200);
    await published(id).expect(404);
    await t.api.get(`/openbaar/gelukt/${id}`).expect(404);
    await t.database.writer.query(`UPDATE "actions" SET "isPublic" = FALSE WHERE "id" = '${year.inTime.id}'`);
  });

  it('tells the chair before publishing which results are not public, so will be missing', async () => {
    const { id, lines } = await sent();
    const person = await t.make.person();
    await t.make.grant(person.id, 'chair', year.boskoop.id);
    const missing = async () => {
      const page = await (await Visitor.of(t, person.id)).see(`/gelukt/${id}`);
      return /Niet openbaar en dus niet te lezen: ([^<]*)\./.exec(page)?.[1];
    };
    const numbers = lines.map(({ number }: { number: string }) => number);
    expect(await missing()).toBe(numbers.join(', '));
    await t.database.writer.query(`UPDATE "actions" SET "isPublic" = TRUE WHERE "id" = '${year.inTime.id}'`);
    expect(await missing()).toBe(numbers.slice(1).join(', '));
    await t.database.writer.query(`UPDATE "actions" SET "isPublic" = FALSE WHERE "id" = '${year.inTime.id}'`);
  });

  it('tells nothing of an action that became confidential after the draft was made', async () => {
    const { id } = await sent();
    await put(id, 'publication', 2).expect(200);
    const secret = (is: boolean) =>
      t.database.writer.query(
        `UPDATE "actions" SET "isConfidential" = ${is ? 'TRUE' : 'FALSE'} WHERE "id" = '${year.inTime.id}'`,
      );
    await secret(true);
    for (const text of [(await read(id)).text, (await published(id)).text]) expect(text).not.toContain('prullenbakken');
    await t.app.get(Delivery).deliverDue();
    for (const { mail } of mailbox.to(year.contact.email!)) expect(mail.text).not.toContain('prullenbakken');
    await secret(false);
  });

  it('tells nothing of an action that was reopened after the draft was made, and of one that was reopened after the sending', async () => {
    const { id, lines } = await draft();
    const say = (body: object) =>
      t.api.post(`/v1/actions/${year.inTime.id}/updates`).set('Authorization', chair).send(body).expect(201);
    await say({ status: 'open', reason: 'Er staan er pas vier.' });
    const left = (await read(id).expect(200)).body.lines as { number: string; text: string }[];
    expect(left).toEqual(lines.filter(({ number }: { number: string }) => number !== year.inTime.number));
    await write(id, 1, { lines: left.map((line) => ({ ...line, isStruck: false })) }).expect(200);
    await put(id, 'sending', 2).expect(200);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(year.contact.email!)[0].mail.text).not.toContain('prullenbakken');
    await say({ status: 'done', result: 'Nu staan er tien prullenbakken.' });
    expect((await read(id).expect(200)).body.lines).toEqual(left);
    const whole = await sent();
    expect(whole.lines).toEqual(lines);
    await say({ status: 'open', reason: 'Toch niet.' });
    expect((await read(whole.id).expect(200)).body.lines).toEqual(lines);
    await say({ status: 'done', result: 'Nu wel.' });
  });

  it.each([false, true])('is not mailed to a party who left since; after a first attempt: %s', async (isAttempted) => {
    const { id: organisationId } = await t.make.organisation();
    const { id: personId, email } = await t.make.person({ organisationId });
    await t.make.invitation(year.unclosed.meetingId, { organisationId, personId });
    await sent();
    if (isAttempted) {
      mailbox.behave(email!, 'try-later');
      await t.app.get(Delivery).deliverDue();
      t.clock.set('2026-01-10T11:00:00Z');
    }
    const left = `UPDATE "memberships" SET "untilOn" = '2026-01-09' WHERE "personId" = '${personId}'`;
    await t.database.writer.query(left);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(year.contact.email!)).toHaveLength(1);
    expect(mailbox.to(email!)).toEqual([]);
    t.clock.set('2026-01-10T10:00:00Z');
  });

  it('is made once per area and quarter, by its chair, of a quarter that has begun', async () => {
    const { id } = await draft();
    const body = { areaId: year.boskoop.id, ...first };
    expect((await create(body).expect(409)).body.code).toBe('QUARTER_TAKEN');
    await create(body, stranger).expect(403);
    await create(body, reader).expect(403);
    const unknown = '019300a0-0000-7000-8000-00000000ffff';
    const wrong = await create({ areaId: unknown, year: 2026, quarter: 2 }).expect(400);
    expect(wrong.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['areaId', 'quarter']);
    for (const quarter of [0, 5, 1.5]) await create({ ...body, quarter }).expect(400);
    await t.api.delete(`${PATH}/${id}`).set('Authorization', chair).set('If-Match', '"1"').expect(204);
    await read(id).expect(404);
  });

  describe('by itself', () => {
    const make = () => t.app.get(QuarterlyDrafts).makeDue();
    const list = async () => (await t.api.get(PATH).set('Authorization', chair).expect(200)).body.items;
    const on = (day: string) => t.clock.set(`${day}T10:00:00Z`);
    beforeEach(() => t.database.writer.query('DELETE FROM "quarterly_results"'));

    it('makes a draft a week after the quarter for each area that meets and has results, once, and mails nobody', async () => {
      on('2025-04-07');
      expect(await make()).toBe(0);
      on('2025-04-08');
      expect(await Promise.all([make(), make()])).toContain(1);
      expect(await make()).toBe(0);
      const [{ id, ...found }, ...others] = await list();
      expect(others).toEqual([]);
      expect(found).toMatchObject({ areaId: year.boskoop.id, ...first, state: 'draft', sentAt: null });
      expect((await read(id)).body.lines[0]).toMatchObject({
        text: expect.stringMatching(/: Er staan tien prullenbakken$/),
      });
      await t.app.get(Delivery).deliverDue();
      expect(mailbox.to(year.contact.email!)).toHaveLength(0);
    });

    it('makes none of a quarter without results', async () => {
      on('2025-10-08');
      expect(await make()).toBe(0);
      expect(await list()).toEqual([]);
    });

    it('does not bring back what a chair threw away, who can begin it anew', async () => {
      on('2025-04-08');
      await make();
      const [{ id }] = await list();
      await t.api.delete(`${PATH}/${id}`).set('Authorization', chair).set('If-Match', '"1"').expect(204);
      expect(await make()).toBe(0);
      expect(await list()).toEqual([]);
      await read(id).expect(404);
      await write(id, 2, { introduction: 'Toch' }).expect(404);
      expect((await create({ areaId: year.boskoop.id, ...first }).expect(201)).body.lines).not.toEqual([]);
    });

    it('makes that of an area that was merged since the quarter, and none for one whose results the other one tells', async () => {
      on('2025-04-03');
      const admin = await t.make.signedIn('admin');
      const merger = t.api.put(`/v1/areas/${year.boskoop.id}/merger`).set('Authorization', admin);
      await merger.set('If-Match', '"1"').send({ intoId: year.elsewhere.id }).expect(200);
      for (const day of ['2025-04-08', '2025-07-08']) {
        on(day);
        await make();
        expect(await list()).toMatchObject([{ areaId: year.boskoop.id, ...first }]);
      }
    });
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { Discussion } from '../../src/actions/discussions/discussion.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { OpgaveDepartment } from '../../src/goals/opgaven/opgave-department.entity.js';
import { Opgave } from '../../src/goals/opgaven/opgave.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { laySmallYear } from '../support/small-year.js';
import { Visitor } from '../support/visitor.js';

const YEAR = { fromOn: '2025-01-01', asOf: '2025-12-31' };
const OPGAVE = 'Een schone gemeente';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let opgaveId: string;
  let department: { personId: string; email: string };

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2024-01-01', environment: { SMTP_URL: mailbox.url } });
    year = await laySmallYear(t.make);
    const personId = (await t.make.person({ name: 'directeur' })).id;
    opgaveId = newId();
    await t.make.row(Opgave, {
      ...{ id: opgaveId, areaId: year.boskoop.id, title: OPGAVE, description: null, origin: 'Akkoord', version: 1 },
      ...{ bestuurderId: personId, procesregisseurId: personId, startsOn: null, endsOn: null },
    });
    const lead = await t.make.organisation({ name: 'Beheer Openbare Ruimte', kind: 'municipality' });
    const contact = await t.make.person({ name: 'afdelingsmanager', organisationId: lead.id });
    department = { personId: contact.id, email: contact.email! };
    await t.make.contact(lead.id, contact.id);
    await t.make.row(OpgaveDepartment, {
      ...{ opgaveId, organisationId: lead.id, isLead: true, part: 'Prullenbakken', confirmedOn: null },
      confirmedById: null,
    } as OpgaveDepartment);
    const serve = (id: string) =>
      t.database.writer.query(`UPDATE "actions" SET "opgaveId" = '${opgaveId}' WHERE "id" = '${id}'`);
    await serve(year.inTime.id);
    await serve(year.stillLate.id);
    const [session] = await t.database.reader.query<{ id: string }[]>(
      `SELECT "id" FROM "sessions" WHERE "heldOn" = '2025-03-10'`,
    );
    await t.make.row(Discussion, {
      ...{
        id: newId(),
        sessionId: session.id,
        actionId: year.inTime.id,
        kind: 'reported_done',
        note: null,
        version: 1,
      },
      outcome: 'accepted',
    } as Discussion);
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
  });
  const create = (body: object) =>
    t.api
      .post('/v1/reviews')
      .set('Authorization', chair)
      .send({ areaId: year.boskoop.id, ...YEAR, ...body });
  const read = (path: string, accept = 'application/json') =>
    t.api.get(path).set('Authorization', chair).set('Accept', accept).expect(200);
  const put = (path: string, version: number, body?: object) =>
    t.api.put(path).set('Authorization', chair).set('If-Match', `"${version}"`).send(body);

  it('counts what serves the opgave, the sessions in which it came up and who came there', async () => {
    const { body } = await create({ opgaveId }).expect(201);
    expect(body).toMatchObject({ opgaveId, opgave: OPGAVE, ratings: null });
    const { total, themes, collaboration, attendance, results } = body.figures;
    expect(total).toMatchObject({ agreed: 1, realised: 1, overdue: 1, carriedOver: 1, results: 1, largeResults: 1 });
    expect(themes.map(({ theme, agreed }: { theme: string; agreed: number }) => [theme, agreed])).toEqual([
      ['schoon', 1],
    ]);
    expect(results.large.lines).toMatchObject([{ result: 'Er staan tien prullenbakken' }]);
    expect(collaboration).toMatchObject({ sessionsHeld: 1, minutesSent: 1, notClosed: [] });
    expect(attendance.total).toMatchObject({ invited: 3, present: 2 });
    expect(body.yearBefore.total).toMatchObject({ agreed: 1 });
  });

  it('opens its figures to the cases, and is named in every form', async () => {
    const { id } = (await create({ opgaveId }).expect(201)).body;
    const { body } = await read(`/v1/reviews/${id}/figures/overdue/cases`);
    expect(body).toMatchObject({ total: 1, items: [{ id: year.stillLate.id }] });
    expect((await read(`/v1/reviews/${id}/figures/sessionsHeld/cases`)).body.total).toBe(1);
    expect((await read(`/v1/reviews/${id}`, 'text/html')).text).toContain(
      `<h1>Jaarevaluatie van de opgave “${OPGAVE}”, Boskoop</h1>`,
    );
    const csv = await read(`/v1/reviews/${id}`, 'text/csv');
    expect(csv.headers['content-disposition']).toContain('jaarevaluatie-boskoop-een-schone-gemeente-2025-12-31');
    expect(csv.text).toContain(OPGAVE);
  });

  it('is sent to its departments and to whoever owns an action of it, and freezes with its title', async () => {
    const { id } = (await create({ opgaveId }).expect(201)).body;
    await put(`/v1/reviews/${id}/circulation`, 1).expect(200);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(department.email)).toHaveLength(1);
    expect(mailbox.to(year.contact.email!)).toHaveLength(0);
    await put(`/v1/reviews/${id}/freezing`, 2, { reason: 'De partijen zijn al gehoord.' }).expect(200);
    await t.database.writer.query(`UPDATE "opgaven" SET "title" = 'Anders' WHERE "id" = '${opgaveId}'`);
    expect((await read(`/v1/reviews/${id}`)).body.opgave).toBe(OPGAVE);
    await put(`/v1/reviews/${id}/publication`, 3).expect(200);
    expect((await t.api.get(`/v1/public/reviews/${id}`).expect(200)).body).toMatchObject({ opgave: OPGAVE });
    await t.database.writer.query(`UPDATE "opgaven" SET "title" = '${OPGAVE}' WHERE "id" = '${opgaveId}'`);
  });

  it('is read by the bestuurder of the opgave once it is final, who hears of it when it is published, and no other review', async () => {
    const bestuurder = await t.make.person({ email: 'wethouder@college.example' });
    await t.database.writer.query(
      `UPDATE "opgaven" SET "bestuurderId" = '${bestuurder.id}' WHERE "id" = '${opgaveId}'`,
    );
    const token = await t.make.token(bestuurder.id);
    const other = { areaId: year.boskoop.id, ...YEAR };
    const made = await t.api.post('/v1/reviews').set('Authorization', chair).send(other).expect(201);
    const { id } = (await create({ opgaveId }).expect(201)).body;
    const seen = (one: string) => t.api.get(`/v1/reviews/${one}`).set('Authorization', token);
    await seen(id).expect(404);
    const asked = t.api.post('/v1/publication-requests').set('Authorization', token);
    await asked.send({ subject: 'reviews' }).expect(201);
    for (const one of [id, made.body.id]) {
      await put(`/v1/reviews/${one}/freezing`, 1, { reason: 'De partijen zijn al gehoord.' }).expect(200);
      await put(`/v1/reviews/${one}/publication`, 2).expect(200);
    }
    await seen(id).expect(200);
    await seen(made.body.id).expect(404);
    await t.app.get(Delivery).deliverDue();
    const told = mailbox.to('wethouder@college.example').map(({ mail }) => mail.subject);
    expect(told).toEqual([`Jaarevaluatie van de opgave “${OPGAVE}”, Boskoop over 2025 is gepubliceerd`]);
  });

  it('is refused for what is no opgave, together with what else is wrong', async () => {
    const unknown = '019300a0-0000-7000-8000-00000000ffff';
    const { body } = await create({ opgaveId: unknown, areaId: unknown }).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['areaId', 'opgaveId']);
    await create({ opgaveId: 'x' }).expect(400);
  });

  it('can be asked on the page', async () => {
    const adviser = await t.make.person({ name: 'gebiedsadviseur' });
    await t.make.grant(adviser.id, 'chair', year.boskoop.id);
    const visitor = await Visitor.of(t, adviser.id);
    expect(await visitor.see('/jaarevaluatie/nieuw')).toContain(OPGAVE);
    const made = await visitor.post('/jaarevaluatie/nieuw', { areaId: year.boskoop.id, opgaveId, ...YEAR });
    expect(await visitor.see(made.headers.location)).toContain(`de opgave “${OPGAVE}”`);
    await visitor.post('/jaarevaluatie/nieuw', { areaId: year.boskoop.id, opgaveId: '', ...YEAR });
    expect(await visitor.see('/jaarevaluatie')).toContain(`Boskoop: ${OPGAVE}`);
  });

  it('reads a review that was frozen before goals, escalations and opgaven were counted', async () => {
    const { id } = (await create({}).expect(201)).body;
    await put(`/v1/reviews/${id}/freezing`, 1, { reason: 'De partijen zijn al gehoord.' }).expect(200);
    const [{ document }] = await t.database.reader.query<{ document: string }[]>(
      `SELECT "document" FROM "reviews" WHERE "id" = '${id}'`,
    );
    const older = JSON.parse(document);
    for (const name of ['opgave', 'reactions', 'frozenEarlyReason', 'yearBefore', 'ratings']) delete older[name];
    for (const name of ['goals', 'escalations', 'opgaven', 'areas']) delete older.figures[name];
    delete older.figures.collaboration.attendanceTaken;
    for (const one of [older.figures.total, ...older.figures.themes]) {
      for (const name of ['judgedRealised', 'judgedPartly', 'judgedNot']) delete one[name];
    }
    const text = JSON.stringify(older).replaceAll("'", "''");
    await t.database.writer.query(`UPDATE "reviews" SET "document" = '${text}' WHERE "id" = '${id}'`);
    const { body } = await read(`/v1/reviews/${id}`);
    expect(body.figures.goals).toMatchObject({ total: 0, items: [] });
    expect(body.figures.total).toMatchObject({ agreed: 10, judgedNot: 0 });
    expect(body.figures.collaboration).toMatchObject({ sessionsHeld: 4, attendanceTaken: 4 });
    await put(`/v1/reviews/${id}/publication`, 2).expect(200);
    for (const path of [`/v1/reviews/${id}`, `/v1/public/reviews/${id}`]) {
      const { text: page } = await read(path, 'text/html');
      expect(page).not.toContain('<h2>Doelen</h2>');
      expect(page).not.toContain('is niet opgeschreven wie er was');
      expect((await read(path, 'text/csv')).text).not.toContain('undefined');
      await read(path, 'application/pdf');
    }
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { retentionLines } from '../../src/maintenance.js';
import { rows } from '../../src/platform/database/rows.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { everythingKept } from '../support/everything.js';
import { pdf, photo } from '../support/files.js';
import { Mailbox } from '../support/mailbox.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';

const ADDRESS = 'secretaris@dorpsraad.example';
const GROUND = 'Verzoek van een betrokkene, artikel 17 AVG.';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let admin: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
    admin = await t.make.signedIn('admin');
  });

  const as = (token: string, method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string) =>
    t.api[method](`/v1/${path}`).set('Authorization', token);
  const made = async (token: string, path: string, body: object): Promise<string> =>
    (await as(token, 'post', path).send(body).expect(201)).body.id;
  const put = (token: string, path: string, body: object) => as(token, 'put', path).set('If-Match', '"1"').send(body);
  /** An area with a granted initiative and a question from its board, with names in their texts. */
  const village = async (word: string, b?: Boskoop) => {
    const areaId = b?.area.id ?? (await t.make.area()).id;
    const board = (await t.make.organisation({ name: `Dorpsraad ${word.slice(0, 4)}`, kind: 'residents' })).id;
    const member = await t.make.person({ name: `lid ${word}`, email: `${word.toLowerCase()}.${ADDRESS}` });
    await t.make.member(member.id, board);
    await t.make.contact(board, member.id, areaId);
    const adviser = await t.make.person({ name: `adviseur ${word}` });
    await t.make.grant(adviser.id, 'chair', areaId);
    const chair = b?.signedIn.chair ?? (await t.make.token(adviser.id));
    const reader = await t.make.signedIn('reader', areaId);
    const budgetId = await made(chair, 'budgets', { areaId, year: 2026, amount: '1000' });
    const title = `Feest van ${word}`;
    const initiativeId = await made(chair, 'initiatives', {
      budgetId,
      title,
      requested: '450',
      reference: `Z ${word}`,
    });
    const questionId = await made(chair, 'questions', { areaId, title: `Komt ${word}?`, requestedById: board });
    return { areaId, board, member, adviser, chair, reader, budgetId, initiativeId, questionId };
  };
  type Village = Awaited<ReturnType<typeof village>>;
  const grant = ({ chair, initiativeId }: Village) =>
    put(chair, `initiatives/${initiativeId}/decision`, { outcome: 'granted' }).expect(200);
  const upload = (token: string, id: string, file: Buffer, name = 'feest.jpg') =>
    as(token, 'post', `initiatives/${id}/files`).attach('file', file, name);
  const saying = async (word: string) =>
    Object.entries(await everythingKept(t)).flatMap(([table, kept]) => (kept.join().includes(word) ? [table] : []));

  it('finds a name in initiatives, their files and questions before it is erased, and gives the asker what was asked', async () => {
    const v = await village('Ooievaar');
    await grant(v);
    await upload(v.chair, v.initiativeId, pdf(), 'Bon van lid Ooievaar.pdf').expect(201);
    const asked = {
      areaId: v.areaId,
      title: 'Mag het hek open?',
      details: 'Bel lid Ooievaar.',
      requestedById: v.board,
    };
    const id = await made(await t.make.token(v.member.id), 'questions', asked);
    await as(v.chair, 'patch', `initiatives/${v.initiativeId}`)
      .set('If-Match', '"2"')
      .send({ result: 'Dank aan lid Ooievaar.' })
      .expect(200);
    const { body } = await as(v.chair, 'get', `people/${v.member.id}/erasure`).expect(200);
    const places = body.places.map((one: { kind: string; field: string }) => `${one.kind} ${one.field}`);
    expect(places.sort()).toEqual(['initiative result', 'initiative_file name', 'question details']);
    const own = (await as(admin, 'get', `people/${v.member.id}/export`).expect(200)).body;
    expect(own.questions).toMatchObject([{ title: 'Mag het hek open?', details: 'Bel lid Ooievaar.' }]);
    const { headers } = await as(admin, 'get', `people/${v.member.id}`).expect(200);
    await as(admin, 'put', `people/${v.member.id}/erasure`)
      .set('If-Match', headers.etag)
      .send({ ground: GROUND })
      .expect(200);
    const after = (await as(v.chair, 'get', `questions/${id}/changes`).expect(200)).body.items;
    expect(after[0].recordedByName).not.toContain('Ooievaar');
  });

  it('is redacted with the minutes that have it, in the register and in what was stored of it', async () => {
    const b = await boskoop(t);
    const v = await village('Kiekendief', b);
    const decided = {
      outcome: 'granted',
      sessionId: b.session.id,
      granted: '1100',
      reason: 'Kiekendief betaalt de rest.',
    };
    await put(v.chair, `initiatives/${v.initiativeId}/decision`, decided).expect(200);
    const visitor = await Visitor.of(t, b.chair.id);
    const desk = `/vergaderingen/${b.session.id}`;
    const passed = { version: '1', outcome: 'passed_on', answer: 'Vraag Kiekendief.' };
    expect((await visitor.post(`${desk}/vragen/${v.questionId}`, passed, desk)).status).toBe(303);
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    const minutes = () => as(b.signedIn.chair, 'get', `sessions/${b.session.id}/minutes`).expect(200);
    const before = await minutes();
    expect(await visitor.see(`/verslagen/${b.session.id}`)).toContain(': doorgegeven: Vraag Kiekendief.');
    expect([before.body.initiatives[0].title, before.body.questions[0].passedTo]).toEqual([
      'Feest van Kiekendief',
      'Vraag Kiekendief.',
    ]);
    const redacted = await as(b.signedIn.chair, 'put', `sessions/${b.session.id}/minutes/redaction`)
      .set('If-Match', before.headers.etag)
      .send({ ground: GROUND, passages: [{ item: b.skate.number, words: 'Kiekendief' }] })
      .expect(200);
    // The zaaknummer was not in the minutes, so the response names it as a place where the word remains.
    expect(redacted.body.elsewhere).toMatchObject([{ kind: 'initiative', id: v.initiativeId }]);
    const { body } = await minutes();
    expect(body.initiatives).toMatchObject([
      { title: 'Feest van (weggelakt)', reason: '(weggelakt) betaalt de rest.' },
    ]);
    expect(body.questions).toMatchObject([{ title: 'Komt (weggelakt)?', passedTo: 'Vraag (weggelakt).' }]);
    const names = ['people', 'initiatives'];
    expect((await saying('Kiekendief')).filter((table) => !names.includes(table))).toEqual([]);
    const found = (await as(v.chair, 'get', `initiatives/${v.initiativeId}`).expect(200)).body;
    expect([found.title, found.reason, found.reference]).toEqual([
      'Feest van (weggelakt)',
      '(weggelakt) betaalt de rest.',
      'Z Kiekendief',
    ]);
  });

  it('keeps amounts and outcomes when the term of texts is over, and destroys texts, names and files', async () => {
    const v = await village('Waterral');
    await grant(v);
    await upload(v.chair, v.initiativeId, await photo()).expect(201);
    await put(v.chair, `questions/${v.questionId}/outcome`, { outcome: 'answered', answer: 'Vraag Waterral.' }).expect(
      200,
    );
    t.clock.set('2037-01-02T10:00:00Z');
    await retentionLines(t.database, t.settings, t.clock, true);
    t.clock.set('2026-06-02T10:00:00Z');
    const initiative = (await as(v.chair, 'get', `initiatives/${v.initiativeId}`).expect(200)).body;
    expect(initiative).toMatchObject({ requested: '450.00', granted: '450.00', reference: null, isPublic: false });
    const question = (await as(v.chair, 'get', `questions/${v.questionId}`).expect(200)).body;
    expect(question).toMatchObject({ outcome: 'answered', answer: null, chairAgrees: false });
    expect([initiative.title, question.title].join()).not.toContain('Waterral');
    const kept = await rows(t.database.reader, `SELECT "id" FROM "files" WHERE "thingId" = $1`, [v.initiativeId]);
    expect(kept).toEqual([]);
    expect(await saying('Waterral')).toEqual(['people']);
  });

  it('goes on in the area and with the organisation that others are merged into', async () => {
    const [v, next] = [await village('Futenhof'), await village('Roerdomp')];
    await put(admin, `areas/${v.areaId}/merger`, { intoId: next.areaId }).expect(200);
    const listed = async (path: string) =>
      (await as(next.chair, 'get', `${path}?area=${next.areaId}`).expect(200)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    expect(await listed('budgets')).toEqual(expect.arrayContaining([v.budgetId, next.budgetId]));
    expect(await listed('questions')).toEqual(expect.arrayContaining([v.questionId, next.questionId]));
    await put(next.chair, `initiatives/${v.initiativeId}/decision`, { outcome: 'granted' }).expect(200);
    const late = await as(next.chair, 'post', 'budgets').send({ areaId: v.areaId, year: 2027, amount: '1' });
    const lateQuestion = await as(next.chair, 'post', 'questions').send({ areaId: v.areaId, title: 'Nog iets?' });
    expect([late.status, lateQuestion.status]).toEqual([400, 400]);

    await put(admin, `organisations/${v.board}/merger`, { intoId: next.board }).expect(200);
    await t.app.get(Delivery).deliverDue();
    mailbox.clear();
    await put(next.chair, `questions/${v.questionId}/outcome`, { outcome: 'answered', answer: 'In mei.' }).expect(200);
    await t.app.get(Delivery).deliverDue();
    const told = [v.member, next.member].map(({ email }) => mailbox.to(email!).map(({ mail }) => mail.subject));
    expect(told).toEqual([['Er is een antwoord op uw vraag - Gemeente'], []]);
    const fresh = { budgetId: next.budgetId, title: 'Nieuw', requested: '1', requestedById: v.board };
    expect((await as(next.chair, 'post', 'initiatives').send(fresh)).body.errors[0].field).toBe('requestedById');
  });
});

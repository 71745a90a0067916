import { beforeAll, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { QuestionScheduler } from '../../src/questions/questions.scheduler.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';

const ADDRESS = 'secretaris@dorpsraad.example';
const REPORTS = 'https://meldingen.gemeente.example/nieuw';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let area: string;
  let board: string;
  let meeting: string;
  let token: string;
  let chair: Visitor;
  let asker: Visitor;
  let secretary: Visitor;
  let secretaryId: string;
  let adviserId: string;
  let askerId: string;

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    const environment = { SMTP_URL: mailbox.url, REPORTS_URL: REPORTS };
    t = await startApp(kind, { today: '2026-10-06', isStory: true, environment });
    area = (await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' })).id;
    board = (await t.make.organisation({ name: 'Dorpsraad Boskoop', kind: 'residents' })).id;
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area);
    token = await t.make.token(adviser.id);
    const member = await t.make.person({ name: 'secretaris dorpsraad', email: ADDRESS });
    await t.make.member(member.id, board);
    await t.make.contact(board, member.id, area);
    secretaryId = (await t.make.person({ name: 'notulist Boskoop' })).id;
    meeting = (await t.make.meeting(area, { name: 'Bewonersoverleg' })).id;
    [adviserId, askerId] = [adviser.id, member.id];
    chair = await Visitor.of(t, adviser.id);
    asker = await Visitor.of(t, member.id);
    secretary = await Visitor.of(t, secretaryId);
  });

  const latest = async (query = '') =>
    (await t.api.get(`/v1/questions${query}`).set('Authorization', token).expect(200)).body.items[0];
  const versionOn = (text: string): string => /name="version" value="(\d+)"/.exec(text)![1];
  const subjects = async (): Promise<string[]> => {
    mailbox.clear();
    await t.app.get(Delivery).deliverDue();
    return mailbox.to(ADDRESS).map(({ mail }) => mail.subject!.replace(/ - .*/, ''));
  };

  it('is not there until a chair starts it, and then for partners too, beside the form for reports', async () => {
    await t.make.session(meeting, { heldOn: '2026-10-06', state: 'open', secretaryId });
    const form = '/vragen/nieuw';
    const early = await asker.post(form, { areaId: area, title: 'Mag dit?', requestedById: board });
    expect([early.status, early.text.includes('De voorzitter begint daarmee.')]).toEqual([409, true]);
    expect(await asker.see(`/gebieden/${area}`)).not.toContain('/vragen?area');
    expect((await chair.post(form, { areaId: area, title: 'Wie snoeit de haag?' })).status).toBe(303);
    expect(await asker.see(`/gebieden/${area}`)).toContain('/vragen?area');
    expect(await asker.see(form)).toContain(REPORTS);
    const asked = { areaId: area, title: 'Kan het licht aan?', requestedById: board, agrees: 'ja' };
    const made = await asker.post(form, asked);
    expect(made.status).toBe(303);
    expect(await asker.see(made.headers.location)).toContain('alleen de vrager vindt het goed');
    expect(await subjects()).toEqual(['Uw vraag is vastgelegd']);
  });

  it('is recorded and answered at the table, by the notulist too, and told when the session closes', async () => {
    const session = (await t.api.get('/v1/sessions').set('Authorization', token).expect(200)).body.items[0];
    const desk = `/vergaderingen/${session.id}`;
    const asked = { title: 'Waar blijft de bank?', requestedById: board };
    expect((await secretary.post(`${desk}/vragen`, asked, desk)).status).toBe(303);
    expect(await subjects()).toEqual(['Uw vraag is vastgelegd']);
    const { id } = await latest('?q=bank');
    const press = (fields: object) => secretary.post(`${desk}/vragen/${id}`, fields as Record<string, string>, desk);
    const refused = await press({ version: '1', outcome: 'answered' });
    expect([refused.status, refused.text.includes('Schrijf het antwoord op.')]).toEqual([400, true]);
    expect((await press({ version: '1', outcome: 'declined', answer: 'Fout.' })).status).toBe(303);
    expect((await secretary.post(`${desk}/vragen/${id}/ongedaan`, { version: '2' }, desk)).status).toBe(303);
    expect((await press({ version: '3', outcome: 'answered', answer: 'In november.' })).status).toBe(303);
    expect((await secretary.post(`${desk}/vragen`, { title: 'Wie ruimt op?' }, desk)).status).toBe(303);
    const light = await latest('?q=licht');
    const item = { version: '1', outcome: 'agenda_item' };
    expect((await chair.post(`${desk}/vragen/${light.id}`, item, desk)).status).toBe(303);
    const page = await secretary.see(desk);
    expect(page).toContain('beantwoord</span>');
    expect(page).toContain('ingebracht door Dorpsraad Boskoop');
    expect(await subjects()).toEqual([]);
    const agendaItemId = (await latest('?q=licht')).agendaItemId;
    await t.api
      .patch(`/v1/agenda-items/${agendaItemId}`)
      .set('Authorization', token)
      .set('If-Match', '"1"')
      .send({ notes: 'Gaat aan.' })
      .expect(200);
    const closing = { version: versionOn(await chair.see(desk)), how: 'close' };
    expect((await chair.post(`${desk}/sluiten`, closing, desk)).status).toBe(303);
    expect(await subjects()).toEqual(['Er is een antwoord op uw vraag']);
    await t.app.get(QuestionScheduler).planTurns();
    expect(await subjects()).toEqual(['Uw vraag is besproken']);
    expect((await press({ version: '4', outcome: 'declined', answer: 'Te laat.' })).status).toBe(404);
    await t.api
      .put(`/v1/questions/${id}/outcome`)
      .set({ Authorization: token, 'If-Match': `"${(await latest('?q=bank')).version}"` })
      .send({ outcome: 'answered', answer: 'Toch in december.' })
      .expect(200);
    const { body } = await t.api.get(`/v1/sessions/${session.id}/minutes`).set('Authorization', token).expect(200);
    const of = { requestedBy: 'Dorpsraad Boskoop', answer: null, passedTo: null, actionNumber: null };
    expect(body.questions).toEqual([
      { ...of, title: 'Waar blijft de bank?', outcome: 'answered', answer: 'In november.' },
      { ...of, title: 'Wie ruimt op?', requestedBy: null, outcome: null },
      { ...of, title: 'Kan het licht aan?', outcome: 'agenda_item' },
    ]);
    const minutes = await chair.see(`/verslagen/${session.id}`);
    expect(minutes).toContain('Waar blijft de bank? (Dorpsraad Boskoop): beantwoord. In november.');
    expect(minutes).toContain('Wie ruimt op? (bewoners): gesteld.');
  });

  it('gets its outcome on its page, by the number of an action, and can be opened again', async () => {
    const { id, version } = await latest('?q=haag');
    const page = `/vragen/${id}`;
    const settle = (fields: Record<string, string>) =>
      chair.post(`${page}/uitkomst`, { version: String(version), ...fields }, page);
    const wrong = await settle({ outcome: 'action', actionId: 'BOS-99' });
    expect([wrong.status, wrong.text.includes('uitkomst-actionId-fout')]).toEqual([400, true]);
    const action = await t.make.action({ areaId: area, number: 'BOS-12', title: 'Haag snoeien' });
    expect((await settle({ outcome: 'action', actionId: 'bos-12', answer: 'blijft buiten beschouwing' })).status).toBe(
      303,
    );
    expect(await chair.see(page)).toContain(`/acties/${action.id}`);
    expect(await asker.see(page)).not.toContain('Uitkomst vastleggen');
    expect((await chair.post(`${page}/terug`, { version: String(version + 1) }, page)).status).toBe(303);
    expect((await latest('?q=haag')).outcome).toBeNull();
  });

  it('goes out as CSV and XLSX with what came of it, and is not taken in', async () => {
    const text = await chair.see(`/vragen/lijst.csv?area=${area}`);
    expect(text.split('\r\n')[0]).toContain(
      'gebied;vraag;toelichting;gevraagd door;gevraagd op;antwoord uiterlijk;stand',
    );
    expect(text).toMatch(/Boskoop;[^\r]*bank[^\r]*;beantwoord;/);
    const sheet = await t.api
      .get('/v1/questions')
      .set({ Authorization: token, Accept: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })
      .expect(200);
    expect(sheet.headers['content-disposition']).toMatch(/^attachment; filename="vragen-\d{4}-\d\d-\d\d\.xlsx"$/);
    const put = t.api.post('/v1/register-imports?register=questions').set('Authorization', token);
    expect((await put.set('Content-Type', 'text/csv').send(text)).status).toBe(400);
    expect(await chair.see('/vragen')).toContain('/vragen/lijst.xlsx');
  });

  it('stands on the start page of its chair a week before its term', async () => {
    const { title } = await latest('?q=haag');
    expect(await chair.see('/')).not.toContain('Vragen om te beantwoorden');
    // Their browser sessions ended in the meantime.
    t.clock.set('2026-11-09T10:00:00Z');
    chair = await Visitor.of(t, adviserId);
    expect(await chair.see('/')).not.toContain('Vragen om te beantwoorden');
    t.clock.set('2026-11-10T10:00:00Z');
    [chair, asker] = [await Visitor.of(t, adviserId), await Visitor.of(t, askerId)];
    const page = await chair.see('/');
    expect(page).toContain('Vragen om te beantwoorden');
    expect(page).toContain(title);
    expect(await asker.see('/')).not.toContain('Vragen om te beantwoorden');
  });

  it('is on the public page only where both sides agreed, without the action that came of it', async () => {
    const visitor = new Visitor(t);
    await visitor.see(`/openbaar/gebied/${area}`, 404);
    const bench = await latest('?q=bank');
    for (const [by, version] of [
      [chair, bench.version],
      [asker, bench.version + 1],
    ] as const) {
      const page = `/vragen/${bench.id}`;
      expect((await by.post(`${page}/openbaar`, { version: String(version), agrees: 'ja' }, page)).status).toBe(303);
    }
    const page = await visitor.see(`/openbaar/gebied/${area}`);
    expect(page).toContain('Uw vraag, ons antwoord');
    expect(page).toContain('<strong>Waar blijft de bank?</strong>');
    expect(page).toContain('beantwoord: Toch in december.');
    expect(page).not.toMatch(/licht aan|snoeit de haag|secretaris/);
  });

  it('counts in the review as asked, answered in time and taken up, as known at that moment', async () => {
    const make = { areaId: area, fromOn: '2026-01-01', asOf: '2026-11-10' };
    const { body } = await t.api.post('/v1/reviews').set('Authorization', token).send(make).expect(201);
    const read = (query = '') => t.api.get(`/v1/reviews/${body.id}${query}`).set('Authorization', token).expect(200);
    const counted = { asked: 4, answered: 2, answeredInTime: 2, takenUp: 1 };
    expect((await read()).body.figures.questions).toEqual(counted);
    const before = (await read('?knownAt=2026-01-01T00:00:00Z')).body.figures.questions;
    expect(before).toEqual({ asked: 0, answered: 0, answeredInTime: 0, takenUp: 0 });
    expect(await chair.see(`/v1/reviews/${body.id}`)).toContain('Gesteld: 4 vragen.');
  });
});

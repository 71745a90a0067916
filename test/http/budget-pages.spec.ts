import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { agendaItem } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: string;
  let chair: Visitor;
  let secretary: Visitor;
  let token: string;
  let meeting: string;
  let board: string;
  let secretaryId: string;

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-10-06', isStory: true });
    area = (await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' })).id;
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area);
    token = await t.make.token(adviser.id);
    secretaryId = (await t.make.person({ name: 'notulist Boskoop' })).id;
    meeting = (await t.make.meeting(area)).id;
    board = (await t.make.organisation({ name: 'Dorpsraad Boskoop', kind: 'residents' })).id;
    chair = await Visitor.of(t, adviser.id);
    secretary = await Visitor.of(t, secretaryId);
  });

  const versionOn = (text: string): string => /name="version" value="(\d+)"/.exec(text)![1];
  const latest = async (noun: string) =>
    (await t.api.get(`/v1/${noun}`).set('Authorization', token).expect(200)).body.items[0];
  const sums = async () => {
    const { granted, left } = await latest('budgets');
    return [granted, left];
  };
  const record = async (title: string, requested: string): Promise<string> => {
    const { id } = await latest('budgets');
    const from = `/budgetten/${id}`;
    expect((await chair.post(`${from}/initiatieven`, { title, requested }, from)).status).toBe(303);
    return (await latest(`initiatives?q=${title}`)).id;
  };

  it('is not there until a chair starts it', async () => {
    await t.make.session(meeting, { heldOn: '2026-10-05', state: 'cancelled' });
    expect(await chair.see('/')).not.toContain('Leefbaarheidsbudget');
    const form = '/budgetten/nieuw';
    const refused = await chair.post(form, { areaId: area, year: '2026', amount: '1.250,5' });
    expect([refused.status, refused.text.includes('twee cijfers achter de komma')]).toEqual([400, true]);
    const made = await chair.post(form, { areaId: area, year: '2026', amount: '1.250,50', isPublic: 'ja' });
    expect(made.status).toBe(303);
    expect(await chair.see(made.headers.location)).toContain('Leefbaarheidsbudget Boskoop 2026');
    expect(await chair.see('/budgetten')).toMatch(
      /<th scope="col" class="amount">Totaal<[^]*<td class="amount" data-label="Totaal">€/,
    );
    expect(await chair.see(`/gebieden/${area}`)).toContain(`/budgetten?area&#x3D;${area}`);
  });

  it('stands on the start page of its chair in October while more than half is unspent', async () => {
    expect(await chair.see('/')).toContain('Boskoop: €\u00a01.250,50 van €\u00a01.250,50 is niet uitgegeven');
  });

  it('is granted at the table with one press, by the notulist too, and in the minutes of that session', async () => {
    const [feast, tree] = [await record('Zomerfeest', '450'), await record('Boom', '900')];
    const session = await t.make.session(meeting, { heldOn: '2026-10-06', state: 'open', secretaryId });
    await agendaItem(t, session.id, { title: 'Jongeren', notes: 'Besproken.', number: '1' });
    const desk = `/vergaderingen/${session.id}`;
    const page = await secretary.see(desk);
    expect(page).toContain('Toekennen €\u00a0450');
    const asked = { title: 'Bankje', requested: '1.250,5', requestedById: board };
    const wrong = await secretary.post(`${desk}/initiatieven`, asked, desk);
    expect([wrong.status, wrong.text.includes('twee cijfers achter de komma')]).toEqual([400, true]);
    expect((await secretary.post(`${desk}/initiatieven`, { ...asked, requested: '1.250,50' }, desk)).status).toBe(303);
    expect(await latest('initiatives?q=Bankje')).toMatchObject({
      ...{ requested: '1250.50', requestedByName: 'Dorpsraad Boskoop', state: 'requested' },
    });
    const press = (id: string, fields: object) =>
      secretary.post(`${desk}/initiatieven/${id}`, { version: '1', outcome: 'granted', ...fields }, desk);
    expect((await press(feast, {})).status).toBe(303);
    expect(await sums()).toEqual(['450.00', '800.50']);
    const tooMuch = await press(tree, { granted: '900,00' });
    expect([tooMuch.status, tooMuch.text.includes('Dit is meer dan er over is.')]).toEqual([400, true]);
    expect((await press(tree, { granted: '900', reason: 'De provincie betaalt de helft.' })).status).toBe(303);
    await secretary.post(`${desk}/initiatieven/${feast}/ongedaan`, { version: '2' }, desk);
    expect(await sums()).toEqual(['900.00', '350.50']);
    expect((await press(feast, { version: '3', granted: '300' })).status).toBe(303);
    const closing = await chair.post(
      `${desk}/sluiten`,
      { version: versionOn(await chair.see(desk)), how: 'close' },
      desk,
    );
    expect(closing.status).toBe(303);
    const { body } = await t.api.get(`/v1/sessions/${session.id}/minutes`).set('Authorization', token).expect(200);
    expect(body.initiatives).toEqual([
      {
        title: 'Boom',
        requestedBy: null,
        outcome: 'granted',
        granted: '900.00',
        reason: 'De provincie betaalt de helft.',
      },
      { title: 'Zomerfeest', requestedBy: null, outcome: 'granted', granted: '300.00', reason: null },
    ]);
    expect(await chair.see(`/verslagen/${session.id}`)).toContain(
      'Boom (bewoners): toegekend €\u00a0900. De provincie',
    );
    const late = await press(feast, { version: '4' });
    expect(late.status).toBe(404);
    const page2 = `/initiatieven/${feast}`;
    const text = await chair.see(page2);
    expect(text).toContain('in de vergadering van dinsdag 6 oktober 2026');
    const undo = await t.api
      .delete(`/v1/initiatives/${feast}/decision`)
      .set('Authorization', token)
      .set('If-Match', '"4"');
    expect([undo.status, undo.body.code]).toEqual([409, 'DECISION_IN_MINUTES']);
  });

  it('is accounted for on the page of the initiative', async () => {
    const { id, version } = await latest('initiatives?q=Zomerfeest');
    const page = `/initiatieven/${id}`;
    const spend = (fields: object) => chair.post(`${page}/besteding`, { version: String(version), ...fields }, page);
    expect((await spend({ spent: '-5' })).status).toBe(400);
    expect((await spend({ spent: '431,20', isAccountedFor: 'ja', result: 'Gelukt.' })).status).toBe(303);
    expect(await chair.see(page)).toContain('€\u00a0431,20');
    expect(await chair.see(page)).toContain(`href="${page}/bestanden"`);
    expect(await chair.see(`${page}/bestanden`)).toMatch(/Een bon is nooit openbaar[^]*type="file"/);
    await secretary.see(`${page}/bestanden`, 403);
    const action = await t.make.action({ areaId: area, number: 'BOS-12', title: 'Tent regelen' });
    const wanted = { version: String(version + 1), numbers: 'bos-12' };
    expect((await chair.post(`${page}/acties`, wanted, page)).status).toBe(303);
    expect(await chair.see(page)).toContain(`/acties/${action.id}`);
  });

  it('stands in the review per theme, as known at that moment', async () => {
    const make = { areaId: area, fromOn: '2026-01-01', asOf: '2026-10-06' };
    const { body } = await t.api.post('/v1/reviews').set('Authorization', token).send(make).expect(201);
    const read = (query = '') => t.api.get(`/v1/reviews/${body.id}${query}`).set('Authorization', token);
    expect((await read().expect(200)).body.figures.budget).toEqual({
      ...{ budgets: 1, available: '1250.50', granted: '1200.00', left: '50.50', spent: '431.20' },
      ...{ initiatives: 2, accountedFor: 1 },
      themes: [{ theme: null, initiatives: 2, granted: '1200.00', spent: '431.20', accountedFor: 1 }],
    });
    const before = await read('?knownAt=2026-01-01T00:00:00Z').expect(200);
    expect(before.body.figures.budget).toMatchObject({ budgets: 0, available: '0.00', themes: [] });
    const page = await chair.see(`/v1/reviews/${body.id}`);
    expect(page).toContain(
      'Van de €\u00a01.250,50 is €\u00a01.200 toegekend aan 2 initiatieven; €\u00a050,50 is over.',
    );
  });

  it('is public with what was granted, and never says who asked, what waits or what was refused and why', async () => {
    const visitor = new Visitor(t);
    const waiting = await record('Geheimewens', '10');
    const refused = await record('Afgewezenwens', '20');
    const decision = { outcome: 'refused', reason: 'Vanwegedatwoord' };
    await t.api
      .put(`/v1/initiatives/${refused}/decision`)
      .set('Authorization', token)
      .set('If-Match', '"1"')
      .send(decision);
    const tree = await latest('initiatives?q=Boom');
    const patch = t.api
      .patch(`/v1/initiatives/${tree.id}`)
      .set('Authorization', token)
      .set('If-Match', `"${tree.version}"`);
    await patch.send({ isPublic: true, reference: 'Zaaknummerwoord' }).expect(200);
    const page = await visitor.see(`/openbaar/gebied/${area}`);
    expect(page).toContain('€\u00a01.200 van €\u00a01.250,50 toegekend; €\u00a050,50 over');
    expect(page).toContain('<strong>Boom</strong>: €\u00a0900');
    expect(page).toContain('1 ander initiatief: €\u00a0300');
    for (const term of ['Hoeveel is er nog?', 'Tot wanneer?', 'Aan wie vraag ik het?', 'Wie beslist?']) {
      expect(page).toContain(term);
    }
    const secret = /Geheimewens|Afgewezenwens|Vanwegedatwoord|Zaaknummerwoord|Zomerfeest|provincie/;
    expect(page).not.toMatch(secret);
    expect(waiting).toBeTruthy();
    const agenda = { areaId: area, year: 2026 };
    const { body } = await t.api.post('/v1/wijkagendas').set('Authorization', token).send(agenda).expect(201);
    expect(await chair.see(`/wijkagenda/${body.id}`)).toContain('<strong>Zomerfeest</strong>: €\u00a0300');
    const preview = await t.api.get(`/v1/wijkagendas/${body.id}/publication`).set('Authorization', token).expect(200);
    expect(preview.body.budget).toMatchObject({ left: '50.50', others: { count: 1, granted: '300.00' } });
    expect(JSON.stringify(preview.body)).not.toMatch(secret);
  });
});

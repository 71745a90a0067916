import { beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { pdf, photo } from '../support/files.js';
import { agendaItem } from '../support/minutes.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: string;
  let board: string;
  const who: Record<string, string> = {};
  let year = 2030;

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-07-02' });
    area = (await t.make.area({ name: 'Boskoop', code: 'BOS', inhabitants: { 2024: 15_000, 2028: 16_000 } })).id;
    board = (await t.make.organisation({ name: 'Dorpsraad Boskoop', kind: 'residents' })).id;
    who.chair = await t.make.signedIn('chair', area);
    who.reader = await t.make.signedIn('reader', area);
    who.other = await t.make.signedIn('chair', (await t.make.area({ name: 'Ridderveld', code: 'RID' })).id);
  });

  const get = (path: string, as = 'chair') => t.api.get(`/v1/${path}`).set('Authorization', who[as]);
  const post = (path: string, body: object) => t.api.post(`/v1/${path}`).set('Authorization', who.chair).send(body);
  const at = (method: 'patch' | 'put' | 'delete', path: string, version: number, body?: object) =>
    t.api[method](`/v1/${path}`).set('Authorization', who.chair).set('If-Match', `"${version}"`).send(body);
  /** A budget of € 1,000.50 in a separate year. */
  const budget = async (fields: object = {}): Promise<string> =>
    (await post('budgets', { areaId: area, year: (year += 1), amount: '1000,50', ...fields }).expect(201)).body.id;
  const asked = async (budgetId: string, requested = '450', fields: object = {}): Promise<string> =>
    (await post('initiatives', { budgetId, title: 'Zomerfeest', requested, ...fields }).expect(201)).body.id;
  const grant = (id: string, version = 1, fields: object = {}) =>
    at('put', `initiatives/${id}/decision`, version, { outcome: 'granted', ...fields });
  const count = async (table: string) =>
    (await rows<{ n: number }>(t.database.reader, `SELECT count(*) AS "n" FROM "${table}"`))[0].n;

  describe('a budget', () => {
    it('is inhabitants times € 2.00 unless another rate or an amount is typed', async () => {
      const made = await post('budgets', { areaId: area, year: 2026, carryOver: '12.50' }).expect(201);
      expect(made.body).toMatchObject({
        ...{ amount: '30000.00', inhabitants: 15_000, rate: '2.00', carryOver: '12.50', total: '30012.50' },
        ...{ left: '30012.50', closesOn: '2026-12-31', isPublic: false },
      });
      const { body } = await at('patch', `budgets/${made.body.id}`, 1, { rate: '1,5' }).expect(400);
      expect(body.errors[0].field).toBe('rate');
      await at('patch', `budgets/${made.body.id}`, 1, { rate: '1,50' }).expect(200);
      const grouped = await at('patch', `budgets/${made.body.id}`, 2, { carryOver: '1.250' }).expect(200);
      expect(grouped.body).toMatchObject({ carryOver: '1250.00', total: '23750.00' });
      const typed = await at('patch', `budgets/${made.body.id}`, 3, { amount: '400' }).expect(200);
      expect(typed.body).toMatchObject({ amount: '400.00', rate: null, inhabitants: null });
      const changes = (await get(`budgets/${made.body.id}/changes`).expect(200)).body.items;
      expect(changes.map(({ amount }: { amount: string }) => amount)).toEqual([
        '400.00',
        '22500.00',
        '22500.00',
        '30000.00',
      ]);
      expect(changes[0].recordedByName).toMatch(/\w/);
      expect((await get(`budgets/${made.body.id}/changes`, 'reader')).body.items[0].recordedByName).toBeNull();
    });

    it('is one for an area and year, and asks for an amount where the register has no inhabitants', async () => {
      await budget({ year: 2029 });
      expect((await post('budgets', { areaId: area, year: 2029, amount: '1' }).expect(409)).body.code).toBe(
        'BUDGET_EXISTS',
      );
      const { body } = await post('budgets', { areaId: area, year: 2020 }).expect(400);
      expect(body.errors).toMatchObject([{ field: 'amount', code: 'NO_INHABITANTS' }]);
    });

    it.each([
      '-450',
      '1.250.50',
      '1,250.50',
      '4,5',
      '450,505',
      'veel',
      '20000000,01',
      '',
      '1e3',
      '٤٥٠',
      450,
      450.5,
      null,
      '0x10',
    ])('refuses %j as an amount and changes nothing', async (amount) => {
      const id = await budget();
      const before = [await count('budgets'), await count('budget_changes'), await count('initiatives')];
      for (const answer of [
        await post('budgets', { areaId: area, year: 2099, amount }),
        await at('patch', `budgets/${id}`, 1, { carryOver: amount }),
        await post('initiatives', { budgetId: id, title: 'Feest', requested: amount }),
      ]) {
        expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_INPUT']);
      }
      expect([await count('budgets'), await count('budget_changes'), await count('initiatives')]).toEqual(before);
      expect((await get(`budgets/${id}`)).body).toMatchObject({ carryOver: '0.00', version: 1 });
    });
  });

  describe('an initiative', () => {
    it('is granted what it asks, and the budget says what is left', async () => {
      const id = await budget({ carryOver: '0,50' });
      const initiative = await asked(id, '450.10', { requestedById: board, theme: 'voorzieningen', reference: 'Z-1' });
      expect((await grant(initiative).expect(200)).body).toMatchObject({
        ...{ state: 'granted', granted: '450.10', decidedOn: '2026-07-02', sessionId: null, version: 2 },
        ...{ requestedByName: 'Dorpsraad Boskoop' },
      });
      const other = await asked(id, '20');
      expect((await get(`budgets/${id}`, 'reader').expect(200)).body).toMatchObject({
        ...{ granted: '450.10', left: '550.90', spent: '0.00', undecided: '20.00', grantedCount: 1 },
      });
      await grant(other).expect(200);
      await at('patch', `initiatives/${initiative}`, 2, { spent: '431,20', isAccountedFor: true, result: 'Gelukt' });
      expect((await get(`budgets/${id}`)).body).toMatchObject({
        granted: '470.10',
        spent: '431.20',
        accounted: '450.10',
        accountedCount: 1,
      });
      const { items } = (await get(`initiatives/${initiative}/changes`).expect(200)).body;
      expect(items.map(({ verb }: { verb: string }) => verb)).toEqual(['changed', 'granted', 'recorded']);
      expect(items[0]).toMatchObject({ spent: '431.20', granted: '450.10', isAccountedFor: true });
      // Its own earlier amount is free again: everything not granted to the other is left for it.
      await grant(initiative, 3, { granted: '981' }).expect(200);
      expect((await get(`budgets/${id}`)).body.left).toBe('0.00');
    });

    it('asks for a reason when it is refused, and when more is granted than is left', async () => {
      const id = await budget();
      const [one, other] = [await asked(id, '1000'), await asked(id, '0,51')];
      await grant(one).expect(200);
      expect((await grant(other).expect(400)).body.errors).toMatchObject([{ field: 'reason', code: 'MORE_THAN_LEFT' }]);
      await grant(other, 1, { granted: '0.50' }).expect(200);
      expect((await get(`budgets/${id}`)).body.left).toBe('0.00');
      expect((await grant(other, 2, { reason: 'Uit het wijkbudget.' }).expect(200)).body.reason).toBe(
        'Uit het wijkbudget.',
      );
      expect((await get(`budgets/${id}`)).body.left).toBe('-0.01');
      const refuse = (version: number, fields = {}) =>
        at('put', `initiatives/${one}/decision`, version, { outcome: 'refused', ...fields });
      expect((await refuse(2).expect(400)).body.errors).toMatchObject([{ field: 'reason', code: 'REASON_REQUIRED' }]);
      expect((await refuse(2, { reason: 'Past niet.' }).expect(200)).body).toMatchObject({
        state: 'refused',
        granted: null,
      });
      expect((await get(`budgets/${id}`)).body.left).toBe('999.99');
    });

    it('never grants the same money twice, however many press at once', async () => {
      const id = await budget({ amount: '1000' });
      const ids = await Promise.all(Array.from({ length: 4 }, () => asked(id, '400')));
      const answers = await Promise.all(ids.map((one) => grant(one)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 400, 400]);
      expect((await get(`budgets/${id}`)).body.left).toBe('200.00');
    });

    it('has no spending before it is granted, and keeps its grant once money was spent', async () => {
      const initiative = await asked(await budget());
      const early = await at('patch', `initiatives/${initiative}`, 1, { spent: '1', isAccountedFor: true }).expect(400);
      expect(early.body.errors.map(({ code }: { code: string }) => code)).toEqual(['NOT_GRANTED', 'NOT_GRANTED']);
      expect((await at('delete', `initiatives/${initiative}/decision`, 1).expect(409)).body.code).toBe('NOT_DECIDED');
      await grant(initiative).expect(200);
      await at('patch', `initiatives/${initiative}`, 2, { spent: '1' }).expect(200);
      for (const answer of [
        await at('delete', `initiatives/${initiative}/decision`, 3),
        await at('put', `initiatives/${initiative}/decision`, 3, { outcome: 'refused', reason: 'Toch niet.' }),
      ])
        expect([answer.status, answer.body.code]).toEqual([409, 'INITIATIVE_SPENT']);
      expect((await grant(initiative, 2).expect(412)).body.code).toBe('VERSION_CHANGED');
    });

    it('is decided on in a session, but not in a confidential agenda item, whether one knows that item or not', async () => {
      const meeting = await t.make.meeting(area);
      const session = await t.make.session(meeting.id, { heldOn: '2026-07-01', state: 'open' });
      const open = await agendaItem(t, session.id, { title: 'Initiatieven' });
      const secret = await agendaItem(t, session.id, { title: 'Casus', number: 'V1' }, [board]);
      const initiative = await asked(await budget());
      const inSession = { sessionId: session.id };
      const answers = [];
      for (const agendaItemId of [secret.id, area])
        answers.push((await grant(initiative, 1, { ...inSession, agendaItemId }).expect(400)).body.errors);
      expect(answers[0]).toEqual(answers[1]);
      const granted = await grant(initiative, 1, { ...inSession, agendaItemId: open.id }).expect(200);
      expect(granted.body).toMatchObject({ decidedOn: '2026-07-01', sessionId: session.id });
      const undone = await at('delete', `initiatives/${initiative}/decision`, 2).expect(200);
      expect(undone.body).toMatchObject({ state: 'requested', granted: null, sessionId: null });
    });

    it('names actions that carry it out, none of them confidential', async () => {
      const initiative = await asked(await budget());
      const action = await t.make.action({ areaId: area, title: 'Tent regelen', ownerId: board });
      const secret = await t.make.action({ areaId: area, ownerId: board, isConfidential: true, partyIds: [board] });
      const path = `initiatives/${initiative}/actions`;
      const refused = await at('put', path, 1, { actionIds: [action.id, secret.id] }).expect(400);
      expect(refused.body.errors).toMatchObject([{ field: 'actionIds.1' }]);
      const { body } = await at('put', path, 1, { actionIds: [action.id] }).expect(200);
      expect(body.actions).toMatchObject([{ id: action.id, title: 'Tent regelen' }]);
      expect((await get(`initiatives/${initiative}`, 'reader').expect(200)).body.actions).toEqual([]);
      const open = { areaId: area, ownerId: board, isPublic: true, publicText: 'Tent voor het feest' };
      const shown = await t.make.action({ ...open, title: 'Tent halen bij de buurman' });
      await at('put', path, 2, { actionIds: [shown.id] }).expect(200);
      const seen = (await get(`initiatives/${initiative}`, 'reader').expect(200)).body;
      expect(seen.actions).toMatchObject([{ id: shown.id, title: 'Tent voor het feest' }]);
    });

    it('keeps receipts for those who write its budget, and shows only photos to everyone, once marked so', async () => {
      const budgetId = await budget({ isPublic: true });
      const id = await asked(budgetId, '450', { isPublic: true });
      const path = `/v1/initiatives/${id}/files`;
      const send = (file: Buffer, name: string, as = 'chair') =>
        t.api.post(path).set('Authorization', who[as]).attach('file', file, name);
      const { body: receipt } = await send(pdf(), 'bon.pdf').expect(201);
      const { body: picture } = await send(await photo(60, 40), 'feest.jpg').expect(201);
      await send(pdf(), 'bon.pdf', 'reader').expect(403);
      await send(pdf(), 'bon.pdf', 'other').expect(404);
      for (const end of ['', `/${receipt.id}`, `/${picture.id}/thumbnail`]) {
        await t.api
          .get(path + end)
          .set('Authorization', who.chair)
          .expect(200);
        await t.api
          .get(path + end)
          .set('Authorization', who.reader)
          .expect(403);
        await t.api
          .get(path + end)
          .set('Authorization', who.other)
          .expect(404);
      }
      const open = (fileId: string) => at('patch', `initiatives/${id}/files/${fileId}`, 1, { isPublic: true });
      expect((await open(receipt.id).expect(409)).body.code).toBe('FILE_NOT_A_PHOTO');
      await open(picture.id).expect(200);
      const place = `/v1/public/areas/${area}/files`;
      const shown = async () => (await t.api.get(place).expect(200)).body.items as object[];
      expect(await shown()).toEqual([]);
      await grant(id).expect(200);
      expect(await shown()).toMatchObject([{ id: picture.id, what: 'Zomerfeest', format: 'jpeg' }]);
      await t.api.get(`${place}/${receipt.id}`).expect(404);
      for (const one of [`initiatives/${id}`, `budgets/${budgetId}`]) {
        for (const isPublic of [false, true]) {
          await at('patch', one, (await get(one)).body.version, { isPublic }).expect(200);
          expect(await shown()).toHaveLength(isPublic ? 1 : 0);
        }
      }
      await at('delete', `initiatives/${id}/files/${picture.id}`, 2).expect(204);
      expect(await shown()).toEqual([]);
    });

    it('is unknown outside its area', async () => {
      const initiative = await asked(await budget());
      await get(`initiatives/${initiative}`, 'other').expect(404);
      expect((await get('budgets', 'other').expect(200)).body.total).toBe(0);
      expect((await get(`initiatives?area=${area}`, 'other').expect(200)).body.total).toBe(0);
      expect(
        (await get(`initiatives?area=${area}&state=requested&q=zomer&pageSize=1`).expect(200)).body.total,
      ).toBeGreaterThan(2);
    });
  });
});

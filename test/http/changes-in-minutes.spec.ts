import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { verifyMinutes } from '../../src/minutes/verification.service.js';
import { readPdf, wholeText } from '../support/pdf.mjs';
import { setUpDiscussions } from './discussions.setup.js';

type Named = { number: string };

/** Which changes of actions are in the minutes of which session. */
onBothDatabases((kind) => {
  const d = setUpDiscussions(kind);
  const laid = async () => {
    const table = await d.laid();
    const { as, chair, action, police, step } = table;
    return {
      ...table,
      owned: (fields = {}) => action({ ownerId: police.id, recordedOn: '2026-05-05', ...fields }),
      enter: async (id: string, body: object, who = chair) =>
        (await as(who, 'post', `/v1/actions/${id}/updates`, body).expect(201)).body,
      reopen: (id: string) => step(id, 'reopening', { reason: 'Iets vergeten.' }),
      minutes: async (id: string) => (await as(chair, 'get', `/v1/sessions/${id}/minutes`).expect(200)).body,
      /** The numbers in each list of the minutes. */
      numbers: async (id: string) => {
        const { body } = await as(chair, 'get', `/v1/sessions/${id}/minutes`).expect(200);
        const of = (list: Named[]) => list.map(({ number }) => number);
        return { discussed: of(body.discussed), reportedDone: of(body.reportedDone) };
      },
      discussedOn: async (id: string) => (await as(chair, 'get', `/v1/actions/${id}`).expect(200)).body.discussedOn,
    };
  };
  const NEXT = '2026-06-30';

  for (const [whom, who, inSession] of [
    ['a partner', 'partner', false],
    ['the chair', 'chair', false],
    ['the chair in the session', 'chair', true],
  ] as const) {
    it(`reports what ${whom} finishes while a session is open in its minutes, and never again`, async () => {
      const l = await laid();
      const one = await l.owned();
      const ids = [await l.session(), await l.session(NEXT)];
      await l.open(ids[0]);
      const body = { status: 'done', result: 'De bak staat er.', ...(inSession && { sessionId: ids[0] }) };
      await l.enter(one.id, body, l[who]);
      expect(await l.list(ids[0])).toMatchObject([{ kind: 'open', outcome: inSession ? 'updated' : null }]);
      await l.close(ids[0]);
      expect(await l.numbers(ids[0])).toEqual({ discussed: [], reportedDone: [one.number] });
      expect((await l.minutes(ids[0])).reportedDone[0]).toMatchObject({
        doneOn: '2026-06-02',
        result: 'De bak staat er.',
      });
      expect(await l.discussedOn(one.id)).toEqual(['2026-06-02']);
      d.t.clock.set(`${NEXT}T10:00:00Z`);
      await l.open(ids[1]);
      await l.close(ids[1]);
      expect(await l.numbers(ids[1])).toEqual({ discussed: [], reportedDone: [] });
    });
  }

  it('says why an action was cancelled, whether between sessions or at the table', async () => {
    const l = await laid();
    const [between, there] = [await l.owned(), await l.owned()];
    await l.enter(between.id, { status: 'cancelled', reason: 'De bank is al weg.' }, l.partner);
    const id = await l.session();
    await l.open(id);
    await l.enter(there.id, { status: 'cancelled', reason: 'Er is geen geld.', sessionId: id }, l.chair);
    await l.close(id);
    expect((await l.minutes(id)).reportedDone).toMatchObject([
      { number: between.number, status: 'cancelled', result: 'De bank is al weg.' },
      { number: there.number, status: 'cancelled', result: 'Er is geen geld.' },
    ]);
    const { text } = await d.t.api
      .get(`/v1/sessions/${id}/minutes`)
      .set({ Authorization: l.chair, Accept: 'text/html' });
    expect(text.match(/De bank is al weg\./g)).toHaveLength(1);
    expect(text.match(/Er is geen geld\./g)).toHaveLength(1);
  });

  it('accepts at the table, with all that was reported done, what is finished meanwhile', async () => {
    const l = await laid();
    const one = await l.owned();
    const id = await l.session();
    await l.open(id);
    await l.enter(one.id, { status: 'done' }, l.partner);
    expect(await l.list(id)).toMatchObject([{ section: 'reported_done', outcome: null }]);
  });

  it('keeps out of "gereed gemeld" what goes on again before the session closes', async () => {
    const l = await laid();
    const [one, two] = [await l.owned(), await l.owned()];
    await l.enter(one.id, { status: 'done' }, l.partner);
    const ids = [await l.session(), await l.session(NEXT)];
    await l.open(ids[0]);
    await l.enter(one.id, { status: 'open', reason: 'Toch niet.' }, l.partner);
    await l.enter(two.id, { status: 'done' }, l.partner);
    await l.enter(two.id, { status: 'open', reason: 'Toch niet.' }, l.partner);
    await l.close(ids[0]);
    expect(await l.numbers(ids[0])).toEqual({ discussed: [], reportedDone: [] });
    expect(await l.discussedOn(one.id)).toEqual([]);
    d.t.clock.set('2026-06-10T10:00:00Z');
    for (const { id } of [one, two]) await l.enter(id, { status: 'done' }, l.partner);
    d.t.clock.set(`${NEXT}T10:00:00Z`);
    await l.open(ids[1]);
    await l.close(ids[1]);
    expect((await l.numbers(ids[1])).reportedDone).toEqual([one.number, two.number]);
  });

  it('leaves to the next session what is finished after the day of one that is still open', async () => {
    const l = await laid();
    const one = await l.owned();
    const ids = [await l.session(), await l.session(NEXT)];
    await l.open(ids[0]);
    d.t.clock.set('2026-06-05T10:00:00Z');
    await l.enter(one.id, { status: 'done' }, l.partner);
    await l.close(ids[0]);
    expect(await l.numbers(ids[0])).toEqual({ discussed: [], reportedDone: [] });
    d.t.clock.set(`${NEXT}T10:00:00Z`);
    await l.open(ids[1]);
    await l.close(ids[1]);
    expect(await l.numbers(ids[1])).toEqual({ discussed: [], reportedDone: [one.number] });
  });

  it('has what was recorded and finished in one session in both lists of it', async () => {
    const l = await laid();
    const ids = [await l.session(), await l.session(NEXT)];
    await l.open(ids[0]);
    const fields = { title: 'Bel de huisbaas', ownerId: l.police.id, dueOn: '2026-06-09' };
    const { body } = await l.as(l.chair, 'post', `/v1/sessions/${ids[0]}/actions`, fields).expect(201);
    await l.enter(body.id, { status: 'done' });
    await l.close(ids[0]);
    expect((await l.minutes(ids[0])).actions).toMatchObject([{ number: body.number }]);
    expect(await l.numbers(ids[0])).toEqual({ discussed: [], reportedDone: [body.number] });
    d.t.clock.set(`${NEXT}T10:00:00Z`);
    await l.open(ids[1]);
    expect(await l.list(ids[1])).toEqual([]);
  });

  it('counts as discussed what is entered in a session, also of an action recorded since its opening', async () => {
    const l = await laid();
    const before = await l.owned();
    const id = await l.session();
    await l.open(id);
    const meanwhile = await l.owned({ recordedOn: '2026-06-02' });
    for (const one of [before, meanwhile]) await l.enter(one.id, { status: 'in_progress', sessionId: id });
    await l.close(id);
    expect(await l.numbers(id)).toEqual({ discussed: [before.number, meanwhile.number], reportedDone: [] });
    expect(await l.discussedOn(meanwhile.id)).toEqual(['2026-06-02']);
  });

  it('ends what was said with a full stop when something follows', async () => {
    const l = await laid();
    const one = await l.owned({ dueOn: '2026-05-20' });
    const id = await l.session();
    await l.open(id);
    const [row] = await l.list(id);
    await l.as(l.chair, 'patch', `/v1/discussions/${row.id}`, { note: 'De aannemer kan in juli' }, 1).expect(200);
    await l.enter(one.id, { dueOn: '2026-07-10', reason: 'Eerder lukt niet!', sessionId: id });
    await l.close(id);
    const { text } = await l.as(l.chair, 'get', `/v1/sessions/${id}/minutes`).set('Accept', 'text/plain').expect(200);
    expect(text).toContain(
      'De aannemer kan in juli. Wanneer: was woensdag 20 mei 2026, wordt vrijdag 10 juli 2026 (1e keer uitgesteld). Eerder lukt niet!',
    );
  });

  it('says what a deadline, an owner and a status agreed in the session were before, once, in every form', async () => {
    const l = await laid();
    const one = await l.owned({ title: 'Lantaarn Zijde', dueOn: '2026-06-26' });
    const other = await l.owned({ title: 'Plan de schouw' });
    const bor = await d.t.make.organisation({ name: `BOR ${one.number}` });
    const id = await l.session();
    await l.open(id);
    const agreed = { dueOn: '2027-01-15', reason: 'De leverancier is failliet.', sessionId: id };
    await l.enter(one.id, agreed);
    await l.enter(one.id, { ownerId: bor.id, status: 'in_progress', sessionId: id });
    await l.enter(other.id, { dueOn: '2026-06-09' }, l.partner);
    await l.close(id);
    const { discussed } = await l.minutes(id);
    expect(discussed).toMatchObject([
      {
        number: one.number,
        outcome: 'updated',
        owner: bor.name,
        status: 'in_progress',
        changes: {
          deadline: {
            was: { dueOn: '2026-06-26', text: 'vrijdag 26 juni 2026' },
            becomes: { dueOn: '2027-01-15' },
            postponements: 1,
          },
          owner: { was: l.police.name, becomes: bor.name },
          status: { was: 'open', becomes: 'in_progress' },
          said: 'De leverancier is failliet.',
        },
      },
    ]);
    const words = [
      'loopt (was open). Wanneer: was vrijdag 26 juni 2026, wordt vrijdag 15 januari 2027 (1e keer uitgesteld).',
      `Wie: was ${l.police.name}, wordt ${bor.name}.`,
      'De leverancier is failliet.',
    ].join(' ');
    for (const type of ['text/plain', 'text/html']) {
      const { text } = await l.as(l.chair, 'get', `/v1/sessions/${id}/minutes`).set('Accept', type).expect(200);
      expect(text.split(words)).toHaveLength(2);
    }
    const read = l
      .as(l.chair, 'get', `/v1/sessions/${id}/minutes`)
      .set('Accept', 'application/pdf')
      .responseType('blob');
    expect(wholeText(readPdf((await read.expect(200)).body as Buffer).root)).toContain('wordt vrijdag 15 januari 2027');
    const next = await l.session(NEXT);
    d.t.clock.set(`${NEXT}T10:00:00Z`);
    await l.open(next);
    await l.close(next);
    expect((await l.minutes(next)).discussed).toEqual([]);
  });

  it('keeps in a next version what was changed in the session, from what it was before that', async () => {
    const l = await laid();
    const one = await l.owned({ dueOn: '2026-06-26' });
    const id = await l.session();
    await l.open(id);
    await l.enter(one.id, { dueOn: '2026-07-15', reason: 'Vakantie.', sessionId: id });
    await l.close(id);
    await l.reopen(id);
    await l.enter(one.id, { dueOn: '2026-07-22', reason: 'Verkeerd genoteerd.', sessionId: id });
    await l.close(id);
    const { number, discussed } = await l.minutes(id);
    expect([number, discussed]).toMatchObject([
      2,
      [{ changes: { deadline: { was: { dueOn: '2026-06-26' }, becomes: { dueOn: '2026-07-22' }, postponements: 2 } } }],
    ]);
    expect(await verifyMinutes(d.t.database.reader)).toEqual([]);
  });
});

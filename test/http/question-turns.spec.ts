import { expect, it } from '@jest/globals';
import { execute } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { QuestionScheduler } from '../../src/questions/questions.scheduler.js';
import { onBothDatabases } from '../support/app.js';
import { agendaItem } from '../support/minutes.js';
import { setUpQuestions } from './questions.setup.js';

onBothDatabases((kind) => {
  const q = setUpQuestions(kind);
  const { asked, settle, update, told, lastMail } = q;
  const close = (sessionId: string) =>
    q.t.app.get(Transactions).run(async (m) => {
      const closing = `UPDATE "sessions" SET "state" = 'closed', "closedAt" = $1 WHERE "id" = $2`;
      await execute(m, closing, [q.t.clock.moment(), sessionId]);
    });

  it('say once in plain words what became of its initiative, or who has it now', async () => {
    await told();
    const own = (path: string, body: object) =>
      q.t.api.post(`/v1/${path}`).set('Authorization', q.village.tokens.gemeente).send(body).expect(201);
    const { id: budgetId } = (await own('budgets', { areaId: q.village.area.id, year: 2026, amount: '1000' })).body;
    const decide = (id: string, version: number, body: object) =>
      q.t.api
        .put(`/v1/initiatives/${id}/decision`)
        .set({ Authorization: q.village.tokens.gemeente, 'If-Match': `"${version}"` })
        .send(body)
        .expect(200);
    for (const [decision, subject, words] of [
      [{ outcome: 'granted' }, 'Er is geld voor uw initiatief', 'Feest: toegekend €\u00a0450.'],
      [{ outcome: 'refused', reason: 'Het past niet.' }, 'Er komt geen geld voor uw initiatief', 'Het past niet.'],
    ] as const) {
      q.t.clock.set('2026-07-02T12:00:00Z');
      const { id } = await asked();
      const initiative = (await own('initiatives', { budgetId, title: 'Feest', requested: '450' })).body;
      await told();
      await settle(id, 1, { outcome: 'initiative', initiativeId: initiative.id }).expect(200);
      expect(await told()).toEqual(['Uw vraag is een initiatief geworden']);
      expect(lastMail()).toContain('Het initiatief: Feest.');
      q.t.clock.set('2026-07-03T08:00:00Z');
      await decide(initiative.id, 2, decision);
      expect(await told()).toEqual([subject]);
      expect(lastMail()).toContain(words);
      expect(await told()).toEqual([]);
    }
    q.t.clock.set('2026-07-02T12:00:00Z');
    const { id: atTable } = await asked();
    const feast = (await own('initiatives', { budgetId, title: 'Buurtfeest', requested: '5' })).body;
    await settle(atTable, 1, { outcome: 'initiative', initiativeId: feast.id }).expect(200);
    await told();
    q.t.clock.set('2026-07-03T08:00:00Z');
    const session = await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-03', state: 'open' });
    await decide(feast.id, 2, { outcome: 'granted', sessionId: session.id });
    expect(await told()).toEqual([]);
    await close(session.id);
    expect(await told()).toEqual(['Er is geld voor uw initiatief']);
    for (const [outcome, subject, words] of [
      [
        { outcome: 'passed_on', passedTo: 'de provincie.', reference: 'P-7' },
        'Uw vraag is doorgegeven',
        'Uw vraag ligt nu bij: de provincie. Het nummer daar is P-7.',
      ],
      [{ outcome: 'declined', answer: 'Er is geen geld.' }, 'Uw vraag wordt niet opgepakt', 'Er is geen geld.'],
    ] as const) {
      const { id } = await asked();
      await told();
      await settle(id, 1, outcome).expect(200);
      expect([await told(), lastMail().includes(words)]).toEqual([[subject], true]);
    }
  });

  it('say once that its action comes later or not at all, and what a meeting did with it', async () => {
    const actions = { areaId: q.village.area.id, ownerId: q.board, dueOn: '2026-07-10', dueKind: 'date' } as const;
    for (const [change, subject, words] of [
      [
        { dueOn: '2026-09-01', reason: 'De lamp is op.' },
        'De actie van uw vraag wordt later klaar',
        'Nu is afgesproken: ',
      ],
      [{ status: 'cancelled', reason: 'Te duur.' }, 'De actie van uw vraag gaat niet door', 'Reden: Te duur.'],
    ] as const) {
      q.t.clock.set('2026-07-02T12:00:00Z');
      const { id } = await asked();
      const { id: actionId } = await q.t.make.action({ ...actions, title: 'Lamp vervangen' });
      await settle(id, 1, { outcome: 'action', actionId }).expect(200);
      await told();
      q.t.clock.set('2026-07-03T08:00:00Z');
      await update(actionId, change);
      expect([await told(), lastMail().includes(words)]).toEqual([[subject], true]);
      expect(lastMail()).toContain('Wat: Lamp vervangen');
      expect(lastMail()).not.toMatch(/\n{3}/);
      expect(await told()).toEqual([]);
    }
    for (const [state, subject, words] of [
      ['discussed', 'Uw vraag is besproken', 'op donderdag 2 juli 2026.'],
      ['not_discussed', 'Uw vraag is nog niet besproken', 'was er geen tijd voor.'],
      ['adjourned', 'Uw vraag is doorgeschoven', 'doorgeschoven naar een volgende keer.'],
    ] as const) {
      q.t.clock.set('2026-07-02T12:00:00Z');
      const { id } = await asked();
      await told();
      const session = await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-02', state: 'open' });
      const item = await agendaItem(q.t, session.id, { title: 'Licht' });
      await settle(id, 1, { outcome: 'agenda_item', agendaItemId: item.id }).expect(200);
      expect(await told()).toEqual(['Uw vraag staat op de agenda']);
      q.t.clock.set('2026-07-02T20:00:00Z');
      await q.t.app.get(Transactions).run(async (m) => {
        await execute(m, `UPDATE "agenda_items" SET "state" = $1 WHERE "id" = $2`, [state, item.id]);
      });
      await close(session.id);
      expect([await told(), lastMail().includes(words)]).toEqual([[subject], true]);
      expect(await told()).toEqual([]);
    }
  });

  it('say nothing that was undone before the mail could be sent', async () => {
    const planned = () => q.t.app.get(QuestionScheduler).planTurns();
    const since = (day: string) => q.t.clock.set(`${day}T12:00:00Z`);
    since('2026-07-02');
    const actions = { areaId: q.village.area.id, ownerId: q.board, dueOn: '2026-07-10', dueKind: 'date' } as const;
    const action = async (title: string) => {
      const { id } = await asked();
      const { id: actionId } = await q.t.make.action({ ...actions, title });
      await settle(id, 1, { outcome: 'action', actionId }).expect(200);
      return actionId;
    };
    const [reopened, finished] = [await action('Lamp vervangen'), await action('Lamp ophangen')];
    const { id: atTable } = await asked();
    const session = await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-02', state: 'open' });
    const item = await agendaItem(q.t, session.id, { title: 'Licht', state: 'discussed' });
    await settle(atTable, 1, { outcome: 'agenda_item', agendaItemId: item.id }).expect(200);
    await told();
    since('2026-07-03');
    await update(reopened, { status: 'done' });
    await update(finished, { dueOn: '2026-09-01', reason: 'De lamp is op.' });
    await close(session.id);
    await planned();
    await update(reopened, { status: 'in_progress', reason: 'Hij doet het toch niet.' });
    await update(finished, { status: 'done' });
    await q.t.app.get(Transactions).run(async (m) => {
      await execute(m, `UPDATE "agenda_items" SET "state" = 'adjourned' WHERE "id" = $1`, [item.id]);
    });
    expect((await told()).sort()).toEqual(['De actie van uw vraag is klaar', 'Uw vraag is doorgeschoven']);
  });

  it('say what a meeting did with it each time that changes, when its session is closed again', async () => {
    q.t.clock.set('2026-07-02T12:00:00Z');
    const { id } = await asked();
    const session = await q.t.make.session(q.village.meeting.id, { heldOn: '2026-07-02', state: 'open' });
    const item = await agendaItem(q.t, session.id, { title: 'Licht' });
    await settle(id, 1, { outcome: 'agenda_item', agendaItemId: item.id }).expect(200);
    await told();
    const closedAgain = async (state: string, hour: number) => {
      q.t.clock.set(`2026-07-02T${hour}:00:00Z`);
      await q.t.app.get(Transactions).run(async (m) => {
        await execute(m, `UPDATE "agenda_items" SET "state" = $1 WHERE "id" = $2`, [state, item.id]);
      });
      await close(session.id);
      return told();
    };
    expect(await closedAgain('discussed', 13)).toEqual(['Uw vraag is besproken']);
    expect(await closedAgain('discussed', 14)).toEqual([]);
    expect(await closedAgain('adjourned', 15)).toEqual(['Uw vraag is doorgeschoven']);
    expect(await closedAgain('discussed', 16)).toEqual(['Uw vraag is besproken']);
    expect(await closedAgain('discussed', 17)).toEqual([]);
  });
});

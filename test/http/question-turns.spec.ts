import { beforeAll, expect, it } from '@jest/globals';
import { execute } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { QuestionScheduler } from '../../src/questions/questions.scheduler.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { agendaItem } from '../support/minutes.js';
import { CAST, layVillage } from '../support/world.js';

const { gemeente, politie } = CAST;
const ADDRESS = 'secretaris@dorpsraad.example';
const SECRETARY = { person: 'secretaris dorpsraad', email: ADDRESS, contact: 'here' } as const;
const SEATS = {
  gemeente,
  politie,
  board: { organisation: 'Dorpsraad Boskoop', kind: 'residents', ...SECRETARY },
} as const;
type Who = keyof typeof SEATS;

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let village: Awaited<ReturnType<typeof layVillage<Who>>>;
  let board: string;

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-07-02', environment: { SMTP_URL: mailbox.url } });
    village = await layVillage(t, SEATS);
    board = village.organisations.board.id;
    await post({ areaId: village.area.id, title: 'De eerste vraag' }).expect(201);
  });

  const post = (body: object, as: Who = 'gemeente') =>
    t.api.post('/v1/questions').set('Authorization', village.tokens[as]).send(body);
  const asked = async (fields: object = {}, as: Who = 'gemeente') => {
    const question = { areaId: village.area.id, title: 'Kan het licht aan?', requestedById: board };
    return (await post({ ...question, ...fields }, as).expect(201)).body;
  };
  const settle = (id: string, version: number, body: object) =>
    t.api
      .put(`/v1/questions/${id}/outcome`)
      .set({ Authorization: village.tokens.gemeente, 'If-Match': `"${version}"` })
      .send(body);
  const update = (actionId: string, body: object) =>
    t.api.post(`/v1/actions/${actionId}/updates`).set('Authorization', village.tokens.gemeente).send(body).expect(201);
  /** Subjects of the mails sent to the asker since the last call, without the municipality. */
  const told = async (): Promise<string[]> => {
    await t.app.get(QuestionScheduler).planTurns();
    mailbox.clear();
    await t.app.get(Delivery).deliverDue();
    return mailbox.to(ADDRESS).map(({ mail }) => mail.subject!.replace(/^.*?: /, ''));
  };
  const lastMail = () => mailbox.to(ADDRESS).at(-1)!.mail.text!;

  it('say once in plain words what became of its initiative, or who has it now', async () => {
    await told();
    const own = (path: string, body: object) =>
      t.api.post(`/v1/${path}`).set('Authorization', village.tokens.gemeente).send(body).expect(201);
    const { id: budgetId } = (await own('budgets', { areaId: village.area.id, year: 2026, amount: '1000' })).body;
    const decide = (id: string, version: number, body: object) =>
      t.api
        .put(`/v1/initiatives/${id}/decision`)
        .set({ Authorization: village.tokens.gemeente, 'If-Match': `"${version}"` })
        .send(body)
        .expect(200);
    for (const [decision, subject, words] of [
      [{ outcome: 'granted' }, 'Er is geld voor uw initiatief', 'Feest: toegekend €\u00a0450.'],
      [{ outcome: 'refused', reason: 'Het past niet.' }, 'Er komt geen geld voor uw initiatief', 'Het past niet.'],
    ] as const) {
      t.clock.set('2026-07-02T12:00:00Z');
      const { id } = await asked();
      const initiative = (await own('initiatives', { budgetId, title: 'Feest', requested: '450' })).body;
      await told();
      await settle(id, 1, { outcome: 'initiative', initiativeId: initiative.id }).expect(200);
      expect(await told()).toEqual(['Uw vraag is een initiatief geworden']);
      expect(lastMail()).toContain('Het initiatief: Feest.');
      t.clock.set('2026-07-03T08:00:00Z');
      await decide(initiative.id, 2, decision);
      expect(await told()).toEqual([subject]);
      expect(lastMail()).toContain(words);
      expect(await told()).toEqual([]);
    }
    for (const [outcome, subject, words] of [
      [
        { outcome: 'passed_on', passedTo: 'de provincie', reference: 'P-7' },
        'Uw vraag is doorgegeven',
        'Het nummer daar is P-7.',
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
    const actions = { areaId: village.area.id, ownerId: board, dueOn: '2026-07-10', dueKind: 'date' } as const;
    for (const [change, subject, words] of [
      [
        { dueOn: '2026-09-01', reason: 'De lamp is op.' },
        'De actie van uw vraag wordt later klaar',
        'Nu is afgesproken: ',
      ],
      [{ status: 'cancelled', reason: 'Te duur.' }, 'De actie van uw vraag gaat niet door', 'Te duur.'],
    ] as const) {
      t.clock.set('2026-07-02T12:00:00Z');
      const { id } = await asked();
      const { id: actionId } = await t.make.action({ ...actions, title: 'Lamp vervangen' });
      await settle(id, 1, { outcome: 'action', actionId }).expect(200);
      await told();
      t.clock.set('2026-07-03T08:00:00Z');
      await update(actionId, change);
      expect([await told(), lastMail().includes(words)]).toEqual([[subject], true]);
      expect(await told()).toEqual([]);
    }
    for (const [state, subject, words] of [
      ['discussed', 'Uw vraag is besproken', 'op donderdag 2 juli 2026.'],
      ['not_discussed', 'Uw vraag is nog niet besproken', 'was er geen tijd voor.'],
      ['adjourned', 'Uw vraag is doorgeschoven', 'doorgeschoven naar een volgende keer.'],
    ] as const) {
      t.clock.set('2026-07-02T12:00:00Z');
      const { id } = await asked();
      await told();
      const session = await t.make.session(village.meeting.id, { heldOn: '2026-07-02', state: 'open' });
      const item = await agendaItem(t, session.id, { title: 'Licht' });
      await settle(id, 1, { outcome: 'agenda_item', agendaItemId: item.id }).expect(200);
      expect(await told()).toEqual(['Uw vraag staat op de agenda']);
      t.clock.set('2026-07-02T20:00:00Z');
      await t.app.get(Transactions).run(async (m) => {
        await execute(m, `UPDATE "agenda_items" SET "state" = $1 WHERE "id" = $2`, [state, item.id]);
        const closing = `UPDATE "sessions" SET "state" = 'closed', "closedAt" = $1 WHERE "id" = $2`;
        await execute(m, closing, [t.clock.moment(), session.id]);
      });
      expect([await told(), lastMail().includes(words)]).toEqual([[subject], true]);
      expect(await told()).toEqual([]);
    }
  });
});

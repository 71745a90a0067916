import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { fieldsOf } from '../support/world.js';

const TEXT = 'De vergunning ligt stil.\n\nWilt u beslissen wie haar <afgeeft>?';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let chair: string;
  let police: string;
  let agent: string;
  let agentId: string;
  let areaId: string;
  let director: Person;
  let alderman: Person;
  let action: Action;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, {
      now: '2026-06-02T08:00:00.000Z',
      environment: { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' },
    });
    areaId = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
    police = (await t.make.organisation({ name: 'Politie' })).id;
    const person = await t.make.person({ name: 'wijkagent', email: 'agent@politie.example', organisationId: police });
    await t.make.contact(police, person.id);
    agentId = person.id;
    agent = await t.make.token(person.id);
    chair = await t.make.signedIn('chair', areaId, { name: 'gebiedsadviseur', email: 'adviseur@gemeente.example' });
    director = await t.make.person({ name: 'directeur Ruimte', email: 'directeur@gemeente.example' });
    alderman = await t.make.person({ name: 'wethouder', email: 'wethouder@gemeente.example' });
  });
  beforeEach(async () => {
    await t.app.get(Transactions).run(async (manager) => {
      await manager.query('DELETE FROM "mail_links"');
      await manager.query('DELETE FROM "outgoing_messages"');
    });
    mailbox.clear();
    action = await t.make.action({
      areaId,
      ownerId: police,
      title: 'Lantaarn Zijde',
      status: 'blocked',
      statusReason: 'vergunning',
      recordedOn: '2026-03-01',
      dueOn: '2026-06-30',
    });
  });

  const path = (id = action.id) => `/v1/actions/${id}/escalations`;
  const ask = (body: object = { personId: director.id, text: TEXT }, who = chair, id = action.id) =>
    t.api.post(path(id)).set('Authorization', who).send(body);
  const steps = async (who = chair, id = action.id) =>
    (await t.api.get(path(id)).set('Authorization', who).expect(200)).body;
  const code = async (body: object, id = action.id) => (await ask(body, chair, id).expect(409)).body.code;
  const linkTo = async (address: string): Promise<string> => {
    await t.app.get(Delivery).deliverDue();
    return /https:\/\/w\.example(\/besluit\/[\w-]+)/.exec(mailbox.to(address)[0].mail.text!)![1];
  };
  const decide = (link: string, body: object) => t.api.post(link).type('form').send(body);

  describe('while somebody is away', () => {
    let stand: Person;
    beforeAll(async () => {
      stand = await t.make.person({ name: 'vervanger', email: 'vervanger@gemeente.example' });
    });
    const away = (id: string, until: string | null) =>
      t.app
        .get(Transactions)
        .run((manager) =>
          manager.update('people', id, { replacementId: until && stand.id, replacementUntilOn: until } as never),
        );
    afterEach(() => Promise.all([director.id, agentId].map((id) => away(id, null))));

    it('asks the named replacement too, who may answer in that time', async () => {
      await away(director.id, '2026-06-05');
      await ask().expect(201);
      const link = await linkTo('vervanger@gemeente.example');
      expect(mailbox.to('directeur@gemeente.example')).toHaveLength(1);
      await decide(link, { decision: 'Ruimte geeft haar af.', date: '2026-07-01' }).expect(303);
      expect((await steps()).items[0]).toMatchObject({ decision: 'Ruimte geeft haar af.' });
      t.clock.set('2026-06-06T08:00:00.000Z');
      await visit(t, link, 410);
    });

    it('gives the copy for the owner to the replacement too', async () => {
      await away(agentId, '2026-06-05');
      await ask().expect(201);
      expect(await t.app.get(Delivery).deliverDue()).toEqual({ sent: 3 });
      for (const address of ['agent@politie.example', 'vervanger@gemeente.example'])
        expect(mailbox.to(address)[0].mail.text).toContain(TEXT);
    });
  });

  it('asks the person and gives the owner the same text at the same time; status and deadline stay', async () => {
    expect(await steps()).toMatchObject({ total: 0, isOffered: true, obstacle: null });
    const { body } = await ask().expect(201);
    expect(body).toMatchObject({ step: 1, personName: 'directeur Ruimte', askedByName: 'gebiedsadviseur', text: TEXT });
    expect(await t.app.get(Delivery).deliverDue()).toEqual({ sent: 2 });
    const [asked] = mailbox.to('directeur@gemeente.example');
    const [owner] = mailbox.to('agent@politie.example');
    for (const { mail } of [asked, owner]) {
      expect(mail.text).toContain(TEXT);
      expect(mail.html).toContain('&lt;afgeeft&gt;');
      expect(mail.text).toContain('Boskoop. Actiehouder: Politie. Afgesproken: dinsdag 30 juni 2026');
      expect(mail.replyTo?.text).toBe('adviseur@gemeente.example');
    }
    expect(asked.mail.text).toContain('zonder wachtwoord, tot dinsdag 16 juni 2026:\nhttps://w.example/besluit/');
    expect(owner.raw).not.toContain('besluit/');
    const { body: now } = await t.api.get(`/v1/actions/${action.id}`).set('Authorization', chair);
    expect(now).toMatchObject({ status: 'blocked', dueOn: '2026-06-30', postponements: 0 });
    const history = await t.api.get(`/v1/actions/${action.id}/updates`).set('Authorization', agent).expect(200);
    expect(history.body.items.at(-1)).toMatchObject({ kind: 'comment', comment: expect.stringContaining('stap 1') });
  });

  it('is offered when blocked or more than 56 days overdue, and not before', async () => {
    const late = (dueOn: string) => t.make.action({ areaId, ownerId: police, recordedOn: '2026-01-05', dueOn });
    const exactly = await late('2026-04-07');
    const more = await late('2026-04-06');
    expect(await steps(chair, exactly.id)).toMatchObject({ isOffered: false, obstacle: 'NOT_STUCK' });
    expect(await code({ personId: director.id, text: 'x' }, exactly.id)).toBe('NOT_STUCK');
    expect(await steps(chair, more.id)).toMatchObject({ isOffered: true });
    await ask({ personId: director.id, text: 'x' }, chair, more.id).expect(201);
    await linkTo('directeur@gemeente.example');
    for (const to of ['directeur@gemeente.example', 'agent@politie.example'])
      expect(mailbox.to(to)[0].mail.text).toContain('Afgesproken: maandag 6 april 2026, 57 dagen te laat');
  });

  it('goes on to another person after an answer or after 14 days, never to the same one', async () => {
    await ask().expect(201);
    expect(await code({ personId: alderman.id, text: 'x' })).toBe('AWAITING_ANSWER');
    t.clock.set('2026-06-15T21:00:00.000Z');
    expect(await code({ personId: alderman.id, text: 'x' })).toBe('AWAITING_ANSWER');
    t.clock.set('2026-06-16T08:00:00.000Z');
    expect(await code({ personId: director.id, text: 'x' })).toBe('ALREADY_ASKED');
    expect((await ask({ personId: alderman.id, text: 'x' }).expect(201)).body.step).toBe(2);
    await decide(await linkTo('wethouder@gemeente.example'), { decision: 'Doen.', date: '2026-07-01' }).expect(303);
    const third = await t.make.person();
    expect((await ask({ personId: third.id, text: 'x' }).expect(201)).body.step).toBe(3);
  });

  it('goes on to another person at once when nobody can answer any more, but not past a replacement', async () => {
    const { id: personId } = await t.make.person({ email: 'oud@gemeente.example' });
    const { id: replacementId } = await t.make.person({ email: 'nieuw@gemeente.example' });
    const become = (fields: object) =>
      t.app.get(Transactions).run((manager) => manager.update('people', personId, fields as never));
    await ask({ personId, text: 'x' }).expect(201);
    await become({ active: false, replacementId, replacementUntilOn: '2026-06-05' });
    expect(await steps()).toMatchObject({ isOffered: false, obstacle: 'AWAITING_ANSWER' });
    await become({ replacementId: null, replacementUntilOn: null });
    expect(await steps()).toMatchObject({ isOffered: true, obstacle: null });
    expect((await ask({ personId: alderman.id, text: 'x' }).expect(201)).body.step).toBe(2);
  });

  it('asks no decision about an action that was finished meanwhile, and does again when it is reopened', async () => {
    await ask().expect(201);
    const link = await linkTo('directeur@gemeente.example');
    const change = (body: object) =>
      t.api.post(`/v1/actions/${action.id}/updates`).set('Authorization', chair).send(body).expect(201);
    await change({ status: 'done', result: 'Hij brandt.' });
    const shown = (await visit(t, link)).text;
    expect(shown).toContain('Deze actie is intussen gereed. Uw besluit is niet meer nodig.');
    expect(shown).not.toContain('Besluit opslaan');
    const answer = { decision: 'Doen.', date: '2026-07-01' };
    expect((await decide(link, answer).expect(409)).text).toContain('niet meer nodig');
    expect((await steps()).items[0].decision).toBeNull();
    await change({ status: 'open', reason: 'Hij is weer uit.' });
    await decide(link, answer).expect(303);
  });

  it('is answered by the link with a decision and a date, once', async () => {
    await ask().expect(201);
    const link = await linkTo('directeur@gemeente.example');
    const before = await steps();
    const shown = await visit(t, link);
    await t.api.head(link).expect(303);
    expect(shown.text).toContain('Lantaarn Zijde');
    expect(shown.text).toContain('actiehouder: Politie');
    expect(shown.text).toContain('&lt;afgeeft&gt;');
    expect(shown.text).toContain('lang="nl"');
    expect((await decide(link, {}).expect(400)).text).toContain('Schrijf wat u besluit');
    expect((await decide(link, { decision: 'VTH', date: '2026-02-30' }).expect(400)).text).toContain('bestaande datum');
    expect(await steps()).toEqual(before);
    await decide(link, { decision: 'VTH geeft haar af.', date: '2026-06-16' }).expect(303);
    expect((await steps()).items).toMatchObject([
      { decision: 'VTH geeft haar af.', decidedFor: '2026-06-16', answeredAt: expect.any(String) },
    ]);
    expect((await visit(t, link)).text).toContain('Uw besluit is opgeslagen');
    await decide(link, { decision: 'Toch niet.', date: '2026-06-17' }).expect(409);
    expect((await steps()).items[0].decision).toBe('VTH geeft haar af.');
    const history = await t.api.get(`/v1/actions/${action.id}/updates`).set('Authorization', chair);
    expect(history.body.items.at(-1).comment).toBe(
      'Besluit na stap 1, uiterlijk dinsdag 16 juni 2026: VTH geeft haar af.',
    );
    const trail = await rows(
      t.database.reader,
      `SELECT "operation", "how", "actorId" FROM "audit_entries" WHERE "objectId" = $1 ORDER BY "sequence" DESC LIMIT 1`,
      [action.id],
    );
    expect(trail).toEqual([{ operation: 'action.escalation_answered', how: 'link', actorId: director.id }]);
  });

  it('closes the link after 14 days and for a deactivated person, and accepts no other token', async () => {
    await ask({ personId: (await t.make.person({ email: 'tijdelijk@gemeente.example' })).id, text: 'x' }).expect(201);
    const link = await linkTo('tijdelijk@gemeente.example');
    t.clock.set('2026-06-16T08:01:00.000Z');
    await visit(t, link, 410);
    await decide(link, { decision: 'x', date: '2026-06-20' }).expect(410);
    t.clock.set('2026-06-02T08:00:00.000Z');
    await t.app
      .get(Transactions)
      .run((manager) =>
        manager.query(`UPDATE "people" SET "active" = false WHERE "email" = 'tijdelijk@gemeente.example'`),
      );
    await visit(t, link, 410);
    await t.api.get('/besluit/x').expect(404);
    await t.api.get(link.replace('/besluit/', '/antwoord/')).expect(404);
  });

  it('is for the chairs of the area; parties read it, others do not know of it', async () => {
    await ask(undefined, agent).expect(403);
    await ask(undefined, await t.make.signedIn('admin')).expect(403);
    await t.api.post(path()).send({ personId: director.id, text: 'x' }).expect(401);
    const stranger = await t.make.signedIn('chair', (await t.make.area()).id);
    await ask(undefined, stranger).expect(404);
    await t.api.get(path()).set('Authorization', stranger).expect(404);
    await ask(undefined, chair, newId()).expect(404);
    expect((await steps(agent)).total).toBe(0);
  });

  it('says what is wrong, and mails nothing about a confidential action', async () => {
    const gone = await t.make.person({ active: false });
    expect(fieldsOf((await ask({ personId: gone.id, text: 'x' }).expect(400)).body)).toEqual(['personId']);
    expect(fieldsOf((await ask({ personId: 'x', text: ' ' }).expect(400)).body)).toEqual(['personId', 'text']);
    const own = (await t.make.organisation()).id;
    const writer = await t.make.signedIn('chair', areaId, { organisationId: own });
    const secret = await t.make.action({
      areaId,
      ownerId: own,
      isConfidential: true,
      partyIds: [own],
      status: 'blocked',
    });
    await ask(undefined, chair, secret.id).expect(404);
    expect((await ask(undefined, writer, secret.id).expect(409)).body.code).toBe('CONFIDENTIAL_ACTION');
    expect(await rows(t.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toEqual([]);
  });
});

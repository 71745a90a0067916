import { beforeAll, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailLinks } from '../../src/platform/mail/mail-links.service.js';
import { onBothDatabases } from '../support/app.js';
import { pdf } from '../support/files.js';
import { follow } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { until } from '../support/until.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';
import { setUpDiscussions } from './discussions.setup.js';

/** Two requests at the same moment: one is first, and the other is answered as if it had come afterwards. */
onBothDatabases((kind) => {
  let n: Neighbourhood;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    n = await startNeighbourhood(kind, { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' });
    await n.make.contact(n.organisations.politie.id, n.people.wijkagent.id);
  });
  const d = setUpDiscussions(kind);
  const found = <T = Record<string, unknown>>(sql: string, params: string[] = []) =>
    rows<T>(n.database.reader, sql, params);
  const late = (fields = {}) =>
    n.make.action({
      ...{ areaId: n.boskoop.id, meetingId: n.meeting.id, ownerId: n.organisations.politie.id },
      ...{ recordedOn: '2026-04-01', dueOn: '2026-05-20', ...fields },
    });
  const statusesOf = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).toSorted();
  const TURNS = [1, 2, 3, 4];

  it('takes one of several answers by one mail link, and tells the others that it has been answered', async () => {
    for (const turn of TURNS) {
      const { id } = await late();
      const link = { purpose: 'digest', personId: n.people.wijkagent.id, messageId: null, subjectIds: [id], days: 14 };
      const token = await n.app.get(Transactions).run((manager) => n.app.get(MailLinks).issue(manager, link));
      const pages = await Promise.all(TURNS.map(() => follow(n, `/antwoord/${token}`)));
      const answers = await Promise.all(
        pages.map((page) => page.post({ [`status-${id}`]: 'done', [`line-${id}`]: 'Het staat er.' })),
      );
      expect([turn, statusesOf(answers)]).toEqual([turn, [303, 400, 400, 400]]);
      const updates = await found('SELECT "id" FROM "action_updates" WHERE "actionId" = $1', [id]);
      expect(updates).toHaveLength(2);
    }
  });

  it('names in the minutes everything that was said in a session before it closed, and takes nothing in it afterwards', async () => {
    for (const turn of TURNS) {
      const l = await d.laid();
      const actions = await Promise.all(TURNS.map(() => l.action({ ownerId: l.police.id })));
      const id = await l.session();
      await l.open(id);
      const { version } = (await l.as(l.chair, 'get', `/v1/sessions/${id}`).expect(200)).body;
      const say = (actionId: string) =>
        l.as(l.chair, 'post', `/v1/actions/${actionId}/updates`, { status: 'done', sessionId: id });
      const [closed, ...said] = await Promise.all([
        l.as(l.chair, 'put', `/v1/sessions/${id}/closing`, undefined, version),
        ...actions.map((action) => say(action.id)),
      ]);
      expect([turn, closed.status]).toEqual([turn, 200]);
      expect(said.filter(({ status }) => ![201, 409].includes(status)).map(({ text }) => text)).toEqual([]);
      const minutes = JSON.stringify((await l.as(l.chair, 'get', `/v1/sessions/${id}/minutes`).expect(200)).body);
      const inSession = said.filter(({ status, body }) => status === 201 && body.sessionId === id);
      const { closedAt } = (await l.as(l.chair, 'get', `/v1/sessions/${id}`).expect(200)).body;
      for (const { body } of inSession) {
        expect(body.recordedAt <= closedAt).toBe(true);
        expect(minutes).toContain(body.action.number);
      }
    }
  });

  it('lets one key do one thing when it is used for several bodies at once', async () => {
    for (const turn of TURNS) {
      const bodies = TURNS.map((one) => ({ name: `Sleutel ${kind} ${turn} ${one}`, kind: 'other' }));
      const answers = await Promise.all(
        bodies.map((body) => n.post('/v1/organisations', body, n.as.admin).set('Idempotency-Key', `sleutel-${turn}`)),
      );
      expect(statusesOf(answers)).toEqual([201, 409, 409, 409]);
      const refused = answers.filter(({ status }) => status === 409).map(({ body }) => body.code);
      expect(new Set(refused)).toEqual(new Set(['IDEMPOTENCY_KEY_REUSED']));
      const sql = 'SELECT "name" FROM "organisations" WHERE "name" LIKE $1';
      expect(await found(sql, [`Sleutel ${kind} ${turn} %`])).toHaveLength(1);
    }
  });

  it('imports a list once, or for nobody, when its owner is merged into another at that moment', async () => {
    for (const turn of TURNS) {
      const [old, into] = await Promise.all(
        ['oud', 'nieuw'].map((which) => n.make.organisation({ name: `Lijst ${kind} ${turn} ${which}` })),
      );
      const lines = ['actie;wie;wanneer', `Heg ${kind} ${turn};Lijst ${kind} ${turn} oud;1-7-2026`].join('\n');
      const sent = n.api.post(`/v1/action-imports?area=${n.boskoop.id}`).set('Authorization', n.as.chair);
      const { id } = (await sent.set('Content-Type', 'text/csv').send(lines).expect(201)).body;
      const execute = () => n.put(`/v1/action-imports/${id}/execution`, {}, 1);
      const [first, merged, second] = await Promise.all([
        execute(),
        n.put(`/v1/organisations/${old.id}/merger`, { intoId: into.id }, 1, n.as.admin),
        execute(),
      ]);
      expect(merged.status).toBe(200);
      expect([200, 409]).toEqual(expect.arrayContaining([first.status, second.status]));
      const made = await found<{ ownerId: string }>('SELECT "ownerId" FROM "actions" WHERE "title" = $1', [
        `Heg ${kind} ${turn}`,
      ]);
      const times = [first, second].filter(({ status }) => status === 200).length;
      expect(made).toEqual(Array(times).fill({ ownerId: into.id }));
    }
  });

  it('lets what is reopened while its owner is merged into another go on with that one, like all its work', async () => {
    for (const turn of TURNS) {
      const [old, into] = await Promise.all(
        ['oud', 'nieuw'].map((which) => n.make.organisation({ name: `Heropend ${kind} ${turn} ${which}` })),
      );
      const { boa } = n.organisations;
      const done = { status: 'done', doneOn: '2026-05-20', closedOn: '2026-05-20' } as const;
      const finished = await Promise.all([
        ...TURNS.map(() => late({ ownerId: old.id, ...done })),
        ...TURNS.map(() => late({ ownerId: boa.id, coOwnerIds: [old.id], ...done })),
      ]);
      const [merged, ...reopened] = await Promise.all([
        n.put(`/v1/organisations/${old.id}/merger`, { intoId: into.id }, 1, n.as.admin),
        ...finished.map(({ id }) => n.post(`/v1/actions/${id}/updates`, { status: 'open', reason: 'Toch niet af.' })),
      ]);
      expect([merged.status, ...statusesOf(reopened)]).toEqual([200, ...finished.map(() => 201)]);
      const left = await found(
        `SELECT a."number" FROM "actions" a WHERE a."ownerId" = $1
         OR a."id" IN (SELECT c."actionId" FROM "action_co_owners" c WHERE c."organisationId" = $1)`,
        [old.id],
      );
      expect([turn, left]).toEqual([turn, []]);
    }
  });

  it('stalls nothing when contacts are appointed while their people and areas are changed', async () => {
    const people = await Promise.all(TURNS.map(() => n.make.person()));
    const organisations = await Promise.all(TURNS.map((one) => n.make.organisation({ name: `Wissel ${kind} ${one}` })));
    const changed = async (path: string, body: object) => {
      const { body: read } = await n.get(path, n.as.admin).expect(200);
      return n.patch(path, body, read.version, n.as.admin);
    };
    for (let turn = 0; turn < 12; turn += 1) {
      const fromOn = `2026-06-${10 + turn}`;
      const answers = await Promise.all([
        ...organisations.map(({ id: organisationId }, at) => {
          const contact = { organisationId, personId: people[(turn + at) % 4].id, areaId: n.boskoop.id, fromOn };
          return n.post('/v1/contacts', contact, n.as.admin);
        }),
        ...people.map(({ id }) => changed(`/v1/people/${id}`, { name: `functionaris ${turn}` })),
        changed(`/v1/areas/${n.boskoop.id}`, { contactEmail: `${turn}@gemeente.example` }),
      ]);
      expect(statusesOf(answers)).toEqual([...Array(5).fill(200), ...Array(4).fill(201)]);
    }
    if (kind === 'sqlite') return;
    const sql = 'SELECT "deadlocks" FROM pg_stat_database WHERE "datname" = current_database()';
    await until('the statistics are there', async () => (await found(sql)).length === 1);
    expect(await found(sql)).toEqual([{ deadlocks: 0 }]);
  });

  it('keeps no file of an action that is withdrawn while it is sent, unless it came first', async () => {
    for (const turn of TURNS) {
      const { id, version } = await late();
      const [sent, gone] = await Promise.all([
        n.api.post(`/v1/actions/${id}/files`).set('Authorization', n.as.chair).attach('file', pdf(), 'kaart.pdf'),
        n.put(`/v1/actions/${id}/withdrawal`, { reason: 'dubbel' }, version),
      ]);
      expect([turn, sent.status < 500, gone.status < 500]).toEqual([turn, true, true]);
      const kept = await found('SELECT "state" FROM "files" WHERE "thingId" = $1', [id]);
      expect(kept).toEqual(sent.status === 201 ? [{ state: 'stored' }] : []);
    }
  });

  it('mails nobody who is erased while the digest is planned, and keeps no address', async () => {
    for (const turn of TURNS) {
      n.clock.set(`2026-06-${String(1 + 7 * turn).padStart(2, '0')}T06:00:00Z`);
      const email = `weg${turn}@politie.example`;
      const { id } = await n.make.person({ name: `vertrekker ${turn}`, email });
      const owner = await n.make.organisation({ name: `Vertrek ${kind} ${turn}` });
      await n.make.contact(owner.id, id);
      await late({ ownerId: owner.id });
      const ground = { ground: 'Verzoek van de betrokkene, artikel 17 AVG.' };
      const [erased] = await Promise.all([
        n.put(`/v1/people/${id}/erasure`, ground, 1, n.as.admin),
        n.app.get(DigestScheduler).planAndDeliver(),
        n.app.get(DigestScheduler).planAndDeliver(),
      ]);
      expect(erased.status).toBe(200);
      await n.app.get(DigestScheduler).planAndDeliver();
      const sql = 'SELECT "state" FROM "outgoing_messages" WHERE "address" = $1';
      expect([turn, await found(sql, [email])]).toEqual([turn, []]);
      expect(mailbox.to(email).length).toBeLessThanOrEqual(1);
    }
  });
});

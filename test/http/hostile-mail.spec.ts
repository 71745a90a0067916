import { describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { Outcome } from '../../src/platform/mail/delivery.rules.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { Outbox } from '../../src/platform/mail/outbox.service.js';
import type { ClaimedMessage } from '../../src/platform/mail/message-bytes.js';
import { SmtpConnection } from '../../src/platform/mail/smtp-connection.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { type Fault, HostileServer, type SmtpStep, STEPS } from '../support/hostile-server.js';
import { Mailbox } from '../support/mailbox.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';

const MONDAY = '2026-06-01T06:00:00.000Z';
const LONGEST_MS = 300;
/** For servers that do respond, on a busy machine too. */
const AMPLE_MS = 5000;
const ENVELOPE = { from: 'a@gemeente.example', to: 'wijkagent@politie.example' };
const BYTES = 'Subject: x\r\n\r\ny\r\n';

/** Before the envelope nothing can have been accepted; only a response about the address or the mail is a permanent refusal. */
function expected(step: SmtpStep, fault: Fault): Partial<Outcome> {
  if (step === 'banner' || step === 'EHLO') return { state: 'deferred' };
  if (typeof fault !== 'number') return { state: 'uncertain' };
  const words = expect.stringContaining(`${fault} ${step} is not taken here`) as unknown as string;
  if (fault < 500 || step === 'MAIL') return { state: 'deferred', words };
  return { state: 'failed', words, isAddressRefused: step === 'RCPT' };
}

describe('a mail server that goes wrong', () => {
  const faults: Fault[] = [421, 450, 550, 'hang', 'drop', 'dribble'];
  it.each(STEPS.flatMap((step) => faults.map((fault): [Fault, SmtpStep] => [fault, step])))(
    'ends in time and says what is known, with %s at %s',
    async (fault, step) => {
      const server = await HostileServer.start();
      Object.assign(server, { step, fault });
      const began = performance.now();
      const longestMs = fault === 'hang' || fault === 'dribble' ? LONGEST_MS : AMPLE_MS;
      const outcome = await new SmtpConnection(server.url, longestMs).send(ENVELOPE, BYTES);
      expect(performance.now() - began).toBeLessThan(longestMs + 2500);
      expect(outcome).toMatchObject(expected(step, fault));
      expect(outcome.words).toBeTruthy();
    },
  );

  it('waits when TLS fails, at once or after STARTTLS', async () => {
    const server = await HostileServer.start();
    Object.assign(server, { step: 'EHLO', fault: 'bad-tls' });
    for (const url of [server.url, server.url.replace('smtp:', 'smtps:')]) {
      expect(await new SmtpConnection(url, LONGEST_MS).send(ENVELOPE, BYTES)).toMatchObject({ state: 'deferred' });
    }
  });
});

onBothDatabases((kind) => {
  const planned = async (t: TestApp, count: number) => {
    t.app.get(MailKinds).register('test', {
      make: async () => ({ subject: 'x', html: '<p>x</p>', text: 'x', lines: 1 }),
    });
    const mails = Array.from({ length: count }, (_, n) => ({
      kind: 'test',
      dedupeKey: `test:${n}`,
      address: `adres${n}@politie.example`,
      personId: null,
      batchId: null,
      payload: {},
      expiresAt: '2026-06-07T22:00:00.000Z',
    }));
    await t.app.get(Transactions).run((manager) => t.app.get(Outbox).planAll(manager, mails));
  };
  const stored = (t: TestApp) =>
    rows<ClaimedMessage>(t.database.reader, `SELECT * FROM ${STORED_MESSAGES} ORDER BY "plannedAt", "address"`);

  it('tries a server that refuses the connection after 1, 5, 15 and 60 minutes, each hour, until the week ends', async () => {
    const t = await startApp(kind, { now: MONDAY });
    await planned(t, 1);
    const pauses: number[] = [];
    // Moving one day ahead each time is enough to reach the end.
    for (let round = 0; round < 10; round += 1) {
      const at = t.clock.now().getTime();
      await t.app.get(Delivery).deliverDue();
      const [message] = await stored(t);
      if (message.state !== 'deferred') break;
      pauses.push(Math.round((Date.parse(message.nextAttemptAt) - at) / 60_000));
      t.clock.set(pauses.length < 6 ? message.nextAttemptAt : '2026-06-07T22:00:01.000Z');
    }
    expect(pauses).toEqual([1, 5, 15, 60, 60, 60]);
    expect((await stored(t))[0]).toMatchObject({
      state: 'failed',
      refusedAt: null,
      serverWords: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is not held up by one bad address among thousands', async () => {
    const mailbox = await Mailbox.start();
    const t = await startApp(kind, { now: MONDAY, environment: { SMTP_URL: mailbox.url } });
    await planned(t, 2_000);
    mailbox.behave('adres7@politie.example', 'refuse');
    mailbox.behave('adres9@politie.example', 'try-later');
    mailbox.behave('adres11@politie.example', 'drop');
    expect(await t.app.get(Delivery).deliverDue()).toEqual({ sent: 1_997, failed: 1, deferred: 1, uncertain: 1 });
    t.clock.set('2026-06-01T06:02:00.000Z');
    expect(await t.app.get(Delivery).deliverDue()).toEqual({ sent: 2 });
    expect(new Set(mailbox.messages.map(({ to }) => to)).size).toBe(1_999);
    const marked = (await stored(t)).filter(({ refusedAt }) => refusedAt !== null);
    expect(marked.map(({ address }) => address)).toEqual(['adres7@politie.example']);
  }, 60_000);

  it('answers requests while a server hangs on every mail', async () => {
    const server = await HostileServer.start();
    Object.assign(server, { step: 'dot', fault: 'hang' });
    const environment = { SMTP_URL: server.url, MAIL_ATTEMPT_SECONDS: '1' };
    const t = await startApp(kind, { now: MONDAY, environment });
    await planned(t, 5);
    const round = t.app.get(Delivery).deliverDue();
    const began = performance.now();
    for (let n = 0; n < 10; n += 1) await t.api.get('/health/live').expect(200);
    expect(performance.now() - began).toBeLessThan(900);
    expect(await round).toEqual({ uncertain: 5 });
  });

  it('shows a refused address to its chair in the next overview and to the administrator in the log', async () => {
    const mailbox = await Mailbox.start();
    const t = await startApp(kind, { now: MONDAY, environment: { SMTP_URL: mailbox.url } });
    const areaId = (await t.make.area({ name: 'Boskoop' })).id;
    const ownerId = (await t.make.organisation({ name: 'Politie' })).id;
    const agent = await t.make.person({ name: 'wijkagent Boskoop', email: 'weg@politie.example' });
    await t.make.contact(ownerId, agent.id, areaId);
    await t.make.action({ areaId, ownerId, recordedOn: '2026-04-01', dueOn: '2026-05-20' });
    const chair = await t.make.person({ email: 'gebiedsadviseur@gemeente.example' });
    await t.make.grant(chair.id, 'chair', areaId);
    mailbox.behave('weg@politie.example', 'refuse');
    await t.app.get(DigestScheduler).planAndDeliver();
    t.clock.set('2026-06-08T06:00:00.000Z');
    await t.app.get(DigestScheduler).planAndDeliver();
    const [first, second] = mailbox.to('gebiedsadviseur@gemeente.example');
    expect(first.mail.text).not.toContain('Mail komt niet aan');
    expect(second.mail.text).toMatch(
      /Mail komt niet aan\s+- wijkagent Boskoop: weg@politie\.example is geweigerd door de mailserver: \S+\/beheer\/mensen\//,
    );
    const admin = await t.make.signedIn('admin');
    const { body } = await t.api.get('/v1/digests').set('Authorization', admin).expect(200);
    const messages = await t.api
      .get(`/v1/digests/${body.items[1].id}/messages`)
      .set('Authorization', admin)
      .expect(200);
    expect(messages.body.items).toContainEqual(
      expect.objectContaining({
        address: 'weg@politie.example',
        state: 'failed',
        refusedAt: expect.any(String),
        serverWords: expect.stringContaining('550'),
      }),
    );
  });

  it('lets an administrator try a failed message again, with the same bytes, while its week lasts', async () => {
    const mailbox = await Mailbox.start();
    const t = await startApp(kind, { now: MONDAY, environment: { SMTP_URL: mailbox.url } });
    const areaId = (await t.make.area({ name: 'Boskoop' })).id;
    const ownerId = (await t.make.organisation({ name: 'Politie' })).id;
    for (const name of ['een', 'twee']) {
      const { id } = await t.make.person({ email: `${name}@politie.example` });
      await t.make.action({ areaId, ownerId, ownerPersonId: id, recordedOn: '2026-04-01', dueOn: '2026-05-20' });
      mailbox.behave(`${name}@politie.example`, 'refuse');
    }
    const admin = await t.make.signedIn('admin');
    const chair = await t.make.signedIn('chair', areaId);
    const { run } = (await t.api.post('/v1/digests').set('Authorization', admin).expect(200)).body;
    const { items } = (await t.api.get(`/v1/digests/${run.id}/messages`).set('Authorization', admin)).body;
    const retry = (id: string, by = admin) =>
      t.api.post(`/v1/digests/${run.id}/messages/${id}/attempts`).set('Authorization', by);
    const failed = items.filter(({ state }: { state: string }) => state === 'failed');
    const [first, second] = failed.map(({ id }: { id: string }) => id);
    await retry(first, chair).expect(403);
    const bytes = (await stored(t)).find(({ id }) => id === first)!.bytes;
    const { body } = await retry(first).expect(200);
    expect(body).toMatchObject({ id: first, state: 'sent', attempts: 2, refusedAt: null });
    expect(mailbox.to(body.address)[0].raw).toBe(bytes);
    expect((await retry(first).expect(409)).body.code).toBe('MESSAGE_NOT_WAITING');
    await retry(run.id).expect(404);
    t.clock.set('2026-06-08T05:00:00.000Z');
    expect((await retry(second).expect(409)).body.code).toBe('DIGEST_WEEK_OVER');
    expect(mailbox.to('twee@politie.example')).toHaveLength(0);
  });
});

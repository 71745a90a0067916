import { expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { execute, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { compose } from '../../src/platform/mail/composer.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { MessageClaims } from '../../src/platform/mail/message-claims.js';
import { Outbox } from '../../src/platform/mail/outbox.service.js';
import { onBothDatabases, startApp } from '../support/app.js';
import { until } from '../support/until.js';
import { MONDAY, MAIL, setUpOutbox } from './outbox.setup.js';

onBothDatabases((kind) => {
  const o = setUpOutbox(kind);
  const { plan, deliver, after, change, messageTo } = o;

  it('sends a mail once, as text and HTML, with the headers that keep machines from answering', async () => {
    o.made = () => ({
      ...MAIL,
      unsubscribeUrl: 'https://wijkagenda.example/afmelden/abc',
      replyTo: 'chair@gemeente.example',
    });
    const address = await plan();
    expect(await deliver()).toEqual({ sent: 1 });
    expect(await deliver()).toEqual({});
    const [received] = o.mailbox.to(address);
    expect(received.from).toBe('wijkagenda@gemeente.example');
    expect(received.mail).toMatchObject({ subject: MAIL.subject, html: MAIL.html });
    expect(received.mail.text?.trim()).toBe(MAIL.text);
    const stored = await messageTo(address);
    expect(received.mail.messageId).toBe(stored.messageId);
    expect(received.raw).toBe(stored.bytes);
    expect(received.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(received.raw).toMatch(/^X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r$/m);
    expect(received.raw).toMatch(/^List-Unsubscribe: <https:\/\/wijkagenda\.example\/afmelden\/abc>\r$/m);
    expect(received.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    expect(received.raw).toMatch(/^Reply-To: chair@gemeente\.example\r$/m);
    expect(received.mail.from?.value).toEqual([{ name: 'Gemeente', address: 'wijkagenda@gemeente.example' }]);
    expect(stored).toMatchObject({
      state: 'sent',
      attempts: 1,
      lines: 2,
      subject: MAIL.subject,
      sentAt: expect.any(String),
    });
  });

  it('is one message per key, however often it is planned', async () => {
    const address = await plan({ dedupeKey: 'once' });
    await plan({ dedupeKey: 'once', address });
    await deliver();
    expect(o.mailbox.to(address)).toHaveLength(1);
  });

  it('plans nothing for a person who was erased since it was determined who gets it', async () => {
    const { id, email } = await o.t.make.person();
    await o.t.app
      .get(Transactions)
      .run((manager) => execute(manager, 'UPDATE "people" SET "email" = NULL WHERE "id" = $1', [id]));
    const address = await plan({ personId: id, address: email! });
    const sql = 'SELECT "id" FROM "outgoing_messages" WHERE "address" = $1';
    expect(await rows(o.t.database.reader, sql, [address])).toEqual([]);
  });

  it('does not send what is no longer needed when it is made', async () => {
    o.made = () => null;
    const address = await plan();
    expect(await deliver()).toEqual({ not_needed: 1 });
    expect(o.mailbox.to(address)).toHaveLength(0);
    expect((await messageTo(address)).state).toBe('not_needed');
  });

  it('keeps the words of a server that refuses for good, and sends the others', async () => {
    const bad = await plan();
    o.mailbox.behave(bad, 'refuse');
    const good = [await plan(), await plan(), await plan()];
    expect(await deliver()).toEqual({ failed: 1, sent: 3 });
    expect(await messageTo(bad)).toMatchObject({
      state: 'failed',
      serverWords: expect.stringContaining('No such user'),
    });
    for (const address of good) expect(o.mailbox.to(address)).toHaveLength(1);
    after(600);
    expect(await deliver()).toEqual({});
  });

  it('tries again after 1 and then 5 minutes when the server says "later"', async () => {
    const address = await plan();
    o.mailbox.behave(address, 'try-later', 'try-later');
    expect(await deliver()).toEqual({ deferred: 1 });
    expect(await deliver()).toEqual({});
    after(1.1);
    expect(await deliver()).toEqual({ deferred: 1 });
    after(2);
    expect(await deliver()).toEqual({});
    after(3.1);
    expect(await deliver()).toEqual({ sent: 1 });
    expect(o.mailbox.to(address)).toHaveLength(1);
    expect(await messageTo(address)).toMatchObject({ state: 'sent', attempts: 3 });
  });

  it('sends the same bytes under the same Message-ID when the line broke after the server had accepted', async () => {
    let times = 0;
    o.made = () => ({ ...MAIL, text: `versie ${(times += 1)}` });
    const address = await plan();
    o.mailbox.behave(address, 'accept-and-drop');
    expect(await deliver()).toEqual({ uncertain: 1 });
    expect((await messageTo(address)).state).toBe('uncertain');
    after(2);
    expect(await deliver()).toEqual({ sent: 1 });
    const [first, second] = o.mailbox.to(address);
    expect(second.raw).toBe(first.raw);
    expect(times).toBe(1);
  });

  it('waits when the line breaks before the message was given', async () => {
    const address = await plan();
    o.mailbox.behave(address, 'drop');
    await deliver();
    expect(o.mailbox.to(address)).toHaveLength(0);
    after(2);
    expect(await deliver()).toEqual({ sent: 1 });
  });

  it('does not repeat a mail that nobody should get any more', async () => {
    const address = await plan();
    o.mailbox.behave(address, 'try-later');
    await deliver();
    o.isWanted = false;
    after(2);
    expect(await deliver()).toEqual({ not_needed: 1 });
    expect(o.mailbox.to(address)).toHaveLength(0);
  });

  it('gives up, visibly, when its time has passed', async () => {
    const tried = await plan({ expiresAt: '2026-06-01T06:00:30.000Z' });
    o.mailbox.behave(tried, 'try-later');
    await deliver();
    const never = await plan({ expiresAt: '2026-06-01T06:00:40.000Z' });
    after(2);
    expect(await deliver()).toEqual({ failed: 1, skipped: 1 });
    expect(await messageTo(tried)).toMatchObject({
      state: 'failed',
      serverWords: expect.stringContaining('Mailbox busy'),
    });
    expect((await messageTo(never)).state).toBe('skipped');
  });

  it('checks the address again before the envelope, and mails only where it may', async () => {
    const evil = await plan({ address: '"b@politie.example\r\nBcc: x"@evil.example' });
    const elsewhere = await plan({ address: 'directeur@elders.test' });
    expect(await deliver()).toEqual({ failed: 1, skipped: 1 });
    expect((await messageTo(evil)).state).toBe('failed');
    expect(await messageTo(elsewhere)).toMatchObject({ state: 'skipped', bytes: null });
  });

  it('is not held up by a mail that cannot be made', async () => {
    o.made = ({ address }) => {
      if (address.startsWith('kapot')) throw new Error('A mail that cannot be made.');
      return MAIL;
    };
    const broken = await plan({ address: 'kapot@politie.example' });
    const good = await plan();
    expect(await deliver()).toEqual({ deferred: 1, sent: 1 });
    expect(o.mailbox.to(good)).toHaveLength(1);
    o.made = () => MAIL;
    after(2);
    await deliver();
    expect(o.mailbox.to(broken)).toHaveLength(1);
  });

  it('sends each message once when two rounds run at the same time', async () => {
    const addresses: string[] = [];
    for (let n = 0; n < 20; n += 1) addresses.push(await plan());
    await Promise.all([deliver(), deliver()]);
    for (const address of addresses) expect(o.mailbox.to(address)).toHaveLength(1);
  });

  it('records nothing when another one took the claim in the meantime', async () => {
    const address = await plan();
    const other = newId();
    o.made = () => MAIL;
    o.mailbox.behave(address, 'accept');
    const claims = o.t.app.get(MessageClaims);
    const [mine] = await claims.next(1);
    await o.t.app
      .get(Transactions)
      .run((manager) =>
        manager.query(`UPDATE "outgoing_messages" SET "claimId" = '${other}' WHERE "id" = '${mine.id}'`),
      );
    expect(await claims.record(mine, { state: 'sent', words: null })).toBe(false);
    expect(await messageTo(address)).toMatchObject({ state: 'claimed', claimId: other });
  });

  /** What this process claimed of these, just before another took the claims. */
  const takenOver = async (addresses: readonly string[]) => {
    const mine = (await o.t.app.get(MessageClaims).next(1000)).filter(({ address }) => addresses.includes(address));
    expect(mine).toHaveLength(addresses.length);
    for (const { id } of mine)
      await change(`UPDATE "outgoing_messages" SET "claimId" = '${newId()}' WHERE "id" = '${id}'`);
    return mine;
  };

  it('does not even look at a mail that another one took since, whether it is new or sent again', async () => {
    const again = await plan();
    o.mailbox.behave(again, 'accept-and-drop');
    await deliver();
    expect(await messageTo(again)).toMatchObject({ state: 'uncertain' });
    after(2);
    const mine = await takenOver([again, await plan()]);
    expect(await o.t.app.get(MessageClaims).prepare(mine)).toEqual(new Map());
  });

  it('neither stores nor sends what it composed if another one took the mail meanwhile', async () => {
    const address = await plan();
    const [message] = await takenOver([address]);
    const composed = await compose(MAIL, message, o.t.settings, o.t.clock.now());
    expect(await o.t.app.get(MessageClaims).keep([{ message, mail: MAIL, composed }])).toEqual(new Set());
    expect(await messageTo(address)).toMatchObject({ bytes: null, hash: null });
  });

  it('takes up again what a process that was killed had claimed', async () => {
    const address = await plan();
    const claims = o.t.app.get(MessageClaims);
    const claimed = (await claims.next(1000)).find((one) => one.address === address);
    expect(await deliver()).toEqual({});
    if (kind === 'sqlite') await o.t.app.get(Delivery).onApplicationBootstrap();
    else
      await change(
        `UPDATE "outgoing_messages" SET "leaseUntil" = '2000-01-01T00:00:00.000Z' WHERE "id" = '${claimed!.id}'`,
      );
    await deliver();
    expect(o.mailbox.to(address)).toHaveLength(1);
  });

  it('lets what is being sent finish when the service stops, and leaves the rest for later', async () => {
    const own = await startApp(kind, { now: MONDAY, environment: { SMTP_URL: o.mailbox.url } });
    own.app.get(MailKinds).register('test', { make: async () => MAIL });
    for (let n = 0; n < 8; n += 1) {
      o.mailbox.behave(`stop${n}@politie.example`, 'accept-slowly');
      await own.app.get(Transactions).run((manager) =>
        own.app.get(Outbox).plan(manager, {
          kind: 'test',
          dedupeKey: `stop:${n}`,
          address: `stop${n}@politie.example`,
          personId: null,
          batchId: null,
          payload: {},
          expiresAt: '2026-06-07T22:00:00.000Z',
        }),
      );
    }
    const round = own.app.get(Delivery).deliverDue();
    await until(
      'five mails are under way',
      () => o.mailbox.messages.filter(({ to }) => to.startsWith('stop')).length === 5,
    );
    await own.app.get(Delivery).beforeApplicationShutdown();
    expect(await round).toEqual({ sent: 5 });
    const states = await rows<{ state: string }>(own.database.reader, 'SELECT "state" FROM "outgoing_messages"');
    expect(states.map(({ state }) => state).sort()).toEqual([...Array(3).fill('planned'), ...Array(5).fill('sent')]);
  });
});

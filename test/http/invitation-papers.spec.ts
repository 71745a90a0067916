import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { Session } from '../../src/meetings/session.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { readPdf, wholeText } from '../support/pdf.mjs';
import { callsOf } from '../support/world.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';

const PDF = 'application/pdf';

/** The draft minutes attached to an invitation. */
onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let mailbox: Mailbox;
  let as: ReturnType<typeof callsOf>;
  let next: Session;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    const environment = { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://wijkagenda.example' };
    t = await startApp(kind, { today: '2026-06-02', environment });
    as = callsOf(t);
  });
  beforeEach(async () => {
    b = await boskoop(t);
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    await t.app.get(Delivery).deliverDue();
    mailbox.clear();
    const { body } = await as(b.signedIn.chair, 'get', `/v1/meetings/${b.meeting.id}/sessions?state=planned`);
    next = body.items[0];
    t.clock.set('2026-06-16T10:00:00Z');
  });
  const convene = async () => {
    await as(b.signedIn.chair, 'put', `/v1/sessions/${next.id}/invitation`, undefined, next.version).expect(200);
    await t.app.get(Delivery).deliverDue();
  };
  const mailTo = ({ email }: { email: string | null }) => mailbox.to(email!).at(-1)!.mail;
  const papersOf = (person: { email: string | null }) =>
    mailTo(person).attachments.filter(({ contentType }) => contentType === PDF);
  const change = (work: Parameters<Transactions['run']>[0]) => t.app.get(Transactions).run(work);

  it('are the open text as PDF and a link to the own copy, for everyone at the table and whoever gets the papers', async () => {
    const informed = await t.make.person();
    await t.make.invitation(b.meeting.id, { personId: informed.id, role: 'informed' });
    await convene();
    const link = `https://wijkagenda.example/verslagen/${b.session.id}`;
    for (const person of [b.chair, b.wijkagent, b.consulent, b.coach, informed]) {
      const { text, html } = mailTo(person);
      expect(text).toContain(`Het verslag van dinsdag 2 juni 2026, ook als pdf bij deze mail:\n${link}`);
      expect(html).toContain(`href="${link}"`);
      const [paper, ...more] = papersOf(person);
      expect([paper.filename, more]).toEqual(['verslag-boskoop-2026-06-02.pdf', []]);
      const words = wholeText(readPdf(paper.content).root);
      expect(words).toMatch(/nog niet vastgesteld[^]*De overlast verschuift naar de avond/);
      expect(words).not.toMatch(/groene deur|Zorgen om een adres|huisbezoek|\bV1\b/);
    }
    for (const { raw } of mailbox.messages) expect(raw).not.toMatch(/groene deur|Zorgen om|huisbezoek/);
  });

  it('are exactly those the session can adopt: sent, of an earlier session, and not adopted or destroyed', async () => {
    const session = (heldOn: string) => t.make.session(b.meeting.id, { heldOn, state: 'open' });
    const [concept, adopted, second] = [
      await session('2026-06-03'),
      await session('2026-05-05'),
      await session('2026-06-09'),
    ];
    for (const { id } of [concept, adopted, second]) {
      await agendaItem(t, id, { notes: `In ${id}` });
      await bring(t, id, 'closed');
    }
    for (const one of [adopted, second]) await send(t, { ...b, session: one } as Boskoop);
    await change((manager) =>
      manager.query(`UPDATE "minutes" SET "state" = 'adopted' WHERE "sessionId" = '${adopted.id}'`),
    );
    await convene();
    const { text } = mailTo(b.coach);
    const named = [...text!.matchAll(/verslagen\/([\w-]+)/g)].map(([, id]) => id);
    const path = `/v1/sessions/${next.id}/minutes-to-adopt`;
    const { body } = await as(b.signedIn.welfare, 'get', path).expect(200);
    expect(named).toEqual([b.session.id, second.id]);
    expect(body.items.map(({ sessionId }: { sessionId: string }) => sessionId)).toEqual(named);
    expect(papersOf(b.coach)).toHaveLength(2);
  });

  it('are attached up to four, and named with their link beyond that', async () => {
    for (const heldOn of ['2026-06-03', '2026-06-04', '2026-06-05', '2026-06-08']) {
      const session = await t.make.session(b.meeting.id, { heldOn, state: 'open' });
      await bring(t, session.id, 'closed');
      await send(t, { ...b, session });
    }
    await convene();
    expect(papersOf(b.coach)).toHaveLength(4);
    expect(mailTo(b.coach).text).toMatch(/8 juni 2026:\nhttps:\/\/wijkagenda\.example\/verslagen/);
  });

  it('exclude anyone invited for one item only, or only from a later day on', async () => {
    const item = await agendaItem(t, next.id, { number: '9', position: 9, title: 'Jaarwisseling', state: 'accepted' });
    const [guest, newcomer] = [await t.make.person(), await t.make.person()];
    const firm = await t.make.organisation();
    await t.make.invitation(b.meeting.id, { organisationId: firm.id, personId: guest.id, agendaItemId: item.id });
    await t.make.invitation(b.meeting.id, { organisationId: firm.id, personId: newcomer.id, fromOn: '2026-06-20' });
    await convene();
    for (const person of [guest, newcomer]) {
      expect(mailTo(person).text).toContain('Jaarwisseling');
      expect(mailTo(person).text).not.toMatch(/verslag van|VAST TE STELLEN/);
      expect(papersOf(person)).toEqual([]);
    }
  });

  it('are not mailed once more, nor kept, when words were taken out of them since', async () => {
    mailbox.behave(b.coach.email!, 'accept-and-drop');
    mailbox.behave(b.consulent.email!, 'try-later');
    await convene();
    const states = async () =>
      new Map(
        (
          await rows<{ address: string; state: string; hasBytes: boolean }>(
            t.database.reader,
            `SELECT "address", "state", ("bytes" IS NOT NULL) AS "hasBytes" FROM ${STORED_MESSAGES} WHERE "batchId" = $1`,
            [next.id],
            { hasBytes: 'boolean' },
          )
        ).map(({ address, state, hasBytes }) => [address, [state, hasBytes]]),
      );
    const before = await states();
    const of = (held: typeof before) => [b.wijkagent, b.coach, b.consulent].map(({ email }) => held.get(email!));
    expect(of(before)).toEqual([
      ['sent', true],
      ['uncertain', true],
      ['deferred', true],
    ]);
    const minutes = `/v1/sessions/${b.session.id}/minutes`;
    const { headers } = await as(b.signedIn.chair, 'get', minutes).expect(200);
    const passages = [{ item: '3', words: 'geluid na tienen' }];
    const redaction = as(b.signedIn.chair, 'put', `${minutes}/redaction`, { ground: 'artikel 17 AVG', passages });
    await redaction.set('If-Match', headers.etag).expect(200);
    mailbox.clear();
    t.clock.set('2026-06-16T12:00:00Z');
    await t.app.get(Delivery).deliverDue();
    expect(of(await states())).toEqual([
      ['sent', false],
      ['failed', false],
      ['sent', true],
    ]);
    expect(mailbox.messages.map(({ to }) => to)).toEqual([b.consulent.email]);
    expect(wholeText(readPdf(papersOf(b.consulent)[0].content).root)).toMatch(/Omwonenden melden vooral \(weggelakt\)/);
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';

/** One set of minutes through a year of changes; each test continues where the previous one stopped. */
onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let mailbox: Mailbox;
  let before: { hash: string; composedAt: string };
  let tags: Record<'welfare' | 'chair' | 'police', string>;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', isStory: true, environment: { SMTP_URL: mailbox.url } });
    b = await boskoop(t);
    // The wijkagent chairs together with the gebiedsadviseur, and the police may know what the municipality may not.
    await t.make.grant(b.wijkagent.id, 'chair', b.area.id);
    await t.make.invitation(b.meeting.id, { personId: b.wijkagent.id, role: 'chair' });
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    await t.app.get(Delivery).deliverDue();
    before = (await get(b.signedIn.welfare)).body;
    tags = await tagsNow();
  });
  afterAll(() => mailbox.stop());

  const path = (rest: string) => `/v1/sessions/${b.session.id}/minutes${rest}`;
  const get = (token: string, rest = '') => t.api.get(path(rest)).set('Authorization', token).expect(200);
  const numbers = async (token: string) => {
    const { body } = await get(token, '/versions');
    expect(body.total).toBe(body.items.length);
    return body.items.map(({ number, reason }: { number: number; reason: string }) => `${number} ${reason}`);
  };
  const tagsNow = async () => {
    const tagOf = async (who: keyof typeof tags) => (await get(b.signedIn[who])).headers.etag as string;
    return { welfare: await tagOf('welfare'), chair: await tagOf('chair'), police: await tagOf('police') };
  };
  const put = async (rest: string, body?: object) => {
    const { headers } = await get(b.signedIn.police);
    const asked = t.api.put(path(rest)).set('Authorization', b.signedIn.police).set('If-Match', headers.etag);
    return (body ? asked.send(body) : asked).expect(200);
  };
  const write = (id: string, notes: string) =>
    t.app.get(Transactions).run((manager) => manager.update(AgendaItem, id, { notes }));
  const again = async (id: string, notes: string) => {
    await bring(t, b.session.id, 'reopened');
    await write(id, notes);
    await bring(t, b.session.id, 'closed');
    await put('/dispatch');
    await t.app.get(Delivery).deliverDue();
  };

  it('shows a version in which only a confidential item was redacted to nobody but its parties', async () => {
    const passages = [{ item: 'V1', words: 'groene' }];
    const { body } = await put('/redaction', { ground: 'Verzoek van een betrokkene, artikel 17 AVG.', passages });
    expect(body.versions).toMatchObject([{ number: 1 }]);
    expect(await numbers(b.signedIn.police)).toEqual(['1 closing', '2 redaction']);
    for (const token of [b.signedIn.welfare, b.signedIn.chair]) {
      expect(await numbers(token)).toEqual(['1 closing']);
      const { hash, composedAt } = before;
      const { body: copy } = await get(token);
      expect(copy).toMatchObject({ number: 1, reason: 'closing', isInForce: true, hash, composedAt });
      await t.api.get(path('/versions/2')).set('Authorization', token).expect(404);
      expect((await get(token).set('Accept', 'text/plain')).text).not.toMatch(/weggelakt|versie/);
    }
    const partner = await Visitor.of(t, b.coach.id);
    expect(await partner.see(`/vergaderingen/${b.session.id}`)).toContain('Versie 1 is verstuurd');
  });

  it('keeps the ETag for anyone who may not know what changed, and changes it for the parties', async () => {
    const now = await tagsNow();
    expect([now.welfare, now.chair]).toEqual([tags.welfare, tags.chair]);
    expect(now.police).not.toBe(tags.police);
    expect((await get(b.signedIn.welfare, '/dispatch')).headers.etag).toBe(tags.welfare);
    tags = now;
  });

  it('sends minutes of which only a confidential item changed again to its parties and the chairs, and to no one else', async () => {
    const sentAt = (await get(b.signedIn.welfare, '/dispatch')).body.sentAt;
    t.clock.set('2026-06-05T10:00:00Z');
    const count = (person: { email: string | null }) => mailbox.to(person.email!).length;
    const had = [b.wijkagent, b.consulent, b.coach, b.beheerder].map(count);
    await again(b.adres.id, 'Geheim: het huis met de blauwe deur.');
    expect([b.wijkagent, b.consulent, b.coach, b.beheerder].map(count)).toEqual([
      had[0] + 1,
      had[1] + 1,
      had[2],
      had[3],
    ]);
    expect(await numbers(b.signedIn.police)).toEqual(['1 closing', '2 redaction', '3 closing']);
    expect(await numbers(b.signedIn.welfare)).toEqual(['1 closing']);
    const { body } = await get(b.signedIn.welfare, '/dispatch');
    expect(body).toMatchObject({ number: 1, sentAt });
    expect((await get(b.signedIn.police, '/dispatch')).body).toMatchObject({ number: 3 });
    const now = await tagsNow();
    expect(now.welfare).toBe(tags.welfare);
    expect(now.chair).not.toBe(tags.chair);
    tags = now;
  });

  it('numbers for each reader without a gap', async () => {
    t.clock.set('2026-06-08T10:00:00Z');
    const had = mailbox.to(b.coach.email!).length;
    await again(b.skate.id, 'De overlast verschuift naar de nacht.');
    expect(await numbers(b.signedIn.police)).toEqual(['1 closing', '2 redaction', '3 closing', '4 closing']);
    expect(await numbers(b.signedIn.welfare)).toEqual(['1 closing', '2 closing']);
    const { body } = await get(b.signedIn.welfare, '/versions/2');
    expect(body).toMatchObject({ number: 2, isInForce: true });
    const mails = mailbox.to(b.coach.email!);
    expect(mails).toHaveLength(had + 1);
    expect(mails.at(-1)!.mail.text).toMatch(/versie 2/);
    expect((await tagsNow()).welfare).not.toBe(tags.welfare);
  });

  it('presents minutes as unchanged to anyone who may not know the corrected item', async () => {
    const next = await t.make.session(b.meeting.id, { heldOn: '2026-06-20', state: 'open' });
    const offered = await t.api
      .get(`/v1/sessions/${next.id}/minutes-to-adopt`)
      .set('Authorization', b.signedIn.welfare)
      .expect(200);
    expect(offered.body.items).toMatchObject([{ sessionId: b.session.id, number: 2 }]);
    const corrections = [{ item: 'V1', old: 'blauwe', new: 'rode' }];
    const { body } = await put('/adoption', { sessionId: next.id, kind: 'corrected', corrections });
    expect(body).toMatchObject({ kind: 'corrected', number: 5 });
    expect((await get(b.signedIn.welfare, '/adoption')).body).toMatchObject({
      kind: 'unchanged',
      number: 2,
      corrections: [],
    });
    expect((await get(b.signedIn.welfare)).body).toMatchObject({ state: 'adopted', number: 2, reason: 'closing' });
    expect(await numbers(b.signedIn.welfare)).toEqual(['1 closing', '2 closing']);
  });

  it('lets a chair adopt with what was read before a confidential part changed, and not with what is older', async () => {
    const other = await boskoop(t);
    const { chair, police } = other.signedIn;
    await t.make.grant(other.wijkagent.id, 'chair', other.area.id);
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const next = await t.make.session(other.meeting.id, { heldOn: '2026-06-20', state: 'open' });
    const minutes = `/v1/sessions/${other.session.id}/minutes`;
    const read = async (token: string) =>
      (await t.api.get(minutes).set('Authorization', token).expect(200)).headers.etag as string;
    const redact = async (item: string, words: string) =>
      t.api
        .put(`${minutes}/redaction`)
        .set('Authorization', police)
        .set('If-Match', await read(police))
        .send({ ground: 'artikel 17 AVG', passages: [{ item, words }] })
        .expect(200);
    const adopt = (tag: string) =>
      t.api
        .put(`${minutes}/adoption`)
        .set('Authorization', chair)
        .set('If-Match', tag)
        .send({ sessionId: next.id, kind: 'unchanged' });
    const old = await read(chair);
    await redact('3', 'geluid');
    await adopt(old).expect(412);
    const tag = await read(chair);
    await redact('V1', 'groene');
    const offered = await t.api.get(`/v1/sessions/${next.id}/minutes-to-adopt`).set('Authorization', chair).expect(200);
    expect(offered.body.items).toMatchObject([{ sessionId: other.session.id, version: Number(tag.slice(1, -1)) }]);
    await adopt(tag).expect(200);
  });

  it('lets an action go on under the title that was adopted, unless it got another one since', async () => {
    const other = await boskoop(t);
    const { chair } = other.signedIn;
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const minutes = `/v1/sessions/${other.session.id}/minutes`;
    const as = (method: 'get' | 'put' | 'patch', url: string) => t.api[method](url).set('Authorization', chair);
    const lamps = `/v1/actions/${other.lamps.id}`;
    const { headers: read } = await as('get', lamps).expect(200);
    await as('patch', lamps).set('If-Match', read.etag).send({ title: 'Verlichting op tijd zetten' }).expect(200);
    const next = await t.make.session(other.meeting.id, { heldOn: '2026-06-20', state: 'open' });
    const { headers } = await as('get', minutes).expect(200);
    const { surveillance } = other;
    const corrections = [
      { item: surveillance.number, old: 'skatebaan', new: 'speeltuin' },
      { item: other.lamps.number, old: 'Tijden', new: 'Uren' },
    ];
    const adoption = as('put', `${minutes}/adoption`).set('If-Match', headers.etag);
    await adoption.send({ sessionId: next.id, kind: 'corrected', corrections }).expect(200);
    const titleIn = async (url: string) => (await as('get', url).expect(200)).body.title;
    expect(await titleIn(`/v1/actions/${surveillance.id}`)).toBe('Extra surveillance bij de speeltuin');
    expect(await titleIn(lamps)).toBe('Verlichting op tijd zetten');
    const { body } = await as('get', `/v1/actions/${surveillance.id}/updates`).expect(200);
    expect(body.items).toHaveLength(2);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        sessionId: next.id,
        comment: 'Verbeterd bij de vaststelling van het verslag van dinsdag 2 juni 2026.',
      }),
    );
    const adopted = (await as('get', minutes).expect(200)).body;
    expect(adopted.actions.map(({ title }: { title: string }) => title)).toEqual([
      'Extra surveillance bij de speeltuin',
      'Uren van de verlichting aanpassen',
    ]);
  });

  it('says in the register of decisions what was adopted', async () => {
    const other = await boskoop(t);
    await bring(t, other.session.id, 'closed');
    await send(t, other);
    const next = await t.make.session(other.meeting.id, { heldOn: '2026-06-20', state: 'open' });
    const as = (method: 'get' | 'put', url: string) => t.api[method](url).set('Authorization', other.signedIn.chair);
    const minutes = `/v1/sessions/${other.session.id}/minutes`;
    const { headers } = await as('get', minutes).expect(200);
    const corrections = [{ item: '3', old: 'tot 23 uur', new: 'tot 24 uur' }];
    const adoption = as('put', `${minutes}/adoption`).set('If-Match', headers.etag);
    await adoption.send({ sessionId: next.id, kind: 'corrected', corrections }).expect(200);
    const { body } = await as('get', `/v1/decisions?meeting=${other.meeting.id}`).expect(200);
    expect(body.items).toMatchObject([{ decision: 'De verlichting bij de skatebaan blijft tot 24 uur aan.' }]);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Meeting } from '../../src/meetings/meeting.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { chairOf } from '../support/year.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  /** Minutes sent on 2 June, of a meeting that allows adoption in writing unless said otherwise. */
  const sent = async (allowsWrittenAdoption = true) => {
    const b = await boskoop(t);
    await t.app.get(Transactions).run((m) => m.update(Meeting, b.meeting.id, { allowsWrittenAdoption }));
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    return b;
  };
  const adopt = async (b: Boskoop, body: object = { kind: 'unchanged' }) => {
    const { status, body: answer } = await chairOf(t, b.signedIn.chair).adopt(b.session.id, body);
    return { status, body: answer, code: answer.code };
  };
  const remark = (b: Boskoop, token: string, body: object) =>
    t.api.post(`/v1/sessions/${b.session.id}/minutes/remarks`).set('Authorization', token).send(body);

  it('adopts in writing when nobody objected within 14 days of sending', async () => {
    const b = await sent();
    await remark(b, b.signedIn.welfare, { text: 'Een tikfout.' }).expect(201);
    t.clock.set('2026-06-16T10:00:00Z');
    expect(await adopt(b)).toMatchObject({ status: 409, code: 'OBJECTION_TERM_RUNNING' });
    t.clock.set('2026-06-17T10:00:00Z');
    expect(await adopt(b)).toMatchObject({ status: 200, body: { adoptedIn: null, kind: 'unchanged' } });
    const html = await t.api
      .get(`/v1/sessions/${b.session.id}/minutes`)
      .set('Authorization', b.signedIn.welfare)
      .set('Accept', 'text/html');
    expect(html.text).toContain('Schriftelijk vastgesteld op woensdag 17 juni 2026');
    expect(await adopt(b)).toMatchObject({ status: 409, code: 'MINUTES_ADOPTED' });
  });

  it('does not when a participant objected; then a session decides', async () => {
    const b = await sent();
    await remark(b, b.signedIn.police, { text: 'Dit besluit is niet genomen.', isObjection: true }).expect(201);
    t.clock.set('2026-06-20T10:00:00Z');
    expect(await adopt(b)).toMatchObject({ status: 409, code: 'MINUTES_OBJECTED' });
    const next = await t.make.session(b.meeting.id, { heldOn: '2026-06-20', state: 'open' });
    expect(await adopt(b, { kind: 'unchanged', sessionId: next.id })).toMatchObject({ status: 200 });
  });

  it('does not where the meeting does not allow it, which is the default, nor with corrections', async () => {
    const strict = await sent(false);
    const b = await sent();
    t.clock.set('2026-07-01T10:00:00Z');
    expect(await adopt(strict)).toMatchObject({ status: 409, code: 'WRITTEN_ADOPTION_NOT_ALLOWED' });
    const corrections = [{ item: '3', old: 'avond', new: 'nacht' }];
    expect(await adopt(b, { kind: 'corrected', corrections })).toMatchObject({ status: 400 });
  });

  it('answers one remark for one key, however often it is sent', async () => {
    const b = await sent();
    const once = () =>
      remark(b, b.signedIn.welfare, { text: 'Een tikfout.' }).set('Idempotency-Key', 'remark-1-of-welfare');
    const first = await once().expect(201);
    expect((await once().expect(201)).body).toEqual(first.body);
    const { body } = await t.api
      .get(`/v1/sessions/${b.session.id}/minutes/remarks`)
      .set('Authorization', b.signedIn.chair);
    expect(body.total).toBe(1);
  });
});

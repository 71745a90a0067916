import { beforeAll, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

const AGENT = 'wijkagent@politie.example';
type Reason = { number: string; isIncluded: boolean; reason: string };

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let agent: string;
  let boskoop: string;
  let admin: string;
  let chair: string;

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { now: '2026-06-01T06:00:00.000Z', environment: { SMTP_URL: mailbox.url } });
    boskoop = (await t.make.area({ name: 'Boskoop' })).id;
    const zwammerdam = (await t.make.area({ name: 'Zwammerdam' })).id;
    const police = (await t.make.organisation({ name: 'Politie' })).id;
    const housing = (await t.make.organisation({ name: 'Habeko Wonen' })).id;
    agent = (await t.make.person({ name: 'wijkagent Boskoop', email: AGENT, organisationId: police })).id;
    const colleague = await t.make.person({ organisationId: police });
    await t.make.contact(police, agent);
    await t.make.contact(police, agent, boskoop);
    admin = await t.make.signedIn('admin');
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', boskoop);
    chair = await t.make.token(adviser.id);
    const action = (number: string, fields: Parameters<TestApp['make']['action']>[0] = {}) =>
      t.make.action({
        number,
        title: `Titel van ${number}`,
        areaId: boskoop,
        ownerId: police,
        recordedOn: '2026-04-01',
        dueOn: '2026-05-20',
        ...fields,
      });
    await action('BOS-1');
    await action('ZWA-2', { areaId: zwammerdam });
    await action('BOS-3', { dueOn: '2026-06-03' });
    await action('BOS-4', { dueOn: '2026-08-01' });
    await action('BOS-5', { status: 'on_hold', resumeOn: '2026-09-01' });
    await action('BOS-6', { status: 'done', doneOn: '2026-05-30' });
    await action('BOS-7', { ownerPersonId: colleague.id });
    await action('BOS-V8', { isConfidential: true, partyIds: [police, housing] });
    await action('BOS-9', { ownerId: housing });
  });
  const preview = (token: string, person?: string) =>
    t.api.get(`/v1/digests/preview${person ? `?person=${person}` : ''}`).set('Authorization', token);
  const withoutTokens = (text: string) => text.replace(/(antwoord|afmelden)\/[\w-]+/g, '$1/…');

  it('equals the mail to the letter for the person themselves, but for the tokens of the links', async () => {
    const own = await t.make.token(agent);
    const { body } = await preview(own).expect(200);
    expect((await preview(own, agent).expect(200)).body).toEqual(body);
    await t.app.get(DigestScheduler).planAndDeliver();
    const [{ mail }] = mailbox.to(AGENT);
    expect(mail.subject).toBe(body.subject);
    expect(withoutTokens(mail.text!).trimEnd()).toBe(withoutTokens(body.text).trimEnd());
    expect(withoutTokens(mail.html as string).trimEnd()).toBe(withoutTokens(body.html).trimEnd());
    expect(body).toMatchObject({ personId: agent, address: AGENT, state: 'would_be_sent', lines: 4 });
  });

  it('says per action why it is or is not in it', async () => {
    const { body } = await preview(await t.make.token(agent)).expect(200);
    const reasons = Object.fromEntries(
      (body.reasons as Reason[]).map(({ number, isIncluded, reason }) => [number, [isIncluded, reason]]),
    );
    expect(reasons).toEqual({
      'BOS-1': [true, 'overdue'],
      'ZWA-2': [true, 'overdue'],
      'BOS-3': [true, 'due_soon'],
      'BOS-4': [false, 'not_due'],
      'BOS-5': [false, 'on_hold'],
      'BOS-6': [false, 'finished'],
      'BOS-7': [false, 'other_recipient'],
      'BOS-V8': [true, 'overdue'],
    });
  });

  it('shows a chair only lines in the own areas that the own organisation may know', async () => {
    const { body } = await preview(chair, agent).expect(200);
    const numbers = (body.reasons as Reason[]).map(({ number }) => number);
    expect(body).toMatchObject({ address: AGENT, state: 'would_be_sent', lines: 2 });
    expect(body.text).toContain('BOS-1: Titel van BOS-1');
    expect(JSON.stringify(body)).not.toMatch(/ZWA-2|BOS-V8/);
    expect(numbers).toContain('BOS-1');
  });

  it('tells an administrator only address, state and number of lines, without confidential ones', async () => {
    const { body } = await preview(admin, agent).expect(200);
    expect(body).toEqual({
      personId: agent,
      address: AGENT,
      state: 'would_be_sent',
      lines: 3,
      subject: null,
      text: null,
      html: null,
      reasons: null,
    });
  });

  it('answers anyone else as if the person did not exist, and refuses what is no id', async () => {
    const stranger = await t.make.token((await t.make.person()).id);
    const hidden = await preview(stranger, agent).expect(404);
    const unknown = await preview(admin, boskoop).expect(404);
    expect(hidden.body).toEqual(unknown.body);
    const far = await t.make.area({ name: 'Hoorn' });
    await preview(await t.make.signedIn('chair', far.id), agent).expect(404);
    expect((await preview(admin, 'x').expect(400)).body.errors[0].field).toBe('person');
    await t.api.get('/v1/digests/preview').expect(401);
  });

  it('says when there would be no mail, and why', async () => {
    const calm = await t.make.person();
    const stopped = await t.make.person({ isDigestStopped: true });
    const paused = await t.make.person({ digestPausedUntilOn: '2026-06-01' });
    for (const [id, state] of [
      [calm.id, 'not_needed'],
      [stopped.id, 'stopped'],
      [paused.id, 'paused'],
    ]) {
      const { body } = await preview(await t.make.token(id)).expect(200);
      expect(body).toMatchObject({ state, lines: 0, subject: null, text: null, html: null, reasons: [] });
    }
  });
});

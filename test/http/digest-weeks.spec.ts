import { describe, expect, it } from '@jest/globals';
import { createApp } from '../../src/configure.js';
import { Clock } from '../../src/platform/common/clock.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { onBothDatabases } from '../support/app.js';
import { DigestRecipients } from '../../src/digests/digest-recipients.service.js';
import { callsOf } from '../support/world.js';
import { Visitor } from '../support/visitor.js';
import { MONDAY, setUpDigests } from './digests.setup.js';

onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  const { AGENT, start, ring, overdue, mails, states } = d;

  describe('over the weeks', () => {
    it.each([
      ['20 October 2025', '2025-10-20T05:59:59.000Z', '2025-10-20T06:00:00.000Z'],
      ['23 March 2026', '2026-03-23T06:59:59.000Z', '2026-03-23T07:00:00.000Z'],
      ['27 October 2025', '2025-10-27T06:59:59.000Z', '2025-10-27T07:00:00.000Z'],
      ['26 October 2026', '2026-10-26T06:59:59.000Z', '2026-10-26T07:00:00.000Z'],
      ['30 March 2026', '2026-03-30T05:59:59.000Z', '2026-03-30T06:00:00.000Z'],
    ])('goes out at 08:00 on Monday %s, not a second before', async (_, before, at) => {
      await start(before);
      await overdue({ recordedOn: '2025-01-01', dueOn: '2025-02-01' });
      d.t.clock.set(before);
      await ring();
      expect(mails()).toHaveLength(0);
      d.t.clock.set(at);
      await ring();
      expect(mails()).toHaveLength(1);
    });

    it('sends one mail a week on three Mondays with nothing changed, and goes from week 53 to week 1', async () => {
      await start('2026-12-21T07:00:00.000Z');
      await overdue();
      for (const now of ['2026-12-21', '2026-12-22', '2026-12-28', '2027-01-03', '2027-01-04', '2027-01-05']) {
        d.t.clock.set(`${now}T07:00:00.000Z`);
        await ring();
        await ring();
      }
      expect(mails()).toHaveLength(3);
      expect(new Set(mails().map(({ mail }) => mail.messageId)).size).toBe(3);
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', d.admin).expect(200);
      expect(body.items.map(({ year, week }: { year: number; week: number }) => `${year}-${week}`)).toEqual([
        '2027-1',
        '2026-53',
        '2026-52',
      ]);
    });

    it('catches an outage up within the week, and marks a missed week as skipped, visibly', async () => {
      await start('2026-06-02T09:00:00.000Z');
      await overdue();
      await ring();
      expect(mails()).toHaveLength(1);
      d.t.clock.set('2026-06-15T05:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(1);
      d.t.clock.set('2026-06-15T06:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(2);
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', d.admin).expect(200);
      expect(body.items.map(({ week, state }: { week: number; state: string }) => [week, state])).toEqual([
        [25, 'planned'],
        [24, 'skipped'],
        [23, 'planned'],
      ]);
      expect(body.items[1].reason).toBe('service_not_running');
    });

    it('tells the chair to call after four digests without an answer, and stops once one arrives', async () => {
      await start();
      const action = await overdue();
      const chair = await d.t.make.person({ email: 'gebiedsadviseur@gemeente.example' });
      await d.t.make.grant(chair.id, 'chair', d.boskoop);
      const texts = async (now: string) => {
        d.t.clock.set(now);
        await ring();
        return d.mailbox.to('gebiedsadviseur@gemeente.example').at(-1)!.mail.text!;
      };
      for (const day of ['2026-06-01', '2026-06-08', '2026-06-15', '2026-06-22'])
        expect(await texts(`${day}T06:10:00.000Z`)).not.toContain('Nog geen antwoord');
      const [, path] =
        /Nog geen antwoord, bel even\s+- wijkagent Boskoop gaf op vier [^:]+: https:\/\/wijkagenda\.example(\S+)/.exec(
          await texts('2026-06-29T06:10:00.000Z'),
        )!;
      const person = await d.t.api
        .get(path.replace('/beheer/mensen', '/v1/people'))
        .set('Authorization', await d.t.make.token(chair.id));
      expect(person.body.name).toBe('wijkagent Boskoop');
      await d.t.make.update(action, { recordedAt: '2026-06-30T10:00:00.000Z' });
      expect(await texts('2026-07-06T06:00:00.000Z')).not.toContain('Nog geen antwoord');
      expect(mails()).toHaveLength(6);
    });

    it('catches up once on Tuesday after an outage since Sunday, including mails planned before it', async () => {
      await start();
      await overdue();
      await ring();
      d.t.clock.set('2026-06-09T09:30:00.000Z');
      await ring();
      await ring();
      expect(mails()).toHaveLength(2);
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', d.admin).expect(200);
      expect(body.items).toMatchObject([
        { week: 24, state: 'planned', dueAt: '2026-06-08T06:00:00.000Z', messages: { sent: 1 } },
        { week: 23, state: 'planned' },
      ]);
      d.t.clock.set('2026-06-15T06:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(3);
    });

    it('sends one mail after a clock that jumped a month, marks the weeks between as skipped, and none after going back', async () => {
      await start();
      await overdue();
      await ring();
      d.t.clock.set('2026-07-01T06:00:00.000Z');
      await ring();
      await ring();
      expect(mails()).toHaveLength(2);
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', d.admin).expect(200);
      const weeks = body.items.map(({ week, state }: { week: number; state: string }) => `${week} ${state}`);
      expect(weeks).toEqual(['27 planned', '26 skipped', '25 skipped', '24 skipped', '23 planned']);
      for (const now of ['2026-06-01T07:00:00.000Z', '2026-06-08T06:00:00.000Z', '2026-07-01T06:00:01.000Z']) {
        d.t.clock.set(now);
        await ring();
      }
      expect(mails()).toHaveLength(2);
    });

    it('sends what waited for a later attempt once when the clock is set back two hours in between', async () => {
      await start();
      await overdue();
      d.mailbox.behave(AGENT, 'accept-and-drop');
      await ring();
      d.t.clock.set('2026-06-01T04:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(1);
      d.t.clock.set('2026-06-01T06:02:00.000Z');
      await ring();
      await ring();
      expect(mails()).toHaveLength(2);
      expect(mails()[1].raw).toBe(mails()[0].raw);
      expect(await states()).toEqual(['sent']);
    });

    it('sends nothing twice when the clock is set back', async () => {
      await start();
      await overdue();
      await ring();
      d.t.clock.set('2026-06-01T04:00:00.000Z');
      await ring();
      d.t.clock.set('2026-06-01T06:00:01.000Z');
      await ring();
      expect(mails()).toHaveLength(1);
    });

    it('adds nobody to a week that was planned', async () => {
      await start();
      await ring();
      await overdue();
      d.t.clock.set('2026-06-03T06:00:00.000Z');
      await ring();
      expect(d.mailbox.messages).toHaveLength(0);
    });

    it('logs a week that is set as one without digest as skipped', async () => {
      await start(MONDAY, { DIGEST_SKIPPED_WEEKS: '2026-W23' });
      await overdue();
      await ring();
      expect(d.mailbox.messages).toHaveLength(0);
      const { body } = await d.t.api.get('/v1/digests').set('Authorization', d.admin).expect(200);
      expect(body.items).toMatchObject([{ week: 23, state: 'skipped', reason: 'set_without_digest' }]);
    });

    it('honours the weeks that an administrator chose until the digest is planned', async () => {
      await start();
      await overdue();
      const as = callsOf(d.t);
      const path = '/v1/digests/skipped-weeks';
      const { version } = (await as(d.admin, 'get', path).expect(200)).body;
      const choose = (weeks: string[], of = version, who = d.admin) => as(who, 'put', path, { weeks }, of);
      await choose(['2026-W53', '2027-W53']).expect(400);
      await choose(['2026-W22']).expect(400);
      await choose(['2026-W23'], version, await d.t.make.signedIn('chair', d.boskoop)).expect(403);
      const { body } = await choose(['2026-W53', '2026-W23']).expect(200);
      expect(body).toMatchObject({ weeks: ['2026-W23', '2026-W53'], inSettings: [], version: version + 1 });
      await choose([]).expect(412);
      await ring();
      expect(d.mailbox.messages).toHaveLength(0);
      const { items } = (await as(d.admin, 'get', '/v1/digests').expect(200)).body;
      expect(items).toMatchObject([{ week: 23, state: 'skipped', reason: 'set_without_digest' }]);

      d.t.clock.set('2026-06-08T06:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(1);
      const late = await choose(['2026-W24'], version + 1).expect(409);
      expect(late.body.code).toBe('DIGEST_WEEK_PLANNED');
      await choose([], version + 1).expect(200);
    });

    it('offers the week on its page until its digest was planned or skipped, and keeps what was chosen for it', async () => {
      await start();
      const { body: me } = await d.t.api.get('/v1/me').set('Authorization', d.admin).expect(200);
      // Over https the cookie has a name that browsers guard.
      const visitor = new Visitor(d.t, `__Host-${await d.t.make.cookie(me.id)}`);
      const path = '/beheer/weekberichten/weken';
      const page = await visitor.see(path);
      expect(page).toContain('id="week-2026-W23"');
      const version = /name="version" value="(\d+)"/.exec(page)![1];
      expect((await visitor.post(path, { version, week: '2026-W23' })).status).toBe(303);
      await ring();
      const after = await visitor.see(path);
      expect(after).not.toContain('2026-W23');
      expect(after).toContain('id="week-2026-W24"');
      const next = { version: String(Number(version) + 1), week: ['2026-W23', '2026-W24'] };
      expect((await visitor.post(path, next)).status).toBe(303);
      const { body } = await d.t.api.get('/v1/digests/skipped-weeks').set('Authorization', d.admin).expect(200);
      expect(body.weeks).toEqual(['2026-W23', '2026-W24']);
      await callsOf(d.t)(d.admin, 'put', '/v1/digests/skipped-weeks', { weeks: [] }, body.version).expect(200);
    });

    it('sends no digest of a week that is chosen while its mails are determined', async () => {
      await start();
      await overdue();
      const recipients = d.t.app.get(DigestRecipients);
      const mailsOf = recipients.mailsOf.bind(recipients);
      const { version } = (await d.t.api.get('/v1/digests/skipped-weeks').set('Authorization', d.admin)).body;
      recipients.mailsOf = async (week) => {
        const found = await mailsOf(week);
        await callsOf(d.t)(d.admin, 'put', '/v1/digests/skipped-weeks', { weeks: ['2026-W23'] }, version).expect(200);
        return found;
      };
      await ring();
      recipients.mailsOf = mailsOf;
      expect(d.mailbox.messages).toHaveLength(0);
      await callsOf(d.t)(d.admin, 'put', '/v1/digests/skipped-weeks', { weeks: [] }, version + 1).expect(200);
    });

    it('plans nothing before its hour, and nothing without a mail server', async () => {
      await start(MONDAY, { SMTP_URL: '' });
      await overdue();
      const { body } = await d.t.api.post('/v1/digests').set('Authorization', d.admin).expect(200);
      expect(body).toEqual({ isNew: false, run: null });
    });

    it('keeps the same bytes from a deferral on Monday to Tuesday, and gives up when the week is over', async () => {
      await start();
      await overdue();
      d.mailbox.behave(AGENT, 'try-later', 'try-later');
      await ring();
      d.t.clock.set('2026-06-02T06:00:00.000Z');
      await ring();
      d.t.clock.set('2026-06-08T05:00:00.000Z');
      await ring();
      expect(mails()).toHaveLength(0);
      expect(await states()).toEqual(['failed']);
    });
  });

  it('sends one mail per address and week from two instances on one database', async () => {
    await start();
    for (let n = 0; n < 12; n += 1) {
      const person = await d.t.make.person({ email: `agent${n}@politie.example` });
      await overdue({ ownerPersonId: person.id });
    }
    if (kind === 'sqlite') {
      await Promise.all([ring(), ring(), ring()]);
    } else {
      const other = await createApp(d.t.settings, new Clock(MONDAY));
      await other.init();
      await Promise.all([ring(), other.get(DigestScheduler).planAndDeliver(), ring()]);
      await other.close();
    }
    expect(d.mailbox.messages.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: 12 }, (_, n) => `agent${n}@politie.example`).sort(),
    );
  });
});

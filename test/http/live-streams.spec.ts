import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { Callers } from '../../src/identity/callers.service.js';
import { WebSession } from '../../src/identity/web-session.entity.js';
import type { RequestWithCaller } from '../../src/platform/access/caller.js';
import { execute } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SessionStreams } from '../../src/sessions/live/session-streams.service.js';
import { MOST_OF_A_PERSON } from '../../src/sessions/live/streams.rules.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Follower } from '../support/follower.js';
import { layTable } from '../support/world.js';
import { until } from '../support/until.js';
import { Visitor } from '../support/visitor.js';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-06-02T10:00:00Z');

/** The streams themselves: who may open one, when it ends, and its cost. */
onBothDatabases((kind) => {
  let t: TestApp;
  let url: string;
  let streams: SessionStreams;
  let table: Awaited<ReturnType<typeof layTable>>;
  let session: { id: string; version: number };
  const followers: Follower[] = [];

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    url = `http://localhost:${(t.server.address() as AddressInfo).port}`;
    streams = t.app.get(SessionStreams);
  });
  beforeEach(async () => {
    table = await layTable(t);
    session = await t.make.session(table.meeting.id, { state: 'open', openedAt: t.clock.moment() });
  });
  afterEach(async () => {
    for (const follower of followers.splice(0)) follower.leave();
    await until('all streams are gone', () => streams.count === 0);
  });

  const followAs = async (cookie: string) => {
    const follower = await Follower.of(url, session.id, { cookie });
    followers.push(follower);
    return follower;
  };
  const follow = async (personId = table.partnerPerson.id) => followAs(await t.make.cookie(personId));
  const at = () => `/vergaderingen/${session.id}/gebeurtenissen`;
  const inHours = (hours: number) => t.clock.set(new Date(START + hours * HOUR_MS).toISOString());
  const change = (sql: string, values: string[]) =>
    t.app.get(Transactions).run((manager) => execute(manager, sql, values));
  const guest = () =>
    table.as(table.chair, 'post', `/v1/sessions/${session.id}/attendances`, {
      guestName: 'stagiair',
      status: 'present',
    });

  describe('who may follow', () => {
    it('is refused like the page is: 401, 403, and 404 as for a session that does not exist', async () => {
      const stream = (cookie = '', path = at()) =>
        t.api.get(path).set('Accept', 'text/event-stream').set('Cookie', cookie);
      await stream().expect(401);
      await stream(await t.make.cookie((await t.make.person()).id)).expect(403);
      const stranger = await t.make.person();
      await t.make.grant(stranger.id, 'chair', (await t.make.area()).id);
      const cookie = await t.make.cookie(stranger.id);
      const hidden = await stream(cookie).expect(404);
      const unknown = await stream(cookie, at().replace(/[0-9a-f]{12}/, '000000000000')).expect(404);
      expect(hidden.body).toEqual(unknown.body);
      expect(streams.count).toBe(0);
    });

    it('gets the version alone without asking for events, and no stream by HEAD', async () => {
      const cookie = await t.make.cookie(table.partnerPerson.id);
      const { body } = await t.api.get(at()).set('Cookie', cookie).expect(200);
      expect(body).toEqual({ id: session.id, version: expect.any(String) });
      await t.api.head(at()).set('Accept', 'text/event-stream').set('Cookie', cookie).expect(200);
      expect(streams.count).toBe(0);
    });
  });

  describe('a stream', () => {
    it('repeats its version as heartbeat', async () => {
      const follower = await follow();
      await streams.beat();
      expect(await follower.after(1)).toEqual(follower.heard[0]);
    });

    it('ends with the sign-in, before the next event', async () => {
      const visitor = await Visitor.of(t, table.partnerPerson.id);
      const follower = await followAs(visitor.cookies);
      await visitor.post('/afmelden', {}, '/account');
      await guest().expect(201);
      await follower.untilEnded();
      expect(follower.heard).toHaveLength(1);
    });

    it('ends with the right to read the session, and when the person is deactivated', async () => {
      const [partner, chair] = [await follow(), await follow(table.chairPerson.id)];
      await change(`UPDATE "invitations" SET "untilOn" = '2026-06-01' WHERE "personId" = $1`, [table.partnerPerson.id]);
      await streams.beat();
      await partner.untilEnded();
      expect([partner.heard.length, chair.hasEnded]).toEqual([1, false]);
      await change(`UPDATE "people" SET "active" = FALSE WHERE "id" = $1`, [table.chairPerson.id]);
      await guest();
      await streams.beat();
      await chair.untilEnded();
    });

    it('makes room for a newer one of the same person, and tells the oldest so', async () => {
      const cookie = await t.make.cookie(table.partnerPerson.id);
      const all = [];
      for (let n = 0; n < MOST_OF_A_PERSON; n += 1) all.push(await followAs(cookie));
      const other = await follow(table.chairPerson.id);
      await followAs(cookie);
      await all[0].untilEnded();
      expect(all[0].last).toEqual({ ...all[0].heard[0], event: 'elsewhere' });
      expect([...all.slice(1), other].map(({ hasEnded }) => hasEnded)).not.toContain(true);
      expect(streams.count).toBe(MOST_OF_A_PERSON + 1);
    });

    it('leaves nothing behind when the browser goes', async () => {
      const all = await Promise.all([follow(), follow(table.chairPerson.id)]);
      expect(streams.count).toBe(2);
      for (const follower of all) follower.leave();
      await until('they are forgotten', () => streams.count === 0);
    });

    it('is cut off when its reader does not read', async () => {
      const caller = (await t.app.get(Callers).byPerson(table.partnerPerson.id, 'session'))!;
      const [name, value] = (await t.make.cookie(caller.personId)).split('=');
      const request = { headers: {}, cookies: { [name]: value }, caller } as unknown as RequestWithCaller;
      const unread = await streams.open(session.id, request);
      for (let n = 0; n < 100 && streams.count > 0; n += 1) await streams.beat();
      expect([streams.count, unread.destroyed]).toEqual([0, true]);
    });
  });

  describe('a sign-in at an open meeting', () => {
    const ends = async (id: string) =>
      (await t.database.reader.getRepository(WebSession).findOneByOrFail({ personId: id })).expiresAt;

    it('does not end for lack of use while its page follows the meeting', async () => {
      const cookie = await t.make.cookie(table.partnerPerson.id);
      const follower = await followAs(cookie);
      for (const hours of [8, 16, 24]) {
        inHours(hours);
        await streams.beat();
      }
      expect(follower.hasEnded).toBe(false);
      await t.api.get('/v1/me').set('Cookie', cookie).expect(200);
    });

    it('ends as usual when the meeting has not begun', async () => {
      await change(`UPDATE "sessions" SET "state" = 'planned' WHERE "id" = $1`, [session.id]);
      const cookie = await t.make.cookie(table.partnerPerson.id);
      const follower = await followAs(cookie);
      for (const hours of [8, 13]) {
        inHours(hours);
        await streams.beat();
      }
      await follower.untilEnded();
      await t.api.get('/v1/me').set('Cookie', cookie).expect(401);
    });

    it('lasts until the end of the meeting when its fourteen days are over, a day at most', async () => {
      const createdAt = new Date(START - 14 * 24 * HOUR_MS + HOUR_MS / 2).toISOString();
      const expiresAt = new Date(START + HOUR_MS / 2).toISOString();
      const follower = await followAs(await t.make.cookie(table.partnerPerson.id, { createdAt, expiresAt }));
      for (let hours = 0; hours <= 24; hours += 0.5) {
        inHours(hours);
        await streams.beat();
      }
      expect(follower.hasEnded).toBe(false);
      expect(await ends(table.partnerPerson.id)).toBe(new Date(START + 24.5 * HOUR_MS).toISOString());
      inHours(25);
      await streams.beat();
      await follower.untilEnded();
    });
  });
});

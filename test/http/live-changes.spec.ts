import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailLinks } from '../../src/platform/mail/mail-links.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Follower } from '../support/follower.js';
import { follow as followLink } from '../support/links.js';
import { layTable } from '../support/world.js';

/** The maximum delay of the other screen. */
const TWO_SECONDS = 2_000;

/** What the followers of a session are told, and what they are not. */
onBothDatabases((kind) => {
  let t: TestApp;
  let url: string;
  let table: Awaited<ReturnType<typeof layTable>>;
  let session: { id: string; version: number };
  let secretParty: { id: string };
  const followers: Follower[] = [];

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    url = `http://localhost:${(t.server.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    table = await layTable(t);
    secretParty = await t.make.organisation();
    session = await t.make.session(table.meeting.id);
  });
  afterEach(() => {
    for (const follower of followers.splice(0)) follower.leave();
  });

  const follow = async (personId = table.partnerPerson.id): Promise<Follower> => {
    const follower = await Follower.of(url, session.id, { cookie: await t.make.cookie(personId) });
    followers.push(follower);
    return follower;
  };
  const path = (part = '') => `/v1/sessions/${session.id}${part}`;
  const chair = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', at: string, body?: object, version?: number) =>
    table.as(table.chair, method, at, body, version);
  const open = async () => {
    const { version } = (await chair('get', path())).body as { version: number };
    await chair('put', path('/opening'), undefined, version).expect(200);
  };
  const action = (fields = {}) =>
    t.make.action({ meetingId: table.meeting.id, areaId: table.area.id, ownerId: table.police.id, ...fields });
  /** The next event after a change; it must say only that this session has another version. */
  const toldOf = async (follower: Follower, change: () => unknown) => {
    const { length } = follower.heard;
    const before = follower.last.version;
    await change();
    const event = await follower.after(length, TWO_SECONDS);
    expect(event).toEqual({ event: 'version', id: session.id, version: expect.any(String) });
    expect(event.version).not.toBe(before);
  };

  it('says at once of which session and which version it is, unbuffered and uncompressed', async () => {
    const { answer, heard, text } = await follow();
    const headers = ['content-type', 'cache-control', 'x-accel-buffering', 'content-encoding'];
    expect(headers.map((name) => answer.headers.get(name))).toEqual([
      'text/event-stream; charset=utf-8',
      'no-store, no-transform',
      'no',
      null,
    ]);
    expect(heard).toEqual([{ event: 'version', id: session.id, version: expect.stringMatching(/^[\w-]{16}$/) }]);
    expect(text).toMatch(/^retry: 2000\n\n/);
  });

  it('tells of planning, moving to another day, opening, closing, reopening and cancelling', async () => {
    const item = await t.make.agendaItem(session.id, { notes: 'Besproken.' });
    const follower = await follow();
    const put = async (part: string, body?: object) => {
      const { version } = (await chair('get', path())).body as { version: number };
      await chair('put', path(part), body, version).expect(200);
    };
    await toldOf(follower, () => chair('patch', path(), { place: 'Dorpshuis' }, session.version).expect(200));
    await toldOf(follower, () => put('/opening'));
    await toldOf(follower, () => chair('patch', `/v1/agenda-items/${item.id}`, { state: 'discussed' }, item.version));
    await toldOf(follower, () => put('/closing'));
    await toldOf(follower, () => put('/reopening', { reason: 'Een naam klopt niet.' }));
    session = await t.make.session(table.meeting.id, { heldOn: '2026-06-30' });
    const other = await follow();
    await toldOf(other, () => chair('patch', path(), { heldOn: '2026-07-07' }, session.version).expect(200));
    await toldOf(other, () => put('/cancellation', { reason: 'Te weinig aanmeldingen.' }));
  });

  it('tells of attendance, the agenda, notes and decisions', async () => {
    const follower = await follow();
    await open();
    await follower.after(1, TWO_SECONDS);
    await toldOf(follower, () => chair('post', path('/attendances'), { guestName: 'stagiair', status: 'present' }));
    await toldOf(follower, () =>
      chair('post', path('/attendances'), { personId: table.partnerPerson.id, status: 'present' }).expect(201),
    );
    let item = { id: '', version: 0 };
    await toldOf(follower, async () => {
      item = (await chair('post', path('/agenda-items'), { title: 'Skatebaan' }).expect(201)).body;
    });
    await toldOf(follower, async () => {
      const change = { notes: 'Meer overlast.', decision: 'Extra toezicht.' };
      item = (await chair('patch', `/v1/agenda-items/${item.id}`, change, item.version).expect(200)).body;
    });
    await toldOf(follower, () => chair('post', path('/agenda-items'), { title: 'Zwerfvuil' }));
    await toldOf(follower, () => chair('patch', `/v1/agenda-items/${item.id}`, { position: 2 }, item.version));
  });

  it('tells of actions recorded, discussed and withdrawn, and of what partners answer from outside', async () => {
    const old = await action({ title: 'Schouw', recordedOn: '2026-05-01' });
    await t.make.contact(table.police.id, table.partnerPerson.id);
    const follower = await follow(table.chairPerson.id);
    await open();
    await follower.after(1, TWO_SECONDS);
    let added = { id: '', version: 0 };
    await toldOf(follower, async () => {
      added = (await chair('post', path('/actions'), { title: 'Extra surveillance' }).expect(201)).body;
    });
    await toldOf(follower, () => chair('post', `/v1/actions/${added.id}/updates`, { ownerId: table.police.id }));
    await toldOf(follower, async () => {
      const { version } = (await chair('get', `/v1/actions/${added.id}`)).body as { version: number };
      await chair('put', `/v1/actions/${added.id}/withdrawal`, { reason: 'Dubbel.' }, version).expect(200);
    });
    const [discussion] = (await chair('get', path('/discussions'))).body.items as { id: string; version: number }[];
    await toldOf(follower, () =>
      chair('patch', `/v1/discussions/${discussion.id}`, { note: 'Volgt.' }, discussion.version).expect(200),
    );
    await toldOf(follower, () =>
      table
        .as(table.partner, 'post', `/v1/actions/${old.id}/updates`, { status: 'in_progress', comment: 'Bezig.' })
        .expect(201),
    );
    const link = await t.app.get(Transactions).run((manager) =>
      t.app.get(MailLinks).issue(manager, {
        purpose: 'digest',
        personId: table.partnerPerson.id,
        messageId: null,
        subjectIds: [old.id],
        days: 14,
      }),
    );
    await toldOf(follower, async () => {
      const page = await followLink(t, `/antwoord/${String(link)}`);
      await page.post({ [`status-${old.id}`]: 'blocked', [`line-${old.id}`]: 'Wacht op de vergunning.' });
    });
  });

  it('says nothing of what somebody may not know, and gives them the version they had', async () => {
    const insider = await t.make.person({ organisationId: secretParty.id });
    await t.make.grant(insider.id, 'chair', table.area.id);
    const token = await t.make.token(insider.id);
    const inside = (method: 'get' | 'post' | 'patch', at: string, body?: object, version?: number) =>
      table.as(token, method, at, body, version);
    const versionFor = async (personId: string) => {
      const cookie = await t.make.cookie(personId);
      const at = `/vergaderingen/${session.id}/gebeurtenissen`;
      return (await t.api.get(at).set('Cookie', cookie).expect(200)).body.version as string;
    };
    await action({
      partyIds: [secretParty.id],
      ownerId: secretParty.id,
      recordedOn: '2026-05-01',
      isConfidential: true,
    });
    const open1 = await action({ title: 'Schouw', recordedOn: '2026-05-01' });
    await open();
    const [partner, knowing] = [await follow(), await follow(insider.id)];
    const confidential = { isConfidential: true, partyIds: [secretParty.id] };
    let item = { id: '', version: 0 };
    let action1 = { id: '' };
    const { items } = (await inside('get', path('/discussions'))).body as {
      items: { id: string; actionId: string; version: number; isConfidential: boolean }[];
    };
    const secret = items.find((one) => one.isConfidential)!;
    const changes = [
      async () =>
        void (item = (await inside('post', path('/agenda-items'), { title: 'Casus', ...confidential }).expect(201))
          .body),
      async () => {
        const change = { notes: 'Geheim.', position: 1 };
        await inside('patch', `/v1/agenda-items/${item.id}`, change, item.version).expect(200);
      },
      async () => {
        const fields = { title: 'Huisbezoek', agendaItemId: item.id, ...confidential };
        action1 = (await inside('post', path('/actions'), fields).expect(201)).body;
      },
      () => inside('post', `/v1/actions/${action1.id}/updates`, { ownerId: secretParty.id }).expect(201),
      () => inside('patch', `/v1/discussions/${secret.id}`, { note: 'Loopt.' }, secret.version).expect(200),
      () =>
        inside('post', `/v1/actions/${secret.actionId}/updates`, { status: 'in_progress', comment: 'Bezig.' }).expect(
          201,
        ),
    ];
    const before = await versionFor(table.partnerPerson.id);
    for (const change of changes) {
      await toldOf(knowing, change);
      expect(await versionFor(table.partnerPerson.id)).toBe(before);
    }
    await toldOf(partner, () =>
      table
        .as(table.partner, 'post', `/v1/actions/${open1.id}/updates`, { status: 'blocked', reason: 'Wacht.' })
        .expect(201),
    );
    expect(partner.heard).toHaveLength(2);
    expect(partner.heard[0].version).toBe(before);
  });
});

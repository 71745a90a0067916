import { beforeAll, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { rows } from '../../src/database/rows.js';
import { Delivery } from '../../src/mail/delivery.service.js';
import { type DatabaseKind, onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { type Answered, type Client, clientOf } from '../support/client.js';
import { crawl } from '../support/crawl.js';
import { type Operation, operationsOf, UNKNOWN_ID } from '../support/operations.js';
import { readPdf } from '../support/pdf.js';
import { startService } from '../support/service.js';
import { wordsIn } from '../support/words.js';

/** A word of its own in each field of what is confidential; each begins alike, so that one search finds them all. */
const word = (field: string) => `kanarie${field.toLowerCase()}`;
const OUTSIDERS = ['admin', 'chair', 'partner', 'reader', 'person'] as const;

/** A meeting in which one chair knows something that nobody else at the table may know. */
async function plant(kind: DatabaseKind) {
  const t = await startApp(kind, { today: '2026-06-02' });
  const { make } = t;
  const area = await make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' });
  const [town, police, care, home] = await Promise.all(
    ['Gemeente', 'Politie', 'Zorg', 'Habeko Wonen'].map((name) => make.organisation({ name })),
  );
  const insider = await make.person({ name: 'gebiedsadviseur zorg', organisationId: care.id });
  await make.grant(insider.id, 'chair', area.id);
  const outsider = await make.person({ name: 'gebiedsadviseur', organisationId: town.id });
  await make.grant(outsider.id, 'chair', area.id);
  const wijkagent = await make.person({ name: 'wijkagent', organisationId: police.id });
  const consulent = await make.person({ name: 'woonconsulent', organisationId: home.id });
  const meeting = await make.meeting(area.id, { isOpenToReaders: true });
  for (const [person, organisation, role] of [
    [insider, care, 'chair'],
    [outsider, town, 'chair'],
    [wijkagent, police, 'participant'],
    [consulent, home, 'participant'],
  ] as const)
    await make.invitation(meeting.id, { personId: person.id, organisationId: organisation.id, role });
  const stranger = await make.person();
  const signedInAs = async (token: string) =>
    (await t.api.get('/v1/me').set('Authorization', token).expect(200)).body as { id: string };
  const tokens = {
    insider: await make.token(insider.id),
    second: await make.token(consulent.id),
    admin: await make.signedIn('admin'),
    chair: await make.token(outsider.id),
    partner: await make.token(wijkagent.id),
    reader: await make.signedIn('reader', area.id),
    person: await make.token(stranger.id),
  };
  const cookies = {
    insider: () => make.cookie(insider.id),
    admin: async () => make.cookie((await signedInAs(tokens.admin)).id),
    chair: () => make.cookie(outsider.id),
    partner: () => make.cookie(wijkagent.id),
    reader: async () => make.cookie((await signedInAs(tokens.reader)).id),
    person: () => make.cookie(stranger.id),
  };
  const session = await make.session(meeting.id, { heldOn: '2026-06-02' });
  const next = await make.session(meeting.id, { heldOn: '2026-06-30' });
  const ids: Record<string, string> = {
    areas: area.id,
    meetings: meeting.id,
    organisations: police.id,
    people: insider.id,
  };
  return {
    t,
    ids,
    tokens,
    cookies,
    session,
    next,
    parties: [care.id, home.id],
    ownerId: care.id,
    secondId: consulent.id,
  };
}

onBothDatabases((kind) => {
  let planted: Awaited<ReturnType<typeof plant>>;
  let t: TestApp;
  let client: Client;
  let operations: Operation[];
  let ids: Record<string, string>;
  let item: { id: string };
  let action: { id: string };
  const send = async (who: string, method: string, path: string, body?: object, version?: number) => {
    const match: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` };
    return client({ method, path: `/v1${path}`, body, headers: { authorization: who, ...match } });
  };
  /** As the chair who knows, with the ETag of what is changed. */
  const tell = async (method: string, path: string, body?: object, tagOf = path) => {
    const tag = method === 'POST' ? undefined : (await send(planted.tokens.insider, 'GET', tagOf)).headers.etag;
    const version = tag === undefined ? undefined : Number(/\d+/.exec(tag)![0]);
    const answer = await send(planted.tokens.insider, method, path, body, version);
    expect([method, path, answer.status < 300 ? 'done' : answer.text]).toEqual([method, path, 'done']);
    return (answer.text ? JSON.parse(answer.text) : {}) as { id: string; number: string };
  };

  beforeAll(async () => {
    planted = await plant(kind);
    ({ t, ids } = planted);
    client = await clientOf(t);
    operations = await operationsOf(t);
    const { session, next, parties, ownerId } = planted;
    const secret = { isConfidential: true, partyIds: parties };
    item = await tell('POST', `/sessions/${session.id}/agenda-items`, { title: word('itemTitle'), ...secret });
    await tell('PUT', `/sessions/${session.id}/opening`, undefined, `/sessions/${session.id}`);
    await tell('PATCH', `/agenda-items/${item.id}`, { notes: word('notes'), decision: word('decision') });
    const plan = { ownerId, dueOn: '2026-06-10', agendaItemId: item.id };
    action = await tell('POST', `/sessions/${session.id}/actions`, {
      ...plan,
      ...{ title: word('actionTitle'), details: word('details'), reference: word('reference') },
      ...{ theme: word('theme'), expectedResult: word('expectedResult') },
    });
    const mistaken = await tell('POST', `/sessions/${session.id}/actions`, { ...plan, title: word('mistaken') });
    await tell('PUT', `/actions/${mistaken.id}/withdrawal`, { reason: word('withdrawal') }, `/actions/${mistaken.id}`);
    const done = await tell('POST', `/sessions/${session.id}/actions`, { ...plan, title: word('doneTitle') });
    const back = await tell('POST', `/sessions/${session.id}/actions`, { ...plan, title: word('backTitle') });
    const update = (id: string, body: object) => tell('POST', `/actions/${id}/updates`, body);
    await update(action.id, { status: 'blocked', reason: word('blockedReason'), comment: word('comment') });
    await update(done.id, { status: 'done', realisation: 'full', result: word('result'), resultSize: 'large' });
    await update(back.id, { dueOn: '2026-06-20', reason: word('postponed') });
    await update(back.id, { status: 'cancelled', reason: word('cancelled') });
    // About a confidential action nobody is asked by mail at all.
    const asked = { personId: planted.secondId, text: word('escalation') };
    const refused = await send(planted.tokens.insider, 'POST', `/actions/${action.id}/escalations`, asked);
    expect(refused.status).toBe(409);
    const judgement = { judgement: 'partly', comment: word('judgement') };
    expect((await send(planted.tokens.second, 'POST', `/actions/${done.id}/judgements`, judgement)).status).toBe(201);
    await tell('PUT', `/sessions/${session.id}/closing`, undefined, `/sessions/${session.id}`);
    await tell('PUT', `/sessions/${session.id}/minutes/dispatch`, undefined, `/sessions/${session.id}/minutes`);
    const remark = { text: word('remark'), itemNumber: item && (item as { number?: string }).number };
    await tell('POST', `/sessions/${session.id}/minutes/remarks`, remark);
    await t.app.get(Delivery).deliverDue();
    t.clock.set('2026-06-15T08:00:00+02:00');
    await send(planted.tokens.admin, 'POST', '/digests');
    await t.app.get(Delivery).deliverDue();
    t.clock.set('2026-06-30T10:00:00+02:00');
    await tell('PUT', `/sessions/${next.id}/opening`, undefined, `/sessions/${next.id}`);
    const { text } = await send(planted.tokens.insider, 'GET', `/sessions/${next.id}/discussions`);
    const found = (JSON.parse(text) as { items: { id: string; version: number; actionId: string }[] }).items;
    const discussed = found.find((one) => one.actionId === action.id)!;
    await send(planted.tokens.insider, 'PATCH', `/discussions/${discussed.id}`, { note: word('discussion') }, 1);
    await t.make.action({
      areaId: ids.areas,
      meetingId: ids.meetings,
      title: 'Zwerfvuil bij de brug',
      dueOn: '2026-06-10',
    });
    const review = { areaId: ids.areas, fromOn: '2026-01-01', asOf: '2026-06-30' };
    ids.reviews = JSON.parse((await send(planted.tokens.chair, 'POST', '/reviews', review)).text).id;
    const feed = await send(planted.tokens.insider, 'POST', '/calendar-feeds', {});
    ids.feed = (JSON.parse(feed.text) as { url: string }).url;
    Object.assign(ids, {
      done: done.id,
      sessions: session.id,
      'agenda-items': item.id,
      actions: action.id,
      discussions: discussed.id,
    });
  }, 60_000);

  it('planted a word in every field, and each is there for who may know it', async () => {
    const told: string[] = [];
    for (const path of [
      ...[
        `/agenda-items/${item.id}`,
        '/actions?pageSize=200',
        `/actions/${action.id}`,
        `/actions/${action.id}/updates`,
      ],
      ...[`/sessions/${planted.session.id}/minutes`, `/sessions/${planted.session.id}/minutes/remarks`, '/decisions'],
      `/sessions/${planted.next.id}/discussions`,
    ])
      told.push((await send(planted.tokens.insider, 'GET', path)).text);
    const words = new Set(told.join().match(/kanarie[a-z]+/g));
    for (const field of ['itemTitle', 'notes', 'decision', 'actionTitle', 'details', 'reference', 'theme', 'comment'])
      expect(words).toContain(word(field));
    for (const field of ['expectedResult', 'blockedReason', 'doneTitle', 'result', 'backTitle', 'discussion', 'remark'])
      expect(words).toContain(word(field));
  });

  it('tells none of them to anybody else, in any answer of any operation, in any format', async () => {
    const leaks: string[] = [];
    let read = 0;
    for (const operation of operations.filter(({ method }) => method === 'get')) {
      for (const role of OUTSIDERS) {
        for (const session of [planted.session.id, planted.next.id]) {
          if (session === planted.next.id && !operation.path.includes('/sessions/{id}')) continue;
          const path = pathOf(operation, { ...ids, sessions: session });
          for (const accept of operation.types) {
            const answer = await client({
              method: 'GET',
              path,
              headers: { authorization: planted.tokens[role], accept },
            });
            if (answer.status === 406) continue;
            read += answer.status === 200 ? 1 : 0;
            const found = (await wordsIn(answer)).match(/kanarie[a-z]*/g);
            if (found) leaks.push(`${operation.name} as ${accept} to ${role}: ${found.join()}`);
          }
        }
      }
    }
    expect(leaks).toEqual([]);
    expect(read).toBeGreaterThan(150);
  }, 120_000);

  it('tells none of them on any page, of those that show them to who may know them and of all others', async () => {
    const shown = await crawl(client, await planted.cookies.insider());
    const words = new Set((await Promise.all([...shown.values()].map(wordsIn))).join().match(/kanarie[a-z]+/g));
    for (const field of ['itemTitle', 'notes', 'decision', 'actionTitle', 'comment', 'discussion'])
      expect(words).toContain(word(field));
    const leaks: string[] = [];
    let read = 0;
    for (const role of OUTSIDERS) {
      const cookie = await planted.cookies[role]();
      // What others find by themselves is looked at once; PostgreSQL sees the pages of who may know.
      const own = kind === 'sqlite' ? await crawl(client, cookie) : new Map<string, Answered>();
      for (const path of new Set([...own.keys(), ...shown.keys()])) {
        const answer =
          own.get(path) ?? (await client({ method: 'GET', path, headers: { cookie, accept: 'text/html' } }));
        read += answer.status === 200 ? 1 : 0;
        const found = (await wordsIn(answer)).match(/kanarie[a-z]*/g);
        if (found || answer.status >= 500) leaks.push(`${path} to ${role}: ${answer.status} ${found?.join()}`);
      }
    }
    console.log(`${shown.size} pages for who may know, ${read} pages read by others on ${kind}`);
    expect(leaks).toEqual([]);
    expect(shown.size).toBeGreaterThan(40);
    expect(read).toBeGreaterThan(kind === 'sqlite' ? 200 : 100);
  }, 120_000);

  it('finds nothing for them by a search, and counts nothing', async () => {
    const wrong: string[] = [];
    for (const { path, queries, method } of operations) {
      if (method !== 'get' || !queries.includes('q') || path.includes('{')) continue;
      for (const role of OUTSIDERS) {
        const search = (q: string) =>
          client({ method, path: `${path}?q=${q}`, headers: { authorization: planted.tokens[role] } });
        const [found, nothing] = [await search('kanarie'), await search('bestaatniet')];
        if (found.text !== nothing.text) wrong.push(`${path} by ${role}: ${found.text}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('shows no gap and no count: what others number, list and total is as if it was not there', async () => {
    for (const role of OUTSIDERS) {
      const list = JSON.parse((await send(planted.tokens[role], 'GET', '/actions')).text) as { total?: number };
      if (list.total === undefined) continue;
      expect([role, list.total]).toEqual([role, ['admin', 'chair', 'partner'].includes(role) ? 1 : 0]);
    }
    const items = JSON.parse(
      (await send(planted.tokens.chair, 'GET', `/sessions/${planted.session.id}/agenda-items`)).text,
    );
    expect(items.items.map(({ number }: { number: string }) => number).join()).not.toMatch(/V/);
  });

  it('puts none of them in a mail, a subject, the audit trail, or a calendar', async () => {
    const mails = await rows<{ subject: string | null; bytes: string | null; payload: string; dedupeKey: string }>(
      t.database.reader,
      'SELECT "subject", "bytes", CAST("payload" AS varchar) AS "payload", "dedupeKey" FROM "outgoing_messages"',
    );
    expect(mails.filter(({ bytes }) => bytes !== null).length).toBeGreaterThan(3);
    for (const { bytes, ...rest } of mails) {
      const mail = await simpleParser(bytes ?? '');
      const attached = mail.attachments.map(({ content, contentType }) =>
        contentType === 'application/pdf' ? JSON.stringify(readPdf(content)) : content.toString(),
      );
      expect(JSON.stringify([rest, mail.subject, mail.text, mail.html, ...attached])).not.toContain('kanarie');
    }
    const trail = await rows(t.database.reader, 'SELECT * FROM "audit_entries"');
    expect(JSON.stringify(trail)).not.toContain('kanarie');
    const feed = await client({ method: 'GET', path: new URL(ids.feed).pathname });
    expect([feed.status, feed.type]).toEqual([200, 'text/calendar']);
    expect(feed.text).not.toContain('kanarie');
  });

  it('writes down each reading of them, once a request, and who read', async () => {
    const count = async () =>
      (
        await rows<{ n: number }>(
          t.database.reader,
          `SELECT count(*) AS "n" FROM "audit_entries" WHERE "operation" LIKE '%read' AND "isConfidential"`,
        )
      )[0].n;
    for (const path of [
      ...[`/agenda-items/${item.id}`, `/sessions/${planted.session.id}/agenda-items`, `/actions/${action.id}`],
      ...['/actions', `/actions/${action.id}/updates`, '/decisions', `/sessions/${planted.session.id}/minutes`],
      ...[`/sessions/${planted.next.id}/discussions`, `/sessions/${planted.session.id}/actions`],
      ...[`/sessions/${planted.session.id}/minutes/remarks`, `/actions/${ids.done}/judgements`],
      ...[`/sessions/${planted.next.id}/minutes-to-adopt`, `/sessions/${planted.session.id}/minutes/versions/1`],
    ]) {
      const before = await count();
      const { text } = await send(planted.tokens.insider, 'GET', path);
      expect([path, text.includes('kanarie') ? 1 : 0]).toEqual([path, (await count()) - before]);
    }
  });

  it('writes none of them in the log, whatever goes well or wrong', async () => {
    const { DATABASE_PATH, DATABASE_URL, SECRET_KEY } = t.settings;
    await t.app.close();
    const service = await startService({
      ...{ NODE_ENV: 'test', LOG_LEVEL: 'debug', NOW: '2026-06-30T10:00:00+02:00', SECRET_KEY, DATABASE_PATH },
      ...(DATABASE_URL && { DATABASE_URL }),
    });
    const ask = async (method: string, path: string, body?: object) => {
      const headers = { authorization: planted.tokens.insider, 'content-type': 'application/json', 'if-match': '"1"' };
      return (await fetch(service.url + path, { method, headers, body: body && JSON.stringify(body) })).status;
    };
    const path = `/v1/agenda-items/${item.id}`;
    expect(await ask('GET', path)).toBe(200);
    expect(await ask('GET', '/v1/actions?q=kanarie')).toBe(200);
    expect(await ask('PATCH', path, { notes: word('again') })).toBe(412);
    expect(await ask('PATCH', path, { kanarie: word('field') })).toBe(400);
    expect(await ask('POST', '/v1/actions', { title: word('refused') })).toBe(400);
    expect(await ask('GET', `/v1/${word('path')}`)).toBe(404);
    await service.stop();
    expect(service.output()).toContain('/v1/agenda-items/:id');
    expect(service.output()).not.toContain('kanarie');
  });
});

function pathOf({ path, queries }: Operation, ids: Record<string, string>): string {
  const filled = path
    .replace('{id}', ids[path.split('/')[2]] ?? UNKNOWN_ID)
    .replace('{name}', 'agreed')
    .replace('{number}', '1')
    .replaceAll(/\{[^}]+\}/g, UNKNOWN_ID);
  const query = new URLSearchParams();
  if (queries.includes('pageSize')) query.set('pageSize', '200');
  if (queries.includes('asOf') && path.endsWith('/actions')) query.set('asOf', '2026-06-20');
  if (path.endsWith('/proposal'))
    for (const [name, value] of [
      ['area', ids.areas],
      ['year', '2026'],
    ])
      query.set(name, value);
  return query.size > 0 ? `${filled}?${query}` : filled;
}

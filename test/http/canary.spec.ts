import { beforeAll, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, type TestApp } from '../support/app.js';
import type { Answered, Client } from '../support/client.js';
import { crawl } from '../support/crawl.js';
import { everythingKept } from '../support/everything.js';
import { type Operation, operationsOf } from '../support/operations.js';
import { readPdf } from '../support/pdf.mjs';
import { liveWithSecrets, OUTSIDERS, pathOf, type Secrets, VISITORS, word } from '../support/secret-meeting.js';
import { startService } from '../support/service.js';
import { wordsIn } from '../support/words.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';

onBothDatabases((kind) => {
  let planted: Secrets;
  let t: TestApp;
  let client: Client;
  let send: Secrets['send'];
  let operations: Operation[];
  let ids: Record<string, string>;
  let item: { id: string };
  let action: { id: string };

  beforeAll(async () => {
    planted = await liveWithSecrets(kind);
    ({ t, ids, client, send, item, action } = planted);
    operations = await operationsOf(t);
  }, 60_000);

  it('planted a word in every field, and each is visible to those who may know it', async () => {
    const told: string[] = [];
    for (const path of [
      ...[
        `/agenda-items/${item.id}`,
        '/actions?pageSize=200',
        `/actions/${action.id}`,
        `/actions/${action.id}/updates`,
        `/actions/${action.id}/notes`,
        `/actions/${action.id}/files`,
        `/agenda-items/${item.id}/files`,
      ],
      ...[`/sessions/${planted.session.id}/minutes`, `/sessions/${planted.session.id}/minutes/remarks`, '/decisions'],
      `/sessions/${planted.next.id}/discussions`,
    ])
      told.push((await send(planted.tokens.insider, 'GET', path)).text);
    const words = new Set(told.join().match(/kanarie[a-z]+/g));
    for (const field of ['itemTitle', 'notes', 'decision', 'actionTitle', 'details', 'reference', 'theme', 'comment'])
      expect(words).toContain(word(field));
    for (const field of [
      'actionFile',
      'itemFile',
      'expectedResult',
      'blockedReason',
      'doneTitle',
      'result',
      'backTitle',
      'discussion',
      'remark',
    ])
      expect(words).toContain(word(field));
  });

  /** A confidential word in the readable text or a header, or the party in a place where its twin does not occur. */
  const leakIn = async (answer: Answered): Promise<string | undefined> => {
    const text = (await wordsIn(answer)) + JSON.stringify(answer.headers);
    const found = text.match(/kanarie[a-z]*/g);
    if (found) return found.join();
    const [party, twin] = ['party', 'twin'].map((which) =>
      planted.twins[which as 'party' | 'twin'].map((word) => text.split(word).length - 1),
    );
    return party.join() === twin.join() ? undefined : `the party ${party.join()} times, its twin ${twin.join()}`;
  };

  it('lists its parties to those who may know it', async () => {
    const { text } = await send(planted.tokens.insider, 'GET', `/agenda-items/${item.id}`);
    expect(text).toContain(planted.twins.party[1]);
    expect(text).not.toContain(planted.twins.twin[1]);
  });

  it('puts none of them in a header or the name of a file, even for those who may know them', async () => {
    const wrong: string[] = [];
    let named = 0;
    for (const operation of operations.filter(({ method }) => method === 'get')) {
      for (const accept of operation.types) {
        const headers = { authorization: planted.tokens.insider, accept };
        const answer = await client({ method: 'GET', path: pathOf(operation, ids), headers });
        named += answer.headers['content-disposition'] ? 1 : 0;
        if (JSON.stringify(answer.headers).includes('kanarie')) wrong.push(`${operation.name} as ${accept}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(named).toBeGreaterThan(3);
  });

  it('keeps no name of a file that was sent in', async () => {
    const cookie = await planted.cookies.insider();
    const path = `/gebieden/${ids.areas}/acties/invoeren`;
    const page = await client({ method: 'GET', path, headers: { cookie, accept: 'text/html' } });
    const form = new FormData();
    form.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(page.text)![1]);
    form.set('bestand', new Blob(['wat;wie;wanneer\nZwerfvuil;Politie;6-7-2026\n']), `${word('fileName')}.csv`);
    const sent = new Response(form);
    const type = sent.headers.get('content-type')!;
    const headers = { cookie, accept: 'text/html', 'content-type': type, origin: t.settings.PUBLIC_URL };
    const answer = await client({ method: 'POST', path, headers, body: await sent.text() });
    expect([answer.status, answer.headers.location?.startsWith(path)]).toEqual([303, true]);
    expect(JSON.stringify(await everythingKept(t))).not.toContain(word('fileName'));
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
            const found = await leakIn(answer);
            if (found) leaks.push(`${operation.name} as ${accept} to ${role}: ${found}`);
          }
        }
      }
    }
    expect(leaks).toEqual([]);
    expect(read).toBeGreaterThan(150);
  }, 120_000);

  it('shows none of them on any page, neither on those that show them to the parties nor on any other', async () => {
    const shown = await crawl(client, await planted.cookies.insider());
    const words = new Set((await Promise.all([...shown.values()].map(wordsIn))).join().match(/kanarie[a-z]+/g));
    for (const field of ['itemTitle', 'notes', 'decision', 'actionTitle', 'comment', 'discussion'])
      expect(words).toContain(word(field));
    const leaks: string[] = [];
    let read = 0;
    for (const role of VISITORS) {
      const cookie = await planted.cookies[role]();
      // Pages that others find by following links are requested once; on PostgreSQL, only by those who may know.
      const own = kind === 'sqlite' ? await crawl(client, cookie) : new Map<string, Answered>();
      for (const path of new Set([...own.keys(), ...shown.keys()])) {
        const answer =
          own.get(path) ?? (await client({ method: 'GET', path, headers: { cookie, accept: 'text/html' } }));
        read += answer.status === 200 ? 1 : 0;
        // The register has a page per organisation.
        const found = /\/beheer\/organisaties\/./.test(path) ? undefined : await leakIn(answer);
        if (found || answer.status >= 500) leaks.push(`${path} to ${role}: ${answer.status} ${found}`);
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
      expect([role, list.total]).toEqual([role, ['admin', 'chair', 'partner', 'client'].includes(role) ? 1 : 0]);
    }
    const items = JSON.parse(
      (await send(planted.tokens.chair, 'GET', `/sessions/${planted.session.id}/agenda-items`)).text,
    );
    expect(items.items.map(({ number }: { number: string }) => number).join()).not.toMatch(/V/);
  });

  it('puts none of them in a mail, a subject, the audit trail, or a calendar', async () => {
    const mails = await rows<{ subject: string | null; bytes: string | null; payload: string; dedupeKey: string }>(
      t.database.reader,
      `SELECT "subject", "bytes", CAST("payload" AS varchar) AS "payload", "dedupeKey" FROM ${STORED_MESSAGES}`,
    );
    expect(mails.filter(({ bytes }) => bytes !== null).length).toBeGreaterThan(3);
    for (const { bytes, ...rest } of mails) {
      const mail = await simpleParser(bytes ?? '');
      const attached = mail.attachments.map(({ content, contentType }) =>
        contentType === 'application/pdf' ? JSON.stringify(readPdf(content)) : content.toString(),
      );
      expect(JSON.stringify([rest, mail.subject, mail.text, mail.html, ...attached])).not.toMatch(/kanarie|Stille/);
    }
    const trail = await rows(t.database.reader, 'SELECT * FROM "audit_entries"');
    expect(JSON.stringify(trail)).not.toMatch(/kanarie|Stille/);
    expect(JSON.stringify(trail)).not.toContain(planted.twins.party[1]);
    const feed = await client({ method: 'GET', path: new URL(ids.feed).pathname });
    expect([feed.status, feed.type]).toEqual([200, 'text/calendar']);
    expect(feed.text).not.toContain('kanarie');
  });

  it('sends other systems no event about them, and none of them in another', async () => {
    const events = await rows<{ kind: string; subjectId: string }>(t.database.reader, 'SELECT * FROM "events"');
    expect(events.map(({ kind }) => kind).sort()).toEqual(['action.overdue', 'minutes.sent', 'session.closed']);
    expect(events.filter(({ subjectId }) => [action.id, ids.done].includes(subjectId))).toEqual([]);
    expect(JSON.stringify(events)).not.toMatch(/kanarie|Stille|-V\d/);
    expect(JSON.stringify(events)).not.toContain(planted.twins.party[1]);
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
      ...[
        '/actions',
        `/actions/${action.id}/updates`,
        '/decisions',
        '/search?q=kanarie',
        `/sessions/${planted.session.id}/minutes`,
      ],
      ...[`/sessions/${planted.next.id}/discussions`, `/sessions/${planted.session.id}/actions`],
      ...[`/sessions/${planted.session.id}/minutes/remarks`, `/actions/${ids.done}/judgements`],
      ...[`/sessions/${planted.next.id}/minutes-to-adopt`, `/sessions/${planted.session.id}/minutes/versions/1`],
    ]) {
      const before = await count();
      const { text } = await send(planted.tokens.insider, 'GET', path);
      expect([path, text.includes('kanarie') ? 1 : 0]).toEqual([path, (await count()) - before]);
    }
  });

  it('shows none of them to the room, on its screen or on paper, whoever asks, nor in the stream of the session', async () => {
    const { insider } = planted.tokens;
    const at = (path = '') => `/sessions/${planted.next.id}${path}`;
    const post = async (path: string, body: object) =>
      JSON.parse((await send(insider, 'POST', path, body)).text) as { id: string };
    const known = { isConfidential: true, partyIds: planted.parties };
    const secret = await post(at('/agenda-items'), { title: word('roomItem'), ...known });
    const fresh = { title: word('roomAction'), ownerId: planted.ownerId, dueOn: '2026-07-10' };
    await post(at('/actions'), { ...fresh, agendaItemId: secret.id });
    const { version } = JSON.parse((await send(insider, 'GET', at())).text) as { version: number };
    const cookie = await planted.cookies.insider();
    const see = async (part: string) => {
      const path = `/vergaderingen/${planted.next.id}${part}`;
      const answer = await client({ method: 'GET', path, headers: { cookie, accept: 'text/html' } });
      return `${answer.status} ${await wordsIn(answer)}`;
    };
    expect(await see('')).toMatch(/^200 .*kanarieroom/s);
    for (const body of [{ agendaItemId: secret.id }, { part: 'agreements' }]) {
      expect((await send(insider, 'PUT', at('/current-item'), body, version)).status).toBe(200);
      for (const part of ['/scherm', '/tafelblad', '/gebeurtenissen']) {
        const found = await see(part);
        expect([part, found.slice(0, 4), found.match(/kanarie|Stille/g)]).toEqual([part, '200 ', null]);
      }
      expect((await see('/scherm')).includes('Besloten deel')).toBe('agendaItemId' in body);
    }
  });

  it('writes none of them in the log, whatever goes well or wrong', async () => {
    const { DATABASE_PATH, DATABASE_URL, FILES_PATH, SECRET_KEY } = t.settings;
    await t.app.close();
    const service = await startService({
      ...{ NODE_ENV: 'test', LOG_LEVEL: 'debug', NOW: '2026-06-30T10:00:00+02:00' },
      ...{ SECRET_KEY, DATABASE_PATH, FILES_PATH },
      ...(DATABASE_URL && { DATABASE_URL }),
    });
    const ask = async (method: string, path: string, body?: object) => {
      const headers = { authorization: planted.tokens.insider, 'content-type': 'application/json', 'if-match': '"1"' };
      return (await fetch(service.url + path, { method, headers, body: body && JSON.stringify(body) })).status;
    };
    const path = `/v1/agenda-items/${item.id}`;
    expect(await ask('GET', path)).toBe(200);
    expect(await ask('GET', '/v1/actions?q=kanarie')).toBe(200);
    expect(await ask('GET', '/v1/search?q=kanarie')).toBe(200);
    expect(await ask('PATCH', path, { notes: word('again') })).toBe(412);
    expect(await ask('PATCH', path, { kanarie: word('field') })).toBe(400);
    expect(await ask('POST', '/v1/actions', { title: word('refused') })).toBe(400);
    expect(await ask('GET', `/v1/${word('path')}`)).toBe(404);
    await service.stop();
    expect(service.output()).toContain('/v1/agenda-items/:id');
    expect(service.output()).not.toContain('kanarie');
  });
});

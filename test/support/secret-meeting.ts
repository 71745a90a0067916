import { expect } from '@jest/globals';
import { EventPlanner } from '../../src/integrations/event-planner.service.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { type DatabaseKind, startApp } from './app.js';
import { clientOf } from './client.js';
import { pdf } from './files.js';
import { type Operation, UNKNOWN_ID } from './operations.js';
import { CAST, layVillage } from './world.js';

/** A distinct word for each confidential field, with a common prefix, so that one search finds them all. */
export const word = (field: string) => `kanarie${field.toLowerCase()}`;
export const OUTSIDERS = [
  ...(['admin', 'chair', 'partner', 'reader', 'officer', 'bestuurder', 'lead', 'person', 'client'] as const),
];

/** Those of them who visit pages. */
export const VISITORS = ['admin', 'chair', 'partner', 'reader', 'officer', 'bestuurder', 'lead', 'person'] as const;

/** A meeting in which one chair knows something that nobody else at the table may know. */
async function plant(kind: DatabaseKind) {
  const t = await startApp(kind, { today: '2026-06-02' });
  const { make } = t;
  const { gemeente, politie, habeko, zorg } = CAST;
  const { area, meeting, organisations, people, ...of } = await layVillage(
    t,
    {
      zorg: { ...zorg, invited: 'chair' },
      gemeente: { ...gemeente, invited: 'chair' },
      politie,
      habeko: { ...habeko, invited: 'participant' },
      // These two are identical, except that one is party to what is confidential.
      party: { organisation: 'Stille partij' },
      twin: { organisation: 'Stille tweeling' },
    },
    { meeting: { isOpenToReaders: true } },
  );
  const { zorg: care, habeko: home, party, twin } = organisations;
  const { zorg: insider, gemeente: outsider, politie: wijkagent } = people;
  const stranger = await make.person();
  const department = await make.organisation({ name: 'Stadsbeheer', kind: 'municipality' });
  // The notulist of both sessions, the bestuurder of an opgave, and a member of the department that leads it.
  const officer = await make.person({ name: 'notulist' });
  const bestuurder = await make.person({ name: 'wethouder' });
  const lead = await make.person({ organisationId: department.id });
  const signedInAs = async (token: string) =>
    (await t.api.get('/v1/me').set('Authorization', token).expect(200)).body as { id: string };
  const tokens = {
    insider: of.tokens.zorg,
    second: of.tokens.habeko,
    admin: await make.signedIn('admin'),
    chair: of.tokens.gemeente,
    partner: of.tokens.politie,
    reader: await make.signedIn('reader', area.id),
    officer: await make.token(officer.id),
    bestuurder: await make.token(bestuurder.id),
    lead: await make.token(lead.id),
    person: await make.token(stranger.id),
    client: (await make.client({ name: 'zaaksysteem' })).token,
  };
  const cookies = {
    insider: () => make.cookie(insider.id),
    admin: async () => make.cookie((await signedInAs(tokens.admin)).id),
    chair: () => make.cookie(outsider.id),
    partner: () => make.cookie(wijkagent.id),
    reader: async () => make.cookie((await signedInAs(tokens.reader)).id),
    officer: () => make.cookie(officer.id),
    bestuurder: () => make.cookie(bestuurder.id),
    lead: () => make.cookie(lead.id),
    person: () => make.cookie(stranger.id),
  };
  const webhook = await make.webhook({ areaId: area.id });
  const session = await make.session(meeting.id, { heldOn: '2026-06-02', secretaryId: officer.id });
  const next = await make.session(meeting.id, { heldOn: '2026-06-30', secretaryId: officer.id });
  const ids: Record<string, string> = {
    areas: area.id,
    meetings: meeting.id,
    organisations: organisations.politie.id,
    people: insider.id,
    webhooks: webhook.id,
  };
  return {
    t,
    ids,
    tokens,
    cookies,
    session,
    next,
    parties: [care.id, home.id, party.id],
    twins: { party: [party.name, party.id], twin: [twin.name, twin.id] },
    ownerId: care.id,
    departmentId: department.id,
    bestuurderId: bestuurder.id,
    secondId: people.habeko.id,
  };
}

/**
 * Two sessions of that meeting, run by the chair who knows it: recorded, discussed, closed, sent, carried over. Without
 * secrets everything else happens identically.
 */
export async function liveWithSecrets(kind: DatabaseKind, hasSecrets = true) {
  const planted = await plant(kind);
  const { t, ids, tokens, session, next, parties, ownerId } = planted;
  const client = await clientOf(t);
  const send = async (who: string, method: string, path: string, body?: object, version?: number) => {
    const match: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` };
    return client({ method, path: `/v1${path}`, body, headers: { authorization: who, ...match } });
  };
  /** A request by that chair, with the ETag of what it changes. */
  const tell = async (method: string, path: string, body?: object, tagOf = path) => {
    const tag = method === 'POST' ? undefined : (await send(tokens.insider, 'GET', tagOf)).headers.etag;
    const version = tag === undefined ? undefined : Number(/\d+/.exec(tag)![0]);
    const answer = await send(tokens.insider, method, path, body, version);
    expect([method, path, answer.status < 300 ? 'done' : answer.text]).toEqual([method, path, 'done']);
    return (answer.text ? JSON.parse(answer.text) : {}) as { id: string; number: string };
  };

  const item = hasSecrets
    ? await tell('POST', `/sessions/${session.id}/agenda-items`, {
        ...{ title: word('itemTitle'), isConfidential: true, partyIds: parties },
      })
    : { id: UNKNOWN_ID, number: '' };
  await tell('PUT', `/sessions/${session.id}/opening`, undefined, `/sessions/${session.id}`);
  const secrets = hasSecrets ? await tellActions() : { action: { id: UNKNOWN_ID }, done: { id: UNKNOWN_ID } };
  await tell('PUT', `/sessions/${session.id}/closing`, undefined, `/sessions/${session.id}`);
  if (hasSecrets) {
    const judgement = { judgement: 'partly', comment: word('judgement') };
    const judged = await send(tokens.second, 'POST', `/actions/${secrets.done.id}/judgements`, judgement);
    expect(judged.status).toBe(201);
  }
  await tell('PUT', `/sessions/${session.id}/minutes/dispatch`, undefined, `/sessions/${session.id}/minutes`);
  if (hasSecrets) {
    const remark = { text: word('remark'), itemNumber: item.number };
    await tell('POST', `/sessions/${session.id}/minutes/remarks`, remark);
  }
  await t.app.get(Delivery).deliverDue();
  t.clock.set('2026-06-15T08:00:00+02:00');
  await send(tokens.admin, 'POST', '/digests');
  await t.app.get(Delivery).deliverDue();
  t.clock.set('2026-06-30T10:00:00+02:00');
  await tell('PUT', `/sessions/${next.id}/opening`, undefined, `/sessions/${next.id}`);
  if (hasSecrets) ids.discussions = await discuss(secrets.action.id);
  const followed = await t.make.action({
    areaId: ids.areas,
    meetingId: ids.meetings,
    number: 'BOS-1',
    title: 'Zwerfvuil bij de brug',
    dueOn: '2026-06-10',
  });
  ids.followed = followed.id;
  const review = { areaId: ids.areas, fromOn: '2026-01-01', asOf: '2026-06-30' };
  ids.reviews = (JSON.parse((await send(tokens.chair, 'POST', '/reviews', review)).text) as { id: string }).id;
  await linkEverything();
  const feed = await send(tokens.insider, 'POST', '/calendar-feeds', {});
  ids.feed = (JSON.parse(feed.text) as { url: string }).url;
  await t.app.get(EventPlanner).appendOverdue();
  await t.app.get(EventPlanner).planDeliveries();
  const { action, done } = secrets;
  Object.assign(ids, { done: done.id, sessions: session.id, 'agenda-items': item.id, actions: action.id });
  return { ...planted, client, send, item, action };

  /** A goal, an opgave, an initiative, a wijkagenda and a quarter: with secrets, actions are tied to those. */
  async function linkEverything(): Promise<void> {
    const areaId = ids.areas;
    const made = async (who: string, path: string, body: object) => {
      const answer = await send(who, 'POST', path, body);
      expect([path, answer.status < 300 ? 'done' : answer.text]).toEqual([path, 'done']);
      return (JSON.parse(answer.text) as { id: string }).id;
    };
    const people = { bestuurderId: planted.bestuurderId, procesregisseurId: ids.people };
    const other = await t.make.organisation({ name: 'Samenleving', kind: 'municipality' });
    const departments = [planted.departmentId, other.id].map((id, n) => ({
      organisationId: id,
      isLead: n === 0,
      part: 'Deel',
    }));
    const opgave = { areaId, title: 'Schone wijk', origin: 'Coalitieakkoord', ...people, departments };
    ids.opgaven = await made(tokens.insider, '/opgaven', opgave);
    ids.goals = await made(tokens.insider, '/goals', {
      areaId,
      kind: 'process',
      title: 'Minder zwerfvuil',
      opgaveId: ids.opgaven,
    });
    ids.budgets = await made(tokens.insider, '/budgets', { areaId, year: 2026, amount: '5000.00', isPublic: true });
    ids.initiatives = await made(tokens.insider, '/initiatives', {
      budgetId: ids.budgets,
      title: 'Prikdag',
      requested: '250.00',
    });
    ids.wijkagendas = await made(tokens.insider, '/wijkagendas', { areaId, year: 2026 });
    ids['quarterly-results'] = await made(tokens.insider, '/quarterly-results', { areaId, year: 2026, quarter: 2 });
    if (hasSecrets) {
      const { id } = secrets.action;
      const tie = { goalId: ids.goals, opgaveId: ids.opgaven, followsOnId: ids.followed };
      await tell('PATCH', `/actions/${id}`, tie);
      await tell('PATCH', `/actions/${secrets.done.id}`, tie);
    }
  }

  /** Adds a file with this word as its name, and returns its id. */
  async function addFile(path: string, name: string): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([pdf()]), `${name}.pdf`);
    const sent = new Response(form);
    const headers = { authorization: tokens.insider, 'content-type': sent.headers.get('content-type')! };
    const answer = await client({ method: 'POST', path: `/v1${path}/files`, headers, body: await sent.text() });
    expect([path, answer.status]).toEqual([path, 201]);
    return (JSON.parse(answer.text) as { id: string }).id;
  }

  async function tellActions() {
    ids['item-files'] = await addFile(`/agenda-items/${item.id}`, word('itemFile'));
    await tell('PATCH', `/agenda-items/${item.id}`, { notes: word('notes'), decision: word('decision') });
    const plan = { ownerId, dueOn: '2026-06-10', agendaItemId: item.id };
    const path = `/sessions/${session.id}/actions`;
    const action = await tell('POST', path, {
      ...plan,
      ...{ title: word('actionTitle'), details: word('details'), reference: word('reference') },
      ...{ theme: word('theme'), expectedResult: word('expectedResult') },
    });
    ids['action-files'] = await addFile(`/actions/${action.id}`, word('actionFile'));
    const mistaken = await tell('POST', path, { ...plan, title: word('mistaken') });
    await tell('PUT', `/actions/${mistaken.id}/withdrawal`, { reason: word('withdrawal') }, `/actions/${mistaken.id}`);
    const done = await tell('POST', path, { ...plan, title: word('doneTitle') });
    const back = await tell('POST', path, { ...plan, title: word('backTitle') });
    const update = (id: string, body: object) => tell('POST', `/actions/${id}/updates`, body);
    await update(action.id, { status: 'blocked', reason: word('blockedReason'), comment: word('comment') });
    await update(done.id, { status: 'done', realisation: 'full', result: word('result'), resultSize: 'large' });
    await update(back.id, { dueOn: '2026-06-20', reason: word('postponed') });
    await update(back.id, { status: 'cancelled', reason: word('cancelled') });
    // Confidential actions never cause a request by mail.
    const asked = { personId: planted.secondId, text: word('escalation') };
    const refused = await send(tokens.insider, 'POST', `/actions/${action.id}/escalations`, asked);
    expect(refused.status).toBe(409);
    return { action, done };
  }

  async function discuss(actionId: string): Promise<string> {
    const { text } = await send(tokens.insider, 'GET', `/sessions/${next.id}/discussions`);
    const found = (JSON.parse(text) as { items: { id: string; actionId: string }[] }).items;
    const { id } = found.find((one) => one.actionId === actionId)!;
    await send(tokens.insider, 'PATCH', `/discussions/${id}`, { note: word('discussion') }, 1);
    return id;
  }
}

export type Secrets = Awaited<ReturnType<typeof liveWithSecrets>>;

/** The path of a read operation on the objects with these ids, with queries that return as much as possible. */
export function pathOf({ path, queries }: Operation, ids: Record<string, string>): string {
  const filled = path
    .replace('{id}', ids[path.split('/')[2]] ?? UNKNOWN_ID)
    .replace('{fileId}', ids[path.includes('/actions/') ? 'action-files' : 'item-files'] ?? UNKNOWN_ID)
    .replace('{name}', 'agreed')
    .replace('{number}', '1')
    .replaceAll(/\{[^}]+\}/g, UNKNOWN_ID);
  const query = new URLSearchParams();
  if (queries.includes('pageSize')) query.set('pageSize', path.endsWith('/search') ? '100' : '200');
  if (queries.includes('asOf') && path.endsWith('/actions')) query.set('asOf', '2026-06-20');
  // The beginning of every number there, and of words that others may know.
  if (path.endsWith('/search')) query.set('q', 'bos');
  if (path.endsWith('/proposal'))
    for (const [name, value] of [
      ['area', ids.areas],
      ['year', '2026'],
    ])
      query.set(name, value);
  return query.size > 0 ? `${filled}?${query}` : filled;
}

import { beforeAll, describe, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { verifyAudit } from '../../src/platform/audit/verify.js';
import { Mailbox } from '../support/mailbox.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** One meeting, run through the API alone: prepared, held, closed, sent, answered, chased, reviewed. */
onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  const who: Record<string, string> = {};
  const id: Record<string, string> = {};

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, {
      isStory: true,
      now: '2026-03-03T09:00:00+01:00',
      environment: { SMTP_URL: mailbox.url, MUNICIPALITY: 'Gemeente Alphen aan den Rijn' },
    });
    who.admin = await t.make.signedIn('admin');
    id.root = await t.make.root();
  });

  const get = async (path: string, as = 'chair'): Promise<Json> =>
    (await t.api.get(path).set('Authorization', who[as]).expect(200)).body;
  const post = async (path: string, body: object, as = 'chair', status = 201): Promise<Json> =>
    (await t.api.post(path).set('Authorization', who[as]).send(body).expect(status)).body;
  const change = async (
    method: 'put' | 'patch',
    path: string,
    version: number,
    body: object = {},
    status = 200,
  ): Promise<Json> =>
    (
      await t.api[method](path)
        .set('Authorization', who.chair)
        .set('If-Match', `"${version}"`)
        .send(body)
        .expect(status)
    ).body;
  const deliver = () => t.app.get(Delivery).deliverDue();

  it('lets the administrator lay out areas, partners and the chair', async () => {
    id.team = (
      await post(
        '/v1/areas',
        { name: 'Boskoop, Aarlanderveen en Zwammerdam', code: 'BAZ', kind: 'team', parentId: id.root },
        'admin',
      )
    ).id;
    id.boskoop = (
      await post('/v1/areas', { name: 'Boskoop', code: 'BOS', kind: 'kern', parentId: id.team }, 'admin')
    ).id;
    id.wenk = (
      await post('/v1/organisations', { name: 'Wijken en Kernen', kind: 'municipality', aliases: ['W&K'] }, 'admin')
    ).id;
    id.chair = (
      await post(
        '/v1/people',
        { name: 'gebiedsadviseur Boskoop', email: 'Gebiedsadviseur.Boskoop@alphen.example', organisationId: id.wenk },
        'admin',
      )
    ).id;
    await post('/v1/grants', { personId: id.chair, role: 'chair', areaId: id.team }, 'admin');
    who.chair = await t.make.token(id.chair);
    expect(await get('/v1/me')).toMatchObject({
      roles: expect.arrayContaining(['chair']),
      areaIds: { chair: expect.arrayContaining([id.boskoop]) },
    });
  });

  it('lets the chair add a wijkagent and a corporation, and plan the meeting, without an administrator', async () => {
    id.police = (await post('/v1/organisations', { name: 'Politie', kind: 'police' })).id;
    id.housing = (await post('/v1/organisations', { name: 'WonenCentraal', kind: 'housing' })).id;
    id.agent = (
      await post('/v1/people', {
        name: 'wijkagent Boskoop',
        email: 'wijkagent.boskoop@politie.example',
        organisationId: id.police,
        function: 'wijkagent',
      })
    ).id;
    id.housingDesk = (
      await post('/v1/people', {
        name: 'woonconsulent Boskoop',
        email: 'woonconsulent@wonencentraal.example',
        organisationId: id.housing,
      })
    ).id;
    await post('/v1/contacts', { organisationId: id.police, areaId: id.boskoop, personId: id.agent });
    await post('/v1/contacts', { organisationId: id.housing, areaId: id.boskoop, personId: id.housingDesk });
    id.meeting = (
      await post('/v1/meetings', {
        areaId: id.boskoop,
        kind: 'professionals',
        name: 'Professionaloverleg Boskoop',
        rhythm: 'FREQ=MONTHLY;BYDAY=1TU',
        startTime: '10:00',
      })
    ).id;
    for (const organisationId of [id.police, id.housing]) {
      await post(`/v1/meetings/${id.meeting}/invitations`, { organisationId, role: 'participant' });
    }
    id.session = (await post(`/v1/meetings/${id.meeting}/sessions`, { heldOn: '2026-03-03', chairId: id.chair })).id;
    id.next = (await post(`/v1/meetings/${id.meeting}/sessions`, { heldOn: '2026-04-07' })).id;
    who.agent = await t.make.token(id.agent);
    who.housing = await t.make.token(id.housingDesk);
    expect(await get('/v1/sessions', 'agent')).toMatchObject({ total: 2 });
  });

  it('lets the partner propose a topic, and the chair hold the meeting', async () => {
    const proposed = await post(
      `/v1/sessions/${id.session}/agenda-items`,
      { kind: 'topic', title: 'Overlast skatebaan' },
      'agent',
    );
    expect(proposed.state).toBe('proposed');
    id.topic = proposed.id;
    await change('put', `/v1/agenda-items/${id.topic}/acceptance`, proposed.version, { isAccepted: true });
    const session = await get(`/v1/sessions/${id.session}`);
    const opened = await change('put', `/v1/sessions/${id.session}/opening`, session.version);
    expect(opened.state).toBe('open');
    await change('put', `/v1/sessions/${id.session}/attendances/${id.agent}`, opened.version, { status: 'present' });
    const item = await get(`/v1/agenda-items/${id.topic}`);
    await change('patch', `/v1/agenda-items/${id.topic}`, item.version, {
      notes: 'Jongeren blijven tot laat bij de skatebaan.',
    });
  });

  it('closes only when every action has an owner and a deadline', async () => {
    const action = await post(`/v1/sessions/${id.session}/actions`, {
      title: 'Extra surveillance skatebaan',
      agendaItemId: id.topic,
    });
    id.action = action.id;
    expect(action.number).toBe('BOS-1');
    const session = await get(`/v1/sessions/${id.session}`);
    const refused = await change('put', `/v1/sessions/${id.session}/closing`, session.version, {}, 409);
    expect(refused.errors).toHaveLength(1 + 1);
    await post(`/v1/actions/${id.action}/updates`, {
      ownerId: id.police,
      dueKind: 'date',
      dueOn: '2026-03-20',
      sessionId: id.session,
    });
    const shared = await post(`/v1/sessions/${id.session}/actions`, {
      title: 'Achterpad verlichten',
      agendaItemId: id.topic,
      ownerId: id.housing,
      coOwnerIds: [id.wenk],
      dueKind: 'date',
      dueOn: '2026-05-01',
    });
    id.shared = shared.id;
    const closed = await change(
      'put',
      `/v1/sessions/${id.session}/closing`,
      (await get(`/v1/sessions/${id.session}`)).version,
    );
    expect(closed.state).toBe('closed');
  });

  it('has minutes at once, as JSON, page and text, and sends them to everyone concerned', async () => {
    const minutes = await get(`/v1/sessions/${id.session}/minutes`);
    expect(minutes).toMatchObject({ state: 'concept' });
    expect(JSON.stringify(minutes)).toContain('Jongeren blijven tot laat bij de skatebaan.');
    await t.api.get(`/v1/sessions/${id.session}/minutes`).set('Authorization', who.agent).expect(404);
    for (const type of ['text/html', 'text/plain']) {
      const { text } = await t.api
        .get(`/v1/sessions/${id.session}/minutes`)
        .set('Authorization', who.chair)
        .set('Accept', type)
        .expect(200);
      expect(text).toContain('Extra surveillance skatebaan');
      expect(text).toContain('vrijdag 20 maart 2026');
    }
    const { items } = await get(`/v1/sessions/${id.session}/attendances`);
    const agent = items.find((item: Json) => item.personId === id.agent);
    await change('patch', `/v1/attendances/${agent.id}`, agent.version, { status: 'excused' });
    const corrected = await get(`/v1/sessions/${id.session}/minutes`);
    expect(corrected).toMatchObject({ state: 'concept', number: minutes.number + 1 });
    await change('put', `/v1/sessions/${id.session}/minutes/dispatch`, corrected.version);
    await deliver();
    const addresses = mailbox.messages.map(({ to }) => to).sort();
    expect(addresses).toEqual([
      'gebiedsadviseur.boskoop@alphen.example',
      'wijkagent.boskoop@politie.example',
      'woonconsulent@wonencentraal.example',
    ]);
    expect(mailbox.messages.find(({ to }) => to.startsWith('wijkagent'))!.mail.text).toContain('BOS-1');
    await get(`/v1/sessions/${id.session}/minutes`, 'agent');
  });

  it('shows the partner one list, and takes a status in one request', async () => {
    const mine = await get('/v1/actions?mine=true', 'agent');
    expect(mine).toMatchObject({ total: 1, items: [{ number: 'BOS-1', status: 'open', daysOverdue: 0 }] });
    await post(`/v1/actions/${id.action}/updates`, { status: 'in_progress', comment: 'Rooster aangepast.' }, 'agent');
    expect(await get(`/v1/actions/${id.action}`)).toMatchObject({ status: 'in_progress', ownerId: id.police });
  });

  it('mails the weekly digest once, on the Monday after the deadline', async () => {
    mailbox.messages.length = 0;
    t.clock.set('2026-03-23T08:00:30+01:00');
    await post('/v1/digests', {}, 'admin', 200);
    await post('/v1/digests', {}, 'admin', 200);
    const digests = mailbox.messages.filter(({ mail }) => mail.subject!.includes('te laat'));
    expect(digests.filter(({ to }) => to === 'wijkagent.boskoop@politie.example')).toHaveLength(1);
    expect(digests.find(({ to }) => to.startsWith('wijkagent'))!.mail.text).toContain('BOS-1');
    expect(digests.some(({ to }) => to.startsWith('woonconsulent'))).toBe(false);
    await post(
      `/v1/actions/${id.action}/updates`,
      { status: 'done', result: 'Geen meldingen meer sinds half maart.', resultSize: 'large' },
      'agent',
    );
  });

  it('takes the open action over by reference in the next session, and lists the finished one once', async () => {
    t.clock.set('2026-04-07T10:00:00+02:00');
    await change('put', `/v1/sessions/${id.next}/opening`, (await get(`/v1/sessions/${id.next}`)).version);
    const { items } = await get(`/v1/sessions/${id.next}/discussions`);
    expect(items.map((item: Json) => [item.actionId ?? item.action?.id, item.section])).toEqual([
      [id.shared, 'rest'],
      [id.action, 'reported_done'],
    ]);
    expect(await get(`/v1/actions?area=${id.boskoop}`)).toMatchObject({ total: 2 });
    await change('put', `/v1/sessions/${id.next}/closing`, (await get(`/v1/sessions/${id.next}`)).version);
  });

  it('shows in the review what came of it, also of the team above, and stays the same once frozen', async () => {
    t.clock.set('2026-06-02T10:00:00+02:00');
    const review = await post('/v1/reviews', { areaId: id.team, fromOn: '2026-01-01', asOf: '2026-05-31' });
    const figures = JSON.stringify(await get(`/v1/reviews/${review.id}`));
    expect(figures).toContain('Geen meldingen meer sinds half maart.');
    const { text } = await t.api
      .get(`/v1/reviews/${review.id}`)
      .set('Authorization', who.chair)
      .set('Accept', 'text/html')
      .expect(200);
    expect(text).toContain('Jaarevaluatie');
    await change('put', `/v1/reviews/${review.id}/freezing`, review.version, {
      reason: 'De partijen zijn al gehoord.',
    });
    who.reader = await t.make.signedIn('reader', id.team);
    const frozen = await get(`/v1/reviews/${review.id}`, 'reader');
    await post(`/v1/actions/${id.shared}/updates`, { status: 'done', effectiveOn: '2026-04-30' }, 'housing');
    expect(await get(`/v1/reviews/${review.id}`, 'reader')).toEqual(frozen);
  });

  describe('and all of it', () => {
    it('is in an audit trail that is whole', async () => {
      expect(await verifyAudit(t.database.reader)).toBeNull();
    });
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { everythingKept } from '../support/everything.js';
import { boskoop, type Boskoop, bring } from '../support/minutes.js';
import { callsOf } from '../support/world.js';
import { Visitor } from '../support/visitor.js';

/** While no mail server is configured, sending is refused, and nothing is marked as sent. */
onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let as: ReturnType<typeof callsOf>;
  let outsider: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: '' } });
    b = await boskoop(t);
    as = callsOf(t);
    outsider = await t.make.signedIn('chair', (await t.make.area()).id);
    await bring(t, b.session.id, 'closed');
  });

  const year = { fromOn: '2025-06-01', asOf: '2026-05-31' };
  const made = async (path: string, body: object) =>
    (await as(b.signedIn.chair, 'post', path, body).expect(201)).body.id as string;
  /** Each operation that sends something: its request, with a version if one is required. */
  const VERBS: [string, () => Promise<[method: 'put' | 'post', path: string, body?: object, version?: number]>][] = [
    ['the minutes', async () => ['put', `/v1/sessions/${b.session.id}/minutes/dispatch`, undefined, 1]],
    [
      'an invitation',
      async () => {
        const { id } = await t.make.session(b.meeting.id, { heldOn: '2026-07-14' });
        return ['put', `/v1/sessions/${id}/invitation`, undefined, 1];
      },
    ],
    [
      'an escalation',
      async () => {
        const director = await t.make.person();
        const { id } = await t.make.action({ areaId: b.area.id, ownerId: b.bor.id, status: 'blocked' });
        return ['post', `/v1/actions/${id}/escalations`, { personId: director.id, text: 'Dit loopt vast.' }];
      },
    ],
    ['the questions of a rating', async () => ['post', '/v1/rating-rounds', { areaId: b.area.id, year: 2025 }]],
    [
      'the draft of a review',
      async () => [
        'put',
        `/v1/reviews/${await made('/v1/reviews', { areaId: b.area.id, ...year })}/circulation`,
        {},
        1,
      ],
    ],
    [
      'the results of a quarter',
      async () => {
        const id = await made('/v1/quarterly-results', { areaId: b.area.id, quarter: 1, year: 2026 });
        return ['put', `/v1/quarterly-results/${id}/sending`, undefined, 1];
      },
    ],
  ];

  it.each(VERBS)('does not send %s, and changes nothing', async (_, verb) => {
    const [method, path, body, version] = await verb();
    const before = await everythingKept(t);
    const { status, body: answer } = await as(b.signedIn.chair, method, path, body, version);
    expect([status, answer.code]).toEqual([409, 'MAIL_NOT_CONFIGURED']);
    expect((await as(outsider, method, path, body, version)).status).not.toBe(409);
    expect(await everythingKept(t)).toEqual(before);
  });

  it('says so in Dutch on the page', async () => {
    const page = `/vergaderingen/${b.session.id}`;
    const chair = await Visitor.of(t, b.chair.id);
    const { text } = await chair.post(`${page}/versturen`, { version: '1' }, page);
    expect(text).toContain('Er kan nu geen mail weg: er is geen mailserver ingesteld');
  });
});

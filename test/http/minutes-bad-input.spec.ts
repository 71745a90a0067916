import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { everythingKept } from '../support/everything.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { callsOf } from '../support/world.js';
import { chairOf } from '../support/year.js';

const UNKNOWN = '019300a0-0000-7000-8000-00000000000f';

/** Mistakes during a meeting: each has its own response and leaves every row of the database unchanged. */
onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let as: ReturnType<typeof callsOf>;
  const id: Record<'adopted' | 'first' | 'second' | 'open' | 'cancelled' | 'elsewhere' | 'item' | 'read', string> =
    {} as never;

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-16' });
    as = callsOf(t);
    b = await boskoop(t);
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    const session = async (heldOn: string, state: 'open' | 'cancelled' = 'open', meetingId = b.meeting.id) =>
      (await t.make.session(meetingId, { heldOn, state })).id;
    const sent = async (heldOn: string) => {
      const one = await session(heldOn);
      await agendaItem(t, one, { notes: 'Er is gepraat.' });
      await bring(t, one, 'closed');
      await send(t, { ...b, session: { ...b.session, id: one } });
      return one;
    };
    id.adopted = b.session.id;
    const deciding = await session('2026-06-09');
    const corrections = [{ item: '3', old: 'de avond', new: 'de nacht' }];
    const wish = { sessionId: deciding, kind: 'corrected', corrections };
    expect((await chairOf(t, b.signedIn.chair).adopt(id.adopted, wish)).status).toBe(200);
    id.cancelled = await session('2026-06-12', 'cancelled');
    id.first = await sent('2026-06-10');
    id.second = await sent('2026-06-11');
    id.open = await session('2026-06-16');
    id.elsewhere = await session('2026-06-16', 'open', (await t.make.meeting(b.area.id)).id);
    id.item = (await agendaItem(t, id.open, { notes: null, state: 'accepted' })).id;
    id.read = `"${(await as(b.signedIn.chair, 'get', `/v1/agenda-items/${id.item}`).expect(200)).body.version}"`;
    const first = as(b.signedIn.chair, 'patch', `/v1/agenda-items/${id.item}`, { notes: 'De eerste was er eerder.' });
    await first.set('If-Match', id.read).expect(200);
  });

  const call = (...asked: [method: 'get' | 'post' | 'put' | 'patch', path: string, body?: object]) =>
    as(b.signedIn.chair, ...asked);
  const tagOf = async (path: string) => (await call('get', path).expect(200)).headers.etag as string;
  /** With the current ETag of the resource itself or of what it belongs to. */
  const put = async (path: string, body: object | undefined, of: string) =>
    call('put', path, body).set('If-Match', await tagOf(of));
  const adopt = (session: string, body: object) =>
    put(`/v1/sessions/${session}/minutes/adoption`, body, `/v1/sessions/${session}/minutes`);
  const inOpen = (body: object = {}) => ({ sessionId: id.open, kind: 'unchanged', ...body });
  const state = (session: string, verb: string, body?: object) =>
    put(`/v1/sessions/${session}/${verb}`, body, `/v1/sessions/${session}`);
  const correction = { kind: 'corrected', corrections: [{ item: '3', old: 'de nacht', new: 'de ochtend' }] };

  const CASES: [
    string,
    () => Promise<{ status: number; body: { code?: string; errors?: { field: string }[] } }>,
    unknown,
  ][] = [
    ['adopting out of order', () => adopt(id.second, inOpen()), [409, 'EARLIER_MINUTES_FIRST']],
    ['adopting twice', () => adopt(id.adopted, inOpen()), [409, 'MINUTES_ADOPTED']],
    [
      'adopting in the session itself',
      () => adopt(id.first, { ...inOpen(), sessionId: id.first }),
      [409, 'NOT_A_LATER_SESSION'],
    ],
    [
      'adopting in a session that does not take place',
      () => adopt(id.first, { ...inOpen(), sessionId: id.cancelled }),
      [409, 'SESSION_NOT_OPEN'],
    ],
    [
      'adopting in a session of another meeting',
      () => adopt(id.first, { ...inOpen(), sessionId: id.elsewhere }),
      [400, 'sessionId'],
    ],
    ['adopting in an unknown session', () => adopt(id.first, { ...inOpen(), sessionId: UNKNOWN }), [400, 'sessionId']],
    ['correcting adopted minutes', () => adopt(id.adopted, inOpen(correction)), [409, 'MINUTES_ADOPTED']],
    [
      'reopening a session whose minutes are adopted',
      () => state(id.adopted, 'reopening', { reason: 'Toch nog iets.' }),
      [409, 'MINUTES_ADOPTED'],
    ],
    [
      'writing in an item of adopted minutes',
      async () =>
        call('patch', `/v1/agenda-items/${b.skate.id}`, { notes: 'Anders.' }).set(
          'If-Match',
          await tagOf(`/v1/agenda-items/${b.skate.id}`),
        ),
      [409, 'MINUTES_ADOPTED'],
    ],
    [
      'moving the session of adopted minutes',
      async () =>
        call('patch', `/v1/sessions/${id.adopted}`, { place: 'Elders' }).set(
          'If-Match',
          await tagOf(`/v1/sessions/${id.adopted}`),
        ),
      [409, 'MINUTES_ADOPTED'],
    ],
    ['opening the session of adopted minutes again', () => state(id.adopted, 'opening', {}), [409, 'MINUTES_ADOPTED']],
    [
      'correcting the attendance of adopted minutes',
      () => call('post', `/v1/sessions/${id.adopted}/attendances`, { guestName: 'gast', status: 'present' }),
      [409, 'MINUTES_SENT'],
    ],
    [
      'adding an action to adopted minutes',
      () => call('post', `/v1/sessions/${id.adopted}/actions`, { title: 'Nog een actie' }),
      [409, 'SESSION_NOT_OPEN'],
    ],
    [
      'remarking on adopted minutes',
      () => call('post', `/v1/sessions/${id.adopted}/minutes/remarks`, { text: 'Te laat.' }),
      [409, 'MINUTES_ADOPTED'],
    ],
    [
      'sending adopted minutes again',
      () => put(`/v1/sessions/${id.adopted}/minutes/dispatch`, undefined, `/v1/sessions/${id.adopted}/minutes`),
      [409, 'MINUTES_ALREADY_SENT'],
    ],
    ['closing a cancelled session', () => state(id.cancelled, 'closing'), [409, 'SESSION_NOT_OPEN']],
    ['opening a cancelled session', () => state(id.cancelled, 'opening'), [409, 'SESSION_CANCELLED']],
    [
      'cancelling an open session',
      () => state(id.open, 'cancellation', { reason: 'Vakantie.' }),
      [409, 'SESSION_NOT_PLANNED'],
    ],
    [
      'attendance of an unknown person',
      () => put(`/v1/sessions/${id.open}/attendances/${UNKNOWN}`, { status: 'present' }, `/v1/sessions/${id.open}`),
      [400, 'personId'],
    ],
    [
      'attendance of an unknown person, recorded anew',
      () => call('post', `/v1/sessions/${id.open}/attendances`, { personId: UNKNOWN, status: 'present' }),
      [400, 'personId'],
    ],
    [
      'an action with an item of another session',
      () => call('post', `/v1/sessions/${id.open}/actions`, { title: 'Schouw plannen', agendaItemId: b.skate.id }),
      [400, 'agendaItemId'],
    ],
    [
      'a remark on an item of another session',
      () => call('post', `/v1/sessions/${id.first}/minutes/remarks`, { text: 'Waar?', itemNumber: '3' }),
      [400, 'itemNumber'],
    ],
    [
      'a correction to an item of another session',
      () => adopt(id.first, inOpen({ kind: 'corrected', corrections: [{ item: '3', old: '', new: 'x' }] })),
      [400, 'corrections.0.item'],
    ],
    [
      'the notes that somebody else wrote meanwhile',
      async () => call('patch', `/v1/agenda-items/${id.item}`, { notes: 'De tweede.' }).set('If-Match', id.read),
      [412, 'VERSION_CHANGED'],
    ],
    [
      'notes without saying what was read',
      async () => call('patch', `/v1/agenda-items/${id.item}`, { notes: 'De tweede.' }),
      [428, 'IF_MATCH_REQUIRED'],
    ],
  ];

  it.each(CASES)('refuses %s, and changes nothing', async (_, ask, answer) => {
    const before = await everythingKept(t);
    const { status, body } = await ask();
    expect([status, body.errors?.[0].field ?? body.code]).toEqual(answer);
    expect(await everythingKept(t)).toEqual(before);
  });
});

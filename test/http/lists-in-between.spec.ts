import { beforeEach, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { callsOf } from '../support/world.js';
import { AGENT, MORNING, setUpAnnouncements } from './announcements.setup.js';

/** What happens to an uploaded list when something else happens before it is imported, or afterwards. */
onBothDatabases((kind) => {
  const d = setUpAnnouncements(kind);
  let chair: { id: string; token: string };
  let admin: string;
  let area: string;
  let code = 0;
  beforeEach(async () => {
    d.t.clock.set(MORNING);
    const { id } = await d.t.make.person({ name: 'gebiedsadviseur' });
    code += 1;
    const name = `Kern ${kind} ${code}`;
    area = (await d.t.make.area({ name, code: `K${String.fromCharCode(64 + code)}${kind[0].toUpperCase()}` })).id;
    await d.t.make.grant(id, 'chair', area);
    chair = { id, token: await d.t.make.token(id) };
    admin = await d.t.make.signedIn('admin');
  });
  const call = (...args: Parameters<ReturnType<typeof callsOf>>) => callsOf(d.t)(...args);
  const propose = async (...lines: string[]) => {
    const sent = d.t.api.post(`/v1/action-imports?area=${area}`).set('Authorization', chair.token);
    return (await sent.set('Content-Type', 'text/csv').send(lines.join('\n')).expect(201)).body;
  };
  const titled = async (title: string) => {
    const { body } = await call(chair.token, 'get', `/v1/actions?q=${encodeURIComponent(title)}`).expect(200);
    return body.items as { id: string; meetingId: string | null; ownerId: string }[];
  };

  it('goes to the organisation into which one of the list was merged meanwhile, or nothing is imported', async () => {
    const old = await d.t.make.organisation({ name: `Oud ${kind}` });
    const { id } = await propose('actie;wie;wanneer', `Heg snoeien;Oud ${kind};1-7-2026`, 'Bank;Politie;1-7-2026');
    await call(admin, 'put', `/v1/organisations/${old.id}/merger`, { intoId: d.welfare }, 1).expect(200);
    const answer = await call(chair.token, 'put', `/v1/action-imports/${id}/execution`, {}, 1);
    const found = await titled('Heg snoeien');
    if (answer.status === 409) expect([answer.body.code, found]).toEqual(['IMPORT_ROW_REFUSED', []]);
    else expect([answer.status, found.map(({ ownerId }) => ownerId)]).toEqual([200, [d.welfare]]);
  });

  it('is imported once, however often its button is pressed, and the page says so', async () => {
    const { id } = await propose('actie;wie;wanneer', 'Dubbel gedrukt;Politie;1-7-2026');
    const visitor = await Visitor.of(d.t, chair.id);
    const path = `/gebieden/${area}/acties/invoeren/${id}`;
    const both = await Promise.all([1, 2].map(() => visitor.post(path, { version: '1', bekend: 'ja' })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect(both.map(({ text }) => text).join()).toContain('Deze lijst is al ingevoerd.');
    expect(await titled('Dubbel gedrukt')).toHaveLength(1);
  });

  it('is not imported by someone who is no longer chair', async () => {
    const { id } = await propose('actie;wie;wanneer', 'Te laat gedrukt;Politie;1-7-2026');
    const grants = (await call(admin, 'get', `/v1/grants?person=${chair.id}`).expect(200)).body.items;
    for (const one of grants)
      await call(admin, 'patch', `/v1/grants/${one.id}`, { untilOn: '2026-06-01' }, one.version);
    const { status } = await call(chair.token, 'put', `/v1/action-imports/${id}/execution`, {}, 1);
    expect([403, 404, 409]).toContain(status);
    const { body } = await call(admin, 'get', '/v1/actions?q=Te+laat+gedrukt');
    expect(body.items ?? []).toEqual([]);
  });

  it('gives its actions to no meeting that was stopped meanwhile', async () => {
    const meeting = (
      await call(chair.token, 'post', '/v1/meetings', { areaId: area, kind: 'professionals', name: 'Overleg' })
    ).body;
    const { id } = await propose('actie;wie;wanneer', 'Na het einde;Politie;1-7-2026');
    const ending = { endedOn: '2026-06-01', restToId: null };
    await call(chair.token, 'put', `/v1/meetings/${meeting.id}/ending`, ending, meeting.version).expect(200);
    await call(chair.token, 'put', `/v1/action-imports/${id}/execution`, {}, 1).expect(200);
    expect((await titled('Na het einde')).map(({ meetingId }) => meetingId)).toEqual([null]);
  });

  it('is told to its owners when its meeting stops before it was discussed, and they go on without one', async () => {
    const meeting = (
      await call(chair.token, 'post', '/v1/meetings', { areaId: area, kind: 'professionals', name: 'Overleg' })
    ).body;
    const { id } = await propose('actie;wie;wanneer', 'Nooit besproken;Politie;20-5-2026');
    await call(chair.token, 'put', `/v1/action-imports/${id}/execution`, { doOwnersKnow: false }, 1).expect(200);
    const [action] = await titled('Nooit besproken');
    expect(action.meetingId).toBe(meeting.id);
    await d.t.app.get(DigestScheduler).planAndDeliver();
    expect(d.mailbox.to(AGENT)).toEqual([]);
    const ending = { endedOn: '2026-06-01', restToId: null };
    await call(chair.token, 'put', `/v1/meetings/${meeting.id}/ending`, ending, meeting.version).expect(200);
    d.t.clock.set('2026-06-02T15:00:01.000Z');
    await d.t.app.get(DigestScheduler).planAndDeliver();
    expect(d.mailbox.to(AGENT)).toHaveLength(1);
    expect(JSON.stringify(d.mailbox.to(AGENT))).toContain('Nooit besproken');
    const seen = await (await Visitor.of(d.t, chair.id)).see(`/acties/${action.id}`);
    expect(seen).not.toContain('heeft hier nog geen bericht van');
  });
});

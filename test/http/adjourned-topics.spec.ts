import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

interface Item {
  id: string;
  title: string;
  number: string;
  version: number;
  carriedFromId: string | null;
  plannedMinutes: number | null;
}

const STANDING = [
  { kind: 'opening', title: 'Opening' },
  { kind: 'any_other_business', title: 'Rondvraag' },
  { kind: 'closing', title: 'Sluiting' },
];

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });

  /** A session on 2 June with one topic, "Buurtpreventie", which `adjourn` leaves for a later one. */
  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, meeting, step: put } = table;
    await as(chair, 'patch', `/v1/meetings/${meeting.id}`, { defaultAgenda: STANDING }, 1).expect(200);
    const session = await t.make.session(meeting.id, { heldOn: '2026-06-02' });
    const undo = async (id: string) => {
      const { version } = (await as(chair, 'get', `/v1/sessions/${id}`).expect(200)).body;
      await as(chair, 'delete', `/v1/sessions/${id}/opening`, undefined, version).expect(200);
    };
    const plan = async (heldOn: string): Promise<string> =>
      (await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn }).expect(201)).body.id;
    const list = async (id: string, token = chair): Promise<Item[]> =>
      (await as(token, 'get', `/v1/sessions/${id}/agenda-items`).expect(200)).body.items;
    const titles = async (id: string) => (await list(id)).map(({ number, title }) => `${number} ${title}`);
    const edit = async (id: string, change: object) => {
      const { version } = (await as(chair, 'get', `/v1/agenda-items/${id}`).expect(200)).body;
      await as(chair, 'patch', `/v1/agenda-items/${id}`, change, version).expect(200);
    };
    const add = async (id: string, title: string): Promise<Item> =>
      (await as(chair, 'post', `/v1/sessions/${id}/agenda-items`, { title }).expect(201)).body;
    const topic = await add(session.id, 'Buurtpreventie');
    const adjourn = async () => {
      await put(session.id, 'opening');
      await edit(topic.id, { state: 'adjourned' });
      await put(session.id, 'closing');
    };
    return { ...table, session, topic, adjourn, put, undo, plan, list, titles, edit, add };
  };
  const agenda = (...topics: string[]) =>
    ['Opening', ...topics, 'Rondvraag', 'Sluiting'].map((title, index) => `${index + 1} ${title}`);

  it('puts an adjourned topic on the agenda of the next session when its own is closed, in its place and with its number', async () => {
    const l = await laid();
    const [next, after] = [await l.plan('2026-06-30'), await l.plan('2026-07-28')];
    await l.adjourn();
    expect(await l.titles(next)).toEqual(agenda('Buurtpreventie'));
    expect((await l.list(next))[1]).toMatchObject({ carriedFromId: l.topic.id });
    await l.put(next, 'opening');
    expect(await l.titles(next)).toEqual(agenda('Buurtpreventie'));
    await l.undo(next);
    expect(await l.titles(next)).toEqual(agenda('Buurtpreventie'));
    expect(await l.titles(after)).toEqual(agenda());
  });

  it('puts it on the agenda of a session that is planned afterwards, and of the first one if an earlier one is added', async () => {
    const l = await laid();
    await l.adjourn();
    const next = await l.plan('2026-06-30');
    await l.plan('2026-07-28');
    const [, carried] = await l.list(next);
    await l.edit(carried.id, { title: 'Buurtpreventie en babbeltrucs', plannedMinutes: 15 });
    const extra = await l.plan('2026-06-16');
    expect(await l.titles(extra)).toEqual(agenda('Buurtpreventie en babbeltrucs'));
    expect((await l.list(extra))[1]).toMatchObject({ id: carried.id, plannedMinutes: 15, carriedFromId: l.topic.id });
    expect(await l.titles(next)).toEqual(agenda());
  });

  it('leaves it on an agenda that people were invited with, and brings it along from a session that was not held', async () => {
    const l = await laid();
    const next = await l.plan('2026-06-30');
    await l.adjourn();
    await l.put(next, 'invitation');
    const extra = await l.plan('2026-06-16');
    expect(await l.titles(extra)).toEqual(agenda());
    expect(await l.titles(next)).toEqual(agenda('Buurtpreventie'));
    const later = await l.plan('2026-07-28');
    await l.put(later, 'opening');
    expect(await l.titles(later)).toEqual(agenda('Buurtpreventie'));
    expect((await l.list(next)).map(({ title }) => title)).not.toContain('Buurtpreventie');
  });

  it('takes it off again when it was discussed after all, unless people were told', async () => {
    for (const isTold of [false, true]) {
      const l = await laid();
      const next = await l.plan('2026-06-30');
      await l.adjourn();
      if (isTold) await l.put(next, 'invitation');
      await l.put(l.session.id, 'reopening', { reason: 'Toch besproken.' });
      await l.edit(l.topic.id, { state: 'discussed', notes: 'De app-groep krijgt borden.' });
      await l.put(l.session.id, 'closing');
      expect(await l.titles(next)).toEqual(isTold ? agenda('Buurtpreventie') : agenda());
      t.clock.set('2026-06-02T10:00:00Z');
    }
  });

  it('says of a topic that is on the next agenda already where it comes from, instead of adding it twice', async () => {
    const l = await laid();
    const next = await l.plan('2026-06-30');
    const typed = await l.add(next, 'Buurtpreventie');
    await l.adjourn();
    expect(await l.titles(next)).toEqual(agenda('Buurtpreventie'));
    expect((await l.list(next))[1]).toMatchObject({ id: typed.id, carriedFromId: l.topic.id });
  });

  it('has who was invited for that topic only come again', async () => {
    const l = await laid();
    const next = await l.plan('2026-06-30');
    const housing = await t.make.organisation();
    const seat = { organisationId: housing.id, agendaItemId: l.topic.id, role: 'participant' };
    await l.as(l.chair, 'post', `/v1/meetings/${l.meeting.id}/invitations`, seat).expect(201);
    await l.adjourn();
    const [, carried] = await l.list(next);
    const { items } = (await l.as(l.chair, 'get', `/v1/meetings/${l.meeting.id}/invitations?pageSize=100`)).body;
    const seats = (items as { organisationId: string; agendaItemId: string | null }[])
      .filter(({ organisationId }) => organisationId === housing.id)
      .map(({ agendaItemId }) => agendaItemId);
    expect(seats.sort()).toEqual([l.topic.id, carried.id].sort());
  });

  it('shows a confidential one to its parties only, with a number of its own', async () => {
    const l = await laid();
    const past = await t.make.session(l.meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    const secret = { number: 'V1', title: 'Casus', state: 'adjourned', partyIds: [l.police.id] } as const;
    const { id } = await t.make.agendaItem(past.id, { ...secret, partyIds: [...secret.partyIds] });
    const next = await l.plan('2026-06-30');
    expect(await l.titles(next)).toEqual(agenda());
    const known = (await l.list(next, l.partner)).filter(({ carriedFromId }) => carriedFromId === id);
    expect(known).toMatchObject([{ title: 'Casus', number: 'V1' }]);
    const extra = await l.plan('2026-06-16');
    expect(await l.titles(extra)).toEqual(agenda());
    const moved = (await l.list(extra, l.partner)).find(({ id: one }) => one === known[0].id);
    expect(moved).toMatchObject({ title: 'Casus', number: 'V1' });
  });
});

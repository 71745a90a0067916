import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let root: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    root = await t.make.root();
  });
  const me = async (token: string) => (await t.api.get('/v1/me').set('Authorization', token).expect(200)).body;

  it('shows a chair the granted area with everything below it', async () => {
    const team = await t.make.area({ kind: 'team' });
    const kern = await t.make.area({ kind: 'kern', parentId: team.id });
    const buurt = await t.make.area({ kind: 'buurt', parentId: kern.id });
    await t.make.area({ kind: 'kern' });
    const { roles, areaIds } = await me(await t.make.signedIn('chair', team.id));
    expect(roles).toEqual(['chair']);
    expect(areaIds.chair.sort()).toEqual([team.id, kern.id, buurt.id].sort());
  });

  it('makes anyone invited by name a partner, from the first day of the invitation to the last', async () => {
    const meeting = await t.make.meeting(root);
    const person = await t.make.person();
    const token = await t.make.token(person.id);
    await t.make.invitation(meeting.id, { personId: person.id, fromOn: '2026-06-02', untilOn: '2026-06-03' });
    t.clock.set('2026-06-01T12:00:00Z');
    expect((await me(token)).roles).toEqual([]);
    for (const day of ['2026-06-02', '2026-06-03']) {
      t.clock.set(`${day}T12:00:00Z`);
      expect(await me(token)).toMatchObject({
        roles: ['partner'],
        meetingIds: [meeting.id],
        areaIds: { partner: [root] },
      });
    }
    t.clock.set('2026-06-04T12:00:00Z');
    expect((await me(token)).roles).toEqual([]);
  });

  it('makes a partner of the contact for the area, and of the general contact only where there is none', async () => {
    const area = await t.make.area();
    const other = await t.make.area();
    const police = await t.make.organisation({ kind: 'police' });
    const [local, general] = [await t.make.person(), await t.make.person()];
    await t.make.contact(police.id, local.id, area.id);
    await t.make.contact(police.id, general.id);
    const [here, there] = [await t.make.meeting(area.id), await t.make.meeting(other.id)];
    for (const { id } of [here, there]) await t.make.invitation(id, { organisationId: police.id });
    expect((await me(await t.make.token(local.id))).meetingIds).toEqual([here.id]);
    expect((await me(await t.make.token(general.id))).meetingIds).toEqual([there.id]);
  });

  it('takes the contact for the nearest area above, and passes over one who is no longer active', async () => {
    const team = await t.make.area({ kind: 'team' });
    const area = await t.make.area({ parentId: team.id });
    const welfare = await t.make.organisation({ kind: 'welfare' });
    const [gone, above, general] = [
      await t.make.person({ active: false }),
      await t.make.person(),
      await t.make.person(),
    ];
    await t.make.contact(welfare.id, gone.id, area.id);
    await t.make.contact(welfare.id, above.id, team.id);
    await t.make.contact(welfare.id, general.id);
    const meeting = await t.make.meeting(area.id);
    await t.make.invitation(meeting.id, { organisationId: welfare.id });
    expect((await me(await t.make.token(above.id))).meetingIds).toEqual([meeting.id]);
    expect((await me(await t.make.token(general.id))).meetingIds).toEqual([]);
  });

  it('gives an agendalid no meeting', async () => {
    const meeting = await t.make.meeting(root);
    const person = await t.make.person();
    await t.make.invitation(meeting.id, { personId: person.id, role: 'informed' });
    expect((await me(await t.make.token(person.id))).meetingIds).toEqual([]);
  });

  it('shows the organisations of today', async () => {
    const [now, before] = [await t.make.organisation(), await t.make.organisation()];
    const person = await t.make.person({ organisationId: now.id });
    await t.make.member(person.id, before.id, { untilOn: '2026-06-01' });
    expect((await me(await t.make.token(person.id))).organisationIds).toEqual([now.id]);
  });
});

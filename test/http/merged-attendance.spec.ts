import { beforeAll, expect, it } from '@jest/globals';
import { Goal } from '../../src/goals/goal.entity.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

const MERGED_ON = '2026-06-02';

/** A goal is about the attendance of an organisation that merges into another, which sat at the same table before. */
onBothDatabases((kind) => {
  let n: Neighbourhood;
  let goalId: string;
  let knownAt: string;
  const held = async (heldOn: string, came: Record<string, 'present' | 'absent'>) => {
    const state = {
      state: 'closed',
      openedAt: `${heldOn}T10:00:00.000Z`,
      closedAt: `${heldOn}T12:00:00.000Z`,
    } as const;
    const session = await n.make.session(n.meeting.id, { heldOn, ...state });
    for (const [organisationId, status] of Object.entries(came)) {
      const { id: personId } = await n.make.person({ organisationId });
      const row = { id: newId(), sessionId: session.id, personId, guestName: null, organisationId, status, version: 1 };
      await n.make.row(Attendance, { ...row, isReplacement: false, alsoForIds: null } as Attendance);
    }
  };
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    const { boa, habeko } = n.organisations;
    for (const { id } of [boa, habeko])
      await n.make.invitation(n.meeting.id, { organisationId: id, fromOn: '2026-01-01' });
    goalId = newId();
    await n.make.row(Goal, {
      ...{ id: goalId, areaId: n.boskoop.id, kind: 'process', state: 'active', activatedOn: '2026-01-02' },
      ...{ metric: { kind: 'attendance', organisationId: habeko.id }, title: 'De corporatie is erbij', unit: '%' },
      ...{ target: 80, direction: 'up', startsOn: '2026-01-01', endsOn: '2026-12-31', courseKind: 'line', version: 1 },
    } as Goal);
    await held('2026-04-07', { [habeko.id]: 'present', [boa.id]: 'absent' });
    await held('2026-05-05', { [habeko.id]: 'present', [boa.id]: 'absent' });
    n.clock.set(`${MERGED_ON}T07:00:00Z`);
    knownAt = n.clock.moment();
    n.clock.set(`${MERGED_ON}T08:00:00Z`);
    await n.put(`/v1/organisations/${habeko.id}/merger`, { intoId: boa.id }, 1, n.as.admin).expect(200);
    n.clock.set('2026-08-04T13:00:00Z');
    await held('2026-07-07', { [boa.id]: 'absent' });
    await held('2026-08-04', { [boa.id]: 'absent' });
  });
  const figure = async (asOf: string) => (await n.get(`/v1/goals/${goalId}/figure?asOf=${asOf}`).expect(200)).body;

  it('goes on with whether the other one comes, from the day of the merger on', async () => {
    expect(await figure('2026-08-04')).toMatchObject({ value: 50, for: 2, against: 2 });
    expect((await figure('2026-08-04')).cases.map(({ on }: { on: string }) => on)).toEqual([
      ...['2026-04-07', '2026-05-05', '2026-07-07', '2026-08-04'],
    ]);
  });

  it('leaves what it was on earlier days, and in a review as it was known', async () => {
    expect(await figure('2026-05-31')).toMatchObject({ value: 100, for: 2, against: 0 });
    const period = { areaId: n.boskoop.id, fromOn: '2026-01-01', asOf: MERGED_ON };
    const { id } = (await n.post('/v1/reviews', period).expect(201)).body;
    const { figures } = (await n.get(`/v1/reviews/${id}?knownAt=${knownAt}`).expect(200)).body;
    expect(figures.goals.items[0].ownFigure.value).toBe(100);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { Goal, type Metric } from '../../src/goals/goal.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

const YESTERDAY = '2026-06-01';
const TODAY = '2026-06-02';

/** Three parties judge in May; on 2 June two of them merge, and so do the owner of an action and who judged it. */
onBothDatabases((kind) => {
  let n: Neighbourhood;
  let chair: string;
  let goalId: string;
  let ids: Record<'differing' | 'agreed' | 'ofOwner', string>;
  let knownAt: string;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    const { gemeente, politie, boa, habeko } = n.organisations;
    chair = await n.make.signedIn('chair', n.boskoop.id);
    const council = await n.make.organisation({ name: 'Dorpsraad', kind: 'residents' });
    const member = await n.make.person({ organisationId: council.id });
    const { handhaver, consulent } = n.people;
    const seats = { [boa.id]: handhaver.id, [habeko.id]: consulent.id, [council.id]: member.id };
    for (const [organisationId, personId] of Object.entries(seats))
      await n.make.invitation(n.meeting.id, { organisationId, personId, fromOn: '2026-01-01' });
    const says = { boa: n.as.boa, habeko: n.as.habeko, council: await n.make.token(member.id) };
    const done = async (ownerId: string) => {
      const state = { status: 'done', realisation: 'full', doneOn: '2026-05-01', closedOn: '2026-05-01' } as const;
      const at = { areaId: n.boskoop.id, meetingId: n.meeting.id, recordedOn: '2026-03-01' };
      return (await n.make.action({ ...at, ...state, ownerId })).id;
    };
    n.clock.set('2026-05-01T10:00:00Z');
    ids = { differing: await done(gemeente.id), agreed: await done(gemeente.id), ofOwner: await done(politie.id) };
    goalId = (await goal(null)).id;
    const judge = async (path: string, who: keyof typeof says, judgement: string, at: string) => {
      n.clock.set(`${at}T10:00:00Z`);
      await n.post(`/v1/${path}/judgements`, { judgement }, says[who]).expect(201);
    };
    await judge(`actions/${ids.differing}`, 'boa', 'not', '2026-05-02');
    await judge(`actions/${ids.differing}`, 'habeko', 'realised', '2026-05-03');
    await judge(`actions/${ids.agreed}`, 'habeko', 'not', '2026-05-02');
    await judge(`actions/${ids.agreed}`, 'boa', 'partly', '2026-05-03');
    await judge(`actions/${ids.agreed}`, 'council', 'partly', '2026-05-04');
    await judge(`actions/${ids.ofOwner}`, 'council', 'not', '2026-05-04');
    await judge(`goals/${goalId}`, 'habeko', 'realised', '2026-05-03');
    await judge(`goals/${goalId}`, 'boa', 'partly', '2026-05-02');
    n.clock.set(`${TODAY}T10:00:00Z`);
    knownAt = n.clock.moment();
    n.clock.set(`${TODAY}T11:00:00Z`);
    const merge = (id: string, intoId: string) =>
      n.put(`/v1/organisations/${id}/merger`, { intoId }, 1, n.as.admin).expect(200);
    await merge(habeko.id, boa.id);
    await merge(council.id, politie.id);
  });
  const goal = (metric: Metric | null): Promise<Goal> =>
    n.make.row(Goal, {
      ...{ id: newId(), areaId: n.boskoop.id, kind: 'process', state: 'active', activatedOn: '2026-01-02', metric },
      ...{ title: 'Tien keer samen op pad', unit: 'keer', target: 10, direction: 'up', startsOn: '2026-01-01' },
      ...{ endsOn: '2026-12-31', courseKind: 'line', version: 1 },
    } as Goal);
  const figures = async (asOf: string, at?: string) => {
    const period = { areaId: n.boskoop.id, fromOn: '2026-01-01', asOf };
    const { id } = (await n.post('/v1/reviews', period, chair).expect(201)).body;
    return (await n.get(`/v1/reviews/${id}${at ? `?knownAt=${at}` : ''}`, chair).expect(200)).body.figures;
  };
  const judged = ({
    total: { judgedRealised, judgedPartly, judgedNot, judgedDiffering },
  }: Record<string, Record<string, number>>) => ({
    judgedRealised,
    judgedPartly,
    judgedNot,
    judgedDiffering,
  });

  it('counts parties that merged as one from that day on, by their last judgement; the owner judges nothing', async () => {
    const now = await figures(TODAY);
    expect(judged(now)).toEqual({ judgedRealised: 1, judgedPartly: 1, judgedNot: 0, judgedDiffering: 0 });
    const [goal] = now.goals.items;
    expect(goal.judgements).toMatchObject([{ organisation: 'Habeko Wonen', judgement: 'realised' }]);
    expect(goal.judgementsDiffer).toBe(false);
  });

  it.each([
    ['the day before', YESTERDAY, false],
    ['what was known before', TODAY, true],
  ])('counts two parties as of %s', async (_, asOf, isEarlier) => {
    const before = await figures(asOf, isEarlier ? knownAt : undefined);
    expect(judged(before)).toEqual({ judgedRealised: 0, judgedPartly: 0, judgedNot: 1, judgedDiffering: 2 });
    expect(before.goals.items[0].judgementsDiffer).toBe(true);
  });

  it('measures a goal by what the named party said, whichever of its organisations said it', async () => {
    const { id } = await goal({ kind: 'judged_realised', organisationId: n.organisations.boa.id });
    const valueOn = async (asOf: string) =>
      (await n.get(`/v1/goals/${id}/figure?asOf=${asOf}`, chair).expect(200)).body.value;
    expect([await valueOn(YESTERDAY), await valueOn(TODAY)]).toEqual([0, 50]);
  });

  it('lets the last word of the merged party be the present one', async () => {
    const present = async (path: string) => {
      const { body } = await n.get(`/v1/${path}/judgements`, chair).expect(200);
      return body.items
        .filter(({ isCurrent }: { isCurrent: boolean }) => isCurrent)
        .map((one: { judgement: string }) => one.judgement);
    };
    expect(await present(`actions/${ids.differing}`)).toEqual(['realised']);
    expect(await present(`goals/${goalId}`)).toEqual(['realised']);
    await n.post(`/v1/goals/${goalId}/judgements`, { judgement: 'not' }, n.as.habeko).expect(201);
    expect(await present(`goals/${goalId}`)).toEqual(['not']);
  });
});

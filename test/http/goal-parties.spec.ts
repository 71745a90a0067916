import { beforeAll, describe, expect, it } from '@jest/globals';
import { AreaParent } from '../../src/directory/areas/area-parent.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases } from '../support/app.js';
import { setUpGoals } from './goals.setup.js';

const [YESTERDAY, TODAY, TOMORROW] = ['2026-07-01', '2026-07-02', '2026-07-03'];

onBothDatabases((kind) => {
  const g = setUpGoals(kind);
  const { get, post, draft } = g;
  let goal: string;
  beforeAll(async () => {
    goal = await draft();
  });

  const organisation = async () => (await g.t.make.organisation()).id;
  const meetingOf = async (areaId: string) => (await g.t.make.meeting(areaId)).id;
  const put = (areaId: string, parentId: string, untilOn: string) =>
    g.t.make.row(AreaParent, { id: newId(), areaId, parentId, fromOn: '2026-01-01', untilOn });
  /** What the chair is told on entering the answer of this organisation: 201 for a party, 400 for any other. */
  const answerOf = async (organisationId: string) =>
    (await post(`/${goal}/agreements`, { agrees: true, organisationId })).status;

  describe('a party to a goal', () => {
    it.each([
      ['until today', 201, { untilOn: TODAY }],
      ['from today on', 201, { fromOn: TODAY }],
      ['until yesterday', 400, { untilOn: YESTERDAY }],
      ['from tomorrow on', 400, { fromOn: TOMORROW }],
    ])('is one that is invited %s: %i', async (_, status, days) => {
      const organisationId = await organisation();
      await g.t.make.invitation(await meetingOf(g.area), { organisationId, ...days });
      expect(await answerOf(organisationId)).toBe(status);
    });

    it('is none that comes for one agenda item only', async () => {
      const [organisationId, meeting] = [await organisation(), await meetingOf(g.area)];
      const { id: session } = await g.t.make.session(meeting);
      const { id: agendaItemId } = await g.t.make.agendaItem(session);
      await g.t.make.invitation(meeting, { organisationId, agendaItemId });
      expect(await answerOf(organisationId)).toBe(400);
    });

    it.each([
      ['below it', (other: string) => [other, g.area]],
      ['above it', (other: string) => [g.area, other]],
    ])('sits at a table of an area that is %s today, and not that was until yesterday', async (_, pair) => {
      for (const [untilOn, status] of [
        [TODAY, 201],
        [YESTERDAY, 400],
      ] as const) {
        const organisationId = await organisation();
        const { id: other } = await g.t.make.area();
        const [areaId, parentId] = pair(other);
        await put(areaId, parentId, untilOn);
        await g.t.make.invitation(await meetingOf(other), { organisationId });
        expect([untilOn, await answerOf(organisationId)]).toEqual([untilOn, status]);
      }
    });

    it('is the organisation of a chair, while the chair belongs to it', async () => {
      const [present, former] = [await organisation(), await organisation()];
      const { id: personId } = await g.t.make.person({ organisationId: present });
      await g.t.make.member(personId, former, { untilOn: YESTERDAY });
      await g.t.make.invitation(await meetingOf(g.area), { personId, role: 'chair' });
      expect([await answerOf(present), await answerOf(former)]).toEqual([201, 400]);
    });

    it('is the one that somebody sits there for, and no other of theirs', async () => {
      const [invited, other] = [await organisation(), await organisation()];
      const { id: personId } = await g.t.make.person({ organisationId: invited });
      await g.t.make.member(personId, other);
      await g.t.make.invitation(await meetingOf(g.area), { organisationId: invited, personId });
      expect([await answerOf(invited), await answerOf(other)]).toEqual([201, 400]);
    });

    it('has one answer after a merger: the last that either of the two gave', async () => {
      const [old, into, meeting] = [await organisation(), await organisation(), await meetingOf(g.area)];
      for (const organisationId of [old, into]) await g.t.make.invitation(meeting, { organisationId });
      const id = await draft();
      await post(`/${id}/agreements`, { agrees: true, organisationId: old }).expect(201);
      await g.t.api
        .put(`/v1/organisations/${old}/merger`)
        .set({ Authorization: g.who.admin, 'If-Match': '"1"' })
        .send({ intoId: into })
        .expect(200);
      await post(`/${id}/agreements`, { agrees: false, comment: 'Toch niet.', organisationId: into }).expect(201);
      expect((await get(`/${id}`)).body).toMatchObject({ partiesAgreed: 0, partiesDisagreed: 1 });
    });
  });
});

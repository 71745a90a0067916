import { beforeAll, describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let admin: string;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    admin = await n.make.signedIn('admin');
  });

  describe('another chair', () => {
    it('goes over with one date: role, meetings, planned sessions and own actions', async () => {
      const { gebiedsadviseur: former } = n.people;
      const { gemeente, politie } = n.organisations;
      const next = await n.make.person({ name: 'nieuwe gebiedsadviseur', organisationId: gemeente.id });
      const meeting = await n.make.meeting(n.boskoop.id);
      await n.make.invitation(meeting.id, { organisationId: null, personId: former.id, role: 'chair' });
      const session = (heldOn: string) => n.make.session(meeting.id, { heldOn, chairId: former.id });
      const [before, after] = [await session('2026-08-31'), await session('2026-09-15')];
      const own = { areaId: n.boskoop.id, ownerPersonId: former.id };
      const mine = await n.make.action({ ...own, ownerId: gemeente.id, dueOn: '2026-07-01' });
      const odd = await n.make.action({ ...own, ownerId: politie.id, dueKind: 'asap', dueOn: null });
      const far = await n.make.action({ ...own, ownerId: politie.id, dueOn: '2026-12-31' });
      const input = {
        ...{ areaId: n.boskoop.id, fromPersonId: former.id, toPersonId: next.id, fromOn: '2026-09-01' },
      };
      await n.post('/v1/chair-changes', input).expect(403);
      await n.post('/v1/chair-changes', { ...input, toPersonId: former.id }, admin).expect(400);
      const passed = await n.post('/v1/chair-changes', { ...input, laterDueOn: '2026-05-31' }, admin).expect(400);
      expect(passed.body.errors).toMatchObject([{ field: 'laterDueOn', code: 'DATE_PASSED' }]);
      const { body } = await n.post('/v1/chair-changes', { ...input, laterDueOn: '2026-10-01' }, admin).expect(200);
      expect(body).toMatchObject({ sessions: 1, actions: 1, actionsOfOthers: 2, postponed: 1 });
      const dueOf = async (id: string) => (await n.get(`/v1/actions/${id}`)).body;
      expect(await dueOf(mine.id)).toMatchObject({
        dueOn: '2026-10-01',
        postponements: 1,
        originalDueOn: '2026-07-01',
      });
      expect(await dueOf(far.id)).toMatchObject({ dueOn: '2026-12-31', postponements: 0 });
      expect(await dueOf(odd.id)).toMatchObject({ dueOn: null, dueKind: 'asap' });
      const { items: told } = (await n.get(`/v1/actions/${mine.id}/updates`)).body;
      expect(told.at(-1)).toMatchObject({ kind: 'owner', reason: 'Andere voorzitter' });

      const seats = (on: string) => n.get(`/v1/meetings/${meeting.id}/invitations?on=${on}&role=chair`, admin);
      const whoChairs = async (on: string) =>
        (await seats(on)).body.items.map(({ personId }: { personId: string }) => personId);
      expect(await whoChairs('2026-08-31')).toContain(former.id);
      expect(await whoChairs('2026-09-01')).toContain(next.id);
      expect(await whoChairs('2026-09-01')).not.toContain(former.id);
      const { items } = (await n.get(`/v1/grants?area=${n.boskoop.id}&role=chair`, admin)).body;
      const of = (personId: string) => items.find((one: { personId: string }) => one.personId === personId);
      expect(of(former.id)).toMatchObject({ untilOn: '2026-08-31' });
      expect(of(next.id)).toMatchObject({ fromOn: '2026-09-01', untilOn: null });
      const chairOf = async (id: string) => (await n.get(`/v1/sessions/${id}`)).body.chairId;
      expect([await chairOf(before.id), await chairOf(after.id)]).toEqual([former.id, next.id]);
      const personOf = async (id: string) => (await n.get(`/v1/actions/${id}`)).body.ownerPersonId;
      expect([await personOf(mine.id), await personOf(odd.id)]).toEqual([next.id, null]);
      const again = await n.post('/v1/chair-changes', input, admin).expect(409);
      expect(again.body.code).toBe('NO_CHAIR_HERE');
    });
  });

  describe('a meeting that stops', () => {
    it('leaves no open action behind, and lets the last minutes be adopted in writing', async () => {
      const meeting = await n.make.meeting(n.boskoop.id);
      const other = await n.make.meeting(n.boskoop.id, { kind: 'residents' });
      const action = (title: string) =>
        n.make.action({ title, areaId: n.boskoop.id, meetingId: meeting.id, ownerId: n.organisations.politie.id });
      const [goes, ends, stays] = [await action('Gaat mee'), await action('Vervalt'), await action('Blijft')];
      const planned = await n.make.session(meeting.id, { heldOn: '2026-12-08' });
      const chair = await Visitor.of(n, n.people.gebiedsadviseur.id);
      const path = `/overleggen/${meeting.id}/stoppen`;
      const page = await chair.see(path);
      for (const words of ['Gaat mee', 'verder zonder overleg', 'vervalt', `naar ${other.name}`])
        expect(page).toContain(words);
      // What must be called off first is named, each with the way to it.
      const named = new RegExp(`Zeg eerst af[^]*href="/vergaderingen/${planned.id}">dinsdag 8 december 2026<`);
      expect(page).toMatch(named);
      const fields = {
        ...{ version: '1', endedOn: '2026-11-30', written: 'ja', rest: other.id },
        ...{ [`actie-${ends.id}`]: 'cancelled', [`actie-${stays.id}`]: 'no_meeting' },
      };
      const ahead = await chair.post(path, fields);
      expect([ahead.status, ahead.text.includes('gepland na deze dag')]).toEqual([409, true]);
      await n.make.action({});
      await n
        .put(`/v1/sessions/${planned.id}/cancellation`, { reason: 'Het overleg stopt' }, planned.version)
        .expect(200);
      expect(await chair.see(path)).not.toContain('Zeg eerst af');
      const done = await chair.post(path, fields);
      expect([done.status, done.headers.location]).toEqual([303, `/overleggen/${meeting.id}`]);
      const read = async (id: string) => (await n.get(`/v1/actions/${id}`)).body;
      expect(await read(goes.id)).toMatchObject({ meetingId: other.id, status: 'open' });
      expect(await read(ends.id)).toMatchObject({
        status: 'cancelled',
        statusReason: expect.stringContaining('gestopt'),
      });
      expect(await read(stays.id)).toMatchObject({ meetingId: null, status: 'open' });
      const ended = (await n.get(`/v1/meetings/${meeting.id}`)).body;
      expect(ended).toMatchObject({ endedOn: '2026-11-30', allowsWrittenAdoption: true });
    });

    it('sends no action to a meeting that is not the chair’s, or of another meeting', async () => {
      const meeting = await n.make.meeting(n.boskoop.id);
      const elsewhere = await n.make.meeting((await n.make.area({})).id);
      const foreign = await n.make.action({ areaId: n.boskoop.id, meetingId: n.meeting.id });
      const end = (body: object) =>
        n.put(`/v1/meetings/${meeting.id}/ending`, { endedOn: '2026-11-30', restToId: null, ...body }, 1);
      await end({ restToId: elsewhere.id }).expect(400);
      await end({ restToId: meeting.id }).expect(400);
      await end({ actions: [{ actionId: foreign.id, fate: 'no_meeting' }] }).expect(400);
      await end({}).expect(200);
    });
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
  });
  const action = async (fields: Partial<Action> & { partyIds?: string[]; coOwnerIds?: string[] } = {}) => {
    const at = { areaId: n.boskoop.id, meetingId: n.meeting.id, ownerId: n.organisations.gemeente.id };
    return (await n.make.action({ ...at, ...fields })).id;
  };
  const judge = (id: string, who = n.as.police, fields: object = {}) =>
    n.post(`/v1/actions/${id}/judgements`, { judgement: 'not', ...fields }, who);

  describe('the judgements of an action', () => {
    it('are neither given nor read by whoever may read its public fields only', async () => {
      const reader = await n.make.signedIn('reader', n.boskoop.id);
      const id = await action({ isPublic: true });
      await judge(id).expect(201);
      await n.get(`/v1/actions/${id}`, reader).expect(200);
      await n.get(`/v1/actions/${id}/judgements`, reader).expect(403);
      await judge(id, reader).expect(403);
    });

    it('are given at the table alone: not by a co-owner who is not there, nor by the one that is', async () => {
      const { politie, boa } = n.organisations;
      const elsewhere = await action({ ownerId: boa.id, meetingId: null });
      await judge(elsewhere, n.as.police).expect(404);
      const id = await action({ coOwnerIds: [boa.id] });
      await n.get(`/v1/actions/${id}`, n.as.boa).expect(200);
      await judge(id, n.as.boa).expect(403);
      const { body } = await judge(await action({ coOwnerIds: [politie.id] })).expect(409);
      expect(body.code).toBe('OWN_ACTION');
    });

    it('are not about an action that was withdrawn', async () => {
      await judge(await action({ isWithdrawn: true })).expect(404);
    });

    it('are, if it is confidential, of its parties alone, also from a person of two organisations', async () => {
      const { politie, gemeente } = n.organisations;
      const other = (await n.make.organisation()).id;
      const { id: personId } = await n.make.person({ organisationId: politie.id });
      await n.make.member(personId, other);
      await n.make.invitation(n.meeting.id, { organisationId: politie.id, personId });
      const both = await n.make.token(personId);
      const id = await action({ isConfidential: true, partyIds: [gemeente.id, politie.id] });
      await judge(id, both, { organisationId: other }).expect(403);
      await judge(id, both, { organisationId: politie.id }).expect(201);
    });
  });
});

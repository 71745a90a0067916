import { beforeAll, beforeEach } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import type { DatabaseKind } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

/** An action of the police, new for each test, and requests to write and read its updates. */
export function setUpUpdates(kind: DatabaseKind) {
  const u = {} as {
    n: Neighbourhood;
    action: Action;
  };
  beforeAll(async () => {
    u.n = await startNeighbourhood(kind);
  });
  const make = (fields: Partial<Action> & { coOwnerIds?: string[] } = {}) =>
    u.n.make.action({
      areaId: u.n.boskoop.id,
      meetingId: u.n.meeting.id,
      ownerId: u.n.organisations.politie.id,
      recordedOn: '2026-05-05',
      dueOn: '2026-06-01',
      ...fields,
    });
  beforeEach(async () => {
    u.action = await make();
  });
  const enter = (body: object, who?: string, id = u.action.id) => u.n.post(`/v1/actions/${id}/updates`, body, who);
  const history = async (id = u.action.id) => (await u.n.get(`/v1/actions/${id}/updates`).expect(200)).body.items;
  return Object.assign(u, { make, enter, history });
}

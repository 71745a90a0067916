import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { startNeighbourhood } from '../support/world.js';

/** The list of actions of an organisation that was merged into another, or that another was merged into. */
onBothDatabases((kind) => {
  it('shows in a list of either all that either did, also where a bookmark names the old one', async () => {
    const n = await startNeighbourhood(kind);
    const [old, into] = [await n.make.organisation(), await n.make.organisation()];
    const action = (fields: object) => n.make.action({ areaId: n.boskoop.id, ownerId: old.id, ...fields });
    const then = { recordedOn: '2026-05-01' };
    const done = { ...then, status: 'done', doneOn: '2026-05-30', closedOn: '2026-05-30' } as const;
    const all = [await action(then), await action(done), await action({ ...then, ownerId: into.id })]
      .map(({ id }) => id)
      .sort();
    const listed = async (name: 'organisation' | 'owner', id: string, more = '') => {
      const { body } = await n.get(`/v1/actions?${name}=${id}${more}`).expect(200);
      return body.items.map((one: { id: string }) => one.id).sort();
    };
    expect(await listed('organisation', old.id)).toHaveLength(2);
    await n.put(`/v1/organisations/${old.id}/merger`, { intoId: into.id }, 1, n.as.admin).expect(200);
    for (const name of ['organisation', 'owner'] as const)
      for (const { id } of [old, into]) expect(await listed(name, id)).toEqual(all);
    expect(await listed('organisation', old.id, '&asOf=2026-06-01')).toHaveLength(2);
    const chair = await Visitor.of(n, n.people.gebiedsadviseur.id);
    const page = await chair.see(`/acties?stand=alles&organisatie=${old.id}`);
    expect(page.match(/href="\/acties\/[0-9a-f-]{36}"/g)).toHaveLength(3);
    expect(page).toMatch(new RegExp(`<option value="${into.id}" selected`));
  });
});

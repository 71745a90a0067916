import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import type { OwnerCandidate } from '../../src/actions/quick-line/who-candidates.rules.js';
import type { Session } from '../../src/meetings/session.entity.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

const PATH = '/v1/actions/interpretation/candidates';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let session: Session;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    session = await n.make.session(n.meeting.id, { heldOn: '2026-06-02', state: 'open' });
    await n.make.contact(n.organisations.habeko.id, n.people.consulent.id, n.boskoop.id);
  });
  const list = async (query: object): Promise<OwnerCandidate[]> => {
    const { body } = await n.get(`${PATH}?${new URLSearchParams({ session: session.id, ...query })}`).expect(200);
    return body.items;
  };
  const told = (found: OwnerCandidate[]) =>
    found.map(({ place, ownerName, ownerPersonName }) => [place, ownerName, ownerPersonName]);

  it('names those at the table first, then those of the area, each with its people; without text nobody else', async () => {
    expect(told(await list({}))).toEqual([
      ['table', 'Politie', null],
      ['table', 'Politie', 'wijkagent Boskoop'],
      ['area', 'Habeko Wonen', null],
      ['area', 'Habeko Wonen', 'woonconsulent'],
    ]);
  });

  it('completes what is typed of a name, a function or the initials, also outside the area', async () => {
    expect(told(await list({ q: 'wo' }))).toEqual([
      ['area', 'Habeko Wonen', 'woonconsulent'],
      ['area', 'Habeko Wonen', null],
    ]);
    expect(told(await list({ q: 'hw' }))).toEqual([['area', 'Habeko Wonen', null]]);
    expect(told(await list({ q: 'handh' }))).toEqual([['other', "BOA's", 'handhaver']]);
    const [boa] = await list({ q: 'boa' });
    expect(boa).toMatchObject({ ownerId: n.organisations.boa.id, ownerPersonId: null, place: 'other' });
  });

  it('gives the person of an action only to the organisation of which that person is a member', async () => {
    const guest = await n.make.session(n.meeting.id, { heldOn: '2026-06-09', state: 'open' });
    await n.post(`/v1/sessions/${guest.id}/attendances`, {
      ...{ guestName: 'Kees', organisationId: n.organisations.boa.id, isReplacement: true, status: 'present' },
    });
    expect(await list({ q: 'kees', session: guest.id })).toEqual([
      {
        ...{ ownerId: n.organisations.boa.id, ownerName: "BOA's" },
        ...{ ownerPersonId: null, ownerPersonName: 'Kees', function: null, place: 'table' },
      },
    ]);
  });

  it('leaves out deactivated people and memberships that ended', async () => {
    const former = await n.make.person({ name: 'oudgediende', organisationId: n.organisations.politie.id });
    const { id } = await n.make.person({ name: 'oudere', organisationId: n.organisations.politie.id, active: false });
    expect(id).not.toBe(former.id);
    expect(told(await list({ q: 'oud' }))).toEqual([['other', 'Politie', 'oudgediende']]);
    const [membership] = (await n.get(`/v1/people/${former.id}`, n.as.admin)).body.memberships;
    await n.patch(`/v1/memberships/${membership.id}`, { untilOn: '2026-06-01' }, 1, n.as.admin).expect(200);
    expect(await list({ q: 'oud' })).toEqual([]);
  });

  it('counts, pages, and takes an area in the place of a session', async () => {
    const query = new URLSearchParams({ area: n.boskoop.id, pageSize: '1', page: '2' });
    const { body } = await n.get(`${PATH}?${query}`).expect(200);
    expect(body).toMatchObject({ total: 4, page: 2, pageSize: 1, items: [{ ownerPersonName: 'wijkagent Boskoop' }] });
  });

  it('is for the chairs of the area; a session that is not theirs does not exist', async () => {
    const at = (query: object, who?: string) => n.get(`${PATH}?${new URLSearchParams({ ...query })}`, who);
    await at({ session: session.id }, n.as.police).expect(403);
    const otherChair = await n.make.signedIn('chair', (await n.make.area()).id);
    await at({ session: session.id }, otherChair).expect(404);
    await at({ area: n.boskoop.id }, otherChair).expect(403);
    await at({ session: newId() }).expect(404);
    expect(fieldsOf((await at({ area: newId() }).expect(400)).body)).toEqual(['area']);
    expect(fieldsOf((await at({ area: n.boskoop.id, session: session.id }).expect(400)).body)).toEqual(['area']);
  });
});

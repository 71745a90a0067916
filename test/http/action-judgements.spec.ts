import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import { newId } from '../../src/common/ids.js';
import type { Organisation } from '../../src/organisations/organisation.entity.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/neighbourhood.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let action: Action;
  let dorpsraad: Organisation;
  let resident: string;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    dorpsraad = await n.make.organisation({ name: 'Dorpsraad Boskoop', kind: 'residents' });
    const person = await n.make.person({ name: 'voorzitter dorpsraad', organisationId: dorpsraad.id });
    await n.make.invitation(n.meeting.id, { organisationId: dorpsraad.id, personId: person.id });
    resident = await n.make.token(person.id);
  });
  beforeEach(async () => {
    action = await n.make.action({
      areaId: n.boskoop.id,
      meetingId: n.meeting.id,
      ownerId: n.organisations.politie.id,
      coOwnerIds: [n.organisations.boa.id],
      status: 'done',
      doneOn: '2026-06-01',
    });
  });
  const path = () => `/v1/actions/${action.id}/judgements`;
  const judge = (body: object, who = resident) => n.post(path(), body, who);

  it('stands beside the status of the owner and does not change it', async () => {
    const { body } = await judge({ verdict: 'partly', explanation: 'In het weekend niet.' }).expect(201);
    expect(body).toMatchObject({
      organisationName: 'Dorpsraad Boskoop',
      judgedByName: 'voorzitter dorpsraad',
      verdict: 'partly',
      explanation: 'In het weekend niet.',
      version: 1,
    });
    const list = await n.get(path(), n.as.police).expect(200);
    expect(list.body).toMatchObject({ total: 1, items: [{ id: body.id }] });
    expect((await n.get(`/v1/actions/${action.id}`)).body).toMatchObject({
      status: 'done',
      realisation: null,
      version: 1,
    });
  });

  it('is one per organisation, and changed only by that organisation', async () => {
    const { id } = (await judge({ verdict: 'not' }).expect(201)).body;
    expect((await judge({ verdict: 'realised' }).expect(409)).body.code).toBe('ALREADY_JUDGED');
    await n.patch(`${path()}/${id}`, { verdict: 'realised' }, 1, n.as.police).expect(403);
    await n.patch(`${path()}/${id}`, { verdict: 'realised' }, 1, n.as.habeko).expect(404);
    await n.patch(`${path()}/${id}`, { verdict: 'realised' }, 9, resident).expect(412);
    const { body } = await n.patch(`${path()}/${id}`, { verdict: 'realised' }, 1, resident).expect(200);
    expect(body).toMatchObject({ verdict: 'realised', version: 2 });
    await n
      .patch(
        `/v1/actions/${(await n.make.action({ areaId: n.boskoop.id, meetingId: n.meeting.id })).id}/judgements/${id}`,
        { verdict: 'not' },
        2,
        resident,
      )
      .expect(404);
  });

  it('is not for who does the action itself', async () => {
    for (const who of [n.as.police, n.as.boa]) {
      expect((await judge({ verdict: 'realised' }, who).expect(409)).body.code).toBe('OWN_ACTION');
    }
  });

  it('is for parties who may read the action', async () => {
    await judge({ verdict: 'realised' }, n.as.habeko).expect(404);
    await judge({ verdict: 'realised' }, n.as.admin).expect(403);
    await n.get(path(), n.as.habeko).expect(404);
    await n.api.post(path()).send({ verdict: 'realised' }).expect(401);
    await n.post(`/v1/actions/${newId()}/judgements`, { verdict: 'realised' }, resident).expect(404);
    const secret = await n.make.action({
      areaId: n.boskoop.id,
      meetingId: n.meeting.id,
      ownerId: n.organisations.politie.id,
      isConfidential: true,
      partyIds: [n.organisations.politie.id],
    });
    await n.post(`/v1/actions/${secret.id}/judgements`, { verdict: 'realised' }, resident).expect(404);
  });

  it('says what is wrong with it', async () => {
    expect(fieldsOf((await judge({ verdict: 'mooi', explanation: '' }).expect(400)).body)).toEqual([
      'explanation',
      'verdict',
    ]);
    const foreign = { verdict: 'not', organisationId: n.organisations.habeko.id };
    expect(fieldsOf((await judge(foreign).expect(400)).body)).toEqual(['organisationId']);
    expect((await n.get(path(), resident)).body.total).toBe(0);
  });
});

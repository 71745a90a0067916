import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import type { Session } from '../../src/meetings/session.entity.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let session: Session;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    session = await n.make.session(n.meeting.id, { heldOn: '2026-05-19', state: 'open' });
    await n.make.session(n.meeting.id, { heldOn: '2026-07-07' });
  });
  const read = (line: string, where: object = { sessionId: session.id }, who?: string) =>
    n.post('/v1/actions/interpretation', { line, ...where }, who);

  it('answers owner, title and deadline, each with the words it was read from and how sure it is', async () => {
    const { body } = await read('politie: extra surveillance skatebaan, vrijdag 5 juni').expect(200);
    expect(body).toEqual({
      owner: {
        ...{ id: n.organisations.politie.id, name: 'Politie', person: null },
        ...{ text: 'politie', certainty: 'sure', alternatives: [] },
      },
      coOwners: [],
      title: {
        value: 'Extra surveillance skatebaan',
        text: 'extra surveillance skatebaan',
        certainty: 'sure',
        alternatives: [],
      },
      deadline: { kind: 'date', dueOn: '2026-06-05', text: 'vrijdag 5 juni', certainty: 'sure', alternatives: [] },
      unknownNames: [],
    });
  });

  it('reads dates from the day of the session, and from today between sessions', async () => {
    const dueOn = async (where: object) => (await read('politie: bellen over twee weken', where)).body.deadline.dueOn;
    expect(await dueOn({ sessionId: session.id })).toBe('2026-06-02');
    expect(await dueOn({ areaId: n.boskoop.id })).toBe('2026-06-16');
    expect(await dueOn({})).toBe('2026-06-16');
  });

  it('gives "volgend overleg" the date of the next planned session', async () => {
    for (const where of [{ sessionId: session.id }, { areaId: n.boskoop.id }]) {
      const { body } = await read('Habeko zoekt eigenaar brandgang uit, volgend overleg', where).expect(200);
      expect(body.deadline).toMatchObject({ kind: 'next_session', dueOn: '2026-07-07' });
      expect(body.owner).toMatchObject({ name: 'Habeko Wonen' });
    }
    const { body } = await read('Habeko zoekt eigenaar brandgang uit, volgend overleg', {}).expect(200);
    expect(body.deadline).toMatchObject({ kind: 'next_session', dueOn: null });
  });

  it('prefers who is at the table or in the area when a name is ambiguous, and names the others', async () => {
    const [far, near] = await Promise.all(
      ['Waakzaam Aarlanderveen', 'Waakzaam Boskoop'].map((name) => n.make.organisation({ name })),
    );
    const without = await read('Waakzaam: flyeren in juni, z.s.m.').expect(200);
    expect(without.body.owner).toMatchObject({ name: 'Waakzaam Aarlanderveen', certainty: 'doubtful' });
    await n.make.invitation(n.meeting.id, { organisationId: near.id });
    const { body } = await read('Waakzaam: flyeren in juni, z.s.m.').expect(200);
    expect(body.owner).toEqual({
      id: near.id,
      name: 'Waakzaam Boskoop',
      person: null,
      text: 'Waakzaam',
      certainty: 'likely',
      alternatives: [{ id: far.id, name: 'Waakzaam Aarlanderveen', person: null }],
    });
    const contact = await n.make.person({ organisationId: far.id });
    await n.make.contact(far.id, contact.id, n.boskoop.id);
    expect((await read('Waakzaam: flyeren, z.s.m.')).body.owner).toMatchObject({ id: near.id, certainty: 'likely' });
    await n.make.invitation(n.meeting.id, { organisationId: far.id });
    expect((await read('Waakzaam: flyeren, z.s.m.')).body.owner).toMatchObject({ certainty: 'doubtful' });
  });

  describe('people', () => {
    let wijkcoach: Person;
    let welfare: Organisation;
    beforeAll(async () => {
      welfare = await n.make.organisation({ name: 'Buurtwerk' });
      wijkcoach = await n.make.person({ name: 'wijkcoach Zuid', organisationId: welfare.id });
      await n.make.contact(welfare.id, wijkcoach.id, n.boskoop.id);
    });

    it('names the person whose function or first name is typed, with the organisation as owner', async () => {
      const atTable = (await read('wijkagent: surveilleren, 1 juli').expect(200)).body;
      expect(atTable.owner).toMatchObject({
        ...{ id: n.organisations.politie.id, name: 'Politie', certainty: 'sure' },
        person: { id: n.people.wijkagent.id, name: 'wijkagent Boskoop' },
      });
      const contact = (await read('wijkcoach belt de school op, 1 juli').expect(200)).body;
      expect(contact).toMatchObject({
        owner: { id: welfare.id, person: { id: wijkcoach.id }, certainty: 'likely' },
        title: { value: 'School opbellen', text: 'belt de school op' },
      });
    });

    it('records what was read: the person is one the action accepts', async () => {
      const { owner, title, deadline } = (await read('wijkagent en wijkcoach: huisbezoek, 1 juli')).body;
      await n
        .post(`/v1/sessions/${session.id}/actions`, {
          ...{ title: title.value, ownerId: owner.id, ownerPersonId: owner.person.id, dueOn: deadline.dueOn },
        })
        .expect(201);
    });

    it('recognises people from elsewhere by their full name only, and no deactivated person', async () => {
      const { body } = await read('handhaver: ronde, 1 juli').expect(200);
      expect(body.owner).toMatchObject({ name: "BOA's", person: { name: 'handhaver' }, certainty: 'likely' });
      await n.make.person({ name: 'opzichter', organisationId: welfare.id, active: false });
      expect((await read('opzichter: ronde, 1 juli')).body).toMatchObject({
        ...{ owner: null, unknownNames: ['opzichter'] },
        title: { value: 'Opzichter: ronde', alternatives: ['Ronde'] },
      });
    });

    it('never makes a private person the owner: it proposes the organisation that speaks to them', async () => {
      const spoken = (await read('mevrouw Jansen ruimt de tuin op, wijkagent spreekt haar aan, 1 juli')).body;
      expect(spoken.owner).toMatchObject({ name: 'Politie', person: { name: 'wijkagent Boskoop' } });
      const { owner, title } = (await read('mevrouw Jansen ruimt de tuin op, 1 juli')).body;
      expect(owner).toMatchObject({ name: 'Gemeente', person: null, certainty: 'doubtful' });
      expect(title.value).toBe('Mevrouw Jansen ruimt de tuin op');
    });
  });

  it('knows a name that was merged into another', async () => {
    await n.make.organisation({ name: 'Woonpartners', mergedIntoId: n.organisations.habeko.id });
    const { body } = await read('Woonpartners + politie: schouw houden, eind juni').expect(200);
    expect(body.owner).toMatchObject({ id: n.organisations.habeko.id, name: 'Habeko Wonen' });
    expect(body.coOwners).toMatchObject([{ name: 'Politie' }]);
  });

  it('says what it did not understand, and offers next year for a day that has passed', async () => {
    const { body } = await read('Mart: achterpad bekijken, 1-4-2026').expect(200);
    expect(body).toMatchObject({ owner: null, unknownNames: ['Mart'], title: { value: 'Mart: achterpad bekijken' } });
    expect(body.deadline).toMatchObject({
      dueOn: '2026-04-01',
      certainty: 'doubtful',
      alternatives: [{ kind: 'date', dueOn: '2027-04-01' }],
    });
  });

  it('never saves anything', async () => {
    const counts = () =>
      rows(
        n.database.reader,
        'SELECT (SELECT count(*) FROM "actions") AS "actions", (SELECT count(*) FROM "audit_entries") AS "entries"',
      );
    const before = await counts();
    await read('politie: surveilleren, z.s.m.').set('Idempotency-Key', 'line-1').expect(200);
    expect(await counts()).toEqual(before);
  });

  it('refuses a line that is none, an unknown area, and a place said twice', async () => {
    const fields = async (line: unknown, where: object) =>
      fieldsOf((await n.post('/v1/actions/interpretation', { line, ...where }).expect(400)).body);
    expect(await fields('', {})).toEqual(['line']);
    expect(await fields('x'.repeat(501), {})).toEqual(['line']);
    expect(await fields('regel\neen', {})).toEqual(['line']);
    expect(await fields('politie: x', { areaId: newId() })).toEqual(['areaId']);
    expect(await fields('politie: x', { areaId: n.boskoop.id, sessionId: session.id })).toEqual(['areaId']);
  });

  it('is for the chairs of the area; a session that is not theirs does not exist', async () => {
    await n.api.post('/v1/actions/interpretation').send({ line: 'politie: x' }).expect(401);
    await read('politie: x', { sessionId: session.id }, n.as.police).expect(403);
    await read('politie: x', {}, n.as.admin).expect(403);
    const otherChair = await n.make.signedIn('chair', (await n.make.area()).id);
    await read('politie: x', { sessionId: session.id }, otherChair).expect(404);
    await read('politie: x', { areaId: n.boskoop.id }, otherChair).expect(403);
    await read('politie: x', { sessionId: newId() }).expect(404);
  });
});
